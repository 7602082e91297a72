"""Motions and votes that are cast under one's name; terms of who was elected."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.governance.lifecycle import MotionKind, MotionState, RightWay, VotingWay
from marketplace.database import Row
from marketplace.identity.actor import Role


class Motion(Row):
    """What a meeting is asked to decide. `details` are what its kind needs (`cooperatives.governance.details`)."""

    cooperative_id: UUID = fields.UUIDField()
    meeting_id: UUID | None = fields.UUIDField(null=True, db_index=True)
    kind = fields.CharEnumField(MotionKind, max_length=16)
    state = fields.CharEnumField(MotionState, max_length=10, default=MotionState.DRAFT)
    title = fields.CharField(max_length=160)
    text = fields.TextField()
    details: dict[str, Any] = fields.JSONField()
    proposed_by: UUID | None = fields.UUIDField(null=True)
    way = fields.CharEnumField(VotingWay, max_length=10, null=True)
    opened_at: datetime | None = fields.DatetimeField(null=True)
    decided_at: datetime | None = fields.DatetimeField(null=True)
    decided_by: UUID | None = fields.UUIDField(null=True)  # the officer who closed the vote
    tally: dict[str, Any] | None = fields.JSONField(null=True)
    result_digest = fields.CharField(max_length=64, null=True)  # SHA-256 of the published results
    note = fields.CharField(max_length=2_000, null=True)  # what was minuted of a consensus, or why lapsed

    class Meta:
        table = "motion"
        indexes = (("cooperative_id", "state"),)


class VotingRight(Row):
    """That a member used his one vote on a motion, and in which way; of secret votes not how he voted."""

    motion_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField()
    way = fields.CharEnumField(RightWay, max_length=8)
    used_by: UUID | None = fields.UUIDField(null=True)  # the member, the holder of his proxy, or who gave the paper
    blinded_hash = fields.CharField(max_length=64, null=True)  # of what was signed blindly, to sign again

    class Meta:
        table = "voting_right"
        unique_together = (("motion_id", "membership_id"),)


class Vote(Row):
    """A vote cast under one's name; `choice` is an option, or candidates in the order of preference."""

    motion_id: UUID = fields.UUIDField(db_index=True)
    membership_id: UUID = fields.UUIDField()
    choice: list[str] = fields.JSONField()
    weight = fields.IntField(default=1)

    class Meta:
        table = "vote"


class OfficeTerm(Row):
    """How long who was elected holds an office: from a day until the day before `until`."""

    cooperative_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()
    role = fields.CharEnumField(Role, max_length=30)
    motion_id: UUID = fields.UUIDField()
    since: date = fields.DateField()
    until: date = fields.DateField()
    ended_on: date | None = fields.DateField(null=True)

    class Meta:
        table = "office_term"
        indexes = (("cooperative_id", "role"),)
