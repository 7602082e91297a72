"""Opening hours as blocks: exact to the minute, and few."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.week import (
    LEVELS,
    WEEK_MINUTES,
    Interval,
    blocks,
    blocks_at,
    epoch_minute,
    is_open,
    merged,
    minute_of_week,
    outside,
    shifted,
    spell_blocks,
    spell_blocks_at,
)

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
minutes = st.integers(0, WEEK_MINUTES - 1)
intervals = st.tuples(st.integers(0, WEEK_MINUTES), st.integers(0, WEEK_MINUTES)).map(
    lambda ends: (min(ends), max(ends))
)


@given(st.lists(intervals, max_size=14), minutes)
def test_a_minute_has_a_block_in_common_with_exactly_the_intervals_that_hold_it(
    hours: list[Interval], minute: int
) -> None:
    open_now = any(opens <= minute < closes for opens, closes in hours)
    assert bool(set(blocks(hours)) & set(blocks_at(minute))) == open_now
    assert bool(set(blocks(outside(hours))) & set(blocks_at(minute))) != open_now
    assert is_open(hours, (), (), MONDAY + timedelta(minutes=minute)) == open_now


moments = st.integers(epoch_minute(MONDAY), epoch_minute(MONDAY) + WEEK_MINUTES - 1)
spells = st.lists(st.tuples(moments, moments).map(lambda ends: (min(ends), max(ends))), max_size=4)


@given(st.lists(intervals, max_size=3), spells, spells, minutes)
def test_one_alone_is_open_when_its_blocks_say_so(
    hours: list[Interval], closed: list[Interval], opened: list[Interval], minute: int
) -> None:
    moment = MONDAY + timedelta(minutes=minute)
    now = set(spell_blocks_at(moment))
    by_week = set(blocks(hours)) & set(blocks_at(minute)) and not set(spell_blocks(closed)) & now
    assert is_open(hours, closed, opened, moment) == bool(by_week or set(spell_blocks(opened)) & now)


@given(intervals)
def test_an_interval_takes_at_most_two_blocks_a_level(interval: Interval) -> None:
    assert len(blocks([interval])) <= 2 * (LEVELS - 1)


@given(st.lists(intervals, max_size=7), st.integers(-WEEK_MINUTES, WEEK_MINUTES), minutes)
def test_a_shift_goes_around_the_week(hours: list[Interval], by: int, minute: int) -> None:
    before = any(opens <= minute < closes for opens, closes in hours)
    moved = (minute + by) % WEEK_MINUTES
    assert any(opens <= moved < closes for opens, closes in shifted(hours, by)) == before


def test_neighbours_are_merged() -> None:
    assert merged([(10, 20), (0, 10), (15, 30), (40, 50), (45, 45)]) == [(0, 30), (40, 50)]


def test_the_whole_week_is_few_blocks() -> None:
    assert len(blocks([(0, WEEK_MINUTES)])) <= LEVELS


@pytest.mark.parametrize(
    ("moment", "minute"),
    [
        (datetime(2026, 11, 23, 0, 0, tzinfo=UTC), 0),
        (datetime(2026, 11, 24, 5, 7, tzinfo=UTC), 1440 + 307),
        (datetime(2026, 11, 29, 23, 59, tzinfo=UTC), WEEK_MINUTES - 1),
    ],
)
def test_minutes_are_counted_from_monday(moment: datetime, minute: int) -> None:
    assert minute_of_week(moment) == minute
