"""The index follows the catalogue: by events, and by a rebuild while changes go on."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from catalog.models import Listing, ListingState, SellerState
from marketplace import clock, outbox
from marketplace.database import new_id, transaction
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from search import projector, version
from search.embedded import EmbeddedEngine
from search.engine import Query, SearchEngine
from search.meilisearch import MeilisearchEngine
from search.models import SearchIndexState
from tests.catalog.shops import a_seller, a_variant
from tests.search.fake_meilisearch import FakeMeilisearch

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Adapters:
    engine: SearchEngine


@pytest.fixture(params=["embedded", "meilisearch"])
async def adapters(request: pytest.FixtureRequest, db: Settings, fake: FakeMeilisearch) -> AsyncIterator[Adapters]:
    outbox.subscribe(dict.fromkeys(projector.EVENTS, (projector.HANDLER,)))
    engine: SearchEngine = (
        EmbeddedEngine(db.folder / "search") if request.param == "embedded" else MeilisearchEngine(fake.url, fake.key)
    )
    assert engine.can_write()
    yield Adapters(engine)
    await engine.close()


async def drain(adapters: Adapters) -> None:
    """What the worker does, in one go."""
    for event in await OutboxEvent.filter(handler=projector.HANDLER, done_at=None).order_by("id"):
        await projector.on_change(adapters, event)
        await OutboxEvent.filter(id=event.id).update(done_at=clock.now())


async def changed(event: str, id: object) -> None:
    async with transaction():
        await outbox.record(event, id)  # type: ignore[arg-type]


async def found(adapters: Adapters, text: str) -> int:
    return (await adapters.engine.find(Query(text))).total


async def test_the_first_event_builds_the_index_with_all_that_stood_before(adapters: Adapters) -> None:
    variant = await a_variant(title="Rawon")
    await a_variant(await (await variant.listing).seller, title="Soto")
    assert not await adapters.engine.is_ready()
    await changed("listing.changed", variant.listing_id)
    await drain(adapters)
    assert await adapters.engine.count() == 2


async def test_a_listing_comes_changes_and_goes(adapters: Adapters) -> None:
    await projector.reindex(adapters.engine)
    variant = await a_variant(title="Rawon")
    await changed("listing.changed", variant.listing_id)
    await drain(adapters)
    assert await found(adapters, "rawon") == 1
    await Listing.filter(id=variant.listing_id).update(title="Rujak")
    await changed("listing.changed", variant.listing_id)
    await changed("listing.changed", variant.listing_id)
    await drain(adapters)
    assert (await found(adapters, "rawon"), await found(adapters, "rujak")) == (0, 1)
    await Listing.filter(id=variant.listing_id).update(state=ListingState.UNPUBLISHED)
    await changed("listing.changed", variant.listing_id)
    await drain(adapters)
    assert await adapters.engine.count() == 0


async def test_a_sellers_change_reaches_all_his_listings(adapters: Adapters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projector, "BATCH", 3)
    seller = await a_seller()
    for n in range(7):
        await a_variant(seller, title=f"Sate {n}")
    await projector.reindex(adapters.engine)
    assert await found(adapters, "sate") == 7
    seller.name = "Depot Madura"
    await seller.save()
    await changed("seller.changed", seller.pk)
    await drain(adapters)
    assert await found(adapters, "madura") == 7
    seller.state = SellerState.SUSPENDED
    await seller.save()
    await changed("seller.changed", seller.pk)
    await drain(adapters)
    assert await adapters.engine.count() == 0


async def test_what_is_gone_from_the_database_goes_from_the_index(adapters: Adapters) -> None:
    await projector.reindex(adapters.engine)
    await changed("listing.changed", new_id())
    await changed("seller.changed", new_id())
    await drain(adapters)
    assert await adapters.engine.count() == 0


async def test_changes_made_during_a_rebuild_are_in_the_new_index(
    adapters: Adapters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is made and indexed (into the old index) after its row was read for the new one."""
    await projector.reindex(adapters.engine)
    seller = await a_seller()
    early = await a_variant(seller, title="Rawon")
    read = projector.changes_of
    rounds = []

    async def with_changes(ids: list[object]) -> object:
        changes = await read(ids)  # type: ignore[arg-type]
        rounds.append(ids)
        if len(rounds) == 1:
            await Listing.filter(id=early.listing_id).update(title="Rujak")
            await changed("listing.changed", early.listing_id)
            late = await a_variant(seller, title="Pecel")
            await changed("listing.changed", late.listing_id)
            await drain(adapters)
        return changes

    monkeypatch.setattr(projector, "changes_of", with_changes)
    await projector.reindex(adapters.engine)
    assert (await found(adapters, "rawon"), await found(adapters, "rujak")) == (0, 1)
    assert await found(adapters, "pecel") == 1
    state = await SearchIndexState.get(name=adapters.engine.name)
    assert state.documents == 2


async def test_a_change_at_the_last_moment_before_the_swap(adapters: Adapters) -> None:
    await projector.reindex(adapters.engine)
    variant = await a_variant(title="Rawon")
    rebuild_of = adapters.engine.rebuild

    class Late:
        """Changes a listing after the last replay, just before the swap."""

        def __init__(self, rebuild: object) -> None:
            self.rebuild = rebuild

        async def write(self, changes: object) -> None:
            await self.rebuild.write(changes)  # type: ignore[attr-defined]

        async def swap(self) -> None:
            await Listing.filter(id=variant.listing_id).update(title="Rujak")
            await changed("listing.changed", variant.listing_id)
            await drain(adapters)
            await self.rebuild.swap()  # type: ignore[attr-defined]

    class Engine:
        def __getattr__(self, name: str) -> object:
            return getattr(adapters.engine, name)

        def rebuild(self) -> object:
            context = rebuild_of()
            enter = type(context).__aenter__

            class Context:
                async def __aenter__(self) -> Late:
                    return Late(await enter(context))

                async def __aexit__(self, *error: object) -> object:
                    return await context.__aexit__(*error)  # type: ignore[arg-type]

            return Context()

    await projector.reindex(Engine())  # type: ignore[arg-type]
    assert (await found(adapters, "rawon"), await found(adapters, "rujak")) == (0, 1)


async def test_other_settings_build_it_anew_while_it_is_searched_and_written(
    adapters: Adapters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody who searches misses a listing, and what changed meanwhile is in the new index."""
    monkeypatch.setattr(projector, "BATCH", 4)
    seller = await a_seller()
    variants = [await a_variant(seller, title=f"Sate {n}") for n in range(24)]
    await projector.reindex(adapters.engine)
    built = await SearchIndexState.get(name=adapters.engine.name)
    monkeypatch.setattr(version, "CONTENT", version.CONTENT + 1)
    if isinstance(adapters.engine, EmbeddedEngine):
        await adapters.engine.close()
        adapters = Adapters(EmbeddedEngine(adapters.engine.path))
        assert adapters.engine.can_write()
    totals: list[int] = []

    async def search() -> None:
        while True:
            totals.append(await found(adapters, "sate"))
            await asyncio.sleep(0)

    async def change() -> None:
        for n, variant in enumerate(variants):
            await Listing.filter(id=variant.listing_id).update(title=f"Sate Klathak {n}")
            await changed("listing.changed", variant.listing_id)
            await drain(adapters)

    searching, changing = asyncio.create_task(search()), asyncio.create_task(change())
    assert await projector.keep_built(adapters) == 1
    await changing
    await drain(adapters)
    searching.cancel()
    assert set(totals) == {24}
    assert await found(adapters, "klathak") == 24
    assert (await SearchIndexState.get(name=adapters.engine.name)).built_at > built.built_at
    assert await adapters.engine.is_current()
    assert await projector.keep_built(adapters) == 0
    await adapters.engine.close()


async def test_a_request_to_rebuild_is_carried_out_once(adapters: Adapters) -> None:
    await a_variant(title="Rawon")
    event = OutboxEvent(event=projector.REINDEX_ASKED, aggregate_id=projector.WHOLE_INDEX, created_at=clock.now())
    await projector.on_reindex_asked(adapters, event)
    built = await SearchIndexState.get(name=adapters.engine.name)
    await projector.on_reindex_asked(adapters, event)
    assert (await SearchIndexState.get(name=adapters.engine.name)).built_at == built.built_at
    event.created_at = clock.now() + timedelta(seconds=1)
    await projector.on_reindex_asked(adapters, event)
    assert (await SearchIndexState.get(name=adapters.engine.name)).built_at > built.built_at


async def test_the_timetable_builds_what_is_missing(adapters: Adapters) -> None:
    await a_variant(title="Rawon")
    assert await projector.keep_built(adapters) == 1
    assert await found(adapters, "rawon") == 1
    assert await projector.keep_built(adapters) == 0
