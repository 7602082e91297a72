"""Events that outlive the process: written with the change they tell of, carried out later, at least once.

`record()` stands in the caller's transaction, which writes one row for each handler of the event as it commits.
The worker claims rows by lease (`marketplace/worker/claims.py`). Within one aggregate a handler sees events in
the order in which they were recorded, because callers hold the aggregate's row lock and ids only grow.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model

from marketplace import clock
from marketplace.database import after_commit, write
from marketplace.inserts import NewRow

#: event -> names of its handlers; filled once at start by `marketplace.wiring`.
_subscriptions: dict[str, tuple[str, ...]] = {}


class UnfinishedIndex(Index):
    """An index over the rows still to be done: it stays small however many were done before."""

    def __init__(self, *, fields: Sequence[str], name: str) -> None:
        super().__init__(fields=tuple(fields), name=name)
        self.extra = " WHERE done_at IS NULL"  # set here: a migration reads it without asking for the SQL


class OutboxEvent(Model):
    """One event for one handler."""

    id = fields.BigIntField(primary_key=True, generated=True)
    event = fields.CharField(max_length=60)
    handler = fields.CharField(max_length=80)
    aggregate_id = fields.UUIDField()
    payload: dict[str, Any] = fields.JSONField()
    created_at = fields.DatetimeField(default=clock.now)
    available_at = fields.DatetimeField(default=clock.now)
    claimed_until = fields.DatetimeField(null=True)
    claim_number = fields.IntField(default=0)
    attempts = fields.IntField(default=0)
    error = fields.TextField(null=True)
    done_at = fields.DatetimeField(null=True)
    dead_at = fields.DatetimeField(null=True)

    class Meta:
        table = "outbox_event"
        indexes = [
            UnfinishedIndex(fields=["id"], name="outbox_event_unfinished"),
            UnfinishedIndex(fields=["handler", "aggregate_id", "id"], name="outbox_event_order"),
        ]


class TimetableEntry(Model):
    """When a sweep of the timetable runs next, and which process runs it now."""

    name = fields.CharField(max_length=80, primary_key=True)
    next_at = fields.DatetimeField(default=clock.now)
    claimed_until = fields.DatetimeField(null=True)
    claim_number = fields.IntField(default=0)
    last_run_at = fields.DatetimeField(null=True)
    error = fields.TextField(null=True)

    class Meta:
        table = "timetable_entry"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a listener in this process is told once the change has committed."""

    event: str
    aggregate_id: UUID
    payload: Mapping[str, Any]
    has_handlers: bool


Listener = Callable[[Recorded], None]
_listeners: list[Listener] = []


def subscribe(handlers: Mapping[str, tuple[str, ...]]) -> None:
    """Say which handlers each event has. Called once, before the first `record()`."""
    _subscriptions.clear()
    _subscriptions.update(handlers)


def listen(listener: Listener) -> Callable[[], None]:
    """Tell `listener` of each event right after its commit, in this process only; answers how to end it.

    A listener must not wait or raise. It is a hint and may be lost with the process: handlers are not.
    """
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)


async def record(event: str, aggregate_id: UUID, payload: Mapping[str, Any] | None = None) -> None:
    """Tell of `event` in the caller's transaction. The payload is JSON: ids as strings, no personal data."""
    await record_all(event, [(aggregate_id, payload or {})])


async def record_all(event: str, told: Sequence[tuple[UUID, Mapping[str, Any]]]) -> None:
    """Tell of the same event of many, each with its payload, as `record` does. One statement."""
    handlers = _subscriptions.get(event, ())
    now, rows = clock.now(), []
    for aggregate_id, payload in told:
        said = Recorded(event, aggregate_id, payload, bool(handlers))
        after_commit(partial(_tell, said))
        if handlers:
            facts = orjson.dumps(dict(payload), default=str).decode()
            shared = (event, str(aggregate_id), facts, now, now)
            rows += [NewRow("outbox_event", _COLUMNS, (*shared, handler, 0, 0)) for handler in handlers]
    if rows:
        await write(*rows)


_COLUMNS = (
    "event",
    "aggregate_id",
    "payload",
    "created_at",
    "available_at",
    "handler",
    "claim_number",
    "attempts",
)


def _tell(said: Recorded) -> None:
    for listener in tuple(_listeners):
        listener(said)


KEEP_DONE = timedelta(days=1)
LOOK_AT = 20_000


async def prune(adapters: object = None) -> int:
    """Remove what was done longer ago than `KEEP_DONE`, among the oldest `LOOK_AT` rows; answers how many."""
    before = clock.now() - KEEP_DONE
    oldest = await OutboxEvent.all().order_by("id").limit(LOOK_AT).values("id", "done_at")
    ids = [row["id"] for row in oldest if row["done_at"] is not None and row["done_at"] < before]
    for start in range(0, len(ids), 500):
        await OutboxEvent.filter(id__in=ids[start : start + 500]).delete()
    return len(ids)
