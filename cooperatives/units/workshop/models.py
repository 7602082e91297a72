"""Rows of workshops: job cards with their lines."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from tortoise import fields

from cooperatives.units.models import BusinessUnit
from cooperatives.units.workshop.lifecycle import JobState
from marketplace.database import Row

__all__ = ["JobCard", "JobState"]


class JobCard(Row):
    """One visit of a vehicle. `lines`: name, quantity, price, total, and of a part its item; `agreed_lines`: those
    that the customer agreed to last."""

    unit: fields.ForeignKeyRelation[BusinessUnit] = fields.ForeignKeyField(
        "lumbung.BusinessUnit", related_name="jobs", on_delete=fields.RESTRICT
    )
    unit_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    number = fields.CharField(max_length=20)
    membership_id = fields.UUIDField(null=True, db_index=True)  # None: not a member
    customer = fields.CharField(max_length=120)
    vehicle = fields.CharField(max_length=120)  # plate and make
    complaint = fields.CharField(max_length=500)
    booked_for = fields.DatetimeField()
    state = fields.CharEnumField(JobState, max_length=10, default=JobState.BOOKED)
    lines: list[dict[str, Any]] = fields.JSONField(default=list)
    agreed_lines: list[dict[str, Any]] = fields.JSONField(default=list)
    agreed: int | None = fields.BigIntField(null=True)  # rupiah that the customer agreed to
    agreed_at: datetime | None = fields.DatetimeField(null=True)
    agreed_by = fields.UUIDField(null=True)
    held = fields.IntField(default=0)  # how often parts were set aside anew
    sale_id = fields.UUIDField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "job_card"
        unique_together = (("unit_id", "number"),)
        indexes = (("unit_id", "booked_for"),)

    @property
    def total(self) -> int:
        """What its lines come to."""
        return sum(int(line["total"]) for line in self.lines)

    @property
    def hold_id(self) -> UUID:
        """Under what the parts of it are set aside now."""
        return uuid5(self.pk, f"held:{self.held}")
