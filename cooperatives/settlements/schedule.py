"""When a group's windows close by themselves. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from marketplace.errors import Code, Invalid

#: Every month has this day.
LAST_DAY = 28


class Rhythm(StrEnum):
    """How often a window closes."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"


@dataclass(frozen=True, slots=True)
class Schedule:
    """`day`: of the week for WEEK (0 Monday … 6 Sunday), of the month for MONTH (1 … 28), 0 for DAY.

    `minute`: since midnight in `time_zone`. Raises Invalid.
    """

    rhythm: Rhythm
    day: int
    minute: int
    time_zone: str

    def __post_init__(self) -> None:
        days = {Rhythm.DAY: range(1), Rhythm.WEEK: range(7), Rhythm.MONTH: range(1, LAST_DAY + 1)}[self.rhythm]
        if self.day not in days:
            allowed = f"{days.start} to {days.stop - 1}"
            raise Invalid.field("day", Code.OUT_OF_RANGE, allowed, f"{days.start} sampai {days.stop - 1}")
        if not 0 <= self.minute < 24 * 60:
            raise Invalid.field("time", Code.OUT_OF_RANGE, "00:00 to 23:59", "00:00 sampai 23:59")

    def next_after(self, moment: datetime) -> datetime:
        """The first closing after `moment`, in UTC."""
        zone = ZoneInfo(self.time_zone)
        day = moment.astimezone(zone).date()
        at = time(self.minute // 60, self.minute % 60)
        for ahead in range(2 * 31 + 1):  # two months hold every day of a month and of a week
            there = day + timedelta(days=ahead)
            found = datetime.combine(there, at, zone).astimezone(UTC)
            if found > moment and self._is_on(there.weekday(), there.day):
                return found
        raise AssertionError("a schedule names a day that comes")

    def _is_on(self, weekday: int, day: int) -> bool:
        if self.rhythm is Rhythm.WEEK:
            return weekday == self.day
        return self.rhythm is Rhythm.DAY or day == self.day
