"""Hours of drivers: what counts, what doesn't, over nights and pauses, for one and for many."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace import clock
from marketplace.deliveries import hours, shifts
from marketplace.deliveries.hours import Hours
from marketplace.deliveries.roster.models import ShiftSpan, SpanKind
from marketplace.errors import Invalid, NotFound
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import SURABAYA

pytestmark = pytest.mark.anyio

NOON = datetime(2027, 3, 1, 5, tzinfo=UTC)  # 12:00 in Surabaya


@pytest.fixture(autouse=True)
def the_clock_is_put_back() -> Iterator[None]:
    yield
    clock.use(None)


def at(minutes: int) -> None:
    clock.use(lambda: NOON + timedelta(minutes=minutes))


async def test_each_stretch_counts_for_what_it_was(db: object) -> None:
    coop = await stage.cooperative("DRV")
    at(0)
    row, budi = await stage.on_shift(coop, "Budi")
    at(60)
    await shifts.pause_shift(budi, reason=SpanKind.OTHER_PLATFORM)
    at(90)
    await shifts.pause_shift(budi, reason=SpanKind.BREAK)  # from the other platform straight to lunch
    at(100)
    await shifts.pause_shift(budi, reason=SpanKind.BREAK)  # tapped twice
    at(110)
    await shifts.resume_shift(budi)
    at(150)
    noon, later = NOON, NOON + timedelta(hours=8)
    assert await hours.available_seconds([row.pk], noon, later) == {row.pk: 100 * 60}  # the running one, until now
    await shifts.end_shift(budi)
    at(300)
    found = (await hours.hours([row.pk], noon, later))[row.pk]
    assert found == Hours(available=100 * 60, on_break=20 * 60, on_other_platform=30 * 60)
    half = await hours.hours([row.pk], noon + timedelta(minutes=75), noon + timedelta(minutes=115))
    assert half[row.pk] == Hours(available=5 * 60, on_break=20 * 60, on_other_platform=15 * 60)
    assert await hours.available_seconds([row.pk], later, later + timedelta(hours=1)) == {row.pk: 0}


async def test_a_forgotten_shift_ends_where_he_was_last_heard_of(db: object) -> None:
    coop = await stage.cooperative("DRV")
    at(0)
    row, budi = await stage.on_shift(coop, "Budi")
    at(30)
    await shifts.report_position(budi, place=SURABAYA)
    at(30 + 13 * 60)
    assert await shifts.sweep_forgotten(None) == 1
    day = await hours.available_seconds([row.pk], NOON, NOON + timedelta(days=1))
    assert day == {row.pk: 30 * 60}


async def test_a_period_has_bounds_and_a_reader_must_answer_for_him(db: object) -> None:
    coop, other = await stage.cooperative("DRV"), await stage.cooperative("LOG")
    row, budi = await stage.on_shift(coop, "Budi")
    for reader in (budi, await stage.officer(coop)):
        await hours.hours_of(reader, row, since=NOON, until=NOON + timedelta(days=92))
    with pytest.raises(NotFound):
        await hours.hours_of(await stage.officer(other), row, since=NOON, until=NOON + timedelta(days=1))
    for until in (NOON, NOON + timedelta(days=93)):
        with pytest.raises(Invalid):
            await hours.hours_of(budi, row, since=NOON, until=until)


async def test_many_drivers_are_one_statement(db: object) -> None:
    coop = await stage.cooperative("DRV")
    drivers = [(await stage.on_shift(coop, name))[0].pk for name in ("Budi", "Siti", "Joko")]
    with count_statements() as counted:
        found = await hours.available_seconds(drivers, NOON, NOON + timedelta(days=1))
    assert (set(found), counted.number) == (set(drivers), 1)


@given(
    st.lists(st.tuples(st.sampled_from(list(SpanKind)), st.integers(1, 10_000)), max_size=30),
    st.integers(0, 100_000),
)
def test_the_parts_of_a_day_add_up_to_it(stretches: list[tuple[SpanKind, int]], cut: int) -> None:
    """Cut anywhere, a period's hours are those of its two parts; and all stretches together are its length."""
    spans, moment = [], NOON
    for kind, seconds in stretches:
        ended_at = moment + timedelta(seconds=seconds)
        spans.append(ShiftSpan(shift_id=uuid4(), driver_id=uuid4(), kind=kind, began_at=moment, ended_at=ended_at))
        moment = ended_at
    middle = min(NOON + timedelta(seconds=cut), moment)
    whole, left, right = Hours.of(spans, NOON, moment), Hours.of(spans, NOON, middle), Hours.of(spans, middle, moment)
    assert whole.available == left.available + right.available
    assert whole.on_break == left.on_break + right.on_break
    assert whole.available + whole.on_break + whole.on_other_platform == (moment - NOON).total_seconds()
