"""How much counts beside the words of a query: open now, distance, reliability, freshness, membership. Pure.

There are no other factors: nothing that a seller pays, and no price, is known here. All lifts together are at most
MOST_LIFT_PERCENT, so that no lift puts a mistyped title before an exact one at the same distance.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

from marketplace.errors import Code, Invalid

MOST_LIFT_PERCENT = 50
LEAST_HALF_WORTH_M, MOST_HALF_WORTH_M = 500, 50_000
#: What is newer than this is lifted, the less the older it is.
FRESH_S = 30 * 24 * 3600
#: A whole share, in which reliability is told.
PERMILLE = 1_000
LIFTS = ("open_percent", "reliability_percent", "freshness_percent", "members_percent")


@dataclass(frozen=True, slots=True)
class Weights:
    """A node's policy. The percentages are the most by which each lifts a hit; a hit `half_worth_m` metres away
    counts half as much as one at the buyer's door."""

    open_percent: int = 20
    reliability_percent: int = 15
    freshness_percent: int = 5
    members_percent: int = 0
    half_worth_m: int = 5_000

    @classmethod
    def checked(cls, values: Mapping[str, Any]) -> "Weights":
        """The weights that are given, the usual ones for the rest; raises Invalid naming what is wrong."""
        known = {field.name for field in fields(cls)}
        for name, value in values.items():
            if name not in known:
                raise Invalid.field(name, Code.INVALID, "is no weight", "bukan bobot")
            if not isinstance(value, int) or isinstance(value, bool):
                raise Invalid.field(name, Code.INVALID, "is a whole number", "harus bilangan bulat")
        weights = cls(**values)
        for name in LIFTS:
            if not 0 <= getattr(weights, name) <= MOST_LIFT_PERCENT:
                raise Invalid.field(name, Code.OUT_OF_RANGE, "0 to 50", "0 sampai 50")
        if sum(getattr(weights, name) for name in LIFTS) > MOST_LIFT_PERCENT:
            raise Invalid.field(
                "percent", Code.OUT_OF_RANGE, "all lifts together are at most 50", "jumlah bobot paling banyak 50"
            )
        if not LEAST_HALF_WORTH_M <= weights.half_worth_m <= MOST_HALF_WORTH_M:
            raise Invalid.field("half_worth_m", Code.OUT_OF_RANGE, "500 to 50,000 metres", "500 sampai 50.000 meter")
        return weights


@dataclass(frozen=True, slots=True)
class Ranking:
    """The weights, and the minute at which they are applied: an answer to a query can be kept for so long."""

    weights: Weights
    at: datetime

    @classmethod
    def now(cls, weights: Weights, moment: datetime) -> "Ranking":
        return cls(weights, moment.astimezone(UTC).replace(second=0, microsecond=0))


def nearness(distance_m: float, half_worth_m: int) -> float:
    """1 at the point itself, half of that `half_worth_m` away."""
    return 1 / (1 + distance_m / half_worth_m)


def order(worth: float, lifted: float, *, is_near: bool) -> tuple[float, float]:
    """What hits are sorted by, least first: by the words, and among equals by their lift.

    Where the buyer is known to be (`is_near`), `worth` holds nearness too, which leaves no equals: both are weighed.
    """
    return (-worth * lifted, 0.0) if is_near else (-worth, -lifted)


def lift(ranking: Ranking, *, is_open: bool, reliability: int, listed_s: int, is_member: bool) -> float:
    """By how much a hit counts more for what isn't in its words: 1 to 1.5.

    `reliability` in permille, `listed_s` in seconds since 1970; 0 of either: not known.
    """
    weights = ranking.weights
    age_s = ranking.at.timestamp() - listed_s
    fresh = max(0.0, 1 - max(0.0, age_s) / FRESH_S)
    percent = (
        weights.open_percent * is_open
        + weights.reliability_percent * reliability / PERMILLE
        + weights.freshness_percent * fresh
        + weights.members_percent * is_member
    )
    return 1 + percent / 100
