"""A hub whose hints reach other processes: what all carriers share.

Hints are gathered for some milliseconds and sent together, one message for many, by a task of its own, so
that whoever publishes never waits. Losing the connection is told to every watch as RESYNC.
"""

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import suppress

import orjson
import structlog

from marketplace.live.hub import Hint, LocalHub

log = structlog.get_logger()

GATHER_S = 0.02
RECONNECT_FIRST_S = 0.2
RECONNECT_LONGEST_S = 10.0
#: Hints waiting for a carrier that is away; beyond it they are dropped (readers look again by themselves).
UNSENT_BOUND = 10_000
#: PostgreSQL refuses a NOTIFY payload of 8000 bytes or more.
MESSAGE_BYTES = 7_900


class CarriedHub(LocalHub):
    """Delivers here at once and elsewhere through `send`; `receive` runs until the connection breaks."""

    def __init__(self) -> None:
        super().__init__()
        self._unsent: dict[str, int] = {}
        self._has_unsent = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._is_receiving = asyncio.Event()

    @abstractmethod
    async def send(self, messages: Sequence[bytes]) -> None:
        """Carry these to every process."""

    @abstractmethod
    async def receive(self) -> None:
        """Call `began()` once connected and `arrived()` for each message, until the connection breaks."""

    async def start(self) -> None:
        self._tasks = [asyncio.create_task(self._keep_receiving()), asyncio.create_task(self._keep_sending())]
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_receiving.wait(), 5)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(Exception):
            await self._flush()

    def publish(self, hint: Hint) -> None:
        self.deliver(hint)
        if len(self._unsent) < UNSENT_BOUND or hint.topic in self._unsent:
            self._unsent[hint.topic] = max(hint.version, self._unsent.get(hint.topic, 0))
            self._has_unsent.set()

    def began(self) -> None:
        """The connection stands; watches from before it may have missed something."""
        self._is_receiving.set()
        self.lose()

    def arrived(self, message: bytes | str) -> None:
        for topic, version in orjson.loads(message):
            self.deliver(Hint(topic, version))

    async def _keep_receiving(self) -> None:
        wait_s = RECONNECT_FIRST_S
        while True:
            started = asyncio.get_running_loop().time()
            try:
                await self.receive()
            except Exception as failure:
                log.warning("live updates lost their carrier", error=f"{type(failure).__name__}: {failure}")
            if asyncio.get_running_loop().time() - started > RECONNECT_LONGEST_S:
                wait_s = RECONNECT_FIRST_S
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, RECONNECT_LONGEST_S)

    async def _keep_sending(self) -> None:
        while True:
            await self._has_unsent.wait()
            await asyncio.sleep(GATHER_S)
            try:
                await self._flush()
            except Exception as failure:
                log.warning("live hints not sent", error=f"{type(failure).__name__}: {failure}")
                await asyncio.sleep(RECONNECT_FIRST_S)

    async def _flush(self) -> None:
        unsent, self._unsent = self._unsent, {}
        self._has_unsent.clear()
        if unsent:
            await self.send(messages_of(unsent))


def messages_of(hints: dict[str, int]) -> list[bytes]:
    """These hints as JSON arrays of (topic, version), none longer than `MESSAGE_BYTES`."""
    messages: list[bytes] = []
    parts: list[bytes] = []
    length = 2
    for pair in hints.items():
        part = orjson.dumps(pair)
        if parts and length + len(part) + 1 > MESSAGE_BYTES:
            messages.append(b"[" + b",".join(parts) + b"]")
            parts, length = [], 2
        parts.append(part)
        length += len(part) + 1
    if parts:
        messages.append(b"[" + b",".join(parts) + b"]")
    return messages
