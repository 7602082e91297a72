"""What members read of their co-op's meetings, motions and terms of office."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.functions import Count

from cooperatives.governance.lifecycle import MotionState
from cooperatives.governance.meetings import READERS
from cooperatives.governance.models import (
    Attendance,
    Delegate,
    GroupMeeting,
    GroupMember,
    Meeting,
    MemberGroup,
    Motion,
    OfficeTerm,
    PaperBallots,
    VotingRight,
)
from marketplace.batches import rows_by
from marketplace.identity.actor import Actor, Role, require
from marketplace.paging import Page, page_by_id


def sees(actor: Actor, cooperative_id: UUID) -> bool:
    """Whether the actor has to do with the co-op, or is the pembina."""
    is_own = actor.holds(*READERS, cooperative_id=cooperative_id)
    return is_own or actor.holds(Role.GOVERNMENT_SUPERVISOR)


async def meetings_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[Meeting]:
    """The co-op's meetings, newest first; for who has to do with it, else none."""
    if not sees(actor, cooperative_id):
        return Page([], [], False)
    return await page_by_id(Meeting.filter(cooperative_id=cooperative_id), first=first, after=after)


async def motions_of(
    actor: Actor, cooperative_id: UUID, *, state: MotionState | None, first: int, after: str | None
) -> Page[Motion]:
    """The co-op's motions, newest first; for who has to do with it, else none."""
    if not sees(actor, cooperative_id):
        return Page([], [], False)
    found = Motion.filter(cooperative_id=cooperative_id)
    return await page_by_id(found if state is None else found.filter(state=state), first=first, after=after)


async def attendance_of(actor: Actor, meeting: Meeting, *, first: int, after: str | None) -> Page[Attendance]:
    """Who attends a meeting, in the order in which they came; for who has to do with the co-op. Raises Forbidden."""
    require(actor, *READERS, cooperative_id=meeting.cooperative_id)
    return await page_by_id(Attendance.filter(meeting_id=meeting.pk), first=first, after=after, newest_first=False)


async def visible_meeting(actor: Actor, id: UUID) -> Meeting | None:
    """The meeting, for who has to do with its co-op."""
    row = await Meeting.get_or_none(pk=id)
    return row if row is not None and sees(actor, row.cooperative_id) else None


async def visible_motion(actor: Actor, id: UUID) -> Motion | None:
    """The motion, for who has to do with its co-op."""
    row = await Motion.get_or_none(pk=id)
    return row if row is not None and sees(actor, row.cooperative_id) else None


async def meetings_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Meeting]:
    """The meetings with these ids. One statement."""
    return {row.pk: row for row in await rows_by(Meeting, "id", ids)}


async def motions_by_meeting(ids: Sequence[UUID]) -> Mapping[UUID, list[Motion]]:
    """What stands before each of these meetings, oldest first. One statement."""
    found: dict[UUID, list[Motion]] = {id: [] for id in ids}
    for row in await rows_by(Motion, "meeting_id", ids, order="id"):
        if row.meeting_id is not None:
            found[row.meeting_id].append(row)
    return found


async def papers_by_motion(ids: Sequence[UUID]) -> Mapping[UUID, list[PaperBallots]]:
    """The paper ballots that were entered for each of these motions. One statement."""
    found: dict[UUID, list[PaperBallots]] = {id: [] for id in ids}
    for row in await rows_by(PaperBallots, "motion_id", ids, order="id"):
        found[row.motion_id].append(row)
    return found


async def right_used(membership_ids: Sequence[UUID], motion_id: UUID) -> VotingRight | None:
    """How one of these memberships used its vote on the motion; None: it did not."""
    return await VotingRight.filter(motion_id=motion_id, membership_id__in=list(membership_ids)).first()


async def terms_of(cooperative_id: UUID) -> list[OfficeTerm]:
    """Who was elected to what and until when, of terms that nobody ended, oldest first."""
    return await OfficeTerm.filter(cooperative_id=cooperative_id, ended_on=None).order_by("id")


async def groups_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[MemberGroup]:
    """The co-op's groups of members, oldest first; for who has to do with it, else none."""
    if not sees(actor, cooperative_id):
        return Page([], [], False)
    found = MemberGroup.filter(cooperative_id=cooperative_id)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def groups_by_id(ids: Sequence[UUID]) -> Mapping[UUID, MemberGroup]:
    """The groups with these ids. One statement."""
    return {row.pk: row for row in await rows_by(MemberGroup, "id", ids)}


async def group_members(actor: Actor, group: MemberGroup, *, first: int, after: str | None) -> Page[GroupMember]:
    """Who belongs to a group; for who has to do with the co-op. Raises Forbidden."""
    require(actor, *READERS, cooperative_id=group.cooperative_id)
    return await page_by_id(GroupMember.filter(group_id=group.pk), first=first, after=after, newest_first=False)


async def sizes_by_group(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many members each of these groups has. One statement."""
    found = GroupMember.filter(group_id__in=list(ids)).annotate(members=Count("id")).group_by("group_id")
    return {UUID(str(row["group_id"])): int(row["members"]) for row in await found.values("group_id", "members")}


async def group_meetings_by_meeting(ids: Sequence[UUID]) -> Mapping[UUID, GroupMeeting]:
    """Of these meetings those that are a group's own. One statement."""
    return {row.meeting_id: row for row in await rows_by(GroupMeeting, "meeting_id", ids)}


async def delegates_by_meeting(ids: Sequence[UUID]) -> Mapping[UUID, list[Delegate]]:
    """The delegates sent to each of these meetings. One statement."""
    found: dict[UUID, list[Delegate]] = {id: [] for id in ids}
    for row in await rows_by(Delegate, "meeting_id", ids, order="id"):
        found[row.meeting_id].append(row)
    return found
