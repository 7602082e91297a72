"""What a co-op is about to owe, set aside so that the net debit cap counts it before it is owed.

Two claims of jobs could each fit under the cap alone and not together: what one of them will owe when it is
delivered is not an obligation yet. So a claim reserves it, and its delivery turns it into the obligation; given up,
cancelled or failed, it is let go. Unlike an obligation it belongs to no window: what is under way when a window
closes is owed in the next.
"""

from uuid import UUID, uuid5

from cooperatives.ledger.service import Cause
from cooperatives.settlements.models import Reservation
from cooperatives.settlements.obligations import OwesItself, check_cap, membership_of
from marketplace import clock


async def reserve(*, debtor_id: UUID, creditor_id: UUID, amount: int, cause: Cause) -> None:
    """Set `amount` rupiah aside of what `debtor` may owe, in place of what this cause set aside before.

    Caller's transaction. A debtor with a cap is locked, so that two can't both take the last of it. Raises
    NetDebitCapReached when position, pending and this come to more than the cap or the cover, whichever is less.
    """
    if debtor_id == creditor_id or amount <= 0:
        raise OwesItself
    membership = await membership_of(debtor_id, creditor_id)
    id = _id(cause)
    await check_cap(membership, amount, replaces=id)
    row = Reservation(
        id=id,
        created_at=clock.now(),
        group_id=membership.group_id,
        debtor_id=debtor_id,
        creditor_id=creditor_id,
        amount=amount,
        cause_kind=cause.kind,
        cause_id=cause.id,
    )
    changed = ["group_id", "debtor_id", "creditor_id", "amount"]
    await Reservation.bulk_create([row], on_conflict=["id"], update_fields=changed)


async def release(cause: Cause, *, left: int = 0) -> None:
    """Let go of what this cause set aside, or of all but `left` rupiah. Caller's transaction, in the moment in which
    it becomes an obligation or never will. Nothing when nothing was set aside."""
    found = Reservation.filter(id=_id(cause))
    if left:
        await found.filter(amount__gt=left).update(amount=left)
    else:
        await found.delete()


def _id(cause: Cause) -> UUID:
    return uuid5(cause.id, cause.kind)
