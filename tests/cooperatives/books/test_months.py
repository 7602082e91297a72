"""Months: locked when they are over, and what was wrong is reversed after."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from cooperatives.books import months, reports, vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import AccountingBook, LockedMonth, Voucher
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from marketplace import checks, clock
from marketplace.database import connection, is_postgres, new_id, transaction
from marketplace.settings import Settings
from tests.cooperatives.books.desk import desk

pytestmark = pytest.mark.anyio
IN, OUT = VoucherKind.CASH_IN, VoucherKind.CASH_OUT
OCTOBER, NOVEMBER = date(2026, 10, 15), date(2026, 11, 2)
#: One hour and a minute after October ended in Jakarta.
FIRST_HOUR = datetime(2026, 10, 31, 18, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    clock.use(lambda: datetime(2026, 11, 3, 3, tzinfo=UTC))
    yield
    clock.use(None)


async def test_nothing_is_booked_into_a_locked_month(db: Settings) -> None:
    at = await desk()
    wrong = await at.book(OCTOBER, {"6-1103": 100}, {"1-1101": 100}, kind=OUT)
    book = await months.lock_month(at.treasurer, cooperative_id=at.id, month=OCTOBER, key="l")
    assert book.locked_through == date(2026, 10, 31)
    assert await LockedMonth.all().count() == 11  # with December, on whose last evening opening balances would stand
    with pytest.raises(vouchers.MonthLocked) as refused:
        await at.book(OCTOBER, {"6-1103": 100}, {"1-1101": 100}, kind=OUT)
    assert "2026-10-31" in refused.value.message("id")
    with pytest.raises(vouchers.MonthLocked):
        await vouchers.reverse_voucher(at.chair, voucher_id=wrong.pk, booked_on=OCTOBER, reason="Salah", key="r")
    mended = await vouchers.reverse_voucher(
        at.chair, voucher_id=wrong.pk, booked_on=NOVEMBER, reason="Salah", key="r"
    )
    assert mended.number == "BKK/2026/11/0001"
    assert (await months.lock_month(at.chair, cooperative_id=at.id, month=OCTOBER, key="m")).locked_through == (
        date(2026, 10, 31)
    )
    assert [found async for found in checks.findings()] == []


async def test_a_month_is_locked_only_when_it_is_over_and_nothing_waits(db: Settings) -> None:
    at = await desk()
    with pytest.raises(months.MonthNotOver):
        await months.lock_month(at.treasurer, cooperative_id=at.id, month=NOVEMBER, key="a")
    clock.use(lambda: FIRST_HOUR - timedelta(minutes=2))
    with pytest.raises(months.MonthNotOver):
        await months.lock_month(at.treasurer, cooperative_id=at.id, month=OCTOBER, key="a")
    clock.use(lambda: FIRST_HOUR)
    waiting = await at.book(OCTOBER, {"1-3301": 9_000_000}, {"1-1201": 9_000_000}, kind=OUT)
    found = await months.checklist(at.treasurer, at.id, OCTOBER)
    assert (found.waiting_vouchers, found.is_locked) == (1, False)
    assert found.uncounted_cash_accounts == ("1-1101", "1-1102", "1-1201")
    with pytest.raises(months.VouchersWaiting):
        await months.lock_month(at.treasurer, cooperative_id=at.id, month=OCTOBER, key="a")
    await vouchers.refuse_voucher(at.chair, voucher_id=waiting.pk, reason="Batal")
    book = await months.lock_month(at.treasurer, cooperative_id=at.id, month=OCTOBER, key="a")
    assert book.locked_through == date(2026, 10, 31)


async def test_a_proposed_voucher_can_not_slip_into_a_month_locked_meanwhile(db: Settings) -> None:
    at = await desk()
    waiting = await at.book(NOVEMBER, {"1-3301": 9_000_000}, {"1-1201": 9_000_000}, kind=OUT)
    await AccountingBook.filter(pk=at.id).update(locked_through=date(2026, 11, 30))
    with pytest.raises(vouchers.MonthLocked):
        await vouchers.approve_voucher(at.chair, voucher_id=waiting.pk, key="a")


async def test_what_the_marketplace_posts_is_of_the_day_where_the_co_op_is(db: Settings) -> None:
    at = await desk()
    clock.use(lambda: datetime(2026, 10, 31, 17, 30, tzinfo=UTC))  # half past midnight of 1 November in Jakarta
    async with transaction():
        await post(
            [Entry(AccountRef(at.id, Purpose.BANK), AccountRef(at.id, Purpose.COMMISSION_INCOME), 700, "test")],
            cause=Cause("test.posted", new_id()),
        )
    clock.use(lambda: datetime(2026, 11, 3, tzinfo=UTC))
    await months.lock_month(at.treasurer, cooperative_id=at.id, month=OCTOBER, key="l")
    october = await reports.trial_balance(at.chair, at.id, date(2026, 10, 1), date(2026, 10, 31))
    november = await reports.trial_balance(at.chair, at.id, date(2026, 11, 1), date(2026, 11, 30))
    assert (october.debits, november.debits) == (0, 700)


async def test_check_books_names_what_was_changed_behind_the_lock(db: Settings) -> None:
    at = await desk()
    voucher = await at.book(OCTOBER, {"6-1103": 100}, {"1-1101": 100}, kind=OUT)
    other = await at.book(OCTOBER, {"6-1104": 50}, {"1-1101": 50}, kind=OUT)
    await months.lock_month(at.treasurer, cooperative_id=at.id, month=OCTOBER, key="l")
    await Voucher.filter(pk=voucher.pk).update(booked_on=date(2026, 9, 15))
    await connection().execute_query(
        f"UPDATE voucher_line SET debit = 51 WHERE debit = 50 AND voucher_id = {'$1' if is_postgres() else '?'}",
        [other.pk if is_postgres() else str(other.pk)],
    )
    found = [(one.rule, one.where) async for one in checks.findings()]
    assert any("2026-10, account 6-1103: was (100, 0), is (0, 0)" in where for _, where in found)
    assert any(rule.startswith("9 a voucher's debits") and str(other.number) in where for rule, where in found)
    assert any(rule.startswith("9 what a voucher says") and str(other.pk) in where for rule, where in found)


async def test_a_lock_changes_no_statement(db: Settings) -> None:
    at = await desk(date(2026, 3, 10))
    clock.use(
        lambda: datetime(2026, 2, 10, 3, tzinfo=UTC)
    )  # what the marketplace posted before the books were opened
    async with transaction():
        await post(
            [Entry(AccountRef(at.id, Purpose.BANK), AccountRef(at.id, Purpose.COMMISSION_INCOME), 7_000, "test")],
            cause=Cause("test.posted", new_id()),
        )
    clock.use(lambda: datetime(2026, 11, 3, 3, tzinfo=UTC))
    for month in range(3, 11):
        for day in (11, 28):
            await at.book(date(2026, month, day), {"1-1101": 1_000 * month}, {"4-1101": 1_000 * month}, kind=IN)
            await at.book(date(2026, month, day), {"6-1103": 100 + day}, {"1-1101": 100 + day}, kind=OUT)
    spans = [(date(2026, 1, 1), date(2026, 11, 3)), (date(2026, 3, 1), date(2026, 8, 31))]
    spans += [(date(2026, 3, 15), date(2026, 7, 12)), (date(2026, 9, 12), date(2026, 11, 2)), (NOVEMBER, NOVEMBER)]

    async def told() -> list[object]:
        found: list[object] = []
        for first, last in spans:
            found += [
                await reports.trial_balance(at.chair, at.id, first, last),
                await reports.balance_sheet(at.chair, at.id, last, compared=True),
                await reports.surplus_statement(at.chair, at.id, first, last, compared=False),
                await reports.equity_changes(at.chair, at.id, first, last),
                await reports.cash_flow(at.chair, at.id, first, last, compared=False),
            ]
        return found

    before = await told()
    for month in (date(2026, 5, 1), date(2026, 8, 1), date(2026, 10, 1)):
        await months.lock_month(at.treasurer, cooperative_id=at.id, month=month, key=str(month))
        assert await told() == before
