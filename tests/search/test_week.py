"""Opening hours as blocks: exact to the minute, and few."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.week import LEVELS, WEEK_MINUTES, Interval, blocks, blocks_at, merged, minute_of_week, shifted

minutes = st.integers(0, WEEK_MINUTES - 1)
intervals = st.tuples(st.integers(0, WEEK_MINUTES), st.integers(0, WEEK_MINUTES)).map(
    lambda ends: (min(ends), max(ends))
)


@given(st.lists(intervals, max_size=14), minutes)
def test_a_minute_has_a_block_in_common_with_exactly_the_intervals_that_hold_it(
    hours: list[Interval], minute: int
) -> None:
    is_open = any(opens <= minute < closes for opens, closes in hours)
    assert bool(set(blocks(hours)) & set(blocks_at(minute))) == is_open


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
