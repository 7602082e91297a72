"""Disputes: what was wrong with a delivery, and who bears it."""

import strawberry

from marketplace.orders.refunds import LiableParty
from marketplace.payments import disputes
from schema.context import Info
from schema.ids import from_id
from schema.orders import SubOrder
from schema.problems import KEY, intent
from schema.scalars import Rupiah
from schema.selling import SubOrderResult


@strawberry.input(description="Say what was wrong with what was delivered.")
class DisputeSubOrderInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    reason: str = strawberry.field(description="1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Decide a dispute. For officers of the shop's co-op.")
class ResolveDisputeInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder.")
    refund: Rupiah = strawberry.field(description="What goes back to the buyer: 0 to what was paid.")
    liable: LiableParty = strawberry.field(description="Who bears it: SELLER, CARRIER or NETWORK (the shop's co-op).")
    reason: str = strawberry.field(default="", description="Up to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class DisputeMutation:
    @strawberry.mutation(
        description="Buyer or shop says what was wrong, within 24 hours. Problems: NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def dispute_sub_order(self, info: Info, input: DisputeSubOrderInput) -> SubOrderResult:
        id = from_id("SubOrder", input.sub_order_id, "subOrderId")
        row = await disputes.dispute_sub_order(
            info.context.actor, sub_order_id=id, reason=input.reason, key=input.idempotency_key
        )
        info.context.forget()
        return SubOrder.of(row)

    @strawberry.mutation(
        description="An officer of the shop's co-op decides what goes back and who bears it. Problems: NOT_FOUND, "
        "FORBIDDEN, WRONG_STATE, INVALID, NET_DEBIT_CAP."
    )
    @intent
    async def resolve_dispute(self, info: Info, input: ResolveDisputeInput) -> SubOrderResult:
        row = await disputes.resolve_dispute(
            info.context.actor,
            sub_order_id=from_id("SubOrder", input.sub_order_id, "subOrderId"),
            refund=input.refund,
            liable=input.liable,
            reason=input.reason,
            key=input.idempotency_key,
        )
        info.context.forget()
        return SubOrder.of(row)
