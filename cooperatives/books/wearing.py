"""Straight-line depreciation in whole rupiah. Pure."""

from dataclasses import dataclass
from datetime import date

from cooperatives.books.periods import month_of, months_between


@dataclass(frozen=True, slots=True)
class Wear:
    """An asset that wears out evenly: over `life_months` from the month in which it came into use.

    `written_off_before` was taken off it before the month `counted_from`; the rest is spread over what is left.
    """

    cost: int
    residual: int
    life_months: int
    in_use_on: date
    counted_from: date
    written_off_before: int = 0

    def until(self, month: date) -> int:
        """What this month and those before it, since `counted_from`, take off. Never more than what is left."""
        begins = max(month_of(self.in_use_on), month_of(self.counted_from))
        gone = months_between(month_of(self.in_use_on), begins)
        left = max(self.life_months - gone, 0)
        worn = max(self.cost - self.residual - self.written_off_before, 0)
        passed = months_between(begins, month_of(month)) + 1
        if passed <= 0:
            return 0
        return worn if passed >= left else worn * passed // left
