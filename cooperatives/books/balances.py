"""What each account of a co-op's chart moved and stands at, by accounting days: what every report is made of.

Whole locked months are taken as they were written down; the rest is reckoned from the ledger's facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.books import movements, statements
from cooperatives.books.books import chart_of, read_book
from cooperatives.books.changes import Sides
from cooperatives.books.chart import Chart
from cooperatives.books.models import AccountingBook, LockedMonth, MonthTotal
from cooperatives.books.movements import BEGINNING, Moved
from cooperatives.books.periods import add_months, after, day_before, last_day, month_of, year_start
from cooperatives.books.statements import Balances
from marketplace.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class Opened:
    """A co-op's book and its chart, read for a report."""

    book: AccountingBook
    chart: Chart


async def opened(actor: Actor, cooperative_id: UUID) -> Opened:
    """The book and its chart, for one who may read them. Raises NotFound, BooksNotOpen."""
    book = await read_book(actor, cooperative_id)
    return Opened(book, await chart_of(cooperative_id))


def sides_of(chart: Chart, facts: list[Moved]) -> Sides:
    """What the ledger moved, by account of the chart."""
    debits: dict[UUID, int] = {}
    credits: dict[UUID, int] = {}
    for one in facts:
        account = chart.in_ledger(one.purpose, one.subject_id)
        debits[account.id] = debits.get(account.id, 0) + one.debits
        credits[account.id] = credits.get(account.id, 0) + one.credits
    return Sides(debits, credits)


async def moved_in(at: Opened, first: date, last: date) -> Sides:
    """What each account moved in these days; whole locked months as they were written down, the rest reckoned."""
    if last < first:
        return Sides()
    locked = await _locked_span(at, first, last)
    if locked is None:
        return sides_of(at.chart, await movements.totals(at.book, first, last))
    begins, ends = locked
    parts = [await _written_down(at, begins, ends)]
    for since, until in ((first, day_before(begins)), (after(ends), last)):
        if since <= until:
            parts.append(sides_of(at.chart, await movements.totals(at.book, since, until)))
    return _added(parts)


async def _locked_span(at: Opened, first: date, last: date) -> tuple[date, date] | None:
    """The whole locked months within these days, from the first of one to the last of one; None: none."""
    if at.book.locked_through is None:
        return None
    earliest = await LockedMonth.filter(cooperative_id=at.book.pk).order_by("month").first()
    begins = first if first == month_of(first) else add_months(month_of(first), 1)
    begins = max(begins, earliest.month if earliest else begins)
    until = min(last, at.book.locked_through)
    ends = until if until == last_day(month_of(until)) else day_before(month_of(until))
    return (begins, ends) if begins < ends else None


async def _written_down(at: Opened, begins: date, ends: date) -> Sides:
    rows = (
        await MonthTotal.filter(cooperative_id=at.book.pk, month__gte=begins, month__lte=ends)
        .annotate(debited=Sum("debits"), credited=Sum("credits"))
        .group_by("account_id")
        .values("account_id", "debited", "credited")
    )
    ids = [UUID(str(row["account_id"])) for row in rows]
    debits = {id: int(row["debited"]) for id, row in zip(ids, rows, strict=True)}
    return Sides(debits, {id: int(row["credited"]) for id, row in zip(ids, rows, strict=True)})


def _added(parts: Sequence[Sides]) -> Sides:
    debits: dict[UUID, int] = {}
    credits: dict[UUID, int] = {}
    for sums, each in ((debits, [one.debits for one in parts]), (credits, [one.credits for one in parts])):
        for one in each:
            for id, amount in one.items():
                sums[id] = sums.get(id, 0) + amount
    return Sides(debits, credits)


async def balances_on(at: Opened, last: date) -> Balances:
    """Balances at the end of a day, with the results of its book year and of those before."""
    begins = year_start(last, at.book.year_starts_month)
    earlier = (await moved_in(at, BEGINNING, day_before(begins))).nets
    year = (await moved_in(at, begins, last)).nets
    nets = {id: earlier.get(id, 0) + year.get(id, 0) for id in {*earlier, *year}}
    return Balances(nets, statements.result_of(at.chart, year), statements.result_of(at.chart, earlier))


async def balance_on(at: Opened, account_id: UUID, day: date) -> int:
    """The account's balance at the end of a day: debits less credits since the beginning."""
    return (await moved_in(at, BEGINNING, day)).nets.get(account_id, 0)
