"""A budget as a file, PDF or workbook: budget against actual, month by month, and what officers are paid."""

from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.books import chart_of
from cooperatives.books.chart import Account, Chart
from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.statements import for_period, say
from cooperatives.books.periods import Period, add_months, month_written
from cooperatives.budgets import papers, planning, reading
from cooperatives.budgets.kinds import BudgetState
from cooperatives.budgets.models import Budget
from cooperatives.budgets.planning import Totals
from cooperatives.governance.reading import sees
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor, signed_in
from marketplace.identity.service import accounts_by_id


async def budget_file(actor: Actor, cooperative_id: UUID, form: str, language: str) -> bytes:
    """The latest budget that counts or waits for the meeting, for who has to do with the co-op.

    Raises Unauthenticated, NotFound, also for another form.
    """
    signed_in(actor)
    found = Budget.filter(cooperative_id=cooperative_id).exclude(state=BudgetState.REPLACED)
    row = await found.order_by("-begins_on", "-id").first()
    if row is None or not sees(actor, cooperative_id):
        raise NotFound("budget")
    made = [await use_paper(actor, row, language), *await plan_papers(row, language)]
    return await folders.bind(SYSTEM, cooperative_id, made, form, language, is_signed=True)


async def use_paper(actor: Actor, row: Budget, language: str) -> Paper:
    """Budget against actual, as far as this reader sees it. The caller has authorised."""
    found = await reading.use_of(actor, row)
    until = row.begins_on if found.until is None else found.until
    title = (f"Anggaran dan Realisasi ({row.number})", f"Budget and actual ({row.number})")
    period = for_period(Period(row.begins_on, until), language)
    unlocked = say(language, ("Belum ada bulan yang dikunci.", "No month is locked yet."))
    return papers.use(title, period, found.rows, language, notes=(unlocked,) if found.until is None else ())


async def plan_papers(row: Budget, language: str) -> list[Paper]:
    """The plan and its months, the budget by account, and officers' pay. The caller has authorised."""
    period = for_period(Period(row.begins_on, row.ends_on), language)
    title = (f"Rencana Kerja dan Anggaran ({row.number})", f"Work plan and budget ({row.number})")
    by_month = papers.plan(title, period, row.plan, await _by_month(row, language), language)
    made = [by_month, papers.by_account(period, await _by_account(row), language)]
    pay = (await reading.pay_by_budget([row.pk]))[row.pk]
    if pay:
        people = await accounts_by_id(sorted({one.account_id for one in pay}))
        told = [(people[one.account_id].name, one.role, one.monthly) for one in pay]
        made.append(papers.pay(told, period, language))
    return made


async def _by_account(row: Budget) -> list[tuple[Account, int, str]]:
    chart: Chart = await chart_of(row.cooperative_id)
    lines = (await reading.lines_by_budget([row.pk]))[row.pk]
    found = [(chart.by_id[line.account_id], sum(line.months), line.note) for line in lines]
    return sorted(found, key=lambda one: one[0].number)


async def _by_month(row: Budget, language: str) -> list[tuple[str, Totals]]:
    chart: Chart = await chart_of(row.cooperative_id)
    lines = (await reading.lines_by_budget([row.pk]))[row.pk]
    found = []
    for place in range(planning.MONTHS):
        month = add_months(row.begins_on, place)
        sums = planning.totals({line.account_id: line.months[place] for line in lines}, chart)
        found.append((month_written(month, language), sums))
    return found
