"""Keeps the engine's index as the catalogue is: by events as they come, and by rebuilding it whole.

A handler re-reads the rows, so an event seen twice or late does no harm. What many handlers ask at one time is
read and written as one batch, one after another, so that nothing old overwrites something newer. Where other
processes write too, what was written is read again until nothing differs. While the engine is away events wait in
the outbox (`search.lag`).
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID
from weakref import WeakKeyDictionary, ref

from tortoise.expressions import Q

from catalog.models import Listing, ListingState
from marketplace import clock
from marketplace.outbox import OutboxEvent
from search import lag
from search.engine import Changes, Rebuild, SearchEngine
from search.gathering import Gatherer
from search.models import SearchIndexState
from search.ranking.reliability import RECKONED
from search.reading import changes_of

#: The handler that indexes, and the events that it has.
HANDLER = lag.HANDLER
#: Events about a seller, and with him all of his listings.
SELLER_EVENTS = frozenset({"seller.changed", RECKONED})
EVENTS = ("listing.changed", "stock.changed", *sorted(SELLER_EVENTS))
REINDEX_HANDLER, REINDEX_ASKED = "search.reindex", "search.reindex_asked"
#: The aggregate of every request to rebuild: they are carried out one after another.
WHOLE_INDEX = UUID("5ea2c400-0000-4000-8000-000000000000")

BATCH = 500
MOST_ROUNDS = 5
#: Clocks of a node's processes may differ by so much.
CLOCK_SKEW = timedelta(seconds=30)


class HasEngine(Protocol):
    """The part of the adapters that a handler here needs."""

    @property
    def engine(self) -> SearchEngine: ...


_indexing: WeakKeyDictionary[SearchEngine, Gatherer[Sequence[UUID]]] = WeakKeyDictionary()
_building: WeakKeyDictionary[SearchEngine, asyncio.Lock] = WeakKeyDictionary()


async def on_change(adapters: HasEngine, event: OutboxEvent) -> None:
    """Handler of EVENTS: index what the event is about as it stands now."""
    if await _is_built(adapters.engine):
        async for ids in _listings_of(event.event, event.aggregate_id):
            await index(adapters.engine, ids)


async def on_changes(adapters: HasEngine, events: Sequence[OutboxEvent]) -> Sequence[OutboxEvent]:
    """The same of many at once, in one batch; leaves those that are each about many listings."""
    if not await _is_built(adapters.engine):
        return ()
    single = [event.aggregate_id for event in events if event.event not in SELLER_EVENTS]
    if single:
        await index(adapters.engine, single)
    return [event for event in events if event.event in SELLER_EVENTS]


async def on_reindex_asked(adapters: HasEngine, event: OutboxEvent) -> None:
    """Handler of REINDEX_ASKED: rebuild, unless that was done since it was asked."""
    state = await SearchIndexState.get_or_none(name=adapters.engine.name)
    if state is None or state.started_at < event.created_at:
        await reindex(adapters.engine)


async def keep_built(adapters: HasEngine) -> int:
    """Sweep of the timetable: build the index where there is none of this release's form, or other settings made it.

    What engines refused while they were away is tried again.
    """
    engine = adapters.engine
    await lag.tell()
    if not engine.can_write():
        return 0
    if not await _is_built(engine):
        return 1
    await lag.revive()
    if await engine.is_current():
        return 0
    await reindex(engine)
    return 1


async def index(engine: SearchEngine, listing_ids: Sequence[UUID]) -> None:
    """Bring the index's documents of these listings to what the rows say; together with others' at this time."""
    gatherer = _indexing.get(engine)
    if gatherer is None:
        # Held weakly, or the engine would keep itself alive through the table.
        known = ref(engine)
        gatherer = _indexing[engine] = Gatherer(lambda batch: _index(known(), batch), len)
    await gatherer.add(listing_ids)


async def _index(engine: SearchEngine | None, batch: Sequence[Sequence[UUID]]) -> None:
    if engine is None:
        return
    ids = list(dict.fromkeys(id for listing_ids in batch for id in listing_ids))
    changes = await changes_of(ids)
    await engine.write(changes)
    for _ in range(0 if engine.writes_alone else MOST_ROUNDS):
        again = await changes_of(ids)
        if again == changes:
            break
        changes = again
        await engine.write(changes)


async def reindex(engine: SearchEngine) -> int:
    """Build the index anew beside the one that is searched, and put it in its place; answers its documents.

    Changes made meanwhile are found in the outbox and replayed: before the swap until few are left, and
    once after it, for what was written to the old index at the last moment. Whoever gives up waiting doesn't end it.
    """
    return await asyncio.shield(asyncio.create_task(_in_turn(engine))) or 0


async def _in_turn(engine: SearchEngine, *, unless_ready: bool = False) -> int | None:
    """Rebuild when no other rebuild of this process is under way; None: there was no need by then."""
    async with _building.setdefault(engine, asyncio.Lock()):
        if unless_ready and await engine.is_ready():
            return None
        return await _rebuild(engine)


async def _rebuild(engine: SearchEngine) -> int:
    started = clock.now()
    # These changes are committed, so what is read from here on holds them.
    covered = {event.pk for event in await OutboxEvent.filter(handler=HANDLER, done_at=None).only("id")}
    last = await OutboxEvent.all().order_by("-id").first()
    async with engine.rebuild() as rebuild:
        async for ids in _all_published():
            await rebuild.write(Changes(put=(await changes_of(ids)).put))
        since = started
        for _ in range(MOST_ROUNDS):
            before = clock.now()
            touched = await _touched(since, covered)
            await _replay(rebuild, touched)
            since = before
            if len(touched) <= BATCH:
                break
        await rebuild.swap()
    for batch in _batches(await _touched(since, covered)):
        await index(engine, batch)
    count = await engine.count()
    await SearchIndexState.update_or_create(
        {
            "documents": count,
            "started_at": started,
            "built_at": clock.now(),
            "last_event_id": last.id if last else 0,
        },
        name=engine.name,
    )
    return count


async def _is_built(engine: SearchEngine) -> bool:
    """True when there was an index; else one is built now, which holds every change so far, and False."""
    if await engine.is_ready():
        return True
    return await asyncio.shield(asyncio.create_task(_in_turn(engine, unless_ready=True))) is None


async def _replay(rebuild: Rebuild, touched: Sequence[UUID]) -> None:
    for ids in _batches(touched):
        await rebuild.write(await changes_of(ids))


async def _touched(since: datetime, covered: Collection[int]) -> list[UUID]:
    """Listings whose events were carried out since then, or are still to be."""
    recent = await OutboxEvent.filter(
        Q(handler=HANDLER) & (Q(done_at=None) | Q(done_at__gte=since - CLOCK_SKEW))
    ).values_list("id", "event", "aggregate_id")
    subjects = dict.fromkeys((event, aggregate) for id, event, aggregate in recent if id not in covered)
    found: dict[UUID, None] = {}
    for event, aggregate in subjects:
        async for ids in _listings_of(str(event), UUID(str(aggregate))):
            found.update(dict.fromkeys(ids))
    return list(found)


async def _listings_of(event: str, aggregate_id: UUID) -> AsyncIterator[list[UUID]]:
    """The listings that an event is about, in batches."""
    if event not in SELLER_EVENTS:
        yield [aggregate_id]
        return
    last: UUID | None = None
    while True:
        rows = Listing.filter(seller_id=aggregate_id).order_by("id").limit(BATCH)
        ids = await (rows if last is None else rows.filter(id__gt=last)).values_list("id", flat=True)
        if not ids:
            return
        yield [UUID(str(id)) for id in ids]
        last = UUID(str(ids[-1]))


async def _all_published() -> AsyncIterator[list[UUID]]:
    last: UUID | None = None
    while True:
        rows = Listing.filter(state=ListingState.PUBLISHED).order_by("id").limit(BATCH)
        ids = await (rows if last is None else rows.filter(id__gt=last)).values_list("id", flat=True)
        if not ids:
            return
        yield [UUID(str(id)) for id in ids]
        last = UUID(str(ids[-1]))


def _batches(ids: Sequence[UUID]) -> list[Sequence[UUID]]:
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
