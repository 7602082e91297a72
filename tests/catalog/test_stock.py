"""Stock is never sold twice, and comes back when an order ends early."""

import asyncio
import contextvars

import pytest

from catalog import stock
from catalog.models import StockReservation, Variant
from marketplace.database import is_postgres, new_id, transaction
from tests.catalog.shops import a_seller, a_variant

pytestmark = pytest.mark.anyio


async def figures(variant: Variant) -> tuple[int | None, int]:
    row = await Variant.get(pk=variant.pk)
    return row.on_hand, row.reserved


async def test_200_buyers_of_50_leave_exactly_50_sold(db: object) -> None:
    variant = await a_variant(on_hand=50)

    async def buy() -> bool:
        order = new_id()
        try:
            async with transaction():
                await stock.reserve({variant.pk: 1}, sub_order_id=order)
                await stock.commit(order)
        except stock.OutOfStock:
            return False
        return True

    outcomes = await asyncio.gather(*(buy() for _ in range(200)))
    assert sum(outcomes) == 50
    assert await figures(variant) == (0, 0)
    assert await StockReservation.all().count() == 50


async def test_crossing_orders_do_not_deadlock(db: object) -> None:
    seller = await a_seller()
    first, second = await a_variant(seller, on_hand=40), await a_variant(seller, on_hand=40)

    async def buy(lines: dict[object, int]) -> None:
        async with transaction():
            await stock.reserve(lines, sub_order_id=new_id())  # type: ignore[arg-type]

    await asyncio.gather(
        *(buy({first.pk: 1, second.pk: 1}) for _ in range(20)), *(buy({second.pk: 1, first.pk: 1}) for _ in range(20))
    )
    assert await figures(first) == (40, 40)
    assert await figures(second) == (40, 40)


async def test_a_life_of_a_reservation(db: object) -> None:
    variant, order = await a_variant(on_hand=5), new_id()
    async with transaction():
        await stock.reserve({variant.pk: 3}, sub_order_id=order)
    assert await figures(variant) == (5, 3)
    with pytest.raises(stock.OutOfStock) as refused:
        async with transaction():
            await stock.reserve({variant.pk: 3}, sub_order_id=new_id())
    assert refused.value.message("id") == "Nasi goreng tinggal 2: kurangi jumlahnya."
    for _ in range(2):
        async with transaction():
            await stock.commit(order)
        assert await figures(variant) == (2, 0)
    for _ in range(2):
        async with transaction():
            await stock.release(order)
        assert await figures(variant) == (5, 0)


async def test_what_is_held_comes_back_uncommitted(db: object) -> None:
    variant, order = await a_variant(on_hand=5), new_id()
    async with transaction():
        await stock.reserve({variant.pk: 5}, sub_order_id=order)
        await stock.release(order)
    assert await figures(variant) == (5, 0)


async def test_all_sub_orders_of_an_order_or_none(db: object) -> None:
    variant = await a_variant(on_hand=5)
    with pytest.raises(stock.OutOfStock):
        async with transaction():
            await stock.reserve_all({new_id(): {variant.pk: 3}, new_id(): {variant.pk: 3}})
    assert await figures(variant) == (5, 0)


async def test_uncounted_stock_is_always_to_be_had(db: object) -> None:
    variant, order = await a_variant(), new_id()
    async with transaction():
        await stock.reserve({variant.pk: 1_000}, sub_order_id=order)
        await stock.commit(order)
        await stock.release(order)
    assert await figures(variant) == (None, 0)


async def test_buyers_of_what_is_not_counted_do_not_wait_for_each_other(db: object) -> None:
    variant = await a_variant(on_hand=None)
    if not is_postgres():
        return  # one writer at a time anyhow

    async def buy() -> None:
        async with transaction():
            await stock.reserve({variant.pk: 1}, sub_order_id=new_id())

    async with transaction():
        await stock.reserve({variant.pk: 1}, sub_order_id=new_id())
        await asyncio.wait_for(asyncio.create_task(buy(), context=contextvars.Context()), 5)
