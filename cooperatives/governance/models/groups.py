"""Groups of members that meet before the general meeting, and the delegates whom they send to it."""

from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class MemberGroup(Row):
    """A group (kelompok) of a co-op's members: those of a quarter, a base, a market."""

    cooperative_id: UUID = fields.UUIDField()
    name = fields.CharField(max_length=80)

    class Meta:
        table = "member_group"
        unique_together = (("cooperative_id", "name"),)


class GroupMember(Row):
    """That a member belongs to a group; to one at most."""

    group_id: UUID = fields.UUIDField(db_index=True)
    membership_id: UUID = fields.UUIDField(unique=True)

    class Meta:
        table = "group_member"


class GroupMeeting(Row):
    """Of a group's own meeting: which group's, and before which meeting its delegates go."""

    meeting_id: UUID = fields.UUIDField(unique=True)
    group_id: UUID = fields.UUIDField()
    for_meeting_id: UUID = fields.UUIDField(db_index=True)

    class Meta:
        table = "group_meeting"


class Delegate(Row):
    """A member whom his group sent to a meeting; for whom he votes there are his `Proxy` rows."""

    meeting_id: UUID = fields.UUIDField()  # the general meeting
    group_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField()
    motion_id: UUID = fields.UUIDField()  # by which the group elected him
    stands_for = fields.IntField()  # members, himself among them

    class Meta:
        table = "meeting_delegate"
        unique_together = (("meeting_id", "membership_id"),)
