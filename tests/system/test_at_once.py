"""The same moment, several server processes: one holder of a job, one order of an intent."""

import asyncio
from collections import Counter

import httpx
import pytest

from tests.demo import words
from tests.demo.client import Phone, Refused, key
from tests.demo.town import ADDRESS, Town
from tests.node import Node
from tests.system.people import hired, signed_in

pytestmark = pytest.mark.anyio

TIMES = 20
#: Who want the same job at the same moment.
DRIVERS = 50


async def test_one_holder_and_one_order(node: Node) -> None:
    node.environment["LUMBUNG_PROCESSES"] = "3"
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=64)) as http:
        town = Town(node, http)
        town.cast()
        newcomers = [Phone(http, node.base, f"+628129{n:07}", f"pengemudi {n}") for n in range(DRIVERS + 1)]
        await hired(node, newcomers, "pengemudi-suroboyo")
        *town.drivers, with_two_hands = newcomers
        await signed_in(node, [*town.everyone(), with_two_hands])
        node.start()
        try:
            await town.visit_shops()
            await one_intent_makes_one_order(town)
            await one_job_has_one_holder(town)
            await a_limit_of_one_is_one(town, with_two_hands)
        finally:
            node.stop()
    assert "findings=0" in node.run("check-books").stdout


async def one_intent_makes_one_order(town: Town) -> None:
    buyer, variant = town.buyers[0], town.shops[2].goods[0][0]
    intent = {"idempotencyKey": key(), "lines": [{"variantId": variant}], "address": ADDRESS, "payment": "CASH"}
    orders = await asyncio.gather(*(buyer.say(words.PLACE, input=intent) for _ in range(TIMES)))
    assert len({order["id"] for order in orders}) == 1
    with pytest.raises(Refused) as other:
        await buyer.say(words.PLACE, input={**intent, "tip": 1_000})
    assert other.value.code == "IDEMPOTENCY_MISMATCH"


async def one_job_has_one_holder(town: Town) -> None:
    buyer, shop = town.buyers[1], town.shops[2]
    order = await town.order(buyer, shop, "ONLINE")
    sub_order = order["subOrders"][0]["id"]
    await town.accept(shop, sub_order)
    job_id = await town.job_of(buyer, sub_order)

    async def claim(driver: Phone) -> str:
        try:
            await town.claim(driver, job_id)
        except Refused as no:
            return no.code
        return "HOLDS"

    outcomes = Counter(await asyncio.gather(*(claim(driver) for driver in town.drivers)))
    assert outcomes == {"HOLDS": 1, "JOB_TAKEN": len(town.drivers) - 1}


async def a_limit_of_one_is_one(town: Town, driver: Phone) -> None:
    """A driver who may hold one job claims two at the same moment."""
    jobs = []
    for _ in range(2):
        order = await town.order(town.buyers[1], town.shops[2], "ONLINE")
        sub_order = order["subOrders"][0]["id"]
        await town.accept(town.shops[2], sub_order)
        jobs.append(await town.job_of(town.buyers[1], sub_order))

    async def claim(job_id: str) -> str:
        try:
            await town.claim(driver, job_id)
        except Refused as no:
            return no.code
        return "HOLDS"

    outcomes = Counter(await asyncio.gather(*(claim(job_id) for job_id in jobs)))
    assert outcomes["HOLDS"] == 1, outcomes
