"""Policies tried on recorded days: what each would have meant for buyers, shops and drivers."""
