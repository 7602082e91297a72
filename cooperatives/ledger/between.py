"""Money from one co-op's book to another's: the entries, and what they make one owe the other. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose


def across(debit: AccountRef, credit: AccountRef, amount: int, kind: str, *, due: str = "") -> list[Entry]:
    """Debit an account of one book and credit one of another, which the first then owes it; one entry within a book.

    `due` is the kind of the debtor's entry where it has a name of its own.
    """
    debtor, creditor = debit.cooperative_id, credit.cooperative_id
    if debtor == creditor:
        return [Entry(debit, credit, amount, kind)]
    return [
        Entry(debit, AccountRef(debtor, Purpose.DUE_TO, creditor), amount, due or kind),
        Entry(AccountRef(creditor, Purpose.DUE_FROM, debtor), credit, amount, kind),
    ]


def debts(entries: Iterable[Entry]) -> Mapping[tuple[UUID, UUID], int]:
    """What debtor comes to owe creditor by these entries, in rupiah; only pairs that owe."""
    found: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for entry in entries:
        due = entry.credit
        if due.purpose is Purpose.DUE_TO and due.subject_id is not None and entry.amount:
            found[due.cooperative_id, due.subject_id] += entry.amount
    return dict(found)
