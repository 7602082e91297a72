"""What members owe their co-op, and how it reaches it: by deduction, in cash, by transfer, or through a provider.

Whoever is owed something (savings, loans, protection, a unit that sold on credit) calls `service.charge` in its own
transaction: a member, a kind, a day, the `Cause` that makes it one of a kind, and its `Part`s: which accounts of the
ledger its rupiah credit, in which order. Nothing is posted by charging. Each payment is one compound of the ledger
with the cause `due.paid` and the payment's id; it fills a due's parts from the first. The event `due.paid` tells, for
each due that a payment reached, `kind`, `cause_kind`, `cause_id`, `amount`, `payment_id` and `is_settled`. What is no
longer owed is let go by its cause (`service.let_go`); what was paid of it stays paid.

`allocating` decides, pure, which due a rupiah pays; `terms` holds what the by-laws say of it.
"""
