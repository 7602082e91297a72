"""Power cuts: server and worker die at random moments under load, and nothing acknowledged is lost."""

import asyncio
import logging
import os
import random

import httpx
import pytest

from tests.demo.town import Town
from tests.node import Node
from tests.system.load import Load, nothing_is_lost, what_was_under_way_is_brought_to_its_end
from tests.system.people import signed_in

pytestmark = [pytest.mark.anyio, pytest.mark.slow]

KILLS = int(os.environ.get("LUMBUNG_TEST_KILLS", "2"))
SEED = int(os.environ.get("LUMBUNG_TEST_SEED", "0")) or random.randrange(1, 2**31)


@pytest.fixture
def dice() -> random.Random:
    logging.getLogger(__name__).warning("LUMBUNG_TEST_SEED=%d repeats this run", SEED)
    return random.Random(SEED)


@pytest.fixture(params=["worker within", "worker apart"])
def lit(request: pytest.FixtureRequest, node: Node) -> Node:
    """A node of one process, or of a server and a worker that die apart or together."""
    if request.param == "worker apart":
        node.environment["LUMBUNG_WORKER_IN_PROCESS"] = "false"
        node.start_worker()
    return node


async def test_nothing_acknowledged_is_lost(lit: Node, dice: random.Random) -> None:
    async with httpx.AsyncClient(timeout=30, limits=httpx.Limits(max_connections=20)) as http:
        town = Town(lit, http)
        town.cast()
        await signed_in(lit, town.everyone())
        lit.start()
        try:
            await town.visit_shops()
            load = Load(town)
            for _ in range(KILLS):
                await cut_power_under(load, lit, dice)
                assert "findings=0" in lit.run("check-books").stdout
                await signed_in(lit, town.everyone())  # a long run outlasts a token's quarter of an hour
                light_up(lit)
                await nothing_is_lost(load)
                await what_was_under_way_is_brought_to_its_end(load)
        finally:
            lit.kill_worker()
            lit.stop()


async def cut_power_under(load: Load, node: Node, dice: random.Random) -> None:
    """Kill the server, the worker or both; while the worker alone is away, orders go on coming."""
    load.town.refill_drivers()
    running = [asyncio.create_task(load.keep_on(worker)) for worker in range(4)]
    await asyncio.sleep(dice.uniform(0.5, 4.0))
    victims = dice.choice(("server", "worker", "server and worker")) if node.worker else "server"
    logging.getLogger(__name__).warning("killed: %s", victims)
    if "worker" in victims:
        node.kill_worker()
    if "server" in victims:
        node.kill()
    else:
        await asyncio.sleep(dice.uniform(0.2, 2.0))
    for task in running:
        task.cancel()
    ended = await asyncio.gather(*running, return_exceptions=True)
    unexpected = [e for e in ended if not isinstance(e, asyncio.CancelledError | httpx.TransportError | ValueError)]
    assert unexpected == []


def light_up(node: Node) -> None:
    """Start what does not run."""
    if node.worker and node.worker.poll() is not None:
        node.start_worker()
    if node.server is None or node.server.poll() is not None:
        node.start()
