"""Meetings of a co-op's members."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.governance import duties, reading, reminding
from cooperatives.governance import models as rows
from cooperatives.governance.duties import DutyKind
from cooperatives.governance.lifecycle import AttendanceWay, MeetingKind, MeetingState, MotionState
from cooperatives.membership import models as cooperative_rows
from cooperatives.membership import service as membership
from marketplace.identity.actor import Role
from schema.annual_reports import MeetingReport
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import to_id
from schema.mandates import MeetingMandates
from schema.member_groups import MeetingGroups
from schema.memberships import Membership
from schema.motions import Motion
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.rules import Rule

described(
    MeetingKind,
    "What a meeting is.",
    {
        "ANNUAL": "RAT: the officers account for the year.",
        "EXTRAORDINARY": "Rapat anggota luar biasa.",
        "PLAN": "On the work plan and the budget (RK/RAPB).",
        "GROUP": "Rapat kelompok, before the annual meeting.",
    },
)
described(
    MeetingState,
    "Where a meeting stands.",
    {
        "CALLED": "Members were called.",
        "OPEN": "Its quorum is there; it decides.",
        "CLOSED": "Over, with its minutes; `openedAt` is null when it never had its quorum.",
    },
)
described(
    DutyKind,
    "What the law or the by-laws ask of a co-op.",
    {
        "ANNUAL_REPORT": "The annual report is ready.",
        "CALL_ANNUAL_MEETING": "Members are called to the annual meeting.",
        "ANNUAL_MEETING": "The annual meeting (RAT) is held.",
        "ELECTION": "A term of office ends: members elect.",
    },
)


@strawberry.type(description="That a member attends a meeting.")
class Attendee:
    row: strawberry.Private[rows.Attendance]
    way: AttendanceWay = strawberry.field(description="In the hall or on line.")
    weight: int = strawberry.field(description="Of his vote: 1 but in secondary co-ops.")
    came_at: datetime = strawberry.field(description="When he was taken down.")

    @classmethod
    def of(cls, row: rows.Attendance) -> "Attendee":
        return cls(row=row, way=row.way, weight=row.weight, came_at=row.created_at)

    @strawberry.field(description="The member.")
    async def membership(self, info: Info) -> Membership | None:
        row = await info.context.load(membership.memberships_by_id, self.row.membership_id)
        return None if row is None else Membership.of(row)


@strawberry.type(description="A meeting of a co-op's members.")
class Meeting(MeetingGroups, MeetingMandates, MeetingReport, Node):
    row: strawberry.Private[rows.Meeting]
    kind: MeetingKind = strawberry.field(description="What it is.")
    state: MeetingState = strawberry.field(description="Where it stands.")
    title: str = strawberry.field(description="In a line.")
    place: str = strawberry.field(description="Where it is held.")
    online_url: str | None = strawberry.field(description="Where one attends on line.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    agenda: list[str] = strawberry.field(description="What it is about, in order.")
    report_ready_on: date | None = strawberry.field(description="Of the annual meeting: when its report was ready.")
    entitled: int | None = strawberry.field(description="Members as it was opened.")
    represented: int | None = strawberry.field(description="Votes that were there, proxies counted.")
    needed: int | None = strawberry.field(description="Votes that its quorum took.")
    opened_at: datetime | None = strawberry.field(description="When it was opened.")
    closed_at: datetime | None = strawberry.field(description="When it was closed.")
    minutes: str | None = strawberry.field(description="Its minutes (notulen).")

    @classmethod
    def of(cls, row: rows.Meeting) -> "Meeting":
        return cls(
            id=to_id("Meeting", row.pk),
            row=row,
            kind=row.kind,
            state=row.state,
            title=row.title,
            place=row.place,
            online_url=row.online_url,
            starts_at=row.starts_at,
            agenda=row.agenda,
            report_ready_on=row.report_ready_on,
            entitled=row.entitled,
            represented=row.represented,
            needed=row.needed,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            minutes=row.minutes,
        )

    @strawberry.field(description="What stands before it, oldest first.", directives=[cost(2, rows=10)])
    async def motions(self, info: Info) -> list[Motion]:
        found = await info.context.load(reading.motions_by_meeting, self.row.pk)
        return [Motion.of(row) for row in found or []]

    @strawberry.field(
        description="Who attends, in the order in which they came; the co-op's members only.", directives=[LISTED]
    )
    async def attendees(self, info: Info, first: First = 20, after: After = None) -> Connection[Attendee]:
        page = await reading.attendance_of(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, Attendee.of, after=after)


@strawberry.type(description="How long who was elected holds an office.")
class OfficeTerm:
    row: strawberry.Private[rows.OfficeTerm]
    role: Role = strawberry.field(description="The office.")
    since: date = strawberry.field(description="From this day on.")
    until: date = strawberry.field(description="The term ends on this day.")
    motion_id: strawberry.ID = strawberry.field(description="The Motion by which members elected.")

    @classmethod
    def of(cls, row: rows.OfficeTerm) -> "OfficeTerm":
        return cls(row=row, role=row.role, since=row.since, until=row.until, motion_id=to_id("Motion", row.motion_id))

    @strawberry.field(description="Who was elected.")
    async def name(self, info: Info) -> str:
        from schema.accounts import account_of

        found = await account_of(info, self.row.account_id)
        return "" if found is None else found.name


@strawberry.type(description="Something that the law or the by-laws ask of a co-op by a day.")
class Duty:
    kind: DutyKind = strawberry.field(description="What it is.")
    subject: str = strawberry.field(description="The book year that ended, or the office whose term ends.")
    due_on: date = strawberry.field(description="By this day.")
    rules: list[Rule] = strawberry.field(description="What asks for it; the first sets the day.")

    @classmethod
    def of(cls, found: duties.Duty) -> "Duty":
        by = [Rule.of(rule) for rule in found.rules]
        return cls(kind=found.kind, subject=found.subject, due_on=found.due_on, rules=by)


@strawberry.type
class CooperativeMeetings:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Its meetings, newest first; its members, officers and pengawas, and the pembina; else empty.",
        directives=[LISTED],
    )
    async def meetings(self, info: Info, first: First = 20, after: After = None) -> Connection[Meeting]:
        page = await reading.meetings_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, Meeting.of, after=after)

    @strawberry.field(
        description="Its motions, newest first; its members, officers and pengawas, and the pembina; else empty.",
        directives=[LISTED],
    )
    async def motions(
        self,
        info: Info,
        state: Annotated[MotionState | None, strawberry.argument(description="Only those that stand so.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Motion]:
        page = await reading.motions_of(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, Motion.of, after=after)

    @strawberry.field(
        description="The legal calendar: what it has still to do, soonest first; for its members, officers and "
        "pengawas, and the pembina; else empty.",
        directives=[cost(5, rows=5)],
    )
    async def duties(self, info: Info) -> list[Duty]:
        if not reading.sees(info.context.actor, self.row.pk):
            return []
        return [Duty.of(found) for found in (await reminding.duties_of([self.row]))[self.row.pk]]

    @strawberry.field(
        description="Officers and pengawas whom members elected, with their terms, for anyone.",
        directives=[cost(5, rows=5)],
    )
    async def office_terms(self) -> list[OfficeTerm]:
        return [OfficeTerm.of(row) for row in await reading.terms_of(self.row.pk)]


@finds("Meeting")
async def find_meeting(info: Info, id: UUID) -> Meeting | None:
    row = await reading.visible_meeting(info.context.actor, id)
    return None if row is None else Meeting.of(row)
