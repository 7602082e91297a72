"""The stops that a driver has before him, in the order in which he best makes them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from marketplace.deliveries import models as rows
from marketplace.deliveries import reading
from marketplace.deliveries.dispatch import ways
from marketplace.deliveries.dispatch.ways import StopKind, WayStop
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import to_id

if TYPE_CHECKING:
    from schema.jobs import DeliveryJob

described(
    StopKind,
    "What is done at a stop.",
    {
        "PICKUP": "The goods are taken over.",
        "DROP_OFF": "The goods are handed over.",
        "HAND_IN": "The goods go into the hub where his leg of the way ends.",
        "RETURN": "What could not be handed over goes back to the seller.",
    },
    name="RouteStopKind",
)


@strawberry.type(description="A stop that a driver has before him.")
class RouteStop:
    row: strawberry.Private[rows.DeliveryJob]
    kind: StopKind = strawberry.field(description="What is done there.")
    drop_id: strawberry.ID | None = strawberry.field(
        description="Which drop of its job; null at the seller's and at a hub."
    )
    expected_at: datetime = strawberry.field(description="When it may be done, if he rides in this order.")

    @classmethod
    def of(cls, found: WayStop) -> "RouteStop":
        drop_id = None if found.drop is None else to_id("DropStop", found.drop.pk)
        return cls(row=found.job, kind=found.kind, drop_id=drop_id, expected_at=found.expected_at)

    @strawberry.field(description="For which job.")
    async def job(self, info: Info) -> Annotated["DeliveryJob", strawberry.lazy("schema.jobs")]:
        from schema.jobs import DeliveryJob  # jobs.py builds on drivers.py, which builds on this module

        return DeliveryJob.of(self.row, reading.sight_of(info.context.actor, self.row, ()))


@strawberry.type
class DriverRoute:
    row: strawberry.Private[rows.Driver]
    is_full: strawberry.Private[bool]

    @strawberry.field(
        description="The stops of the jobs that he holds, in the order that serves all best: a proposal, he may ride "
        "otherwise. Himself, officers and dispatchers only.",
        directives=[cost(5, rows=4)],
    )
    async def route(self, info: Info) -> list[RouteStop]:
        if not self.is_full:
            return []
        found = await info.context.load(ways.ways_by_driver, self.row.pk)
        return [RouteStop.of(stop) for stop in found or ()]
