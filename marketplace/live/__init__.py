"""Live updates: hints that something changed, carried to whoever watches it.

A hint says which topic moved and to which version, never what it holds: its reader reads afresh, with its
own rights. Hints may be lost, doubled or late; `RESYNC` says that some may have been.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from marketplace import outbox
from marketplace.live import topics
from marketplace.live.hub import RESYNC, Hint, Hub, LocalHub, Watch
from marketplace.settings import Settings

__all__ = ["RESYNC", "Hint", "Hub", "LocalHub", "Watch", "build", "running", "topics"]


def build(settings: Settings) -> Hub:
    """The hub for these settings: Redis where set, else the database's own means, else this process."""
    if settings.redis_url:
        from marketplace.live.by_redis import RedisHub

        return RedisHub(settings.redis_url)
    if not settings.database.startswith("sqlite://"):
        from marketplace.live.by_postgres import PostgresHub

        return PostgresHub(settings.database)
    if settings.processes > 1 or not settings.worker_in_process:
        from marketplace.live.by_polling import PollingHub

        return PollingHub()
    return LocalHub()


@asynccontextmanager
async def running(hub: Hub, *, wakes_workers: bool = True) -> AsyncIterator[Hub]:
    """Start the hub and publish what this process commits, until the block ends.

    `wakes_workers`: other processes drain the outbox and are told that there is something in it.
    """

    def tell(said: outbox.Recorded) -> None:
        for hint in topics.hints_of(said.event, said.aggregate_id, said.payload):
            hub.publish(hint)
        if wakes_workers and said.has_handlers:
            hub.publish(Hint(topics.OUTBOX))

    await hub.start()
    unlisten = outbox.listen(tell)
    try:
        yield hub
    finally:
        unlisten()
        await hub.close()
