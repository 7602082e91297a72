"""Power cuts: server and worker die at random moments under load, and nothing acknowledged is lost."""

import asyncio
import logging
import os
import random

import httpx
import pytest

from tests.demo import words
from tests.demo.client import Refused
from tests.demo.town import Town
from tests.node import Node
from tests.system.people import signed_in

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

KILLS = int(os.environ.get("LUMBUNG_TEST_KILLS", "2"))
SEED = int(os.environ.get("LUMBUNG_TEST_SEED", "0")) or random.randrange(1, 2**31)

PAID = frozenset({"PAID", "CASH_AGREED", "ACCEPTED", "PREPARING", "READY", "COLLECTED", "DELIVERED", "CLOSED"})


class Load:
    """Buyers who order, sellers who cook and drivers who deliver, until the lights go out."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.acknowledged: dict[str, frozenset[str]] = {}  # sub-order id -> states it may be in from now on

    async def one(self, number: int) -> None:
        town = self.town
        buyer, shop = town.buyers[number % len(town.buyers)], town.shops[number % len(town.shops)]
        order = await town.order(buyer, shop, "CASH" if number % 3 == 0 else "ONLINE", goods=number)
        sub_order = order["subOrders"][0]["id"]
        self.acknowledged[sub_order] = PAID
        await town.deliver(shop, buyer, sub_order)
        self.acknowledged[sub_order] = frozenset({"DELIVERED", "CLOSED"})

    async def keep_on(self, worker: int) -> None:
        number = worker
        while True:
            try:
                await self.one(number)
            except Refused:
                await asyncio.sleep(0.05)
            number += 4


@pytest.fixture
def dice() -> random.Random:
    logging.getLogger(__name__).warning("LUMBUNG_TEST_SEED=%d repeats this run", SEED)
    return random.Random(SEED)


async def test_nothing_acknowledged_is_lost(node: Node, dice: random.Random) -> None:
    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=20)) as http:
        town = Town(node, http)
        town.cast()
        await signed_in(node, town.everyone())
        node.start()
        await town.visit_shops()
        load = Load(town)
        for _ in range(KILLS):
            await cut_power_under(load, node, dice)
            assert "findings=0" in node.run("check-books").stdout
            node.start()
            await nothing_is_lost(load)
        node.stop()


async def cut_power_under(load: Load, node: Node, dice: random.Random) -> None:
    load.town.refill_drivers()
    running = [asyncio.create_task(load.keep_on(worker)) for worker in range(4)]
    await asyncio.sleep(dice.uniform(0.5, 4.0))
    node.kill()
    for task in running:
        task.cancel()
    ended = await asyncio.gather(*running, return_exceptions=True)
    unexpected = [e for e in ended if not isinstance(e, asyncio.CancelledError | httpx.TransportError | ValueError)]
    assert unexpected == []


async def nothing_is_lost(load: Load) -> None:
    buyers = load.town.buyers
    for sub_order, states in load.acknowledged.items():
        seen = None
        for buyer in buyers:
            seen = seen or (await buyer.ask(words.SUB_ORDER, id=sub_order))["data"]["node"]
        assert seen is not None, f"{sub_order} was acknowledged and is gone"
        assert seen["state"] in states, (sub_order, seen["state"])
