"""The times of a service: which are free, and, for its shop, which are booked and by whom."""

import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from catalog import models as rows
from catalog import slots
from schema.context import Info
from schema.costs import HISTORY
from schema.ids import to_id
from schema.nodes import Node
from schema.sellers import is_keeper

if TYPE_CHECKING:
    from schema.orders import SubOrder

SubOrderType = Annotated["SubOrder", strawberry.lazy("schema.orders")]


@strawberry.type(description="A time at which a service can be had.")
class ServiceSlot(Node):
    row: strawberry.Private[rows.ServiceSlot]
    starts_at: datetime.datetime = strawberry.field(description="When it begins.")
    ends_at: datetime.datetime = strawberry.field(description="When it ends.")

    @classmethod
    def of(cls, row: rows.ServiceSlot) -> "ServiceSlot":
        return cls(id=to_id("ServiceSlot", row.pk), row=row, starts_at=row.starts_at, ends_at=row.ends_at)

    @strawberry.field(description="The order that booked it; null where it is free, or for those who need not know.")
    async def booking(self, info: Info) -> SubOrderType | None:
        from schema.orders import sub_order_of  # orders.py names listings, which have slots

        return None if self.row.sub_order_id is None else await sub_order_of(info, self.row.sub_order_id)


@strawberry.type
class ListingSlots:
    """The part of a Listing that tells when its service can be had."""

    row: strawberry.Private[rows.Listing]

    @strawberry.field(description="Service: the coming free times, soonest first.", directives=[HISTORY])
    async def free_slots(self, info: Info) -> list[ServiceSlot]:
        found = await info.context.load(slots.free_slots, self.row.pk)
        return [ServiceSlot.of(row) for row in found or []]

    @strawberry.field(
        description="Service: the booked times that are not over, soonest first; empty for others than the shop, its "
        "co-op's officers and the operator.",
        directives=[HISTORY],
    )
    async def booked_slots(self, info: Info) -> list[ServiceSlot]:
        if not await is_keeper(info, self.row.seller_id):
            return []
        found = await info.context.load(slots.booked_slots, self.row.pk)
        return [ServiceSlot.of(row) for row in found or []]
