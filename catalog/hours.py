"""When a shop is open. Pure: minutes, weekdays, holidays, a zone; no rows.

A span is `(opens_minute, closes_minute)` since midnight of the day on which it begins; one that ends past
midnight closes after 1,440 (18:00–02:00 is `(1080, 1560)`), and belongs wholly to that day: a holiday on the
next day does not cut it short.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from marketplace.zones import zone_of as zone_of

DAY_MINUTES = 1_440
SPANS_A_DAY = 4

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """A shop's hours. `weekly` None: always open, but for holidays. A holiday with no span: closed that day."""

    weekly: Mapping[int, tuple[Span, ...]] | None = None
    holidays: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def of(self, day: date) -> tuple[Span, ...]:
        """The spans that begin on this day."""
        if day in self.holidays:
            return self.holidays[day]
        return ((0, DAY_MINUTES),) if self.weekly is None else self.weekly.get(day.weekday(), ())

    def is_open(self, at: datetime, zone: ZoneInfo) -> bool:
        """Whether the shop is open at this moment."""
        return self.closes_at(at, zone) is not None

    def closes_at(self, at: datetime, zone: ZoneInfo) -> datetime | None:
        """When the span that holds `at` ends; None when closed."""
        local = at.astimezone(zone)
        minute = local.hour * 60 + local.minute
        yesterday = local.date() - timedelta(days=1)
        for day, now in ((local.date(), minute), (yesterday, minute + DAY_MINUTES)):
            for opens, closes in self.of(day):
                if opens <= now < closes:
                    return _moment(day, closes, zone)
        return None

    def opens_at(self, at: datetime, zone: ZoneInfo, *, within_days: int = 14) -> datetime | None:
        """The next opening after `at`; None when there is none within so many days."""
        today = at.astimezone(zone).date()
        for ahead in range(within_days + 1):
            day = today + timedelta(days=ahead)
            for opens, _ in sorted(self.of(day)):
                moment = _moment(day, opens, zone)
                if moment > at:
                    return moment
        return None


def _moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minute, DAY_MINUTES)
    day += timedelta(days=days)
    return datetime(day.year, day.month, day.day, rest // 60, rest % 60, tzinfo=zone)


def read(weekly: Sequence[Sequence[int]] | None, holidays: Mapping[str, Sequence[Sequence[int]]]) -> Hours:
    """Hours as a row keeps them: `[[weekday, opens, closes], …]` and `{"2026-12-25": [[opens, closes]]}`."""
    by_day: dict[int, tuple[Span, ...]] | None = None
    if weekly is not None:
        by_day = {}
        for weekday, opens, closes in weekly:
            by_day[weekday] = (*by_day.get(weekday, ()), (opens, closes))
    return Hours(
        by_day,
        {
            date.fromisoformat(day): tuple((opens, closes) for opens, closes in spans)
            for day, spans in holidays.items()
        },
    )


def fault(spans: Sequence[Span]) -> str | None:
    """What is wrong with one day's spans, in English; None when they stand."""
    if len(spans) > SPANS_A_DAY:
        return f"at most {SPANS_A_DAY} spans a day"
    last = -1
    for opens, closes in sorted(spans):
        if not 0 <= opens < DAY_MINUTES:
            return "opens between 00:00 and 23:59"
        if not opens < closes <= opens + DAY_MINUTES:
            return "closes after it opens, within 24 hours"
        if opens < last:
            return "spans overlap"
        last = closes
    return None
