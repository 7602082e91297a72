"""What a loan truly costs a year, and whether the law allows it. Pure.

The rate held against the cap is the effective nominal yearly rate: 12 times the monthly internal rate of return of
what is lent and what is paid back. The compounded rate, (1 + monthly) ^ 12 - 1, is shown beside it. For a flat rate
it is nearly twice the rate that is named, which is why the named one is never held against the cap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from cooperatives.loans.schedules import FULL_BP, MONTHS_A_YEAR, Method, Terms, schedule
from marketplace.money import percent
from marketplace.rules import AgainstTheLaw, RuleValue

_STEPS = 200
_SMALLEST = 1e-15


@dataclass(frozen=True, slots=True)
class EffectiveRate:
    """What a loan costs a year, as fractions of one: 0.21457 is 21.457 %."""

    monthly: float

    @property
    def nominal(self) -> float:
        """12 x the monthly rate: held against the cap."""
        return MONTHS_A_YEAR * self.monthly

    @property
    def compounded(self) -> float:
        """With interest on interest."""
        return float((1 + self.monthly) ** MONTHS_A_YEAR - 1)

    @property
    def nominal_bp(self) -> int:
        return round(self.nominal * FULL_BP)

    @property
    def compounded_bp(self) -> int:
        return round(self.compounded * FULL_BP)


def monthly_return(lent: int, paid: Sequence[int]) -> float:
    """The monthly rate at which `paid`, one amount a month, is worth `lent` rupiah today.

    Newton's method kept between bounds that a bisection narrows: it converges always, for amounts of zero or more
    whose sum is `lent` or more. Raises ValueError otherwise.
    """
    if lent <= 0 or any(amount < 0 for amount in paid) or sum(paid) < lent:
        raise ValueError("what is paid back is at least what was lent")
    if sum(paid) == lent:
        return 0.0
    low, high = 0.0, 1.0
    while _worth(high, paid)[0] > lent:
        high *= 2
    rate = min(max(2 * (sum(paid) / lent - 1) / (len(paid) + 1), low), high)
    for _ in range(_STEPS):
        worth, slope = _worth(rate, paid)
        low, high = (rate, high) if worth > lent else (low, rate)
        step = rate - (worth - lent) / slope
        coming = step if isfinite(step) and low < step < high else (low + high) / 2
        if abs(coming - rate) <= _SMALLEST:
            return coming
        rate = coming
    return rate


def _worth(rate: float, paid: Sequence[int]) -> tuple[float, float]:
    """What the amounts are worth today at this rate, and how that changes with the rate."""
    discount = 1 / (1 + rate)
    worth = slope = 0.0
    for month in range(len(paid), 0, -1):  # Horner's rule, from the last month on
        slope = (slope - month * paid[month - 1]) * discount
        worth = (worth + paid[month - 1]) * discount
    return worth, slope * discount


def effective_rate(terms: Terms) -> EffectiveRate:
    """What a loan on these terms costs, from the instalments that are really paid. No fees are taken beside."""
    return EffectiveRate(monthly_return(terms.principal, [row.total for row in schedule(terms)]))


def require_within_cap(terms: Terms, cap: RuleValue) -> EffectiveRate:
    """The effective rate of these terms. Raises AgainstTheLaw, which names the article, when it is above the cap."""
    rate = effective_rate(terms)
    if is_above(terms, cap.value):
        bp = rate.nominal_bp
        raise AgainstTheLaw.by(
            cap,
            f"the effective rate of {percent(bp, 'en')} a year is above the cap of {cap.counted('en')}: lower it",
            f"bunga efektif {percent(bp)} setahun melebihi batas {cap.counted('id')}: turunkan bunganya",
        )
    return rate


def is_above(terms: Terms, cap_bp: int) -> bool:
    """Whether the effective rate is above the cap, be each instalment a rupiah lower.

    That rupiah is what rounding may have added: an annuity at just the cap's rate costs just the cap.
    """
    paid = [max(row.total - 1, 0) for row in schedule(terms)]
    return sum(paid) > terms.principal and MONTHS_A_YEAR * monthly_return(terms.principal, paid) * FULL_BP > cap_bp


def highest_rate_bp(principal: int, months: int, method: Method, cap_bp: int, multiple: int = 1) -> int:
    """The highest named yearly rate, in basis points, whose effective rate is within the cap."""
    low, high = 0, cap_bp
    while low < high:
        middle = (low + high + 1) // 2
        if not is_above(Terms(principal, months, middle, method, multiple), cap_bp):
            low = middle
        else:
            high = middle - 1
    return low
