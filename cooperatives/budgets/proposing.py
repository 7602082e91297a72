"""A year's budget proposed by an officer, and adopted by a motion of the members' meeting.

Locks: the book, then the budget.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cooperatives.books.books import chart_of, hold_book, today_in
from cooperatives.books.chart import Chart
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import add_months, day_before
from cooperatives.books.texts import fits
from cooperatives.budgets import planning
from cooperatives.budgets.kinds import BudgetState
from cooperatives.budgets.models import Budget, BudgetLine, OfficerPay
from cooperatives.budgets.planning import Paid, Planned
from cooperatives.governance.adopted import adopted, decides_on
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.membership.models import Membership, MembershipState
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

PLAN_LENGTH = 20_000


class BudgetWrongState(MarketplaceError):
    """This budget is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Rencana anggaran ini berstatus {state}: tidak bisa dilakukan."


class MotionOfAnotherBudget(MarketplaceError):
    """That motion does not name {number}, or was decided before it was proposed: the meeting decided otherwise."""

    code = Code.INVALID
    pesan = "Keputusan rapat itu tidak menyebut {number}, atau diputus sebelum diusulkan: yang diputuskan lain."


async def propose_budget(
    actor: Actor,
    *,
    cooperative_id: UUID,
    year: int,
    plan: str,
    lines: Sequence[Planned],
    pay: Sequence[Paid],
    key: str,
) -> Budget:
    """Propose the work plan and budget of the book year that begins in `year`; a proposal that waits is replaced.

    An officer. Once a budget is adopted, a later one changes it when the meeting adopts that (RAPB perubahan).
    Raises NotFound, Forbidden, BooksNotOpen, Invalid, NoAccountForPay.
    """
    by, plan = signed_in(actor), plan.strip()
    if not fits(plan, 1, PLAN_LENGTH):
        most = PLAN_LENGTH
        raise Invalid.field("plan", Code.OUT_OF_RANGE, f"1 to {most} characters", f"1 sampai {most} huruf")
    planning.check_pay(pay)
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        chart = await chart_of(cooperative_id)
        planning.check_lines(lines, chart)
        whole = planning.with_pay(lines, pay, chart)
        row = _budget(book, year, plan, whole, chart, by)
        asked = [cooperative_id, year, plan, [str(one) for one in whole], [str(one) for one in pay]]
        if (earlier := await once(by, "proposeBudget", key, asked, row.pk)) is not None:
            return await Budget.get(pk=earlier)
        accounts = await _accounts_of(cooperative_id, pay)
        row.number = await _replace_earlier(cooperative_id, row.begins_on)
        await row.save(force_create=True)
        await BudgetLine.bulk_create(
            BudgetLine(budget_id=row.pk, account_id=one.account_id, months=list(one.months), note=one.note)
            for one in whole
        )
        await OfficerPay.bulk_create(
            OfficerPay(
                budget_id=row.pk,
                membership_id=one.membership_id,
                account_id=accounts[one.membership_id],
                role=one.role,
                monthly=one.monthly,
            )
            for one in pay
        )
    return row


def _budget(book: AccountingBook, year: int, plan: str, lines: Sequence[Planned], chart: Chart, by: UUID) -> Budget:
    """The row, its year checked: no year before the books began, none further off than the next."""
    if not book.opened_on.year - 1 <= year <= today_in(book).year + 1:
        raise Invalid.field(
            "year", Code.OUT_OF_RANGE, "a year of the books, or the next", "tahun pembukuan, atau tahun depan"
        )
    first = date(year, book.year_starts_month, 1)
    sums = planning.totals({line.account_id: sum(line.months) for line in lines}, chart)
    return Budget(
        id=new_id(),
        cooperative_id=book.pk,
        begins_on=first,
        ends_on=day_before(add_months(first, planning.MONTHS)),
        plan=plan,
        income=sums.income,
        expenses=sums.expenses,
        investments=sums.investments,
        proposed_by=by,
    )


async def _accounts_of(cooperative_id: UUID, pay: Sequence[Paid]) -> dict[UUID, UUID]:
    """Whose each membership is. Raises NotFound where one is no active member."""
    ids = {one.membership_id for one in pay}
    found = Membership.filter(pk__in=list(ids), cooperative_id=cooperative_id, state=MembershipState.ACTIVE)
    accounts = {row.pk: row.account_id for row in await found}
    if len(accounts) < len(ids):
        raise NotFound("membership")
    return accounts


async def _replace_earlier(cooperative_id: UUID, first: date) -> str:
    """The number of the year's next proposal; one that waits still is replaced."""
    of_year = Budget.filter(cooperative_id=cooperative_id, begins_on=first)
    number = await of_year.count() + 1
    await of_year.filter(state=BudgetState.PROPOSED).update(state=BudgetState.REPLACED)
    return f"RAPB/{first.year}/{number}"


async def adopt_budget(actor: Actor, *, budget_id: UUID, motion_id: UUID, key: str) -> Budget:
    """Let a budget count as the members' meeting adopted it; one adopted before for the year is replaced. An officer.

    The motion is of the kind BUDGET, names the budget by its number and was decided after it was proposed.
    Raises NotFound, Forbidden, BudgetWrongState, NotAdopted, MotionOfAnotherBudget.
    """
    by = signed_in(actor)
    seen = await Budget.get_or_none(pk=budget_id)
    if seen is None:
        raise NotFound("budget")
    async with transaction():
        await hold_book(actor, seen.cooperative_id)
        row = await locked_one(Budget, budget_id)
        assert row is not None  # never removed
        if await once(by, "adoptBudget", key, [budget_id, motion_id], budget_id) is not None:
            return row
        if row.state is not BudgetState.PROPOSED:
            raise BudgetWrongState(state=row.state.value)
        motion = await adopted(motion_id, MotionKind.BUDGET, cooperative_id=row.cooperative_id)
        if not decides_on(motion, row.number, proposed_at=row.created_at):
            raise MotionOfAnotherBudget(number=row.number)
        same_year = Budget.filter(cooperative_id=row.cooperative_id, begins_on=row.begins_on)
        await same_year.filter(state=BudgetState.ADOPTED).update(state=BudgetState.REPLACED)
        row.state, row.motion_id, row.adopted_by, row.adopted_at = BudgetState.ADOPTED, motion_id, by, clock.now()
        await row.save(update_fields=["state", "motion_id", "adopted_by", "adopted_at"])
    return row
