"""What is posted together: entries and the ends of pending transfers, and what became of them. Pure: no framework."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from cooperatives.ledger.accounts import Cause, Entry, Phase
from marketplace.money import LARGEST_RUPIAH


@dataclass(frozen=True, slots=True)
class Resolve:
    """End a pending transfer, once: POST it whole or in part (the rest is let go), VOID it, or EXPIRE it.

    It becomes a transfer of its own between the same two accounts. The pending one must stand before this
    compound: its id is `cause.transfer_id(ordinal)` of what posted it.
    """

    pending_id: UUID
    phase: Phase = Phase.POST
    amount: int | None = None  # of a POST; None: the whole

    def __post_init__(self) -> None:
        if self.phase in (Phase.SINGLE, Phase.PENDING):
            raise ValueError("a pending transfer is posted, voided or expired")
        if self.amount is not None and self.phase is not Phase.POST:
            raise ValueError("a pending transfer is voided or expired whole")
        if self.amount is not None and not 0 < self.amount <= LARGEST_RUPIAH:
            raise ValueError("a pending transfer is posted with more than zero rupiah; void it to let it go")


class Outcome(StrEnum):
    """What became of a compound. Of several reasons to refuse it, the first in this order is told."""

    POSTED = "posted"
    REPEATED = "repeated"  # it stood already; nothing was done
    MISMATCH = "mismatch"  # its cause stood already with other entries
    NOT_FOUND = "not_found"  # no pending transfer has this id
    NOT_PENDING = "not_pending"  # the transfer is no pending one
    EXCEEDS_PENDING = "exceeds_pending"  # more was to be posted than was pending
    ALREADY_POSTED = "already_posted"
    ALREADY_VOIDED = "already_voided"
    EXPIRED = "expired"  # its time ran out
    NOT_DUE = "not_due"  # its time has not run out yet
    NAMED_TWICE = "named_twice"  # the compound ends it twice
    LIMIT = "limit"  # an account would go below its limit
    OVERFLOW = "overflow"  # an account would hold more than the database can count; told by the bulk queue alone


@dataclass(frozen=True, slots=True)
class PendingState:
    """What the rules need to know of a transfer that something wants to end."""

    phase: Phase
    amount: int
    expires_at: datetime | None
    resolved_as: Phase | None


def why_not_resolved(resolve: Resolve, pending: PendingState | None, moment: datetime) -> Outcome | None:
    """Why this pending transfer can't be ended so, or None. Pure; `ledger_post` says the same in SQL.

    Source: TigerBeetle's reference, create_transfers, whose order of reasons this follows.
    """
    if pending is None:
        return Outcome.NOT_FOUND
    is_expiry = resolve.phase is Phase.EXPIRE
    is_due = pending.expires_at is not None and pending.expires_at <= moment
    reasons = (
        (pending.phase is not Phase.PENDING, Outcome.NOT_PENDING),
        (resolve.amount is not None and resolve.amount > pending.amount, Outcome.EXCEEDS_PENDING),
        (pending.resolved_as is Phase.POST, Outcome.ALREADY_POSTED),
        (pending.resolved_as is Phase.VOID, Outcome.ALREADY_VOIDED),
        (pending.resolved_as is Phase.EXPIRE, Outcome.EXPIRED),
        (is_due and not is_expiry, Outcome.EXPIRED),
        (is_expiry and not is_due, Outcome.NOT_DUE),
    )
    return next((outcome for holds, outcome in reasons if holds), None)


@dataclass(frozen=True, slots=True)
class Compound:
    """Entries that stand or fall together, and are held against limits as a whole."""

    cause: Cause
    entries: tuple[Entry | Resolve, ...]
