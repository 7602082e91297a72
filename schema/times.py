"""When a delivery comes: ranges, how late it runs, where the rider is, and how well a co-op's ranges held."""

from datetime import datetime

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import models as rows
from marketplace.deliveries import reading, shifts, tracking
from marketplace.deliveries.reading import Sight
from marketplace.deliveries.times import estimating, late, measuring, service
from marketplace.deliveries.times.estimating import Stage, Target
from marketplace.deliveries.times.models import DelayKind, JobDelay, TimeRecord
from schema.context import Info
from schema.costs import HISTORY, RECKONED, cost
from schema.enums import described
from schema.scalars import GeoPoint

described(
    Stage,
    "When an estimate was made.",
    {
        "PLACED": "As the delivery was put out.",
        "ASSIGNED": "As a driver took it.",
        "PICKED_UP": "As the goods were picked up.",
    },
    name="EstimateStage",
)
described(
    Target,
    "What is estimated.",
    {"PICKUP": "When the goods are picked up.", "DROP_OFF": "When the last of them is handed over."},
    name="EstimateTarget",
)
described(
    DelayKind,
    "Whose lateness it is.",
    {
        "READY": "The shop's: the goods should be ready, and are not.",
        "RIDER": "The delivery's: no driver yet, or he comes or rides late.",
    },
)


@strawberry.type(description="A stretch of time within which something should happen, eight times of ten.")
class TimeRange:
    from_: datetime = strawberry.field(name="from", description="Not sooner.")
    to: datetime = strawberry.field(description="Not later.")

    @classmethod
    def of(cls, found: estimating.Range) -> "TimeRange":
        return cls(from_=found.low, to=found.high)


@strawberry.type(description="When a delivery is to come, learnt from past ones; its error is measured.")
class DeliveryEstimate:
    pickup: TimeRange | None = strawberry.field(description="When the goods are picked up; null once they are.")
    drop_off: TimeRange = strawberry.field(description="When the last of them is handed over.")

    @classmethod
    def of(cls, found: estimating.Estimate) -> "DeliveryEstimate":
        pickup = None if found.pickup is None else TimeRange.of(found.pickup)
        return cls(pickup=pickup, drop_off=TimeRange.of(found.drop_off))


async def estimate_seen(info: Info, job: rows.DeliveryJob, sight: Sight) -> DeliveryEstimate | None:
    """The job's estimate, for those who are told what happens to it while it is under way."""
    if not sight.is_told or job.state not in service.UNDER_WAY:
        return None
    found = await info.context.load(service.estimates_by_job, job.pk)
    return None if found is None else DeliveryEstimate.of(found)


@strawberry.type(description="A delivery that will miss what was promised. Told once, and again when it gets worse.")
class DeliveryDelay:
    kind: DelayKind = strawberry.field(description="Whose lateness it is.")
    minutes: int = strawberry.field(description="How late, as it was told last.")
    promised_at: datetime = strawberry.field(description="When it should have been handed over.")
    expected_at: datetime = strawberry.field(description="When it was expected instead.")
    told_at: datetime = strawberry.field(description="When that was told.")

    @classmethod
    def of(cls, row: JobDelay) -> "DeliveryDelay":
        return cls(
            kind=row.kind,
            minutes=row.minutes,
            promised_at=row.promised_at,
            expected_at=row.expected_at,
            told_at=row.told_at,
        )


@strawberry.type(description="Where a rider was, to about a hundred metres.")
class RiderPlace:
    place: GeoPoint = strawberry.field(description="The place.")
    at: datetime = strawberry.field(description="When he was there.")


@strawberry.type
class JobTimes:
    row: strawberry.Private[rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="When it is to be picked up and to be there, reckoned now; null once it has ended, and for those "
        "before whom it lies open.",
        directives=[RECKONED],
    )
    async def estimate(self, info: Info) -> DeliveryEstimate | None:
        return await estimate_seen(info, self.row, self.sight)

    @strawberry.field(
        description="How late it runs, where it does: the shop's and the rider's apart.", directives=[HISTORY]
    )
    async def delays(self, info: Info) -> list[DeliveryDelay]:
        if not self.sight.is_told:
            return []
        found = await info.context.load(late.delays_by_job, self.row.pk) or []
        return [DeliveryDelay.of(row) for row in found]

    @strawberry.field(
        description="Where its rider is. The buyer sees it while the goods are on their way to him, the shop while "
        "he comes for them or brings them back; else null. Dispatchers see it until it has ended."
    )
    async def rider_place(self, info: Info) -> RiderPlace | None:
        drops = await info.context.load(reading.drops_by_job, self.row.pk) or []
        if not tracking.may_follow(self.sight, self.row, drops, info.context.actor.account_id):
            return None
        shift = await info.context.load(shifts.open_shifts_by_driver, self.row.driver_id or self.row.pk)
        return None if shift is None else RiderPlace(place=GeoPoint(lat=shift.lat, lon=shift.lon), at=shift.placed_at)


@strawberry.type(description="How a co-op's estimates of one kind held, of deliveries that ended; old ones fade.")
class DeliveryTimes:
    stage: Stage = strawberry.field(description="When they were made.")
    target: Target = strawberry.field(description="Of what.")
    measured: int = strawberry.field(description="Over how many deliveries; one of 28 days ago counts half.")
    coverage: float = strawberry.field(description="The share whose range held. It should be near 0.8.")
    median_error: int = strawberry.field(description="Half of them were off by at most so many seconds.")

    @classmethod
    def of(cls, row: TimeRecord) -> "DeliveryTimes":
        held = measuring.accuracy_of(row)
        return cls(
            stage=row.stage,
            target=row.target,
            measured=round(row.measured),
            coverage=held.coverage,
            median_error=round(held.median_error_s),
        )


@strawberry.type
class CooperativeTimes:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="How well the estimated times of its sellers' deliveries held; anyone may see it.",
        directives=[cost(3, rows=5)],
    )
    async def delivery_times(self, info: Info) -> list[DeliveryTimes]:
        return [
            DeliveryTimes.of(row)
            for row in await info.context.load(measuring.records_by_cooperative, self.row.pk) or []
        ]
