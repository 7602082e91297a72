"""What driving brings an hour, and how evenly it falls. Pure.

An hour counts when the driver stood ready: on shift and not paused ("sedang di aplikasi lain"). Amounts are whole
rupiah, times seconds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median_low

HOUR_S = 3_600
#: In the first hour a single job would look like riches; until then earnings count as those of a whole hour.
LEAST_S = HOUR_S


@dataclass(frozen=True, slots=True)
class Earned:
    """What one driver earned in a period, and the seconds in which he stood ready (pauses are out)."""

    amount: int
    available_s: int
    hourly: int = field(init=False)
    """Rupiah an available hour; less than an hour counts as one."""

    def __post_init__(self) -> None:
        if self.amount < 0 or self.available_s < 0:
            raise ValueError("earnings and time are zero or more")
        object.__setattr__(self, "hourly", self.amount * HOUR_S // max(self.available_s, LEAST_S))


def reference_hourly(drivers: Iterable[Earned]) -> int:
    """What a driver is compared with: the co-op's median, rupiah an available hour; 0 when nobody earned anything.

    While at least half have earned nothing the median is zero and would tell nobody apart: then it is the mean.
    Of an even number it is the lower middle one, so that it is somebody's own figure.
    """
    rates = [driver.hourly for driver in drivers]
    if not rates:
        return 0
    return median_low(rates) or sum(rates) // len(rates) or min(1, max(rates))


def gini(values: Sequence[float]) -> float:
    """How unevenly the values fall: 0 when all are equal, towards 1 when one has all. None, or all zero: 0.

    The mean absolute difference between two of them, over twice the mean. Raises ValueError below zero.
    """
    ordered = sorted(values)
    total = sum(ordered)
    if not ordered or total == 0:
        return 0.0
    if ordered[0] < 0:
        raise ValueError("a Gini coefficient is of values of zero or more")
    count = len(ordered)
    weighted = sum((2 * place - count - 1) * value for place, value in enumerate(ordered, start=1))
    return max(0.0, weighted / (count * total))


def hourly_gini(drivers: Iterable[Earned]) -> float:
    """The Gini of earnings an available hour, everybody counted who stood ready at all, also who earned nothing."""
    return gini([driver.amount * HOUR_S / driver.available_s for driver in drivers if driver.available_s])
