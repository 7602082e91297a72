"""Interest by the balance at the end of each day, and the tax on it. Pure; whole rupiah, basis points a year.

Each day's balance earns rate/365 of it (366 in a leap year); a month's sum is rounded once, half to even. Above
Rp 240,000 a month in all of a member's savings the tax is 10 % of all of it, final (PP 15/2009 art. 2), rounded down.
"""

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from uuid import UUID

from cooperatives.books.periods import month_of
from marketplace.money import FULL_SHARE_BP, allocate


@dataclass(frozen=True, slots=True)
class RateFrom:
    """A rate that holds from a day on."""

    since: date
    rate_bp: int


def rate_on(rates: Sequence[RateFrom], day: date) -> int:
    """The rate of that day, by the latest that had begun; nothing before the first."""
    begun = [rate for rate in rates if rate.since <= day]
    return max(begun, key=lambda rate: rate.since).rate_bp if begun else 0


def days_of(first: date, last: date) -> list[date]:
    """Every day from first to last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def ends(opening: int, moves: Iterable[tuple[date, int]], first: date, last: date) -> dict[date, int]:
    """The balance at the end of each day: the opening one and what moved until then, in (more) or out (less)."""
    by_day: dict[date, int] = {}
    for day, amount in moves:
        by_day[day] = by_day.get(day, 0) + amount
    balance, found = opening, {}
    for day in days_of(first, last):
        balance += by_day.get(day, 0)
        found[day] = balance
    return found


def earned(balances: Mapping[date, int], rates: Sequence[RateFrom], cap_bp: int | None = None) -> int:
    """What these balances earn; no day at more than `cap_bp`. Nothing is earned on a balance below zero."""
    total = Fraction(0)
    for day, balance in balances.items():
        rate = rate_on(rates, day)
        rate = rate if cap_bp is None else min(rate, cap_bp)
        year = 366 if isleap(day.year) else 365
        total += Fraction(max(0, balance) * rate, FULL_SHARE_BP * year)
    return round(total)  # half to even


def earned_by_month(balances: Mapping[date, int], rates: Sequence[RateFrom], cap_bp: int | None = None) -> int:
    """`earned` of balances over several months, each rounded as it would be credited."""
    months: dict[date, dict[date, int]] = {}
    for day, balance in balances.items():
        months.setdefault(month_of(day), {})[day] = balance
    return sum(earned(month, rates, cap_bp) for month in months.values())


def broken_since(opened_on: date, today: date) -> date:
    """From when on a deposit that is broken that day has earned nothing: the month's first, or when it was placed."""
    return max(month_of(today), opened_on)


def after_breaking(rates: Sequence[RateFrom], opened_on: date, today: date) -> list[RateFrom]:
    """A deposit's rates once it was broken that day."""
    since = broken_since(opened_on, today)
    return [*(rate for rate in rates if rate.since < since), RateFrom(since, 0)]


def forgone(
    balances: Mapping[date, int], rates: Sequence[RateFrom], opened_on: date, today: date, cap_bp: int | None = None
) -> int:
    """What these balances of a deposit earn less for its being broken that day."""
    return earned(balances, rates, cap_bp) - earned(balances, after_breaking(rates, opened_on, today), cap_bp)


def tax(gross: Mapping[UUID, int], *, free_monthly: int, rate_bp: int) -> dict[UUID, int]:
    """The tax on what each of one member's accounts earned in a month; its share of what all of them bear."""
    total = sum(gross.values())
    if total <= free_monthly:
        return dict.fromkeys(gross, 0)
    return allocate(total * rate_bp // FULL_SHARE_BP, gross)
