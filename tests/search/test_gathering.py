"""Works that come together are done together, in order, and don't spoil each other."""

import asyncio
from collections.abc import Sequence

import pytest

from search.engine import EngineUnavailable
from search.gathering import MOST_IN_BATCH, Gatherer

pytestmark = pytest.mark.anyio


class Recorder:
    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.gatherer: Gatherer[str] = Gatherer(self.carry_out, len)

    async def carry_out(self, batch: Sequence[str]) -> None:
        self.batches.append(list(batch))
        await asyncio.sleep(0.01)
        if "bad" in batch:
            raise ZeroDivisionError
        if "away" in batch:
            raise EngineUnavailable


async def test_those_that_come_during_a_batch_share_the_next() -> None:
    seen = Recorder()
    await asyncio.gather(*(seen.gatherer.add(work) for work in "abcde"))
    await seen.gatherer.add("f")
    assert [work for batch in seen.batches for work in batch] == list("abcdef")
    assert len(seen.batches) <= 3


async def test_a_batch_is_bounded() -> None:
    seen = Recorder()
    large = "x" * (MOST_IN_BATCH - 1)
    await asyncio.gather(*(seen.gatherer.add(work) for work in (large, large, "ab")))
    assert [len(batch) for batch in seen.batches] == [1, 1, 1]


async def test_one_bad_work_fails_alone() -> None:
    seen = Recorder()
    results = await asyncio.gather(*(seen.gatherer.add(work) for work in ("a", "bad", "c")), return_exceptions=True)
    assert [type(result) for result in results] == [type(None), ZeroDivisionError, type(None)]


async def test_an_engine_that_is_away_is_asked_once_for_all() -> None:
    seen = Recorder()
    results = await asyncio.gather(*(seen.gatherer.add(work) for work in ("a", "away", "c")), return_exceptions=True)
    assert [type(result) for result in results] == [EngineUnavailable] * 3
    assert len(seen.batches) == 1


async def test_who_stops_waiting_leaves_the_others_alone() -> None:
    seen = Recorder()
    first, second = (asyncio.create_task(seen.gatherer.add(work)) for work in "ab")
    await asyncio.sleep(0)
    first.cancel()
    await second
    await seen.gatherer.close()
    assert seen.batches == [["a", "b"]]
