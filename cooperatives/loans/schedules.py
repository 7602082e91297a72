"""What is paid back when: flat, declining (menurun) and annuity schedules in whole rupiah. Pure.

Each amount is rounded HALF_EVEN to the rupiah, or to a multiple of rupiah; what rounding leaves over stands in
the last instalment, so that the principal parts sum to the loan exactly. Nothing is ever below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cooperatives.books.periods import add_months, last_day, month_of

MONTHS_A_YEAR = 12
FULL_BP = 10_000


class Method(StrEnum):
    """How interest is reckoned."""

    FLAT = "FLAT"  # on the principal that was lent, whatever of it was paid back
    DECLINING = "DECLINING"  # menurun: equal principal, interest on what is still owed
    ANNUITY = "ANNUITY"  # equal instalments, interest on what is still owed


@dataclass(frozen=True, slots=True)
class Terms:
    """A loan as it is agreed: rupiah, months, and the nominal yearly rate in basis points.

    `multiple`: an instalment is a multiple of so many rupiah. `first_days` of `first_period_days`: the share of the
    first month that still bears interest, when the terms begin in the middle of one.
    """

    principal: int
    months: int
    rate_bp: int
    method: Method
    multiple: int = 1
    first_days: int = 1
    first_period_days: int = 1

    def __post_init__(self) -> None:
        if self.principal < 1 or self.months < 1 or self.multiple < 1 or self.rate_bp < 0:
            raise ValueError("a loan is of one rupiah or more, over one month or more, at a rate of zero or more")
        if not 0 <= self.first_days <= self.first_period_days:
            raise ValueError("the first month bears interest for some of its days, or for all")

    @property
    def monthly_rate(self) -> Fraction:
        return Fraction(self.rate_bp, FULL_BP * MONTHS_A_YEAR)

    @property
    def first_share(self) -> Fraction:
        """How much of the first month bears interest."""
        return Fraction(self.first_days, self.first_period_days)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One month's payment, in rupiah."""

    principal: int
    interest: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


def half_even(value: Fraction, multiple: int = 1) -> int:
    """The multiple of `multiple` nearest to the value; of two, the even one."""
    return round(value / multiple) * multiple


def schedule(terms: Terms) -> list[Instalment]:
    """The instalments of these terms, one a month."""
    match terms.method:
        case Method.FLAT:
            return _flat(terms)
        case Method.DECLINING:
            return _declining(terms)
        case Method.ANNUITY:
            return _annuity(terms)


def _flat(terms: Terms) -> list[Instalment]:
    months, monthly = terms.months, terms.principal * terms.monthly_rate
    whole = half_even(monthly * (months - 1 + terms.first_share))
    each = half_even(monthly)
    first = min(half_even(monthly * terms.first_share), whole)
    level = half_even((terms.principal + monthly * months) / months, terms.multiple)
    rows: list[Instalment] = []
    owed, charged = terms.principal, 0
    for month in range(1, months):
        interest = min(first if month == 1 else each, whole - charged)
        # A first month cut short costs less; what is paid back of the loan in it stays the same.
        principal = min(max(level - each, 0), owed)
        rows.append(Instalment(principal, interest))
        owed, charged = owed - principal, charged + interest
    return [*rows, Instalment(owed, whole - charged)]


def _declining(terms: Terms) -> list[Instalment]:
    return _on_balance(terms, Fraction(terms.principal, terms.months), is_level=False)


def _annuity(terms: Terms) -> list[Instalment]:
    rate, months = terms.monthly_rate, terms.months
    if rate == 0:
        level = Fraction(terms.principal, months)
    else:
        grown = (1 + rate) ** months
        level = terms.principal * rate * grown / (grown - 1)
    return _on_balance(terms, level, is_level=True)


def _on_balance(terms: Terms, part: Fraction, *, is_level: bool) -> list[Instalment]:
    """Interest on what is still owed; `part` is the whole instalment when it is level, else its principal."""
    rounded = half_even(part, terms.multiple)
    rows: list[Instalment] = []
    owed = terms.principal
    for month in range(1, terms.months + 1):
        share = terms.first_share if month == 1 else Fraction(1)
        interest = half_even(owed * terms.monthly_rate * share)
        principal = min(max(rounded - interest, 0) if is_level else rounded, owed)
        rows.append(Instalment(owed if month == terms.months else principal, interest))
        owed -= principal
    return rows


def due_days(first_on: date, months: int, day: int) -> list[date]:
    """When the instalments fall due: from `first_on` on, each month on `day`, or on the month's last."""
    starts = [add_months(month_of(first_on), n) for n in range(months)]
    return [first_on if n == 0 else at_day(start, day) for n, start in enumerate(starts)]


def at_day(month: date, day: int) -> date:
    """That day of the month; the last one when the month is shorter."""
    return month.replace(day=min(day, last_day(month).day))


def shortened(terms: Terms, instalment: int) -> Terms:
    """The fewest months, at most those of `terms`, in which no instalment is above `instalment` rupiah.

    After a part was paid early: the member goes on paying what he paid, for a shorter time. `terms` themselves
    when no shorter time will do.
    """
    low, high = 1, terms.months
    while low < high:
        middle = (low + high) // 2
        rows = schedule(_over(terms, middle))
        if max(row.total for row in rows[:-1] or rows) <= instalment:
            high = middle
        else:
            low = middle + 1
    return _over(terms, low)


def _over(terms: Terms, months: int) -> Terms:
    return Terms(
        terms.principal,
        months,
        terms.rate_bp,
        terms.method,
        terms.multiple,
        terms.first_days,
        terms.first_period_days,
    )


def total_interest(rows: Sequence[Instalment]) -> int:
    """What the loan costs, in rupiah."""
    return sum(row.interest for row in rows)


def earned(interest: int, began_on: date, due_on: date, today: date) -> int:
    """What of an instalment's interest, in rupiah, has been earned by this evening: by its days, HALF_EVEN."""
    if today >= due_on:
        return interest
    return round(Fraction(interest * max((today - began_on).days, 0), (due_on - began_on).days))


def next_look(due_days: Sequence[date], today: date) -> date:
    """The coming day on which interest is posted: a month's last, or that on which an instalment falls due."""
    ends = (last_day(add_months(month_of(today), n)) for n in (0, 1))
    return min(day for day in (*ends, *due_days) if day > today)
