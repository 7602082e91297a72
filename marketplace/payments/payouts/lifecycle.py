"""The life of a payout. Pure.

REQUESTED → SENT → CONFIRMED | FAILED; REQUESTED → CANCELLED; what is CONFIRMED may still come back from the bank.
Whatever fails, the money stands where it stood before it was asked for.
"""

from collections.abc import Collection
from enum import StrEnum
from uuid import UUID

from marketplace.errors import Code, MarketplaceError

#: Nobody is sent less, in rupiah.
SMALLEST = 10_000
#: Where two officers must agree unless the members have set another threshold.
TWO_OFFICERS_FROM = 5_000_000
APPROVALS = 2


class PayoutState(StrEnum):
    """Where a payout stands."""

    REQUESTED = "REQUESTED"  # taken from what the payee is owed; not sent yet
    SENT = "SENT"  # the provider or the bank was or will be asked
    CONFIRMED = "CONFIRMED"
    FAILED = "FAILED"  # the money came back
    CANCELLED = "CANCELLED"


class PayoutEvent(StrEnum):
    """What may happen to a payout."""

    SEND = "SEND"
    CONFIRM = "CONFIRM"
    FAIL = "FAIL"
    CANCEL = "CANCEL"


class PayeeKind(StrEnum):
    """Whom a co-op pays out to."""

    SELLER = "SELLER"
    DRIVER = "DRIVER"
    BUYER = "BUYER"  # a refund that can't go back as it came


class PayoutWrongState(MarketplaceError):
    """This payout is {state}: that can't be done now."""

    code = Code.WRONG_STATE
    pesan = "Pencairan ini berstatus {state}: tindakan itu tidak dapat dilakukan sekarang."


TRANSITIONS: dict[tuple[PayoutState, PayoutEvent], PayoutState] = {
    (PayoutState.REQUESTED, PayoutEvent.SEND): PayoutState.SENT,
    (PayoutState.REQUESTED, PayoutEvent.CANCEL): PayoutState.CANCELLED,
    (PayoutState.SENT, PayoutEvent.CONFIRM): PayoutState.CONFIRMED,
    (PayoutState.SENT, PayoutEvent.FAIL): PayoutState.FAILED,
    (PayoutState.CONFIRMED, PayoutEvent.FAIL): PayoutState.FAILED,
}


def advance(state: PayoutState, event: PayoutEvent) -> PayoutState:
    """The state after the event; raises PayoutWrongState."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise PayoutWrongState(state=state.value) from None


def is_approved(amount: int, approved_by: Collection[UUID | str], threshold: int) -> bool:
    """Whether it may be sent: below the threshold at once, from it on when two officers have agreed."""
    return amount < threshold or len({str(id) for id in approved_by}) >= APPROVALS


def fits(amount: int, *, sent_today: int, daily_limit: int, at_provider: int) -> bool:
    """Whether it goes today: within what the members allow a day, and what the co-op has at its provider."""
    return sent_today + amount <= daily_limit and amount <= at_provider
