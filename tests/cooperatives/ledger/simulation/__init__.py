"""Random operations on the ledger by many actors, against a plain model, with crashes between statements."""
