"""Members' savings: simpanan pokok, wajib, sukarela and berjangka, each account one of the ledger's.

What an account holds is what the ledger says of it: no balance is kept beside it. Pokok and wajib are the co-op's own
capital (UU 25/1992 art. 41) and come in as dues; sukarela and deposits are owed to the member. `interest` reckons by
the balance at each day's end, pure; `terms` holds what by-laws and law say. A co-op begins with `start_savings`.
"""
