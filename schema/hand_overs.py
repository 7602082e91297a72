"""Hand-overs on the road, from one driver to another, as both sides see them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries import drivers, limits, passing, reading
from marketplace.deliveries import models as rows
from schema.context import Info
from schema.ids import to_id
from schema.scalars import Grams, Rupiah

if TYPE_CHECKING:
    from schema.drivers import Driver

DriverType = Annotated["Driver", strawberry.lazy("schema.drivers")]


@strawberry.type(description="Goods on the road that are to go from one driver to another.")
class DriverHandOver:
    row: strawberry.Private[rows.DriverHandOver]
    job_id: strawberry.ID = strawberry.field(description="The DeliveryJob, for `takeOverJob`.")
    giver_part: Rupiah = strawberry.field(
        description="What the taker's account pays the giver for his part of the way."
    )
    reason: str = strawberry.field(description="Why.")
    offered_at: datetime = strawberry.field(description="When it was offered.")

    @classmethod
    def of(cls, row: rows.DriverHandOver) -> "DriverHandOver":
        return cls(
            row=row,
            job_id=to_id("DeliveryJob", row.job_id),
            giver_part=Rupiah(row.giver_part),
            reason=row.reason,
            offered_at=row.created_at,
        )

    @strawberry.field(description="The giver only: tell it to the taker when he has the goods.")
    async def pin(self, info: Info) -> str | None:
        job = await info.context.load(reading.jobs_by_id, self.row.job_id)
        return self.row.pin if job is not None and passing.is_giver(info.context.actor, job) else None

    @strawberry.field(description="What carrying the whole job brings, to be shared by carrier and driver.")
    async def price(self, info: Info) -> Rupiah:
        job = await info.context.load(reading.jobs_by_id, self.row.job_id)
        return Rupiah(0 if job is None else job.price)

    @strawberry.field(description="Of the goods; 0 where not known.")
    async def weight(self, info: Info) -> Grams:
        job = await info.context.load(reading.jobs_by_id, self.row.job_id)
        return Grams(0 if job is None else job.weight_g)

    @strawberry.field(description="Cash that the taker still has to collect.")
    async def cash_to_collect(self, info: Info) -> Rupiah:
        drops = await info.context.load(reading.drops_by_job, self.row.job_id) or []
        return Rupiah(limits.still_to_collect(drops))

    @strawberry.field(description="Who has the goods.")
    async def giver(self, info: Info) -> DriverType | None:
        return await _driver(info, self.row.giver_id)

    @strawberry.field(description="Who is to take them.")
    async def taker(self, info: Info) -> DriverType | None:
        return await _driver(info, self.row.taker_id)


async def _driver(info: Info, id: UUID) -> DriverType | None:
    from schema.drivers import driver_for  # drivers.py builds on this module

    row = await info.context.load(drivers.drivers_by_id, id)
    return None if row is None else driver_for(info, row, is_reachable=True)
