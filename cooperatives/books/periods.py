"""Days, months and book years of accounting. Pure. A month is named by its first day."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from marketplace.errors import Code, Invalid

MONTHS_ID = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
MONTHS_EN = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def last_day(month: date) -> date:
    """The last day of its month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last one where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """How many months from the one of `first` to the one of `last`; zero within one month."""
    return (last.year - first.year) * 12 + last.month - first.month


def year_start(day: date, starts_month: int) -> date:
    """The first day of the book year in which `day` lies."""
    year = day.year if day.month >= starts_month else day.year - 1
    return date(year, starts_month, 1)


def year_earlier(day: date) -> date:
    """The same day of the year before; the last of a month stays the last (28 February for 29)."""
    earlier = add_months(day, -12)
    return last_day(earlier) if day == last_day(day) else earlier


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both within."""

    first: date
    last: date

    def earlier(self) -> "Period":
        """The same days a year before."""
        return Period(year_earlier(self.first), year_earlier(self.last))


#: Where only one end of some days is given.
EARLIEST, LATEST = date(2000, 1, 1), date(2999, 12, 31)


def between(first: date | None, last: date | None) -> Period | None:
    """The days that someone asks for by one or both ends; None without either. Raises Invalid."""
    if first is None and last is None:
        return None
    days = Period(first or EARLIEST, last or LATEST)
    if not EARLIEST <= days.first <= days.last <= LATEST:
        raise Invalid.field("from", Code.OUT_OF_RANGE, "from is not after to", "dari tidak sesudah sampai")
    return days


def moment(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins there, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_at(at: datetime, zone: ZoneInfo) -> date:
    """Which day it is there at that moment."""
    return at.astimezone(zone).date()


def after(day: date) -> date:
    """The next day."""
    return day + timedelta(days=1)


def day_before(day: date) -> date:
    """The day before."""
    return day - timedelta(days=1)


def written(day: date, language: str) -> str:
    """`30 November 2026`, as people write it."""
    return f"{day.day} {month_written(day, language)}"


def month_written(day: date, language: str) -> str:
    """`November 2026`."""
    return f"{(MONTHS_EN if language == 'en' else MONTHS_ID)[day.month - 1]} {day.year}"
