"""How far the index is behind the catalogue, and what waited for an engine that was away."""

from datetime import timedelta

import structlog
from tortoise.expressions import Q

from marketplace import clock
from marketplace.outbox import OutboxEvent

#: The name in the outbox of the handler that indexes.
HANDLER = "search.index"
#: An index this far behind is told of: the engine is away, or no process writes.
LARGEST_LAG = timedelta(seconds=60)
#: How the outbox writes down that an engine was away; events given up so that are tried again at a time.
AWAY, MOST_REVIVED = ("EngineUnavailable", "TaskFailed"), 5_000

log = structlog.get_logger()


async def seconds() -> float:
    """How long the oldest change that is not in the index has waited; 0 when all are. Given-up ones count."""
    oldest = await OutboxEvent.filter(handler=HANDLER, done_at=None).order_by("id").first().values("created_at")
    return max(0.0, (clock.now() - oldest["created_at"]).total_seconds()) if oldest else 0.0


def is_large(lag_s: float) -> bool:
    return lag_s > LARGEST_LAG.total_seconds()


async def tell() -> None:
    """Say it in the log where the lag is large."""
    lag_s = await seconds()
    if is_large(lag_s):
        log.error("search index lags", seconds=round(lag_s))


async def revive() -> int:
    """Try again what was given up because the engine was away for long; answers how many. Others wait for a person.

    An event only says which rows to read again, so trying one once more does no harm.
    """
    of_engine = Q(*(Q(error__startswith=kind) for kind in AWAY), join_type="OR")
    dead = OutboxEvent.filter(of_engine, handler=HANDLER, done_at=None, dead_at__isnull=False)
    ids = await dead.order_by("id").limit(MOST_REVIVED).values_list("id", flat=True)
    if not ids:
        return 0
    log.info("search index catches up", events=len(ids))
    return await OutboxEvent.filter(id__in=ids, done_at=None).update(
        dead_at=None, attempts=0, available_at=clock.now()
    )
