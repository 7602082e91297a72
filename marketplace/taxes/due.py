"""What is withheld from a seller's turnover of a month. Pure.

PMK 37/2025: a designated marketplace withholds 0.5 % of the gross turnover; an individual who declares that his
turnover of the year stays within Rp 500 million is free until it passes that, and who holds a certificate of
exemption (SKB) is free while it is valid. A body (PT, CV, co-op) can't declare. Values: `marketplace.rules`.

A sale is judged by its own day: it is free while a declaration holds, and nothing is withheld from what was sold
before the node's designation was in force, though that counts towards what is free.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cooperatives.books.periods import add_months, month_of
from marketplace.money import FULL_SHARE_BP


@dataclass(frozen=True, slots=True)
class Terms:
    """The rule's values on a day: the share withheld, and what is free in a year for who declared it."""

    share_bp: int
    free_yearly: int


def in_force_on(decided: date, months: int) -> date:
    """From when a designation decided on that day counts: the first day of the month so many after it."""
    return add_months(month_of(decided), months)


def taxed(gross: int, before: int, *, is_declared: bool, terms: Terms) -> int:
    """How much of the month's turnover is taxed, after `before` of the same year."""
    if not is_declared:
        return gross
    return max(0, gross - max(0, terms.free_yearly - before))


def withheld(gross: int, before: int, *, is_declared: bool, terms: Terms) -> int:
    """The tax of the month in whole rupiah, what is less than one left out."""
    return taxed(gross, before, is_declared=is_declared, terms=terms) * terms.share_bp // FULL_SHARE_BP


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on which a declaration or certificate held: from `since` on, before `until`."""

    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a seller turned over in days that are judged alike."""

    gross: int
    is_declared: bool = False
    is_due: bool = True  # the node's designation was in force
    is_certified: bool = False  # a certificate of exemption held: free whatever the turnover


def stretches_of(first: date, last: date, turns: Iterable[date]) -> list[tuple[date, date]]:
    """The days from `first` to `last` cut where something turns: each stretch by its first and last day."""
    starts = [first, *sorted({day for day in turns if first < day <= last})]
    return [*((day, turn - timedelta(days=1)) for day, turn in pairwise(starts)), (starts[-1], last)]


def withheld_over(stretches: Sequence[Stretch], before: int, terms: Terms) -> int:
    """The tax of a month's stretches, in their order, after `before` of the same year; in whole rupiah."""
    base = 0
    for one in stretches:
        if one.is_due and not one.is_certified:
            base += taxed(one.gross, before, is_declared=one.is_declared, terms=terms)
        before += one.gross
    return base * terms.share_bp // FULL_SHARE_BP
