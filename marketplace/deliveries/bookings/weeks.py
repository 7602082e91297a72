"""On which days a recurring delivery comes. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def next_day(weekdays: Sequence[int], after: date, until: date | None) -> date | None:
    """The first day after `after` that is one of `weekdays` (1 Monday … 7 Sunday); None when it is past `until`."""
    for ahead in range(1, 8):
        day = after + timedelta(days=ahead)
        if day.isoweekday() in weekdays:
            return day if until is None or day <= until else None
    return None


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """So many minutes after midnight of the day, by the clocks of the zone."""
    return datetime.combine(day, time(minute // 60, minute % 60), zone)
