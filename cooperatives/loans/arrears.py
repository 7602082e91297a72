"""How late a loan is, what class that makes it, and how much is set aside for its loss. Pure.

The classes and shares are those that the financial authority sets for rural banks (POJK 1/2024), taken for co-ops
too: the ministry's own health test (Perdep 06/2016) knows the same words without days for each. They are rules as
data: an operator gives others without a release.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from cooperatives.loans.schedules import FULL_BP
from marketplace.rules import RuleValue, value_on


class ArrearsClass(StrEnum):
    """Kolektibilitas: how sound a loan is."""

    CURRENT = "CURRENT"  # lancar
    WATCH = "WATCH"  # dalam perhatian khusus
    SUBSTANDARD = "SUBSTANDARD"  # kurang lancar
    DOUBTFUL = "DOUBTFUL"  # diragukan
    LOSS = "LOSS"  # macet

    @property
    def days_rule(self) -> str:
        """The rule that says from how many days late on a loan is of this class."""
        return f"loan.class_{self.value.lower()}_from_days"

    @property
    def reserve_rule(self) -> str:
        """The rule that says how much of what is owed is set aside."""
        return f"loan.reserve_{self.value.lower()}"


#: From this class on a loan is not performing (pinjaman bermasalah).
NON_PERFORMING = frozenset({ArrearsClass.SUBSTANDARD, ArrearsClass.DOUBTFUL, ArrearsClass.LOSS})
#: The member, and those behind him, are told when he is so many days late; of each due its own reminders tell.
REMINDED_AFTER_DAYS = (7, 31, 61, 91, 181, 361)
#: Portfolio at risk is told for loans later than these days.
AT_RISK_AFTER_DAYS = (1, 30, 90)


@dataclass(frozen=True, slots=True)
class ClassBounds:
    """From how many days late each class begins, on some day, and the rules that say so."""

    from_days: tuple[tuple[ArrearsClass, int], ...]
    rules: tuple[RuleValue, ...]

    def of(self, days_late: int) -> ArrearsClass:
        """The class of a loan that is so many days late."""
        return [found for found, least in self.from_days if found is ArrearsClass.CURRENT or days_late >= least][-1]


def bounds_on(day: date) -> ClassBounds:
    """The table in force on that day."""
    rules = {found: value_on(found.days_rule, day) for found in ArrearsClass if found is not ArrearsClass.CURRENT}
    days = tuple((found, rules[found].value if found in rules else 0) for found in ArrearsClass)
    return ClassBounds(days, tuple(rules.values()))


def days_late(oldest_unpaid_on: date | None, today: date) -> int:
    """Days since the oldest instalment that is due and not wholly paid; zero when none is."""
    return 0 if oldest_unpaid_on is None else max((today - oldest_unpaid_on).days, 0)


def reserve_for(owed: int, arrears: ArrearsClass, day: date) -> tuple[int, RuleValue]:
    """What is set aside of `owed` rupiah, rounded HALF_EVEN, and the rule that says so."""
    rule = value_on(arrears.reserve_rule, day)
    return round(Fraction(owed * rule.value, FULL_BP)), rule


def next_reminder(last_after_days: int, late_days: int) -> int | None:
    """The latest stage reached that the member was not yet reminded at, or None."""
    reached = [stage for stage in REMINDED_AFTER_DAYS if last_after_days < stage <= late_days]
    return reached[-1] if reached else None


@dataclass(frozen=True, slots=True)
class Standing:
    """One loan of a portfolio: what is owed of its principal, in rupiah, and how late it is."""

    owed: int
    days_late: int
    arrears: ArrearsClass
    reserved: int


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a portfolio, in rupiah, and in basis points of the whole (HALF_EVEN)."""

    loans: int
    owed: int
    of_all_bp: int
    reserved: int = 0


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All loans of a co-op: what is owed, by class, and what is at risk after so many days."""

    loans: int
    owed: int
    reserved: int
    by_class: dict[ArrearsClass, Share]
    at_risk: dict[int, Share]
    non_performing: Share


def portfolio(standings: Iterable[Standing]) -> Portfolio:
    """Add the loans up. Portfolio at risk counts all that is owed of a late loan, not its late part alone."""
    rows = list(standings)
    owed = sum(row.owed for row in rows)

    def of(picked: Iterable[Standing]) -> Share:
        chosen = list(picked)
        part = sum(row.owed for row in chosen)
        bp = round(Fraction(part * FULL_BP, owed)) if owed else 0
        return Share(len(chosen), part, bp, sum(row.reserved for row in chosen))

    return Portfolio(
        loans=len(rows),
        owed=owed,
        reserved=sum(row.reserved for row in rows),
        by_class={found: of(row for row in rows if row.arrears is found) for found in ArrearsClass},
        at_risk={days: of(row for row in rows if row.days_late >= days) for days in AT_RISK_AFTER_DAYS},
        non_performing=of(row for row in rows if row.arrears in NON_PERFORMING),
    )
