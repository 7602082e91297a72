"""How a payout stands in the book of its co-op. Pure."""

from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from marketplace.payments.payouts.lifecycle import PayeeKind

PAYABLES = {
    PayeeKind.SELLER: Purpose.SELLER_PAYABLE,
    PayeeKind.DRIVER: Purpose.DRIVER_PAYABLE,
    PayeeKind.BUYER: Purpose.BUYER_REFUND_PAYABLE,
}


def payable(book_id: UUID, payee: PayeeKind, subject_id: UUID) -> AccountRef:
    """What the co-op owes this payee; a buyer by the sub-order that is refunded."""
    return AccountRef(book_id, PAYABLES[payee], subject_id)


def clearing(book_id: UUID, payout_id: UUID) -> AccountRef:
    """What is on its way by this payout."""
    return AccountRef(book_id, Purpose.PAYOUT_CLEARING, payout_id)


def requested(owed: AccountRef, payout_id: UUID, amount: int) -> list[Entry]:
    """Asked for: it can't be asked for twice."""
    return [Entry(owed, clearing(owed.cooperative_id, payout_id), amount, "payout.requested")]


def confirmed(book_id: UUID, payout_id: UUID, amount: int, fee: int, *, is_by_hand: bool) -> list[Entry]:
    """It has arrived: out of what the co-op has at its provider, or at its bank."""
    source = AccountRef(book_id, Purpose.BANK if is_by_hand else Purpose.GATEWAY_CLEARING)
    expense = AccountRef(book_id, Purpose.GATEWAY_FEE_EXPENSE)
    return [
        Entry(clearing(book_id, payout_id), source, amount, "payout.confirmed"),
        Entry(expense, source, fee, "payout.fee"),
    ]


def back(owed: AccountRef, payout_id: UUID, amount: int) -> list[Entry]:
    """It was not sent, or the bank refused it: the payee is owed it as before."""
    return [Entry(clearing(owed.cooperative_id, payout_id), owed, amount, "payout.back")]


def returned(owed: AccountRef, amount: int, *, is_by_hand: bool) -> list[Entry]:
    """It had arrived, and the bank sent it back days later."""
    source = AccountRef(owed.cooperative_id, Purpose.BANK if is_by_hand else Purpose.GATEWAY_CLEARING)
    return [Entry(source, owed, amount, "payout.returned")]
