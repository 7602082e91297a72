"""Money from one co-op's book to another's: the entries in both. Pure."""

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
