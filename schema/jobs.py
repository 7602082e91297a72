"""Delivery jobs: what is carried from whom to whom, by whom, and what may be seen of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import custody, drivers, passing, reading
from marketplace.deliveries import models as rows
from marketplace.deliveries.custody import Signer
from marketplace.deliveries.lifecycle import HELD, JobEvent, JobState
from marketplace.deliveries.models import FarePayer
from marketplace.deliveries.reading import RADIUS_M, Sight
from marketplace.deliveries.relay import planning
from marketplace.deliveries.relay.pricing import present
from marketplace.deliveries.relay.shares import by_weight
from marketplace.deliveries.signing import filing
from schema.context import Info
from schema.costs import HISTORY, LISTED, cost
from schema.drivers import Driver, driver_for
from schema.enums import described
from schema.ids import to_id
from schema.job_courier import JobCourier
from schema.job_prices import JobPricing
from schema.nodes import Node, finds
from schema.offers import JobOffers
from schema.order_waiting import JobWaiting
from schema.paging import After, Connection, First, connection_of
from schema.scalars import GeoPointInput, Grams, Metres, Rupiah
from schema.shifts import place_of
from schema.stops import CustodyReceipt, DropStop, PickupStop, drop_of, pickup_of
from schema.times import JobTimes

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative
    from schema.hand_overs import DriverHandOver
    from schema.hubs import RelayLeg
    from schema.sellers import Seller

HandOverType = Annotated["DriverHandOver", strawberry.lazy("schema.hand_overs")]
LegType = Annotated["RelayLeg", strawberry.lazy("schema.hubs")]
CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]
SellerType = Annotated["Seller", strawberry.lazy("schema.sellers")]

described(
    JobState,
    "Where a delivery job stands.",
    {
        "DRAFT": "Not put out yet.",
        "OPEN": "On the board: the first driver to claim it holds it.",
        "OFFERED": "Put before drivers one by one.",
        "ASSIGNED": "A driver is on his way to the pickup.",
        "AT_PICKUP": "The driver stands at the seller's.",
        "CARRYING": "The driver has the goods.",
        "AT_DROPOFF": "The driver stands at a receiver's.",
        "AT_HUB": "The goods stand at a hub: for the next leg's window, or for the seller to fetch.",
        "DELIVERED": "All that was carried was handed over.",
        "FAILED": "Something could not be handed over.",
        "RETURNING": "What could not be handed over goes back to the seller.",
        "RETURNED": "The seller has it back.",
        "UNSERVED": "No driver came in time: the buyer is asked to wait, fetch or cancel.",
        "CANCELLED": "Called off before the pickup.",
    },
    name="DeliveryJobState",
)
described(
    JobEvent,
    "What happened to a delivery job.",
    {
        "PUBLISH": "It was put on the board.",
        "OFFER": "It was put before a driver.",
        "WITHDRAW_OFFERS": "Its offers were taken back.",
        "CLAIM": "A driver took it.",
        "GIVE_UP": "The driver put it back before the pickup.",
        "REASSIGN": "A dispatcher gave it to a driver.",
        "PASS_ON": "On the road the goods went from one driver to another.",
        "HAND_IN": "The goods were handed in at a hub.",
        "ARRIVE_AT_PICKUP": "The driver came to the seller's.",
        "PICK_UP": "The goods were handed to the driver.",
        "ARRIVE_AT_DROP_OFF": "The driver came to a receiver's.",
        "DROP_OFF": "The goods were handed to a receiver.",
        "FAIL": "A drop could not be made.",
        "RETRY": "A drop that failed is tried again.",
        "TURN_BACK": "The driver set off to bring back what failed.",
        "RETURN": "The seller took the goods back.",
        "EXPIRE": "Nobody took it in time.",
        "REOPEN": "The buyer waits on.",
        "CANCEL": "It was called off.",
        "CANCEL_DROP": "One drop was taken out.",
        "REPRICE": "A dispatcher added to its price or took something off, with a reason.",
    },
    name="DeliveryJobEvent",
)
described(
    FarePayer,
    "How a delivery is paid.",
    {
        "ORDER": "Within the order that it carries.",
        "CASH_AT_PICKUP": "In cash by the seller, when the driver comes.",
        "SELLER_PAYABLE": "Set off against what the co-op owes the seller.",
    },
)


@strawberry.type(description="One thing that happened to a delivery job.")
class DeliveryJobChange:
    event: JobEvent = strawberry.field(description="What happened.")
    state: JobState = strawberry.field(description="Where the job stood after it.")
    version: int = strawberry.field(description="The job's version after it.")
    at: datetime = strawberry.field(description="When.")
    drop_id: strawberry.ID | None = strawberry.field(description="Which drop it concerned.")
    reason: str | None = strawberry.field(description="Why, in words.")

    @classmethod
    def of(cls, row: rows.JobStateChange) -> "DeliveryJobChange":
        drop_id = None if row.drop_id is None else to_id("DropStop", row.drop_id)
        return cls(
            event=row.event,
            state=row.state,
            version=row.version,
            at=row.created_at,
            drop_id=drop_id,
            reason=row.reason,
        )


@strawberry.type(description="Goods carried from one pickup to one or several drops, by one driver at a time.")
class DeliveryJob(JobTimes, JobOffers, JobPricing, JobWaiting, JobCourier, Node):
    row: strawberry.Private[rows.DeliveryJob]
    sight: strawberry.Private[Sight]
    state: JobState = strawberry.field(description="Where it stands.")
    pickup: PickupStop = strawberry.field(description="Where the goods are taken over.")
    price: Rupiah = strawberry.field(description="What carrying it brings, to be shared by carrier and driver.")
    fare_payer: FarePayer = strawberry.field(description="How that is paid.")
    cash_to_collect: Rupiah = strawberry.field(description="What the driver collects at all drops.")
    distance: Metres = strawberry.field(description="Of road from the pickup to the last drop.")
    weight: Grams = strawberry.field(description="Of the goods; 0 where not known.")
    opened_at: datetime = strawberry.field(description="When it was put out.")
    open_until: datetime = strawberry.field(description="When its buyer is asked, if nobody has taken it.")
    assigned_at: datetime | None = strawberry.field(description="When its driver took it.")
    picked_up_at: datetime | None = strawberry.field(description="When the goods were taken over.")
    ended_at: datetime | None = strawberry.field(description="When it ended.")
    version: int = strawberry.field(description="Grows with each change.")

    @classmethod
    def of(cls, row: rows.DeliveryJob, sight: Sight) -> "DeliveryJob":
        """The job as `sight` lets it be seen."""
        return cls(
            id=to_id("DeliveryJob", row.pk),
            row=row,
            sight=sight,
            state=row.state,
            pickup=pickup_of(row, sight),
            price=Rupiah(row.price),
            fare_payer=row.fare_payer,
            cash_to_collect=Rupiah(row.cash_to_collect),
            distance=Metres(row.distance_m),
            weight=Grams(row.weight_g),
            opened_at=row.created_at,
            open_until=row.open_until,
            assigned_at=row.assigned_at,
            picked_up_at=row.picked_up_at,
            ended_at=row.ended_at,
            version=row.version,
        )

    @strawberry.field(
        description="Where goods are handed over, in the order of the route; a buyer sees his own.",
        directives=[cost(rows=3)],
    )
    async def drops(self, info: Info) -> list[DropStop]:
        account_id = info.context.actor.account_id
        found = await info.context.load(reading.drops_by_job, self.row.pk) or []
        all_seen = self.sight.is_full or self.sight.oversees or self.sight.may_take
        return [
            drop_of(
                drop,
                self.sight,
                drop.receiver_id == account_id and account_id is not None,
                hides_numbers=info.context.settings.hides_numbers,
            )
            for drop in found
            if all_seen or drop.receiver_id == account_id
        ]

    @strawberry.field(description="Whose goods they are.")
    async def seller(self, info: Info) -> SellerType | None:
        from schema.sellers import seller_of  # sellers.py builds on cooperatives.py, which builds on this

        return await seller_of(info, self.row.seller_id)

    @strawberry.field(description="The co-op whose driver carries it.")
    async def carrier(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of  # cooperatives.py builds on this module

        return None if self.row.carrier_id is None else await cooperative_of(info, self.row.carrier_id)

    @strawberry.field(description="Who holds it, or carried it.")
    async def driver(self, info: Info) -> Driver | None:
        if self.row.driver_id is None:
            return None
        row = await info.context.load(drivers.drivers_by_id, self.row.driver_id)
        is_party = self.sight.is_full or self.sight.receives
        may_reach = self.sight.watches if info.context.settings.hides_numbers else is_party
        return None if row is None else driver_for(info, row, is_reachable=self.row.state in HELD and may_reach)

    @strawberry.field(
        description="Its custody receipts, in order; empty until you hold it, or answer for it.", directives=[HISTORY]
    )
    async def custody(self, info: Info) -> list[CustodyReceipt]:
        if not self.sight.is_told:
            return []
        found = await info.context.load(custody.receipts_by_job, self.row.pk) or []
        return [CustodyReceipt.of(receipt) for receipt in found]

    @strawberry.field(
        description="Its custody receipts as a file that anyone with the public keys can verify apart "
        "(`lumbung verify-receipt`); null until you hold it, or answer for it.",
        directives=[LISTED],
    )
    async def custody_file(self, info: Info) -> str | None:
        if not self.sight.is_told:
            return None
        node_key = Signer.of(info.context.settings).public_key
        return await filing.file_of(self.row.pk, node_key=node_key)

    @strawberry.field(
        description="Its legs through hubs, in order; none where it goes in one. Each gets its part of the price.",
        directives=[cost(2, rows=3)],
    )
    async def legs(self, info: Info) -> list[LegType]:
        from schema.hubs import legs_seen  # hubs.py builds on stops.py

        if self.row.legs_left is None:
            return []
        found = await info.context.load(planning.legs_by_job, self.row.pk) or []
        return legs_seen(found, self.row, sees_shares=self.sight.is_full or self.sight.oversees)

    @strawberry.field(
        description="Of a delivery through hubs, what the leg brings that it is on, or that waits to be taken: that, "
        "and not `price`, is what its carrier shares with his co-op. Null where it goes in one.",
        directives=[cost(1)],
    )
    async def leg_price(self, info: Info) -> Rupiah | None:
        if self.row.legs_left is None:
            return None
        found = await info.context.load(planning.legs_by_job, self.row.pk) or []
        prices = by_weight(self.row.price, [leg.weight for leg in found])
        return Rupiah(prices[present(self.row, found)]) if prices else None

    @strawberry.field(
        description="The hand-over to another driver that is offered now; its holder and his co-op's officers and "
        "dispatchers only."
    )
    async def hand_over(self, info: Info) -> HandOverType | None:
        from schema.hand_overs import DriverHandOver  # hand_overs.py builds on drivers.py

        if not passing.may_give(info.context.actor, self.row):
            return None
        row = await info.context.load(passing.offers_by_job, self.row.pk)
        return None if row is None else DriverHandOver.of(row)

    @strawberry.field(description="What happened to it, in order.", directives=[HISTORY])
    async def history(self, info: Info) -> list[DeliveryJobChange]:
        if not self.sight.is_told:
            return []
        found = await info.context.load(reading.history_by_job, self.row.pk) or []
        return [DeliveryJobChange.of(change) for change in found]


async def job_seen(info: Info, row: rows.DeliveryJob) -> DeliveryJob | None:
    """The job as the actor may see it; None when he may not know of it."""
    found = await info.context.load(reading.drops_by_job, row.pk) or []
    sight = reading.sight_of(info.context.actor, row, found)
    return DeliveryJob.of(row, sight) if sight.is_any else None


async def job_of_sub_order(info: Info, sub_order_id: UUID) -> DeliveryJob | None:
    """The job that carries this sub-order, as the actor may see it."""
    row = await info.context.load(reading.jobs_by_sub_order, sub_order_id)
    return None if row is None else await job_seen(info, row)


@finds("DeliveryJob")
async def find_delivery_job(info: Info, id: UUID) -> DeliveryJob | None:
    found = await reading.find_job(info.context.actor, id, dispatch=info.context.adapters.dispatch)
    return None if found is None else DeliveryJob.of(*found)


@strawberry.type
class CooperativeJobs:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Jobs of its sellers and its drivers, newest first; its officers, dispatchers, pengawas only.",
        directives=[LISTED],
    )
    async def jobs(
        self,
        info: Info,
        state: Annotated[JobState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DeliveryJob]:
        page = await reading.jobs_of_cooperative(
            info.context.actor, self.row.pk, state=state, first=first, after=after
        )
        sight = reading.sight_in(info.context.actor, self.row.pk)
        return connection_of(page, lambda row: DeliveryJob.of(row, sight), after=after)


@strawberry.type
class DeliveryJobQuery:
    @strawberry.field(
        description="Open jobs near a driver on shift that his co-op may carry and his vehicle and cash limit fit, "
        "oldest first. Fails with NOT_ON_SHIFT, FORBIDDEN, OUT_OF_RANGE.",
        directives=[LISTED],
    )
    async def job_board(
        self,
        info: Info,
        near: Annotated[
            GeoPointInput | None, strawberry.argument(description="Around here; else around your last place.")
        ] = None,
        radius: Annotated[
            int, strawberry.argument(description="How far around, in metres: 100 to 30000.")
        ] = RADIUS_M,
        first: First = 20,
        after: After = None,
    ) -> Connection[DeliveryJob]:
        page = await reading.job_board(
            info.context.actor,
            near=None if near is None else place_of(near),
            radius_m=radius,
            first=first,
            after=after,
            dispatch=info.context.adapters.dispatch,
        )
        return connection_of(page, lambda row: DeliveryJob.of(row, Sight(may_take=True)), after=after)
