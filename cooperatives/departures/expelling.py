"""Against a member's will: he is told why, heard, decided on by whom the by-laws say, and may appeal to all members.

Two officers decide, or the members' meeting where the by-laws leave it to it. Until an appeal is decided, or the time
for one is over, he stays a member with all his rights. Locks: the co-op, the expulsion, then what a departure locks.
"""

from datetime import datetime, timedelta
from uuid import UUID

from cooperatives.books.texts import fits
from cooperatives.departures.finishing import finish, tell
from cooperatives.departures.lifecycle import OPEN, ExpulsionEvent, ExpulsionState, ExpulsionWrongState, after_event
from cooperatives.departures.models import Expulsion
from cooperatives.dues.paying import today_of
from cooperatives.governance.adopted import adopted, decides_on
from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.governance.service import by_laws_on
from cooperatives.membership.joining import hold_member, lock_cooperative, require_no_office
from cooperatives.membership.models import Cooperative
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Forbidden, Role, require, signed_in
from marketplace.rules import AgainstTheLaw
from marketplace.zones import told_at

TEXT_LENGTH, PLACE_LENGTH, DECISION_LENGTH = 4_000, 200, 2_000


class ExpulsionRuns(MarketplaceError):
    """An expulsion of this member is under way already."""

    code = Code.DUPLICATE
    pesan = "Proses pemberhentian anggota ini sudah berjalan."


class TooEarlyToHear(MarketplaceError):
    """The hearing is on {at}: it is held then, or later."""

    code = Code.WRONG_STATE
    pesan = "Anggota didengar pada {at}: catat sesudahnya."


class AppealOver(MarketplaceError):
    """The time for an appeal ended on {day}."""

    code = Code.EXPIRED
    pesan = "Waktu banding berakhir {day}."


async def call_to_hearing(
    actor: Actor, *, membership_id: UUID, grounds: str, hearing_at: datetime, place: str, key: str
) -> Expulsion:
    """An officer tells a member why he is to leave, and when and where he is heard: not before the by-laws' notice.

    Raises NotFound, WrongMembershipState, Forbidden for oneself, Invalid, AgainstTheLaw, ExpulsionRuns.
    """
    by, id = signed_in(actor), new_id()
    grounds, place = _worded("grounds", grounds, 10, DECISION_LENGTH), _worded("place", place, 1, PLACE_LENGTH)
    async with transaction():
        member = await hold_member(actor, membership_id)
        require(actor, *OFFICERS, cooperative_id=member.cooperative_id)
        asked = [membership_id, grounds, hearing_at, place]
        if (earlier := await once(by, "callToHearing", key, asked, id)) is not None:
            return await Expulsion.get(pk=earlier)
        if member.account_id == by:
            raise Forbidden(needs="another officer")
        await require_no_office(member)
        if await Expulsion.exists(membership_id=membership_id, state__in=list(OPEN)):
            raise ExpulsionRuns
        today = await today_of(member.cooperative_id)
        laws = await by_laws_on(member.cooperative_id, today)
        notice = laws[ByLaw.HEARING_NOTICE]
        if hearing_at < clock.now() + timedelta(days=notice):
            raise AgainstTheLaw.by(
                laws.in_force[ByLaw.HEARING_NOTICE].cited(),
                f"a member is heard {notice} days after he is told, or later",
                f"anggota didengar sedikitnya {notice} hari setelah diberi tahu",
            )
        row = await Expulsion.create(
            id=id,
            cooperative_id=member.cooperative_id,
            membership_id=member.pk,
            account_id=member.account_id,
            grounds=grounds,
            hearing_at=hearing_at,
            place=place,
            called_by=by,
        )
        await tell(row)
    return row


async def write_defence(actor: Actor, *, expulsion_id: UUID, defence: str) -> Expulsion:
    """The member answers in his own words, until it is decided. Raises NotFound, ExpulsionWrongState, Invalid."""
    defence = _worded("defence", defence, 1, TEXT_LENGTH)
    async with transaction():
        row = await _hold_own(actor, expulsion_id)
        if row.state not in (ExpulsionState.CALLED, ExpulsionState.HEARD, ExpulsionState.PROPOSED):
            raise ExpulsionWrongState(state=row.state.value)
        row.defence, row.defended_at = defence, clock.now()
        await row.save(update_fields=["defence", "defended_at"])
    return row


async def record_hearing(actor: Actor, *, expulsion_id: UUID, was_present: bool, minutes: str) -> Expulsion:
    """An officer writes down what was said at the hearing, or that he did not come. Raises TooEarlyToHear."""
    minutes = _worded("minutes", minutes, 1, TEXT_LENGTH)
    async with transaction():
        row = await _hold(actor, expulsion_id)
        state = after_event(row.state, ExpulsionEvent.HEAR)
        if clock.now() < row.hearing_at:
            region = (await Cooperative.get(pk=row.cooperative_id)).region_code
            raise TooEarlyToHear(at=told_at(row.hearing_at, region))
        row.state, row.was_present, row.minutes, row.heard_by = state, was_present, minutes, actor.account_id
        await row.save()
    return row


async def decide_expulsion(
    actor: Actor, *, expulsion_id: UUID, decision: str, motion_id: UUID | None = None
) -> Expulsion:
    """Decide that he leaves: one officer, then another; or by a motion, where the by-laws leave it to the meeting.

    Raises NotFound, Forbidden for the second word of the same officer, ExpulsionWrongState, NotAdopted, Invalid.
    """
    decision = _worded("decision", decision, 1, DECISION_LENGTH)
    async with transaction():
        row = await _hold(actor, expulsion_id)
        laws = await by_laws_on(row.cooperative_id, await today_of(row.cooperative_id))
        if laws[ByLaw.EXPULSION_BY_MEETING]:
            if motion_id is None:
                raise Invalid.field(
                    "motionId", Code.REQUIRED, "the by-laws leave it to the meeting", "AD/ART: diputus rapat anggota"
                )
            await _require_motion(row, motion_id, since=row.created_at)
            row.motion_id = motion_id
        elif row.state is ExpulsionState.HEARD:
            row.state = after_event(row.state, ExpulsionEvent.PROPOSE)
            row.decision, row.proposed_by = decision, actor.account_id
            await row.save()
            return row
        elif row.proposed_by == actor.account_id:
            raise Forbidden(needs="a second officer")
        await settle(row, decision, actor.account_id, laws)
    return row


async def settle(row: Expulsion, decision: str, by: UUID | None, laws: ByLaws) -> None:
    """It is decided that he leaves; from now on he may appeal. Caller's transaction, the expulsion locked."""
    row.state = after_event(row.state, ExpulsionEvent.DECIDE)
    row.decision, row.decided_by, row.decided_at = decision, by, clock.now()
    row.appeal_until = laws.day + timedelta(days=laws[ByLaw.EXPULSION_APPEAL])
    await row.save()
    await tell(row)


async def drop_expulsion(actor: Actor, *, expulsion_id: UUID, motion_id: UUID | None = None) -> Expulsion:
    """He stays: an officer lets it go before it is decided; after an appeal the members' meeting, by a motion.

    Raises NotFound, ExpulsionWrongState, NotAdopted, Invalid.
    """
    async with transaction():
        row = await _hold(actor, expulsion_id)
        if row.state is ExpulsionState.APPEALED:
            await _by_meeting(row, motion_id)
        row.state, row.ended_at = after_event(row.state, ExpulsionEvent.DROP), clock.now()
        await row.save()
        await tell(row)
    return row


async def appeal_expulsion(actor: Actor, *, expulsion_id: UUID, appeal: str) -> Expulsion:
    """The member asks the members' meeting to decide. Raises NotFound, ExpulsionWrongState, AppealOver, Invalid."""
    appeal = _worded("appeal", appeal, 1, TEXT_LENGTH)
    async with transaction():
        row = await _hold_own(actor, expulsion_id)
        state = after_event(row.state, ExpulsionEvent.APPEAL)
        if row.appeal_until is None or await today_of(row.cooperative_id) > row.appeal_until:
            raise AppealOver(day=row.appeal_until)
        row.state, row.appeal, row.appealed_at = state, appeal, clock.now()
        await row.save()
        await tell(row)
    return row


async def uphold_expulsion(actor: Actor, *, expulsion_id: UUID, motion_id: UUID) -> Expulsion:
    """The members' meeting upheld it: his membership ends now. Raises NotFound, ExpulsionWrongState, NotAdopted."""
    async with transaction():
        row = await _hold(actor, expulsion_id)
        after_event(row.state, ExpulsionEvent.UPHOLD)
        await _by_meeting(row, motion_id)
        await finish(row, ExpulsionEvent.UPHOLD, actor.account_id)
    return row


async def expulsions_of(actor: Actor, membership_id: UUID) -> list[Expulsion]:
    """A membership's expulsions, newest first, for himself, officers and pengawas; for others none."""
    rows = await Expulsion.filter(membership_id=membership_id).order_by("-id").limit(20)
    readers = (*OFFICERS, Role.SUPERVISOR)
    return [
        row
        for row in rows
        if row.account_id == actor.account_id or actor.holds(*readers, cooperative_id=row.cooperative_id)
    ]


async def _by_meeting(row: Expulsion, motion_id: UUID | None) -> None:
    if motion_id is None:
        raise Invalid.field(
            "motionId", Code.REQUIRED, "the meeting decides an appeal", "banding diputus rapat anggota"
        )
    assert row.appealed_at is not None  # it was appealed
    await _require_motion(row, motion_id, since=row.appealed_at)
    row.appeal_motion_id = motion_id


async def _require_motion(row: Expulsion, motion_id: UUID, *, since: datetime) -> None:
    """Go on when the meeting adopted this motion since then, and it names this expulsion. Raises NotAdopted, Invalid.

    What the meeting decided before an appeal can't answer it.
    """
    motion = await adopted(motion_id, MotionKind.OTHER, cooperative_id=row.cooperative_id)
    if not decides_on(motion, row.reference, proposed_at=since):
        word, day = row.reference, f"{since:%Y-%m-%d}"
        raise Invalid.field(
            "motionId",
            Code.INVALID,
            f"a motion whose words name {word}, decided after {day}",
            f"usul yang menyebut {word}, diputus sesudah {day}",
        )


async def _hold(actor: Actor, expulsion_id: UUID) -> Expulsion:
    """The expulsion after its co-op's lock, for an officer whom it does not concern."""
    seen = await Expulsion.get_or_none(pk=expulsion_id)
    if seen is None:
        raise NotFound("expulsion")
    require(actor, *OFFICERS, cooperative_id=seen.cooperative_id, hide="expulsion")
    await lock_cooperative(seen.cooperative_id)
    row = await locked_one(Expulsion, expulsion_id)
    assert row is not None  # never removed
    if row.account_id == actor.account_id:
        raise Forbidden(needs="another officer")
    return row


async def _hold_own(actor: Actor, expulsion_id: UUID) -> Expulsion:
    account_id = signed_in(actor)
    row = await locked_one(Expulsion, expulsion_id)
    if row is None or row.account_id != account_id:
        raise NotFound("expulsion")
    return row


def _worded(field: str, text: str, least: int, most: int) -> str:
    text = text.strip()
    if not fits(text, least, most):
        raise Invalid.field(field, Code.OUT_OF_RANGE, f"{least} to {most} characters", f"{least} sampai {most} huruf")
    return text
