"""What wears out: evenly, to the rupiah, and gone with a gain or a loss."""

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books import assets, balances, vouchers
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import Depreciation, FixedAsset, VoucherState
from cooperatives.books.periods import add_months
from cooperatives.books.wearing import Wear
from cooperatives.ledger.service import balance
from marketplace import checks, clock
from marketplace.errors import Invalid
from marketplace.settings import Settings
from tests.cooperatives.books.desk import Desk, desk


@pytest.fixture(autouse=True)
def in_april() -> Iterator[None]:
    clock.use(lambda: datetime(2026, 4, 20, 3, tzinfo=UTC))
    yield
    clock.use(None)


@given(
    cost=st.integers(1, 10**11),
    kept=st.integers(0, 100),
    life=st.integers(1, 600),
    began=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    later=st.integers(0, 700),
    before=st.integers(0, 100),
)
def test_it_wears_evenly_and_never_below_what_shall_remain(
    cost: int, kept: int, life: int, began: date, later: int, before: int
) -> None:
    residual = cost * kept // 101
    written_off = (cost - residual) * before // 100 if later else 0
    wear = Wear(cost, residual, life, began, add_months(began, later), written_off)
    months = [add_months(wear.counted_from, n) for n in range(-1, max(life - later, 0) + 2)]
    taken = [wear.until(month) for month in months]
    assert taken == sorted(taken)
    assert taken[0] == 0
    assert taken[-1] == cost - residual - written_off
    parts = [after - before for before, after in itertools.pairwise(taken)][: max(life - later, 0)]
    if len(parts) > 1:
        assert max(parts) - min(parts) <= 1


async def amount(at: Desk, number: str) -> int:
    return (await balance(at.chart.by_number[number].ref(at.id))).amount


async def bought(at: Desk, **more: object) -> FixedAsset:
    wanted: dict[str, object] = {
        "name": "Motor box",
        "asset_account_id": at.account("1-3301"),
        "accumulated_account_id": at.account("1-3302"),
        "cost": 12_000_000,
        "life_months": 36,
        "in_use_on": date(2026, 1, 10),
        "key": at.key(),
        **more,
    }
    return await assets.register_asset(at.treasurer, cooperative_id=at.id, **wanted)  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_months_left_out_are_made_up_and_none_is_booked_twice(db: Settings) -> None:
    at = await desk()
    await at.book(date(2026, 1, 10), {"1-3301": 4_900_000}, {"1-1201": 4_900_000}, kind=VoucherKind.CASH_OUT)
    await bought(at, cost=4_900_000, life_months=36)
    await bought(at, name="Laptop", asset_account_id=at.account("1-3401"), cost=1_000, life_months=3)
    voucher = await assets.depreciate(at.treasurer, cooperative_id=at.id, month=date(2026, 2, 14), key="d")
    assert (voucher.number, voucher.booked_on, voucher.total) == (
        "BM/2026/02/0001",
        date(2026, 2, 28),
        4_900_000 * 2 // 36 + 666,
    )
    with pytest.raises(assets.NothingToDepreciate):
        await assets.depreciate(at.treasurer, cooperative_id=at.id, month=date(2026, 2, 1), key="e")
    with pytest.raises(Invalid):
        await assets.depreciate(at.treasurer, cooperative_id=at.id, month=date(2026, 4, 1), key="f")
    march = await assets.depreciate(at.chair, cooperative_id=at.id, month=date(2026, 3, 1), key="g")
    assert march.total == 4_900_000 * 3 // 36 + 1_000 - voucher.total
    assert await amount(at, "1-3302") == -(4_900_000 * 3 // 36 + 1_000)
    found = await assets.written_off_by_asset([row.pk for row in await FixedAsset.all()])
    assert sorted(found.values()) == [1_000, 408_333]

    back = await vouchers.reverse_voucher(
        at.chair, voucher_id=march.pk, booked_on=date(2026, 4, 1), reason="Salah umur", key="r"
    )
    assert back.state is VoucherState.POSTED
    again = await assets.depreciate(at.chair, cooperative_id=at.id, month=date(2026, 3, 1), key="h")
    assert again.total == march.total
    assert [one async for one in checks.findings()] == []


@pytest.mark.anyio
async def test_an_old_asset_goes_on_from_its_opening_balance(db: Settings) -> None:
    at = await desk()
    asset = await bought(at, in_use_on=date(2025, 1, 5), written_off_before=4_000_000)
    assert assets.wear_of(asset, await reports_book(at)).until(date(2026, 1, 1)) == 8_000_000 // 24
    with pytest.raises(Invalid) as refused:
        await bought(
            at, cost=0, life_months=0, name="", written_off_before=1, accumulated_account_id=at.account("1-1101")
        )
    assert {fault.path[0] for fault in refused.value.faults} >= {
        "cost",
        "lifeMonths",
        "name",
        "writtenOffBefore",
        "accumulatedAccountId",
    }


async def reports_book(at: Desk) -> object:
    return (await balances.opened(at.treasurer, at.id)).book


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("proceeds", "gain", "loss"), [(4_000_000, 333_333, 0), (0, 0, 3_666_667), (3_666_667, 0, 0)]
)
async def test_an_asset_leaves_with_what_was_gained_or_lost(
    db: Settings, proceeds: int, gain: int, loss: int
) -> None:
    at = await desk()
    await at.book(date(2026, 1, 10), {"1-3301": 4_000_000}, {"1-1201": 4_000_000}, kind=VoucherKind.CASH_OUT)
    asset = await bought(at, cost=4_000_000, life_months=36)
    await assets.depreciate(at.treasurer, cooperative_id=at.id, month=date(2026, 3, 1), key="d")
    money = {"proceeds": proceeds, "cash_account_id": at.account("1-1101")} if proceeds else {}
    gone = await assets.dispose_asset(
        at.treasurer,
        asset_id=asset.pk,
        disposed_on=date(2026, 4, 5),
        key="x",
        **money,  # type: ignore[arg-type]
    )
    assert gone.disposed_on == date(2026, 4, 5)
    assert [await amount(at, number) for number in ("1-3301", "1-3302", "4-9104", "7-1105")] == [0, 0, gain, loss]
    with pytest.raises(assets.AssetGone):
        await assets.dispose_asset(at.chair, asset_id=asset.pk, disposed_on=date(2026, 4, 6), key="y")
    await vouchers.reverse_voucher(
        at.chair, voucher_id=gone.disposal_voucher_id, booked_on=date(2026, 4, 7), reason="Batal jual", key="r"
    )
    assert (await FixedAsset.get(pk=asset.pk)).disposed_on is None
    assert await Depreciation.all().count() == 1
    assert [one async for one in checks.findings()] == []
