"""What a shop does with the sub-orders that come in."""

from typing import Annotated
from uuid import UUID

import strawberry

from catalog.models import Seller
from marketplace.orders import alternatives, answering, models, reading
from marketplace.orders.lifecycle import SubOrderState
from marketplace.payments import reducing
from schema.context import Info
from schema.costs import LISTED
from schema.ids import from_id
from schema.named import OfSubOrder
from schema.orders import SubOrder
from schema.paging import After, Connection, First, connection_of
from schema.problems import Problem, intent

SubOrderResult = Annotated[
    SubOrder | Problem, strawberry.union("SubOrderResult", description="The sub-order as it stands, or why not.")
]


@strawberry.input(description="Take a sub-order.")
class AcceptSubOrderInput(OfSubOrder):
    minutes: int | None = strawberry.field(default=None, description="Ready in; null: as the listings say.")


@strawberry.input(description="Do not take a sub-order.")
class DeclineSubOrderInput(OfSubOrder):
    reason: str = strawberry.field(description="For the buyer; 1 to 300 characters.")


@strawberry.input(description="More time for a sub-order.")
class AddMinutesInput(OfSubOrder):
    minutes: int = strawberry.field(description="How many more.")


@strawberry.input(description="The sub-order to take a step on.")
class SubOrderStepInput(OfSubOrder):
    pass


@strawberry.input(description="A sub-order that stands ready.")
class MarkReadyInput(OfSubOrder):
    pass


@strawberry.input(description="End a sub-order before it is collected.")
class CancelSubOrderInput(OfSubOrder):
    reason: str = strawberry.field(default="", description="Up to 300 characters.")


@strawberry.input(description="How many of a line can be had.")
class AlternativeLineInput:
    line_id: strawberry.ID = strawberry.field(description="The OrderLine.")
    quantity: int = strawberry.field(description="0 to what was ordered.")


@strawberry.input(description="Offer a smaller order instead.")
class ProposeAlternativeInput(OfSubOrder):
    lines: list[AlternativeLineInput] = strawberry.field(description="Lines left out stay as they are.")
    note: str = strawberry.field(default="", description="For the buyer; 1 to 300 characters.")


def _order(info: Info, row: models.SubOrder) -> SubOrder:
    """The sub-order as it stands now."""
    info.context.forget()
    return SubOrder.of(row)


@strawberry.type
class AlternativeMutation:
    @strawberry.mutation(
        description="The shop has not all of it and offers what it has; the buyer has 10 minutes to answer. "
        "Problems: NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def propose_alternative(self, info: Info, input: ProposeAlternativeInput) -> SubOrderResult:
        quantities = {from_id("OrderLine", line.line_id, "lines"): line.quantity for line in input.lines}
        row = await alternatives.propose_alternative(
            info.context.actor, **input.sub_order(), quantities=quantities, note=input.note
        )
        return _order(info, row)

    @strawberry.mutation(
        description="The buyer takes the smaller order, accepted with it; the rest of what was paid goes back."
    )
    @intent
    async def accept_alternative(self, info: Info, input: SubOrderStepInput) -> SubOrderResult:
        row = await reducing.accept_alternative(info.context.actor, **input.sub_order())
        return _order(info, row)

    @strawberry.mutation(description="The buyer does not take the smaller order; all that was paid goes back.")
    @intent
    async def refuse_alternative(self, info: Info, input: SubOrderStepInput) -> SubOrderResult:
        row = await alternatives.refuse_alternative(info.context.actor, **input.sub_order())
        return _order(info, row)


@strawberry.type
class SellingMutation(AlternativeMutation):
    @strawberry.mutation(description="The shop takes a sub-order. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE.")
    @intent
    async def accept_sub_order(self, info: Info, input: AcceptSubOrderInput) -> SubOrderResult:
        row = await answering.accept_sub_order(info.context.actor, **input.sub_order(), minutes=input.minutes)
        return _order(info, row)

    @strawberry.mutation(
        description="The shop does not take a sub-order; what was paid goes back. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def decline_sub_order(self, info: Info, input: DeclineSubOrderInput) -> SubOrderResult:
        row = await answering.decline_sub_order(info.context.actor, **input.sub_order(), reason=input.reason)
        return _order(info, row)

    @strawberry.mutation(description="The shop begins; the buyer can't cancel free any more. Problems: WRONG_STATE.")
    @intent
    async def start_preparing(self, info: Info, input: SubOrderStepInput) -> SubOrderResult:
        row = await answering.start_preparing(info.context.actor, **input.sub_order())
        return _order(info, row)

    @strawberry.mutation(description="The shop needs longer; the buyer is told. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def add_minutes(self, info: Info, input: AddMinutesInput) -> SubOrderResult:
        row = await answering.add_minutes(info.context.actor, **input.sub_order(), minutes=input.minutes)
        return _order(info, row)

    @strawberry.mutation(description="It stands ready to be fetched. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def mark_ready(self, info: Info, input: MarkReadyInput) -> SubOrderResult:
        row = await answering.mark_ready(info.context.actor, **input.sub_order())
        return _order(info, row)

    @strawberry.mutation(description="A booked service begins. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def start_service(self, info: Info, input: SubOrderStepInput) -> SubOrderResult:
        row = await answering.start_service(info.context.actor, **input.sub_order())
        return _order(info, row)

    @strawberry.mutation(
        description="Buyer, shop or co-op ends it before it is collected. What was paid goes back, save what the "
        "refund rule keeps. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def cancel_sub_order(self, info: Info, input: CancelSubOrderInput) -> SubOrderResult:
        row = await answering.cancel_sub_order(info.context.actor, **input.sub_order(), reason=input.reason)
        return _order(info, row)


async def sub_orders_of(
    info: Info, seller_id: UUID, cooperative_id: UUID, state: SubOrderState | None, first: First, after: After
) -> Connection[SubOrder]:
    """A shop's sub-orders, for its people and its co-op's."""
    page = await reading.sub_orders_of_seller(
        info.context.actor, seller_id, cooperative_id, state=state, first=first, after=after
    )
    return connection_of(page, SubOrder.of, after=after)


@strawberry.type
class SellerOrders:
    """Fields that orders add to `Seller`."""

    row: strawberry.Private[Seller]

    @strawberry.field(
        description="What was ordered here, newest first. Its people and its co-op's only: NOT_FOUND.",
        directives=[LISTED],
    )
    async def sub_orders(
        self,
        info: Info,
        state: Annotated[SubOrderState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[SubOrder]:
        return await sub_orders_of(info, self.row.pk, self.row.cooperative_id, state, first, after)
