"""Motions: written by members, put on a meeting's agenda, and opened for decision.

Locks: the co-op, the meeting, then the motion.
"""

import asyncio
import base64
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from cooperatives.governance import blind, grouping, setting
from cooperatives.governance.bylaws import check_together
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.details import (
    CarrierShare,
    Details,
    Election,
    NewByLaws,
    check_carrier_share,
    check_election,
    checked_details,
)
from cooperatives.governance.entitlement import check_candidates
from cooperatives.governance.lifecycle import (
    MeetingState,
    MotionEvent,
    MotionKind,
    MotionState,
    VotingWay,
    WrongMeetingState,
    WrongMotionState,
    after_motion,
)
from cooperatives.governance.meetings import READERS, held_meeting, worded
from cooperatives.governance.models import BallotBox, Meeting, Motion
from cooperatives.governance.sealing import sealed
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Cooperative, CooperativeLevel
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in

TEXT_LENGTH = 10_000
#: Motions of one member that are no more than drafts.
MOST_DRAFTS = 50
#: These must stand on the agenda with which members were called.
CALLED_WITH = frozenset(MotionKind) - {MotionKind.OTHER}


async def draft_motion(
    actor: Actor,
    *,
    cooperative_id: UUID,
    kind: MotionKind,
    title: str,
    text: str,
    details: Sequence[Details] = (),
    key: str,
) -> Motion:
    """Write a motion: a member, officer or pengawas. `details` say what a motion of its kind would change.

    Raises Forbidden, Invalid, AgainstTheLaw with the article that it would break.
    """
    by = signed_in(actor)
    require(actor, *READERS, cooperative_id=cooperative_id)
    row = Motion(
        id=new_id(),
        cooperative_id=cooperative_id,
        kind=kind,
        title=worded("title", title, 160),
        text=worded("text", text, TEXT_LENGTH),
        details=checked_details(kind, details),
        proposed_by=by,
    )
    async with transaction():
        cooperative = await lock_cooperative(cooperative_id)
        asked = [cooperative_id, kind, title, text, row.details]
        if (earlier := await once(by, "draftMotion", key, asked, row.pk)) is not None:
            return await Motion.get(pk=earlier)
        mine = Motion.filter(cooperative_id=cooperative_id, proposed_by=by, state=MotionState.DRAFT)
        if await mine.count() >= MOST_DRAFTS:
            raise Invalid.field("title", Code.TOO_MANY, f"{MOST_DRAFTS} drafts", f"{MOST_DRAFTS} rancangan")
        await check_lawful(row, cooperative.level)
        await row.save(force_create=True)
    return row


async def check_lawful(row: Motion, level: CooperativeLevel, elected: Sequence[UUID] = ()) -> None:
    """Go on when the motion, adopted today, would keep to the law; once `elected`, these alone of the candidates.

    Raises AgainstTheLaw, Invalid, NotFound.
    """
    today = setting.today_of(await Cooperative.get(pk=row.cooperative_id))
    if row.kind is MotionKind.BY_LAWS:
        new = NewByLaws.read(row.details)
        laws = await setting.by_laws_on(row.cooperative_id, max(new.since, today))
        check_together(new.values, laws, is_secondary=level is CooperativeLevel.SECONDARY)
    elif row.kind is MotionKind.ELECTION:
        election = Election.read(row.details)
        if elected:
            election = replace(election, candidates=tuple(elected))
        laws = await setting.by_laws_on(row.cooperative_id, today)
        check_election(election, laws)
        await check_candidates(election, row.cooperative_id, laws)
    elif row.kind is MotionKind.CARRIER_SHARE:
        check_carrier_share(CarrierShare.read(row.details))


async def table_motion(actor: Actor, *, motion_id: UUID, meeting_id: UUID) -> Motion:
    """Put a draft before a meeting: an officer, or who wrote it while the meeting is only called.

    What changes by-laws, officers or money is tabled before the meeting is opened. Raises NotFound, Forbidden,
    WrongMotionState, WrongMeetingState, NotAGroupsToDecide, Invalid.
    """
    async with transaction():
        meeting = await locked_one(Meeting, meeting_id)
        motion = await seen_motion(actor, motion_id, lock=True)
        if meeting is None or meeting.cooperative_id != motion.cooperative_id:
            raise NotFound("meeting")
        if motion.proposed_by != actor.account_id:
            require(actor, *OFFICERS, cooperative_id=motion.cooperative_id)
        if meeting.state is MeetingState.CLOSED or (
            meeting.state is MeetingState.OPEN and motion.kind in CALLED_WITH
        ):
            raise WrongMeetingState(state=meeting.state.value)
        laws = await setting.value_on(motion.cooperative_id, ByLaw.MEMBERS_A_DELEGATE, clock.now().date())
        await grouping.check_place(motion, meeting, laws.value)
        motion.state = after_motion(motion.state, MotionEvent.TABLE)
        motion.meeting_id = meeting_id
        await motion.save(update_fields=["state", "meeting_id"])
        await outbox.record("motion.tabled", motion.pk, {"cooperative_id": str(motion.cooperative_id)})
    return motion


async def withdraw_motion(actor: Actor, *, motion_id: UUID) -> Motion:
    """Take back one's own draft or tabled motion. Raises NotFound, Forbidden, WrongMotionState."""
    async with transaction():
        motion = await seen_motion(actor, motion_id, lock=True)
        if motion.proposed_by != actor.account_id:
            require(actor, Role.CHAIR, cooperative_id=motion.cooperative_id)
        if motion.state is MotionState.VOTING:
            raise WrongMotionState(state=motion.state.value)
        motion.state = after_motion(motion.state, MotionEvent.LAPSE)
        motion.decided_at = clock.now()
        await motion.save(update_fields=["state", "decided_at"])
    return motion


async def open_vote(actor: Actor, *, motion_id: UUID, is_secret: bool) -> Motion:
    """Let members vote on a tabled motion: by name, or secretly with a key of its own. An officer.

    Raises NotFound, Forbidden, WrongMotionState, WrongMeetingState, AgainstTheLaw.
    """
    keys = await asyncio.to_thread(blind.new_keys) if is_secret else None
    async with transaction():
        _, motion = await held_motion(actor, motion_id)
        motion.state = after_motion(motion.state, MotionEvent.VOTE)
        motion.way = VotingWay.SECRET if is_secret else VotingWay.OPEN
        motion.opened_at = clock.now()
        await motion.save(update_fields=["state", "way", "opened_at"])
        if keys is not None:
            await BallotBox.create(
                motion_id=motion.pk,
                public_key=base64.b64encode(keys.public).decode(),
                private_key=sealed(keys.private),
                ballots={},
            )
        await outbox.record("motion.voting", motion.pk, {"cooperative_id": str(motion.cooperative_id)})
    return motion


async def held_motion(actor: Actor, motion_id: UUID) -> tuple[Meeting, Motion]:
    """The open meeting and its motion, locked, for an officer. Raises NotFound, Forbidden, WrongMeetingState."""
    seen = await seen_motion(actor, motion_id)
    if seen.meeting_id is None:
        raise WrongMotionState(state=seen.state.value)
    await lock_cooperative(seen.cooperative_id)
    meeting = await held_meeting(seen.meeting_id, actor)
    if meeting.state is not MeetingState.OPEN:
        raise WrongMeetingState(state=meeting.state.value)
    motion = await locked_one(Motion, motion_id)
    assert motion is not None  # never removed
    return meeting, motion


async def seen_motion(actor: Actor, motion_id: UUID, *, lock: bool = False) -> Motion:
    """The motion, for those who have to do with its co-op. Raises Unauthenticated, NotFound."""
    signed_in(actor)
    row = await (locked_one(Motion, motion_id) if lock else Motion.get_or_none(pk=motion_id))
    if row is None or not actor.holds(*READERS, Role.GOVERNMENT_SUPERVISOR, cooperative_id=row.cooperative_id):
        raise NotFound("motion")
    return row
