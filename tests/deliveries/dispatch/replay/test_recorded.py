"""A node's own days, read for a replay: what was to be carried, who stood ready, and when he did not."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from marketplace.database import new_id
from marketplace.deliveries import shifts
from marketplace.deliveries.dispatch.replay.days import Day, Terms
from marketplace.deliveries.dispatch.replay.measures import measure
from marketplace.deliveries.dispatch.replay.recorded import NothingRecorded, past_days
from marketplace.deliveries.dispatch.replay.rounds import FAIREST
from marketplace.deliveries.dispatch.replay.trying import run
from marketplace.deliveries.lifecycle import DropState, JobState
from marketplace.deliveries.models import DeliveryJob, Drop
from marketplace.deliveries.roster.models import SpanKind
from marketplace.errors import Invalid
from tests.deliveries import stage

pytestmark = pytest.mark.anyio
JAKARTA = ZoneInfo("Asia/Jakarta")
#: Eight in the morning of the ninth, in Jakarta.
MORNING = datetime(2026, 11, 9, 1, tzinfo=UTC)


async def job(
    coop_id: object,
    at: datetime,
    *,
    state: JobState = JobState.DELIVERED,
    drops: int = 1,
    carrier_id: object = None,
) -> DeliveryJob:
    row = await DeliveryJob.create(
        id=new_id(),
        created_at=at,
        seller_id=new_id(),
        cooperative_id=coop_id,
        carrier_id=carrier_id,
        state=state,
        price=9_000 * drops,
        distance_m=1_100,
        pickup_name="Warung",
        pickup_address="Jl. Tunjungan 1",
        pickup_lat=-7.26,
        pickup_lon=112.75,
        pickup_pin="1111",
        return_pin="2222",
        ready_at=at + timedelta(minutes=15),
        open_until=at + timedelta(minutes=30),
    )
    for position in range(drops):
        await Drop.create(
            job_id=row.pk,
            position=position,
            state=DropState.DELIVERED,
            receiver_name="Ani",
            address="Jl. Gubeng 5",
            lat=-7.27,
            lon=112.75,
            price=9_000,
            distance_m=1_100,
            pin="3333",
        )
    return row


async def test_a_day_as_it_was_can_be_replayed(db: object) -> None:
    coop, other, seller = [await stage.cooperative(code) for code in ("DRV", "FOD", "MKT")]
    await stage.ally(seller, coop)
    with time_machine.travel(MORNING, tick=False) as moved:
        _, budi = await stage.on_shift(coop, "Budi")
        moved.shift(timedelta(hours=1))
        await shifts.pause_shift(budi, reason=SpanKind.OTHER_PLATFORM)
        moved.shift(timedelta(hours=2))
        await shifts.resume_shift(budi)
        moved.shift(timedelta(hours=1))
        await shifts.end_shift(budi)
    await job(coop.pk, MORNING + timedelta(minutes=10))
    await job(coop.pk, MORNING + timedelta(minutes=20), drops=2)
    await job(coop.pk, MORNING + timedelta(minutes=30), state=JobState.CANCELLED)
    await job(coop.pk, MORNING + timedelta(hours=17))  # one o'clock in the night of the tenth, there
    await job(other.pk, MORNING)

    # the tenth had a job and nobody on shift
    (first,) = await past_days(coop.pk, date(2026, 11, 9), date(2026, 11, 12), JAKARTA)
    assert first.name == "2026-11-09"
    assert [order.placed_s for order in first.orders] == [8 * 3_600 + 60 * minutes for minutes in (10, 20, 20)]
    assert {(order.ready_s - order.placed_s, order.pay, order.ride_m) for order in first.orders} == {
        (900, 9_000, 1_113)
    }
    (courier,) = first.couriers
    assert (courier.on_s, courier.off_s, courier.pauses) == (8 * 3_600, 12 * 3_600, ((9 * 3_600, 11 * 3_600),))
    assert courier.available_s == 2 * 3_600
    _check_replay(first)

    # a co-op of sellers has no drivers of its own: those of the co-op that carries for it stood ready
    await job(seller.pk, MORNING, carrier_id=coop.pk)
    (sellers,) = await past_days(seller.pk, date(2026, 11, 9), date(2026, 11, 9), JAKARTA)
    assert (len(sellers.orders), [each.id for each in sellers.couriers]) == (1, [courier.id])
    (carried,) = await past_days(coop.pk, date(2026, 11, 9), date(2026, 11, 9), JAKARTA)
    assert len(carried.orders) == 4


def _check_replay(day: Day) -> None:
    figures = measure(day, run(day, FAIREST, Terms()))
    assert (figures.delivered, figures.couriers) == (3, 1)
    assert figures.hourly == 13_500


async def test_days_with_nothing_are_refused(db: object) -> None:
    coop = await stage.cooperative("DRV")
    with pytest.raises(NothingRecorded):
        await past_days(coop.pk, date(2026, 11, 9), date(2026, 11, 12), JAKARTA)
    for last in (date(2026, 11, 8), date(2027, 11, 9)):
        with pytest.raises(Invalid):
            await past_days(coop.pk, date(2026, 11, 9), last, JAKARTA)
