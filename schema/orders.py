"""Orders: what a buyer placed, one sub-order a seller."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from catalog import reads as catalog
from marketplace.errors import NotFound
from marketplace.orders import models as rows
from marketplace.orders import reading
from marketplace.orders.access import may_see, sides_of
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderState
from marketplace.orders.models import Channel, PaymentMethod
from marketplace.orders.refunds import LiableParty
from marketplace.payments import explaining, proofs
from marketplace.payments import reading as payments
from marketplace.tariffs.rules import DistanceSource
from schema.accounts import Account, account_of
from schema.channels import OrderChannels
from schema.context import Info
from schema.costs import HISTORY, LISTED, RECKONED, cost
from schema.fares import DeliveryPriceLine, distance_source_of
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.order_lines import OrderLine, SubOrderChange
from schema.paging import After, Connection, First, connection_of
from schema.payments import Payment
from schema.ratings import SubOrderRatings
from schema.refunds import Refund
from schema.scalars import GeoPoint, Metres, PhoneNumber, Rupiah
from schema.shares import DeliveryShareProof, Share
from schema.times import DeliveryEstimate, estimate_seen

if TYPE_CHECKING:
    from schema.jobs import DeliveryJob
    from schema.sellers import Seller

DeliveryJobType = Annotated["DeliveryJob", strawberry.lazy("schema.jobs")]
SellerType = Annotated["Seller", strawberry.lazy("schema.sellers")]


@strawberry.type(description="Where and to whom a sub-order goes, as a courier reads it.")
class DropPlace:
    name: str = strawberry.field(description="Who receives it.")
    phone: PhoneNumber | None = strawberry.field(description="Whom to ring.")
    text: str = strawberry.field(description="Street, RT/RW, kelurahan, patokan and note in one line.")
    point: GeoPoint | None = strawberry.field(description="The pin.")


@strawberry.type(description="A smaller order that the seller offers instead.")
class Proposal:
    total: Rupiah = strawberry.field(description="What it would cost in all.")
    note: str = strawberry.field(description="Why, in the seller's words.")
    lines: list["ProposedLine"] = strawberry.field(description="How many of each line; zero: not to be had.")


@strawberry.type(description="A line of a smaller order.")
class ProposedLine:
    line_id: strawberry.ID = strawberry.field(description="The OrderLine.")
    quantity: int = strawberry.field(description="How many can be had.")


@strawberry.type(description="One seller's part of an order, with its own life, delivery and split.")
class SubOrder(SubOrderRatings, Node):
    row: strawberry.Private[rows.SubOrder]
    number: str = strawberry.field(description="For people to read out.")
    state: SubOrderState = strawberry.field(description="Where it stands.")
    fulfilment: Fulfilment = strawberry.field(description="How the buyer gets it.")
    payment_method: PaymentMethod | None = strawberry.field(description="How it is paid; null while it is not.")
    goods: Rupiah = strawberry.field(description="The lines.")
    packing: Rupiah = strawberry.field(description="The seller's packing fee.")
    delivery: Rupiah = strawberry.field(description="The delivery.")
    tip: Rupiah = strawberry.field(description="For the driver.")
    total: Rupiah = strawberry.field(description="All of it.")
    refunded: Rupiah = strawberry.field(description="What of it has gone, or is going, back to the buyer.")
    delivery_distance: Metres = strawberry.field(description="The way that the delivery's price is for.")
    note: str = strawberry.field(description="What the buyer said to it.")
    placed_at: datetime = strawberry.field(description="When it was placed.")
    ready_at: datetime | None = strawberry.field(description="When it will be, or was, ready.")
    promised_at: datetime | None = strawberry.field(description="When the buyer should have it.")
    delivered_at: datetime | None = strawberry.field(description="When the buyer had it.")
    due_at: datetime | None = strawberry.field(description="When time decides if nobody has: it expires or closes.")
    liable: LiableParty | None = strawberry.field(description="Who bears the cost, where it ended early.")
    version: int = strawberry.field(description="Grows with each change.")

    @classmethod
    def of(cls, row: rows.SubOrder) -> "SubOrder":
        return cls(
            id=to_id("SubOrder", row.id),
            row=row,
            number=row.number,
            state=row.state,
            fulfilment=row.fulfilment,
            payment_method=row.payment_method,
            goods=Rupiah(row.goods),
            packing=Rupiah(row.packing),
            delivery=Rupiah(row.delivery),
            tip=Rupiah(row.tip),
            total=Rupiah(row.total),
            refunded=Rupiah(row.refunded),
            delivery_distance=Metres(row.delivery_distance_m),
            note=row.note,
            placed_at=row.created_at,
            ready_at=row.ready_at,
            promised_at=row.promised_at,
            delivered_at=row.delivered_at,
            due_at=row.due_at,
            liable=row.liable,
            version=row.version,
        )

    @strawberry.field(description="The order that it is a part of.")
    async def order(self, info: Info) -> "Order":
        row = await info.context.load(reading.orders_by_id, self.row.order_id)
        if row is None:
            raise NotFound("order")
        return Order.of(row)

    @strawberry.field(description="The shop.")
    async def seller(self, info: Info) -> SellerType:
        from schema.sellers import Seller

        row = await info.context.load(catalog.sellers_by_id, self.row.seller_id)
        if row is None:
            raise NotFound("seller")
        return Seller.of(row)

    @strawberry.field(description="Who buys; null for those who need not know.")
    async def buyer(self, info: Info) -> Account | None:
        knows = sides_of(info.context.actor, self.row) & {Side.BUYER, Side.SELLER, Side.OFFICER, Side.SYSTEM}
        return await account_of(info, self.row.buyer_id) if knows else None

    @strawberry.field(description="What was bought.", directives=[cost(rows=5)])
    async def lines(self, info: Info) -> list[OrderLine]:
        found = await info.context.load(reading.lines_by_sub_order, self.row.id)
        return [OrderLine.of(row) for row in found or []]

    @strawberry.field(description="Where it goes; null when it isn't delivered, or for those who need not know.")
    def drop(self, info: Info) -> DropPlace | None:
        row = self.row
        sides = sides_of(info.context.actor, row)
        if row.fulfilment is not Fulfilment.DELIVERY or not sides:
            return None
        hides_phone = info.context.settings.hides_numbers and sides == {Side.DRIVER}
        point = GeoPoint(lat=row.drop_lat, lon=row.drop_lon) if row.drop_lat and row.drop_lon else None
        phone = PhoneNumber(row.drop_phone) if row.drop_phone and not hides_phone else None
        return DropPlace(name=row.drop_name, phone=phone, text=row.drop_text, point=point)

    @strawberry.field(description="How the delivery's price comes about.")
    def delivery_lines(self) -> list[DeliveryPriceLine]:
        return [DeliveryPriceLine.of(line) for line in self.row.delivery_lines]

    @strawberry.field(description="How the distance is known by which the delivery was priced.")
    def distance_is(self) -> DistanceSource:
        return distance_source_of(self.row.delivery_basis)

    @strawberry.field(
        description="Who gets what of it, by which rule. The lines sum to the total.", directives=[RECKONED]
    )
    async def split(self, info: Info) -> list[Share]:
        return [Share.of(share) for share in await explaining.split_of(self.row)]

    @strawberry.field(
        description="That what co-ops kept of its delivery was within the law's cap; null until it was delivered."
    )
    async def delivery_share_proof(self, info: Info) -> DeliveryShareProof | None:
        row = await info.context.load(proofs.proofs_by_delivery, self.row.id)
        return None if row is None else DeliveryShareProof.of(row)

    @strawberry.field(description="Its delivery, once the shop has accepted; null where nobody carries it.")
    async def job(self, info: Info) -> DeliveryJobType | None:
        from schema.jobs import job_of_sub_order  # jobs.py is built beside this module

        return await job_of_sub_order(info, self.row.id)

    @strawberry.field(
        description="When it is picked up and when it is there, while it is under way; null before the shop accepts.",
        directives=[RECKONED],
    )
    async def estimate(self, info: Info) -> DeliveryEstimate | None:
        from schema.jobs import job_of_sub_order  # jobs.py is built beside this module

        job = await job_of_sub_order(info, self.row.id)
        return None if job is None else await estimate_seen(info, job.row, job.sight)

    @strawberry.field(description="Every step so far, oldest first.", directives=[HISTORY])
    async def history(self, info: Info) -> list[SubOrderChange]:
        found = await info.context.load(reading.history_by_sub_order, self.row.id)
        return [SubOrderChange.of(row) for row in found or []]

    @strawberry.field(description="What goes back to the buyer, oldest first.", directives=[HISTORY])
    async def refunds(self, info: Info) -> list[Refund]:
        found = await info.context.load(payments.refunds_by_sub_order, self.row.id)
        return [Refund.of(row) for row in found or []]

    @strawberry.field(description="The shop shows it to the driver who fetches; null for all others.")
    def pickup_pin(self, info: Info) -> str | None:
        return self.row.pickup_pin if Side.SELLER in sides_of(info.context.actor, self.row) else None

    @strawberry.field(
        description="The buyer shows it to who hands over; the shop tells it to who ordered by telephone. Null for "
        "all others."
    )
    async def dropoff_pin(self, info: Info) -> str | None:
        sides = sides_of(info.context.actor, self.row)
        if Side.BUYER in sides:
            return self.row.dropoff_pin
        if Side.SELLER not in sides:
            return None
        order = await info.context.load(reading.orders_by_id, self.row.order_id)
        return self.row.dropoff_pin if order is not None and order.channel is Channel.PHONE else None

    @strawberry.field(description="A smaller order that the seller offers, while it waits for the buyer's answer.")
    def proposal(self) -> Proposal | None:
        found = self.row.proposal
        if found is None:
            return None
        lines = [
            ProposedLine(line_id=to_id("OrderLine", UUID(line["line_id"])), quantity=line["quantity"])
            for line in found["lines"]
        ]
        return Proposal(total=Rupiah(found["total"]), note=found["note"], lines=lines)


@strawberry.type(description="What a buyer placed: one payment, one sub-order a seller.")
class Order(OrderChannels, Node):
    row: strawberry.Private[rows.Order]
    number: str = strawberry.field(description="For people to read out.")
    placed_at: datetime = strawberry.field(description="When.")
    channel: Channel = strawberry.field(description="How it came in.")
    total: Rupiah = strawberry.field(description="What the buyer pays, when it was placed.")

    @classmethod
    def of(cls, row: rows.Order) -> "Order":
        return cls(
            id=to_id("Order", row.id),
            row=row,
            number=row.number,
            placed_at=row.created_at,
            channel=row.channel,
            total=Rupiah(row.total),
        )

    @strawberry.field(description="Its parts, those that you may see.", directives=[cost(rows=3)])
    async def sub_orders(self, info: Info) -> list[SubOrder]:
        return [SubOrder.of(row) for row in await self._parts(info)]

    @strawberry.field(description="Grows with each change of a part: the sum of their versions.")
    async def version(self, info: Info) -> int:
        found = await info.context.load(reading.sub_orders_by_order, self.row.id)
        return sum(row.version for row in found or [])

    @strawberry.field(
        description="Attempts to pay it, oldest first; none for those who need not know.", directives=[HISTORY]
    )
    async def payments(self, info: Info) -> list[Payment]:
        account_id = info.context.actor.account_id
        if not await self._parts(info) or account_id not in (self.row.buyer_id, self.row.placed_by):
            return []
        found = await info.context.load(payments.payments_by_order, self.row.id)
        return [Payment.of(row) for row in found or []]

    async def _parts(self, info: Info) -> list[rows.SubOrder]:
        found = await info.context.load(reading.sub_orders_by_order, self.row.id)
        return [row for row in found or [] if may_see(info.context.actor, row)]


@finds("Order")
async def find_order(info: Info, id: UUID) -> Order | None:
    try:
        return Order.of(await reading.find_order(info.context.actor, id))
    except NotFound:
        return None


@finds("SubOrder")
async def find_sub_order(info: Info, id: UUID) -> SubOrder | None:
    try:
        return SubOrder.of(await reading.find_sub_order(info.context.actor, id))
    except NotFound:
        return None


async def sub_order_of(info: Info, id: UUID) -> SubOrder | None:
    """The sub-order with this id if the actor may see it, loaded with all others that the request asks for."""
    row = await info.context.load(reading.sub_orders_by_id, id)
    return SubOrder.of(row) if row is not None and may_see(info.context.actor, row) else None


@strawberry.type
class ViewerOrders:
    @strawberry.field(description="What you have bought, newest first.", directives=[LISTED])
    async def orders(self, info: Info, first: First = 20, after: After = None) -> Connection[Order]:
        page = await reading.orders_of(info.context.actor, first=first, after=after)
        return connection_of(page, Order.of, after=after)

    @strawberry.field(description="What waits on you in all of your shops, oldest first.", directives=[LISTED])
    async def incoming(self, info: Info, first: First = 20, after: After = None) -> Connection[SubOrder]:
        page = await reading.incoming(info.context.actor, first=first, after=after)
        return connection_of(page, SubOrder.of, after=after)
