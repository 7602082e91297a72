"""What a day's deductions left unpaid becomes a reminder, and again every so many days: nobody's due is forgotten."""

from datetime import date, timedelta
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.dues.models import Due, DueState
from cooperatives.dues.terms import terms_of
from marketplace import outbox
from marketplace.database import for_update, transaction

EVENT = "dues.missed"
#: Dues in one transaction.
BATCH = 500


async def remind(cooperative_id: UUID, day: date) -> int:
    """Tell each member of what had come due by the end of `day` and is not paid; answers how many were told.

    One event a member: `day`, `amount` in rupiah, `dues`. In bounded batches; run again it tells nobody twice.
    """
    terms = await terms_of(cooperative_id, day)
    again = day - timedelta(days=terms.remind_every_days)
    told: set[UUID] = set()
    while members := await _batch(cooperative_id, day, again):
        told |= members
    return len(told)


async def _batch(cooperative_id: UUID, day: date, again: date) -> set[UUID]:
    async with transaction():
        late = Due.filter(cooperative_id=cooperative_id, state=DueState.OPEN, due_on__lte=day)
        late = late.filter(Q(reminded_on__isnull=True) | Q(reminded_on__lte=again))
        first = await late.order_by("membership_id", "id").limit(BATCH).values_list("membership_id", flat=True)
        members = {UUID(str(id)) for id in first}
        rows = await for_update(late.filter(membership_id__in=list(members)).order_by("id")) if members else []
        by_member: dict[UUID, list[Due]] = {}
        for row in rows:
            by_member.setdefault(row.membership_id, []).append(row)
        await Due.filter(pk__in=[row.pk for row in rows]).update(reminded_on=day)
        for id in sorted(by_member):
            mine = by_member[id]
            told = {"day": str(day), "amount": sum(due.outstanding for due in mine), "dues": len(mine)}
            await outbox.record(EVENT, id, {**told, "cooperative_id": str(cooperative_id)})
        return members
