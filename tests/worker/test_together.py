"""Events of one handler that are carried out together, and what happens when one of them can't be."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from marketplace import clock, outbox, wiring, worker
from marketplace.database import new_id, transaction
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.wiring import Adapters
from tests.counting import count_statements

pytestmark = pytest.mark.anyio


class Handler:
    """Remembers what it was given together, and alone; refuses what it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.together: list[list[int]] = []
        self.alone: list[int] = []
        self.refuses: set[int] = set()
        self.leaves: set[int] = set()
        monkeypatch.setitem(wiring.HANDLERS, "thing.changed", {"count": self.one})
        monkeypatch.setitem(wiring.TOGETHER, "count", self.several)
        outbox.subscribe({"thing.changed": ("count",)})

    async def several(self, adapters: Adapters, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
        numbers = [event.payload["n"] for event in events]
        self.together.append(numbers)
        if self.refuses & set(numbers):
            raise ValueError("not these")
        return [event for event in events if event.payload["n"] in self.leaves]

    async def one(self, adapters: Adapters, event: OutboxEvent) -> None:
        if event.payload["n"] in self.refuses:
            raise ValueError("not this one")
        self.alone.append(event.payload["n"])


@pytest.fixture
async def adapters(db: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Adapters]:
    monkeypatch.setattr(wiring, "HANDLERS", {})
    made = wiring.build(db)
    yield made
    await wiring.close(made)
    outbox.subscribe({})


@pytest.fixture
def handler(adapters: Adapters, monkeypatch: pytest.MonkeyPatch) -> Handler:
    return Handler(monkeypatch)


async def record(*numbers: int, aggregate: Any = None) -> None:
    async with transaction():
        for n in numbers:
            await outbox.record("thing.changed", aggregate or new_id(), {"n": n})


async def test_what_waits_is_carried_out_together_and_marked_in_one_statement(
    adapters: Adapters, handler: Handler
) -> None:
    await record(*range(40))
    with count_statements() as counted:
        assert await worker.drain_once(adapters) == 40
    assert [sorted(numbers) for numbers in handler.together] == [list(range(40))]
    assert sum('"done_at" = ' in statement for statement in counted.statements) == 1
    assert await worker.drain(adapters) == 0


async def test_no_more_are_held_than_the_bound(adapters: Adapters, handler: Handler) -> None:
    await record(*range(100))
    assert await worker.drain_once(adapters) == worker.MOST_HELD
    assert await worker.drain(adapters) == 100 - worker.MOST_HELD


async def test_one_that_fails_holds_up_none_of_the_others(adapters: Adapters, handler: Handler) -> None:
    handler.refuses = {3}
    await record(*range(6))
    now = clock.now()
    clock.use(lambda: now)  # however long it takes, the one that failed is not due again
    try:
        assert await worker.drain(adapters) == 6
    finally:
        clock.use(None)
    assert sorted(handler.alone) == [0, 1, 2, 4, 5]
    left = await OutboxEvent.get(done_at=None)
    assert (left.payload["n"], left.attempts, left.error) == (3, 1, "ValueError: not this one")


async def test_one_that_was_tried_before_is_carried_out_alone(adapters: Adapters, handler: Handler) -> None:
    handler.refuses = {3}
    await record(3)
    await worker.drain(adapters)
    await OutboxEvent.filter(done_at=None).update(available_at=clock.now())
    handler.refuses, handler.together = set(), []
    await record(4, 5)
    await worker.drain(adapters)
    assert [sorted(numbers) for numbers in handler.together] == [[4, 5]]
    assert handler.alone == [3]
    assert not await OutboxEvent.filter(done_at=None).exists()


async def test_what_is_left_is_carried_out_one_by_one(adapters: Adapters, handler: Handler) -> None:
    handler.leaves = {1, 2}
    await record(*range(4))
    assert await worker.drain(adapters) == 4
    assert sorted(handler.alone) == [1, 2]
    assert not await OutboxEvent.filter(done_at=None).exists()


async def test_events_of_one_aggregate_never_stand_together(adapters: Adapters, handler: Handler) -> None:
    await record(*range(4), aggregate=new_id())
    await worker.drain(adapters)
    assert handler.together == [[0], [1], [2], [3]]


async def test_stopped_it_gives_back_all_that_it_held(adapters: Adapters, handler: Handler) -> None:
    await record(*range(4))
    batch = worker.Drain(adapters)
    assert await batch.start_claimed() == 4
    assert len(batch.held) == 4
    await batch.stop(grace_s=0)
    rows = await OutboxEvent.filter(done_at=None)
    assert {(row.claimed_until, row.attempts) for row in rows} <= {(None, 0)}
