"""Whom a job is offered to, in which order, and why: a co-op's own weights over facts. Pure.

`rank` sorts a job's candidates by the weights that the members adopted and says of each one whether he is offered
the job, at which place, and else why not. Everything is whole numbers (metres, seconds, rupiah, basis points), so
the same facts give the same order on every machine, and an explanation that was stored can be recomputed.

    ranked = rank(job, candidates, weights, reference_hourly=equity.reference_hourly(...))
    for standing in ranked.offered: ...     # best first
    for standing in ranked.skipped: ...     # each with a reason
    standing.explanation.as_record()        # to store; `Explanation.of_record` reads it back, `.words("id")` tells it

A factor's value is 0 (nothing speaks for him) to 10,000 (all does). `docs/dispatch.md` tells it to drivers.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from marketplace.deliveries.dispatch.equity import Earned
from marketplace.deliveries.dispatch.explaining import Explanation, Factor, FactorKind, Reason, Skip
from marketplace.errors import Code, MarketplaceError
from marketplace.money import FULL_SHARE_BP

#: Offers of one round at most, unless the caller says otherwise.
OFFERS_A_ROUND = 5
#: Goods that wait so long for a driver halve his nearness.
WAIT_HALF_S = 1_200
#: What riding to the pickup counts beside making goods wait: his own petrol, a tenth.
RIDE_PART = 10
#: So long without a job is worth half of "all".
IDLE_HALF_S = 1_800
NEUTRAL_BP = FULL_SHARE_BP // 2
_KINDS = tuple(kind.value for kind in FactorKind)


class WrongWeights(MarketplaceError):
    """Weights are zero or more and sum to 100 % (10,000 basis points); these sum to {total}."""

    code = Code.OUT_OF_RANGE
    pesan = "Bobot harus nol atau lebih dan berjumlah 100 % (10.000 basis poin); jumlah ini {total}."


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each factor counts, in basis points that sum to 10,000. Raises WrongWeights."""

    nearness: int
    since_last_job: int
    equity: int
    home: int = 0
    acceptance: int = 0

    def __post_init__(self) -> None:
        if min(self.as_tuple()) < 0 or sum(self.as_tuple()) != FULL_SHARE_BP:
            raise WrongWeights(total=sum(self.as_tuple()))

    def as_tuple(self) -> tuple[int, int, int, int, int]:
        """In the order of `FactorKind`."""
        return (self.nearness, self.since_last_job, self.equity, self.home, self.acceptance)


#: Nearest driver first: what most platforms do.
NEAREST_FIRST = Weights(nearness=10_000, since_last_job=0, equity=0)
#: What a co-op starts from.
FAIR = Weights(nearness=4_000, since_last_job=500, equity=5_000, home=500)


@dataclass(frozen=True, slots=True)
class Job:
    """What a job asks of a driver."""

    radius_m: int
    ready_in_s: int = 0
    """Seconds until the goods are ready; 0: they are."""
    ride_m: int = 0
    """From the pickup to the last drop."""
    weight_g: int = 0
    cash: int = 0
    """Rupiah that would pass through the driver's hands."""
    vehicles: Collection[str] = ()
    """Kinds of vehicle that fit; none named: any."""
    takes_s: int = 0
    """Seconds from the pickup until the last drop is done: his planned shift has to last so long."""
    past_shift_end_s: int = 0
    """How long after his planned end that may still be."""


@dataclass(slots=True)  # not frozen: a pass makes hundreds, and that would be half of what each costs
class Rider:
    """What is known of a driver before a round: the same for every job of it."""

    driver_id: UUID
    earned: Earned
    idle_s: int
    """Available seconds since his last job ended, or since his shift began."""
    vehicle: str = ""
    capacity_g: int | None = None
    """None: not known, anything fits."""
    jobs_held: int = 0
    job_limit: int = 1
    cash_held: int = 0
    cash_limit: int | None = None
    """None: no limit."""
    offers_answered: int = 0
    offers_accepted: int = 0
    offers_open: int = 0
    offer_limit: int = 3
    shift_ends_in_s: int | None = None
    """None: he planned no end."""
    is_member: bool = True
    is_on_shift: bool = True
    is_paused: bool = False
    has_valid_documents: bool = True
    idle_bp: int = field(init=False)
    """What his waiting speaks for him, of 10,000."""
    acceptance_bp: int = field(init=False)
    """What the offers that he took speak for him, of 10,000."""

    def __post_init__(self) -> None:
        acceptance = FULL_SHARE_BP * (self.offers_accepted + 1) // (self.offers_answered + 1)
        self.idle_bp = FULL_SHARE_BP - falling(self.idle_s, IDLE_HALF_S)
        self.acceptance_bp = min(acceptance, FULL_SHARE_BP)


@dataclass(slots=True)  # not frozen: a pass makes thousands, and that would be half of what each costs
class Candidate:
    """A driver before one job."""

    rider: Rider
    pickup_m: int
    """From where he is, or will be free, to the pickup."""
    reach_s: int
    """Seconds until he can stand at the pickup, what he still carries included."""
    home_gain_m: int | None = None
    """Metres by which the job's end is nearer to his home than its pickup; None: he set no direction."""
    more_offers: int = 0
    """Offers that came before him since the round began, beside `rider.offers_open`."""
    is_blocked: bool = False
    """He, the seller or the buyer asked not to meet again."""
    has_declined: bool = False


@dataclass(slots=True)  # not frozen: a pass makes thousands, and that would be half of what each costs
class Standing:
    """What became of one candidate. `place` counts from 1 among those whom nothing barred; None: barred."""

    candidate: Candidate
    place: int | None
    score_bp: int
    values: tuple[int, ...]
    skip: Skip | None
    weights: Weights
    job: Job
    reference_hourly: int

    @property
    def driver_id(self) -> UUID:
        return self.candidate.rider.driver_id

    @property
    def is_offered(self) -> bool:
        return self.skip is None

    @property
    def numbers(self) -> tuple[tuple[int, ...], ...]:
        """What each factor was made of, as its words need it, in the order of `FactorKind`."""
        return _numbers(self.job, self.candidate, self.reference_hourly)

    @property
    def explanation(self) -> Explanation:
        """Every factor with its weight and its numbers, and the reason if he was skipped: to store and to tell."""
        if self.place is None:
            return Explanation(None, 0, (), self.skip)
        factors = tuple(map(Factor, FactorKind, self.values, self.weights.as_tuple(), self.numbers))
        return Explanation(self.place, self.score_bp, factors, self.skip)

    def as_record(self) -> dict[str, Any]:
        """`explanation.as_record()`, made straight: a pass makes a thousand."""
        skip = None if self.skip is None else (self.skip.reason, self.skip.numbers)
        if self.place is None:
            return {"place": None, "score": 0, "factors": (), "skip": skip}
        factors = tuple(zip(_KINDS, self.values, self.weights.as_tuple(), self.numbers, strict=True))
        return {"place": self.place, "score": self.score_bp, "factors": factors, "skip": skip}


@dataclass(frozen=True, slots=True)
class Ranked:
    """The answer for one job: whom it is offered to, best first, and every other one with the reason.

    Those skipped stand with the outranked first, by place, then the barred by id.
    """

    offered: tuple[Standing, ...]
    skipped: tuple[Standing, ...]


def rank(
    job: Job,
    candidates: Iterable[Candidate],
    weights: Weights,
    *,
    reference_hourly: int,
    most: int = OFFERS_A_ROUND,
) -> Ranked:
    """Sort a job's candidates: the highest score first, ties to the nearer, then to the smaller id.

    `reference_hourly` is the co-op's, of `equity.reference_hourly`, over the same period as the riders' earnings;
    `most` is how many offers go out at once. The order of `candidates` is irrelevant; each driver stands once.
    """
    w_near, w_idle, w_equity, w_home, w_acceptance = weights.as_tuple()
    running: list[tuple[int, int, UUID, Candidate, tuple[int, ...]]] = []
    barred: list[tuple[UUID, Candidate, Skip]] = []
    for candidate in candidates:
        skip = barrier(job, candidate)
        if skip is not None:
            barred.append((candidate.rider.driver_id, candidate, skip))
            continue
        values = _values(job, candidate, reference_hourly)
        near, idle, equity, home, acceptance = values
        score = w_near * near + w_idle * idle + w_equity * equity + w_home * home + w_acceptance * acceptance
        running.append((-score, candidate.pickup_m, candidate.rider.driver_id, candidate, values))
    running.sort()  # no two drivers share an id: nothing behind it is compared
    barred.sort()
    standings = [
        Standing(
            candidate,
            place,
            -score // FULL_SHARE_BP,
            values,
            None if place <= most else _skip(Reason.OUTRANKED, place, most),
            weights,
            job,
            reference_hourly,
        )
        for place, (score, _, _, candidate, values) in enumerate(running, start=1)
    ]
    out = [Standing(candidate, None, 0, (), skip, weights, job, reference_hourly) for _, candidate, skip in barred]
    return Ranked(tuple(standings[:most]), (*standings[most:], *out))


def barrier(job: Job, candidate: Candidate) -> Skip | None:
    """The first thing that keeps the job from this driver, whatever his rank; None: nothing does.

    From what he is, over what he does now, to what this job asks.
    """
    rider = candidate.rider
    if not rider.is_member:
        return _skip(Reason.NOT_MEMBER)
    if not rider.has_valid_documents:
        return _skip(Reason.DOCUMENTS)
    if not rider.is_on_shift:
        return _skip(Reason.OFF_SHIFT)
    if rider.is_paused:
        return _skip(Reason.PAUSED)
    if candidate.is_blocked:
        return _skip(Reason.BLOCKED)
    if candidate.has_declined:
        return _skip(Reason.DECLINED)
    if candidate.pickup_m > job.radius_m:
        return Skip(Reason.TOO_FAR, (candidate.pickup_m, job.radius_m))
    if job.vehicles and rider.vehicle not in job.vehicles:
        return _skip(Reason.VEHICLE)
    if rider.capacity_g is not None and job.weight_g > rider.capacity_g:
        return Skip(Reason.TOO_HEAVY, (job.weight_g, rider.capacity_g))
    if rider.jobs_held >= rider.job_limit:
        return _skip(Reason.AT_JOB_LIMIT, rider.jobs_held, rider.job_limit)
    if rider.offers_open + candidate.more_offers >= rider.offer_limit:
        return _skip(Reason.OFFERS_OPEN, rider.offers_open + candidate.more_offers, rider.offer_limit)
    if job.cash and rider.cash_limit is not None and rider.cash_held + job.cash > rider.cash_limit:
        return Skip(Reason.CASH_LIMIT, (rider.cash_held + job.cash, rider.cash_limit))
    if rider.shift_ends_in_s is not None:
        done_s = _done_in_s(job, candidate)
        if done_s > rider.shift_ends_in_s + job.past_shift_end_s:
            return Skip(Reason.SHIFT_ENDS, (done_s, rider.shift_ends_in_s, job.past_shift_end_s))
    return None


@lru_cache(maxsize=1_000)
def _skip(reason: Reason, *numbers: int) -> Skip:
    """A reason whose few numbers come again and again: a pass names thousands, and makes each of them once."""
    return Skip(reason, numbers)


def _done_in_s(job: Job, candidate: Candidate) -> int:
    return max(candidate.reach_s, job.ready_in_s) + job.takes_s


def _values(job: Job, candidate: Candidate, reference_hourly: int) -> tuple[int, int, int, int, int]:
    """Each factor's value in basis points, in the order of `FactorKind`."""
    rider = candidate.rider
    waits = max(0, candidate.reach_s - job.ready_in_s)
    near = falling(waits * RIDE_PART + candidate.reach_s, WAIT_HALF_S * RIDE_PART)
    equity = _equity(rider.earned.hourly, reference_hourly)
    gain_m = candidate.home_gain_m
    home = NEUTRAL_BP if gain_m is None or job.ride_m <= 0 else _home(job.ride_m, gain_m)
    return near, rider.idle_bp, equity, home, rider.acceptance_bp


@lru_cache(maxsize=10_000)
def _equity(own: int, reference: int) -> int:
    """By the square: half the median is worth 80 of 100, the median 50, twice the median 20."""
    return falling(own**2, reference**2) if own or reference else NEUTRAL_BP


def falling(amount: int, half: int) -> int:
    """10,000 at zero, 5,000 at `half`, and ever less beyond."""
    return FULL_SHARE_BP * half // (half + amount)


def _home(ride_m: int, gain_m: int) -> int:
    """10,000 straight home, 0 straight away; who set no direction stands between, or where the job leads nowhere."""
    return NEUTRAL_BP * (ride_m + max(-ride_m, min(ride_m, gain_m))) // ride_m


def _numbers(job: Job, candidate: Candidate, reference_hourly: int) -> tuple[tuple[int, ...], ...]:
    """What each factor was made of, as its words need it, in the order of `FactorKind`."""
    rider = candidate.rider
    return (
        (candidate.pickup_m, candidate.reach_s, max(0, candidate.reach_s - job.ready_in_s)),
        (rider.idle_s,),
        (rider.earned.hourly, reference_hourly),
        () if candidate.home_gain_m is None else (candidate.home_gain_m,),
        (rider.offers_accepted, rider.offers_answered),
    )
