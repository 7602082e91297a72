"""What a shop does with the sub-orders that come in."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

import strawberry

from catalog.models import Seller
from marketplace.orders import answering, models, reading
from marketplace.orders.lifecycle import SubOrderState
from schema.context import Info
from schema.ids import from_id
from schema.orders import After, First, SubOrder
from schema.paging import Connection, connection_of
from schema.problems import Problem, intent

KEY = "Your own; sent again, nothing is done twice."

SubOrderResult = Annotated[
    SubOrder | Problem, strawberry.union("SubOrderResult", description="The sub-order as it stands, or why not.")
]


@strawberry.input(description="Take a sub-order.")
class AcceptSubOrderInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    minutes: int | None = strawberry.field(default=None, description="Ready in; null: as the listings say.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Do not take a sub-order.")
class DeclineSubOrderInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    reason: str = strawberry.field(description="For the buyer; up to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="More time for a sub-order.")
class AddMinutesInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    minutes: int = strawberry.field(description="How many more.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The sub-order to take a step on.")
class SubOrderStepInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A sub-order that stands ready.")
class MarkReadyInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="End a sub-order before it is collected.")
class CancelSubOrderInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    reason: str = strawberry.field(default="", description="Up to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class SellingMutation:
    @strawberry.mutation(description="The shop takes a sub-order. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE.")
    @intent
    async def accept_sub_order(self, info: Info, input: AcceptSubOrderInput) -> SubOrderResult:
        return await _done(info, input, answering.accept_sub_order, minutes=input.minutes)

    @strawberry.mutation(
        description="The shop does not take a sub-order; what was paid goes back. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def decline_sub_order(self, info: Info, input: DeclineSubOrderInput) -> SubOrderResult:
        return await _done(info, input, answering.decline_sub_order, reason=input.reason)

    @strawberry.mutation(description="The shop begins; the buyer can't cancel free any more. Problems: WRONG_STATE.")
    @intent
    async def start_preparing(self, info: Info, input: SubOrderStepInput) -> SubOrderResult:
        return await _done(info, input, answering.start_preparing)

    @strawberry.mutation(description="The shop needs longer; the buyer is told. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def add_minutes(self, info: Info, input: AddMinutesInput) -> SubOrderResult:
        return await _done(info, input, answering.add_minutes, minutes=input.minutes)

    @strawberry.mutation(description="It stands ready to be fetched. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def mark_ready(self, info: Info, input: MarkReadyInput) -> SubOrderResult:
        return await _done(info, input, answering.mark_ready)

    @strawberry.mutation(description="A booked service begins. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def start_service(self, info: Info, input: SubOrderStepInput) -> SubOrderResult:
        return await _done(info, input, answering.start_service)

    @strawberry.mutation(
        description="Buyer, shop or co-op ends it before it is collected. What was paid goes back, save what the "
        "refund rule keeps. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def cancel_sub_order(self, info: Info, input: CancelSubOrderInput) -> SubOrderResult:
        return await _done(info, input, answering.cancel_sub_order, reason=input.reason)


async def _done(info: Info, input: Any, act: Callable[..., Awaitable[models.SubOrder]], **values: Any) -> SubOrder:
    """One step through the service, dressed for the client."""
    row = await act(
        info.context.actor,
        sub_order_id=from_id("SubOrder", input.sub_order_id, "subOrderId"),
        key=input.idempotency_key,
        **values,
    )
    info.context.forget()
    return SubOrder.of(row)


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

    @strawberry.field(description="What was ordered here, newest first. Its people and its co-op's only: NOT_FOUND.")
    async def sub_orders(
        self,
        info: Info,
        state: Annotated[SubOrderState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[SubOrder]:
        return await sub_orders_of(info, self.row.pk, self.row.cooperative_id, state, first, after)
