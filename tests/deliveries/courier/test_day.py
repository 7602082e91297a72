"""The queue of a device's events: whatever comes, each is carried out once, in its number's order."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries.courier import day
from marketplace.deliveries.courier.day import EventOutcome, Queue

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)


def told(batches: list[list[int]]) -> tuple[Queue, list[int]]:
    """The queue after these batches, and what was carried out."""
    queue, done = Queue(), []
    for batch in batches:
        queue = day.take_in(queue, batch)
        while queue.due is not None:
            done.append(queue.due)
            queue = day.carried_out(queue)
    return queue, done


@given(st.data(), st.integers(1, 60))
def test_any_order_with_duplicates_ends_as_in_order(data: st.DataObject, length: int) -> None:
    whole = list(range(1, length + 1))
    again = data.draw(st.lists(st.sampled_from(whole), max_size=40))
    mixed = data.draw(st.permutations(whole + again))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(mixed)), max_size=8)))
    batches = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    queue, done = told(batches)
    assert done == whole
    assert queue == Queue(awaited=length + 1)


@given(st.sets(st.integers(1, 900)))
def test_what_comes_after_a_gap_is_held_within_the_window(sequences: set[int]) -> None:
    queue, done = told([sorted(sequences)])
    assert done == list(range(1, queue.awaited))
    assert queue.awaited not in sequences or queue.awaited > day.WINDOW
    assert all(queue.awaited < held < queue.awaited + day.WINDOW for held in queue.held)
    assert len(queue.held) < day.WINDOW


@pytest.mark.parametrize(
    ("sequence", "place"),
    [
        (4, EventOutcome.CONFLICT),
        (5, None),
        (4 + day.WINDOW, None),
        (5 + day.WINDOW, EventOutcome.NOT_KEPT),
    ],
)
def test_where_an_event_goes(sequence: int, place: EventOutcome | None) -> None:
    assert day.place_for(Queue(awaited=5), sequence) is place


def test_nothing_is_carried_out_that_is_not_due() -> None:
    with pytest.raises(ValueError, match="nothing is due"):
        day.carried_out(Queue(awaited=3, held=frozenset({4})))


@pytest.mark.parametrize(
    ("ago", "clock_is_behind", "is_doubted"),
    [
        (timedelta(0), timedelta(0), False),
        (timedelta(hours=9), timedelta(seconds=100), False),  # a day without a network
        (timedelta(minutes=-1), timedelta(0), False),
        (timedelta(minutes=-3), timedelta(0), True),
        (timedelta(days=8), timedelta(0), True),
        (timedelta(0), timedelta(minutes=3), True),
        (timedelta(0), timedelta(days=-400), True),
    ],
)
def test_a_device_whose_clock_is_off_is_not_believed(
    ago: timedelta, clock_is_behind: timedelta, is_doubted: bool
) -> None:
    skew = day.skew_s(sent_at=NOON - clock_is_behind, now=NOON)
    assert day.is_doubted(NOON - ago, skew=skew, now=NOON) is is_doubted
