"""A unit's own profit and loss, and what it owns and owes: its accounts of the ledger, and vouchers ascribed to it.

The unit is a dimension of the co-op's one ledger: the accounts that have it as their subject. What officers book by
voucher (its rent, its wages) becomes the unit's when they say so; a voucher that takes such a one back follows it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.balances import Opened, opened
from cooperatives.books.books import hold_book, today_in
from cooperatives.books.chart import Account
from cooperatives.books.models import Voucher
from cooperatives.books.movements import BEGINNING
from cooperatives.books.periods import Period, after, moment, year_start
from cooperatives.books.vouchers import require_open
from cooperatives.ledger.accounts import AccountType, Purpose
from cooperatives.units.access import read_unit
from cooperatives.units.models import BusinessUnit, UnitVoucher
from marketplace.database import connection, is_postgres, locked_one, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity.actor import Actor


@dataclass(frozen=True, slots=True)
class ResultLine:
    """An account of income or expenses, and what of it is the unit's in these days, on its own side."""

    account: Account
    amount: int


@dataclass(frozen=True, slots=True)
class UnitResult:
    """What a unit earned and spent in a period, and what it owned and owed at its end."""

    period: Period
    lines: tuple[ResultLine, ...]
    stock: int
    claims: int
    debts: int
    at_credit_unit: int

    def _sum(self, kind: AccountType) -> int:
        return sum(line.amount for line in self.lines if line.account.type is kind)

    @property
    def income(self) -> int:
        return self._sum(AccountType.INCOME)

    @property
    def expenses(self) -> int:
        return self._sum(AccountType.EXPENSE)

    @property
    def result(self) -> int:
        return self.income - self.expenses


async def unit_result(actor: Actor, unit_id: UUID, period: Period | None) -> UnitResult:
    """The unit's result of a period (the book year until today when left out), for those who read its figures and
    whose co-op keeps books. Raises NotFound, BooksNotOpen, Invalid.
    """
    unit = await read_unit(actor, unit_id)
    at = await opened(actor, unit.cooperative_id)
    today = today_in(at.book)
    wanted = period or Period(year_start(today, at.book.year_starts_month), today)
    if not BEGINNING < wanted.first <= wanted.last <= today:
        raise Invalid.field("firstDay", Code.OUT_OF_RANGE, "days until today", "tanggal sampai hari ini")
    nets = await _by_purpose(at, unit, wanted.first, wanted.last)
    sums: dict[UUID, int] = {}
    for purpose, net in nets.items():
        account = at.chart.in_ledger(purpose, None)
        sums[account.id] = sums.get(account.id, 0) + net
    for account_id, net in (await _by_voucher(unit, wanted)).items():
        sums[account_id] = sums.get(account_id, 0) + net
    lines = []
    for id, net in sums.items():
        account = at.chart.by_id[id]
        if account.type in (AccountType.INCOME, AccountType.EXPENSE) and net:
            lines.append(ResultLine(account, net if account.type.grows_by_debit else -net))
    held = await _by_purpose(at, unit, BEGINNING, wanted.last)
    return UnitResult(
        wanted,
        tuple(sorted(lines, key=lambda line: line.account.number)),
        stock=held.get(Purpose.UNIT_STOCK, 0),
        claims=held.get(Purpose.UNIT_RECEIVABLE, 0),
        debts=-held.get(Purpose.UNIT_PAYABLE, 0),
        at_credit_unit=held.get(Purpose.UNIT_CURRENT, 0),
    )


async def _by_purpose(at: Opened, unit: BusinessUnit, first: date, last: date) -> dict[Purpose, int]:
    """What the unit's accounts moved in these days, debits less credits. One statement."""
    zone = ZoneInfo(at.book.time_zone)
    begins, ends = moment(first, zone), moment(after(last), zone)
    marks = ("$1", "$2", "$3", "$4") if is_postgres() else ("?1", "?2", "?3", "?4")
    during = f"t.created_at >= {marks[2]} AND t.created_at < {marks[3]} AND t.phase IN ('SINGLE', 'POST')"
    mine = f"a.cooperative_id = {marks[0]} AND a.subject_id = {marks[1]}"
    query = f"""
    SELECT purpose, SUM(net) AS net FROM (
      SELECT a.purpose, t.amount AS net FROM ledger_account a
      JOIN ledger_transfer t ON t.debit_account_id = a.id WHERE {mine} AND {during}
      UNION ALL
      SELECT a.purpose, -t.amount FROM ledger_account a
      JOIN ledger_transfer t ON t.credit_account_id = a.id WHERE {mine} AND {during}
    ) s GROUP BY purpose
    """
    values: list[Any] = [unit.cooperative_id, unit.pk, begins, ends]
    if not is_postgres():
        values = [str(value) if isinstance(value, UUID) else value.isoformat(" ") for value in values]
    rows = await connection().execute_query_dict(query, values)
    return {Purpose(row["purpose"]): int(row["net"]) for row in rows}


async def _by_voucher(unit: BusinessUnit, days: Period) -> dict[UUID, int]:
    """What posted vouchers of the unit, and those that take them back, moved on each account. One statement."""
    marks = ("$1", "$2", "$3") if is_postgres() else ("?1", "?2", "?3")
    query = f"""
    SELECT l.account_id, SUM(l.debit - l.credit) AS net FROM voucher v
    JOIN unit_voucher u ON u.id IN (v.id, v.reverses_id) JOIN voucher_line l ON l.voucher_id = v.id
    WHERE u.unit_id = {marks[0]} AND v.state = 'POSTED' AND v.booked_on >= {marks[1]} AND v.booked_on <= {marks[2]}
    GROUP BY l.account_id
    """
    values: list[Any] = [unit.pk, days.first, days.last]
    if not is_postgres():
        values = [str(value) for value in values]
    rows = await connection().execute_query_dict(query, values)
    return {UUID(str(row["account_id"])): int(row["net"]) for row in rows}


async def ascribe_voucher(actor: Actor, *, voucher_id: UUID, unit_id: UUID | None) -> Voucher:
    """An officer says whose income and expenses a voucher's are: a unit's, or (None) the co-op's alone again.

    Not once its month is locked. Raises NotFound, Forbidden, BooksNotOpen, MonthLocked, Invalid.
    """
    async with transaction():
        seen = await Voucher.get_or_none(pk=voucher_id)
        if seen is None:
            raise NotFound("voucher")
        book = await hold_book(actor, seen.cooperative_id)
        voucher = await locked_one(Voucher, voucher_id)
        assert voucher is not None  # never removed
        require_open(book, voucher.booked_on)
        if voucher.reverses_id is not None:
            raise Invalid.field(
                "voucherId", Code.INVALID, "it follows the one it takes back", "mengikuti bukti yang dibaliknya"
            )
        await UnitVoucher.filter(pk=voucher_id).delete()
        if unit_id is not None:
            if not await BusinessUnit.exists(pk=unit_id, cooperative_id=voucher.cooperative_id):
                raise NotFound("unit")
            await UnitVoucher.create(id=voucher_id, unit_id=unit_id)
        return voucher
