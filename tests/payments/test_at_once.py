"""Many orders of several sellers at once, through to delivery: nothing waits for ever, books balance."""

import asyncio

import pytest

from catalog.models import Variant
from marketplace import checks
from marketplace.orders import answering
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import refunding
from marketplace.payments.models import Payment, PaymentState
from tests.orders import stage
from tests.payments.test_paying import allies, delivered

pytestmark = pytest.mark.anyio
ORDERS = 16


async def test_many_orders_at_once_leave_the_books_balanced(db: object) -> None:
    a, b = await allies()
    one, other = await stage.shop(a), await stage.shop(a)
    menu = [await stage.dish(one, price=25_000, on_hand=500), await stage.dish(other, price=9_000, on_hand=500)]

    async def live(n: int) -> None:
        method = PaymentMethod.ONLINE if n % 2 else PaymentMethod.CASH
        lines = [(variant, 1 + n % 3) for variant in (menu if n % 4 else reversed(menu))]
        ani = await stage.buyer()
        _, (first, second) = await stage.ordered(ani, *lines, method=method, tip=n * 500)
        await delivered(first, b)
        await answering.cancel_sub_order(ani, sub_order_id=second.id, reason="", key="c")
        await refunding.refund_sub_order(second.id, stage.RAILS)

    await asyncio.gather(*(live(n) for n in range(ORDERS)))

    assert [finding async for finding in checks.findings() if finding.rule[0] != "8"] == []
    assert await SubOrder.all().count() == 2 * ORDERS
    assert await Payment.filter(state=PaymentState.SUCCEEDED).count() == ORDERS // 2
    left = await Variant.filter(id__in=[variant.pk for variant in menu])
    assert all(variant.reserved == 0 for variant in left)
