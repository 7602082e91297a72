"""Opening hours as people write them: `08:00` to `21:00`, or `18:00` to `02:00` past midnight."""

import datetime
import re
from collections.abc import Sequence
from enum import Enum

import strawberry

from catalog.hours import DAY_MINUTES
from marketplace.errors import Code, Invalid
from schema.enums import described

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Weekday(Enum):
    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


described(
    Weekday,
    "A day of the week.",
    {
        "MONDAY": "Senin.",
        "TUESDAY": "Selasa.",
        "WEDNESDAY": "Rabu.",
        "THURSDAY": "Kamis.",
        "FRIDAY": "Jumat.",
        "SATURDAY": "Sabtu.",
        "SUNDAY": "Minggu.",
    },
)


def write(minute: int) -> str:
    """`1560` is `02:00` of the next day."""
    return f"{minute % DAY_MINUTES // 60:02}:{minute % 60:02}"


def read(opens: str, closes: str, field: str) -> tuple[int, int]:
    """A span in minutes; `closes` at or before `opens` is on the next day. Raises Invalid naming `field`."""
    found = [_TIME.fullmatch(text) for text in (opens, "00:00" if closes == "24:00" else closes)]
    if found[0] is None or found[1] is None:
        raise Invalid.field(field, Code.INVALID, "a time is written 08:00", "jam ditulis 08:00")
    start, end = (int(match[1]) * 60 + int(match[2]) for match in found if match)
    return start, end if end > start else end + DAY_MINUTES


@strawberry.type(description="A span of a shop's ordinary week.")
class OpeningHours:
    weekday: Weekday = strawberry.field(description="The day on which it begins.")
    opens: str = strawberry.field(description="`08:00`")
    closes: str = strawberry.field(description="`21:00`; at or before `opens`: on the next day.")

    @classmethod
    def of(cls, weekday: int, opens: int, closes: int) -> "OpeningHours":
        return cls(weekday=Weekday(weekday), opens=write(opens), closes=write(closes))


@strawberry.input(description="A span of a shop's ordinary week.")
class OpeningHoursInput:
    weekday: Weekday = strawberry.field(description="The day on which it begins.")
    opens: str = strawberry.field(description="`08:00`")
    closes: str = strawberry.field(description="`21:00`; at or before `opens`: on the next day.")

    def span(self) -> tuple[int, int, int]:
        return (self.weekday.value, *read(self.opens, self.closes, "openingHours"))


@strawberry.type(description="A span of a day.")
class DaySpan:
    opens: str = strawberry.field(description="`08:00`")
    closes: str = strawberry.field(description="`21:00`; at or before `opens`: on the next day.")


@strawberry.input(description="A span of a day.")
class DaySpanInput:
    opens: str = strawberry.field(description="`08:00`")
    closes: str = strawberry.field(description="`21:00`; at or before `opens`: on the next day.")


@strawberry.type(description="A day on which other hours hold.")
class HolidayHours:
    date: datetime.date = strawberry.field(description="The day, in the shop's zone.")
    hours: list[DaySpan] = strawberry.field(description="Its hours; none: closed.")

    @classmethod
    def of(cls, day: str, spans: Sequence[Sequence[int]]) -> "HolidayHours":
        hours = [DaySpan(opens=write(opens), closes=write(closes)) for opens, closes in spans]
        return cls(date=datetime.date.fromisoformat(day), hours=hours)


@strawberry.input(description="A day on which other hours hold.")
class HolidayHoursInput:
    date: datetime.date = strawberry.field(description="The day, in the shop's zone.")
    hours: list[DaySpanInput] = strawberry.field(default_factory=list, description="Its hours; none: closed.")

    def spans(self) -> list[tuple[int, int]]:
        return [read(span.opens, span.closes, "holidays") for span in self.hours]
