"""Custody signed by those between whom goods pass, with keys that stay on their devices."""
