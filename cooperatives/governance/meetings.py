"""Meetings of members: called in time with their agenda, opened with their quorum, closed with their minutes.

Locks: the co-op, then the meeting.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from cooperatives.governance import grouping, setting
from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.days import months_before
from cooperatives.governance.lifecycle import (
    AttendanceWay,
    MeetingEvent,
    MeetingKind,
    MeetingState,
    MotionEvent,
    MotionState,
    WrongMeetingState,
    after_meeting,
    after_motion,
)
from cooperatives.governance.mandates import count_of
from cooperatives.governance.models import Attendance, Meeting, Motion
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Cooperative, Membership
from marketplace import clock, outbox, rules
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.rules import AgainstTheLaw
from marketplace.zones import told_at

#: Who reads what a co-op's members decide.
READERS = OFFICERS | {Role.SUPERVISOR, Role.MEMBER}
MOST_AGENDA, AGENDA_LENGTH, MINUTES_LENGTH = 30, 200, 20_000
#: From when on before the start attendance is taken.
DOORS_OPEN = timedelta(hours=3)
LONGEST_AHEAD = timedelta(days=366)
MOST_AT_ONCE = 500


class NoQuorum(MarketplaceError):
    """{represented} votes are there, {needed} are needed: take down who has come, or close it and call it again."""

    code = Code.WRONG_STATE
    pesan = "Baru {represented} suara hadir, perlu {needed}: catat yang hadir, atau tutup dan undang lagi."


class TooEarly(MarketplaceError):
    """The meeting begins at {at}: it can't be done before."""

    code = Code.WRONG_STATE
    pesan = "Rapat dimulai {at}: belum bisa dilakukan."


async def call_meeting(
    actor: Actor,
    *,
    cooperative_id: UUID,
    kind: MeetingKind,
    title: str,
    place: str,
    starts_at: datetime,
    agenda: Sequence[str],
    online_url: str | None = None,
    report_ready_on: date | None = None,
    again_of: UUID | None = None,
    key: str,
) -> Meeting:
    """Call the members with an agenda, as early as the by-laws ask; an officer.

    An annual meeting names the day on which its report was ready: a month before, says the law. `again_of` names
    the meeting that lacked its quorum. Raises NotFound, Forbidden, Invalid, AgainstTheLaw.
    """
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    row = Meeting(
        id=new_id(),
        cooperative_id=cooperative_id,
        kind=kind,
        title=worded("title", title, 160),
        place=worded("place", place, 200),
        starts_at=starts_at,
        agenda=[worded(f"agenda.{n}", item, AGENDA_LENGTH) for n, item in enumerate(agenda[: MOST_AGENDA + 1])],
        online_url=None if online_url is None else worded("onlineUrl", online_url, 300),
        report_ready_on=report_ready_on,
        again_of=again_of,
        called_by=by,
    )
    if not 1 <= len(row.agenda) <= MOST_AGENDA:
        raise Invalid.field("agenda", Code.OUT_OF_RANGE, f"1 to {MOST_AGENDA} items", f"1 sampai {MOST_AGENDA} acara")
    asked = [cooperative_id, kind, title, place, starts_at, list(agenda), online_url, report_ready_on, again_of]
    async with transaction():
        cooperative = await lock_cooperative(cooperative_id)
        if (earlier := await once(by, "callMeeting", key, asked, row.pk)) is not None:
            return await Meeting.get(pk=earlier)
        _check_time(row, cooperative, await setting.by_laws_on(cooperative_id, setting.today_of(cooperative)))
        if again_of is not None:
            await _check_again(row)
        await row.save(force_create=True)
        await outbox.record("meeting.called", row.pk, {"cooperative_id": str(cooperative_id)})
    return row


def _check_time(row: Meeting, cooperative: Cooperative, laws: ByLaws) -> None:
    now, notice = clock.now(), laws[ByLaw.MEETING_NOTICE]
    if row.starts_at < now + timedelta(days=notice):
        raise AgainstTheLaw.by(
            laws.in_force[ByLaw.MEETING_NOTICE].cited(),
            f"members are called {notice} days before a meeting",
            f"undangan rapat paling lambat {notice} hari sebelumnya",
        )
    if row.starts_at > now + LONGEST_AHEAD:
        raise Invalid.field("startsAt", Code.OUT_OF_RANGE, "within a year", "dalam setahun")
    if row.kind is not MeetingKind.ANNUAL:
        return
    rule = rules.value_on("annual_meeting.report_before", laws.day)
    held_on = setting.day_in(cooperative, row.starts_at)
    if row.report_ready_on is None or not row.report_ready_on <= months_before(held_on, rule.value):
        raise AgainstTheLaw.by(
            rule,
            f"the annual report is ready {rule.value} month before the annual meeting: name its day",
            f"laporan tahunan siap {rule.value} bulan sebelum RAT: sebutkan tanggalnya",
        )


async def _check_again(row: Meeting) -> None:
    """It follows a meeting of the same kind that was closed without its quorum."""
    first = await Meeting.get_or_none(pk=row.again_of, cooperative_id=row.cooperative_id)
    if first is None:
        raise NotFound("meeting")
    if first.state is not MeetingState.CLOSED or first.opened_at is not None or first.kind is not row.kind:
        raise Invalid.field(
            "againOf", Code.INVALID, "a meeting that had no quorum", "rapat yang tidak mencapai kuorum"
        )


async def register_attendance(
    actor: Actor, *, meeting_id: UUID, membership_ids: Sequence[UUID], weight: int = 1
) -> Meeting:
    """An officer notes who has come to the hall; who was noted stays so. Raises NotFound, Invalid, AgainstTheLaw.

    `weight` above 1 is for secondary co-ops whose by-laws weight votes.
    """
    if not 1 <= len(membership_ids) <= MOST_AT_ONCE:
        raise Invalid.field("membershipIds", Code.OUT_OF_RANGE, f"1 to {MOST_AT_ONCE}", f"1 sampai {MOST_AT_ONCE}")
    async with transaction():
        row = await held_meeting(meeting_id, actor)
        await _check_weight(row, weight)
        await _check_doors(row)
        members = await (await grouping.members_of(row)).filter(pk__in=list(membership_ids))
        if len(members) < len(set(membership_ids)):
            raise NotFound("membership")
        await _note(row, members, AttendanceWay.IN_PERSON, weight, actor.account_id)
    return row


async def attend_online(actor: Actor, *, meeting_id: UUID) -> Meeting:
    """A member says that he attends on line. Raises NotFound, TooEarly, WrongMeetingState."""
    async with transaction():
        row, member = await seen_by_member(actor, meeting_id)
        await _check_doors(row)
        await _note(row, [member], AttendanceWay.ONLINE, 1, actor.account_id)
    return row


async def _note(
    row: Meeting, members: Sequence[Membership], way: AttendanceWay, weight: int, by: UUID | None
) -> None:
    rows = [
        Attendance(
            meeting_id=row.pk,
            membership_id=member.pk,
            account_id=member.account_id,
            way=way,
            weight=weight,
            entered_by=by,
        )
        for member in members
    ]
    await Attendance.bulk_create(rows, ignore_conflicts=True)


async def _check_doors(row: Meeting) -> None:
    if row.state is MeetingState.CLOSED:
        raise WrongMeetingState(state=row.state.value)
    if clock.now() < row.starts_at - DOORS_OPEN:
        raise await _too_early(row)


async def _too_early(row: Meeting) -> TooEarly:
    return TooEarly(at=told_at(row.starts_at, (await Cooperative.get(pk=row.cooperative_id)).region_code))


async def _check_weight(row: Meeting, weight: int) -> None:
    if not 1 <= weight <= 1_000_000:
        raise Invalid.field("weight", Code.OUT_OF_RANGE, "1 to 1,000,000", "1 sampai 1.000.000")
    cooperative = await Cooperative.get(pk=row.cooperative_id)
    laws = await setting.by_laws_on(row.cooperative_id, setting.today_of(cooperative))
    if weight > 1 and not laws[ByLaw.VOTES_WEIGHTED]:
        raise AgainstTheLaw.by(
            rules.value_on("votes.weighted_primary", laws.day), "one member has one vote", "satu anggota satu suara"
        )


async def open_meeting(actor: Actor, *, meeting_id: UUID) -> Meeting:
    """Open it once its quorum is there: who attends, and whose proxies are. An officer.

    Raises NotFound, Forbidden, WrongMeetingState, TooEarly, NoQuorum.
    """
    async with transaction():
        row = await held_meeting(meeting_id, actor)
        state = after_meeting(row.state, MeetingEvent.OPEN)
        if clock.now() < row.starts_at:
            raise await _too_early(row)
        count = await count_of(row)
        row.entitled, row.represented, row.needed = count.entitled, count.represented, count.needed
        if row.represented < row.needed:
            raise NoQuorum(represented=row.represented, needed=row.needed)
        row.state, row.opened_at, row.opened_by = state, clock.now(), actor.account_id
        await row.save()
        await outbox.record("meeting.opened", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def close_meeting(actor: Actor, *, meeting_id: UUID, minutes: str) -> Meeting:
    """Close it with its minutes (notulen); motions not decided lapse. A vote under way is closed first.

    Raises NotFound, Forbidden, WrongMeetingState, Invalid.
    """
    minutes = worded("minutes", minutes, MINUTES_LENGTH)
    async with transaction():
        row = await held_meeting(meeting_id, actor)
        state = after_meeting(row.state, MeetingEvent.CLOSE)
        motions = await Motion.filter(meeting_id=row.pk, state__in=[MotionState.TABLED, MotionState.VOTING])
        if any(motion.state is MotionState.VOTING for motion in motions):
            raise WrongMeetingState(state="VOTING")
        for motion in motions:
            motion.state = after_motion(motion.state, MotionEvent.LAPSE)
            motion.decided_at = clock.now()
            await motion.save(update_fields=["state", "decided_at"])
        row.state, row.minutes = state, minutes
        row.closed_at, row.closed_by = clock.now(), actor.account_id
        await row.save()
        await outbox.record("meeting.closed", row.pk, {"cooperative_id": str(row.cooperative_id)})
    return row


async def held_meeting(meeting_id: UUID, actor: Actor) -> Meeting:
    """The meeting, locked, for an officer of its co-op. Raises NotFound, Forbidden."""
    signed_in(actor)
    row = await locked_one(Meeting, meeting_id)
    if row is None or not actor.holds(*READERS, cooperative_id=row.cooperative_id):
        raise NotFound("meeting")
    require(actor, *OFFICERS, cooperative_id=row.cooperative_id)
    return row


async def seen_by_member(actor: Actor, meeting_id: UUID) -> tuple[Meeting, Membership]:
    """The meeting, locked, with the actor's own membership. Raises NotFound."""
    account_id = signed_in(actor)
    row = await locked_one(Meeting, meeting_id)
    if row is None:
        raise NotFound("meeting")
    member = await (await grouping.members_of(row)).filter(account_id=account_id).first()
    if member is None:
        raise NotFound("meeting")
    return row, member


def worded(field: str, text: str, most: int) -> str:
    """The text, trimmed; raises Invalid when it is empty or too long."""
    text = text.strip()
    if not 1 <= len(text) <= most:
        raise Invalid.field(field, Code.OUT_OF_RANGE, f"1 to {most} characters", f"1 sampai {most} huruf")
    return text
