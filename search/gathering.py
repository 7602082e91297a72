"""Many small writes as few large ones: those that arrive during a commit share the next.

A lone write waits for nobody. Later changes of a listing win over earlier ones, within a batch and between
batches, because there is one commit at a time and it takes writes in the order in which they came.
"""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

from search.documents import ListingDocument
from search.engine import Changes

#: Changes in one commit; what is over it waits for the next.
MOST_IN_BATCH = 2_000


class Gatherer:
    """Gathers concurrent writes for `commit`, which carries out one batch durably or raises."""

    def __init__(self, commit: Callable[[Changes], Awaitable[None]]) -> None:
        self._commit = commit
        self._waiting: list[tuple[Changes, asyncio.Future[None]]] = []
        self._running: asyncio.Task[None] | None = None

    async def write(self, changes: Changes) -> None:
        """Returns when the changes are committed; raises what the commit raised."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((changes, done))
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
                await self._commit(_joined([changes for changes, _ in batch]))
            except BaseException as cause:
                for _, done in batch:
                    if not done.done():
                        done.set_exception(cause)
                if not isinstance(cause, Exception):
                    raise
            else:
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)

    def _take(self) -> list[tuple[Changes, asyncio.Future[None]]]:
        size, taken = 0, 0
        for changes, _ in self._waiting:
            size += len(changes.put) + len(changes.remove)
            if taken and size > MOST_IN_BATCH:
                break
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        return batch


def _joined(all_changes: list[Changes]) -> Changes:
    last: dict[UUID, ListingDocument | None] = {}
    for changes in all_changes:
        last.update(dict.fromkeys(changes.remove))
        last.update({document.id: document for document in changes.put})
    return Changes(
        put=[document for document in last.values() if document is not None],
        remove=[id for id, document in last.items() if document is None],
    )
