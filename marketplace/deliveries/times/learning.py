"""What past deliveries say of the parts of one to come. Pure.

A delivery's way is cut into legs. Of each leg a co-op keeps how often it took how long, by hour and distance, as
counts in bins that grow by the same factor; old counts fade. A cell that has seen little leans on the one above: by
hour and distance on the co-op's, that on the node's, that on a prior (empirical-Bayes shrinkage by pseudo-counts).
"""

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from statistics import NormalDist
from zoneinfo import ZoneInfo

#: Bins from five seconds to four hours; each is about a fifth wider than the one before.
BINS = 40
SHORTEST_S, LONGEST_S = 5.0, 14_400.0
GROWTH = math.log(LONGEST_S / SHORTEST_S) / BINS
#: What a cell must have seen to weigh as much as what stands above it.
PSEUDO_COUNT = 20.0
#: After so long a delivery counts half.
HALF_LIFE_S = 28 * 86_400.0
#: Hour bands by the first hour of each, in the co-op's own time; before the first it is the last's night.
HOUR_BANDS = (6, 10, 14, 17, 22)
#: Distance bands by their upper bound, in metres.
DISTANCE_BANDS_M = (1_500, 4_000, 8_000)
#: Stands for any hour, or any distance.
ANY = -1


class Leg(StrEnum):
    """A part of a delivery's time."""

    ACCEPT = "ACCEPT"  # from opening to a driver's claim
    TO_PICKUP = "TO_PICKUP"  # from the claim to the shop
    HANDOVER = "HANDOVER"  # at the shop, from when both he and the goods should be there
    PACE = "PACE"  # on the road, for each kilometre
    DOOR = "DOOR"  # at the receiver's


#: Median in seconds and spread (sigma of the logarithm) of each leg before anything was seen: what city motorcycles
#: do, some 24 km/h, with room for error.
PRIOR: Mapping[Leg, tuple[float, float]] = {
    Leg.ACCEPT: (90.0, 1.0),
    Leg.TO_PICKUP: (420.0, 0.7),
    Leg.HANDOVER: (180.0, 0.9),
    Leg.PACE: (150.0, 0.4),
    Leg.DOOR: (120.0, 0.8),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """Which deliveries a count is of."""

    leg: Leg
    hour_band: int = ANY
    distance_band: int = ANY


Counts = Sequence[float]


def bin_of(seconds: float) -> int:
    """The bin that holds so many seconds; what is shorter or longer than all falls into the first or last."""
    return min(BINS - 1, max(0, int(math.log(max(seconds, SHORTEST_S) / SHORTEST_S) / GROWTH)))


def edge(number: float) -> float:
    """Where this bin begins, in seconds; a fraction lies within it."""
    return SHORTEST_S * math.exp(number * GROWTH)


EDGES = tuple(edge(number) for number in range(BINS + 1))


def hour_band(at: datetime, zone: str) -> int:
    """The band of this moment where the clock shows `zone`'s time."""
    hour = at.astimezone(ZoneInfo(zone)).hour
    return sum(hour >= first for first in HOUR_BANDS) % len(HOUR_BANDS)


def distance_band(distance_m: int) -> int:
    """The band of a way so long."""
    return sum(distance_m >= bound for bound in DISTANCE_BANDS_M)


def cell_of(leg: Leg, hour: int, distance: int) -> Cell:
    """The finest cell of a leg: the distance matters to the pace, and to how readily one takes the job."""
    return Cell(leg, hour, distance if leg in (Leg.PACE, Leg.ACCEPT) else ANY)


@lru_cache
def prior(leg: Leg) -> tuple[float, ...]:
    """The share of each bin before anything was seen."""
    median, spread = PRIOR[leg]
    normal = NormalDist(math.log(median), spread)
    bounds = [0.0, *(normal.cdf(math.log(edge(number))) for number in range(1, BINS)), 1.0]
    return tuple(above - below for below, above in pairwise(bounds))


def shrunk(counts: Counts, above: Sequence[float]) -> tuple[float, ...]:
    """The shares of these counts, leaning on the shares above them by `PSEUDO_COUNT`."""
    total = sum(counts) + PSEUDO_COUNT
    return tuple((count + PSEUDO_COUNT * share) / total for count, share in zip(counts, above, strict=True))


def faded(counts: Counts, seconds: float) -> list[float]:
    """The counts after so long a time."""
    share = 0.5 ** (max(0.0, seconds) / HALF_LIFE_S)
    return [count * share for count in counts]


class Distribution:
    """How long a leg takes: shares of bins, and the seconds that lie at each share of the whole."""

    def __init__(self, shares: Sequence[float]) -> None:
        self.cumulated = [0.0, *accumulate(shares)]

    def share_below(self, seconds: float) -> float:
        """How often the leg takes at most so long."""
        if seconds <= SHORTEST_S:
            return 0.0
        number = bin_of(seconds)
        below, above = self.cumulated[number], self.cumulated[number + 1]
        inside = math.log(seconds / edge(number)) / GROWTH
        return below + (above - below) * min(1.0, inside)

    def quantile(self, share: float) -> float:
        """The seconds within which the leg is done so often; shares beyond 0 to 1 are taken as those."""
        cumulated = self.cumulated
        low = bisect_right(cumulated, share) - 1
        low = 0 if low < 0 else BINS - 1 if low >= BINS else low
        below, above = cumulated[low], cumulated[low + 1]
        if above <= below:
            return EDGES[low]
        inside = (share - below) / (above - below)
        inside = 0.0 if inside < 0 else 1.0 if inside > 1 else inside
        return EDGES[low] * math.exp(inside * GROWTH)


@dataclass(frozen=True, slots=True)
class Model:
    """What a co-op and its node have counted; a cell that is absent has seen nothing."""

    own: Mapping[Cell, Counts]
    node: Mapping[Cell, Counts]

    made: dict[Cell, Distribution] = field(default_factory=dict)

    def distribution(self, leg: Leg, hour: int, distance: int) -> Distribution:
        """How long this leg takes at such an hour over such a distance; made once a model."""
        cell = cell_of(leg, hour, distance)
        if cell not in self.made:
            self.made[cell] = Distribution(self._shares(cell))
        return self.made[cell]

    def _shares(self, cell: Cell) -> Sequence[float]:
        leg = cell.leg
        shares = prior(leg)
        for counts in (
            self.node.get(Cell(leg)),
            self.own.get(Cell(leg)),
            self.own.get(cell),
        ):
            if counts is not None:
                shares = shrunk(counts, shares)
        return shares
