"""Leases on outbox rows: who may carry out which event, and until when.

A claim is committed before its handler runs. It names a number; whoever holds an older number of the same
row can no longer finish it (a fencing token: Kleppmann, "How to do distributed locking", 2016). Only the
oldest unfinished row of an aggregate can be claimed, for each handler apart, so a dead letter blocks what
stands behind it until someone retries it.
"""

import random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson

from marketplace import clock
from marketplace.database import as_utc, connection, is_postgres, transaction
from marketplace.outbox import OutboxEvent

LEASE_S = 15
MAX_ATTEMPTS = 12
BACK_OFF_FIRST_S = 1.0
BACK_OFF_LONGEST_S = 600.0
ERROR_LENGTH = 2_000

_CLAIMABLE = """
SELECT o."id" FROM "outbox_event" o
WHERE o."done_at" IS NULL AND o."dead_at" IS NULL AND o."available_at" <= {now}
  AND (o."claimed_until" IS NULL OR o."claimed_until" < {machine}) AND {handlers}
  AND NOT EXISTS (SELECT 1 FROM "outbox_event" e WHERE e."done_at" IS NULL AND e."handler" = o."handler"
                  AND e."aggregate_id" = o."aggregate_id" AND e."id" < o."id")
ORDER BY o."id" LIMIT {limit}"""

_TAKE = """
UPDATE "outbox_event" SET "claimed_until" = {until}, "claim_number" = "claim_number" + 1,
  "attempts" = "attempts" + 1
WHERE "id" IN (SELECT "id" FROM claimable)
RETURNING "id", "event", "handler", "aggregate_id", "payload", "claim_number", "attempts", "created_at" """

_POSTGRES_CLAIMABLE = _CLAIMABLE.format(now="$1", machine="$2", handlers='o."handler" = ANY($3::text[])', limit="$4")
_SQLITE_CLAIMABLE = _CLAIMABLE.format(
    now="?1", machine="?2", handlers='o."handler" IN (SELECT "value" FROM json_each(?3))', limit="?4"
)
_POSTGRES_CLAIM = (
    f"WITH claimable AS MATERIALIZED ({_POSTGRES_CLAIMABLE} FOR UPDATE OF o SKIP LOCKED)" + _TAKE.format(until="$5")
)
_SQLITE_CLAIM = f"WITH claimable AS ({_SQLITE_CLAIMABLE})" + _TAKE.format(until="?5")


async def claim(handlers: Collection[str], limit: int) -> list[OutboxEvent]:
    """Up to `limit` events for these handlers, oldest first, now leased to the caller."""
    if not handlers or limit <= 0:
        return []
    machine = clock.machine()
    until = machine + timedelta(seconds=LEASE_S)
    if is_postgres():
        rows = await connection().execute_query_dict(
            _POSTGRES_CLAIM, [clock.now(), machine, list(handlers), limit, until]
        )
    else:
        rows = await _claim_on_sqlite([clock.now(), machine, orjson.dumps(list(handlers)).decode(), limit], until)
    return sorted((_event(row) for row in rows), key=lambda event: event.id)


async def _claim_on_sqlite(values: list[Any], until: datetime) -> list[dict[str, Any]]:
    """Look before taking SQLite's only write lock: an idle worker must not hold up anyone."""
    if not await connection().execute_query_dict(_SQLITE_CLAIMABLE, [*values[:3], 1]):
        return []
    async with transaction() as within:
        return list(await within.execute_query_dict(_SQLITE_CLAIM, [*values, until]))


def _event(row: dict[str, Any]) -> OutboxEvent:
    payload = row["payload"]
    return OutboxEvent(
        **{
            **row,
            "aggregate_id": UUID(str(row["aggregate_id"])),
            "payload": orjson.loads(payload) if isinstance(payload, (str, bytes)) else payload,
            "created_at": as_utc(row["created_at"]),
        }
    )


def _held(events: Sequence[OutboxEvent], first: int) -> tuple[str, list[Any]]:
    """A condition true of those rows that are still held under these events' claim numbers."""
    if is_postgres():
        pairs = f"SELECT * FROM unnest(${first}::bigint[], ${first + 1}::int[])"
        values: list[Any] = [[event.id for event in events], [event.claim_number for event in events]]
    else:
        pairs = f"SELECT json_extract(value,'$[0]'), json_extract(value,'$[1]') FROM json_each(?{first})"
        values = [orjson.dumps([[event.id, event.claim_number] for event in events]).decode()]
    return f'"done_at" IS NULL AND ("id","claim_number") IN ({pairs})', values


async def _change(assignments: str, values: list[Any], events: Sequence[OutboxEvent]) -> set[int]:
    """Change those of `events` that are still held; answers their ids."""
    if not events:
        return set()
    if not is_postgres():
        assignments = assignments.replace("$", "?")
    held, more = _held(events, len(values) + 1)
    statement = f'UPDATE "outbox_event" SET {assignments} WHERE {held} RETURNING "id"'
    if is_postgres():  # one statement needs no BEGIN and COMMIT around it
        return {row["id"] for row in await connection().execute_query_dict(statement, [*values, *more])}
    async with transaction() as within:
        return {row["id"] for row in await within.execute_query_dict(statement, [*values, *more])}


async def renew(events: Sequence[OutboxEvent]) -> set[int]:
    """Lengthen these leases; answers the ids that are still held. The others belong to someone else now."""
    return await _change('"claimed_until" = $1', [clock.machine() + timedelta(seconds=LEASE_S)], events)


async def finish(events: Sequence[OutboxEvent]) -> set[int]:
    """Mark these as done; answers the ids of those that were still held."""
    return await _change('"done_at" = $1, "claimed_until" = NULL, "error" = NULL', [clock.now()], events)


async def let_go(events: Sequence[OutboxEvent]) -> set[int]:
    """Give these back untried: the worker stops."""
    return await _change('"claimed_until" = NULL, "attempts" = "attempts" - 1', [], events)


async def fail(event: OutboxEvent, error: str) -> bool:
    """Put this off for later, or among the dead letters after the last attempt; answers whether it is dead."""
    text = error[:ERROR_LENGTH]
    if event.attempts >= MAX_ATTEMPTS:
        await _change('"dead_at" = $1, "claimed_until" = NULL, "error" = $2', [clock.now(), text], [event])
        return True
    again = clock.now() + timedelta(seconds=back_off_s(event.attempts, random.random()))
    await _change('"available_at" = $1, "claimed_until" = NULL, "error" = $2', [again, text], [event])
    return False


def back_off_s(attempts: int, jitter: float) -> float:
    """Seconds to wait after the `attempts`-th failure: doubling, capped, of which `jitter` (0 to 1) moves half.

    Without jitter, all that failed together (a gateway was down) would come back together.
    """
    whole = min(BACK_OFF_FIRST_S * 2.0 ** min(attempts - 1, 32), BACK_OFF_LONGEST_S)
    return whole / 2 + whole / 2 * jitter


_WAITING = """
SELECT o."available_at" FROM "outbox_event" o
WHERE o."done_at" IS NULL AND o."dead_at" IS NULL AND o."available_at" <= $1
  AND NOT EXISTS (SELECT 1 FROM "outbox_event" e WHERE e."done_at" IS NULL AND e."dead_at" IS NOT NULL
                  AND e."handler" = o."handler" AND e."aggregate_id" = o."aggregate_id" AND e."id" < o."id")
ORDER BY o."id" LIMIT 1"""


async def lag_seconds() -> float:
    """How long the oldest event that could run by now has waited, in seconds; 0 when nothing waits.

    Dead letters and what they block don't count: they wait for a person (`dead_letters`).
    """
    now = clock.now()
    statement = _WAITING if is_postgres() else _WAITING.replace("$", "?")
    rows = await connection().execute_query_dict(statement, [now])
    return max(0.0, (now - as_utc(rows[0]["available_at"])).total_seconds()) if rows else 0.0


async def dead_letters() -> int:
    """How many events are dead and block their aggregates."""
    return await OutboxEvent.filter(done_at=None, dead_at__isnull=False).count()
