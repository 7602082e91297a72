"""Talking to the server: in threads, in bounded time, and a task is done only when it has succeeded."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import meilisearch
from meilisearch.errors import MeilisearchApiError, MeilisearchError
from meilisearch.models.task import TaskInfo

from marketplace.errors import MarketplaceError
from search.engine import EngineUnavailable

SEARCH_TIMEOUT_S, WRITE_TIMEOUT_S = 2, 10
#: How long a task may take to be done before whoever waits gives up (and later asks again).
TASK_TIMEOUT_S = 60.0
FIRST_POLL_S, LONGEST_POLL_S = 0.02, 0.5
#: After a failure to reach the server, searches don't try again for so long; writes for twice as long each time.
REST_S, LONGEST_REST_S = 3.0, 30.0

T = TypeVar("T")


class TaskFailed(MarketplaceError):
    """The search server refused to index: {reason}."""

    code = EngineUnavailable.code
    pesan = "Mesin pencari menolak pengindeksan: {reason}."
    retryable = True


class Server:
    """One server. The client isn't safe across threads, so each thread has its own."""

    def __init__(self, url: str, key: str) -> None:
        self._url, self._key = url.rstrip("/"), key
        self._local = threading.local()
        self._rests_until = 0.0
        self._failures = 0
        self._away_until = 0.0

    @property
    def is_away(self) -> bool:
        """Whether it did not answer just now, to anyone: until it does, or for a while, writes are not tried."""
        return time.monotonic() < self._away_until

    async def search(self, ask: Callable[[meilisearch.Client], T]) -> T:
        """What a reader waits for: gives up soon, and at once while the server is known to be away."""
        if time.monotonic() < self._rests_until:
            raise EngineUnavailable
        try:
            return await self._call(ask, SEARCH_TIMEOUT_S)
        except EngineUnavailable:
            self._rests_until = time.monotonic() + REST_S
            raise

    async def ask(self, ask: Callable[[meilisearch.Client], T]) -> T:
        return await self._call(ask, WRITE_TIMEOUT_S)

    async def carry_out(self, *asks: Callable[[meilisearch.Client], TaskInfo], unless: str = "") -> None:
        """Enqueue tasks in order and wait until each has succeeded.

        A task that failed with the code `unless` counts as done. Raises TaskFailed, or EngineUnavailable
        when the server is away or too slow; then the tasks may still be carried out later.
        """
        tasks = [(await self.ask(one)).task_uid for one in asks]
        for uid in tasks:
            await self._until_succeeded(uid, unless)

    async def _until_succeeded(self, uid: int, unless: str) -> None:
        deadline = time.monotonic() + TASK_TIMEOUT_S
        pause = FIRST_POLL_S
        while time.monotonic() < deadline:
            task = await self.ask(lambda client: client.get_task(uid))
            if task.status == "succeeded":
                return
            if task.status not in ("enqueued", "processing"):
                error = task.error or {}
                if unless and error.get("code") == unless:
                    return
                raise TaskFailed(reason=f"{task.status} {error.get('code', '')}".strip())
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_POLL_S)
        raise EngineUnavailable

    async def _call(self, ask: Callable[[meilisearch.Client], T], timeout_s: int) -> T:
        try:
            answer = await asyncio.to_thread(self._in_thread, ask, timeout_s)
        except EngineUnavailable:
            self._away_until = time.monotonic() + min(REST_S * 2**self._failures, LONGEST_REST_S)
            self._failures = min(self._failures + 1, 10)
            raise
        self._failures, self._away_until = 0, 0.0
        return answer

    def _in_thread(self, ask: Callable[[meilisearch.Client], T], timeout_s: int) -> T:
        clients = self._local.__dict__.setdefault("clients", {})
        if timeout_s not in clients:
            clients[timeout_s] = meilisearch.Client(self._url, self._key or None, timeout=timeout_s)
        try:
            return ask(clients[timeout_s])
        except MeilisearchApiError as refused:
            if refused.status_code >= 500 or refused.status_code in (401, 403, 408, 429):
                raise EngineUnavailable from refused
            raise
        except (MeilisearchError, OSError) as cause:
            raise EngineUnavailable from cause
