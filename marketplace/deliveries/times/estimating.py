"""When a delivery will be picked up and be there: a range that shall hold eight times of ten. Pure.

The legs still to come are drawn together along a fixed set of evenly spread points, so that what waits for both the
driver and the goods is neither's time but the later one's; the range is the middle eighty hundredths of what comes.
How wide it is drawn is then set right by how often it held: conformal, one delivery after another (Gibbs and Candès,
"Adaptive conformal inference under distribution shift", 2021).
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from marketplace.deliveries.times.learning import Distribution, Leg, Model

#: How often a range shall hold.
COVERAGE = 0.8
POINTS = 100
#: How much one delivery moves the width, and how narrow or wide it may become.
STEP = 0.05
NARROWEST, WIDEST = 0.5, 4.0
#: A leg that has run longer than nearly all before it: so much of its distribution is left at least.
LEAST_LEFT = 0.002


class Stage(StrEnum):
    """When an estimate was made."""

    PLACED = "PLACED"
    ASSIGNED = "ASSIGNED"
    PICKED_UP = "PICKED_UP"


class Target(StrEnum):
    """What is estimated."""

    PICKUP = "PICKUP"
    DROP_OFF = "DROP_OFF"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a delivery has come, and what is known of the rest.

    `ready_at`: when the goods are, or should be, ready.
    """

    opened_at: datetime
    ready_at: datetime | None
    distance_m: int
    hour_band: int
    distance_band: int
    assigned_at: datetime | None = None
    arrived_at: datetime | None = None
    picked_up_at: datetime | None = None
    at_door_at: datetime | None = None
    legs_m: tuple[int, ...] = ()
    """Of several drops: the way to each that is still to come, in order; none: one drop, `distance_m` away."""
    left_at: datetime | None = None
    """When the rider left the last of several doors that are behind him."""
    waits: tuple[tuple[datetime, int], ...] = ()
    """Windows of hubs ahead: when each opens, and the metres from there to the drops."""

    @property
    def stage(self) -> Stage:
        if self.picked_up_at is not None:
            return Stage.PICKED_UP
        return Stage.PLACED if self.assigned_at is None else Stage.ASSIGNED


@dataclass(frozen=True, slots=True)
class Range:
    """From when to when, and the middle."""

    low: datetime
    middle: datetime
    high: datetime


@dataclass(frozen=True, slots=True)
class Estimate:
    """When the goods are picked up (None once they are), and when they are all there.

    `drops`: when each drop that is still to come is made, in order; the last is `drop_off`.
    """

    pickup: Range | None
    drop_off: Range
    drops: tuple[Range, ...]


@lru_cache
def points(number: int = POINTS) -> tuple[tuple[float, ...], ...]:
    """Evenly spread points, one coordinate a leg (Roberts' R-sequence): the same always, so nothing flickers."""
    count = len(Leg)
    root = 2.0
    for _ in range(30):  # the generalised golden ratio: the root of x^(d+1) = x + 1
        root = (1 + root) ** (1 / (count + 1))
    steps = [root ** -(place + 1) for place in range(count)]
    return tuple(tuple((0.5 + step * row) % 1 for step in steps) for row in range(number))


def estimate(
    progress: Progress, model: Model, now: datetime, *, pickup_width: float = 1.0, drop_off_width: float = 1.0
) -> Estimate:
    """When what is still to come will have come, seen at `now`."""
    draws = _Draws(progress, model, now)
    ends = [draws.ends(point) for point in points()]
    drops = tuple(_range(list(each), now, drop_off_width) for each in zip(*(doors for _, doors in ends), strict=True))
    if progress.picked_up_at is not None:
        return Estimate(None, drops[-1], drops)
    return Estimate(_range([pickup for pickup, _ in ends], now, pickup_width), drops[-1], drops)


class _Draws:
    """A delivery's course for one point: seconds from `now` to its pickup and to the end of each drop."""

    def __init__(self, progress: Progress, model: Model, now: datetime) -> None:
        self.now = now
        self.kms = tuple(max(metres, 100) / 1_000 for metres in progress.legs_m or (progress.distance_m,))
        self.waits = tuple((self._until(opens), metres / 1_000) for opens, metres in progress.waits)
        # One attribute a leg, and one a moment: they are read for each point, and an enum's hash is slow.
        self.accept, self.to_pickup, self.handover, self.pace, self.door = (
            model.distribution(leg, progress.hour_band, progress.distance_band) for leg in Leg
        )
        self.opened = self._until(progress.opened_at)
        self.ready = 0.0 if progress.ready_at is None else self._until(progress.ready_at)
        self.assigned = None if progress.assigned_at is None else self._until(progress.assigned_at)
        self.arrived = None if progress.arrived_at is None else self._until(progress.arrived_at)
        self.picked_up = None if progress.picked_up_at is None else self._until(progress.picked_up_at)
        self.at_door = None if progress.at_door_at is None else self._until(progress.at_door_at)
        self.left = None if progress.left_at is None else self._until(progress.left_at)

    def ends(self, point: tuple[float, ...]) -> tuple[float, list[float]]:
        """The point's coordinates stand in the order of `Leg`; one rides and hands over alike at all doors."""
        accept, to_pickup, handover, pace, door = point
        pickup = self._pickup(accept, to_pickup, handover) if self.picked_up is None else self.picked_up
        free, at_door = pickup if self.left is None else self.left, self.at_door
        doors: list[float] = []
        for km in self.kms:
            if at_door is None:
                at_door = free + _left(self.pace, pace, max(0.0, -free) / km) * km
                if not doors:
                    at_door = max([at_door, *(opens + self.pace.quantile(pace) * rest for opens, rest in self.waits)])
            free = max(0.0, at_door + _left(self.door, door, max(0.0, -at_door)))
            doors.append(free)
            at_door = None
        return max(0.0, pickup), doors

    def _pickup(self, accept: float, to_pickup: float, handover: float) -> float:
        if self.arrived is None:
            if self.assigned is None:
                claimed = self.opened + _left(self.accept, accept, -self.opened)
            else:
                claimed = self.assigned
            arrived = claimed + _left(self.to_pickup, to_pickup, max(0.0, -claimed))
        else:
            arrived = self.arrived
        both = max(arrived, self.ready)
        return both + _left(self.handover, handover, max(0.0, -both))

    def _until(self, moment: datetime) -> float:
        return (moment - self.now).total_seconds()


def _left(distribution: Distribution, share: float, elapsed_s: float) -> float:
    """How long the leg takes in all, at this share of those that take longer than what has passed."""
    passed = min(distribution.share_below(elapsed_s), 1 - LEAST_LEFT)
    return max(elapsed_s, distribution.quantile(passed + share * (1 - passed)))


def _range(seconds: list[float], now: datetime, width: float) -> Range:
    ordered = sorted(seconds)
    middle = ordered[len(ordered) // 2]
    low, high = (ordered[round(len(ordered) * share) - 1] for share in ((1 - COVERAGE) / 2, (1 + COVERAGE) / 2))
    low, high = max(0.0, middle - width * (middle - low)), middle + width * (high - middle)
    return Range(*(now + timedelta(seconds=round(value)) for value in (low, middle, max(high, low + 1))))


def widened(width: float, *, held: bool) -> float:
    """The width after one more delivery whose range held or not: at rest when it holds as often as `COVERAGE`."""
    moved = width * math.exp(STEP * (COVERAGE - held))
    return min(WIDEST, max(NARROWEST, moved))
