"""Paid to the seller's own QRIS: the co-op never has the money, and its shares become the seller's debt."""

from datetime import timedelta

import pytest

from cooperatives.ledger.service import Purpose
from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.errors import NotFound
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.pricing import PaymentMethodUnavailable
from marketplace.payments import direct, explaining, paying, qris, reconciling
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.takings.models import Taking, TakingWay
from tests.orders import stage
from tests.payments.test_paying import allies, amount, delivered
from tests.test_checks import broken

pytestmark = pytest.mark.anyio


async def test_the_sellers_code_for_this_amount_is_shown_and_the_seller_says_when_it_came(db: object) -> None:
    a, b = await allies()
    shop = await stage.shop(a)
    await stage.hangs_up_qris(shop)
    food = await stage.dish(shop, price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2), method=PaymentMethod.DIRECT)
    payment = await Payment.get(order_id=row.order_id)
    assert (row.state, payment.state) == (SubOrderState.PLACED, PaymentState.PROCESSING)
    assert dict(qris.parse(payment.instructions["qr"]))["54"] == "62000"
    with pytest.raises(NotFound):
        await direct.confirm_direct_payment(stage.chair(a), payment_id=payment.id, is_received=True, key="x")

    for _ in range(2):
        await stage.received(shop, row)
    row = await SubOrder.get(id=row.id)
    assert row.state is SubOrderState.PAID
    row = await delivered(row, b)

    taken = await Taking.get()
    assert (taken.cooperative_id, taken.way, taken.amount) == (a.pk, TakingWay.DIRECT, 62_000)
    assert await amount(a, Purpose.GATEWAY_CLEARING) == 0
    assert await amount(a, Purpose.ORDER_ESCROW, row.id) == 0
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == -(2_500 + 12_000)
    assert await amount(a, Purpose.COMMISSION_INCOME) == 2_500
    assert await amount(a, Purpose.DUE_TO, b.pk) == 12_000
    assert await amount(b, Purpose.DELIVERY_INCOME) == 960
    (owed,) = await Obligation.all()
    assert (owed.debtor_id, owed.creditor_id, owed.amount) == (a.pk, b.pk, 12_000)
    assert sum(share.amount for share in await explaining.split_of(row)) == 62_000
    assert await broken() == set()


async def test_it_did_not_come_and_the_order_is_paid_otherwise(db: object) -> None:
    a, _ = await allies()
    shop = await stage.shop(a)
    await stage.hangs_up_qris(shop)
    food = await stage.dish(shop, price=25_000)
    ani = await stage.buyer()
    order, _ = await stage.ordered(ani, (food, 2), method=PaymentMethod.DIRECT)
    first = await Payment.get(order_id=order.id)
    await direct.confirm_direct_payment(stage.owner(shop), payment_id=first.id, is_received=False, key="no")
    second = await paying.pay_order(ani, order_id=order.id, method=PaymentMethod.DIRECT, rails=stage.RAILS, key="2")
    assert second.state is PaymentState.PROCESSING
    gone = await paying.cancel_payment(ani, payment_id=second.id, rails=stage.RAILS, key="3")
    assert (gone.state, gone.failure) == (PaymentState.FAILED, "CANCELLED")
    third = await paying.pay_order(ani, order_id=order.id, method=PaymentMethod.CASH, rails=stage.RAILS, key="4")
    assert third.state is PaymentState.AGREED


async def test_nobody_is_asked_for_it_and_it_ends_with_the_order(db: object) -> None:
    a, _ = await allies()
    shop = await stage.shop(a)
    await stage.hangs_up_qris(shop)
    food = await stage.dish(shop, price=25_000)
    order, _ = await stage.ordered(await stage.buyer(), (food, 2), method=PaymentMethod.DIRECT)
    try:
        clock.use(lambda: order.created_at + timedelta(minutes=20))
        assert await reconciling.reconcile(stage.RAILS) == 0
        assert await direct.expire_unconfirmed() == 1
    finally:
        clock.use(None)
    assert (await Payment.get(order_id=order.id)).failure == "NOT_CONFIRMED"


async def test_two_shops_or_a_shop_without_a_code_are_not_paid_directly(db: object) -> None:
    a, _ = await allies()
    shop, other = await stage.shop(a), await stage.shop(a)
    await stage.hangs_up_qris(shop)
    foods = [await stage.dish(one, price=25_000) for one in (shop, other)]
    for lines in ([(foods[1], 1)], [(foods[0], 1), (foods[1], 1)]):
        with pytest.raises(PaymentMethodUnavailable):
            await stage.ordered(await stage.buyer(), *lines, method=PaymentMethod.DIRECT)
    assert await SubOrder.all().count() == 0
