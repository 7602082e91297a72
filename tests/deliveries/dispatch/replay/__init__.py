"""Whole days: what each policy comes to."""
