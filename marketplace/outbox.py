"""Events that outlive the process: written with the change they tell of, carried out later, at least once.

`record()` stands in the caller's transaction and writes one row for each handler of the event. The worker
claims rows by lease (`marketplace/worker.py`). Within one aggregate a handler sees events in the order in
which they were recorded, because callers hold the aggregate's row lock and ids only grow.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from marketplace import clock

#: event -> names of its handlers; filled once at start by `marketplace.wiring`.
_subscriptions: dict[str, tuple[str, ...]] = {}


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


def subscribe(handlers: Mapping[str, tuple[str, ...]]) -> None:
    """Say which handlers each event has. Called once, before the first `record()`."""
    _subscriptions.clear()
    _subscriptions.update(handlers)


async def record(event: str, aggregate_id: UUID, payload: Mapping[str, Any] | None = None) -> None:
    """Tell of `event` in the caller's transaction. The payload is JSON: ids as strings, no personal data."""
    handlers = _subscriptions.get(event, ())
    if not handlers:
        return
    rows = [
        OutboxEvent(event=event, handler=handler, aggregate_id=aggregate_id, payload=dict(payload or {}))
        for handler in handlers
    ]
    if len(rows) == 1:
        await rows[0].save(force_create=True)
    else:
        await OutboxEvent.bulk_create(rows)
