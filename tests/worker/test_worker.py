"""The outbox is carried out at least once, in order, by whoever holds the lease."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest

from marketplace import clock, dead_letters, outbox, wiring, worker
from marketplace.database import new_id, transaction
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.wiring import Adapters
from marketplace.worker import claims

pytestmark = pytest.mark.anyio


class Refused(Exception):
    """The handler's own failure."""


@pytest.fixture
async def adapters(db: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Adapters]:
    monkeypatch.setattr(wiring, "HANDLERS", {})
    monkeypatch.setattr(wiring, "TIMETABLE", [])
    made = wiring.build(db)
    yield made
    await wiring.close(made)
    outbox.subscribe({})


class Seen:
    """A handler that remembers what it was given, and fails while told to."""

    def __init__(self, name: str = "remember", event: str = "thing.changed") -> None:
        self.payloads: list[object] = []
        self.fails = 0
        self.fails_on: object = None
        wiring.HANDLERS.setdefault(event, {})[name] = self.handle
        outbox.subscribe({event: tuple(handlers) for event, handlers in wiring.HANDLERS.items()})

    async def handle(self, adapters: Adapters, event: OutboxEvent) -> None:
        if event.payload["n"] == self.fails_on:
            raise Refused("not this one")
        if self.fails:
            self.fails -= 1
            raise Refused("not yet")
        self.payloads.append(event.payload["n"])


async def record(n: int, aggregate: UUID | None = None) -> UUID:
    aggregate = aggregate or new_id()
    async with transaction():
        await outbox.record("thing.changed", aggregate, {"n": n})
    return aggregate


async def make_due() -> None:
    await OutboxEvent.filter(done_at=None).update(available_at=clock.now())


async def test_events_of_one_aggregate_are_carried_out_in_order(adapters: Adapters) -> None:
    seen = Seen()
    aggregate = await record(0)
    for n in range(1, 5):
        await record(n, aggregate)
    assert await worker.drain(adapters) == 5
    assert seen.payloads == [0, 1, 2, 3, 4]
    assert await worker.drain(adapters) == 0


async def test_nothing_is_told_of_a_change_that_was_rolled_back(adapters: Adapters) -> None:
    seen, heard = Seen(), list[outbox.Recorded]()
    unlisten = outbox.listen(heard.append)

    async def record_and_fail(n: int) -> None:
        async with transaction():
            await outbox.record("thing.changed", new_id(), {"n": n})
            raise Refused

    with pytest.raises(Refused):
        await record_and_fail(1)
    async with transaction():
        with pytest.raises(Refused):
            await record_and_fail(2)
        await outbox.record("thing.changed", new_id(), {"n": 3})
        assert heard == []
    unlisten()
    await worker.drain(adapters)
    assert seen.payloads == [3]
    assert [said.payload["n"] for said in heard] == [3]


async def test_only_the_oldest_of_an_aggregate_can_be_claimed_for_each_handler(adapters: Adapters) -> None:
    Seen("first"), Seen("second")
    aggregate = await record(1)
    await record(2, aggregate)
    claimed = await claims.claim(["first", "second"], 10)
    assert sorted((event.handler, event.payload["n"]) for event in claimed) == [("first", 1), ("second", 1)]
    assert await claims.claim(["first", "second"], 10) == []
    assert await claims.finish(claimed) == {event.id for event in claimed}
    assert [event.payload["n"] for event in await claims.claim(["first"], 10)] == [2]


async def test_two_workers_share_the_work_and_do_none_of_it_twice(adapters: Adapters) -> None:
    seen = Seen()
    for n in range(40):
        await record(n)
    await asyncio.gather(worker.drain(adapters), worker.drain(adapters))
    assert sorted(map(str, seen.payloads)) == sorted(map(str, range(40)))


async def test_what_a_crashed_worker_held_is_taken_over_and_its_old_claim_is_worth_nothing(
    adapters: Adapters,
) -> None:
    seen = Seen()
    await record(1)
    (stale,) = await claims.claim(["remember"], 1)
    assert await worker.drain(adapters) == 0, "the lease still runs"
    await OutboxEvent.filter(id=stale.id).update(claimed_until=clock.machine() - timedelta(seconds=1))
    (taken,) = await claims.claim(["remember"], 1)
    assert taken.claim_number == stale.claim_number + 1
    assert await claims.finish([stale]) == set()
    assert await claims.renew([stale]) == set()
    assert await claims.finish([taken]) == {taken.id}
    assert seen.payloads == []


async def test_a_failure_waits_longer_each_time(adapters: Adapters) -> None:
    seen = Seen()
    seen.fails = 1
    await record(1)
    now = clock.now()
    clock.use(lambda: now)
    try:
        assert await worker.drain(adapters) == 1
        row = await OutboxEvent.get()
        assert row.error == "Refused: not yet"
        assert row.available_at > now
        assert await worker.drain(adapters) == 0
    finally:
        clock.use(None)
    await make_due()
    assert await worker.drain(adapters) == 1
    assert seen.payloads == [1]


@pytest.mark.parametrize(
    ("attempts", "jitter", "seconds"),
    [(1, 0.0, 0.5), (1, 1.0, 1.0), (2, 1.0, 2.0), (5, 0.5, 12.0), (12, 1.0, 600.0), (1_000, 0.0, 300.0)],
)
async def test_back_off_doubles_up_to_ten_minutes(attempts: int, jitter: float, seconds: float) -> None:
    assert claims.back_off_s(attempts, jitter) == seconds


async def test_a_dead_letter_blocks_its_aggregate_for_that_handler_only(adapters: Adapters) -> None:
    good, bad = Seen("good"), Seen("bad")
    bad.fails_on = 1
    aggregate = await record(1)
    await record(2, aggregate)
    await record(3)
    for _ in range(claims.MAX_ATTEMPTS + 3):
        await worker.drain(adapters)
        await make_due()
    assert sorted(map(str, good.payloads)) == ["1", "2", "3"]
    assert bad.payloads == [3]
    assert await worker.dead_letters() == 1
    assert await worker.lag_seconds() == 0, "what waits for a person is no lag"
    dead = await OutboxEvent.get(dead_at__isnull=False)
    assert await dead_letters.retry([dead.id]) == 1
    bad.fails_on = None
    await worker.drain(adapters)
    assert bad.payloads == [3, 1, 2]


async def test_an_event_that_kills_its_process_each_time_is_buried(adapters: Adapters) -> None:
    Seen()
    await record(1)
    await OutboxEvent.all().update(attempts=claims.MAX_ATTEMPTS)
    await worker.drain(adapters)
    assert await worker.dead_letters() == 1


async def test_lag_is_the_wait_of_the_oldest(adapters: Adapters) -> None:
    Seen()
    assert await worker.lag_seconds() == 0
    await record(1)
    await OutboxEvent.all().update(available_at=clock.now() - timedelta(seconds=90))
    assert 89 < await worker.lag_seconds() < 120


async def test_done_rows_are_pruned_and_the_others_kept(adapters: Adapters) -> None:
    Seen()
    await record(1)
    await worker.drain(adapters)
    await record(2)
    await OutboxEvent.exclude(done_at=None).update(done_at=clock.now() - timedelta(days=2))
    assert await outbox.prune() == 1
    assert [row.payload["n"] for row in await OutboxEvent.all()] == [2]


async def test_a_handler_that_may_not_run_here_is_left_to_others(
    adapters: Adapters, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine, theirs = Seen("mine"), Seen("theirs")
    monkeypatch.setattr(wiring, "can_run", lambda handler, adapters: handler == "mine")
    await record(1)
    await worker.drain(adapters)
    assert (mine.payloads, theirs.payloads) == ([1], [])


async def test_a_running_worker_hears_of_an_event_at_once_and_stops_in_order(adapters: Adapters) -> None:
    seen, stop = Seen(), asyncio.Event()
    running = asyncio.create_task(worker.run(adapters, stop))
    await asyncio.sleep(0.2)
    await record(1)
    await asyncio.sleep(adapters.live.worker_poll_s / 4)
    assert seen.payloads == [1]
    stop.set()
    await asyncio.wait_for(running, 5)
    assert await OutboxEvent.filter(done_at=None).count() == 0


async def test_a_stopped_worker_gives_back_what_it_could_not_end(
    adapters: Adapters, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "GRACE_S", 0.05)

    async def hang(adapters: Adapters, event: OutboxEvent) -> None:
        await asyncio.sleep(60)

    wiring.HANDLERS["thing.changed"] = {"hang": hang}
    outbox.subscribe({"thing.changed": ("hang",)})
    await record(1)
    batch = worker.Drain(adapters)
    await batch.start_claimed()
    await batch.stop(0.05)
    row = await OutboxEvent.get()
    assert (row.claimed_until, row.attempts, row.done_at) == (None, 0, None)


async def test_a_sweep_runs_when_due_in_one_process_at_a_time(adapters: Adapters) -> None:
    ran = 0

    async def sweep(adapters: Adapters) -> None:
        nonlocal ran
        ran += 1
        await asyncio.sleep(0.05)

    wiring.TIMETABLE.append(("sweep", 60, sweep))
    await asyncio.gather(worker.run_timetable_once(adapters), worker.run_timetable_once(adapters))
    assert ran == 1
    assert await worker.run_timetable_once(adapters) == 0
    await outbox.TimetableEntry.all().update(next_at=clock.now())
    assert await worker.run_timetable_once(adapters) == 1


async def test_a_failed_sweep_is_noted_and_runs_again_at_its_next_time(adapters: Adapters) -> None:
    async def sweep(adapters: Adapters) -> None:
        raise Refused("no")

    wiring.TIMETABLE.append(("sweep", 60, sweep))
    await worker.run_timetable_once(adapters)
    entry = await outbox.TimetableEntry.get()
    assert entry.error == "Refused: no"
    assert entry.claimed_until is None
    assert entry.next_at > clock.now()
