"""How a round stands in the book of who runs it: what each owes him, and what he owes the supplier. Pure."""

from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose

#: The causes under which a round's steps stand in the ledger.
RECEIVED, PAID_BY, PAID_TO = "purchase_round.received", "purchase_round.paid_by", "purchase_round.paid_to"


def claim_of(book_id: UUID, round_id: UUID) -> AccountRef:
    """What those who committed owe."""
    return AccountRef(book_id, Purpose.JOINT_RECEIVABLE, round_id)


def debt_of(book_id: UUID, round_id: UUID) -> AccountRef:
    """What the supplier is owed."""
    return AccountRef(book_id, Purpose.JOINT_PAYABLE, round_id)


def received(book_id: UUID, round_id: UUID, parts: list[int]) -> list[Entry]:
    """The goods came: each owes his part, the supplier is owed all of them."""
    claim, debt = claim_of(book_id, round_id), debt_of(book_id, round_id)
    return [Entry(claim, debt, part, "purchase_round.part") for part in parts]
