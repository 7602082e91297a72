"""The rules that join orders, stock, carrying and money: clean through whole lives, and each named when broken."""

from uuid import uuid4

import pytest

from catalog.models import Variant
from cooperatives.membership.models import Cooperative
from marketplace.database import connection, transaction
from marketplace.deliveries import service
from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob
from marketplace.identity.actor import Actor
from marketplace.orders.lifecycle import SubOrderEvent, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import service as payments
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER
from tests.orders import stage as ordering
from tests.payments.test_paying import allies, step
from tests.test_checks import broken

pytestmark = pytest.mark.anyio


async def carried(row: SubOrder, driver: Actor) -> DeliveryJob:
    """The sub-order's job, claimed and picked up."""
    job = await stage.job_of(row)
    key = str(job.pk)
    await service.claim_job(driver, job_id=job.pk, key=key, dispatch=BOARD)
    await service.arrive_at_pickup(driver, job_id=job.pk, key=key)
    await service.confirm_pickup(driver, job_id=job.pk, pin=row.pickup_pin, place=None, key=key, signer=SIGNER)
    return job


async def delivered(row: SubOrder, driver: Actor) -> None:
    job = await carried(row, driver)
    key = str(uuid4())
    await service.arrive_at_drop_off(driver, job_id=job.pk, drop_id=None, key=key)
    await service.confirm_drop_off(
        driver, job_id=job.pk, drop_id=None, pin=row.dropoff_pin, place=None, key=key, signer=SIGNER
    )


async def sold(a: Cooperative, method: PaymentMethod, *, on_hand: int | None = 10) -> SubOrder:
    """Two plates sold, accepted and ready."""
    shop = await ordering.shop(a)
    food = await ordering.dish(shop, price=25_000, on_hand=on_hand)
    await ordering.hangs_up_qris(shop)
    _, (row,) = await ordering.ordered(await ordering.buyer(), (food, 2), method=method)
    assert await broken() == set()
    if method is PaymentMethod.DIRECT:
        await ordering.received(shop, row)
    return await step(row, SubOrderEvent.ACCEPT, SubOrderEvent.MARK_READY)


@pytest.fixture
async def market(db: object) -> tuple[Cooperative, Cooperative, Actor]:
    a, b = await allies()
    _, driver = await stage.on_shift(b, "Budi")
    return a, b, driver


Market = tuple[Cooperative, Cooperative, Actor]


@pytest.mark.parametrize("method", list(PaymentMethod))
async def test_a_delivered_order_is_clean_at_every_step(market: Market, method: PaymentMethod) -> None:
    a, _, driver = market
    row = await sold(a, method)
    await delivered(row, driver)
    assert (await SubOrder.get(id=row.id)).state is SubOrderState.DELIVERED
    assert await broken() == set()


@pytest.mark.parametrize("method", list(PaymentMethod))
async def test_an_order_that_comes_back_is_clean_at_every_step(market: Market, method: PaymentMethod) -> None:
    a, _, driver = market
    row = await sold(a, method)
    job = await carried(row, driver)
    assert await broken() == set()
    await service.arrive_at_drop_off(driver, job_id=job.pk, drop_id=None, key="1")
    await service.fail_drop_off(driver, job_id=job.pk, drop_id=None, code=FailureCode.NOBODY_HOME, text="", key="1")
    assert await broken() == set()
    held = await DeliveryJob.get(id=job.pk)
    await service.confirm_return(driver, job_id=job.pk, pin=held.return_pin, place=None, key="1", signer=SIGNER)
    assert await broken() == set()
    await payments.refund_sub_order(row.id, ordering.RAILS)
    assert await broken() == set()


async def test_a_cancelled_order_is_clean_at_every_step(market: Market) -> None:
    a, _, _ = market
    food = await ordering.dish(await ordering.shop(a), price=25_000, on_hand=10)
    _, (row,) = await ordering.ordered(await ordering.buyer(), (food, 2), method=PaymentMethod.ONLINE)
    await step(row, SubOrderEvent.CANCEL)
    assert await broken() == set()
    await payments.refund_sub_order(row.id, ordering.RAILS)
    assert await broken() == set()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE sub_order SET total = total + 1 WHERE state = 'READY'", "3"),
        ("UPDATE sub_order SET state = 'CLOSED' WHERE state = 'READY'", "3"),
        ("UPDATE variant SET reserved = 1", "4"),
        ("UPDATE variant SET on_hand = -1", "4"),
        ("UPDATE job_state_change SET holder_id = NULL WHERE holder_id IS NOT NULL", "5"),
        ("UPDATE sub_order SET total = total + 1 WHERE state = 'DELIVERED'", "7"),
    ],
)
async def test_what_is_broken_is_named(market: Market, statement: str, rule: str) -> None:
    a, b, driver = market
    await delivered(await sold(a, PaymentMethod.CASH), driver)
    await sold(a, PaymentMethod.ONLINE)
    _, second = await stage.on_shift(b, "Siti")
    await carried(await sold(a, PaymentMethod.CASH), second)
    assert await broken() == set()
    async with transaction():
        await connection().execute_script(statement)
    assert await broken() == {rule}
    assert await Variant.all().count() == 3


async def test_a_broken_custody_chain_is_named(market: Market) -> None:
    a, _, driver = market
    await delivered(await sold(a, PaymentMethod.CASH), driver)
    last = await CustodyReceipt.all().order_by("-position").first()
    assert last is not None
    assert last.position > 0
    await CustodyReceipt.filter(id=last.id).update(giver_id=uuid4())
    assert await broken() == {"5"}
