"""What a co-op's members decided on how jobs find drivers: replays that they saw, and the policies they adopted.

A co-op that adopted nothing has the open board. A policy is followed by a later version, never changed, and each
names the replay that members had before them; which meeting decided stands in words.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.governance.adopted import adopted
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.membership.joining import lock_cooperative
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import new_id, transaction
from marketplace.deliveries.dispatch.models import DispatchMode, DispatchPolicy, DispatchReplay
from marketplace.deliveries.dispatch.policy import Weights
from marketplace.deliveries.dispatch.replay import reading
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import with_points
from marketplace.paging import Page, page_by_id

MOST_RESULT_BYTES = 200_000
DECISION_LENGTH = 300
TITLE_LENGTH = 160
#: Replays that a co-op keeps at most.
MOST_REPLAYS = 1_000
#: What a policy says that was adopted before policies said it, and one that says nothing.
PAST_SHIFT_END_S = 15 * 60
WATCHERS = OFFICERS | {Role.DISPATCHER, Role.SUPERVISOR, Role.DRIVER, Role.MEMBER}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a policy says beside its weights: metres, seconds, rounds and numbers of offers."""

    mode: DispatchMode
    offers_at_once: int = 5
    offers_a_driver: int = 3
    expires_s: int = 20
    radius_m: int = 1_500
    radius_growth_m: int = 1_000
    most_rounds: int = 12
    allies_from_round: int = 4
    batch_from: int | None = None
    past_shift_end_s: int = PAST_SHIFT_END_S
    """How long after a driver's planned end a job offered to him may last."""
    paper_grace_h: int = 0
    """Hours after a registration or health paper ran out in which a shift under way still gets offers."""

    def check(self) -> None:
        """Raises Invalid naming the field."""
        bounds = {
            "offersAtOnce": (self.offers_at_once, 1, 20),
            "offersADriver": (self.offers_a_driver, 1, 20),
            "expiresSeconds": (self.expires_s, 5, 300),
            "radius": (self.radius_m, 100, 30_000),
            "radiusGrowth": (self.radius_growth_m, 0, 10_000),
            "mostRounds": (self.most_rounds, 1, 60),
            "alliesFromRound": (self.allies_from_round, 1, 61),
            "batchFrom": (2 if self.batch_from is None else self.batch_from, 2, 10_000),
            "pastShiftEndMinutes": (self.past_shift_end_s // 60, 0, 720),
            "paperGraceHours": (self.paper_grace_h, 0, 24),
        }
        for field, (value, least, most) in bounds.items():
            if not least <= value <= most:
                raise Invalid.field(field, Code.OUT_OF_RANGE, f"{least} to {most}", f"{least} sampai {most}")


def weights_of(policy: DispatchPolicy) -> Weights:
    """The weights that the members adopted."""
    return Weights(
        nearness=policy.nearness_bp,
        since_last_job=policy.since_last_job_bp,
        equity=policy.equity_bp,
        home=policy.home_bp,
        acceptance=policy.acceptance_bp,
    )


def past_shift_end_s(policy: DispatchPolicy) -> int:
    """How long after a planned end a job may last, by this policy."""
    return PAST_SHIFT_END_S if policy.past_shift_end_s is None else policy.past_shift_end_s


async def record_replay(actor: Actor, *, cooperative_id: UUID, title: str, result: str, key: str) -> DispatchReplay:
    """Keep what `lumbung simulate` found, for members to see and a policy to name; an officer.

    The same result is kept once. Raises Invalid, Forbidden.
    """
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    title = title.strip()
    _check_words("title", title, TITLE_LENGTH)
    _check_result(result)
    digest = hashlib.sha256(result.encode()).hexdigest()
    async with transaction():
        replay_id = new_id()
        earlier = await once(by, "recordDispatchReplay", key, [cooperative_id, title, digest], replay_id)
        known = await DispatchReplay.get_or_none(cooperative_id=cooperative_id, digest=digest)
        if known is not None:
            return known
        if earlier is not None:
            return await DispatchReplay.get(pk=earlier)
        if await DispatchReplay.filter(cooperative_id=cooperative_id).count() >= MOST_REPLAYS:
            raise Invalid.field(
                "result",
                Code.TOO_MANY,
                f"a co-op keeps {MOST_REPLAYS} replays",
                f"koperasi menyimpan {MOST_REPLAYS} simulasi",
            )
        return await DispatchReplay.create(
            id=replay_id, cooperative_id=cooperative_id, title=title, result=result, digest=digest, recorded_by=by
        )


async def adopt_policy(
    actor: Actor,
    *,
    cooperative_id: UUID,
    terms: Terms,
    weights: Weights,
    replay_id: UUID | None,
    decision: str,
    acceptance_decision: str | None,
    motion_id: UUID | None = None,
    key: str,
) -> DispatchPolicy:
    """Let these terms and weights count from now on; an officer, who names what members saw and decided.

    The open board needs no replay. A weight on acceptance, by which declining costs something, needs the decision
    that says so; `motion_id` names the motion of the members' meeting, where it was held here. Jobs that stand open
    now go by it too. Raises Invalid, NotFound, NotAdopted, Forbidden.
    """
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    terms.check()
    decision = decision.strip()
    _check_words("decision", decision, DECISION_LENGTH)
    acceptance_decision = (acceptance_decision or "").strip() or None
    if weights.acceptance or acceptance_decision is not None:
        _check_words("acceptanceDecision", acceptance_decision or "", DECISION_LENGTH)
    if replay_id is None and terms.mode is not DispatchMode.BOARD:
        raise Invalid.field(
            "replayId", Code.REQUIRED, "the replay that members saw", "simulasi yang sudah dilihat anggota"
        )
    async with transaction():
        policy_id = new_id()
        asked = [cooperative_id, terms, weights.as_tuple(), replay_id, decision, acceptance_decision]
        asked += [] if motion_id is None else [motion_id]
        earlier = await once(by, "adoptDispatchPolicy", key, asked, policy_id)
        if earlier is not None:
            return await DispatchPolicy.get(pk=earlier)
        if motion_id is not None:
            await adopted(motion_id, MotionKind.DISPATCH_POLICY, cooperative_id=cooperative_id)
        await lock_cooperative(cooperative_id)  # two who adopt at once follow one another
        if replay_id is not None and not await DispatchReplay.exists(pk=replay_id, cooperative_id=cooperative_id):
            raise NotFound("replay")
        policy = await _follow(policy_id, cooperative_id, terms, weights, by)
        policy.motion_id = motion_id
        policy.replay_id, policy.decision, policy.acceptance_decision = replay_id, decision, acceptance_decision
        await policy.save(force_create=True)
        facts = {"policy_id": str(policy_id), "mode": terms.mode.value}
        await outbox.record("dispatch_policy.adopted", cooperative_id, facts)
        return policy


async def _follow(id: UUID, cooperative_id: UUID, terms: Terms, weights: Weights, by: UUID) -> DispatchPolicy:
    """The next version, not written yet; the one before it ends."""
    last = await DispatchPolicy.filter(cooperative_id=cooperative_id).order_by("-version").first()
    await DispatchPolicy.filter(cooperative_id=cooperative_id, ended_at=None).update(ended_at=clock.now())
    return DispatchPolicy(
        id=id,
        cooperative_id=cooperative_id,
        version=1 if last is None else last.version + 1,
        mode=terms.mode,
        nearness_bp=weights.nearness,
        since_last_job_bp=weights.since_last_job,
        equity_bp=weights.equity,
        home_bp=weights.home,
        acceptance_bp=weights.acceptance,
        offers_at_once=terms.offers_at_once,
        offers_a_driver=terms.offers_a_driver,
        expires_s=terms.expires_s,
        radius_m=terms.radius_m,
        radius_growth_m=terms.radius_growth_m,
        most_rounds=terms.most_rounds,
        allies_from_round=terms.allies_from_round,
        batch_from=terms.batch_from,
        past_shift_end_s=terms.past_shift_end_s,
        paper_grace_h=terms.paper_grace_h,
        adopted_by=by,
    )


async def policies_in_force(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, DispatchPolicy]:
    """The policy of each of these co-ops that adopted one. One statement."""
    rows = await rows_by(DispatchPolicy, "cooperative_id", set(cooperative_ids), order="version")
    return {row.cooperative_id: row for row in rows if row.ended_at is None}


async def policies_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[DispatchPolicy]:
    """All versions, newest first; for those who have to do with the co-op, else none."""
    if not actor.holds(*WATCHERS, cooperative_id=cooperative_id):
        return Page([], [], False)
    return await page_by_id(DispatchPolicy.filter(cooperative_id=cooperative_id), first=first, after=after)


async def replays_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[DispatchReplay]:
    """What members were shown, newest first; for those who have to do with the co-op, else none."""
    if not actor.holds(*WATCHERS, cooperative_id=cooperative_id):
        return Page([], [], False)
    return await page_by_id(DispatchReplay.filter(cooperative_id=cooperative_id), first=first, after=after)


async def replays_by_id(ids: Sequence[UUID]) -> Mapping[UUID, DispatchReplay]:
    """The replays with these ids. One statement."""
    return {row.pk: row for row in await rows_by(DispatchReplay, "id", ids)}


def _check_words(field: str, text: str, most: int) -> None:
    if not 1 <= len(text) <= most:
        raise Invalid.field(field, Code.OUT_OF_RANGE, f"1 to {most} characters", f"1 sampai {most} huruf")


def _check_result(result: str) -> None:
    if len(result.encode()) > MOST_RESULT_BYTES:
        most, paling = f"{MOST_RESULT_BYTES:,}", with_points(MOST_RESULT_BYTES)
        raise Invalid.field("result", Code.TOO_LONG, f"at most {most} bytes", f"paling banyak {paling} bita")
    reading.check(result)
