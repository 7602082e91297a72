"""How often someone may ask: a fixed window of a minute, in this process or shared through Redis."""

import time
from typing import Protocol

import structlog

from marketplace.errors import Code, MarketplaceError
from marketplace.settings import Settings

WINDOW_S = 60
#: Callers remembered at most; beyond, the window is forgotten for all rather than memory growing.
LARGEST = 100_000

log = structlog.get_logger()


class RateLimited(MarketplaceError):
    """Too many requests: wait {seconds} seconds."""

    code = Code.RATE_LIMITED
    pesan = "Terlalu banyak permintaan: tunggu {seconds} detik."
    retryable = True


class Counter(Protocol):
    """Counts calls in the present window."""

    async def count(self, caller: str, window: int) -> int: ...

    async def close(self) -> None: ...


class InProcess:
    """Counts in memory; each server process has its own count."""

    def __init__(self) -> None:
        self._window, self._counts = 0, dict[str, int]()

    async def count(self, caller: str, window: int) -> int:
        if window != self._window or len(self._counts) > LARGEST:
            self._window, self._counts = window, {}
        self._counts[caller] = self._counts.get(caller, 0) + 1
        return self._counts[caller]

    async def close(self) -> None:
        return None


class InRedis:
    """Counts in Redis for all processes; in memory while Redis doesn't answer."""

    def __init__(self, url: str) -> None:
        from redis.asyncio import Redis  # here, since most nodes run without Redis
        from redis.exceptions import RedisError

        self._refusals = (RedisError, OSError)
        self._redis = Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
        self._without = InProcess()

    async def count(self, caller: str, window: int) -> int:
        name = f"lumbung:rate:{window}:{caller}"
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.incr(name)
                pipeline.expire(name, 2 * WINDOW_S)
                counted, _ = await pipeline.execute()
        except self._refusals as error:
            log.warning("rate_limits_in_memory", error=str(error))
            return await self._without.count(caller, window)
        return int(counted)

    async def close(self) -> None:
        await self._redis.aclose()


class Rates:
    """`await rates.take("actor:…")` counts one request and raises RateLimited beyond the settings' rate."""

    def __init__(self, settings: Settings) -> None:
        self._most = settings.rate_per_minute
        self._counter: Counter = InRedis(settings.redis_url) if settings.redis_url else InProcess()

    async def take(self, caller: str) -> None:
        now = time.time()
        if await self._counter.count(caller, int(now // WINDOW_S)) > self._most:
            raise RateLimited(seconds=int(WINDOW_S - now % WINDOW_S) + 1)

    async def close(self) -> None:
        await self._counter.close()
