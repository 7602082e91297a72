"""Relay: one driver brings goods to a hub, they stand there, and another fetches them within his window."""
