"""Cash counts, and vouchers that come again."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from cooperatives.books import books, cash_counts, months, recurring
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import CashCount, RecurringVoucher, Voucher, VoucherSource, VoucherState
from cooperatives.ledger.service import balance
from marketplace import checks, clock
from marketplace.errors import Invalid
from marketplace.identity import service as identity
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from tests.cooperatives.books.desk import Desk, desk

pytestmark = pytest.mark.anyio
IN, OUT = VoucherKind.CASH_IN, VoucherKind.CASH_OUT


def at(year: int, month: int, day: int) -> None:
    clock.use(lambda: datetime(year, month, day, 3, tzinfo=UTC))


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    at(2026, 11, 25)
    yield
    clock.use(None)


async def count(of: Desk, pieces: dict[int, int], **more: object) -> CashCount:
    wanted: dict[str, object] = {"counted_on": date(2026, 11, 25), "key": of.key(), **more}
    return await cash_counts.record_cash_count(
        of.treasurer,
        account_id=of.account("1-1101"),
        pieces=pieces,
        **wanted,  # type: ignore[arg-type]
    )


async def test_what_differs_from_the_book_is_explained_and_booked(db: Settings) -> None:
    of = await desk()
    await of.book(date(2026, 11, 20), {"1-1101": 1_250_000}, {"4-1101": 1_250_000}, kind=IN)
    right = await count(of, {100_000: 12, 50_000: 1})
    assert (right.counted, right.expected, right.voucher_id) == (1_250_000, 1_250_000, None)
    with pytest.raises(Invalid) as refused:
        await count(of, {100_000: 12})
    assert refused.value.faults[0].path == ("explanation",)
    short = await count(of, {100_000: 12}, explanation="Uang kembalian")
    voucher = await Voucher.get(pk=short.voucher_id)
    assert (voucher.state, voucher.source, voucher.total, voucher.kind) == (
        VoucherState.POSTED,
        VoucherSource.CASH_COUNT,
        50_000,
        OUT,
    )
    over = await count(of, {100_000: 12, 500: 1}, explanation="Tidak diketahui")
    assert (over.expected, over.counted) == (1_200_000, 1_200_500)
    assert (await balance(of.chart.by_number["1-1101"].ref(of.id))).amount == 1_200_500
    assert (await balance(of.chart.by_number["7-1104"].ref(of.id))).amount == 50_000
    assert [one async for one in checks.findings()] == []


@pytest.mark.parametrize("pieces", [{30_000: 1}, {100_000: -1}, {100_000: 10**9}])
async def test_what_no_one_can_count_is_refused(db: Settings, pieces: dict[int, int]) -> None:
    of = await desk()
    with pytest.raises(Invalid):
        await count(of, pieces)
    assert await CashCount.all().count() == 0


async def rent(of: Desk, amount: int = 750_000, **more: object) -> RecurringVoucher:
    lines = [Line(of.account("6-1106"), debit=amount), Line(of.account("1-1201"), credit=amount)]
    wanted: dict[str, object] = {"every_months": 1, "first_on": date(2026, 11, 30), "key": of.key(), **more}
    return await recurring.set_up_recurring(
        of.treasurer,
        cooperative_id=of.id,
        kind=OUT,
        description="Sewa kantor",
        lines=lines,
        **wanted,  # type: ignore[arg-type]
    )


async def test_it_comes_on_its_day_or_the_months_last(db: Settings) -> None:
    of = await desk()
    await rent(of, first_on=date(2026, 11, 30), until=date(2027, 3, 1))
    assert await recurring.sweep(None) == 0
    at(2026, 11, 30)
    assert await recurring.sweep(None) == 1
    assert await recurring.sweep(None) == 0
    at(2027, 2, 28)
    done = 0
    while took := await recurring.sweep(None):
        done += took
    assert done == 3
    at(2027, 4, 28)
    assert await recurring.sweep(None) == 0
    days = [row.booked_on for row in await Voucher.all().order_by("booked_on")]
    assert days == [date(2026, 11, 30), date(2026, 12, 30), date(2027, 1, 30), date(2027, 2, 28)]
    assert {row.state for row in await Voucher.all()} == {VoucherState.POSTED}
    assert (await RecurringVoucher.get()).stopped_at is not None


async def test_a_large_one_waits_and_one_of_a_former_officer_too(db: Settings) -> None:
    of = await desk()
    await rent(of, 9_000_000)
    small = await rent(of)
    at(2026, 11, 30)
    await identity.revoke_role(small.set_by, Role.TREASURER, cooperative_id=of.id)
    assert await recurring.sweep(None) == 2
    assert {(row.state, row.approved_by) for row in await Voucher.all()} == {(VoucherState.PROPOSED, None)}


async def test_a_month_locked_meanwhile_takes_nothing_and_a_retired_account_stops_it(db: Settings) -> None:
    of = await desk()
    await rent(of)
    at(2026, 12, 5)
    await months.lock_month(of.treasurer, cooperative_id=of.id, month=date(2026, 11, 1), key="l")
    await recurring.sweep(None)
    assert (await Voucher.get()).booked_on == date(2026, 12, 1)
    await books.change_account(of.chair, account_id=of.account("6-1106"), is_retired=True)
    at(2027, 1, 5)
    assert await recurring.sweep(None) == 0
    assert (await RecurringVoucher.get()).stopped_at is not None


async def test_what_was_stopped_does_not_come(db: Settings) -> None:
    of = await desk()
    row = await rent(of)
    await recurring.stop_recurring(of.chair, recurring_id=row.pk)
    at(2026, 12, 5)
    assert await recurring.sweep(None) == 0
    for wrong in ({"every_months": 0}, {"first_on": date(2026, 10, 1)}, {"until": date(2026, 11, 1)}):
        with pytest.raises(Invalid):
            await rent(of, **wrong)
