"""Joint purchasing: co-ops and sellers commit to a round, which buys at the wholesale price of all together.

Read `lifecycle.py` and `sharing.py`, then `rounds.py`, `committing.py`, `receiving.py`, `paying.py`.
"""
