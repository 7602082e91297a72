"""Many small works as few large ones: those that arrive while one is carried out share the next.

A lone work waits for nobody. There is one batch at a time, and it takes works in the order in which they
came, so that a later one is never overtaken by an earlier one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from search.engine import EngineUnavailable

T = TypeVar("T")

#: What one batch holds, measured by `size`; what is over it waits for the next.
MOST_IN_BATCH = 2_000

Waiting: TypeAlias = tuple[T, asyncio.Future[None]]


class Gatherer(Generic[T]):
    """Gathers concurrent works for `carry_out`, which does one batch of them or raises."""

    def __init__(self, carry_out: Callable[[Sequence[T]], Awaitable[None]], size: Callable[[T], int]) -> None:
        self._carry_out = carry_out
        self._size = size
        self._waiting: list[Waiting[T]] = []
        self._running: asyncio.Task[None] | None = None

    async def add(self, work: T) -> None:
        """Returns when the work is done; raises what its batch raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._running is None or self._running.done():
            self._running = asyncio.create_task(self._drain())
        await done

    async def close(self) -> None:
        """Waits for what was asked so far."""
        if self._running is not None:
            await self._running

    async def _drain(self) -> None:
        while self._waiting:
            batch = self._take()
            try:
                await self._carry_out([work for work, _ in batch])
            except EngineUnavailable as cause:
                _tell(batch, cause)
            except Exception as cause:
                await self._one_by_one(batch, cause)
            except BaseException as cause:
                _tell(batch, cause)
                raise
            else:
                _tell(batch, None)

    async def _one_by_one(self, batch: list[Waiting[T]], cause: Exception) -> None:
        """One bad work must not hold up the others that happened to come with it."""
        if len(batch) == 1:
            return _tell(batch, cause)
        for work, done in batch:
            try:
                await self._carry_out([work])
            except Exception as its_own:
                _tell([(work, done)], its_own)
            else:
                _tell([(work, done)], None)
        return None

    def _take(self) -> list[Waiting[T]]:
        size, taken = 0, 0
        for work, _ in self._waiting:
            size += self._size(work)
            if taken and size > MOST_IN_BATCH:
                break
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return batch


def _tell(batch: list[Waiting[Any]], cause: BaseException | None) -> None:
    for _, done in batch:
        if done.done():
            continue
        if cause is None:
            done.set_result(None)
        else:
            done.set_exception(cause)
