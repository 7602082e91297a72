"""Hints by PostgreSQL's LISTEN and NOTIFY: nothing more to install where PostgreSQL is."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import asyncpg

from marketplace.live.carried import CarriedHub

CHANNEL = "lumbung_live"
LOOK_EVERY_S = 15.0


class PostgresHub(CarriedHub):
    """Listens on a connection of its own, which a pool would take away; sends on another of its own."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url.replace("postgres://", "postgresql://", 1).split("?")[0]
        self._sender: Any = None

    async def send(self, messages: Sequence[bytes]) -> None:
        if self._sender is None or self._sender.is_closed():
            self._sender = await asyncpg.connect(self._url)
        for message in messages:
            await self._sender.execute("SELECT pg_notify($1, $2)", CHANNEL, message.decode())

    async def receive(self) -> None:
        connection = await asyncpg.connect(self._url)
        ended = asyncio.Event()
        try:
            connection.add_termination_listener(lambda _connection: ended.set())
            await connection.add_listener(CHANNEL, lambda _c, _pid, _channel, payload: self.arrived(payload))
            self.began()
            while not ended.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), LOOK_EVERY_S)
                    return
                await connection.execute("SELECT 1", timeout=LOOK_EVERY_S)
        finally:
            connection.terminate()

    async def close(self) -> None:
        await super().close()
        if self._sender is not None:
            await self._sender.close()
