"""Hubs: where goods stand between two legs, who keeps them, and what comes and stands there."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from cooperatives.membership import models as membership
from marketplace.deliveries import custody, reading
from marketplace.deliveries import models as rows
from marketplace.deliveries.lifecycle import DropState, JobState
from marketplace.deliveries.relay import hubs, watching
from marketplace.deliveries.relay import models as relay
from marketplace.deliveries.relay.shares import by_weight
from marketplace.identity.actor import signed_in
from schema.context import Info
from schema.costs import HISTORY, LISTED, cost
from schema.ids import from_id, to_id
from schema.opening_hours import OpeningHours
from schema.paging import After, Connection, First, connection_of
from schema.scalars import GeoPoint, Grams, Rupiah
from schema.stops import CustodyReceipt

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]


@strawberry.type(description="Goods of one job at a hub, as the hub's keeper sees them.")
class HubParcel:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    pin: str | None = strawberry.field(
        description="To be told to the driver who fetches them; null until drivers see them, and of what goes back."
    )
    is_here: bool = strawberry.field(description="Whether they stand here.")
    weight: Grams = strawberry.field(description="How heavy.")
    until: datetime = strawberry.field(description="When the leg's window closes.")
    row: strawberry.Private[rows.DeliveryJob]

    @strawberry.field(description="Whether the seller fetches them here.")
    async def is_going_back(self, info: Info) -> bool:
        drops = await info.context.load(reading.drops_by_job, self.row.pk) or []
        return any(drop.state in (DropState.SENT_BACK, DropState.RETURNED) for drop in drops)

    @strawberry.field(description="Their custody receipts, in order, to be signed for the hub.", directives=[HISTORY])
    async def custody(self, info: Info) -> list[CustodyReceipt]:
        found = await info.context.load(custody.receipts_by_job, self.row.pk) or []
        return [CustodyReceipt.of(receipt) for receipt in found]


@strawberry.type(description="A co-op's place where goods stand between two legs; it answers for them there.")
class Hub:
    id: strawberry.ID = strawberry.field(description="Names the hub.")
    name: str = strawberry.field(description="How it is called.")
    address: str = strawberry.field(description="How to find it.")
    place: GeoPoint = strawberry.field(description="Where it is.")
    opening_hours: list[OpeningHours] | None = strawberry.field(description="When it is open; null: always.")
    zone: str = strawberry.field(description="Whose hours are meant.")
    is_closed: bool = strawberry.field(description="Whether it takes nothing in any more.")
    row: strawberry.Private[relay.Hub]

    @classmethod
    def of(cls, row: relay.Hub) -> "Hub":
        hours = row.opening_hours
        return cls(
            row=row,
            id=to_id("Hub", row.pk),
            name=row.name,
            address=row.address,
            place=GeoPoint(lat=row.lat, lon=row.lon),
            opening_hours=None if hours is None else [OpeningHours.of(*span) for span in hours],
            zone=row.zone,
            is_closed=row.closed_at is not None,
        )

    @strawberry.field(description="Whose it is.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of  # cooperatives.py builds on this module

        return await cooperative_of(info, self.row.cooperative_id)

    @strawberry.field(
        description="What stands here, oldest job first; its keepers, officers and dispatchers only.",
        directives=[LISTED],
    )
    async def standing(self, info: Info, first: First = 20, after: After = None) -> Connection[HubParcel]:
        page = await watching.standing_at(info.context.actor, self.row, first=first, after=after)
        return connection_of(page, parcel_of, after=after)

    @strawberry.field(
        description="The PIN for what a driver brings here now, onward or back; its keepers only.",
        directives=[cost(2)],
    )
    async def in_pin(
        self, info: Info, job_id: Annotated[strawberry.ID, strawberry.argument(description="The job he names.")]
    ) -> str | None:
        return await watching.in_pin(info.context.actor, self.row, from_id("DeliveryJob", job_id, "jobId"))


def parcel_of(row: rows.DeliveryJob) -> HubParcel:
    """A job that stands at a hub."""
    is_looked_for = row.hub_id is not None and row.state not in (JobState.AT_HUB, JobState.RETURNED)
    return HubParcel(
        job_id=to_id("DeliveryJob", row.pk),
        pin=row.pickup_pin if is_looked_for else None,
        is_here=row.hub_id is not None and row.state is not JobState.RETURNED,
        weight=Grams(row.weight_g),
        until=row.open_until,
        row=row,
    )


@strawberry.type(description="What was kept of a leg's price, and what its driver got, by its carrier's terms.")
class LegShares:
    hosting: Rupiah = strawberry.field(description="Kept by the shop's co-op of an allied co-op's work.")
    carrier: Rupiah = strawberry.field(description="Kept by the co-op whose driver carried.")
    driver: Rupiah = strawberry.field(description="The driver's part.")

    @classmethod
    def of(cls, row: relay.RelayLeg) -> "LegShares | None":
        if row.hosting is None or row.carrier_share is None or row.driver_share is None:
            return None
        return cls(hosting=Rupiah(row.hosting), carrier=Rupiah(row.carrier_share), driver=Rupiah(row.driver_share))


@strawberry.type(description="One part of a job's way, from the pickup or a hub to the next hub or the drops.")
class RelayLeg:
    position: int = strawberry.field(description="0, 1, …")
    share: int = strawberry.field(description="Its part of the fare, in basis points; those of a job sum to 10000.")
    price: Rupiah = strawberry.field(
        description="That part in rupiah, for its carrier and its driver; those of a job sum to its price."
    )
    opens_at: datetime = strawberry.field(description="From when drivers may take it, once the goods are there.")
    closes_at: datetime = strawberry.field(description="Until when.")
    is_present: bool = strawberry.field(description="Whether the job is on it, or waits for it.")
    ended_at: datetime | None = strawberry.field(description="When it was done, for those that end at a hub.")
    shares: LegShares | None = strawberry.field(
        description="How that was shared out, once the delivery was; for those who answer for it, else null."
    )
    row: strawberry.Private[relay.RelayLeg]

    @strawberry.field(description="Where it ends; null: at the drops.")
    async def hub(self, info: Info) -> Hub | None:
        if self.row.hub_id is None:
            return None
        row = await info.context.load(hubs.hubs_by_id, self.row.hub_id)
        return None if row is None else Hub.of(row)


def legs_seen(found: list[relay.RelayLeg], job: rows.DeliveryJob, *, sees_shares: bool) -> list[RelayLeg]:
    """A job's legs in order, each with its part of the job's price, and how that was shared out."""
    legs_left, price = job.legs_left, job.price
    prices = by_weight(price, [row.weight for row in found])
    return [
        RelayLeg(
            position=row.position,
            share=row.weight,
            price=Rupiah(prices[row.position]),
            opens_at=row.opens_at,
            closes_at=row.closes_at,
            is_present=legs_left is not None and row.position == len(found) - 1 - legs_left,
            ended_at=row.ended_at,
            shares=LegShares.of(row) if sees_shares else None,
            row=row,
        )
        for row in found
    ]


@strawberry.type
class CooperativeHubs:
    row: strawberry.Private[membership.Cooperative]

    @strawberry.field(description="Its hubs that take goods in, oldest first.", directives=[cost(2, rows=3)])
    async def hubs(self, info: Info) -> list[Hub]:
        return [Hub.of(row) for row in await info.context.load(hubs.hubs_by_cooperative, self.row.pk) or []]


@strawberry.type
class ViewerHubs:
    @strawberry.field(description="The hubs that you keep, oldest first.", directives=[cost(2, rows=2)])
    async def hubs_kept(self, info: Info) -> list[Hub]:
        return [Hub.of(row) for row in await hubs.hubs_kept_by(signed_in(info.context.actor))]
