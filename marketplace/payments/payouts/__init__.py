"""Paying sellers, drivers and refunded buyers what their co-op owes them, by bank or e-wallet."""
