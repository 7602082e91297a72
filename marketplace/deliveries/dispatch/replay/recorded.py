"""A node's own past days, for policies to be tried on: what was to be carried, and who stood ready.

Of a co-op these are the jobs of its sellers and those that its drivers carried for allies'; its own drivers, and
those of the co-ops that carry for it today.
Each drop of a job is an order of its own, worth what its carriage cost. A driver begins where his shift's last place
is: what is kept of places is coarse and short. Nothing of a person goes out: ids alone, and the result has not even
those.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.expressions import Q

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.deliveries.dispatch.board import METRES_PER_DEGREE
from marketplace.deliveries.dispatch.replay.days import Courier, Day, Order, Place
from marketplace.deliveries.lifecycle import DropState, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop, Shift
from marketplace.deliveries.roster.models import ShiftSpan, SpanKind
from marketplace.errors import Code, Invalid, MarketplaceError

MOST_DAYS = 62
MOST_JOBS_A_DAY = 20_000
#: What came to nothing by the buyer's or the seller's own wish asks for no driver.
NOT_WANTED = (JobState.DRAFT, JobState.CANCELLED)


class NothingRecorded(MarketplaceError):
    """From {first} to {last} no day had both a delivery of this co-op and a driver on shift: choose other days."""

    code = Code.NOT_FOUND
    pesan = (
        "Dari {first} sampai {last} tidak ada hari dengan tugas antar koperasi ini dan pengemudi yang bertugas: "
        "pilih hari lain."
    )


async def past_days(cooperative_id: UUID, first: date, last: date, zone: ZoneInfo) -> list[Day]:
    """The co-op's days from `first` to `last`; those with no job or no driver left out.

    Raises Invalid, NothingRecorded.
    """
    if not 0 <= (last - first).days < MOST_DAYS:
        message = f"from first to last, at most {MOST_DAYS} days"
        raise Invalid.field(
            "to", Code.OUT_OF_RANGE, message, f"dari awal sampai akhir, paling banyak {MOST_DAYS} hari"
        )
    carriers = await membership.carriers_for(cooperative_id)
    found = []
    for number in range((last - first).days + 1):
        on = first + timedelta(days=number)
        jobs = await _jobs(cooperative_id, _midnight(on, zone), _midnight(on + timedelta(days=1), zone))
        day = await _day(carriers, on, zone, jobs) if jobs else None
        if day is not None and day.couriers:
            found.append(day)
    if not found:
        raise NothingRecorded(first=first, last=last)
    return found


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    """In UTC, as rows are kept and compared."""
    return datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)


async def _jobs(cooperative_id: UUID, since: datetime, until: datetime) -> list[DeliveryJob]:
    of_theirs = Q(cooperative_id=cooperative_id) | Q(carrier_id=cooperative_id)
    wanted = DeliveryJob.filter(of_theirs, created_at__gte=since, created_at__lt=until)
    return await wanted.exclude(state__in=NOT_WANTED).order_by("id").limit(MOST_JOBS_A_DAY)


async def _day(carriers: Sequence[UUID], on: date, zone: ZoneInfo, jobs: Sequence[DeliveryJob]) -> Day:
    start = _midnight(on, zone)
    end = _midnight(on + timedelta(days=1), zone)
    plane = _Plane(jobs[0].pickup_lat, jobs[0].pickup_lon)
    drops = await rows_by(Drop, "job_id", [job.pk for job in jobs], order="id")
    by_id = {job.pk: job for job in jobs}
    orders = [
        _order(by_id[drop.job_id], drop, start, plane) for drop in drops if drop.state is not DropState.CANCELLED
    ]
    spans = await ShiftSpan.filter(
        Q(ended_at=None) | Q(ended_at__gt=start),
        driver_id__in=await Driver.filter(cooperative_id__in=carriers).values_list("id", flat=True),
        began_at__lt=end,
        began_at__gt=start - timedelta(days=2),
    ).order_by("began_at", "id")
    shifts = {shift.pk: shift for shift in await rows_by(Shift, "id", {span.shift_id for span in spans})}
    by_driver: dict[UUID, list[ShiftSpan]] = {}
    for span in spans:
        by_driver.setdefault(span.driver_id, []).append(span)
    couriers = [
        _courier(driver_id, held, shifts[held[0].shift_id], start, end, plane)
        for driver_id, held in sorted(by_driver.items())
        if any(span.kind is SpanKind.AVAILABLE for span in held)
    ]
    return Day(on.isoformat(), tuple(orders), tuple(couriers))


def _order(job: DeliveryJob, drop: Drop, start: datetime, plane: "_Plane") -> Order:
    placed = round((job.created_at - start).total_seconds())
    ready = placed if job.ready_at is None else round((job.ready_at - start).total_seconds())
    pickup, door = plane.place(job.pickup_lat, job.pickup_lon), plane.place(drop.lat, drop.lon)
    return Order(str(drop.pk), pickup, door, placed, max(placed, ready), drop.price)


def _courier(
    driver_id: UUID, spans: Iterable[ShiftSpan], shift: Shift, start: datetime, end: datetime, plane: "_Plane"
) -> Courier:
    """From the first moment he stood ready to the last; whatever lies between is a pause."""
    ready = [
        (max(0, round((span.began_at - start).total_seconds())), _until(span, start, end))
        for span in spans
        if span.kind is SpanKind.AVAILABLE
    ]
    pauses = tuple((stop, began) for (_, stop), (began, _) in pairwise(ready) if stop < began)
    return Courier(str(driver_id), plane.place(shift.lat, shift.lon), ready[0][0], ready[-1][1], pauses)


def _until(span: ShiftSpan, start: datetime, end: datetime) -> int:
    return round((min(span.ended_at or clock.now(), end) - start).total_seconds())


class _Plane:
    """Metres east and north of a point; good for a city."""

    def __init__(self, lat: float, lon: float) -> None:
        self._lat, self._lon = lat, lon
        self._per_lon = METRES_PER_DEGREE * math.cos(math.radians(lat))

    def place(self, lat: float, lon: float) -> Place:
        return round((lon - self._lon) * self._per_lon), round((lat - self._lat) * METRES_PER_DEGREE)
