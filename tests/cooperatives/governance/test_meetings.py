"""Meetings, motions and elections, as members and officers live them."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from cooperatives.governance import deciding, meetings, motions, proxies, publishing, results, service, voting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import CarrierShare, Election, NewByLaws
from cooperatives.governance.lifecycle import (
    MEETING,
    MOTION,
    MeetingEvent,
    MeetingKind,
    MeetingState,
    MotionEvent,
    MotionKind,
    MotionState,
    WrongMeetingState,
    WrongMotionState,
    after_meeting,
    after_motion,
)
from cooperatives.governance.models import Motion, OfficeTerm
from cooperatives.membership.models import Cooperative, Membership, MembershipState
from marketplace import clock
from marketplace.database import new_id
from marketplace.errors import Invalid, NotFound
from marketplace.identity import service as identity
from marketplace.identity.actor import Forbidden, Role
from marketplace.rules import AgainstTheLaw
from tests.cooperatives.governance.hall import NOTICE, Hall, hall, later
from tests.cooperatives.membership.people import acting, person

TODAY = date(2026, 1, 1)


@pytest.mark.parametrize("state", list(MeetingState))
@pytest.mark.parametrize("event", list(MeetingEvent))
def test_the_table_of_meetings_is_the_whole_of_their_life(state: MeetingState, event: MeetingEvent) -> None:
    if (state, event) in MEETING:
        assert after_meeting(state, event) is MEETING[state, event]
    else:
        with pytest.raises(WrongMeetingState):
            after_meeting(state, event)


@pytest.mark.parametrize("state", list(MotionState))
@pytest.mark.parametrize("event", list(MotionEvent))
def test_the_table_of_motions_is_the_whole_of_their_life(state: MotionState, event: MotionEvent) -> None:
    if (state, event) in MOTION:
        assert after_motion(state, event) is MOTION[state, event]
    else:
        with pytest.raises(WrongMotionState):
            after_motion(state, event)


pytestmark = pytest.mark.anyio


async def cast(motion: Motion, made: Hall, choices: list[list[str]]) -> None:
    for voter, choice in zip(made.members, choices, strict=False):
        await voting.cast_vote(voter, motion_id=motion.pk, choice=choice, key=str(new_id()))


async def test_a_meeting_called_too_late_is_refused(db: object) -> None:
    made = await hall()
    with pytest.raises(AgainstTheLaw, match=r"7 days before.*AD/ART"):
        await meetings.call_meeting(
            made.chair,
            cooperative_id=made.cooperative.pk,
            kind=MeetingKind.EXTRAORDINARY,
            title="Rapat",
            place="Balai",
            starts_at=clock.now() + timedelta(days=6),
            agenda=["Usul"],
            key="k",
        )


async def test_an_annual_meeting_names_the_report_that_was_ready_a_month_before(db: object) -> None:
    made = await hall()
    with pytest.raises(AgainstTheLaw, match=r"UU 25/1992 art\. 35"):
        await made.call(kind=MeetingKind.ANNUAL)


async def test_without_its_quorum_a_meeting_is_not_opened_and_the_next_needs_less(db: object) -> None:
    made = await hall()
    first = await made.call()
    with pytest.raises(meetings.TooEarly):
        await meetings.register_attendance(made.chair, meeting_id=first.pk, membership_ids=made.memberships[:6])
    later(NOTICE)
    await meetings.register_attendance(made.chair, meeting_id=first.pk, membership_ids=made.memberships[:6])
    with pytest.raises(meetings.NoQuorum, match="6 votes are there, 7 are needed"):
        await meetings.open_meeting(made.chair, meeting_id=first.pk)
    await meetings.close_meeting(made.chair, meeting_id=first.pk, minutes="Kuorum tidak tercapai")
    second = await made.call(again_of=first.pk)
    later(NOTICE)
    await meetings.register_attendance(made.chair, meeting_id=second.pk, membership_ids=made.memberships[:2])
    for voter in made.members[2:3]:
        await meetings.attend_online(voter, meeting_id=second.pk)
    opened = await meetings.open_meeting(made.chair, meeting_id=second.pk)
    assert (opened.entitled, opened.represented, opened.needed) == (12, 3, 3)


async def test_an_adopted_motion_changes_the_by_laws_and_nothing_else_does(db: object) -> None:
    made = await hall()
    new = NewByLaws({ByLaw.SAVINGS_MANDATORY_MONTHLY: 50_000}, TODAY)
    motion = await made.draft(MotionKind.BY_LAWS, new, title="Simpanan wajib naik")
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    await cast(motion, made, [["FOR"]] * 8 + [["AGAINST"]] * 3 + [["ABSTAIN"]])
    today = service.today_of(made.cooperative)
    assert (await service.value_on(made.cooperative.pk, ByLaw.SAVINGS_MANDATORY_MONTHLY, today)).value == 20_000
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    assert closed.state is MotionState.ADOPTED
    found = await service.value_on(made.cooperative.pk, ByLaw.SAVINGS_MANDATORY_MONTHLY, today)
    assert (found.value, found.cited().article) == (50_000, str(motion.pk))
    assert (await service.adopted(motion.pk, MotionKind.BY_LAWS, cooperative_id=made.cooperative.pk)).pk == motion.pk
    with pytest.raises(service.NotAdopted):
        await service.adopted(motion.pk, MotionKind.SURPLUS, cooperative_id=made.cooperative.pk)
    file = await publishing.results_file(made.members[3], motion.pk)
    assert file is not None
    assert results.audit(file) == []
    assert await publishing.audited(closed) == []


async def test_an_adopted_share_counts_for_deliveries_taken_from_then_on(db: object) -> None:
    made = await hall(5)
    with pytest.raises(Invalid):
        await made.draft(MotionKind.CARRIER_SHARE, CarrierShare(10_001))
    with pytest.raises(Invalid):
        await made.draft(MotionKind.CARRIER_SHARE)
    motion = await made.draft(MotionKind.CARRIER_SHARE, CarrierShare(650))
    await made.gathered(motion)
    assert (await Cooperative.get(pk=made.cooperative.pk)).carrier_share_bp == 800
    await deciding.agree_motion(made.chair, motion_id=motion.pk, note="Bulat")
    changed = await Cooperative.get(pk=made.cooperative.pk)
    assert changed.carrier_share_bp == changed.carrier_share_at(None) == 650
    assert changed.carrier_share_changed_at is not None
    moment = timedelta(seconds=1)
    at = [changed.carrier_share_changed_at + moment * n for n in (-1, 0, 1)]
    assert [changed.carrier_share_at(one) for one in at] == [800, 650, 650]


async def test_by_laws_need_two_thirds(db: object) -> None:
    made = await hall()
    motion = await made.draft(MotionKind.BY_LAWS, NewByLaws({ByLaw.LOAN_MOST: 1}, TODAY))
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    await cast(motion, made, [["FOR"]] * 7 + [["AGAINST"]] * 5)
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    assert closed.state is MotionState.REJECTED
    with pytest.raises(service.NotAdopted):
        await service.adopted(motion.pk, MotionKind.BY_LAWS, cooperative_id=made.cooperative.pk)


async def test_a_consensus_is_minuted_and_adopts(db: object) -> None:
    made = await hall()
    motion = await made.draft()
    meeting = await made.gathered(motion)
    agreed = await deciding.agree_motion(made.chair, motion_id=motion.pk, note="Disepakati bulat")
    assert (agreed.state, agreed.note) == (MotionState.ADOPTED, "Disepakati bulat")
    lapsing = await made.draft()
    await motions.table_motion(made.chair, motion_id=lapsing.pk, meeting_id=meeting.pk)
    await meetings.close_meeting(made.chair, meeting_id=meeting.pk, minutes="Selesai pukul 12")
    assert (await Motion.get(pk=lapsing.pk)).state is MotionState.LAPSED


async def test_what_the_law_forbids_is_no_motion(db: object) -> None:
    made = await hall()
    with pytest.raises(AgainstTheLaw, match=r"Permenkop UKM 8/2023 art\. 27"):
        await made.draft(MotionKind.BY_LAWS, NewByLaws({ByLaw.LOAN_RATE_YEARLY: 3_000}, TODAY))
    six = Election(Role.CHAIR, 1, 6, (made.memberships[0],))
    with pytest.raises(AgainstTheLaw, match=r"[Aa] term of 6 years.*UU 25/1992 art\. 29"):
        await made.draft(MotionKind.ELECTION, six)
    with pytest.raises(AgainstTheLaw, match=r"[Aa] term of 4 years, at most 3.*AD/ART"):
        await made.draft(MotionKind.ELECTION, Election(Role.CHAIR, 1, 4, (made.memberships[0],)))


async def test_a_second_vote_by_name_is_refused_and_a_retry_is_not(db: object) -> None:
    made = await hall()
    motion = await made.draft()
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    for _ in range(2):
        await voting.cast_vote(made.members[0], motion_id=motion.pk, choice=["FOR"], key="once")
    with pytest.raises(AgainstTheLaw, match=r"UU 25/1992 art\. 24"):
        await voting.cast_vote(made.members[0], motion_id=motion.pk, choice=["AGAINST"], key="twice")
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    assert closed.tally == {"FOR": 1, "AGAINST": 0, "ABSTAIN": 0}


async def test_a_weight_is_for_secondary_co_ops_only(db: object) -> None:
    made = await hall()
    meeting = await made.call()
    later(NOTICE)
    with pytest.raises(AgainstTheLaw, match=r"One member has one vote \(UU 25/1992 art\. 24\)"):
        await meetings.register_attendance(
            made.chair, meeting_id=meeting.pk, membership_ids=made.memberships[:1], weight=2
        )


async def allow(made: Hall, name: ByLaw, value: int) -> None:
    await service.set_founding_by_laws(
        made.chair, cooperative_id=made.cooperative.pk, values={name: value}, since=TODAY, deed="Akta", key=name
    )


async def test_proxies_only_where_the_by_laws_allow_them(db: object) -> None:
    made = await hall()
    first = await made.call()
    with pytest.raises(AgainstTheLaw, match="may hold 0 proxies"):
        await proxies.give_proxy(made.members[0], meeting_id=first.pk, holder_id=made.memberships[1])
    await allow(made, ByLaw.PROXIES_A_HOLDER, 1)
    await proxies.give_proxy(made.members[0], meeting_id=first.pk, holder_id=made.memberships[1])
    with pytest.raises(AgainstTheLaw, match="may hold 1 proxies"):
        await proxies.give_proxy(made.members[2], meeting_id=first.pk, holder_id=made.memberships[1])
    for _ in range(2):
        await proxies.withdraw_proxy(made.members[0], meeting_id=first.pk)
    await proxies.give_proxy(made.members[2], meeting_id=first.pk, holder_id=made.memberships[1])
    await proxies.withdraw_proxy(made.members[2], meeting_id=first.pk)
    await proxies.give_proxy(made.members[0], meeting_id=first.pk, holder_id=made.memberships[1])
    (seen,) = (await proxies.proxies_of(made.chair, first, first=20, after=None)).rows
    assert (seen.giver_id, seen.holder_id) == tuple(made.memberships[:2])
    motion = await made.draft()
    await motions.table_motion(made.chair, motion_id=motion.pk, meeting_id=first.pk)
    later(NOTICE)
    await meetings.register_attendance(made.chair, meeting_id=first.pk, membership_ids=made.memberships[1:7])
    opened = await meetings.open_meeting(made.chair, meeting_id=first.pk)
    with pytest.raises(WrongMeetingState):
        await proxies.withdraw_proxy(made.members[0], meeting_id=first.pk)
    assert opened.represented == 7  # six, and one by proxy
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    holder = made.members[1]
    for whose in (None, made.memberships[0]):
        await voting.cast_vote(
            holder, motion_id=motion.pk, choice=["FOR"], for_membership_id=whose, key=f"vote {whose}"
        )
    with pytest.raises(voting.NotThere):
        await voting.cast_vote(
            holder, motion_id=motion.pk, choice=["FOR"], for_membership_id=made.memberships[8], key="other"
        )
    assert (await deciding.close_vote(made.chair, motion_id=motion.pk)).tally == {
        "FOR": 2,
        "AGAINST": 0,
        "ABSTAIN": 0,
    }


async def test_papers_count_once_two_witnesses_agreed(db: object) -> None:
    made = await hall()
    motion = await made.draft()
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    await voting.cast_vote(made.members[0], motion_id=motion.pk, choice=["AGAINST"], key="k")
    with pytest.raises(AgainstTheLaw):
        await voting.give_papers(made.chair, motion_id=motion.pk, membership_ids=made.memberships[:4])
    await voting.give_papers(made.chair, motion_id=motion.pk, membership_ids=made.memberships[1:4])
    with pytest.raises(AgainstTheLaw):
        await voting.cast_vote(made.members[1], motion_id=motion.pk, choice=["FOR"], key="k")
    with pytest.raises(Invalid, match="not valid"):
        await voting.enter_papers(made.chair, motion_id=motion.pk, counted={("FOR",): 4}, key="many")
    papers = await voting.enter_papers(made.chair, motion_id=motion.pk, counted={("FOR",): 3}, key="k")
    with pytest.raises(Forbidden):
        await voting.witness_papers(made.chair, papers_id=papers.pk)
    for _ in range(2):
        await voting.witness_papers(made.members[4], papers_id=papers.pk)
    with pytest.raises(deciding.PapersWait):
        await deciding.close_vote(made.chair, motion_id=motion.pk)
    await voting.witness_papers(made.members[5], papers_id=papers.pk)
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    assert closed.tally == {"FOR": 3, "AGAINST": 1, "ABSTAIN": 0}
    assert await publishing.audited(closed) == []


def ranked(made: Hall, *order: int) -> list[str]:
    return [str(made.memberships[n]) for n in order]


async def election(made: Hall, role: Role, seats: int, *candidates: int) -> Motion:
    standing = tuple(made.memberships[n] for n in candidates)
    return await made.draft(MotionKind.ELECTION, Election(role, seats, 3, standing))


async def holding(made: Hall, role: Role) -> set[UUID]:
    return set(await identity.holders(role, cooperative_id=made.cooperative.pk))


async def test_a_ranked_election_gives_the_office_for_its_term(db: object) -> None:
    made = await hall()
    motion = await election(made, Role.CHAIR, 1, 0, 1, 2)
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    # 0 leads at first; who preferred 2 goes to 1, who has the most then
    votes = [ranked(made, 0)] * 5 + [ranked(made, 1, 2)] * 4 + [ranked(made, 2, 1)] * 3
    await cast(motion, made, votes)
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk)
    assert closed.tally is not None
    assert closed.tally["winners"] == [str(made.memberships[1])]
    assert await holding(made, Role.CHAIR) == {made.members[1].account_id}
    term = await OfficeTerm.get(cooperative_id=made.cooperative.pk)
    assert (term.account_id, term.until.year - term.since.year) == (made.members[1].account_id, 3)
    file = await publishing.results_file(made.members[0], motion.pk)
    assert file is not None
    assert results.audit(file) == []
    file["votes"][0]["choice"] = ranked(made, 2)
    assert "the count is not what the ballots make" in results.audit(file)


async def test_pengawas_are_elected_several_at_once(db: object) -> None:
    made = await hall()
    motion = await election(made, Role.SUPERVISOR, 2, 0, 1, 2, 3)
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    await cast(motion, made, [ranked(made, 0, 2)] * 6 + [ranked(made, 1)] * 4 + [ranked(made, 3)] * 2)
    await deciding.close_vote(made.chair, motion_id=motion.pk)
    assert await holding(made, Role.SUPERVISOR) == {made.members[0].account_id, made.members[1].account_id}


async def test_who_watches_is_no_officer_and_a_vote_can_always_be_closed(db: object) -> None:
    made = await hall()
    book = made.cooperative.pk
    serving = await Membership.get(cooperative_id=book, account_id=made.chair.account_id)
    with pytest.raises(AgainstTheLaw, match=rf"pengawas and officer.*no\. {serving.number} \(UU 25/1992 art\. 39"):
        await made.draft(MotionKind.ELECTION, Election(Role.SUPERVISOR, 1, 3, (serving.pk,)))
    # Drafted in time: one is given an office meanwhile, another leaves the co-op, and both have won.
    several = await election(made, Role.SUPERVISOR, 3, 0, 1, 2)
    alone = await election(made, Role.SUPERVISOR, 1, 0)
    await made.gathered(several, alone)
    for motion in (several, alone):
        await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    await cast(several, made, [ranked(made, 0)] * 3 + [ranked(made, 1)] * 3 + [ranked(made, 2)] * 3)
    await cast(alone, made, [ranked(made, 0)] * 3)
    await identity.grant_role(made.members[0].account_id, Role.DISPATCHER, cooperative_id=book, granted_by=None)
    await Membership.filter(pk=made.memberships[1]).update(state=MembershipState.ENDED)
    closed = await deciding.close_vote(made.chair, motion_id=several.pk)
    assert (closed.state, closed.tally is not None and len(closed.tally["winners"])) == (MotionState.ADOPTED, 3)
    assert await holding(made, Role.SUPERVISOR) == {made.members[2].account_id}
    assert closed.note is not None
    assert "sudah bukan anggota" in closed.note
    assert "tidak boleh merangkap" in closed.note
    lapsed = await deciding.close_vote(made.chair, motion_id=alone.pk)
    assert (lapsed.state, lapsed.result_digest is not None) == (MotionState.LAPSED, True)
    assert await publishing.audited(lapsed) == []
    assert await holding(made, Role.SUPERVISOR) == {made.members[2].account_id}


async def test_a_tie_waits_for_lots(db: object) -> None:
    made = await hall()
    motion = await election(made, Role.CHAIR, 1, 0, 1)
    await made.gathered(motion)
    await motions.open_vote(made.chair, motion_id=motion.pk, is_secret=False)
    await cast(motion, made, [ranked(made, 0)] * 3 + [ranked(made, 1)] * 3)
    with pytest.raises(deciding.DrawLots):
        await deciding.close_vote(made.chair, motion_id=motion.pk)
    lots = [made.memberships[1], made.memberships[0]]
    closed = await deciding.close_vote(made.chair, motion_id=motion.pk, lots=lots)
    assert closed.tally is not None
    assert closed.tally["winners"] == [str(made.memberships[1])]
    assert await publishing.audited(closed) == []


async def test_who_is_no_member_sees_no_motion(db: object) -> None:
    made = await hall()
    motion = await made.draft()
    with pytest.raises(NotFound):
        await motions.seen_motion(await acting(await person("Orang lain")), motion.pk)
