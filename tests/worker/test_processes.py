"""Workers as processes of their own: they share the work, hear of it, and lose nothing when killed."""

import asyncio
import random
from collections.abc import Iterator

import pytest

from marketplace import live, wiring, worker
from marketplace.database import transaction
from marketplace.live import topics
from marketplace.notices.models import Notice
from marketplace.orders.steps import tell
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.worker import claims
from tests.forked import Forked, environment_of
from tests.notices.conftest import Shop, make_shop

pytestmark = pytest.mark.anyio


class Workers:
    """`lumbung worker`, as often as wanted."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.running: list[Forked] = []

    def start(self) -> Forked:
        log = self.settings.folder / "worker.log"
        self.running.append(Forked(("worker",), environment_of(self.settings), log, log))
        return self.running[-1]


@pytest.fixture
def workers(db: Settings) -> Iterator[Workers]:
    started = Workers(db)
    yield started
    for process in started.running:
        process.kill()


async def until_drained(seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while await OutboxEvent.filter(done_at=None).exists():  # noqa: ASYNC110 (another process's work)
            await asyncio.sleep(0.1)


async def ready_order(shop: Shop) -> None:
    async with transaction():
        await tell(shop.sub_order, "ready")


async def test_a_worker_hears_at_once_says_what_it_did_and_stops_when_asked(db: Settings, workers: Workers) -> None:
    adapters = wiring.build(db)
    shop = await make_shop()
    process = workers.start()
    async with live.running(adapters.live):
        with adapters.live.watch(topics.inbox(shop.buyer.id)) as watch:
            await ready_order(shop)
            assert await watch.next(20) is not None, "the worker's own commit is told to the other process"
    await until_drained(10)
    await wiring.close(adapters)
    process.terminate()
    assert process.wait(10) == 0


async def test_workers_killed_at_random_lose_nothing_and_tell_nothing_twice(db: Settings, workers: Workers) -> None:
    wiring.build(db)
    shop = await make_shop()
    orders = 60
    for _ in range(2):
        workers.start()
    dice = random.Random(7)
    for number in range(orders):
        await ready_order(shop)
        await asyncio.sleep(0.05)
        if number % 20 == 19:
            workers.running[-1].kill()
            await asyncio.sleep(dice.random() / 2)
            workers.start()
    await until_drained(claims.LEASE_S * 3)
    assert await Notice.filter(account_id=shop.buyer.id).count() == orders
    assert await worker.dead_letters() == 0
