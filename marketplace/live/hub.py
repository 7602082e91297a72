"""The hub's port, and the one that serves a single process."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Protocol


@dataclass(frozen=True, slots=True)
class Hint:
    """Something under `topic` changed; `version` is its newest known, 0 when it has none."""

    topic: str
    version: int = 0


#: Hints may have been lost: read everything watched again.
RESYNC: Final = Hint("*")

#: Topics that one watch holds back for a reader who is slow; beyond it the reader is told RESYNC.
QUEUE_BOUND = 256


@dataclass(slots=True, eq=False)
class Watch:
    """One reader's view of some topics: an asynchronous iterator of hints, at most one waiting a topic.

    A topic that moves twice before the reader looks is one hint with the newer version, so a slow reader
    costs no more than the number of topics it watches, bounded by `QUEUE_BOUND`.
    """

    hub: "LocalHub"
    topics: tuple[str, ...]
    _waiting: dict[str, int] = field(default_factory=dict)
    _ready: asyncio.Event = field(default_factory=asyncio.Event)
    _is_lost: bool = False

    def give(self, hint: Hint) -> None:
        if hint == RESYNC or (len(self._waiting) >= QUEUE_BOUND and hint.topic not in self._waiting):
            self._is_lost = True
            self._waiting.clear()
        elif not self._is_lost:
            self._waiting[hint.topic] = max(hint.version, self._waiting.get(hint.topic, 0))
        self._ready.set()

    async def next(self, timeout_s: float | None = None) -> Hint | None:
        """The next hint, or None when `timeout_s` passed without one."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._ready.wait()
        except TimeoutError:
            return None
        if self._is_lost:
            self._is_lost = False
            self._ready.clear()
            return RESYNC
        topic = next(iter(self._waiting))
        hint = Hint(topic, self._waiting.pop(topic))
        if not self._waiting:
            self._ready.clear()
        return hint

    def __enter__(self) -> "Watch":
        self.hub.add(self)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hub.remove(self)


class Hub(Protocol):
    """Carries hints between the processes of a node."""

    @property
    def worker_poll_s(self) -> float:
        """How often an idle worker looks by itself for what it was not told of."""

    async def start(self) -> None:
        """Begin to send and receive. Called once the database is open."""

    async def close(self) -> None:
        """Send what is left, then stop."""

    def publish(self, hint: Hint) -> None:
        """Tell every watch of this topic, here and in the other processes. Neither waits nor raises."""

    def watch(self, *topics: str) -> Watch:
        """A watch of these topics; it sees hints from when it is entered (`with`)."""


class LocalHub:
    """A hub within one process."""

    worker_poll_s = 1.0

    def __init__(self) -> None:
        self._watches: dict[str, set[Watch]] = {}

    async def start(self) -> None:
        return

    async def close(self) -> None:
        return

    def publish(self, hint: Hint) -> None:
        self.deliver(hint)

    def watch(self, *topics: str) -> Watch:
        return Watch(self, topics)

    def deliver(self, hint: Hint) -> None:
        """Give the hint to this process's watches."""
        for watch in tuple(self._watches.get(hint.topic, ())):
            watch.give(hint)

    def lose(self) -> None:
        """Tell every watch that hints may have been lost."""
        for watch in {watch for watches in self._watches.values() for watch in watches}:
            watch.give(RESYNC)

    def add(self, watch: Watch) -> None:
        for topic in watch.topics:
            self._watches.setdefault(topic, set()).add(watch)

    def remove(self, watch: Watch) -> None:
        for topic in watch.topics:
            watches = self._watches.get(topic, set())
            watches.discard(watch)
            if not watches:
                self._watches.pop(topic, None)

    def is_watched(self) -> bool:
        return bool(self._watches)
