"""Rows of moving in: a set of sheets that an officer brought, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class MovingState(StrEnum):
    """Where a set of sheets stands."""

    PROPOSED = "PROPOSED"  # proved; waits for a second officer
    DONE = "DONE"
    WITHDRAWN = "WITHDRAWN"


class MovingSet(Row):
    """Members, savings, loans and opening balances from sheets. While it waits, the sheets stand here sealed."""

    cooperative_id = fields.UUIDField()
    fingerprint = fields.CharField(max_length=64)  # of what the sheets say
    state = fields.CharEnumField(MovingState, max_length=10, default=MovingState.PROPOSED)
    sheets: str | None = fields.TextField(null=True)  # sealed, until it is done or withdrawn
    totals: dict[str, Any] = fields.JSONField()  # what was read, and the proof
    proposed_by: UUID | None = fields.UUIDField(null=True)  # none: the node's operator
    ended_by: UUID | None = fields.UUIDField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)
    voucher_id: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "moving_set"
        unique_together = (("cooperative_id", "fingerprint"),)
