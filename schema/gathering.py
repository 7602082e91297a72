"""What officers and members do with meetings and motions before a vote."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.governance import deciding, meetings, motions, proxies
from cooperatives.governance.details import CarrierShare, Details
from cooperatives.governance.lifecycle import MeetingKind, MotionKind
from schema.context import Info
from schema.ids import from_id
from schema.meetings import Meeting
from schema.motions import ByLawsInput, ElectionInput, Motion
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints

MeetingResult = Annotated[
    Meeting | Problem, strawberry.union("MeetingResult", description="The meeting as it now stands, or why not.")
]
MotionResult = Annotated[
    Motion | Problem, strawberry.union("MotionResult", description="The motion as it now stands, or why not.")
]


@strawberry.input(description="A call to a meeting.")
class CallMeetingInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    kind: MeetingKind = strawberry.field(description="What it is.")
    title: str = strawberry.field(description="1 to 160 characters.")
    place: str = strawberry.field(description="1 to 200 characters.")
    starts_at: datetime = strawberry.field(description="As many days ahead as the by-laws ask.")
    agenda: list[str] = strawberry.field(description="1 to 30 items of up to 200 characters.")
    online_url: str | None = strawberry.field(description="Where one attends on line.", default=None)
    report_ready_on: date | None = strawberry.field(
        description="Of an ANNUAL meeting: when its report was ready, a month before.", default=None
    )
    again_of_id: strawberry.ID | None = strawberry.field(
        description="The Meeting that was closed without its quorum.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Who has come to the hall.")
class RegisterAttendanceInput:
    meeting_id: strawberry.ID = strawberry.field(description="The Meeting.")
    membership_ids: list[strawberry.ID] = strawberry.field(description="1 to 500 Memberships.")
    weight: int = strawberry.field(description="Above 1 in secondary co-ops that weight votes.", default=1)


@strawberry.input(description="Which meeting.")
class MeetingInput:
    meeting_id: strawberry.ID = strawberry.field(description="The Meeting.")


@strawberry.input(description="Who votes for you.")
class GiveProxyInput:
    meeting_id: strawberry.ID = strawberry.field(description="A CALLED Meeting.")
    holder_id: strawberry.ID | None = strawberry.field(
        description="The other member's Membership; or `holderNumber`.", default=None
    )
    holder_number: int | None = strawberry.field(
        description="His number in the register, as it stands on his card.", default=None
    )


@strawberry.input(description="Which meeting is over.")
class CloseMeetingInput:
    meeting_id: strawberry.ID = strawberry.field(description="The Meeting.")
    minutes: str = strawberry.field(description="1 to 20,000 characters.")


@strawberry.input(description="A motion.")
class DraftMotionInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    kind: MotionKind = strawberry.field(description="What it is about.")
    title: str = strawberry.field(description="1 to 160 characters.")
    text: str = strawberry.field(description="1 to 10,000 characters.")
    by_laws: ByLawsInput | None = strawberry.field(description="Of BY_LAWS.", default=None)
    election: ElectionInput | None = strawberry.field(description="Of ELECTION.", default=None)
    carrier_share: BasisPoints | None = strawberry.field(
        description="Of CARRIER_SHARE: what the co-op is to keep of the price of a delivery.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)

    def details(self) -> list[Details]:
        """What is given beside the words."""
        given: list[Details] = [one.read() for one in (self.by_laws, self.election) if one is not None]
        return given if self.carrier_share is None else [*given, CarrierShare(int(self.carrier_share))]


@strawberry.input(description="Which motion stands before which meeting.")
class TableMotionInput:
    motion_id: strawberry.ID = strawberry.field(description="A DRAFT.")
    meeting_id: strawberry.ID = strawberry.field(description="A Meeting of its co-op.")


@strawberry.input(description="Which motion.")
class MotionInput:
    motion_id: strawberry.ID = strawberry.field(description="The Motion.")


@strawberry.input(description="What the meeting agreed.")
class AgreeMotionInput:
    motion_id: strawberry.ID = strawberry.field(description="A TABLED motion.")
    note: str = strawberry.field(description="What is minuted, 1 to 2,000 characters.")
    elected_ids: list[strawberry.ID] = strawberry.field(
        description="Of an ELECTION: the Memberships elected, as many as seats.", default_factory=list
    )


def memberships(ids: Sequence[strawberry.ID], field: str, most: int) -> list[UUID]:
    """The uuids of Memberships; one more than `most` at the most, for the service to refuse."""
    return [from_id("Membership", id, f"{field}.{n}") for n, id in enumerate(ids[: most + 1])]


@strawberry.type
class GatheringMutation:
    @strawberry.mutation(
        description="An officer calls members to a meeting. Fails with AGAINST_THE_LAW when it is too soon or the "
        "annual report was late, INVALID, FORBIDDEN."
    )
    @intent
    async def call_meeting(self, info: Info, input: CallMeetingInput) -> MeetingResult:
        again = None if input.again_of_id is None else from_id("Meeting", input.again_of_id, "againOfId")
        row = await meetings.call_meeting(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            kind=input.kind,
            title=input.title,
            place=input.place,
            starts_at=input.starts_at,
            agenda=input.agenda,
            online_url=input.online_url,
            report_ready_on=input.report_ready_on,
            again_of=again,
            key=input.idempotency_key,
        )
        return Meeting.of(row)

    @strawberry.mutation(
        description="An officer takes down who has come, from three hours before it begins. Fails with NOT_FOUND, "
        "WRONG_STATE, AGAINST_THE_LAW for a weight in a primary co-op, FORBIDDEN."
    )
    @intent
    async def register_attendance(self, info: Info, input: RegisterAttendanceInput) -> MeetingResult:
        row = await meetings.register_attendance(
            info.context.actor,
            meeting_id=from_id("Meeting", input.meeting_id, "meetingId"),
            membership_ids=memberships(input.membership_ids, "membershipIds", meetings.MOST_AT_ONCE),
            weight=input.weight,
        )
        return Meeting.of(row)

    @strawberry.mutation(description="Attend on line, as a member. Fails with NOT_FOUND, WRONG_STATE.")
    @intent
    async def attend_meeting(self, info: Info, input: MeetingInput) -> MeetingResult:
        id = from_id("Meeting", input.meeting_id, "meetingId")
        return Meeting.of(await meetings.attend_online(info.context.actor, meeting_id=id))

    @strawberry.mutation(
        description="Let another member vote for you, before the meeting is opened; the last one you name counts. "
        "Fails with AGAINST_THE_LAW where the by-laws don't allow it, NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def give_proxy(self, info: Info, input: GiveProxyInput) -> MeetingResult:
        row = await proxies.give_proxy(
            info.context.actor,
            meeting_id=from_id("Meeting", input.meeting_id, "meetingId"),
            holder_id=None if input.holder_id is None else from_id("Membership", input.holder_id, "holderId"),
            holder_number=input.holder_number,
        )
        return Meeting.of(row)

    @strawberry.mutation(
        description="Vote yourself after all, before the meeting is opened: nobody holds your proxy any more. Fails "
        "with NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def withdraw_proxy(self, info: Info, input: MeetingInput) -> MeetingResult:
        id = from_id("Meeting", input.meeting_id, "meetingId")
        return Meeting.of(await proxies.withdraw_proxy(info.context.actor, meeting_id=id))

    @strawberry.mutation(
        description="An officer opens the meeting once its quorum is there. Fails with WRONG_STATE saying how many "
        "votes are there and needed, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def open_meeting(self, info: Info, input: MeetingInput) -> MeetingResult:
        id = from_id("Meeting", input.meeting_id, "meetingId")
        return Meeting.of(await meetings.open_meeting(info.context.actor, meeting_id=id))

    @strawberry.mutation(
        description="An officer closes the meeting with its minutes; what was not decided lapses. Fails with "
        "WRONG_STATE while a vote goes on, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def close_meeting(self, info: Info, input: CloseMeetingInput) -> MeetingResult:
        id = from_id("Meeting", input.meeting_id, "meetingId")
        row = await meetings.close_meeting(info.context.actor, meeting_id=id, minutes=input.minutes)
        return Meeting.of(row)

    @strawberry.mutation(
        description="Write a motion, as a member, officer or pengawas. Fails with AGAINST_THE_LAW naming the article "
        "that it would break, INVALID, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def draft_motion(self, info: Info, input: DraftMotionInput) -> MotionResult:
        row = await motions.draft_motion(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            kind=input.kind,
            title=input.title,
            text=input.text,
            details=input.details(),
            key=input.idempotency_key,
        )
        return Motion.of(row)

    @strawberry.mutation(
        description="Put a draft before a meeting: an officer, or who wrote it. But for OTHER, before the meeting is "
        "opened. Fails with WRONG_STATE, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def table_motion(self, info: Info, input: TableMotionInput) -> MotionResult:
        row = await motions.table_motion(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            meeting_id=from_id("Meeting", input.meeting_id, "meetingId"),
        )
        return Motion.of(row)

    @strawberry.mutation(
        description="Take back a motion on which nobody votes yet: who wrote it, or the chair. Fails with "
        "WRONG_STATE, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def withdraw_motion(self, info: Info, input: MotionInput) -> MotionResult:
        id = from_id("Motion", input.motion_id, "motionId")
        return Motion.of(await motions.withdraw_motion(info.context.actor, motion_id=id))

    @strawberry.mutation(
        description="Musyawarah: an officer minutes that the meeting agreed; the motion is ADOPTED. Fails with "
        "WRONG_STATE, INVALID, AGAINST_THE_LAW, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def agree_motion(self, info: Info, input: AgreeMotionInput) -> MotionResult:
        row = await deciding.agree_motion(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            note=input.note,
            elected=memberships(input.elected_ids, "electedIds", 50),
        )
        info.context.forget()
        return Motion.of(row)
