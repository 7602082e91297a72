"""What only Meilisearch has: a server that may be away, tasks that may fail, keys."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from search.engine import Changes, EngineUnavailable, Filters, Query
from search.meilisearch import MeilisearchEngine
from search.meilisearch import server as server_module
from search.meilisearch.fields import KEY_ACTIONS, KEY_INDEXES, settings
from search.meilisearch.keys import make_key
from search.meilisearch.server import TaskFailed
from tests.search.documents import listing
from tests.search.fake_meilisearch import FakeMeilisearch
from tests.search.fake_meilisearch.server import MASTER_KEY

pytestmark = pytest.mark.anyio


@pytest.fixture
async def meilisearch(fake: FakeMeilisearch) -> AsyncIterator[MeilisearchEngine]:
    engine = MeilisearchEngine(fake.url, fake.key)
    async with engine.rebuild() as rebuild:
        await rebuild.swap()
    yield engine
    await engine.close()


async def test_a_write_returns_only_when_its_task_has_succeeded(
    fake: FakeMeilisearch, meilisearch: MeilisearchEngine
) -> None:
    fake.hold()
    writing = asyncio.create_task(meilisearch.write(Changes(put=[listing("Soto")])))
    await asyncio.sleep(0.15)
    assert not writing.done()
    fake.release()
    await writing
    assert "enqueued" in fake.statuses_seen
    assert (await meilisearch.find(Query("soto"))).total == 1


async def test_a_failed_task_is_told_and_the_same_write_succeeds_later(
    fake: FakeMeilisearch, meilisearch: MeilisearchEngine
) -> None:
    soto = listing("Soto")
    fake.fail_next("no_space_left_on_device")
    with pytest.raises(TaskFailed, match="no_space_left_on_device"):
        await meilisearch.write(Changes(put=[soto]))
    assert (await meilisearch.find(Query("soto"))).total == 0
    await meilisearch.write(Changes(put=[soto]))
    assert (await meilisearch.find(Query("soto"))).total == 1


async def test_a_task_that_takes_too_long_is_not_taken_for_done(
    fake: FakeMeilisearch, meilisearch: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "TASK_TIMEOUT_S", 0.1)
    fake.hold()
    with pytest.raises(EngineUnavailable):
        await meilisearch.write(Changes(put=[listing("Soto")]))
    fake.release()


async def test_a_server_that_is_down_is_told_and_then_left_in_peace(
    fake: FakeMeilisearch, meilisearch: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.is_down = True
    with pytest.raises(EngineUnavailable):
        await meilisearch.find(Query("soto"))
    fake.is_down = False
    with pytest.raises(EngineUnavailable):
        await meilisearch.find(Query("soto"))
    now = time.monotonic()
    monkeypatch.setattr(server_module.time, "monotonic", lambda: now + server_module.REST_S + 1)
    assert (await meilisearch.find(Query("soto"))).total == 0


async def test_nobody_listens_there() -> None:
    engine = MeilisearchEngine("http://127.0.0.1:9")
    with pytest.raises(EngineUnavailable):
        await engine.find(Query("soto"))
    with pytest.raises(EngineUnavailable):
        await engine.write(Changes(put=[listing("Soto")]))
    with pytest.raises(EngineUnavailable):
        await engine.is_ready()


async def test_a_failed_swap_leaves_the_old_index(fake: FakeMeilisearch, meilisearch: MeilisearchEngine) -> None:
    await meilisearch.write(Changes(put=[listing("Lama")]))
    async with meilisearch.rebuild() as rebuild:
        await rebuild.write(Changes(put=[listing("Rendang")]))
        fake.fail_next("index_already_exists")
        fake.fail_next("internal")
        with pytest.raises(TaskFailed):
            await rebuild.swap()
    assert (await meilisearch.find(Query("lama"))).total == 1
    assert (await meilisearch.find(Query("rendang"))).total == 0


async def test_before_the_first_rebuild_there_is_no_index(fake: FakeMeilisearch) -> None:
    engine = MeilisearchEngine(fake.url, fake.key)
    assert not await engine.is_ready()
    with pytest.raises(EngineUnavailable):
        await engine.find(Query("soto"))
    with pytest.raises(EngineUnavailable):
        await engine.count()


async def test_a_key_for_other_indexes_or_fewer_actions_is_not_enough() -> None:
    for actions, indexes in [(["search"], KEY_INDEXES), (KEY_ACTIONS, ["others_*"])]:
        with FakeMeilisearch(actions, indexes) as fake:
            engine = MeilisearchEngine(fake.url, fake.key)
            with pytest.raises(EngineUnavailable):
                async with engine.rebuild():
                    pass


async def test_the_indexs_settings_are_those_the_product_needs(
    fake: FakeMeilisearch, meilisearch: MeilisearchEngine
) -> None:
    (index,) = fake.indexes.settings_by_uid().values()
    assert index == settings()
    assert index["synonyms"]["nasgor"] == ["nasi goreng"]
    assert index["pagination"]["maxTotalHits"] == 10_000
    assert fake.made == ["indexCreation", "settingsUpdate", "indexCreation", "indexSwap", "indexDeletion"]


async def test_a_server_that_lost_its_index_is_noticed(
    fake: FakeMeilisearch, meilisearch: MeilisearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a write has made one by itself, which has none of the settings."""
    fake.indexes.forget_everything()
    await meilisearch.write(Changes(put=[listing("Soto")]))
    assert await meilisearch.is_ready()
    with pytest.raises(EngineUnavailable):
        await meilisearch.find(Query("soto", Filters(kind="FOOD")))
    assert not await meilisearch.is_ready()
    async with meilisearch.rebuild() as rebuild:
        await rebuild.swap()
    assert await meilisearch.is_ready()


async def test_a_key_made_for_the_node_is_enough_and_no_more() -> None:
    with FakeMeilisearch([], []) as fake:
        engine = MeilisearchEngine(fake.url, make_key(fake.url, MASTER_KEY).key)
        async with engine.rebuild() as rebuild:
            await rebuild.swap()
        await engine.write(Changes(put=[soto := listing("Soto")]))
        assert (await engine.find(Query("soto"))).total == await engine.count() == 1
        await engine.write(Changes(remove=[soto.id]))
        assert await engine.suggest("soto") == []
        with pytest.raises(EngineUnavailable):
            make_key(fake.url, fake.key)
        await engine.close()
