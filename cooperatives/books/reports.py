"""What a co-op's books say: the general ledger, the trial balance, and the statements of SAK EP.

All of it by accounting days, for officers, pengawas and the node's overseers. Every figure names the accounts
that it is made of, and `general_ledger` opens an account to its entries.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cooperatives.books import changes, movements, statements
from cooperatives.books.balances import Opened, balances_on, moved_in, opened
from cooperatives.books.changes import CashPeriod, CashSide, EquityRow
from cooperatives.books.chart import Account
from cooperatives.books.models import Voucher, VoucherSource, VoucherState
from cooperatives.books.movements import BEGINNING, LedgerEntry
from cooperatives.books.periods import Period, day_before, year_earlier, year_start
from cooperatives.books.statements import Statement
from cooperatives.ledger.accounts import AccountType
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

LONGEST_YEARS = 10


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


def _checked(first: date, last: date) -> Period:
    if first > last or last.year - first.year > LONGEST_YEARS or first <= BEGINNING:
        raise Invalid.field("to", Code.OUT_OF_RANGE, "from is before to, at most ten years", "dari sebelum sampai")
    return Period(first, last)


async def trial_balance(actor: Actor, cooperative_id: UUID, first: date, last: date) -> TrialBalance:
    """Neraca saldo of these days. Income and expenses begin at zero with each book year."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    begins = year_start(period.first, at.book.year_starts_month)
    earlier = (await moved_in(at, BEGINNING, day_before(begins))).nets
    year = (await moved_in(at, begins, day_before(period.first))).nets
    moved = await moved_in(at, period.first, period.last)
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
    then = await balances_on(at, year_earlier(on)) if compared else None
    return statements.balance_sheet(at.chart, await balances_on(at, on), then)


async def surplus_statement(
    actor: Actor, cooperative_id: UUID, first: date, last: date, *, compared: bool
) -> Statement:
    """Perhitungan hasil usaha of these days; `compared` beside it the same days a year before."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    earlier = period.earlier()
    then = (await moved_in(at, earlier.first, earlier.last)).nets if compared else None
    return statements.surplus_statement(at.chart, (await moved_in(at, period.first, period.last)).nets, then)


async def equity_changes(actor: Actor, cooperative_id: UUID, first: date, last: date) -> list[EquityRow]:
    """Perubahan ekuitas in these days. Opening balances taken into the books count as the beginning."""
    at, period = await opened(actor, cooperative_id), _checked(first, last)
    begins = period.first
    day = day_before(at.book.opened_on)
    if period.first <= day < period.last and await _has_opening(cooperative_id):
        begins = at.book.opened_on
    before = (await moved_in(at, BEGINNING, day_before(begins))).nets
    return changes.equity_changes(at.chart, before, await moved_in(at, begins, period.last))


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
    before = (await moved_in(at, BEGINNING, day_before(first))).nets
    moved = (await moved_in(at, first, last)).nets
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
    opening = (await moved_in(at, since, day_before(period.first))).nets.get(account_id, 0)
    moved = await moved_in(at, period.first, period.last)
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
