"""Interest on what the co-op borrowed: an expense as it is earned by the lender, not when it happens to be paid.

On the last day of each month, and on the day an instalment falls due, the part of its interest that has been earned
is posted as owed; paying takes what is owed away. Of one that is paid early the rest is an expense that day.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.ledger.compounds import Compound
from cooperatives.loans.access import book_of, today_of
from cooperatives.loans.kinds import BorrowingState
from cooperatives.loans.models import Borrowing, BorrowingAccrual, BorrowingDraw, BorrowingInstalment
from cooperatives.loans.schedules import Terms, next_look
from cooperatives.loans.timetable import carry_on, latest_day
from cooperatives.loans.tranches import Part, earned_by
from marketplace.batches import rows_by
from marketplace.database import locked_one, new_id, transaction

#: So many borrowings are looked at in one sweep.
BATCH = 100
#: What the posting of interest is called in the ledger.
KIND = "borrowing.interest"


async def sweep(_: object) -> int:
    """Look at the borrowings whose day has come; answers how many."""
    is_ready = Q(next_on__isnull=True) | Q(next_on__lte=latest_day())
    ready = Borrowing.filter(is_ready, state=BorrowingState.RUNNING).order_by("id").limit(BATCH)
    return await carry_on(await ready, look_at)


async def look_at(borrowing_id: UUID) -> None:
    """Post what has been earned until today. Done again on the same day it changes nothing."""
    async with transaction():
        seen = await Borrowing.get(pk=borrowing_id)
        today = today_of(await book_of(seen.cooperative_id))
        row = await locked_one(Borrowing, borrowing_id)
        assert row is not None  # never removed
        if row.state is not BorrowingState.RUNNING or (row.next_on is not None and row.next_on > today):
            return
        plan = await BorrowingInstalment.filter(borrowing_id=borrowing_id).order_by("ordinal")
        owed = await accrued_by_instalment([one.pk for one in plan])
        days, compounds = [one.due_on for one in plan], []
        earned = earned_by(terms_of(row), await _parts(row), row.received_on, days, today)
        for one, due in zip(plan, earned, strict=True):
            if one.paid_on is None:
                compounds += await accrue(row, one, due - owed[one.pk], today)
        row.next_on = next_look(days, today)
        await row.save(update_fields=["next_on"])
        await ledger.post_batch(compounds)


async def _parts(row: Borrowing) -> list[Part]:
    """What was drawn of it, by their days."""
    draws = await BorrowingDraw.filter(borrowing_id=row.pk, state=BorrowingState.RUNNING).order_by("id")
    later = [Part(one.amount, one.received_on, one.first_ordinal) for one in draws if one.first_ordinal is not None]
    return [Part(row.came_first, row.received_on, 1), *later]


def terms_of(row: Borrowing) -> Terms:
    """What was agreed with its lender, of what came in at first."""
    return Terms(row.came_first, row.months, row.rate_bp, row.method, row.multiple)


async def accrue(row: Borrowing, one: BorrowingInstalment, fresh: int, today: date) -> list[Compound]:
    """Write down that `fresh` rupiah more of the instalment's interest are owed; answers what is to be posted."""
    if fresh <= 0:
        return []
    kept = await BorrowingAccrual.create(id=new_id(), instalment_id=one.pk, until=today, amount=fresh)
    expense = AccountRef(row.cooperative_id, Purpose.BORROWING_INTEREST)
    return [Compound(Cause(KIND, kept.pk), (Entry(expense, interest_of(row), fresh, KIND),))]


def interest_of(row: Borrowing) -> AccountRef:
    """Interest that was earned by the lender and not yet paid."""
    return AccountRef(row.cooperative_id, Purpose.BORROWING_INTEREST_DUE, row.pk)


async def accrued_by_instalment(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Of each instalment the interest that was posted, in rupiah. One statement."""
    found = dict.fromkeys(ids, 0)
    for row in await rows_by(BorrowingAccrual, "instalment_id", ids):
        found[row.instalment_id] += row.amount
    return found


async def interest_due_by_borrowing(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Of each borrowing the interest that was earned and not yet paid, in rupiah. Two statements."""
    plan = await rows_by(BorrowingInstalment, "borrowing_id", ids)
    unpaid = {one.pk: one.borrowing_id for one in plan if one.paid_on is None}
    found = dict.fromkeys(ids, 0)
    for instalment_id, amount in (await accrued_by_instalment(list(unpaid))).items():
        found[unpaid[instalment_id]] += amount
    return found
