"""The times of a service: which are free, and, for its shop, which are booked and by whom."""

import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from catalog import models as rows
from catalog import slots
from marketplace.paging import check_first
from schema.context import Info
from schema.costs import HISTORY
from schema.ids import to_id
from schema.nodes import Node
from schema.paging import First
from schema.sellers import is_keeper

if TYPE_CHECKING:
    from schema.orders import SubOrder

Since = Annotated[
    datetime.datetime | None,
    strawberry.argument(name="from", description="Only those that begin then or later; null: all that are to come."),
]
SubOrderType = Annotated["SubOrder", strawberry.lazy("schema.orders")]


@strawberry.type(description="A time at which a service can be had.")
class ServiceSlot(Node):
    row: strawberry.Private[rows.ServiceSlot]
    starts_at: datetime.datetime = strawberry.field(description="When it begins.")
    ends_at: datetime.datetime = strawberry.field(description="When it ends.")

    @classmethod
    def of(cls, row: rows.ServiceSlot) -> "ServiceSlot":
        return cls(id=to_id("ServiceSlot", row.pk), row=row, starts_at=row.starts_at, ends_at=row.ends_at)

    @strawberry.field(description="How many orders can have it at once.")
    def capacity(self) -> int:
        return self.row.places

    @strawberry.field(description="How many of its places are free.")
    async def free_places(self, info: Info) -> int:
        return max(self.row.places - len(await self._taken(info)), 0)

    @strawberry.field(
        description="The orders that have it, as they came; those that you may see.", directives=[HISTORY]
    )
    async def bookings(self, info: Info) -> list[SubOrderType]:
        from schema.orders import sub_order_of  # orders.py names listings, which have slots

        found = [await sub_order_of(info, id) for id in await self._taken(info)]
        return [order for order in found if order is not None]

    async def _taken(self, info: Info) -> list[UUID]:
        return await info.context.load(slots.orders_by_slot, self.row.pk) or []


@strawberry.type
class ListingSlots:
    """The part of a Listing that tells when its service can be had."""

    row: strawberry.Private[rows.Listing]

    @strawberry.field(
        description="Service: the coming times with a free place, soonest first. For more ask again from the last "
        "one on.",
        directives=[HISTORY],
    )
    async def free_slots(self, info: Info, first: First = 100, since: Since = None) -> list[ServiceSlot]:
        found = await info.context.load(slots.free_slots, self.row.pk)
        return so_many(found or [], first, since)

    @strawberry.field(
        description="Service: the times that an order has and that are not over, soonest first; empty for others "
        "than the shop, its co-op's officers and the operator. For more ask again from the last one on.",
        directives=[HISTORY],
    )
    async def booked_slots(self, info: Info, first: First = 100, since: Since = None) -> list[ServiceSlot]:
        if not await is_keeper(info, self.row.seller_id):
            return []
        found = await info.context.load(slots.booked_slots, self.row.pk)
        return so_many(found or [], first, since)


def so_many(found: list[rows.ServiceSlot], first: int, since: datetime.datetime | None) -> list[ServiceSlot]:
    """The first of these that begin at `since` or later. Raises Invalid for too many."""
    coming = [row for row in found if since is None or row.starts_at >= since]
    return [ServiceSlot.of(row) for row in coming[: check_first(first)]]
