"""Unserved, cancelled, fetched at the counter: what happens when no driver carries it to the end."""

from datetime import timedelta

import pytest

from cooperatives.ledger.service import Purpose as P
from marketplace import clock
from marketplace.deliveries import counter, mending, pins, service, shifts
from marketplace.deliveries.candidates import candidates
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.mending import NotUnserved, UnservedAnswer
from marketplace.deliveries.models import DeliveryJob, Shift
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor
from marketplace.identity.models import Account
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.payments.models import Refund
from tests.deliveries import stage
from tests.deliveries.stage import BOARD

pytestmark = pytest.mark.anyio


async def unserved(method: PaymentMethod) -> tuple[DeliveryJob, SubOrder, Actor, Actor]:
    coop = await stage.cooperative("FOD")
    shop, seller = await stage.seller(coop)
    ani = await stage.account("Ani")
    order = await stage.sub_order(shop, ani, method=method)
    job = await stage.job_of(order)
    assert await mending.sweep_unserved(None) == 0
    await DeliveryJob.filter(pk=job.pk).update(open_until=clock.now() - timedelta(seconds=1))
    assert await mending.sweep_unserved(None) == 1
    return await DeliveryJob.get(pk=job.pk), order, Actor(account_id=ani.pk), seller


async def answer(actor: Actor, job: DeliveryJob, what: UnservedAnswer) -> DeliveryJob:
    return await mending.answer_unserved(actor, job_id=job.pk, answer=what, key="u")


async def test_nobody_came_and_the_buyer_waits(db: object) -> None:
    job, order, ani, _ = await unserved(PaymentMethod.CASH)
    assert job.state is JobState.UNSERVED
    assert (await SubOrder.get(pk=order.pk)).unserved_at is not None
    with pytest.raises(NotFound):
        await answer(Actor(account_id=(await stage.account("X")).pk), job, UnservedAnswer.WAIT)
    waiting = await answer(ani, job, UnservedAnswer.WAIT)
    assert waiting.state is JobState.OPEN
    assert waiting.open_until > clock.now()
    assert (await SubOrder.get(pk=order.pk)).unserved_at is None
    with pytest.raises(NotUnserved):
        await mending.answer_unserved(ani, job_id=job.pk, answer=UnservedAnswer.CANCEL, key="other")


async def test_nobody_came_and_a_dispatcher_finds_one(db: object) -> None:
    job, order, ani, _ = await unserved(PaymentMethod.CASH)
    coop = await stage.Cooperative.get(pk=order.cooperative_id)
    budi, _ = await stage.on_shift(coop, "Budi")
    found = await mending.reassign_job(
        await stage.officer(coop), job_id=job.pk, driver_id=budi.pk, reason="rang him", key="r", dispatch=BOARD
    )
    assert found.state is JobState.ASSIGNED
    own = await SubOrder.get(pk=order.pk)
    assert (own.unserved_at, own.driver_account_id) == (None, budi.account_id)
    with pytest.raises(NotUnserved):
        await answer(ani, job, UnservedAnswer.CANCEL)


async def test_a_dispatcher_sees_whom_he_may_ask_the_nearest_first(db: object) -> None:
    job, order, ani, _ = await unserved(PaymentMethod.CASH)
    coop = await stage.Cooperative.get(pk=order.cooperative_id)
    stranger = await stage.cooperative("LOG")
    near, _ = await stage.on_shift(coop, "Budi")
    far, _ = await stage.on_shift(coop, "Citra")
    _, resting = await stage.on_shift(coop, "Dewi")
    await stage.on_shift(stranger, "Eko")
    await Shift.filter(driver_id=far.pk).update(lat=stage.SURABAYA.lat + 0.02)
    await shifts.pause_shift(resting)
    chair = await stage.officer(coop)
    found = await candidates(chair, job, BOARD)
    assert [one.driver.pk for one in found] == [near.pk, far.pk]
    assert found[1].metres - found[0].metres > 2_000
    assert await candidates(ani, job, BOARD) == []
    assert await candidates(await stage.officer(stranger), job, BOARD) == []


async def test_nobody_came_and_the_buyer_cancels_free(db: object) -> None:
    job, order, ani, _ = await unserved(PaymentMethod.ONLINE)
    assert (await answer(ani, job, UnservedAnswer.CANCEL)).state is JobState.CANCELLED
    ended = await SubOrder.get(pk=order.pk)
    assert (ended.state, ended.keeps_goods, ended.keeps_delivery) == (SubOrderState.CANCELLED, False, False)
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize("method", [PaymentMethod.ONLINE, PaymentMethod.CASH])
async def test_nobody_came_and_the_buyer_fetches_it(db: object, method: PaymentMethod) -> None:
    job, order, ani, seller = await unserved(method)
    assert (await answer(ani, job, UnservedAnswer.FETCH)).state is JobState.CANCELLED
    own = await SubOrder.get(pk=order.pk)
    assert (own.fulfilment, own.delivery, own.total) == (Fulfilment.PICKUP, 0, 50_000)
    assert await stage.what_is_broken() == []
    fetched = await counter.hand_over(seller, sub_order_id=order.pk, pin="2222", key="h")
    assert fetched.state is SubOrderState.DELIVERED
    coop = await stage.Cooperative.get(pk=order.cooperative_id)
    assert await stage.amount(coop, P.COMMISSION_INCOME) == 2_500
    payable = await stage.amount(coop, P.SELLER_PAYABLE, order.seller_id)
    if method is PaymentMethod.CASH:
        assert payable == -2_500  # the seller holds the cash and owes his co-op its share
        return
    assert payable == 47_500
    assert await stage.what_is_broken() == []
    assert await stage.amount(coop, P.ORDER_ESCROW, order.pk) == 0
    assert [refund.amount for refund in await Refund.all()] == [12_000]


async def test_a_cancelled_order_ends_its_job(db: object) -> None:
    coop = await stage.cooperative("FOD")
    shop, _ = await stage.seller(coop)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    _, budi = await stage.on_shift(coop, "Budi")
    await service.claim_job(budi, job_id=job.pk, key="c", dispatch=BOARD)
    event = OutboxEvent(event="sub_order.cancelled", handler="x", aggregate_id=order.pk, payload={})
    await mending.cancel_for_order(None, event)
    await mending.cancel_for_order(None, event)
    ended = await DeliveryJob.get(pk=job.pk)
    assert (ended.state, ended.driver_id) == (JobState.CANCELLED, None)


async def test_the_counter_wants_the_buyers_pin(db: object) -> None:
    coop = await stage.cooperative("FOD")
    shop, seller = await stage.seller(coop)
    ani = await stage.account("Ani")
    order = await stage.sub_order(shop, ani, fulfilment=Fulfilment.PICKUP, state=SubOrderState.PREPARING, delivery=0)
    for n in range(pins.MOST_TRIES):
        with pytest.raises(pins.WrongPin):
            await counter.hand_over(seller, sub_order_id=order.pk, pin=f"900{n}", key=str(n))
    with pytest.raises(pins.PinLocked):
        await counter.hand_over(seller, sub_order_id=order.pk, pin="2222", key="right")
    assert (await SubOrder.get(pk=order.pk)).state is SubOrderState.PREPARING
    with pytest.raises(NotFound):
        await counter.hand_over(Actor(account_id=ani.pk), sub_order_id=order.pk, pin="2222", key="buyer")


async def test_a_service_is_completed_by_the_buyers_pin(db: object) -> None:
    coop = await stage.cooperative("FOD")
    shop, seller = await stage.seller(coop)
    ani: Account = await stage.account("Ani")
    order = await stage.sub_order(
        shop,
        ani,
        method=PaymentMethod.ONLINE,
        fulfilment=Fulfilment.SERVICE,
        state=SubOrderState.ACCEPTED,
        delivery=0,
    )
    with pytest.raises(counter.NotAtCounter):
        await counter.hand_over(seller, sub_order_id=order.pk, pin="2222", key="k")
    done = await counter.complete_service(seller, sub_order_id=order.pk, pin="2222", key="s")
    assert done.state is SubOrderState.DELIVERED
    assert await stage.amount(coop, P.ORDER_ESCROW, order.pk) == 0
    assert await stage.amount(coop, P.SELLER_PAYABLE, shop.pk) == 47_500
    assert await stage.what_is_broken() == []
