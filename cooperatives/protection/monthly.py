"""A month's work on a co-op's protection: billed as it begins, warned before it is due, closed when that day is over.

In batches of enrolments, each one transaction: a process that dies leaves whole batches, and the next goes on.
"""

from datetime import date, timedelta
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.books.periods import add_months, month_of
from cooperatives.dues.models import Due
from cooperatives.dues.paying import today_of
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.protection.billing import BILL, bill, due_on, row_of
from cooperatives.protection.closing import close_bills
from cooperatives.protection.models import (
    BillState,
    ProtectionBill,
    ProtectionEnrolment,
    ProtectionMonth,
    ProtectionProgramme,
)
from cooperatives.protection.remitting import draft
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import locked, locked_one, new_id, transaction

BATCH = 200
#: After a long stop so many months are made up for, the latest.
MOST_MONTHS = 3
#: So many days before the last one to pay members are warned, and again on the day before it.
WARN_DAYS = (5, 1)
DUE_SOON, TO_REMIT = "protection.due_soon", "protection.to_remit"


async def sweep(adapters: object) -> int:
    """Bring every programme up to today; answers how many months had work left."""
    return sum([await bring_up(row) for row in await ProtectionProgramme.all().order_by("id")])


async def bring_up(programme: ProtectionProgramme) -> int:
    """All that a programme asks for by today, in its order."""
    today = await today_of(programme.cooperative_id)
    current = month_of(today)
    months = [add_months(current, -n) for n in reversed(range(MOST_MONTHS))]
    rows = {row.month: row for row in await ProtectionMonth.filter(programme_id=programme.pk, month__in=months)}
    done = 0
    for month in months:
        row, last = rows.get(month), due_on(programme, month)
        if today <= last:
            if row is None or row.billed_at is None:
                await bill_month(programme, month)
                done += 1
            await warn(programme, month, today)
        elif row is not None and row.closed_at is None:  # one that nobody was billed for in time has none
            await close_month(programme, row)
            done += 1
    return done


async def bill_month(programme: ProtectionProgramme, month: date) -> ProtectionMonth:
    """Bill every enrolment in force for the month. Idempotent."""
    row = await row_of(programme, month)
    while row.billed_at is None:
        row = await _bill_batch(programme, row.pk)
    return row


async def _bill_batch(programme: ProtectionProgramme, row_id: UUID) -> ProtectionMonth:
    async with transaction():
        row = await locked_one(ProtectionMonth, row_id)
        assert row is not None  # never removed
        if row.billed_at is not None:
            return row
        found = ProtectionEnrolment.filter(programme_id=programme.pk, since__lte=row.month)
        found = found.filter(Q(until__isnull=True) | Q(until__gte=row.month))
        if row.billed_through is not None:
            found = found.filter(id__gt=row.billed_through)
        rows = await found.order_by("id").limit(BATCH)
        members = await rows_by(Membership, "id", {one.membership_id for one in rows})
        active = {one.pk for one in members if one.state is MembershipState.ACTIVE}
        await bill(programme, [one for one in rows if one.membership_id in active], row.month)
        if rows:
            row.billed_through = rows[-1].pk
        if len(rows) < BATCH:
            row.billed_at = clock.now()
        await row.save(update_fields=["billed_through", "billed_at"])
        return row


async def warn(programme: ProtectionProgramme, month: date, today: date) -> int:
    """Tell those who have not paid, some days before the last one and again the day before it; answers how many."""
    last = due_on(programme, month)
    days = [last - timedelta(days=ahead) for ahead in WARN_DAYS if last - timedelta(days=ahead) <= today]
    if not days:
        return 0
    waiting = ProtectionBill.filter(programme_id=programme.pk, month=month, state=BillState.OPEN)
    waiting = waiting.filter(Q(warned_on__isnull=True) | Q(warned_on__lt=days[-1]))
    ids = [UUID(str(id)) for id in await waiting.order_by("id").values_list("id", flat=True)]
    return sum([await _warn(ids[n : n + BATCH], last, today) for n in range(0, len(ids), BATCH)])


async def _warn(ids: list[UUID], last: date, today: date) -> int:
    async with transaction():
        bills = await locked(ProtectionBill, ids)
        owed = {row.cause_id: row.outstanding for row in await rows_by(Due, "cause_id", ids, cause_kind=BILL)}
        for id in ids:
            if owed.get(id):
                told = {"membership_id": str(bills[id].membership_id), "amount": owed[id], "due_on": str(last)}
                await outbox.record(DUE_SOON, id, told)
        await ProtectionBill.filter(pk__in=ids).update(warned_on=today)
        return sum(amount > 0 for amount in owed.values())


async def close_month(programme: ProtectionProgramme, row: ProtectionMonth) -> None:
    """Close the month's bills and draft what is to be remitted; again, it does nothing more."""
    await close_bills(programme, row.month)
    async with transaction():
        held = await locked_one(ProtectionMonth, row.pk)
        assert held is not None  # never removed
        if held.closed_at is None:
            if (batch := await draft(programme, row.month, new_id())) is not None:
                told = {"cooperative_id": str(batch.cooperative_id), "amount": batch.amount}
                await outbox.record(TO_REMIT, batch.pk, told)
            held.closed_at = clock.now()
            await held.save(update_fields=["closed_at"])
