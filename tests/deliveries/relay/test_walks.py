"""Drivers, a keeper and a dispatcher do anything in any order with goods that go through a hub; custody holds."""

import random
from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries import mending, service
from marketplace.deliveries.lifecycle import FailureCode, JobState
from marketplace.deliveries.models import CustodyReceipt, DeliveryJob, Drop
from marketplace.deliveries.relay import legs, planning, returning
from marketplace.errors import MarketplaceError
from tests.deliveries import stage
from tests.deliveries.relay.test_relay import Town
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio
WALKS, STEPS = 8, 90


async def step(town: Town, chance: random.Random) -> None:
    """One of the people tries something."""
    id, key = town.job.pk, str(new_id())
    job = await DeliveryJob.get(pk=id)
    drop = await Drop.get(job_id=id)
    holder = town.budis if job.driver_id == town.budi.pk else town.sitis
    actor = holder if chance.random() < 0.85 else chance.choice([town.budis, town.sitis])
    ask: dict[str, Any] = {"job_id": id, "key": key}
    told: dict[str, Any] = {**ask, "place": None, "signer": SIGNER}
    code = chance.choice([FailureCode.REFUSED, FailureCode.DAMAGED])
    pin = (await planning.legs_of(id))[0].in_pin
    now = clock.now()
    tries = [
        lambda: service.claim_job(actor, **ask, dispatch=BOARD),
        lambda: service.give_up_job(actor, **ask, reason="x"),
        lambda: service.arrive_at_pickup(actor, **ask),
        lambda: service.confirm_pickup(actor, **told, pin=job.pickup_pin),
        lambda: legs.hand_in(actor, **told, pin=pin),
        lambda: service.arrive_at_drop_off(actor, **ask, drop_id=None),
        lambda: service.confirm_drop_off(actor, **told, drop_id=None, pin=drop.pin),
        lambda: service.fail_drop_off(actor, **ask, drop_id=None, code=code, text=""),
        lambda: service.confirm_return(actor, **told, pin=job.return_pin),
        lambda: legs.turn_back(town.chair, **ask, code=code, reason="x"),
        lambda: returning.return_from_hub(town.keeper, **ask, pin=job.return_pin, signer=SIGNER),
        lambda: planning.move_window(town.chair, **ask, opens_at=now, closes_at=now + timedelta(hours=9)),
        lambda: legs.publish_due(),
        lambda: mending.sweep_unserved(None),
        lambda: mending.cancel_for_order(None, stage.accepted(town.order)),
    ]
    weights = [4, 1, 4, 4, 4, 3, 3, 0.7, 1, 0.3, 1, 1, 2, 1, 0.1]
    try:
        await chance.choices(tries, weights)[0]()
    except MarketplaceError:
        return


async def test_walks_through_a_hub(db: object) -> None:
    town = await Town().build(job_limit=WALKS)
    ends = set()
    for seed in range(WALKS):
        chance = random.Random(seed)
        town.order = await stage.sub_order(town.shop, await stage.account("Ani"))
        town.job = await stage.job_of(town.order)
        await town.plan(opens=0)
        for number in range(STEPS):
            await step(town, chance)
            if number % 30 == 0:
                assert [found for found in await stage.what_is_broken(SIGNER) if found.rule[0] != "8"] == []
        assert await stage.what_is_broken(SIGNER) == []
        job = await DeliveryJob.get(pk=town.job.pk)
        receipts = await CustodyReceipt.filter(job_id=job.pk).order_by("position")
        if job.state is JobState.RETURNED:
            assert receipts[-1].taker_id == job.seller_id
        ends.add(job.state)
    assert {JobState.DELIVERED, JobState.RETURNED} <= ends
