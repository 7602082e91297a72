"""Opening hours as people write them, read and written. Pure.

Read are OpenStreetMap's common forms (`Mo-Fr 08:00-17:00; Sa 08:00-12:00; Su off`, `24/7`) and what stands on
Indonesian menus (`Setiap Hari: 11:00 - 22:00`, `10.00 - 21.00 (Jumat Tutup)`, `Buka 24 Jam`).
"""

import re
from collections.abc import Sequence

from catalog.hours import DAY_MINUTES, Span
from catalog.importing.unread import Unread

_DAYS = {
    name: day
    for day, names in enumerate(
        [
            ("mo", "mon", "monday", "senin", "sen"),
            ("tu", "tue", "tuesday", "selasa", "sel"),
            ("we", "wed", "wednesday", "rabu", "rab"),
            ("th", "thu", "thursday", "kamis", "kam"),
            ("fr", "fri", "friday", "jumat", "jum'at", "jum"),
            ("sa", "sat", "saturday", "sabtu", "sab"),
            ("su", "sun", "sunday", "minggu", "ahad", "min"),
        ]
    )
    for name in names
}
_NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_EVERY_DAY = re.compile(r"\b(setiap hari|tiap hari|every ?day|daily)\b:?")
_ALL_DAY = re.compile(r"24\s*/\s*7|(buka )?24 ?(jam|hours)|open 24 hours")
_SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|s/d|sampai)\s*(\d{1,2})[:.](\d{2})")
_CLOSED = re.compile(r"\b(off|closed|tutup|libur)\b")
_DAY = "|".join(sorted(map(re.escape, _DAYS), key=len, reverse=True))
_RANGE = re.compile(rf"\b({_DAY})\b(?:\s*(?:-|–|s/d|sampai)\s*\b({_DAY})\b)?")


def read(text: str) -> list[list[int]] | None:
    """`[[weekday, opens_minute, closes_minute], …]`; None: always open. Raises Unread when it isn't hours."""
    plain = text.strip().lower()
    if _ALL_DAY.fullmatch(plain.rstrip(".")):
        return None
    week: dict[int, list[Span]] = {}
    for part in re.split(r"[;\n]|(?<=\d),(?=\s*[a-z])|\(|\)", plain):
        rule = _EVERY_DAY.sub(" ", part).strip(" ,:")
        if rule:
            _apply(rule, week)
    return sorted([day, opens, closes] for day, spans in week.items() for opens, closes in spans)


def _apply(rule: str, week: dict[int, list[Span]]) -> None:
    days: set[int] = set()
    for first, last in _RANGE.findall(rule):
        start, end = _DAYS[first], _DAYS[last or first]
        days |= {(start + ahead) % 7 for ahead in range((end - start) % 7 + 1)}
    spans = [_span(*map(int, numbers)) for numbers in _SPAN.findall(rule)]
    left = re.sub(r"[\s,:&]|\b(dan|and)\b", "", _CLOSED.sub("", _SPAN.sub("", _RANGE.sub("", rule))))
    if left or not (spans or _CLOSED.search(rule)):
        raise Unread(f"not opening hours: {rule!r}", f"bukan jam buka: {rule!r}; tulis Mo-Fr 08:00-17:00")
    for day in days or range(7):
        week[day] = spans


def _span(opens_hour: int, opens_minute: int, closes_hour: int, closes_minute: int) -> Span:
    opens, closes = opens_hour * 60 + opens_minute, closes_hour * 60 + closes_minute
    if opens >= DAY_MINUTES or closes > DAY_MINUTES or opens_minute > 59 or closes_minute > 59:
        raise Unread("no such time of day", "tidak ada jam seperti itu")
    return opens, closes if closes > opens else closes + DAY_MINUTES


def write(week: Sequence[Sequence[int]] | None) -> str:
    """What `read` reads as the same week."""
    if week is None:
        return "24/7"
    by_day: dict[int, list[str]] = {}
    for day, opens, closes in week:
        by_day.setdefault(day, []).append(f"{_time(opens)}-{_time(closes)}")
    closed = [f"{name} off" for day, name in enumerate(_NAMES) if day not in by_day]
    return "; ".join([f"{_NAMES[day]} {','.join(spans)}" for day, spans in sorted(by_day.items())] + closed)


def _time(minute: int) -> str:
    return f"{minute % DAY_MINUTES // 60:02}:{minute % 60:02}"
