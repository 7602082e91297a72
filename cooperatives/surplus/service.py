"""What the rest of the system may ask of a year's surplus."""

from cooperatives.surplus.allocating import (
    MotionOfAnotherSurplus,
    SurplusAllocated,
    SurplusWrongState,
    YearNotLocked,
    post_surplus,
    propose_surplus,
)
from cooperatives.surplus.paying import pay_surplus
from cooperatives.surplus.reading import list_allocations, list_shares, shares_of

__all__ = [
    "MotionOfAnotherSurplus",
    "SurplusAllocated",
    "SurplusWrongState",
    "YearNotLocked",
    "list_allocations",
    "list_shares",
    "pay_surplus",
    "post_surplus",
    "propose_surplus",
    "shares_of",
]
