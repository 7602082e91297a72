"""Booked for later, a job opens by itself; every week, each day is made once, or it says why not."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Seller, SellerState
from marketplace.deliveries import mending, opening, reading
from marketplace.deliveries.bookings import recurring, schedule
from marketplace.deliveries.bookings.models import Occurrence, PickupWindow, RecurringDelivery
from marketplace.deliveries.bookings.recurring import Pattern
from marketplace.deliveries.bookings.weeks import next_day
from marketplace.deliveries.bookings.wishes import Load, Window
from marketplace.deliveries.custody import Place
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob, FarePayer
from marketplace.errors import Invalid, NotFound
from marketplace.tariffs.routing import STRAIGHT
from marketplace.tariffs.rules import Holiday
from marketplace.tariffs.zones import Zone
from tests.deliveries import stage
from tests.deliveries.bookings.shop import Shop, at, wish
from tests.deliveries.stage import BOARD

pytestmark = pytest.mark.anyio
ADAPTERS = SimpleNamespace(routing=STRAIGHT)
MINUTE = timedelta(minutes=1)
#: A Wednesday, noon in Jakarta.
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)
MORNING = Window(NOON + timedelta(hours=20), NOON + timedelta(hours=21))


async def test_a_scheduled_job_opens_by_itself_before_its_window(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        job = await shop.book(-7.27, load=Load(window=MORNING))
        _, rider = await stage.on_shift(shop.coop, "Budi")
        assert job.state is JobState.DRAFT
        assert await schedule.publish_due() == 0
    near = Place(shop.row.lat, shop.row.lon)
    with at(MORNING.starts_at - opening.PUBLISH_BEFORE - MINUTE):
        assert await schedule.publish_due() == 0
        board = await reading.job_board(rider, near=near, radius_m=5_000, first=10, after=None, dispatch=BOARD)
        assert board.rows == []
    with at(MORNING.starts_at - opening.PUBLISH_BEFORE):
        assert await schedule.publish_due() == 1
        assert await schedule.publish_due() == 0
        board = await reading.job_board(rider, near=near, radius_m=5_000, first=10, after=None, dispatch=BOARD)
        (open_job,) = board.rows
    assert (open_job.pk, open_job.state) == (job.pk, JobState.OPEN)
    assert open_job.open_until == MORNING.starts_at + opening.OPEN_FOR
    assert open_job.price == job.price


async def test_a_worker_that_stood_still_gives_drivers_their_time(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        job = await shop.book(-7.27, load=Load(window=MORNING))
    late = MORNING.starts_at + timedelta(hours=2)
    with at(late):
        assert await schedule.publish_due() == 1
    assert (await DeliveryJob.get(pk=job.pk)).open_until == late + opening.OPEN_FOR


async def test_called_off_before_it_never_opens(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        job = await shop.book(-7.27, load=Load(window=MORNING))
        await mending.cancel_delivery(shop.seller, job_id=job.pk, reason="batal", key="x")
    with at(MORNING.starts_at):
        assert await schedule.publish_due() == 0
    assert (await DeliveryJob.get(pk=job.pk)).state is JobState.CANCELLED
    assert (await PickupWindow.get(pk=job.pk)).settled_at is not None


async def test_a_window_that_is_near_opens_at_once_and_an_odd_one_is_refused(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        soon = Window(NOON + 30 * MINUTE, NOON + 60 * MINUTE)
        assert (await shop.book(-7.27, load=Load(window=soon))).state is JobState.OPEN
        for window in (
            Window(NOON + 90 * MINUTE, NOON + 60 * MINUTE),
            Window(NOON + 60 * MINUTE, NOON + 70 * MINUTE),
            Window(NOON, NOON + timedelta(hours=13)),
            Window(NOON - timedelta(hours=3), NOON - timedelta(hours=2)),
            Window(NOON + timedelta(days=31), NOON + timedelta(days=31, hours=1)),
        ):
            with pytest.raises(Invalid):
                await shop.book(-7.27, load=Load(window=window), key="odd")


@given(st.sets(st.integers(1, 7), min_size=1), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_the_next_day_is_the_first_of_the_pattern(weekdays: set[int], after: date) -> None:
    day = next_day(sorted(weekdays), after, None)
    assert day is not None
    assert day.isoweekday() in weekdays
    between = [after + timedelta(days=ahead) for ahead in range(1, (day - after).days)]
    assert all(skipped.isoweekday() not in weekdays for skipped in between)
    assert next_day(sorted(weekdays), after, day - timedelta(days=1)) is None


async def weekly(shop: Shop, *, until: date | None = None, skips_holidays: bool = False) -> RecurringDelivery:
    """Every Thursday and Friday at 06:30, from the Thursday after NOON."""
    return await recurring.set_up_recurring(
        shop.seller,
        seller_id=shop.row.pk,
        pattern=Pattern((4, 5), 6 * 60 + 30, 45, NOON.date(), until, skips_holidays),
        drops=[wish(-7.27, 10_000)],
        load=Load(2_000),
        fare_payer=FarePayer.SELLER_PAYABLE,
        key="w",
    )


THURSDAY, FRIDAY = date(2026, 11, 26), date(2026, 11, 27)
THURSDAY_MORNING = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)


async def days() -> list[tuple[date, bool, str | None]]:
    return [(row.on, row.job_id is not None, row.why_en) for row in await Occurrence.all().order_by("on")]


async def test_each_day_is_made_once_however_often_the_timetable_runs(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        row = await weekly(shop)
        assert (row.next_on, row.next_at) == (THURSDAY, THURSDAY_MORNING)
        for _ in range(3):
            await recurring.make_due(ADAPTERS)
        (job,) = await DeliveryJob.all()
        window = await PickupWindow.get(pk=job.pk)
    assert (job.state, job.cash_to_collect) == (JobState.DRAFT, 10_000)
    assert (window.starts_at, window.ends_at) == (THURSDAY_MORNING, THURSDAY_MORNING + 45 * MINUTE)
    with at(THURSDAY_MORNING - opening.PUBLISH_BEFORE):
        assert await schedule.publish_due() == 1
        assert await recurring.make_due(ADAPTERS) == 0  # Friday's is a day and three quarters of an hour away
    with at(THURSDAY_MORNING):
        await recurring.make_due(ADAPTERS)
    assert await days() == [(THURSDAY, True, None), (FRIDAY, True, None)]


async def test_killed_half_way_nothing_was_done_and_the_next_run_makes_it(
    db: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = await Shop.open()
    booked: Callable[..., Awaitable[DeliveryJob]] = opening.book

    async def killed(*args: object, **more: object) -> DeliveryJob:
        await booked(*args, **more)
        raise KeyboardInterrupt

    with at(NOON):
        await weekly(shop)
        monkeypatch.setattr(opening, "book", killed)
        with pytest.raises(KeyboardInterrupt):
            await recurring.make_due(ADAPTERS)
        assert (await DeliveryJob.all().count(), await Occurrence.all().count()) == (0, 0)
        monkeypatch.undo()
        await recurring.make_due(ADAPTERS)
        assert await days() == [(THURSDAY, True, None)]


async def test_holidays_are_skipped_where_that_is_wished(db: object) -> None:
    shop = await Shop.open()
    with at(NOON - timedelta(days=1)):
        await shop.tariff(holidays=(Holiday(THURSDAY, "Libur"),))
    with at(NOON):
        await weekly(shop, skips_holidays=True)
        await recurring.make_due(ADAPTERS)
    with at(NOON + timedelta(days=1)):
        await recurring.make_due(ADAPTERS)
    why = "Libur: a holiday, on which this delivery is not wanted."
    assert await days() == [(THURSDAY, False, why), (FRIDAY, True, None)]


async def test_it_ends_with_its_last_day_or_when_the_shop_stops_it(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        row = await weekly(shop, until=THURSDAY)
        await recurring.make_due(ADAPTERS)
        ended = await RecurringDelivery.get(pk=row.pk)
        assert (ended.stopped_at, ended.stopped_by) == (NOON, None)
        other = await Shop.open("OTH")
        with pytest.raises(NotFound):
            await recurring.stop_recurring(other.seller, recurring_id=row.pk)
    await RecurringDelivery.all().update(stopped_at=None)
    stopped = await recurring.stop_recurring(shop.seller, recurring_id=row.pk)
    assert stopped.stopped_by == shop.seller.account_id
    with at(NOON + timedelta(days=30)):
        assert await recurring.make_due(ADAPTERS) == 0
    assert await DeliveryJob.all().count() == 1


async def test_a_day_that_can_not_be_made_says_why_and_the_next_is_tried(db: object) -> None:
    shop = await Shop.open()
    with at(NOON):
        await weekly(shop)
        await shop.tariff(zones=(Zone("Jakarta", region_codes=("31",)),))
        await recurring.make_due(ADAPTERS)
    with at(NOON + timedelta(days=1)):
        await Seller.filter(pk=shop.row.pk).update(state=SellerState.SUSPENDED)
        await recurring.make_due(ADAPTERS)
    with at(NOON + timedelta(days=21)):  # the node stood still: what was missed is said, day by day
        await Seller.filter(pk=shop.row.pk).update(state=SellerState.APPROVED)
        await shop.tariff("t2")
        for _ in range(10):
            await recurring.make_due(ADAPTERS)
    found = await days()
    assert [made for _, made, _ in found] == [False, False, False, False, False, False, True]
    assert [on.isoweekday() for on, _, _ in found] == [4, 5, 4, 5, 4, 5, 4]
    assert "outside of the zones" in (found[0][2] or "")
    assert "may not book deliveries" in (found[1][2] or "")
    assert "had passed" in (found[2][2] or "")
