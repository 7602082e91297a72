"""What waits for a second officer: one event, whichever package asks, of which the others are told."""

from enum import StrEnum
from uuid import UUID

from marketplace import outbox

EVENT = "approval.asked"


class Awaiting(StrEnum):
    """What a second officer of a co-op may have to agree to."""

    VOUCHER = "VOUCHER"  # also what writes off or sells an asset
    PAYOUT = "PAYOUT"
    PAYOUT_OUTCOME = "PAYOUT_OUTCOME"  # what one officer found out about a payout that nobody answered for
    RAIL_ACCOUNT = "RAIL_ACCOUNT"
    COLLECTING_CONSENT = "COLLECTING_CONSENT"
    SETTLEMENT_ACCOUNT = "SETTLEMENT_ACCOUNT"
    VOUCHER_THRESHOLD = "VOUCHER_THRESHOLD"
    SAVINGS_WITHDRAWAL = "SAVINGS_WITHDRAWAL"
    REMITTANCE = "REMITTANCE"  # of members' protection contributions
    BENEFIT = "BENEFIT"  # of members' protection, paid on to a member or heir
    LOAN = "LOAN"
    LOAN_RESTRUCTURING = "LOAN_RESTRUCTURING"
    BORROWING = "BORROWING"
    MOVING_SET = "MOVING_SET"  # told by events of its own
    OFFICE = "OFFICE"  # told by events of its own


async def ask_second(what: Awaiting, id: UUID, *, cooperative_id: UUID, by: UUID | None, amount: int = 0) -> None:
    """Tell the other officers that this waits for one of them. Caller's transaction.

    `by` proposed it (None: the books themselves); `amount` is what it is about, in rupiah.
    """
    payload = {
        "cooperative_id": str(cooperative_id),
        "what": what.value,
        "amount": amount,
        "by": str(by) if by else "",
    }
    await outbox.record(EVENT, id, payload)
