"""Drivers, the seller and a dispatcher try anything in any order; what must hold holds after each walk."""

import random
from uuid import UUID

import pytest

from marketplace.deliveries import custody, mending, opening, service
from marketplace.deliveries.lifecycle import HELD, DropState, FailureCode
from marketplace.deliveries.models import DeliveryJob, Drop, FarePayer
from marketplace.deliveries.opening import DropWish
from marketplace.errors import MarketplaceError
from marketplace.identity.actor import Actor
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio
WALKS, STEPS = 6, 45


class Walk:
    """One job, and people who do what chance tells them."""

    def __init__(self, seed: int, job: DeliveryJob, drivers: list[Actor], seller: Actor, chair: Actor) -> None:
        self.chance, self.job, self.drivers = random.Random(seed), job, drivers
        self.seller, self.chair, self.n = seller, chair, 0

    async def step(self, drops: list[Drop], driver_ids: list[UUID]) -> None:
        self.n += 1
        id, key = self.job.pk, f"{self.job.pk}-{self.n}"
        actor, drop = self.chance.choice(self.drivers), self.chance.choice(drops)
        pin = self.chance.choice([drop.pin, drop.pin, drop.pin, "9999x"])
        job = await DeliveryJob.get(pk=id)
        tries = [
            lambda: service.claim_job(actor, job_id=id, key=key, dispatch=BOARD),
            lambda: service.give_up_job(actor, job_id=id, reason="x", key=key),
            lambda: service.arrive_at_pickup(actor, job_id=id, key=key),
            lambda: service.confirm_pickup(actor, job_id=id, pin=job.pickup_pin, place=None, key=key, signer=SIGNER),
            lambda: service.arrive_at_drop_off(actor, job_id=id, drop_id=drop.pk, key=key),
            lambda: service.confirm_drop_off(
                actor, job_id=id, drop_id=drop.pk, pin=pin, place=None, key=key, signer=SIGNER
            ),
            lambda: service.fail_drop_off(
                actor, job_id=id, drop_id=drop.pk, code=FailureCode.REFUSED, text="", key=key
            ),
            lambda: service.confirm_return(actor, job_id=id, pin=job.return_pin, place=None, key=key, signer=SIGNER),
            lambda: mending.cancel_drop(self.seller, job_id=id, drop_id=drop.pk, reason="x", key=key),
            lambda: mending.reassign_job(
                self.chair,
                job_id=id,
                driver_id=self.chance.choice(driver_ids),
                reason="x",
                key=key,
                dispatch=BOARD,
            ),
        ]
        weights = [3, 1, 3, 3, 4, 4, 1, 2, 0.3, 0.5]
        try:
            await self.chance.choices(tries, weights)[0]()
        except MarketplaceError:
            return


async def check(job_id: UUID, seller_id: UUID) -> None:
    job = await DeliveryJob.get(pk=job_id)
    drops = await Drop.filter(job_id=job_id)
    receipts = (await custody.receipts_by_job([job_id]))[job_id]
    if job.state in HELD:
        assert job.driver_id is not None
    for drop in drops:
        chain = [receipt for receipt in receipts if receipt.drop_id == drop.pk]
        assert custody.broken_links(chain, signer=SIGNER, seller_id=seller_id) == []
        expected = {DropState.WAITING: 0, DropState.CANCELLED: 0, DropState.DELIVERED: 2, DropState.RETURNED: 2}
        assert len(chain) == expected.get(drop.state, 1)
    assert await stage.what_is_broken() == []


async def test_walks(db: object) -> None:
    a, b = await stage.cooperative("MKT"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    shop, seller = await stage.seller(a)
    chair = await stage.officer(b)
    people = [await stage.on_shift(b, f"Driver {n}", job_limit=WALKS, cash_limit=5_000_000) for n in range(2)]
    ends = set()
    for seed in range(WALKS):
        wishes = [DropWish("Ani", "", "Jl. Mawar", "", -7.27 - n / 100, 112.75, 20_000 * n) for n in range(2)]
        job = await opening.book_delivery(
            seller,
            seller_id=shop.pk,
            drops=wishes,
            weight_g=0,
            fare_payer=FarePayer.CASH_AT_PICKUP,
            key=str(seed),
        )
        walk = Walk(seed, job, [actor for _, actor in people], seller, chair)
        for _ in range(STEPS):
            await walk.step(await Drop.filter(job_id=job.pk), [row.pk for row, _ in people])
        await check(job.pk, shop.pk)
        ends.add((await DeliveryJob.get(pk=job.pk)).state)
    assert len(ends) > 1  # chance led to more than one end
