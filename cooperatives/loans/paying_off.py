"""How a payment is spread over what is owed, and what a part paid early does to the rest. Pure.

Oldest instalment first; of each, interest before principal. What was not yet due is paid early: the interest of the
month under way is then reckoned to the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cooperatives.loans.schedules import Instalment, Terms, half_even, schedule, shortened


class AfterEarly(StrEnum):
    """What a part paid early makes smaller."""

    INSTALMENT = "INSTALMENT"  # each coming instalment; the loan ends when it would have
    TERM = "TERM"  # the number of instalments; none is larger than before


@dataclass(frozen=True, slots=True)
class Owed:
    """An instalment that is not wholly paid, in rupiah: what of it is still owed. `id` is the caller's own."""

    id: int
    due_on: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Part:
    """What a payment pays of one instalment."""

    id: int
    principal: int
    interest: int


def due(rows: Sequence[Owed], today: date) -> list[Owed]:
    """Those that fell due, oldest first."""
    return sorted((row for row in rows if row.due_on <= today), key=lambda row: (row.due_on, row.id))


def spread(amount: int, rows: Sequence[Owed]) -> tuple[list[Part], int]:
    """Pay these instalments in their order; answers the parts, and what is left of the amount."""
    parts, left = [], amount
    for row in rows:
        interest = min(left, row.interest)
        principal = min(left - interest, row.principal)
        left -= interest + principal
        if interest or principal:
            parts.append(Part(row.id, principal, interest))
    return parts, left


@dataclass(frozen=True, slots=True)
class Returned:
    """What the money of returned goods pays of a loan: of its principal, of its interest, and what is left over.

    Interest below zero had been paid ahead, and pays principal too.
    """

    principal: int
    interest: int
    over: int


def principal_first(amount: int, principal: int, interest: int) -> Returned:
    """Pay what is owed of a loan: all its principal before any interest. `interest` below zero was paid ahead."""
    ahead = max(-interest, 0)
    paid = min(amount + ahead, principal)
    earned = min(amount + ahead - paid, max(interest, 0))
    return Returned(paid, earned - ahead, amount + ahead - paid - earned)


@dataclass(frozen=True, slots=True)
class Period:
    """The month under way: when it began, when its instalment falls due, and which day it is."""

    began_on: date
    due_on: date
    today: date

    @property
    def days(self) -> int:
        return max((self.due_on - self.began_on).days, 1)

    @property
    def gone(self) -> int:
        return min(max((self.today - self.began_on).days, 0), self.days)


def interest_to_day(interest: int, period: Period) -> int:
    """What the month under way has cost so far, of the `interest` that its instalment asks for the whole of it."""
    return half_even(Fraction(interest * period.gone, period.days))


def rest_after_early(terms: Terms, rows: Sequence[Owed], early: int, period: Period, choice: AfterEarly) -> Terms:
    """The terms of what is left when `early` rupiah of principal were paid before they were due.

    `terms` are those in force, `rows` the instalments still to come, `period` the whole month before the first of
    them falls due. `early` is less than what they owe.
    """
    left = sum(row.principal for row in rows) - early
    if left <= 0:
        raise ValueError("nothing is left: the loan is repaid")
    rest = replace(
        terms,
        principal=left,
        months=len(rows),
        first_days=period.days - period.gone,
        first_period_days=period.days,
    )
    if choice is AfterEarly.INSTALMENT:
        return rest
    return shortened(rest, max(row.total for row in (rows[:-1] or rows)))


def rest_after_restructuring(terms: Terms, owed: int, months: int, rate_bp: int) -> list[Instalment]:
    """The instalments of what is owed on new terms; interest left unpaid is not lent again, it is only carried."""
    return schedule(replace(terms, principal=owed, months=months, rate_bp=rate_bp, first_days=1, first_period_days=1))
