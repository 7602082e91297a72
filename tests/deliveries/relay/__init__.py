"""Relay through hubs."""
