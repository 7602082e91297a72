"""When a shop is open: an ordinary week, past midnight, holidays, zones."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import hours
from catalog.hours import Hours
from catalog.importing import weeks

WIB = ZoneInfo("Asia/Jakarta")
#: Monday to Friday 08:00-12:00 and 13:00-17:00, Saturday 18:00-02:00, Sunday closed.
WEEK = Hours(
    weekly={**dict.fromkeys(range(5), ((480, 720), (780, 1020))), 5: ((1080, 1560),)},
    holidays={
        date(2026, 12, 25): (),  # a Friday: closed
        date(2026, 12, 26): ((600, 720),),  # a Saturday: 10:00-12:00 only
        date(2026, 12, 27): ((1380, 1500),),  # a Sunday: 23:00-01:00
    },
)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-11-23 07:59", False),  # Monday
        ("2026-11-23 08:00", True),
        ("2026-11-23 11:59", True),
        ("2026-11-23 12:00", False),
        ("2026-11-23 12:30", False),
        ("2026-11-23 13:00", True),
        ("2026-11-23 17:00", False),
        ("2026-11-28 17:59", False),  # Saturday
        ("2026-11-28 18:00", True),
        ("2026-11-28 23:59", True),
        ("2026-11-29 00:00", True),  # Sunday, still Saturday's span
        ("2026-11-29 01:59", True),
        ("2026-11-29 02:00", False),
        ("2026-11-29 12:00", False),
        ("2026-12-25 09:00", False),  # a holiday
        ("2026-12-26 09:59", False),  # other hours that day
        ("2026-12-26 10:00", True),
        ("2026-12-26 20:00", False),
        ("2026-12-27 01:00", False),  # Saturday's late span did not begin
        ("2026-12-27 23:30", True),
        ("2026-12-28 00:30", True),  # the holiday's own late span
        ("2026-12-28 01:00", False),
    ],
)
def test_open_or_closed(moment: str, is_open: bool) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=WIB)
    assert WEEK.is_open(at, WIB) is is_open
    assert WEEK.is_open(at.astimezone(UTC), WIB) is is_open


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 05:00", "2026-11-23 08:00"),
        ("2026-11-23 12:10", "2026-11-23 13:00"),
        ("2026-11-23 18:00", "2026-11-24 08:00"),
        ("2026-12-24 18:00", "2026-12-26 10:00"),
    ],
)
def test_the_next_opening(moment: str, opens: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=WIB)
    assert WEEK.opens_at(at, WIB) == datetime.fromisoformat(opens).replace(tzinfo=WIB)


def test_without_hours_a_shop_is_always_open_but_for_holidays() -> None:
    always = Hours(holidays={date(2026, 8, 17): ()})
    assert always.is_open(datetime(2026, 8, 16, 23, 59, tzinfo=WIB), WIB)
    assert not always.is_open(datetime(2026, 8, 17, 0, 0, tzinfo=WIB), WIB)
    assert always.is_open(datetime(2026, 8, 18, 0, 0, tzinfo=WIB), WIB)
    never = Hours(weekly={})
    assert never.opens_at(datetime(2026, 8, 17, tzinfo=WIB), WIB) is None


@pytest.mark.parametrize(
    ("region", "zone"),
    [("35.78", "Asia/Jakarta"), ("11.01", "Asia/Jakarta"), ("51.71", "Asia/Makassar"), ("92.01", "Asia/Jayapura")],
)
def test_the_zone_follows_the_province(region: str, zone: str) -> None:
    assert hours.zone_of(region) == zone


@pytest.mark.parametrize(
    ("spans", "stands"),
    [
        ([(0, 1440)], True),
        ([(1380, 2820)], True),
        ([(480, 720), (720, 900)], True),
        ([(480, 720), (700, 900)], False),
        ([(480, 480)], False),
        ([(-1, 60)], False),
        ([(1440, 1500)], False),
        ([(0, 1441)], False),
        ([(60 * n, 60 * n + 30) for n in range(5)], False),
    ],
)
def test_spans_that_stand(spans: list[tuple[int, int]], stands: bool) -> None:
    assert (hours.fault(spans) is None) is stands


span = st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)).map(
    lambda drawn: [drawn[0], drawn[1], drawn[1] + drawn[2]]
)


@given(st.lists(span, max_size=7, unique_by=lambda found: found[0]))
def test_a_week_written_is_read_the_same(week: list[list[int]]) -> None:
    assert weeks.read(weeks.write(sorted(week))) == sorted(week)


@given(st.lists(span, max_size=7), st.integers(0, 500_000))
def test_open_at_the_opening_and_closed_at_the_end(week: list[list[int]], minute: int) -> None:
    found = hours.read(week, {})
    at = datetime(2026, 1, 1, tzinfo=WIB) + timedelta(minutes=minute)
    opens = found.opens_at(at, WIB)
    if opens is not None:
        assert opens > at
        assert found.is_open(opens, WIB)
    elif not found.is_open(at, WIB):
        assert not week
    closes = found.closes_at(at, WIB)
    if closes is not None:
        assert closes > at
        assert found.is_open(closes - timedelta(minutes=1), WIB)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Mo-Fr 08:00-17:00; Sa 08:00-12:00; Su off", 6),
        ("10.00 - 21.00 (Jumat Tutup)", 6),
        ("Setiap Hari: 17:00 - 00:00", 7),
        ("Senin s/d Rabu 08.00-12.00, Jumat dan Sabtu 18:00-02:00", 5),
        ("Fr-Mo 08:00-12:00", 4),
        ("08:00-12:00,13:00-17:00", 14),
    ],
)
def test_hours_as_people_write_them(text: str, spans: int) -> None:
    week = weeks.read(text)
    assert week is not None
    assert len(week) == spans


@pytest.mark.parametrize("text", ["24/7", "Buka 24 Jam", "24 jam"])
def test_always_open(text: str) -> None:
    assert weeks.read(text) is None


@pytest.mark.parametrize(
    "text", ["kapan saja", "08:00", "8-17", "25:00-26:00", "Mo-Fr", "08:60-09:00", "Mo 08:00-17:00 kecuali"]
)
def test_what_is_no_hours(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        weeks.read(text)
