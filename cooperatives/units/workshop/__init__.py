"""Job cards: a vehicle is booked in, its work estimated, agreed to, done and billed.

`lifecycle.py` is the card's life; `booking.py`, `estimating.py` and `billing.py` carry it out.
"""
