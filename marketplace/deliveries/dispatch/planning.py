"""What the next step of one search for a driver is: who is offered the job now, and why the others are not. Pure.

`passes` plans all searches of a pass by it. Nothing here reads or writes; `rounds` gathers the facts and carries out
the plans.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TypeAlias
from uuid import UUID

from marketplace.deliveries.dispatch.around import METRES_A_MINUTE, STOP_S, Crowd, Stander, metres_per_lon
from marketplace.deliveries.dispatch.explaining import Reason, Skip
from marketplace.deliveries.dispatch.policy import Candidate, Job, Ranked, Standing, Weights, rank
from marketplace.deliveries.roster.way_home import gain_m
from marketplace.tariffs.rules import Point

#: Drivers looked at for one job at most: the nearest who could take it, then the nearest of the others.
MOST_CONSIDERED = 30
#: An answer on its way when the offer ends still counts.
GRACE = timedelta(seconds=2)
WIDEST_M = 30_000


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy as planning needs it."""

    weights: Weights
    offers_at_once: int
    expires: timedelta
    radius_m: int
    radius_growth_m: int
    most_rounds: int
    allies_from_round: int
    is_board_after: bool
    batch_from: int | None = None
    past_shift_end_s: int = 0

    def radius_in(self, round: int) -> int:
        """Metres around the pickup in this round of the search, from 1 on."""
        return min(self.radius_m + self.radius_growth_m * (round - 1), WIDEST_M)


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """An offer of the job that was not answered yet."""

    id: UUID
    driver_id: UUID
    account_id: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Wanting:
    """A job that looks for its driver: `round` counts within this search, 0 before the first."""

    id: UUID
    version: int
    cooperative_id: UUID
    carriers: tuple[UUID, ...]
    """Co-ops whose drivers may carry it, its own first."""
    lat: float
    lon: float
    ready_in_s: int
    ride_m: int
    weight_g: int
    cash: int
    drops: int
    rules: Rules
    round: int
    round_ends_at: datetime | None
    seen_next_at: datetime
    offers: tuple[OpenOffer, ...] = ()
    declined: frozenset[UUID] = frozenset()
    """Drivers who said no, or took it and gave it back."""
    end: Point | None = None
    """Where its last drop is."""
    unanswered: frozenset[UUID] = frozenset()
    """Drivers who let an offer of it run out in this search."""
    in_round: frozenset[UUID] = frozenset()
    """Drivers before whom it lay in this round, whatever became of it: not twice in one round."""
    blocked: frozenset[UUID] = frozenset()
    vehicles: tuple[str, ...] = ()
    """Kinds of vehicle that its shop asked for; none: any."""
    latest_in_s: int | None = None
    """Until when it may be picked up; None: no window says so."""

    def asks(self, round: int) -> Job:
        """What the job asks of a driver in this round."""
        return Job(
            radius_m=self.rules.radius_in(round),
            ready_in_s=self.ready_in_s,
            ride_m=self.ride_m,
            weight_g=self.weight_g,
            cash=self.cash,
            vehicles=self.vehicles,
            takes_s=self.ride_m * 60 // METRES_A_MINUTE + STOP_S * (1 + self.drops),
            past_shift_end_s=self.rules.past_shift_end_s,
        )


class Outcome(Enum):
    """How a search goes on after this step."""

    SEARCHING = auto()
    BOARD = auto()
    UNSERVED = auto()


@dataclass(frozen=True, slots=True)
class Proposal:
    """An offer to be made."""

    stander: Stander
    standing: Standing

    @property
    def wait_s(self) -> int:
        """What he waits at the pickup until the goods are ready."""
        return max(0, self.standing.job.ready_in_s - self.standing.candidate.reach_s)


@dataclass(slots=True)
class Plan:
    """The next step of one search."""

    job: Wanting
    round: int
    is_allied: bool
    round_ends_at: datetime | None
    next_at: datetime | None
    expired: list[OpenOffer]
    still_open: list[OpenOffer]
    proposals: list[Proposal] = field(default_factory=list)
    skipped: list[Standing] = field(default_factory=list)
    outcome: Outcome = Outcome.SEARCHING


Crowds: TypeAlias = Mapping[UUID, Sequence[Stander]]
"""Drivers on shift by their co-op."""


def begin(job: Wanting, now: datetime) -> Plan:
    """The search as it stands, in its next round if this one is over."""
    expired = [offer for offer in job.offers if offer.expires_at + GRACE <= now]
    still_open = [offer for offer in job.offers if offer.expires_at + GRACE > now]
    is_allied = job.round >= job.rules.allies_from_round
    plan = Plan(job, job.round, is_allied, job.round_ends_at, None, expired, still_open)
    if job.round_ends_at is None or job.round_ends_at <= now:
        next_round(plan, now)
    return plan


def next_round(plan: Plan, now: datetime) -> None:
    """Go on to the next round, farther out; after the last one, once nothing is open, the search by offers ends."""
    rules = plan.job.rules
    if plan.round >= rules.most_rounds:
        if not plan.still_open:
            plan.outcome = Outcome.BOARD if rules.is_board_after else Outcome.UNSERVED
        return
    plan.round += 1
    plan.is_allied = plan.round >= rules.allies_from_round
    plan.round_ends_at = now + rules.expires


def is_new_round(plan: Plan) -> bool:
    """Whether this step begins a round."""
    return plan.round > plan.job.round


def set_next(plan: Plan, now: datetime) -> None:
    """When the step after this one is due."""
    if plan.outcome is not Outcome.SEARCHING:
        return
    ends = [offer.expires_at + GRACE for offer in plan.still_open]
    if plan.proposals:
        ends.append(now + plan.job.rules.expires + GRACE)
    if plan.round_ends_at is not None and (plan.round_ends_at > now or not ends):
        ends.append(plan.round_ends_at + (GRACE if ends else timedelta()))
    plan.next_at = min(ends)


def propose(plan: Plan, crowd: Crowd, reference: int, now: datetime) -> None:
    """Choose who is offered the job now, and keep why the others are not."""
    slots = plan.job.rules.offers_at_once - len(plan.still_open)
    if slots <= 0:
        return  # who stands behind may still come up, when a place falls free
    asks = plan.job.asks(plan.round)
    unanswered = plan.job.unanswered | {offer.driver_id for offer in plan.expired}
    weights = plan.job.rules.weights
    found = considered(plan, crowd, [offer.driver_id for offer in plan.still_open])
    fresh = [one for one in found if one.rider.driver_id not in unanswered] if unanswered else found
    ranked = rank(asks, fresh, weights, reference_hourly=reference, most=slots)
    offered, plan.skipped = ranked.offered, list(ranked.skipped)
    if len(fresh) < len(found):
        asked = [one for one in found if one.rider.driver_id in unanswered]
        again = rank(asks, asked, weights, reference_hourly=reference, most=slots - len(offered))
        offered += _after(ranked, again)
        plan.skipped += map(put_behind, again.skipped)
    for standing in offered:
        stander = crowd.stander(standing.driver_id)
        stander.take_offer()
        plan.proposals.append(Proposal(stander, standing))


def _after(first: Ranked, again: Ranked) -> tuple[Standing, ...]:
    """Those asked a second time stand behind all who were not asked yet."""
    before = sum(standing.place is not None for standing in (*first.offered, *first.skipped))
    return tuple(replace(standing, place=before + (standing.place or 0)) for standing in again.offered)


def put_behind(standing: Standing) -> Standing:
    if standing.skip is None or standing.skip.reason is not Reason.OUTRANKED:
        return standing
    return replace(standing, skip=Skip(Reason.UNANSWERED))


def considered(plan: Plan, crowd: Crowd, besides: Collection[UUID]) -> list[Candidate]:
    """The nearest who could take the job, and after them the nearest of the others, within the bound.

    Left out are `besides`, before whom it lies, and those before whom it lay in this same round.
    """
    job = plan.job
    lat, lon, ready_in_s = job.lat, job.lon, job.ready_in_s
    out = {*besides, *(() if is_new_round(plan) else job.in_round)}
    per_lon = metres_per_lon(lat)
    barred = job.declined | job.blocked
    found = []
    for stander in crowd.nearest(lat, lon, MOST_CONSIDERED, barred):
        rider = stander.rider
        if out and rider.driver_id in out:
            continue
        pickup_m, reach_s = stander.approach(lat, lon, ready_in_s, per_lon)
        home_gain_m = None if stander.home is None else _home_gain_m(stander.home, job)
        one = Candidate(rider, pickup_m, reach_s, home_gain_m, stander.offers - rider.offers_open)
        if barred:
            one.is_blocked, one.has_declined = rider.driver_id in job.blocked, rider.driver_id in job.declined
        found.append(one)
    return found


def _home_gain_m(home: Point, job: Wanting) -> int | None:
    """By how much the job's end is nearer his home than its pickup, in metres; None where it ends nowhere."""
    return None if job.end is None else gain_m(home, Point(job.lat, job.lon), job.end)
