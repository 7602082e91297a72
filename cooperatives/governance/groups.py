"""Groups of members (kelompok), their own meetings before the general one, and the delegates whom they send.

A delegate votes for those whom he stands for as the holder of their proxies: each of them keeps his one vote, which
he may cast himself when he comes. Where by-laws allow it; they also say for how many one delegate stands at most.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cooperatives.governance import grouping, setting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import MeetingKind, MeetingState, WrongMeetingState
from cooperatives.governance.meetings import MOST_AT_ONCE, READERS, call_meeting, worded
from cooperatives.governance.models import Delegate, GroupMeeting, GroupMember, Meeting, MemberGroup, Motion, Proxy
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Cooperative, Membership, MembershipState
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.rules import AgainstTheLaw

MOST_GROUPS, NAME_LENGTH = 200, 80


async def make_group(
    actor: Actor, *, cooperative_id: UUID, name: str, membership_ids: Sequence[UUID], key: str
) -> MemberGroup:
    """Make a group with these members; who was in another leaves it. An officer.

    Raises Forbidden, NotFound, Invalid, AgainstTheLaw where by-laws allow no delegates.
    """
    by, name = signed_in(actor), worded("name", name, NAME_LENGTH)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    row = MemberGroup(id=new_id(), cooperative_id=cooperative_id, name=name)
    async with transaction():
        cooperative = await lock_cooperative(cooperative_id)
        asked = [cooperative_id, name, sorted(membership_ids)]
        if (earlier := await once(by, "makeMemberGroup", key, asked, row.pk)) is not None:
            return await MemberGroup.get(pk=earlier)
        await _check_allowed(cooperative)
        groups = MemberGroup.filter(cooperative_id=cooperative_id)
        if await groups.filter(name=name).exists():
            raise Invalid.field("name", Code.DUPLICATE, "a name of its own", "nama yang belum dipakai")
        if await groups.count() >= MOST_GROUPS:
            raise Invalid.field("name", Code.TOO_MANY, f"{MOST_GROUPS} groups", f"{MOST_GROUPS} kelompok")
        await row.save(force_create=True)
        await _put(row, membership_ids)
    return row


async def put_into_group(actor: Actor, *, group_id: UUID, membership_ids: Sequence[UUID]) -> MemberGroup:
    """Add members to a group; who was in another leaves it. An officer. Raises NotFound, Forbidden, Invalid."""
    row = await _seen(actor, group_id)
    async with transaction():
        await lock_cooperative(row.cooperative_id)
        await _put(row, membership_ids)
    return row


async def _put(row: MemberGroup, membership_ids: Sequence[UUID]) -> None:
    wanted = set(membership_ids)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Invalid.field("membershipIds", Code.OUT_OF_RANGE, f"1 to {MOST_AT_ONCE}", f"1 sampai {MOST_AT_ONCE}")
    found = Membership.filter(pk__in=list(wanted), cooperative_id=row.cooperative_id, state=MembershipState.ACTIVE)
    if await found.count() < len(wanted):
        raise NotFound("membership")
    await GroupMember.filter(membership_id__in=list(wanted)).delete()
    await GroupMember.bulk_create(GroupMember(group_id=row.pk, membership_id=id) for id in sorted(wanted))


async def _seen(actor: Actor, group_id: UUID) -> MemberGroup:
    signed_in(actor)
    row = await MemberGroup.get_or_none(pk=group_id)
    if row is None or not actor.holds(*READERS, cooperative_id=row.cooperative_id):
        raise NotFound("group")
    require(actor, *OFFICERS, cooperative_id=row.cooperative_id)
    return row


async def _check_allowed(cooperative: Cooperative) -> None:
    laws = await setting.by_laws_on(cooperative.pk, setting.today_of(cooperative))
    if not laws[ByLaw.DELEGATES_ALLOWED]:
        raise AgainstTheLaw.by(
            laws.in_force[ByLaw.DELEGATES_ALLOWED].cited(),
            "the by-laws know no group meetings with delegates",
            "AD/ART tidak mengatur rapat kelompok dengan utusan",
        )


async def call_group_meeting(
    actor: Actor,
    *,
    group_id: UUID,
    for_meeting_id: UUID,
    title: str,
    place: str,
    starts_at: datetime,
    agenda: Sequence[str],
    online_url: str | None,
    key: str,
) -> Meeting:
    """Call a group's members to their own meeting, before the one to which its delegates go. An officer.

    Raises NotFound, Forbidden, Invalid, AgainstTheLaw, WrongMeetingState when the other meeting was opened.
    """
    group = await _seen(actor, group_id)
    async with transaction():
        cooperative = await lock_cooperative(group.cooperative_id)
        await _check_allowed(cooperative)
        general = await Meeting.get_or_none(pk=for_meeting_id, cooperative_id=group.cooperative_id)
        if general is None or general.kind is MeetingKind.GROUP:
            raise NotFound("meeting")
        if general.state is not MeetingState.CALLED:
            raise WrongMeetingState(state=general.state.value)
        if starts_at >= general.starts_at:
            raise Invalid.field(
                "startsAt", Code.OUT_OF_RANGE, "before the meeting of all members", "sebelum rapat seluruh anggota"
            )
        row = await call_meeting(
            actor,
            cooperative_id=group.cooperative_id,
            kind=MeetingKind.GROUP,
            title=title,
            place=place,
            starts_at=starts_at,
            agenda=agenda,
            online_url=online_url,
            key=key,
        )
        await GroupMeeting.get_or_create(
            meeting_id=row.pk, defaults={"group_id": group_id, "for_meeting_id": for_meeting_id}
        )
    return row


async def send_delegates(motion: Motion, winners: Sequence[UUID]) -> None:
    """Let those elected stand for their group, as evenly as can be; who gave a proxy of his own keeps it.

    Caller's transaction; the co-op is locked. Raises WrongMeetingState when the general meeting was opened.
    """
    meeting = await Meeting.get(pk=motion.meeting_id)
    own = await grouping.group_meeting(meeting)
    assert own is not None  # only a group's meeting decides on this (`grouping.check_place`)
    general = await Meeting.get(pk=own.for_meeting_id)
    if general.state is not MeetingState.CALLED:
        raise WrongMeetingState(state=general.state.value)
    await _recall(own)
    members = await (await grouping.members_of(meeting)).order_by("number")
    promised = {row.giver_id for row in await Proxy.filter(meeting_id=general.pk)}
    givers = [row.pk for row in members if row.pk not in promised and row.pk not in set(winners)]
    share = {holder: givers[place :: len(winners)] for place, holder in enumerate(winners)}
    await Proxy.bulk_create(
        Proxy(meeting_id=general.pk, giver_id=giver, holder_id=holder)
        for holder, given in share.items()
        for giver in given
    )
    await Delegate.bulk_create(
        Delegate(
            meeting_id=general.pk,
            group_id=own.group_id,
            membership_id=holder,
            motion_id=motion.pk,
            stands_for=len(given) + 1,
        )
        for holder, given in share.items()
    )


async def _recall(own: GroupMeeting) -> None:
    """Take back whom the group sent before: its last word counts."""
    earlier = await Delegate.filter(meeting_id=own.for_meeting_id, group_id=own.group_id)
    holders = [row.membership_id for row in earlier]
    await Proxy.filter(meeting_id=own.for_meeting_id, holder_id__in=holders).delete()
    await Delegate.filter(pk__in=[row.pk for row in earlier]).delete()
