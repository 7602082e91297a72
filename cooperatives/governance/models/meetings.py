"""Meetings: called, opened with their quorum, closed with their minutes."""

from datetime import date, datetime
from uuid import UUID

from tortoise import fields

from cooperatives.governance.lifecycle import AttendanceWay, MeetingKind, MeetingState
from marketplace.database import Row


class Meeting(Row):
    """A meeting of members. `entitled`, `represented` and `needed` (votes) are counted as it is opened."""

    cooperative_id: UUID = fields.UUIDField()
    kind = fields.CharEnumField(MeetingKind, max_length=16)
    state = fields.CharEnumField(MeetingState, max_length=10, default=MeetingState.CALLED)
    title = fields.CharField(max_length=160)
    place = fields.CharField(max_length=200)
    online_url = fields.CharField(max_length=300, null=True)
    starts_at: datetime = fields.DatetimeField()
    agenda: list[str] = fields.JSONField()
    report_ready_on: date | None = fields.DateField(null=True)  # of the annual meeting: the annual report
    again_of: UUID | None = fields.UUIDField(null=True)  # the meeting that lacked its quorum
    called_by: UUID | None = fields.UUIDField(null=True)
    entitled: int | None = fields.IntField(null=True)
    represented: int | None = fields.IntField(null=True)
    needed: int | None = fields.IntField(null=True)
    opened_at: datetime | None = fields.DatetimeField(null=True)
    opened_by: UUID | None = fields.UUIDField(null=True)
    closed_at: datetime | None = fields.DatetimeField(null=True)
    closed_by: UUID | None = fields.UUIDField(null=True)
    minutes: str | None = fields.TextField(null=True)

    class Meta:
        table = "meeting"
        indexes = (("cooperative_id", "state", "starts_at"),)


class Attendance(Row):
    """That a member attends. `weight` is 1 but in secondary co-ops whose by-laws weight votes."""

    meeting_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()
    way = fields.CharEnumField(AttendanceWay, max_length=10)
    weight = fields.IntField(default=1)
    entered_by: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "meeting_attendance"
        unique_together = (("meeting_id", "membership_id"),)


class Proxy(Row):
    """That a member lets another vote for him in one meeting."""

    meeting_id: UUID = fields.UUIDField()
    giver_id: UUID = fields.UUIDField()  # the membership
    holder_id: UUID = fields.UUIDField()  # the membership

    class Meta:
        table = "meeting_proxy"
        unique_together = (("meeting_id", "giver_id"),)
