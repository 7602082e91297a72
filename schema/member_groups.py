"""Groups of a co-op's members, which meet before the general meeting, and the delegates whom they send."""

from typing import Annotated

import strawberry

from cooperatives.governance import models as rows
from cooperatives.governance import reading
from cooperatives.membership import models as cooperative_rows
from cooperatives.membership import service as membership
from schema.context import Info
from schema.costs import LISTED, cost
from schema.ids import to_id
from schema.memberships import Membership
from schema.paging import After, Connection, First, connection_of


@strawberry.type(description="A member who belongs to a group.")
class GroupMember:
    row: strawberry.Private[rows.GroupMember]

    @classmethod
    def of(cls, row: rows.GroupMember) -> "GroupMember":
        return cls(row=row)

    @strawberry.field(description="The member.")
    async def membership(self, info: Info) -> Membership | None:
        row = await info.context.load(membership.memberships_by_id, self.row.membership_id)
        return None if row is None else Membership.of(row)


@strawberry.type(description="A group (kelompok) of a co-op's members.")
class MemberGroup:
    row: strawberry.Private[rows.MemberGroup]
    id: strawberry.ID = strawberry.field(description="For `putIntoGroup` and `callGroupMeeting`.")
    name: str = strawberry.field(description="As members call it.")

    @classmethod
    def of(cls, row: rows.MemberGroup) -> "MemberGroup":
        return cls(row=row, id=to_id("MemberGroup", row.pk), name=row.name)

    @strawberry.field(description="How many belong to it.")
    async def size(self, info: Info) -> int:
        return await info.context.load(reading.sizes_by_group, self.row.pk) or 0

    @strawberry.field(description="Who belongs to it; the co-op's members only.", directives=[LISTED])
    async def members(self, info: Info, first: First = 20, after: After = None) -> Connection[GroupMember]:
        page = await reading.group_members(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, GroupMember.of, after=after)


async def _group(info: Info, row: rows.GroupMeeting | rows.Delegate) -> MemberGroup | None:
    found = await info.context.load(reading.groups_by_id, row.group_id)
    return None if found is None else MemberGroup.of(found)


@strawberry.type(description="A member whom his group sent to a meeting of all members.")
class MeetingDelegate:
    row: strawberry.Private[rows.Delegate]
    stands_for: int = strawberry.field(
        description="For how many members, himself among them: he holds their proxies; each has one vote."
    )
    motion_id: strawberry.ID = strawberry.field(description="The Motion by which the group elected him.")

    @classmethod
    def of(cls, row: rows.Delegate) -> "MeetingDelegate":
        return cls(row=row, stands_for=row.stands_for, motion_id=to_id("Motion", row.motion_id))

    @strawberry.field(description="The member.")
    async def membership(self, info: Info) -> Membership | None:
        row = await info.context.load(membership.memberships_by_id, self.row.membership_id)
        return None if row is None else Membership.of(row)

    @strawberry.field(description="His group.")
    async def group(self, info: Info) -> MemberGroup | None:
        return await _group(info, self.row)


@strawberry.type
class MeetingGroups:
    row: strawberry.Private[rows.Meeting]

    @strawberry.field(description="Of a group's own meeting: which group's.")
    async def group(self, info: Info) -> MemberGroup | None:
        row = await info.context.load(reading.group_meetings_by_meeting, self.row.pk)
        return None if row is None else await _group(info, row)

    @strawberry.field(description="Who was sent to it by groups, in the order sent.", directives=[cost(2, rows=20)])
    async def delegates(self, info: Info) -> list[MeetingDelegate]:
        found = await info.context.load(reading.delegates_by_meeting, self.row.pk)
        return [MeetingDelegate.of(row) for row in found or []]


@strawberry.type
class CooperativeGroups:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="The groups of its members, oldest first; its members, officers and pengawas, and the pembina; "
        "else empty.",
        directives=[LISTED],
    )
    async def member_groups(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[Annotated["MemberGroup", strawberry.lazy("schema.member_groups")]]:
        page = await reading.groups_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, MemberGroup.of, after=after)
