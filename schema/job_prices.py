"""How a booked job's price comes about, and when it is picked up: fields that bookings add to a job."""

from datetime import datetime

import strawberry

from marketplace.deliveries import drivers
from marketplace.deliveries import models as job_rows
from marketplace.deliveries.bookings import models as rows
from marketplace.deliveries.bookings import pricing
from marketplace.deliveries.models import VehicleKind
from marketplace.deliveries.reading import Sight
from marketplace.payments import driver_pay, proofs
from marketplace.tariffs.rules import DistanceSource
from schema.context import Info
from schema.costs import cost
from schema.fares import DeliveryPriceLine
from schema.ids import to_id
from schema.scalars import Rupiah
from schema.shares import DeliveryShareProof


@strawberry.type(description="When goods are to be picked up.")
class PickupWindow:
    starts_at: datetime = strawberry.field(description="Not before.")
    ends_at: datetime = strawberry.field(description="Not after.")
    publish_at: datetime | None = strawberry.field(description="When the job is put out; null in a quote.")

    @classmethod
    def between(cls, starts_at: datetime | None, ends_at: datetime | None) -> "PickupWindow | None":
        if starts_at is None or ends_at is None:
            return None
        return cls(starts_at=starts_at, ends_at=ends_at, publish_at=None)


@strawberry.type(description="What a dispatcher added to a job's price, or took off it.")
class DeliverySupplement:
    id: strawberry.ID = strawberry.field(description="Names it in removeSupplement.")
    name: str = strawberry.field(description="What it is for.")
    amount: Rupiah = strawberry.field(description="How much; below zero: a discount.")
    reason: str = strawberry.field(description="Why.")
    added_at: datetime = strawberry.field(description="When.")
    removed_at: datetime | None = strawberry.field(description="Since when it no longer counts.")

    @classmethod
    def of(cls, row: rows.Supplement) -> "DeliverySupplement":
        return cls(
            id=to_id("DeliverySupplement", row.pk),
            name=row.name,
            amount=Rupiah(row.amount),
            reason=row.reason,
            added_at=row.created_at,
            removed_at=row.removed_at,
        )


@strawberry.type
class JobPricing:
    """Fields that bookings add to `DeliveryJob`."""

    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="How the price of a booked job comes about; the lines sum to it. Empty for an order's job (its "
        "SubOrder has them) and for jobs of before this was kept.",
        directives=[cost(rows=5)],
    )
    async def price_lines(self, info: Info) -> list[DeliveryPriceLine]:
        price = await info.context.load(pricing.prices_by_job, self.row.pk)
        if price is None:
            return []
        added = await info.context.load(pricing.supplements_by_job, self.row.pk) or []
        return [DeliveryPriceLine.shown(line) for line in pricing.lines_of(self.row, price, added)]

    @strawberry.field(description="How the distance of a booked job is known.")
    async def distance_is(self, info: Info) -> DistanceSource | None:
        price = await info.context.load(pricing.prices_by_job, self.row.pk)
        return None if price is None else price.distance_is

    @strawberry.field(
        description="What dispatchers added or took off, with their reasons, what was taken away too; for those who "
        "carry it or answer for it.",
        directives=[cost(rows=2)],
    )
    async def supplements(self, info: Info) -> list[DeliverySupplement]:
        if not (self.sight.is_full or self.sight.oversees):
            return []
        found = await info.context.load(pricing.supplements_by_job, self.row.pk) or []
        return [DeliverySupplement.of(row) for row in found]

    @strawberry.field(description="When it is to be picked up, where that was said.")
    async def pickup_window(self, info: Info) -> PickupWindow | None:
        row = await info.context.load(pricing.windows_by_job, self.row.pk)
        if row is None:
            return None
        return PickupWindow(starts_at=row.starts_at, ends_at=row.ends_at, publish_at=row.publish_at)

    @strawberry.field(
        description="Who got what of the fare, and that what co-ops kept of it was within the law's cap; null until "
        "it ended, where it cost nothing, and for those who neither carry it nor answer for it."
    )
    async def share_proof(self, info: Info) -> DeliveryShareProof | None:
        if not (self.sight.is_full or self.sight.oversees):
            return None
        row = await info.context.load(proofs.proofs_by_delivery, self.row.sub_order_id or self.row.pk)
        return None if row is None else DeliveryShareProof.of(row)

    @strawberry.field(
        description="What carrying it brought its driver, of goods that came back too: with the tip that stood on "
        "the order, without later tips and waiting. Null until it ended, and for those who neither carry it nor "
        "answer for it."
    )
    async def driver_pay(self, info: Info) -> Rupiah | None:
        if self.row.ended_at is None or not (self.sight.is_full or self.sight.oversees):
            return None
        driver = await info.context.load(drivers.drivers_by_id, self.row.driver_id) if self.row.driver_id else None
        if driver is None:
            return None
        paid = await info.context.load(driver_pay.pay_by_delivery, self.row.sub_order_id or self.row.pk)
        return Rupiah((paid or {}).get(driver.account_id, 0))

    @strawberry.field(description="The vehicle that it asks for; null: any that carries the weight.")
    def vehicle(self) -> VehicleKind | None:
        return self.row.vehicle
