"""Group meetings before the general one: groups send delegates, who vote for those who sent them, one vote each."""

from datetime import timedelta
from uuid import UUID

import pytest

from cooperatives.governance import deciding, groups, meetings, motions, setting, voting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import Election
from cooperatives.governance.grouping import NotAGroupsToDecide
from cooperatives.governance.lifecycle import MeetingKind, MotionKind, MotionState, WrongMeetingState
from cooperatives.governance.meetings import NoQuorum
from cooperatives.governance.models import Delegate, GroupMember, Meeting, MemberGroup, Motion, Proxy
from cooperatives.governance.voting import NotThere
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Forbidden, Role
from marketplace.notices import governing
from marketplace.notices.models import Notice
from marketplace.outbox import OutboxEvent
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.governance.hall import Hall, hall, later

pytestmark = pytest.mark.anyio
WEEK, FORTNIGHT = timedelta(days=8), timedelta(days=16)


async def town(members: int = 12) -> Hall:
    """A co-op whose by-laws let groups send a delegate for each four members."""
    made = await hall(members)
    values = {ByLaw.DELEGATES_ALLOWED: 1, ByLaw.MEMBERS_A_DELEGATE: 4}
    async with transaction():
        await setting.write_by_laws(
            made.cooperative, values, since=clock.now().date() - timedelta(days=1), decision="Akta", by=None
        )
    return made


async def group(made: Hall, ids: list[UUID], name: str = "Wonokromo", who: Actor | None = None) -> MemberGroup:
    return await groups.make_group(
        who or made.chair, cooperative_id=made.cooperative.pk, name=name, membership_ids=ids, key=f"g-{name}"
    )


async def general(made: Hall) -> Meeting:
    return await meetings.call_meeting(
        made.chair,
        cooperative_id=made.cooperative.pk,
        kind=MeetingKind.EXTRAORDINARY,
        title="Rapat anggota",
        place="Balai kota",
        starts_at=clock.now() + FORTNIGHT,
        agenda=["Usul"],
        key=str(new_id()),
    )


async def own_meeting(made: Hall, of: MemberGroup, before: Meeting, key: str = "m") -> Meeting:
    return await groups.call_group_meeting(
        made.chair,
        group_id=of.pk,
        for_meeting_id=before.pk,
        title="Rapat kelompok",
        place="Pangkalan",
        starts_at=clock.now() + WEEK,
        agenda=["Utusan"],
        online_url=None,
        key=key,
    )


async def election(made: Hall, candidates: list[UUID], seats: int) -> Motion:
    return await made.draft(MotionKind.ELECTION, Election(Role.MEMBER, seats, 1, tuple(candidates)))


async def sent(made: Hall, ids: list[UUID], elected: list[UUID]) -> tuple[Meeting, Motion]:
    """The group of `ids` has met and sent `elected` to the general meeting; a motion stands before that."""
    whole, of = await general(made), await group(made, ids)
    usul = await made.draft()
    await motions.table_motion(made.chair, motion_id=usul.pk, meeting_id=whole.pk)
    meeting = await own_meeting(made, of, whole)
    delegates = await election(made, elected, len(elected))
    await motions.table_motion(made.chair, motion_id=delegates.pk, meeting_id=meeting.pk)
    later(WEEK)
    await meetings.register_attendance(made.chair, meeting_id=meeting.pk, membership_ids=ids)
    opened = await meetings.open_meeting(made.chair, meeting_id=meeting.pk)
    assert (opened.entitled, opened.represented) == (len(ids), len(ids))
    await deciding.agree_motion(made.chair, motion_id=delegates.pk, note="Mufakat", elected=elected)
    return whole, usul


async def test_delegates_carry_the_votes_of_those_who_sent_them_one_each(db: object) -> None:
    made = await town()
    ids, two = made.memberships[:8], made.memberships[:2]
    whole, usul = await sent(made, ids, two)
    assert [row.stands_for for row in await Delegate.all()] == [4, 4]
    later(WEEK)
    officers = made.memberships[-3:]
    await meetings.register_attendance(made.chair, meeting_id=whole.pk, membership_ids=[*two, *officers])
    opened = await meetings.open_meeting(made.chair, meeting_id=whole.pk)
    assert (opened.entitled, opened.represented) == (12, 11)
    await motions.open_vote(made.chair, motion_id=usul.pk, is_secret=False)
    # one of those who sent him comes after all, and votes himself: his delegate has one vote less
    given = await Proxy.filter(meeting_id=whole.pk, holder_id=two[0]).first()
    assert given is not None
    himself = made.members[made.memberships.index(given.giver_id)]
    await meetings.attend_online(himself, meeting_id=whole.pk)
    await voting.cast_vote(himself, motion_id=usul.pk, choice=["AGAINST"], key="self")
    for place in (0, 1, 0):
        await voting.cast_delegate_votes(made.members[place], motion_id=usul.pk, choice=["FOR"], key="all")
    with pytest.raises(AgainstTheLaw, match="one member has one vote"):
        await voting.cast_delegate_votes(made.members[0], motion_id=usul.pk, choice=["FOR"], key="again")
    with pytest.raises(NotThere):
        await voting.cast_delegate_votes(made.members[5], motion_id=usul.pk, choice=["FOR"], key="x")
    closed = await deciding.close_vote(made.chair, motion_id=usul.pk)
    assert (closed.state, closed.tally) == (MotionState.ADOPTED, {"FOR": 7, "AGAINST": 1, "ABSTAIN": 0})


async def test_what_is_not_a_groups_to_decide_is_refused(db: object) -> None:
    made = await town()
    ids = made.memberships[:8]
    whole, of = await general(made), await group(made, ids)
    meeting = await own_meeting(made, of, whole)
    accounts = await made.draft(MotionKind.ACCOUNTS)
    for motion, where, refused in (
        (accounts, meeting, NotAGroupsToDecide),  # all members'
        (await election(made, ids[:2], 2), whole, NotAGroupsToDecide),  # a group's own
        (await election(made, ids[:1], 1), meeting, Invalid),  # one can't stand for eight
        (await election(made, [ids[0], made.memberships[9]], 2), meeting, Invalid),  # of another group
    ):
        with pytest.raises(refused):
            await motions.table_motion(made.chair, motion_id=motion.pk, meeting_id=where.pk)
    later(WEEK)
    with pytest.raises(NotFound):  # no member of the group
        await meetings.register_attendance(
            made.chair, meeting_id=meeting.pk, membership_ids=[ids[0], made.memberships[9]]
        )
    with pytest.raises(NotFound):
        await meetings.attend_online(made.members[9], meeting_id=meeting.pk)
    await meetings.register_attendance(made.chair, meeting_id=meeting.pk, membership_ids=ids[:4])
    with pytest.raises(NoQuorum):  # of the group's eight more than half
        await meetings.open_meeting(made.chair, meeting_id=meeting.pk)
    later(WEEK)
    await meetings.register_attendance(made.chair, meeting_id=whole.pk, membership_ids=made.memberships)
    await meetings.open_meeting(made.chair, meeting_id=whole.pk)
    with pytest.raises(WrongMeetingState):
        await own_meeting(made, of, whole, "late")
    assert await Delegate.all().count() == await Proxy.all().count() == 0


async def test_groups_are_made_by_officers_where_by_laws_allow_it(db: object) -> None:
    bare = await hall(5)
    with pytest.raises(AgainstTheLaw, match="no group meetings"):
        await group(bare, bare.memberships[:3])


async def test_a_member_is_in_one_group_and_is_told_of_its_meetings_alone(db: object) -> None:
    made = await town()
    first = await group(made, made.memberships[:6])
    assert (await group(made, made.memberships[:6])).pk == first.pk
    for refused, who, name, ids in (
        (Forbidden, made.members[0], "Rungkut", made.memberships[:1]),
        (NotFound, made.chair, "Rungkut", [new_id()]),
        (Invalid, made.chair, "Wonokromo", made.memberships[:2]),
        (Invalid, made.chair, "Rungkut", []),
    ):
        with pytest.raises(refused):
            await groups.make_group(
                who, cooperative_id=made.cooperative.pk, name=name, membership_ids=ids, key=str(new_id())
            )
    second = await group(made, made.memberships[5:8], "Rungkut")
    await groups.put_into_group(made.chair, group_id=second.pk, membership_ids=made.memberships[4:5])
    assert await GroupMember.filter(group_id=first.pk).count() == 4
    meeting = await own_meeting(made, second, await general(made))
    told = {"cooperative_id": str(made.cooperative.pk)}
    event = OutboxEvent(handler="h", event="meeting.called", aggregate_id=meeting.pk, payload=told)
    await governing.tell(None, event)
    assert await Notice.all().count() == 4
