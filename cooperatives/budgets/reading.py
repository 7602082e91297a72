"""Budgets as members read them: the plan, its lines, what officers are paid, and budget against actual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.balances import moved_in, opened
from cooperatives.books.books import today_in
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import after, months_between
from cooperatives.budgets import planning
from cooperatives.budgets.kinds import BudgetState
from cooperatives.budgets.models import Budget, BudgetLine, OfficerPay
from cooperatives.budgets.planning import Planned, Totals, Use
from cooperatives.governance.reading import sees
from cooperatives.ledger.reading import may_read
from marketplace.batches import rows_by
from marketplace.identity.actor import SYSTEM, Actor
from marketplace.paging import Page, page_by_id

#: What members see: what the meeting decides on next, and what it decided.
_SHOWN = (BudgetState.PROPOSED, BudgetState.ADOPTED)


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """Budget against actual: from the year's beginning until `until`, for members the last locked month's end.

    `year` and `actual`: the sums of the whole budget and of what happened.
    """

    until: date | None
    rows: tuple[Use, ...]
    year: Totals
    actual: Totals


async def list_budgets(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[Budget]:
    """A co-op's budgets, the latest first; for who has to do with it, else none. Replaced ones officers alone see."""
    if not sees(actor, cooperative_id):
        return Page([], [], False)
    found = Budget.filter(cooperative_id=cooperative_id)
    shown = found if may_read(actor, cooperative_id) else found.filter(state__in=_SHOWN)
    return await page_by_id(shown, first=first, after=after)


async def seen_budget(actor: Actor, budget_id: UUID) -> Budget | None:
    """One budget, for who has to do with its co-op."""
    row = await Budget.get_or_none(pk=budget_id)
    if row is None or not sees(actor, row.cooperative_id):
        return None
    return row if row.state in _SHOWN or may_read(actor, row.cooperative_id) else None


async def lines_by_budget(ids: Sequence[UUID]) -> Mapping[UUID, list[BudgetLine]]:
    """The lines of these budgets. One statement. The caller has authorised."""
    found: dict[UUID, list[BudgetLine]] = {id: [] for id in ids}
    for row in await rows_by(BudgetLine, "budget_id", set(ids), order="id"):
        found[row.budget_id].append(row)
    return found


async def pay_by_budget(ids: Sequence[UUID]) -> Mapping[UUID, list[OfficerPay]]:
    """What officers are paid by these budgets. One statement. The caller has authorised."""
    found: dict[UUID, list[OfficerPay]] = {id: [] for id in ids}
    for row in await rows_by(OfficerPay, "budget_id", set(ids), order="id"):
        found[row.budget_id].append(row)
    return found


async def budget_in_force(cooperative_id: UUID, on: date) -> Budget | None:
    """The budget that the members' meeting adopted for that day's book year. The caller has authorised."""
    found = Budget.filter(cooperative_id=cooperative_id, state=BudgetState.ADOPTED)
    return await found.filter(begins_on__lte=on, ends_on__gte=on).first()


async def officers_pay(actor: Actor, cooperative_id: UUID) -> list[OfficerPay]:
    """What each officer and pengawas is paid by the budget in force today; for who has to do with the co-op."""
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    if book is None or not sees(actor, cooperative_id):
        return []
    budget = await budget_in_force(cooperative_id, today_in(book))
    return [] if budget is None else (await pay_by_budget([budget.pk]))[budget.pk]


async def use_of(actor: Actor, row: Budget) -> BudgetUse:
    """Budget against actual by account. Members read whole locked months, those who keep the books up to today.

    The caller has authorised (`seen_budget`).
    """
    at = await opened(SYSTEM, row.cooperative_id)
    newest = today_in(at.book) if may_read(actor, row.cooperative_id) else at.book.locked_through
    until = None if newest is None or newest < row.begins_on else min(newest, row.ends_on)
    nets = {} if until is None else (await moved_in(at, row.begins_on, until)).nets
    months = 0 if until is None else months_between(row.begins_on, after(until))
    kept = (await lines_by_budget([row.pk]))[row.pk]
    lines = [Planned(line.account_id, tuple(line.months), line.note) for line in kept]
    rows = planning.used(lines, nets, months, at.chart)
    year = planning.totals({use.account.id: use.year for use in rows}, at.chart)
    actual = planning.totals({use.account.id: use.actual for use in rows}, at.chart)
    return BudgetUse(until, tuple(rows), year, actual)
