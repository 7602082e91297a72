"""A member's income statement: what he earned, saved, paid back and was paid through his co-op, as its ledger has it.

`reckoning` reads it for any period; `reporting` keeps what a member says that he earned elsewhere, which stands apart
and is no part of any proven sum; `issuing` writes a statement down with a code by which a bank checks it.
"""
