"""A delivery from the board to the door: who may, what it posts, and what undoes it."""

import asyncio

import pytest

from cooperatives.ledger.service import Purpose
from cooperatives.membership.models import Cooperative
from cooperatives.settlements.models import Obligation
from marketplace import clock
from marketplace.deliveries import custody, limits, mending, pins, service
from marketplace.deliveries.lifecycle import FailureCode, JobState
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.deliveries.service import JobTaken
from marketplace.errors import MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio
P = Purpose


async def claim(actor: Actor, job: DeliveryJob, key: str = "claim") -> DeliveryJob:
    return await service.claim_job(actor, job_id=job.pk, key=key, dispatch=BOARD)


async def pick_up(actor: Actor, job: DeliveryJob, pin: str = "1111") -> None:
    await claim(actor, job)
    await service.arrive_at_pickup(actor, job_id=job.pk, key="a")
    await service.confirm_pickup(actor, job_id=job.pk, pin=pin, place=stage.SURABAYA, key="p", signer=SIGNER)


async def drop_off(actor: Actor, job: DeliveryJob, pin: str = "2222", key: str = "d") -> DeliveryJob:
    return await service.confirm_drop_off(
        actor, job_id=job.pk, drop_id=None, pin=pin, place=None, key=key, signer=SIGNER
    )


@pytest.mark.parametrize(("voted", "drivers"), [("before", 12_000), ("after", 11_040)])
async def test_what_a_co_op_keeps_is_what_it_kept_when_the_driver_took_it(
    db: object, voted: str, drivers: int
) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"), method=PaymentMethod.ONLINE)
    driver, actor = await stage.on_shift(b, "Budi")
    job = await stage.job_of(order)

    async def vote() -> None:
        changed = {"carrier_share_before_bp": 800, "carrier_share_changed_at": clock.now(), "carrier_share_bp": 0}
        await Cooperative.filter(pk=b.pk).update(**changed)

    if voted == "before":
        await vote()
    await pick_up(actor, job)
    if voted == "after":
        await vote()
    await service.arrive_at_drop_off(actor, job_id=job.pk, drop_id=None, key="ad")
    await drop_off(actor, job)
    assert await stage.amount(b, P.DRIVER_PAYABLE, driver.account_id) == drivers
    assert await stage.amount(b, P.DELIVERY_INCOME) == 12_000 - drivers
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize("method", [PaymentMethod.ONLINE, PaymentMethod.CASH])
async def test_the_example_of_money_md_in_both_books(db: object, method: PaymentMethod) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"), method=method)
    driver, actor = await stage.on_shift(b, "Budi")
    job = await stage.job_of(order)
    await pick_up(actor, job)
    await service.arrive_at_drop_off(actor, job_id=job.pk, drop_id=None, key="ad")
    done = await drop_off(actor, job)
    await drop_off(actor, job)  # sent again: nothing more happens
    assert done.state is JobState.DELIVERED
    assert (await SubOrder.get(pk=order.pk)).state is SubOrderState.DELIVERED
    assert await stage.amount(a, P.SELLER_PAYABLE, shop.pk) == 47_500
    assert await stage.amount(a, P.COMMISSION_INCOME) == 2_500
    assert await stage.amount(b, P.DRIVER_PAYABLE, driver.account_id) == 11_040
    assert await stage.amount(b, P.DELIVERY_INCOME) == 960
    if method is PaymentMethod.ONLINE:
        assert await stage.amount(a, P.ORDER_ESCROW, order.pk) == 0
        assert await stage.amount(a, P.DUE_TO, b.pk) == await stage.amount(b, P.DUE_FROM, a.pk) == 12_000
        owed = (a.pk, b.pk, 12_000)
    else:
        assert await stage.amount(b, P.CASH_WITH_DRIVER, driver.account_id) == 62_000
        assert await stage.amount(b, P.DUE_TO, a.pk) == await stage.amount(a, P.DUE_FROM, b.pk) == 50_000
        owed = (b.pk, a.pk, 50_000)
    assert [(o.debtor_id, o.creditor_id, o.amount) for o in await Obligation.all()] == [owed]
    receipts = (await custody.receipts_by_job([job.pk]))[job.pk]
    assert len(receipts) == 2
    assert custody.broken_links(receipts, signer=SIGNER, seller_id=shop.pk) == []
    assert await stage.what_is_broken() == []


async def test_of_fifty_drivers_exactly_one_takes_it(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    drivers = [await stage.on_shift(a, f"Driver {n}") for n in range(50)]
    answers = await asyncio.gather(*(claim(actor, job) for _, actor in drivers), return_exceptions=True)
    taken = [answer for answer in answers if not isinstance(answer, BaseException)]
    assert len(taken) == 1
    assert {type(answer) for answer in answers if isinstance(answer, BaseException)} == {JobTaken}
    assert (await DeliveryJob.get(pk=job.pk)).driver_id == taken[0].driver_id


async def test_one_driver_with_a_limit_of_one_takes_one_of_two(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    buyer = await stage.account("Ani")
    jobs = [await stage.job_of(await stage.sub_order(shop, buyer)) for _ in range(2)]
    driver, actor = await stage.on_shift(a, "Budi")
    answers = await asyncio.gather(
        *(claim(actor, job, key=str(n)) for n, job in enumerate(jobs)), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["AtJobLimit", "DeliveryJob"]
    assert await DeliveryJob.filter(driver_id=driver.pk).count() == 1


async def test_the_cash_limit_counts_jobs_in_hand(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    buyer = await stage.account("Ani")
    jobs = [await stage.job_of(await stage.sub_order(shop, buyer)) for _ in range(2)]
    _, actor = await stage.on_shift(a, "Budi", job_limit=5, cash_limit=100_000)
    await claim(actor, jobs[0])
    with pytest.raises(limits.CashLimitReached):
        await claim(actor, jobs[1], key="second")


async def test_a_stranger_coops_driver_does_not_find_it(db: object) -> None:
    a, other = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    shop, _ = await stage.seller(a)
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    _, actor = await stage.on_shift(other, "Budi")
    with pytest.raises(NotFound):
        await claim(actor, job)


async def test_given_up_before_pickup_it_stands_open_again(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    _, budi = await stage.on_shift(a, "Budi")
    siti_row, siti = await stage.on_shift(a, "Siti")
    await claim(budi, job)
    with pytest.raises(NotFound):
        await service.give_up_job(siti, job_id=job.pk, reason="mine", key="g")
    given_up = await service.give_up_job(budi, job_id=job.pk, reason="flat tyre", key="g")
    assert (given_up.state, given_up.driver_id) == (JobState.OPEN, None)
    assert (await SubOrder.get(pk=order.pk)).driver_account_id is None
    assert (await claim(siti, job)).driver_id == siti_row.pk
    assert await stage.what_is_broken() == []


async def test_wrong_pins_are_bounded_and_nothing_changes(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    _, actor = await stage.on_shift(a, "Budi")
    await claim(actor, job)
    await service.arrive_at_pickup(actor, job_id=job.pk, key="a")

    async def enter(pin: str) -> DeliveryJob:
        return await service.confirm_pickup(actor, job_id=job.pk, pin=pin, place=None, key=f"p{pin}", signer=SIGNER)

    tries = await asyncio.gather(*(enter(f"900{n}") for n in range(8)), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in tries) == ["PinLocked"] * 3 + ["WrongPin"] * 5
    with pytest.raises(pins.PinLocked):
        await enter("1111")
    assert (await SubOrder.get(pk=order.pk)).state is SubOrderState.READY
    assert (await custody.receipts_by_job([job.pk]))[job.pk] == []
    dispatcher = await stage.officer(a)
    await mending.release_pins(dispatcher, job_id=job.pk, reason="he is there", key="r")
    assert (await enter("1111")).state is JobState.CARRYING


async def test_failed_and_brought_back(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    driver, actor = await stage.on_shift(a, "Budi")
    await pick_up(actor, job)
    failed = await service.fail_drop_off(
        actor, job_id=job.pk, drop_id=None, code=FailureCode.NOBODY_HOME, text="", key="f"
    )
    assert failed.state is JobState.RETURNING
    with pytest.raises(MarketplaceError):
        await drop_off(actor, job)
    back = await service.confirm_return(
        actor, job_id=job.pk, pin=failed.return_pin, place=None, key="r", signer=SIGNER
    )
    assert back.state is JobState.RETURNED
    assert (await SubOrder.get(pk=order.pk)).state is SubOrderState.RETURNED
    assert await stage.amount(a, P.CASH_WITH_DRIVER, driver.account_id) == 0
    receipts = (await custody.receipts_by_job([job.pk]))[job.pk]
    assert custody.broken_links(receipts, signer=SIGNER, seller_id=shop.pk) == []
    assert receipts[-1].taker_id == shop.pk
    assert await stage.what_is_broken() == []


async def test_the_event_comes_twice_and_opens_one_job(db: object) -> None:
    a = await stage.cooperative("FOD")
    shop, _ = await stage.seller(a)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    await stage.job_of(order)
    await stage.job_of(order)
    assert await DeliveryJob.all().count() == 1


async def test_a_dispatcher_reassigns_with_a_reason(db: object) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    shop, _ = await stage.seller(a)
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
    _, budi = await stage.on_shift(b, "Budi")
    siti, siti_actor = await stage.on_shift(b, "Siti")
    await claim(budi, job)
    other = await stage.officer(await stage.cooperative("LOG"))
    with pytest.raises(NotFound):
        await mending.reassign_job(other, job_id=job.pk, driver_id=siti.pk, reason="x", key="1", dispatch=BOARD)
    chair = await stage.officer(b)
    moved = await mending.reassign_job(
        chair, job_id=job.pk, driver_id=siti.pk, reason="Budi is ill", key="1", dispatch=BOARD
    )
    assert moved.driver_id == siti.pk
    assert isinstance(await Driver.get(account_id=siti_actor.account_id), Driver)
    with pytest.raises(NotFound):
        await service.arrive_at_pickup(budi, job_id=job.pk, key="late")
    assert await stage.what_is_broken() == []
