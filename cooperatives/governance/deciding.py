"""How a motion is decided, by consensus or by the count, and what an adopted one changes at once."""

from collections.abc import Sequence
from uuid import UUID

from cooperatives.governance import counting, publishing, setting
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.days import years_after
from cooperatives.governance.details import CarrierShare, Election, NewByLaws
from cooperatives.governance.grouping import sends_delegates
from cooperatives.governance.groups import send_delegates
from cooperatives.governance.lifecycle import (
    MotionEvent,
    MotionKind,
    MotionState,
    VotingWay,
    WrongMotionState,
    after_motion,
)
from cooperatives.governance.meetings import worded
from cooperatives.governance.models import BallotBox, Motion, OfficeTerm, PaperBallots
from cooperatives.governance.motions import check_lawful, held_motion
from cooperatives.membership import offices
from cooperatives.membership.models import Cooperative, Membership
from marketplace import clock, outbox
from marketplace.database import for_update, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor
from marketplace.rules import AgainstTheLaw

NOTE_LENGTH = 2_000


class PapersWait(MarketplaceError):
    """Paper ballots wait for their witnesses: two members who attend must agree first."""

    code = Code.WRONG_STATE
    pesan = "Surat suara kertas menunggu saksi: dua anggota yang hadir harus menyetujui dahulu."


class DrawLots(MarketplaceError):
    """Candidates are tied: the meeting draws lots among all; close the vote with the order drawn."""

    code = Code.CONFLICT
    pesan = "Suara calon sama banyak: rapat mengundi semua calon, lalu tutup dengan urutan undiannya."


async def agree_motion(actor: Actor, *, motion_id: UUID, note: str, elected: Sequence[UUID] = ()) -> Motion:
    """Musyawarah: the meeting agreed, and that is minuted. An officer; of an election with who is `elected`.

    Raises NotFound, Forbidden, WrongMotionState, WrongMeetingState, Invalid, AgainstTheLaw.
    """
    note = worded("note", note, NOTE_LENGTH)
    async with transaction():
        _, motion = await held_motion(actor, motion_id)
        motion.state = after_motion(motion.state, MotionEvent.AGREE)
        motion.way, motion.note = VotingWay.CONSENSUS, note
        winners = [str(id) for id in elected]
        if motion.kind is MotionKind.ELECTION:
            _check_elected(motion, winners)
            motion.tally = {"winners": winners, "is_complete": True}
        cooperative = await Cooperative.get(pk=motion.cooperative_id)
        await check_lawful(motion, cooperative.level, elected)  # the law may have changed since it was drafted
        await _decide(motion, actor, winners)
    return motion


def _check_elected(motion: Motion, winners: Sequence[str]) -> None:
    election = Election.read(motion.details)
    is_among = set(winners) <= {str(id) for id in election.candidates}
    if not is_among or len(set(winners)) != min(election.seats, len(election.candidates)):
        raise Invalid.field(
            "elected", Code.INVALID, "as many of the candidates as seats", "calon sebanyak jumlah kursi"
        )


async def close_vote(actor: Actor, *, motion_id: UUID, lots: Sequence[UUID] = ()) -> Motion:
    """End the vote and count it; the motion is adopted or rejected, and its results are published. An officer.

    Of a secret vote the signing key is destroyed: no ballot can be added from then on. `lots`: all candidates in
    the order drawn, where they were tied. What the law forbids by now takes no effect (`_carried_lawfully`).
    Raises NotFound, Forbidden, WrongMotionState, PapersWait, DrawLots.
    """
    async with transaction():
        _, motion = await held_motion(actor, motion_id)
        if motion.state is not MotionState.VOTING:
            raise WrongMotionState(state=motion.state.value)
        if await PaperBallots.filter(motion_id=motion_id, second_witness=None).exists():
            raise PapersWait
        box = await for_update(BallotBox.filter(motion_id=motion_id)).get_or_none()
        file = await publishing.results_of(motion, box, [str(id) for id in lots])
        motion.tally = file["result"]
        winners: list[str] = []
        if motion.kind is MotionKind.ELECTION:
            winners = file["result"]["winners"]
            if not file["result"]["is_complete"] and file["result"]["ballots"] and not lots:
                raise DrawLots
            is_carried = bool(file["result"]["is_complete"])
        else:
            is_carried = await _is_carried(motion, file["result"])
        event = MotionEvent.REJECT
        if is_carried:
            winners, event = await _carried_lawfully(motion, winners)
        motion.state = after_motion(motion.state, event)
        motion.result_digest = publishing.digest(file)
        if box is not None:
            box.private_key = None
            await box.save(update_fields=["private_key"])
        await _decide(motion, actor, winners)
    return motion


async def _is_carried(motion: Motion, result: dict[str, int]) -> bool:
    cooperative = await Cooperative.get(pk=motion.cooperative_id)
    laws = await setting.by_laws_on(motion.cooperative_id, setting.today_of(cooperative))
    majority = ByLaw.AMENDMENT_MAJORITY if motion.kind is MotionKind.BY_LAWS else ByLaw.MOTION_MAJORITY
    return counting.is_carried(result[counting.FOR], result[counting.AGAINST], laws[majority])


async def _carried_lawfully(motion: Motion, winners: Sequence[str]) -> tuple[list[str], MotionEvent]:
    """Who of the winners may take office by today's law. What it forbids is noted and takes no effect.

    The count stands as published, but the law, or where a winner stands, may have changed since the motion was
    drafted: his seat stays empty. Where nothing is left to carry out, the motion lapses, so that a vote can always
    be closed.
    """
    cooperative = await Cooperative.get(pk=motion.cooperative_id)
    numbers = {str(row.pk): row.number for row in await Membership.filter(pk__in=list(winners))}
    rounds: list[list[str]] = [[id] for id in winners] or [[]]
    kept: list[str] = []
    refusals: list[str] = []
    for one in rounds:
        try:
            await check_lawful(motion, cooperative.level, [UUID(id) for id in one])
        except (AgainstTheLaw, Invalid, NotFound) as refused:
            why = "sudah bukan anggota." if isinstance(refused, NotFound) else refused.message("id")
            refusals.append("".join(f"No. {numbers[id]}: " for id in one) + why)
        else:
            kept += one
    if refusals:
        motion.note = "\n".join(refusals)[:NOTE_LENGTH]
    return kept, MotionEvent.LAPSE if len(refusals) == len(rounds) else MotionEvent.ADOPT


async def _decide(motion: Motion, actor: Actor, winners: Sequence[str]) -> None:
    motion.decided_at, motion.decided_by = clock.now(), actor.account_id
    await motion.save()
    if motion.state is MotionState.ADOPTED:
        cooperative = await Cooperative.get(pk=motion.cooperative_id)
        if motion.kind is MotionKind.BY_LAWS:
            await _change_by_laws(motion, cooperative, actor)
        elif motion.kind is MotionKind.CARRIER_SHARE:
            cooperative.carrier_share_before_bp = cooperative.carrier_share_bp
            cooperative.carrier_share_bp = CarrierShare.read(motion.details).share_bp
            cooperative.carrier_share_changed_at = motion.decided_at
            changed = ["carrier_share_bp", "carrier_share_before_bp", "carrier_share_changed_at"]
            await cooperative.save(update_fields=changed)
        elif sends_delegates(motion):
            await send_delegates(motion, [UUID(id) for id in winners])
        elif motion.kind is MotionKind.ELECTION:
            await _seat(motion, cooperative, winners, actor)
    facts = {"cooperative_id": str(motion.cooperative_id), "state": motion.state.value, "kind": motion.kind.value}
    await outbox.record("motion.decided", motion.pk, facts)


async def _change_by_laws(motion: Motion, cooperative: Cooperative, actor: Actor) -> None:
    new = NewByLaws.read(motion.details)
    await setting.write_by_laws(
        cooperative,
        new.values,
        since=max(new.since, setting.today_of(cooperative)),
        decision=motion.title,
        by=actor.account_id,
        motion_id=motion.pk,
    )


async def _seat(motion: Motion, cooperative: Cooperative, winners: Sequence[str], actor: Actor) -> None:
    """Give the office to who was elected, for the term that was voted; who held it before lays it down."""
    election, today = Election.read(motion.details), setting.today_of(cooperative)
    members = await Membership.filter(pk__in=list(winners))
    accounts = [member.account_id for member in members]
    await offices.seat(cooperative.pk, election.role, accounts, by=actor)
    await OfficeTerm.filter(cooperative_id=cooperative.pk, role=election.role, ended_on=None).update(ended_on=today)
    await OfficeTerm.bulk_create(
        OfficeTerm(
            cooperative_id=cooperative.pk,
            account_id=account_id,
            role=election.role,
            motion_id=motion.pk,
            since=today,
            until=years_after(today, election.term_years),
        )
        for account_id in accounts
    )
