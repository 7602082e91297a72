"""What the law and the by-laws ask of a co-op, by which day: its report, its annual meeting, elections. Pure.

The strictest day counts where several are known: the law's, the by-laws', of primary co-ops what some offices ask.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.days import months_after, months_before
from marketplace import rules
from marketplace.rules import RuleValue

#: So many days before, and on, the day an officer is reminded; after it once a month.
REMINDED_BEFORE_DAYS = (60, 30, 14, 7, 1, 0)
OVERDUE_EVERY_DAYS = 30


class DutyKind(StrEnum):
    ANNUAL_REPORT = "ANNUAL_REPORT"
    CALL_ANNUAL_MEETING = "CALL_ANNUAL_MEETING"
    ANNUAL_MEETING = "ANNUAL_MEETING"
    ELECTION = "ELECTION"


@dataclass(frozen=True, slots=True)
class Duty:
    """Something due on a day, and the rules that say so. `subject` tells two of a kind apart: a year, an office."""

    kind: DutyKind
    subject: str
    due_on: date
    rules: tuple[RuleValue, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """What a co-op has done for a book year's end: reported, called its annual meeting, held it."""

    is_reported: bool = False
    is_called: bool = False
    is_held: bool = False


def yearly(year_end: date, laws: ByLaws, held: Held, *, is_primary: bool) -> list[Duty]:
    """What is still to be done for the book year that ended on that day, in the order of its days."""
    deadlines = [
        rules.value_on("annual_meeting.deadline", laws.day),
        laws.in_force[ByLaw.ANNUAL_MEETING_DEADLINE].cited(),
    ]
    if is_primary:
        deadlines.append(rules.value_on("annual_meeting.deadline_primary_office", laws.day))
    strictest = min(deadlines, key=lambda rule: rule.value)
    before = rules.value_on("annual_meeting.report_before", laws.day)
    notice = laws.in_force[ByLaw.MEETING_NOTICE].cited()
    meeting_on = months_after(year_end, strictest.value)
    subject = str(year_end.year)
    found = [
        (held.is_reported, DutyKind.ANNUAL_REPORT, months_before(meeting_on, before.value), (strictest, before)),
        (
            held.is_called,
            DutyKind.CALL_ANNUAL_MEETING,
            meeting_on - timedelta(days=notice.value),
            (strictest, notice),
        ),
        (held.is_held, DutyKind.ANNUAL_MEETING, meeting_on, (strictest,)),
    ]
    return [Duty(kind, subject, due_on, by) for is_done, kind, due_on, by in found if not (is_done or held.is_held)]


def elections(terms: Iterable[tuple[str, date]], laws: ByLaws) -> list[Duty]:
    """For each office whose term ends within the longest reminder, or has ended: an election by that day."""
    rule = laws.in_force[ByLaw.OFFICERS_TERM].cited()
    last: dict[str, date] = {}
    for role, until in terms:
        last[role] = max(last.get(role, until), until)
    near = laws.day + timedelta(days=REMINDED_BEFORE_DAYS[0])
    return [Duty(DutyKind.ELECTION, role, until, (rule,)) for role, until in sorted(last.items()) if until <= near]


def stage_of(duty: Duty, today: date) -> int | None:
    """Which reminder it is time for, as days before the day (after it: below zero, by months); None: not yet."""
    left = (duty.due_on - today).days
    if left < 0:
        return -(1 + (-left - 1) // OVERDUE_EVERY_DAYS)
    reached = [days for days in REMINDED_BEFORE_DAYS if left <= days]
    return min(reached) if reached else None


def year_ends(today: date, founded_on: date) -> Sequence[date]:
    """The ends of the book years whose annual meeting may be owed: the last one that the co-op lived through."""
    last = date(today.year - 1, 12, 31)
    return [last] if founded_on <= last else []
