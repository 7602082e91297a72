"""Goods carried from hand to hand: drivers, shifts, delivery jobs and the custody of what they carry."""
