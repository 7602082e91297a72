"""The one vote that each member has on a motion, and votes by name and on paper.

A member votes himself or by the holder of his proxy, by name, by a token for a secret ballot, or on paper: once.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.exceptions import IntegrityError

from cooperatives.governance import counting
from cooperatives.governance.details import options_of
from cooperatives.governance.lifecycle import MotionKind, MotionState, RightWay, VotingWay, WrongMotionState
from cooperatives.governance.meetings import MOST_AT_ONCE
from cooperatives.governance.models import Attendance, Motion, PaperBallots, Proxy, Vote, VotingRight
from cooperatives.governance.motions import held_motion, seen_motion
from cooperatives.membership.models import Membership, MembershipState
from marketplace import clock, rules
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Forbidden, signed_in
from marketplace.rules import AgainstTheLaw

MOST_KINDS_OF_PAPER = 500


class NotThere(MarketplaceError):
    """Who votes attends the meeting: register the attendance first, or let the holder of the proxy attend."""

    code = Code.FORBIDDEN
    pesan = "Yang memberi suara harus hadir: catat kehadiran dahulu, atau pemegang kuasa hadir."


def second_vote() -> AgainstTheLaw:
    """One member has one vote."""
    return AgainstTheLaw.by(
        rules.value_on("votes.a_member", clock.now().date()),
        "this member has voted on this motion already: one member has one vote",
        "anggota ini sudah memberi suara atas usul ini: satu anggota satu suara",
    )


async def cast_vote(
    actor: Actor, *, motion_id: UUID, choice: Sequence[str], for_membership_id: UUID | None = None, key: str
) -> Motion:
    """Vote by name on a motion; of an election, candidates in the order of preference.

    `for_membership_id` is whose proxy one holds. Raises NotFound, NotThere, WrongMotionState, Invalid, and
    AgainstTheLaw for a second vote.
    """
    by = signed_in(actor)
    async with transaction():
        motion = await seen_motion(actor, motion_id, lock=True)
        asked = [motion_id, list(choice), for_membership_id]
        if await once(by, "castVote", key, asked, motion_id) is not None:
            return motion
        _check_voting(motion, VotingWay.OPEN)
        check_choice(motion, choice)
        membership, weight = await use_right(motion, RightWay.NAMED, by, for_membership_id)
        await Vote.create(motion_id=motion_id, membership_id=membership, choice=list(choice), weight=weight)
    return motion


async def cast_delegate_votes(actor: Actor, *, motion_id: UUID, choice: Sequence[str], key: str) -> Motion:
    """Vote by name for oneself and for all whose proxies one holds and who have not voted: what a delegate does.

    Raises NotFound, NotThere, WrongMotionState, Invalid, and AgainstTheLaw when all of them have voted.
    """
    by = signed_in(actor)
    async with transaction():
        motion = await seen_motion(actor, motion_id, lock=True)
        if await once(by, "castDelegateVotes", key, [motion_id, list(choice)], motion_id) is not None:
            return motion
        _check_voting(motion, VotingWay.OPEN)
        check_choice(motion, choice)
        own = await Attendance.get_or_none(meeting_id=motion.meeting_id, account_id=by)
        if own is None:
            raise NotThere
        given = await Proxy.filter(meeting_id=motion.meeting_id, holder_id=own.membership_id)
        wanted = {own.membership_id: own.weight} | {proxy.giver_id: 1 for proxy in given}
        used = await VotingRight.filter(motion_id=motion_id, membership_id__in=list(wanted))
        left = sorted(wanted.keys() - {right.membership_id for right in used})
        if not left:
            raise second_vote()
        await _take(left, motion_id, RightWay.NAMED, by)
        await Vote.bulk_create(
            Vote(motion_id=motion_id, membership_id=id, choice=list(choice), weight=wanted[id]) for id in left
        )
    return motion


def check_choice(motion: Motion, choice: Sequence[str]) -> None:
    """Raises Invalid when a vote can't say this."""
    is_ranking = motion.kind is MotionKind.ELECTION
    if not counting.is_choice(choice, options_of(motion.kind, motion.details), is_ranking=is_ranking):
        raise Invalid.field(
            "choice",
            Code.INVALID,
            "candidates in order, each once" if is_ranking else "FOR, AGAINST or ABSTAIN",
            "calon berurutan, sekali saja" if is_ranking else "FOR, AGAINST atau ABSTAIN",
        )


def _check_voting(motion: Motion, way: VotingWay) -> None:
    if motion.state is not MotionState.VOTING or motion.way is not way:
        said = motion.state.value if motion.way is None else f"{motion.state.value} {motion.way.value}"
        raise WrongMotionState(state=said)


async def use_right(
    motion: Motion, way: RightWay, by: UUID, for_membership_id: UUID | None, blinded_hash: str | None = None
) -> tuple[UUID, int]:
    """Use a member's one vote; answers whose, and its weight. Caller's transaction, the motion locked.

    Raises NotThere, and AgainstTheLaw when it was used.
    """
    membership_id, weight = await right_of(motion, by, for_membership_id)
    await _take([membership_id], motion.pk, way, by, blinded_hash)
    return membership_id, weight


async def right_of(motion: Motion, by: UUID, for_membership_id: UUID | None) -> tuple[UUID, int]:
    """Whose vote this person may cast, and its weight. Raises NotThere."""
    own = await Attendance.get_or_none(meeting_id=motion.meeting_id, account_id=by)
    if own is None:
        raise NotThere
    if for_membership_id is None or for_membership_id == own.membership_id:
        return own.membership_id, own.weight
    is_held = await Proxy.exists(
        meeting_id=motion.meeting_id, giver_id=for_membership_id, holder_id=own.membership_id
    )
    if not is_held:
        raise NotThere
    return for_membership_id, 1


async def _take(
    membership_ids: Sequence[UUID], motion_id: UUID, way: RightWay, by: UUID, blinded_hash: str | None = None
) -> None:
    try:
        async with transaction():
            await VotingRight.bulk_create(
                VotingRight(motion_id=motion_id, membership_id=id, way=way, used_by=by, blinded_hash=blinded_hash)
                for id in membership_ids
            )
    except IntegrityError as cause:
        raise second_vote() from cause


async def give_papers(actor: Actor, *, motion_id: UUID, membership_ids: Sequence[UUID]) -> Motion:
    """An officer hands paper ballots to members in the hall; who has one votes in no other way.

    Raises NotFound, Forbidden, NotThere, AgainstTheLaw when one of them has voted.
    """
    wanted = set(membership_ids)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Invalid.field("membershipIds", Code.OUT_OF_RANGE, f"1 to {MOST_AT_ONCE}", f"1 sampai {MOST_AT_ONCE}")
    async with transaction():
        _, motion = await held_motion(actor, motion_id)
        if motion.state is not MotionState.VOTING:
            raise WrongMotionState(state=motion.state.value)
        there = await Attendance.filter(meeting_id=motion.meeting_id, membership_id__in=list(wanted)).count()
        if there < len(wanted):
            raise NotThere
        await _take(sorted(wanted), motion_id, RightWay.PAPER, signed_in(actor))
    return motion


async def enter_papers(
    actor: Actor, *, motion_id: UUID, counted: Mapping[tuple[str, ...], int], key: str
) -> PaperBallots:
    """An officer enters what paper ballots say; two witnesses from the meeting must agree before they count.

    Raises NotFound, Forbidden, Invalid, WrongMotionState.
    """
    by = signed_in(actor)
    if not 1 <= len(counted) <= MOST_KINDS_OF_PAPER or any(number < 1 for number in counted.values()):
        raise Invalid.field("counted", Code.OUT_OF_RANGE, "1 to 500 lines of 1 or more", "1 sampai 500 baris")
    said = [{"choice": list(choice), "number": number} for choice, number in sorted(counted.items())]
    async with transaction():
        _, motion = await held_motion(actor, motion_id)
        id = new_id()
        if (earlier := await once(by, "enterPaperBallots", key, [motion_id, said], id)) is not None:
            return await PaperBallots.get(pk=earlier)
        if motion.state is not MotionState.VOTING:
            raise WrongMotionState(state=motion.state.value)
        for choice in counted:
            check_choice(motion, choice)
        number = sum(counted.values())
        entered = sum(row.number for row in await PaperBallots.filter(motion_id=motion_id))
        given = await VotingRight.filter(motion_id=motion_id, way=RightWay.PAPER).count()
        if entered + number > given:
            raise Invalid.field(
                "counted", Code.OUT_OF_RANGE, f"{given} papers were given", f"{given} surat suara dibagikan"
            )
        return await PaperBallots.create(id=id, motion_id=motion_id, counted=said, number=number, entered_by=by)


async def witness_papers(actor: Actor, *, papers_id: UUID) -> PaperBallots:
    """A member who attends says that the papers were entered as they are; two others than who entered them.

    Raises NotFound, Forbidden, WrongMotionState.
    """
    by = signed_in(actor)
    async with transaction():
        row = await locked_one(PaperBallots, papers_id)
        if row is None:
            raise NotFound("paper ballots")
        motion = await seen_motion(actor, row.motion_id)
        if motion.state is not MotionState.VOTING:
            raise WrongMotionState(state=motion.state.value)
        if by == row.entered_by:
            raise Forbidden(needs="a witness who did not enter them")
        if not await Attendance.exists(meeting_id=motion.meeting_id, account_id=by):
            raise NotThere
        if by in (row.first_witness, row.second_witness):
            return row
        if row.first_witness is None:
            row.first_witness = by
        elif row.second_witness is None:
            row.second_witness = by
        await row.save(update_fields=["first_witness", "second_witness"])
    return row


async def member_numbers(membership_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """The numbers in the register of these memberships."""
    rows = await Membership.filter(pk__in=list(membership_ids)).exclude(state=MembershipState.APPLIED)
    return {row.pk: row.number or 0 for row in rows}
