"""Every hub carries hints between processes; here each process is a hub of its own."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable

import pytest

from marketplace import live, outbox
from marketplace.database import new_id, transaction
from marketplace.live import RESYNC, Hint, Hub, LocalHub, topics
from marketplace.live.by_polling import PollingHub
from marketplace.live.by_postgres import PostgresHub
from marketplace.live.by_redis import RedisHub
from marketplace.live.carried import MESSAGE_BYTES, messages_of
from marketplace.live.hub import QUEUE_BOUND
from marketplace.settings import Settings
from tests.conftest import REDIS_URL

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["database", pytest.param("redis", marks=pytest.mark.redis)])
async def hubs(db: Settings, request: pytest.FixtureRequest) -> AsyncIterator[tuple[Hub, Hub]]:
    """Two processes' hubs, joined by what the node has."""
    channel = f"lumbung:test:{uuid.uuid4()}"
    make: Callable[[], Hub]
    if request.param == "redis":
        make = lambda: RedisHub(REDIS_URL, channel)  # noqa: E731 (a choice among three)
    elif db.database.startswith("sqlite"):
        make = PollingHub
    else:
        make = lambda: PostgresHub(db.database)  # noqa: E731
    here, there = make(), make()
    await here.start()
    await there.start()
    yield here, there
    await here.close()
    await there.close()


async def test_a_hint_reaches_the_watches_of_its_topic_in_both_processes(hubs: tuple[Hub, Hub]) -> None:
    here, there = hubs
    with here.watch("order:1") as near, there.watch("order:1", "order:2") as far, there.watch("job:1") as other:
        here.publish(Hint("order:1", 7))
        assert await near.next(2) == Hint("order:1", 7)
        assert await far.next(2) == Hint("order:1", 7)
        assert await other.next(0.05) is None


async def test_a_thousand_hints_arrive(hubs: tuple[Hub, Hub]) -> None:
    here, there = hubs
    names = [f"order:{new_id()}" for _ in range(200)]
    with there.watch(*names) as far:
        for version in range(5):
            for name in names:
                here.publish(Hint(name, version + 1))
            await asyncio.sleep(0.01)
        newest: dict[str, int] = {}
        while len(newest) < len(names) or min(newest.values()) < 5:
            hint = await far.next(3)
            assert hint is not None, f"{len(newest)} of {len(names)} arrived"
            newest[hint.topic] = max(hint.version, newest.get(hint.topic, 0))


async def test_a_slow_reader_gets_the_newest_version_once() -> None:
    hub = LocalHub()
    with hub.watch("order:1") as watch:
        for version in (1, 3, 2):
            hub.publish(Hint("order:1", version))
        assert await watch.next(1) == Hint("order:1", 3)
        assert await watch.next(0.01) is None
    assert not hub.is_watched(), "a closed watch leaves nothing behind"


async def test_a_reader_too_slow_for_too_much_is_told_to_read_all_again() -> None:
    hub = LocalHub()
    names = [f"order:{n}" for n in range(QUEUE_BOUND + 1)]
    with hub.watch(*names) as watch:
        for name in names:
            hub.publish(Hint(name))
        assert await watch.next(1) == RESYNC
        assert await watch.next(0.01) is None
        hub.publish(Hint("order:5", 9))
        assert await watch.next(1) == Hint("order:5", 9)


async def test_no_message_is_longer_than_a_carrier_takes() -> None:
    hints = {f"order:{new_id()}": n for n in range(1_000)}
    messages = messages_of(hints)
    assert max(map(len, messages)) <= MESSAGE_BYTES
    assert len(messages) < 10


async def test_a_lost_connection_is_told_and_mended(db: Settings) -> None:
    if db.database.startswith("sqlite"):
        return
    from tortoise.connection import get_connection

    hub = PostgresHub(db.database)
    await hub.start()
    with hub.watch("order:1") as watch:
        await get_connection("default").execute_query_dict(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND query ILIKE 'LISTEN%'"
        )
        assert await watch.next(5) == RESYNC
    await hub.close()


async def test_a_commit_is_published_and_wakes_workers_only_when_there_is_work(db: Settings) -> None:
    hub = LocalHub()
    outbox.subscribe({"job.changed": ("index",)})
    id = new_id()
    async with live.running(hub):
        with hub.watch(topics.job(id), topics.BOARD, topics.OUTBOX) as watch:
            async with transaction():
                await outbox.record("job.changed", id, {"version": 4})
                assert await watch.next(0.01) is None
            hints = [await watch.next(1) for _ in range(3)]
            assert hints == [Hint(topics.job(id), 4), Hint(topics.BOARD), Hint(topics.OUTBOX)]
    outbox.subscribe({})
