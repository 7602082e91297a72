"""What officers do with groups of members, and how a delegate votes for those who sent him."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.governance import groups, voting
from cooperatives.governance.meetings import MOST_AT_ONCE
from schema.context import Info
from schema.gathering import MeetingResult, MotionResult, memberships
from schema.ids import from_id
from schema.meetings import Meeting
from schema.member_groups import MemberGroup
from schema.motions import Motion
from schema.problems import KEY, Problem, intent
from schema.voting import CHOICE

MemberGroupResult = Annotated[
    MemberGroup | Problem, strawberry.union("MemberGroupResult", description="The group, or why not.")
]


@strawberry.input(description="A new group of members.")
class MakeMemberGroupInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    name: str = strawberry.field(description="1 to 80 characters.")
    membership_ids: list[strawberry.ID] = strawberry.field(description="1 to 500 Memberships.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Who joins a group.")
class PutIntoGroupInput:
    group_id: strawberry.ID = strawberry.field(description="The MemberGroup.")
    membership_ids: list[strawberry.ID] = strawberry.field(description="1 to 500 Memberships.")


@strawberry.input(description="A call to a group's own meeting.")
class CallGroupMeetingInput:
    group_id: strawberry.ID = strawberry.field(description="The MemberGroup.")
    for_meeting_id: strawberry.ID = strawberry.field(description="The CALLED Meeting to which its delegates go.")
    title: str = strawberry.field(description="1 to 160 characters.")
    place: str = strawberry.field(description="1 to 200 characters.")
    starts_at: datetime = strawberry.field(description="As many days ahead as the by-laws ask, and before the other.")
    agenda: list[str] = strawberry.field(description="1 to 30 items of up to 200 characters.")
    online_url: str | None = strawberry.field(description="Where one attends on line.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="One vote for all for whom you stand.")
class CastDelegateVotesInput:
    motion_id: strawberry.ID = strawberry.field(description="A motion on which members vote by name.")
    choice: list[str] = strawberry.field(description=CHOICE)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class GroupingMutation:
    @strawberry.mutation(
        description="An officer makes a group of members; who was in another leaves it. Fails with AGAINST_THE_LAW "
        "where the by-laws allow no delegates (`meeting.delegates_allowed`), INVALID, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def make_member_group(self, info: Info, input: MakeMemberGroupInput) -> MemberGroupResult:
        row = await groups.make_group(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            name=input.name,
            membership_ids=memberships(input.membership_ids, "membershipIds", MOST_AT_ONCE),
            key=input.idempotency_key,
        )
        return MemberGroup.of(row)

    @strawberry.mutation(
        description="An officer adds members to a group; who was in another leaves it. Fails with INVALID, "
        "NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def put_into_group(self, info: Info, input: PutIntoGroupInput) -> MemberGroupResult:
        row = await groups.put_into_group(
            info.context.actor,
            group_id=from_id("MemberGroup", input.group_id, "groupId"),
            membership_ids=memberships(input.membership_ids, "membershipIds", MOST_AT_ONCE),
        )
        info.context.forget()
        return MemberGroup.of(row)

    @strawberry.mutation(
        description="An officer calls a group to its own meeting before the general one. There it elects delegates: "
        "a motion of the kind ELECTION for the role MEMBER. Fails with WRONG_STATE when the general meeting was "
        "opened, AGAINST_THE_LAW, INVALID, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def call_group_meeting(self, info: Info, input: CallGroupMeetingInput) -> MeetingResult:
        row = await groups.call_group_meeting(
            info.context.actor,
            group_id=from_id("MemberGroup", input.group_id, "groupId"),
            for_meeting_id=from_id("Meeting", input.for_meeting_id, "forMeetingId"),
            title=input.title,
            place=input.place,
            starts_at=input.starts_at,
            agenda=input.agenda,
            online_url=input.online_url,
            key=input.idempotency_key,
        )
        return Meeting.of(row)

    @strawberry.mutation(
        description="A delegate votes by name for himself and for all who sent him and have not voted themselves. "
        "Fails with AGAINST_THE_LAW when all have voted, FORBIDDEN for who does not attend, INVALID, WRONG_STATE."
    )
    @intent
    async def cast_delegate_votes(self, info: Info, input: CastDelegateVotesInput) -> MotionResult:
        row = await voting.cast_delegate_votes(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            choice=input.choice,
            key=input.idempotency_key,
        )
        info.context.forget()
        return Motion.of(row)
