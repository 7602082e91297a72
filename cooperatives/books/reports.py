"""What a co-op's books say: the general ledger, the trial balance, and the statements of SAK EP.

All of it by accounting days, for officers, pengawas and the node's overseers. Every figure names the accounts
that it is made of, and `general_ledger` opens an account to its entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tortoise.functions import Sum

from cooperatives.books import changes, movements, statements
from cooperatives.books.books import chart_of, read_book
from cooperatives.books.changes import CashPeriod, CashSide, EquityRow, Sides
from cooperatives.books.chart import Account, Chart
from cooperatives.books.models import AccountingBook, LockedMonth, MonthTotal, Voucher, VoucherSource, VoucherState
from cooperatives.books.movements import BEGINNING, LedgerEntry, Moved
from cooperatives.books.periods import (
    Period,
    add_months,
    after,
    day_before,
    last_day,
    month_of,
    year_earlier,
    year_start,
)
from cooperatives.books.statements import Balances, Statement
from cooperatives.ledger.accounts import AccountType
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

LONGEST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Opened:
    """A co-op's book and its chart, read for a report."""

    book: AccountingBook
    chart: Chart


@dataclass(frozen=True, slots=True)
class TrialLine:
    """An account in the trial balance: its opening (debits less credits), what moved, its closing."""

    account: Account
    opening: int
    debits: int
    credits: int

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Neraca saldo of a period. `earlier_result`: what years before left, which no account holds."""

    lines: tuple[TrialLine, ...]
    earlier_result: int

    @property
    def debits(self) -> int:
        return sum(line.debits for line in self.lines)

    @property
    def credits(self) -> int:
        return sum(line.credits for line in self.lines)

    @property
    def closing_debits(self) -> int:
        return sum(max(line.closing, 0) for line in self.lines) + max(-self.earlier_result, 0)

    @property
    def closing_credits(self) -> int:
        return sum(max(-line.closing, 0) for line in self.lines) + max(self.earlier_result, 0)


async def opened(actor: Actor, cooperative_id: UUID) -> Opened:
    """The book and its chart, for one who may read them. Raises NotFound, BooksNotOpen."""
    book = await read_book(actor, cooperative_id)
    return Opened(book, await chart_of(cooperative_id))


def _checked(first: date, last: date) -> Period:
    if first > last or last.year - first.year > LONGEST_YEARS or first <= BEGINNING:
        raise Invalid.field("to", Code.OUT_OF_RANGE, "from is before to, at most ten years", "dari sebelum sampai")
    return Period(first, last)


def sides_of(chart: Chart, moved: list[Moved]) -> Sides:
    """What the ledger moved, by account of the chart."""
    debits: dict[UUID, int] = {}
    credits: dict[UUID, int] = {}
    for one in moved:
        account = chart.in_ledger(one.purpose, one.subject_id)
        debits[account.id] = debits.get(account.id, 0) + one.debits
        credits[account.id] = credits.get(account.id, 0) + one.credits
    return Sides(debits, credits)


async def _moved(at: Opened, first: date, last: date) -> Sides:
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


async def _until(at: Opened, last: date) -> Balances:
    """Balances at the end of a day, with the results of its book year and of those before."""
    begins = year_start(last, at.book.year_starts_month)
    earlier = (await _moved(at, BEGINNING, day_before(begins))).nets
    year = (await _moved(at, begins, last)).nets
    nets = {id: earlier.get(id, 0) + year.get(id, 0) for id in {*earlier, *year}}
    return Balances(nets, statements.result_of(at.chart, year), statements.result_of(at.chart, earlier))


async def trial_balance(actor: Actor, cooperative_id: UUID, first: date, last: date) -> TrialBalance:
    """Neraca saldo of these days. Income and expenses begin at zero with each book year."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    begins = year_start(period.first, at.book.year_starts_month)
    earlier = (await _moved(at, BEGINNING, day_before(begins))).nets
    year = (await _moved(at, begins, day_before(period.first))).nets
    moved = await _moved(at, period.first, period.last)
    lines = []
    for account in at.chart.accounts:
        is_result = account.type in (AccountType.INCOME, AccountType.EXPENSE)
        opening = year.get(account.id, 0) + (0 if is_result else earlier.get(account.id, 0))
        debits, credits = moved.debits.get(account.id, 0), moved.credits.get(account.id, 0)
        if opening or debits or credits:
            lines.append(TrialLine(account, opening, debits, credits))
    return TrialBalance(tuple(lines), statements.result_of(at.chart, earlier))


async def balance_sheet(actor: Actor, cooperative_id: UUID, on: date, *, compared: bool) -> Statement:
    """Neraca at the end of a day; `compared` beside it the same day a year before."""
    at = await opened(actor, cooperative_id)
    _checked(on, on)
    then = await _until(at, year_earlier(on)) if compared else None
    return statements.balance_sheet(at.chart, await _until(at, on), then)


async def surplus_statement(
    actor: Actor, cooperative_id: UUID, first: date, last: date, *, compared: bool
) -> Statement:
    """Perhitungan hasil usaha of these days; `compared` beside it the same days a year before."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    earlier = period.earlier()
    then = (await _moved(at, earlier.first, earlier.last)).nets if compared else None
    return statements.surplus_statement(at.chart, (await _moved(at, period.first, period.last)).nets, then)


async def equity_changes(actor: Actor, cooperative_id: UUID, first: date, last: date) -> list[EquityRow]:
    """Perubahan ekuitas in these days. Opening balances taken into the books count as the beginning."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    begins = period.first
    day = day_before(at.book.opened_on)
    if period.first <= day < period.last and await _has_opening(cooperative_id):
        begins = at.book.opened_on
    before = (await _moved(at, BEGINNING, day_before(begins))).nets
    return changes.equity_changes(at.chart, before, await _moved(at, begins, period.last))


async def _has_opening(cooperative_id: UUID) -> bool:
    return await Voucher.exists(
        cooperative_id=cooperative_id, source=VoucherSource.OPENING, state=VoucherState.POSTED
    )


async def cash_flow(actor: Actor, cooperative_id: UUID, first: date, last: date, *, compared: bool) -> Statement:
    """Arus kas of these days by the direct method; `compared` beside it the same days a year before."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    earlier = period.earlier()
    then = await _cash(at, earlier.first, earlier.last) if compared else None
    return changes.cash_flow(await _cash(at, period.first, period.last), then)


async def _cash(at: Opened, first: date, last: date) -> CashPeriod:
    cash = [account for account in at.chart.accounts if account.is_cash]
    before = (await _moved(at, BEGINNING, day_before(first))).nets
    moved = (await _moved(at, first, last)).nets
    opening = sum(before.get(account.id, 0) for account in cash)
    found = await movements.cash_totals(at.book, first, last, cash)
    sides = [
        CashSide(at.chart.in_ledger(one.purpose, one.subject_id), one.came_in, one.went_out)
        for one in found
        if not one.is_opening
    ]
    brought = sum(one.came_in - one.went_out for one in found if one.is_opening)
    return CashPeriod(opening, brought, sides, opening + sum(moved.get(account.id, 0) for account in cash))


@dataclass(frozen=True, slots=True)
class AccountLedger:
    """An account's entries in a period, a page of them, with the balances (debits less credits) at its ends."""

    account: Account
    opening: int
    debits: int
    credits: int
    page: Page[LedgerEntry]

    @property
    def closing(self) -> int:
        return self.opening + self.debits - self.credits


async def general_ledger(
    actor: Actor,
    cooperative_id: UUID,
    *,
    account_id: UUID,
    first_day: date,
    last_day: date,
    first: int,
    after: str | None,
) -> AccountLedger:
    """Buku besar of one account: its entries in these days, oldest first, each with the balance after it.

    Raises NotFound, Invalid, StaleCursor.
    """
    check_first(first)
    at, period = await opened(actor, cooperative_id), _checked(first_day, last_day)
    account = at.chart.by_id.get(account_id)
    if account is None:
        raise NotFound("account")
    is_result = account.type in (AccountType.INCOME, AccountType.EXPENSE)
    since = year_start(period.first, at.book.year_starts_month) if is_result else BEGINNING
    opening = (await _moved(at, since, day_before(period.first))).nets.get(account_id, 0)
    moved = await _moved(at, period.first, period.last)
    rows = await movements.entries(
        at.book,
        account,
        period.first,
        period.last,
        opening=opening,
        limit=first + 1,
        after_entry=_behind(after),
    )
    shown = rows[:first]
    cursors = [encode_cursor(row.day.isoformat(), row.posted_at.isoformat(), row.cause_id) for row in shown]
    page = Page(shown, cursors, len(rows) > first)
    return AccountLedger(account, opening, moved.debits.get(account_id, 0), moved.credits.get(account_id, 0), page)


def _behind(cursor: str | None) -> tuple[date, datetime, UUID] | None:
    if cursor is None:
        return None
    day, at, id = decode_cursor(cursor, 3)
    try:
        return date.fromisoformat(day), datetime.fromisoformat(at), UUID(id)
    except ValueError as cause:
        raise StaleCursor from cause


async def balance_on(at: Opened, account_id: UUID, day: date) -> int:
    """The account's balance at the end of a day: debits less credits since the beginning."""
    return (await _moved(at, BEGINNING, day)).nets.get(account_id, 0)
