"""What a co-op borrows in parts: each bears interest from its day, and is paid back by the instalments to come. Pure.

The instalments of all parts fall due on the same days, so those of the borrowing are their sums.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from cooperatives.loans.schedules import Instalment, Terms, earned, schedule


@dataclass(frozen=True, slots=True)
class Part:
    """What was drawn at once, in rupiah, and the first instalment (1 and on) that pays it back."""

    amount: int
    drawn_on: date
    ordinal: int


def first_for(drawn_on: date, days: Sequence[date]) -> int | None:
    """The instalment under way on that day, of those that fall due on `days`; None after the last."""
    return next((n for n, day in enumerate(days, start=1) if drawn_on < day), None)


def began_on(part: Part, n: int, days: Sequence[date]) -> date:
    """From which day instalment `n` has interest of this part."""
    return part.drawn_on if n == part.ordinal else days[n - 2]


def instalments_of(terms: Terms, part: Part, began: date, days: Sequence[date]) -> list[Instalment]:
    """What the part adds to each instalment from its first on; `began`: when the borrowing came in."""
    due_on = days[part.ordinal - 1]
    month_began = began if part.ordinal == 1 else days[part.ordinal - 2]
    own = replace(
        terms,
        principal=part.amount,
        months=len(days) - part.ordinal + 1,
        first_days=(due_on - part.drawn_on).days,
        first_period_days=(due_on - month_began).days,
    )
    return schedule(own)


def earned_by(terms: Terms, parts: Sequence[Part], began: date, days: Sequence[date], today: date) -> list[int]:
    """Of each instalment the interest that has been earned by this evening, in rupiah."""
    sums = [0] * len(days)
    for part in parts:
        for n, row in enumerate(instalments_of(terms, part, began, days), start=part.ordinal):
            since = began_on(part, n, days)
            if since < today:
                sums[n - 1] += earned(row.interest, since, days[n - 1], today)
    return sums
