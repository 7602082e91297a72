"""Money through the service: escrow, release, cash, refunds, a gateway that fails in every way."""

from datetime import timedelta
from uuid import UUID

import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from cooperatives.membership.models import Alliance, AllianceState, Cooperative
from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.orders import answering, timetable
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.steps import advance_sub_order
from marketplace.payments import explaining, paying, reconciling, refunding, sharing
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from tests.orders import stage

pytestmark = pytest.mark.anyio
DRIVER = UUID(int=77)


async def amount(coop: Cooperative, purpose: Purpose, subject_id: UUID | None = None) -> int:
    return (await ledger.balance(AccountRef(coop.pk, purpose, subject_id))).amount


async def allies() -> tuple[Cooperative, Cooperative]:
    """A food co-op, whose sellers a drivers' co-op carries for; each delivery costs 12,000."""
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.flat_tariff(a)
    await Alliance.create(
        seller_cooperative_id=a.pk,
        carrier_cooperative_id=b.pk,
        state=AllianceState.AGREED,
        proposed_by_cooperative_id=a.pk,
    )
    return a, b


async def step(row: SubOrder, *events: SubOrderEvent, failure: str = "") -> SubOrder:
    async with transaction():
        locked = await locked_one(SubOrder, row.id)
        assert locked is not None
        for event in events:
            await advance_sub_order(locked, event, by=None, side=Side.SYSTEM, failure=failure)
        return locked


async def delivered(row: SubOrder, carrier: Cooperative) -> SubOrder:
    row = await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.MARK_READY, SubOrderEvent.COLLECT)
    async with transaction():
        await advance_sub_order(row, SubOrderEvent.DELIVER, by=DRIVER, side=Side.DRIVER)
        pay = sharing.collect_cash if row.payment_method is PaymentMethod.CASH else sharing.release_online
        await pay(row, carrier_id=carrier.pk, driver_account_id=DRIVER)
    return row


async def test_the_example_paid_online(db: object) -> None:
    a, b = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2), method=PaymentMethod.ONLINE)
    assert row.state is SubOrderState.PAID
    assert await amount(a, Purpose.ORDER_ESCROW, row.id) == 62_000

    row = await delivered(row, b)

    assert await amount(a, Purpose.GATEWAY_CLEARING) == 62_000
    assert await amount(a, Purpose.ORDER_ESCROW, row.id) == 0
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == 47_500
    assert await amount(a, Purpose.COMMISSION_INCOME) == 2_500
    assert await amount(a, Purpose.DUE_TO, b.pk) == 12_000
    assert await amount(b, Purpose.DUE_FROM, a.pk) == 12_000
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 11_040
    assert await amount(b, Purpose.DELIVERY_INCOME) == 960
    (owed,) = await Obligation.all()
    assert (owed.debtor_id, owed.creditor_id, owed.amount) == (a.pk, b.pk, 12_000)
    assert [(share.party, share.amount, share.rule.value) for share in await explaining.split_of(row)] == [
        ("SELLER", 47_500, "95 %"),
        ("SELLER_COOPERATIVE", 2_500, "5 %"),
        ("CARRIER_COOPERATIVE", 960, "8 %"),
        ("DRIVER", 11_040, "92 % + tip 100 %"),
    ]


async def test_the_example_paid_in_cash(db: object) -> None:
    a, b = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2))

    await delivered(row, b)

    assert await amount(b, Purpose.CASH_WITH_DRIVER, DRIVER) == 62_000
    assert await amount(b, Purpose.DUE_TO, a.pk) == 50_000
    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 11_040
    assert await amount(b, Purpose.DELIVERY_INCOME) == 960
    assert await amount(a, Purpose.DUE_FROM, b.pk) == 50_000
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == 47_500
    assert await amount(a, Purpose.COMMISSION_INCOME) == 2_500
    (owed,) = await Obligation.all()
    assert (owed.debtor_id, owed.creditor_id, owed.amount) == (b.pk, a.pk, 50_000)


async def test_what_is_fetched_is_settled_at_the_counter(db: object) -> None:
    coop = await stage.cooperative()
    shop = await stage.shop(coop)
    food = await stage.dish(shop, price=50_000)
    for method, owed in ((PaymentMethod.CASH, -2_500), (PaymentMethod.ONLINE, 45_000)):
        _, (row,) = await stage.ordered(
            await stage.buyer(), (food, 1), method=method, fulfilment=Fulfilment.PICKUP, place=None
        )
        row = await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.MARK_READY, SubOrderEvent.HAND_OVER)
        async with transaction():
            await sharing.settle_counter(row)
        assert await amount(coop, Purpose.SELLER_PAYABLE, shop.pk) == owed
        assert await amount(coop, Purpose.ORDER_ESCROW, row.id) == 0
    assert await amount(coop, Purpose.COMMISSION_INCOME) == 5_000


async def test_a_declined_order_goes_back_whole_and_once(db: object) -> None:
    a, _ = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000, on_hand=5)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2), method=PaymentMethod.ONLINE)
    await answering.decline_sub_order(stage.owner(shop), sub_order_id=row.id, reason="habis", key="d")

    for _ in range(2):
        refund = await refunding.refund_sub_order(row.id, stage.RAILS)

    assert refund is not None
    assert (refund.amount, refund.state) == (62_000, RefundState.SUCCEEDED)
    assert await Refund.all().count() == 1
    for purpose, subject in (
        (Purpose.ORDER_ESCROW, row.id),
        (Purpose.BUYER_REFUND_PAYABLE, row.id),
        (Purpose.GATEWAY_CLEARING, None),
    ):
        assert await amount(a, purpose, subject) == 0
    await food.refresh_from_db()
    assert (food.on_hand, food.reserved) == (5, 0)


async def test_cancelled_while_cooking_the_food_is_paid_and_the_way_given_back(db: object) -> None:
    a, _ = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000)
    ani = await stage.buyer()
    _, (row,) = await stage.ordered(ani, (food, 2), method=PaymentMethod.ONLINE, tip=1_000)
    await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.START_PREPARING)
    await answering.cancel_sub_order(ani, sub_order_id=row.id, reason="", key="c")

    await refunding.refund_sub_order(row.id, stage.RAILS)

    row = await SubOrder.get(id=row.id)
    assert row.refunded == 13_000
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == 47_500
    assert await amount(a, Purpose.COMMISSION_INCOME) == 2_500
    assert await amount(a, Purpose.ORDER_ESCROW, row.id) == 0
    assert sum(share.amount for share in await explaining.split_of(row)) == row.total


async def test_nobody_at_home_the_ride_is_paid(db: object) -> None:
    a, b = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000)
    _, (row,) = await stage.ordered(await stage.buyer(), (food, 2), method=PaymentMethod.ONLINE)
    row = await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.COLLECT)
    row.carrier_id, row.driver_account_id = b.pk, DRIVER
    await row.save(update_fields=["carrier_id", "driver_account_id"])
    await step(row, SubOrderEvent.RETURN, failure="NOBODY_HOME")

    for _ in range(2):
        assert await refunding.refund_sub_order(row.id, stage.RAILS) is None

    assert await amount(b, Purpose.DRIVER_PAYABLE, DRIVER) == 11_040
    assert await amount(a, Purpose.SELLER_PAYABLE, shop.pk) == 47_500
    assert await amount(a, Purpose.ORDER_ESCROW, row.id) == 0


async def pay(total: int) -> tuple[Payment, SubOrder]:
    """A payment of this amount, fetched by the buyer so that the goods alone make it."""
    coop = await stage.cooperative()
    food = await stage.dish(await stage.shop(coop), price=total)
    order, (row,) = await stage.ordered(
        await stage.buyer(), (food, 1), method=PaymentMethod.ONLINE, fulfilment=Fulfilment.PICKUP, place=None
    )
    return await Payment.get(order_id=order.id), row


async def test_a_refused_payment_may_be_tried_again(db: object) -> None:
    payment, row = await pay(50_001)
    assert (payment.state, payment.failure) == (PaymentState.FAILED, "INSUFFICIENT_FUNDS")
    assert row.state is SubOrderState.PLACED
    buyer = stage.Actor(account_id=row.buyer_id)
    again = await paying.pay_order(
        buyer, order_id=row.order_id, method=PaymentMethod.CASH, rails=stage.RAILS, key="again"
    )
    assert again.state is PaymentState.AGREED


LOST = [
    # amount, what the reconciler finds of it
    (50_002, PaymentState.SUCCEEDED, SubOrderState.PAID),
    (50_003, PaymentState.SUCCEEDED, SubOrderState.PAID),
    (50_005, PaymentState.FAILED, SubOrderState.PLACED),
]


@pytest.mark.parametrize(("total", "found", "then"), LOST)
async def test_a_payment_without_an_answer_is_finished(
    db: object, total: int, found: PaymentState, then: SubOrderState
) -> None:
    payment, row = await pay(total)
    assert payment.state is PaymentState.PROCESSING
    assert await reconciling.reconcile(stage.RAILS) == 0
    try:
        clock.use(lambda: payment.created_at + timedelta(minutes=3))
        assert await reconciling.reconcile(stage.RAILS) == 1
        assert await reconciling.reconcile(stage.RAILS) == 0
    finally:
        clock.use(None)
    assert (await Payment.get(id=payment.id)).state is found
    assert (await SubOrder.get(id=row.id)).state is then


async def test_what_is_paid_too_late_goes_back(db: object) -> None:
    payment, row = await pay(50_002)
    coop = await Cooperative.get(id=row.cooperative_id)
    try:
        clock.use(lambda: payment.created_at + timedelta(minutes=16))
        assert await timetable.advance_due() == 0  # nobody knows whether it was paid: the order is kept
        clock.use(lambda: payment.created_at + timedelta(minutes=46))
        assert await timetable.advance_due() == 1
        await reconciling.reconcile(stage.RAILS)
    finally:
        clock.use(None)
    refund = await Refund.get(sub_order_id=row.id)
    await refunding.finish_refund(refund.id, stage.RAILS)
    assert (await SubOrder.get(id=row.id)).state is SubOrderState.EXPIRED
    assert await amount(coop, Purpose.GATEWAY_CLEARING) == 0
    assert await amount(coop, Purpose.ORDER_ESCROW, row.id) == 0


async def test_time_expires_and_closes(db: object) -> None:
    a, b = await allies()
    shop = await stage.shop(a)
    food = await stage.dish(shop, price=25_000, on_hand=9)
    _, (silent,) = await stage.ordered(await stage.buyer(), (food, 1))
    _, (done,) = await stage.ordered(await stage.buyer(), (food, 1))
    await delivered(done, b)
    try:
        clock.use(lambda: silent.created_at + timedelta(minutes=11))
        assert await timetable.advance_due() == 1
        assert await timetable.advance_due() == 0
        clock.use(lambda: silent.created_at + timedelta(hours=25))
        assert await timetable.advance_due() == 1
    finally:
        clock.use(None)
    assert (await SubOrder.get(id=silent.id)).state is SubOrderState.EXPIRED
    assert (await SubOrder.get(id=done.id)).state is SubOrderState.CLOSED
    await food.refresh_from_db()
    assert (food.on_hand, food.reserved) == (8, 0)


async def test_nobody_pays_twice_at_once(db: object) -> None:
    payment, row = await pay(50_002)
    buyer = stage.Actor(account_id=row.buyer_id)
    with pytest.raises(paying.PaymentUnderway):
        await paying.pay_order(
            buyer,
            order_id=row.order_id,
            method=PaymentMethod.ONLINE,
            rails=stage.RAILS,
            key=str(new_id()),
        )
    assert await Payment.filter(order_id=payment.order_id).count() == 1
