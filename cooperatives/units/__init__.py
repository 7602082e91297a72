"""What a co-op runs beside its marketplace: workshop, parts shop and others; their stock, sales and results.

Read `kinds.py` and `valuing.py`, then `posting.py` (what each act books), `stock.py` (how an item moves), then the
acts: `opening.py`, `supplying.py`, `selling.py`, `returning.py`, `counting.py`; last `ordering.py`, how orders of the
catalogue become a unit's sales, and `workshop/`.
"""
