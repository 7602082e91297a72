"""Rows of times: what was counted, how ranges held, what was said of each job, and what runs late."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.deliveries.times.estimating import Stage, Target
from marketplace.deliveries.times.learning import Leg


class TimeCell(Row):
    """How often a leg took how long; `scope_id` is a co-op's id, or the node's own (`service.NODE`)."""

    scope_id: UUID = fields.UUIDField()
    leg = fields.CharEnumField(Leg, max_length=10)
    hour_band = fields.IntField()
    distance_band = fields.IntField()
    counts: list[float] = fields.JSONField()
    learnt_at: datetime = fields.DatetimeField()

    class Meta:
        table = "time_cell"
        unique_together = (("scope_id", "leg", "hour_band", "distance_band"),)


class TimeRecord(Row):
    """How a co-op's ranges of one kind held: sums of past jobs that fade, and how wide the next is drawn."""

    cooperative_id: UUID = fields.UUIDField()
    stage = fields.CharEnumField(Stage, max_length=10)
    target = fields.CharEnumField(Target, max_length=8)
    width = fields.FloatField(default=1.0)
    measured = fields.FloatField(default=0.0)
    held = fields.FloatField(default=0.0)
    errors: list[float] = fields.JSONField()  # how often the middle was off by how much, in the bins of learning.py
    learnt_at: datetime = fields.DatetimeField()

    class Meta:
        table = "time_record"
        unique_together = (("cooperative_id", "stage", "target"),)


class JobEstimate(Row):
    """What was said of a job at a stage, kept to be measured; of a job that changed hands, what was said last."""

    job_id: UUID = fields.UUIDField()
    stage = fields.CharEnumField(Stage, max_length=10)
    at: datetime = fields.DatetimeField()
    ready_at: datetime | None = fields.DatetimeField(null=True)  # when the goods were to be ready, as known then
    pickup_low: datetime | None = fields.DatetimeField(null=True)
    pickup_middle: datetime | None = fields.DatetimeField(null=True)
    pickup_high: datetime | None = fields.DatetimeField(null=True)
    drop_off_low: datetime = fields.DatetimeField()
    drop_off_middle: datetime = fields.DatetimeField()
    drop_off_high: datetime = fields.DatetimeField()
    measured_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "job_estimate"
        unique_together = (("job_id", "stage"),)
        indexes = (("measured_at", "id"),)


class DelayKind(StrEnum):
    """Whose lateness it is."""

    READY = "READY"  # the shop hasn't the goods ready
    RIDER = "RIDER"  # no driver yet, or he comes or rides late


class JobDelay(Row):
    """A job that will miss what was promised: each worsening is told once."""

    job_id: UUID = fields.UUIDField()
    kind = fields.CharEnumField(DelayKind, max_length=5)
    step = fields.IntField()  # how many of `late.STEPS_MIN` were passed
    minutes = fields.IntField()
    promised_at: datetime = fields.DatetimeField()
    expected_at: datetime = fields.DatetimeField()
    told_at: datetime = fields.DatetimeField()

    class Meta:
        table = "job_delay"
        unique_together = (("job_id", "kind"),)
