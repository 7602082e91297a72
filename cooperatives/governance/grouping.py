"""Who belongs to a meeting: all members of the co-op, or those of the group whose own meeting it is."""

from uuid import UUID

from tortoise.queryset import QuerySet

from cooperatives.governance.details import Election
from cooperatives.governance.lifecycle import MeetingKind, MotionKind
from cooperatives.governance.models import GroupMeeting, GroupMember, Meeting, Motion
from cooperatives.membership.entries import voters
from cooperatives.membership.models import Membership
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.identity.actor import Role


class NotAGroupsToDecide(MarketplaceError):
    """A group's meeting advises and sends delegates: this belongs before the meeting of all members."""

    code = Code.WRONG_STATE
    pesan = "Rapat kelompok membahas dan memilih utusan: usul ini harus diajukan ke rapat seluruh anggota."


async def group_meeting(meeting: Meeting) -> GroupMeeting | None:
    """Which group's own meeting it is; None: all members'."""
    return None if meeting.kind is not MeetingKind.GROUP else await GroupMeeting.get_or_none(meeting_id=meeting.pk)


async def members_of(meeting: Meeting) -> QuerySet[Membership]:
    """Its active members: who may attend and counts for the quorum."""
    active = voters(meeting.cooperative_id)
    own = await group_meeting(meeting)
    return active if own is None else active.filter(pk__in=await ids_of(own.group_id))


async def ids_of(group_id: UUID) -> list[UUID]:
    """The memberships that a group has."""
    return [row.membership_id for row in await GroupMember.filter(group_id=group_id).only("id", "membership_id")]


def sends_delegates(motion: Motion) -> bool:
    """Whether it elects delegates (utusan), not officers."""
    return motion.kind is MotionKind.ELECTION and Election.read(motion.details).role is Role.MEMBER


async def check_place(motion: Motion, meeting: Meeting, most_a_delegate: int) -> None:
    """Go on when this meeting may decide on this motion.

    A group elects its delegates, enough of them and from among itself, and talks over what it likes; all else is
    decided by all members. Raises NotAGroupsToDecide, Invalid.
    """
    own = await group_meeting(meeting)
    is_delegates = sends_delegates(motion)
    if (meeting.kind is MeetingKind.GROUP and motion.kind is not MotionKind.OTHER and not is_delegates) or (
        is_delegates and own is None
    ):
        raise NotAGroupsToDecide
    if own is None or not is_delegates:
        return
    election, group = Election.read(motion.details), await (await members_of(meeting)).values_list("id", flat=True)
    if not set(election.candidates) <= {UUID(str(id)) for id in group}:
        raise Invalid.field("election.candidateIds", Code.INVALID, "members of this group", "anggota kelompok ini")
    needed = -(-len(group) // most_a_delegate)
    if min(election.seats, len(election.candidates)) < needed:
        raise Invalid.field(
            "election.seats",
            Code.OUT_OF_RANGE,
            f"{needed} or more delegates: one stands for {most_a_delegate} members at most",
            f"{needed} utusan atau lebih: seorang mewakili paling banyak {most_a_delegate} anggota",
        )
