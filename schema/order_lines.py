"""The words of orders, their lines and their steps."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from marketplace.orders import models as rows
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import Channel
from marketplace.orders.refunds import LiableParty
from schema.context import Info
from schema.enums import described
from schema.ids import to_id
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.listings import Listing

ListingType = Annotated["Listing", strawberry.lazy("schema.listings")]

described(
    SubOrderState,
    "Where a sub-order stands.",
    {
        "PLACED": "Stock is held; waits 15 minutes for its payment.",
        "PAID": "Paid online; the seller is asked.",
        "CASH_AGREED": "Will be paid in cash; the seller is asked.",
        "ACCEPTED": "The seller took it.",
        "PREPARING": "The seller is at it; it can't be cancelled free any more.",
        "READY": "Stands ready to be fetched.",
        "IN_SERVICE": "The booked service is being done.",
        "COLLECTED": "The driver has it.",
        "DELIVERED": "The buyer has it.",
        "CLOSED": "Over: the time to dispute has passed.",
        "RETURNED": "Could not be delivered and was brought back.",
        "CANCELLED": "Ended before it was collected.",
        "DECLINED": "The seller did not take it.",
        "EXPIRED": "Not paid, or not answered by the seller, in time.",
        "DISPUTED": "Someone says that something is wrong with it.",
        "RESOLVED": "The dispute is decided.",
    },
)
described(
    SubOrderEvent,
    "What happened to a sub-order.",
    {
        "PAY_ONLINE": "The gateway said that it is paid.",
        "AGREE_CASH": "Cash was agreed.",
        "ACCEPT": "The seller took it.",
        "DECLINE": "The seller did not take it.",
        "START_PREPARING": "The seller began.",
        "MARK_READY": "It stands ready.",
        "START_SERVICE": "The service began.",
        "COLLECT": "The driver took it over.",
        "DELIVER": "The driver handed it to the buyer.",
        "HAND_OVER": "The buyer fetched it.",
        "FINISH_SERVICE": "The service is done.",
        "RETURN": "It was brought back to the seller.",
        "CANCEL": "It was cancelled.",
        "EXPIRE": "Its time ran out.",
        "DISPUTE": "It was disputed.",
        "RESOLVE": "The dispute was decided.",
        "CLOSE": "It was closed.",
    },
)
described(
    Fulfilment,
    "How the buyer gets it.",
    {"DELIVERY": "A driver brings it.", "PICKUP": "The buyer fetches it.", "SERVICE": "A service at a booked time."},
)
described(
    Side,
    "On whose behalf a step was taken.",
    {
        "BUYER": "The buyer.",
        "SELLER": "The shop's people.",
        "OFFICER": "The shop's co-op.",
        "DRIVER": "Who carries it.",
        "SYSTEM": "The node: a clock, a gateway, or the shop's own rule.",
    },
)
described(
    LiableParty,
    "Who bears what an order that went wrong costs.",
    {
        "NOBODY": "It costs nobody anything.",
        "BUYER": "The buyer: what was made or ridden is not given back.",
        "SELLER": "The shop.",
        "CARRIER": "The co-op that carries.",
        "NETWORK": "The network.",
    },
)
described(Channel, "How an order came in.", {"APP": "Placed by the buyer.", "PHONE": "Entered by the shop."})


@strawberry.type(description="A line as it was sold: names and prices as they stood.")
class OrderLine:
    row: strawberry.Private[rows.OrderLine]
    id: strawberry.ID = strawberry.field(description="Names the line within its sub-order.")
    title: str = strawberry.field(description="What was bought.")
    quantity: int = strawberry.field(description="How many.")
    unit_price: Rupiah = strawberry.field(description="For one, chosen options included.")
    total: Rupiah = strawberry.field(description="For all.")
    options: list[str] = strawberry.field(description="Names of the chosen options.")
    note: str = strawberry.field(description="What the buyer asked of the seller.")

    @classmethod
    def of(cls, row: rows.OrderLine) -> "OrderLine":
        return cls(
            row=row,
            id=to_id("OrderLine", row.id),
            title=row.title,
            quantity=row.quantity,
            unit_price=Rupiah(row.unit_price),
            total=Rupiah(row.total),
            options=[option["name"] for option in row.options],
            note=row.note,
        )

    @strawberry.field(description="The listing as it is today; null when it may not be seen any more.")
    async def listing(self, info: Info) -> ListingType | None:
        from schema.listings import find_listing

        found: ListingType | None = await find_listing(info, self.row.listing_id)
        return found


@strawberry.type(description="One step of a sub-order's life.")
class SubOrderChange:
    state: SubOrderState = strawberry.field(description="Where it led.")
    event: SubOrderEvent | None = strawberry.field(description="What happened; null for the placing itself.")
    side: Side = strawberry.field(description="On whose behalf.")
    reason: str = strawberry.field(description="Why, in words; may be empty.")
    at: datetime = strawberry.field(description="When.")
    version: int = strawberry.field(description="The sub-order's version after it.")

    @classmethod
    def of(cls, row: rows.StateChange) -> "SubOrderChange":
        return cls(
            state=row.state, event=row.event, side=row.side, reason=row.reason, at=row.created_at, version=row.version
        )
