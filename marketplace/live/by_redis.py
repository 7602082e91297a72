"""Hints by Redis: for nodes of several machines."""

from collections.abc import Sequence
from typing import Any

from redis import asyncio as redis

from marketplace.live.carried import CarriedHub

CHANNEL = "lumbung:live"


class RedisHub(CarriedHub):
    """One channel for all; each process keeps what its own watches ask for."""

    def __init__(self, url: str, channel: str = CHANNEL) -> None:
        super().__init__()
        self._channel = channel
        self._redis: Any = redis.Redis.from_url(url, health_check_interval=15, socket_keepalive=True)

    async def send(self, messages: Sequence[bytes]) -> None:
        for message in messages:
            await self._redis.publish(self._channel, message)

    async def receive(self) -> None:
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(self._channel)
            async for message in pubsub.listen():
                if message["type"] == "subscribe":
                    self.began()
                elif message["type"] == "message":
                    self.arrived(message["data"])

    async def close(self) -> None:
        await super().close()
        await self._redis.aclose()
