"""Who is told of meetings, votes and what is due by law. A handler of the outbox: it writes nothing twice."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.governance.grouping import members_of
from cooperatives.governance.models import Meeting, Motion
from cooperatives.membership.models import Membership, MembershipState
from cooperatives.membership.service import cooperatives_by_id
from marketplace.identity.actor import OFFICERS, Role
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent
from marketplace.zones import zone_of

DUTY = "duty.near"
MEETING_KINDS = {"meeting.called": NoticeKind.MEETING_CALLED, "meeting.closed": NoticeKind.MEETING_CLOSED}
MOTION_KINDS = {"motion.voting": NoticeKind.VOTE_OPENED, "motion.decided": NoticeKind.MOTION_DECIDED}
EVENTS = frozenset({DUTY, *MEETING_KINDS, *MOTION_KINDS})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell members of their meetings and votes; officers and pengawas of what is due."""
    cooperative_id = UUID(event.payload["cooperative_id"])
    values = {"cooperative": await cooperative_name(cooperative_id)}
    if event.event == DUTY:
        told = ("kind", "subject", "due_on", "source", "sumber")
        values |= {name: event.payload[name] for name in told if name in event.payload}
        people = await officers_of(cooperative_id, *OFFICERS, Role.SUPERVISOR)
        await tell_all(people, NoticeKind.DUTY_NEAR, event, SubjectType.COOPERATIVE, cooperative_id, values)
        return
    kind = MEETING_KINDS.get(event.event) or MOTION_KINDS[event.event]
    if event.event in MEETING_KINDS:
        meeting: Meeting | None = await Meeting.get(pk=event.aggregate_id)
        assert meeting is not None  # never removed
        values |= {
            "title": meeting.title,
            "place": meeting.place,
            "when": await _local(cooperative_id, meeting.starts_at),
        }
    else:
        motion = await Motion.get(pk=event.aggregate_id)
        meeting = await Meeting.get_or_none(pk=motion.meeting_id)
        values |= {"title": motion.title, "state": motion.state.value}
    await tell_all(
        await _members(cooperative_id, meeting), kind, event, SubjectType.COOPERATIVE, cooperative_id, values
    )


async def _local(cooperative_id: UUID, moment: datetime) -> str:
    """The moment by the clock of the co-op's seat."""
    row = (await cooperatives_by_id([cooperative_id])).get(cooperative_id)
    return f"{moment.astimezone(ZoneInfo(zone_of(row.region_code if row else ''))):%Y-%m-%d %H:%M}"


async def _members(cooperative_id: UUID, meeting: Meeting | None) -> list[UUID]:
    """The accounts of the active members of the co-op, of a group's meeting those of the group."""
    whole = Membership.filter(cooperative_id=cooperative_id, state=MembershipState.ACTIVE)
    rows = await (whole if meeting is None else await members_of(meeting)).values("account_id")
    return sorted(row["account_id"] for row in rows)
