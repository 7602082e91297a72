"""The books as files: each report as a workbook and as a PDF, the set of SAK EP as one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from cooperatives.books import beancount, folders, movements, reconciling, registers, reports
from cooperatives.books.balances import opened
from cooperatives.books.beancount import Transaction
from cooperatives.books.books import chart_of, read_book, today_in
from cooperatives.books.chart import Account, Chart
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.lining import Line
from cooperatives.books.models import AccountingBook, Voucher, VoucherState
from cooperatives.books.movements import CauseMoved
from cooperatives.books.papers import listings, statements
from cooperatives.books.papers.paper import Paper
from cooperatives.books.periods import Period, year_start
from cooperatives.books.reading import lines_by_voucher
from cooperatives.membership.models import Cooperative
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor

#: Of the text for beancount.
MOST_MOVES = 200_000
BATCH = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """Which days of which book, in which language; `compared` with the year before, `details` by account."""

    cooperative_id: UUID
    first: date
    last: date
    language: str = "id"
    compared: bool = False
    details: bool = False
    account_id: UUID | None = None

    @property
    def period(self) -> Period:
        return Period(self.first, self.last)


async def wish(
    actor: Actor,
    cooperative_id: UUID,
    *,
    first: date | None,
    last: date | None,
    language: str = "id",
    compared: bool = False,
    details: bool = False,
    account_id: UUID | None = None,
) -> Wish:
    """What is asked, with what was left out: from the book year's beginning until today."""
    book = await read_book(actor, cooperative_id)
    until = last or today_in(book)
    since = first or year_start(until, book.year_starts_month)
    if since > until:
        raise Invalid.field("from", Code.OUT_OF_RANGE, "from is not after to", "dari tidak sesudah sampai")
    return Wish(cooperative_id, since, until, language, compared, details, account_id)


async def _balance_sheet(actor: Actor, asked: Wish) -> list[Paper]:
    made = await reports.balance_sheet(actor, asked.cooperative_id, asked.last, compared=asked.compared)
    return [statements.balance_sheet(made, asked.last, asked.language, details=asked.details)]


async def _surplus_statement(actor: Actor, asked: Wish) -> list[Paper]:
    days = asked.period
    made = await reports.surplus_statement(
        actor, asked.cooperative_id, days.first, days.last, compared=asked.compared
    )
    return [statements.surplus_statement(made, days, asked.language, details=asked.details)]


async def _equity_changes(actor: Actor, asked: Wish) -> list[Paper]:
    rows = await reports.equity_changes(actor, asked.cooperative_id, asked.first, asked.last)
    return [statements.equity_changes(rows, asked.period, asked.language)]


async def _cash_flow(actor: Actor, asked: Wish) -> list[Paper]:
    days = asked.period
    made = await reports.cash_flow(actor, asked.cooperative_id, days.first, days.last, compared=asked.compared)
    return [statements.cash_flow(made, days, asked.language, details=asked.details)]


async def sak_ep(actor: Actor, asked: Wish) -> list[Paper]:
    """The four statements that SAK EP asks for. Raises BooksNotOpen, NotFound."""
    made = (_balance_sheet, _surplus_statement, _equity_changes, _cash_flow)
    return [paper for one in made for paper in await one(actor, asked)]


async def _trial_balance(actor: Actor, asked: Wish) -> list[Paper]:
    found = await reports.trial_balance(actor, asked.cooperative_id, asked.first, asked.last)
    return [listings.trial_balance(found.lines, found.earlier_result, asked.period, asked.language)]


async def _general_ledger(actor: Actor, asked: Wish) -> list[Paper]:
    """Of one account, or of all that moved or stand: a paper each, beginning as the trial balance says."""
    at = await opened(actor, asked.cooperative_id)
    found = await reports.trial_balance(actor, asked.cooperative_id, asked.first, asked.last)
    openings = {line.account.id: line.opening for line in found.lines}
    accounts = [line.account for line in found.lines]
    if asked.account_id is not None:
        accounts = [account for account in at.chart.accounts if account.id == asked.account_id]
    if not accounts:
        raise NotFound("entry" if asked.account_id is None else "account")
    return [await _ledger(at.book, account, openings.get(account.id, 0), asked) for account in accounts]


async def _ledger(book: AccountingBook, account: Account, opening: int, asked: Wish) -> Paper:
    rows = await movements.entries(book, account, asked.first, asked.last, opening=opening, limit=MOST_ENTRIES + 1)
    if len(rows) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    return listings.general_ledger(account, opening, rows, asked.period, asked.language)


async def _journal(actor: Actor, asked: Wish) -> list[Paper]:
    await read_book(actor, asked.cooperative_id)
    found = Voucher.filter(
        cooperative_id=asked.cooperative_id,
        state=VoucherState.POSTED,
        booked_on__gte=asked.first,
        booked_on__lte=asked.last,
    )
    rows = await found.order_by("booked_on", "number").limit(MOST_ENTRIES + 1)
    if len(rows) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    heads: list[tuple[Voucher, list[Line]]] = []
    for begins in range(0, len(rows), BATCH):
        part = rows[begins : begins + BATCH]
        lines = await lines_by_voucher([row.pk for row in part])
        heads += [
            (row, [Line(line.account_id, line.debit, line.credit, line.memo) for line in lines[row.pk]])
            for row in part
        ]
    chart = await chart_of(asked.cooperative_id)
    return [listings.vouchers(heads, chart.by_id, asked.period, asked.language)]


async def _reconciliation(actor: Actor, asked: Wish) -> list[Paper]:
    if asked.account_id is None:
        raise Invalid.field("account", Code.REQUIRED, "which bank account", "akun bank yang mana")
    found = await reconciling.reconciliation(actor, asked.account_id, asked.last)
    balances = (found.book_balance, found.bank_balance, found.unexplained)
    lines = [one.line for one in found.lines]
    return [listings.reconciliation(found.account, found.on, balances, lines, found.entries, asked.language)]


async def _chart(actor: Actor, asked: Wish) -> list[Paper]:
    await read_book(actor, asked.cooperative_id)
    return [listings.chart(await chart_of(asked.cooperative_id), asked.language)]


async def _vouchers(actor: Actor, asked: Wish) -> list[Paper]:
    return [await registers.vouchers(actor, asked.cooperative_id, asked.period, asked.language)]


async def _assets(actor: Actor, asked: Wish) -> list[Paper]:
    return [await registers.fixed_assets(actor, asked.cooperative_id, asked.language)]


async def _recurring(actor: Actor, asked: Wish) -> list[Paper]:
    return [await registers.recurring(actor, asked.cooperative_id, asked.language)]


async def _cash_counts(actor: Actor, asked: Wish) -> list[Paper]:
    return [await registers.cash_counts(actor, asked.cooperative_id, asked.period, asked.language)]


async def _bank_lines(actor: Actor, asked: Wish) -> list[Paper]:
    days, language = asked.period, asked.language
    return [await registers.bank_lines(actor, asked.cooperative_id, asked.account_id, days, language)]


async def _months(actor: Actor, asked: Wish) -> list[Paper]:
    return [await registers.months(actor, asked.cooperative_id, asked.language)]


#: report -> what makes its papers; the name is a part of its address.
REPORTS: dict[str, Callable[[Actor, Wish], Awaitable[list[Paper]]]] = {
    "sak-ep": sak_ep,
    "balance-sheet": _balance_sheet,
    "surplus-statement": _surplus_statement,
    "equity-changes": _equity_changes,
    "cash-flow": _cash_flow,
    "trial-balance": _trial_balance,
    "general-ledger": _general_ledger,
    "journal": _journal,
    "chart": _chart,
    "reconciliation": _reconciliation,
    "vouchers": _vouchers,
    "assets": _assets,
    "recurring": _recurring,
    "cash-counts": _cash_counts,
    "bank-lines": _bank_lines,
    "months": _months,
}
#: These are signed when they are printed.
SIGNED = frozenset({"sak-ep", "balance-sheet", "surplus-statement", "equity-changes", "cash-flow", "reconciliation"})


async def export(actor: Actor, report: str, form: str, asked: Wish) -> bytes:
    """A report as a file. Raises NotFound (no such report, or not for this actor), BooksNotOpen, Invalid, TooLong."""
    if report not in REPORTS or form not in folders.FORMS:
        raise NotFound("report")
    papers = await REPORTS[report](actor, asked)
    return await bind(actor, papers, form, asked, is_signed=report in SIGNED)


async def bind(actor: Actor, papers: list[Paper], form: str, asked: Wish, *, is_signed: bool = False) -> bytes:
    """Papers of the co-op as one file. Raises NotFound (no such form), BooksNotOpen."""
    await read_book(actor, asked.cooperative_id)
    return await folders.bind(actor, asked.cooperative_id, papers, form, asked.language, is_signed=is_signed)


async def export_beancount(actor: Actor, asked: Wish) -> bytes:
    """The book of these days as a file that beancount takes. Raises BooksNotOpen, NotFound, TooLong."""
    at = await opened(actor, asked.cooperative_id)
    moved = await movements.by_cause(at.book, asked.first, asked.last, limit=MOST_MOVES + 1)
    if len(moved) > MOST_MOVES:
        raise TooLong(most=MOST_MOVES)
    before = await reports.trial_balance(actor, asked.cooperative_id, asked.first, asked.first)
    cooperative = await Cooperative.get(pk=at.book.pk)
    text = beancount.write(
        cooperative.name,
        at.chart.accounts,
        {line.account.id: line.opening for line in before.lines},
        before.earlier_result,
        _transactions(at.chart, moved),
        asked.first,
        asked.last,
    )
    return await asyncio.to_thread(lambda: "\n".join(text).encode() + b"\n")


def _transactions(chart: Chart, moved: list[CauseMoved]) -> Iterator[Transaction]:
    for (day, kind, id), group in groupby(moved, key=lambda one: (one.day, one.cause_kind, one.cause_id)):
        parts = list(group)
        nets: dict[UUID, int] = {}
        for one in parts:
            account = chart.in_ledger(one.purpose, one.subject_id)
            nets[account.id] = nets.get(account.id, 0) + one.net
        nets = {account_id: net for account_id, net in nets.items() if net}
        if nets:
            told, number = parts[0].description or kind, parts[0].voucher_number
            yield Transaction(day, told, number, kind, id, nets)
