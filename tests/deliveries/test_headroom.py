"""The carrier's net debit cap counts what its drivers have claimed and not yet delivered."""

import asyncio
from uuid import UUID

import pytest

from cooperatives.membership.models import Cooperative
from cooperatives.settlements import obligations
from cooperatives.settlements import service as settlements
from cooperatives.settlements.models import ClearingMembership, Reservation
from marketplace.database import transaction
from marketplace.deliveries import mending, service
from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.models import DeliveryJob
from marketplace.errors import MarketplaceError
from marketplace.identity.actor import Actor
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER
from tests.deliveries.test_booking import book, carry, hand_over, wish

pytestmark = pytest.mark.anyio


async def capped(seller: Cooperative, carrier: Cooperative, cap: int) -> UUID:
    """Both in the common group; the carrier may owe at most `cap`. Answers the group."""
    async with transaction():
        group_id = await settlements.join_common_group(seller.pk, carrier.pk)
        await ClearingMembership.filter(group_id=group_id, cooperative_id=carrier.pk).update(cap=cap)
    return group_id


async def two_coops(cap: int, share_bp: int = 10_000) -> tuple[Cooperative, Cooperative, UUID]:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b, share_bp)
    return a, b, await capped(a, b, cap)


async def cash_job(coop: Cooperative) -> DeliveryJob:
    """Goods 50,000, delivery 12,000, in cash."""
    shop, _ = await stage.seller(coop)
    return await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))


async def claim(actor: Actor, job: DeliveryJob) -> bool:
    try:
        await service.claim_job(actor, job_id=job.pk, key=str(job.pk), dispatch=BOARD)
    except settlements.NetDebitCapReached:
        return False
    return True


async def set_aside() -> list[int]:
    return sorted([row.amount for row in await Reservation.all()])


async def test_of_claims_at_once_as_many_fit_as_the_cap_holds(db: object) -> None:
    """Each alone fits under the cap; together two do."""
    a, b, group_id = await two_coops(cap=149_999)
    drivers = [(await stage.on_shift(b, f"Driver {n}"))[1] for n in range(8)]
    jobs = [await cash_job(a) for _ in drivers]
    claimed = await asyncio.gather(*(claim(actor, job) for actor, job in zip(drivers, jobs, strict=True)))
    assert sum(claimed) == 2
    assert await set_aside() == [50_000, 50_000]
    assert await obligations.pending_debt(group_id, b.pk) == 100_000
    assert await obligations.net_debt(group_id, b.pk) == 0
    assert await stage.what_is_broken() == []


async def test_what_is_delivered_is_owed_and_no_longer_set_aside(db: object) -> None:
    a, b, group_id = await two_coops(cap=100_000, share_bp=9_000)
    _, budi = await stage.on_shift(b, "Budi", job_limit=3)
    first, second = await cash_job(a), await cash_job(a)
    assert await claim(budi, first)
    assert await set_aside() == [51_200]  # 62,000 less nine tenths of 12,000
    assert not await claim(budi, second)
    await service.arrive_at_pickup(budi, job_id=first.pk, key="a")
    await service.confirm_pickup(budi, job_id=first.pk, pin="1111", place=None, key="p", signer=SIGNER)
    await service.arrive_at_drop_off(budi, job_id=first.pk, drop_id=None, key="ad")
    assert await set_aside() == [51_200]
    await service.confirm_drop_off(
        budi, job_id=first.pk, drop_id=None, pin="2222", place=None, key="d", signer=SIGNER
    )
    assert await set_aside() == []
    assert await obligations.net_debt(group_id, b.pk) == 51_200
    assert not await claim(budi, second)  # it is owed now
    assert await stage.what_is_broken() == []


@pytest.mark.parametrize("end", ["given up", "cancelled", "failed", "taken by the own co-op"])
async def test_what_will_not_be_owed_is_let_go(db: object, end: str) -> None:
    a, b, _ = await two_coops(cap=50_000)
    _, budi = await stage.on_shift(b, "Budi")
    _, siti = await stage.on_shift(b, "Siti")
    own, _ = await stage.on_shift(a, "Own")
    job, other = await cash_job(a), await cash_job(a)
    assert await claim(budi, job)
    assert not await claim(siti, other)
    if end == "given up":
        await service.give_up_job(budi, job_id=job.pk, reason="flat tyre", key="g")
    elif end == "cancelled":
        event = stage.accepted(await stage.SubOrder.get(pk=job.sub_order_id))
        await mending.cancel_for_order(None, event)
    elif end == "failed":
        await service.arrive_at_pickup(budi, job_id=job.pk, key="a")
        await service.confirm_pickup(budi, job_id=job.pk, pin="1111", place=None, key="p", signer=SIGNER)
        await service.fail_drop_off(budi, job_id=job.pk, drop_id=None, code=FailureCode.NOBODY_HOME, text="", key="f")
    else:
        chair = await stage.officer(a)
        await mending.reassign_job(chair, job_id=job.pk, driver_id=own.pk, reason="nearer", key="r", dispatch=BOARD)
    assert await set_aside() == []
    assert await claim(siti, other)
    assert await set_aside() == [50_000]


async def test_a_job_given_to_another_co_ops_driver_is_set_aside_there(db: object) -> None:
    a, b, _ = await two_coops(cap=50_000)
    c = await stage.cooperative("ANT")
    await stage.ally(a, c)
    await capped(a, c, 49_999)
    _, budi = await stage.on_shift(b, "Budi")
    taker, _ = await stage.on_shift(c, "Tono")
    job = await cash_job(a)
    assert await claim(budi, job)
    chair = await stage.officer(a)
    with pytest.raises(settlements.NetDebitCapReached):
        await mending.reassign_job(chair, job_id=job.pk, driver_id=taker.pk, reason="r", key="1", dispatch=BOARD)
    assert [row.debtor_id for row in await Reservation.all()] == [b.pk]
    await capped(a, c, 50_000)
    await mending.reassign_job(chair, job_id=job.pk, driver_id=taker.pk, reason="r", key="2", dispatch=BOARD)
    assert [row.debtor_id for row in await Reservation.all()] == [c.pk]
    assert await stage.what_is_broken() == []


async def test_each_drop_of_a_booked_delivery_turns_into_its_part(db: object) -> None:
    a, b, group_id = await two_coops(cap=90_000)
    shop, seller = await stage.seller(a)
    _, budi = await stage.on_shift(b, "Budi")
    job = await book(seller, shop.pk, wish(cash=40_000), wish(lat=-7.28, cash=50_000))
    drops = await carry(budi, job)
    assert await set_aside() == [90_000]
    await hand_over(budi, job, drops[0])
    assert await set_aside() == [50_000]
    assert await obligations.net_debt(group_id, b.pk) == 40_000
    await hand_over(budi, job, drops[1])
    assert await set_aside() == []
    assert await stage.what_is_broken() == []


async def test_what_is_set_aside_counts_for_debts_that_are_acknowledged(db: object) -> None:
    a, b, _ = await two_coops(cap=100_000)
    _, budi = await stage.on_shift(b, "Budi")
    assert await claim(budi, await cash_job(a))
    with pytest.raises(MarketplaceError):
        async with transaction():
            await settlements.require_headroom(debtor_id=b.pk, creditor_id=a.pk, amount=50_001)
    async with transaction():
        await settlements.require_headroom(debtor_id=b.pk, creditor_id=a.pk, amount=50_000)
