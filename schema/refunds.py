"""Refunds: money that goes back to the buyer, and how."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.payments import disputes, saved_refunds
from marketplace.payments import models as rows
from marketplace.payments.gateway import RefundWay
from marketplace.payments.models import RefundState
from marketplace.payments.payouts import destinations, service
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node
from schema.payout_destinations import DestinationInput
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

described(
    RefundState,
    "Where a refund stands.",
    {
        "PROCESSING": "On its way.",
        "AWAITING": "The provider can't give it back as it came: choose another way (chooseRefundWay).",
        "SUCCEEDED": "It has been given back.",
    },
)


@strawberry.type(description="Money that goes back to the buyer.")
class Refund(Node):
    amount: Rupiah = strawberry.field(description="How much.")
    state: RefundState = strawberry.field(description="Where it stands.")
    created_at: datetime = strawberry.field(description="When it was decided.")
    finished_at: datetime | None = strawberry.field(description="When the gateway had sent it.")
    way: RefundWay = strawberry.field(description="How it goes back.")
    failure: str | None = strawberry.field(description="Why the provider couldn't: `NOT_REFUNDABLE`, `TOO_LATE`.")

    @classmethod
    def of(cls, row: rows.Refund) -> "Refund":
        return cls(
            id=to_id("Refund", row.id),
            amount=Rupiah(row.amount),
            state=row.state,
            created_at=row.created_at,
            finished_at=row.finished_at,
            way=RefundWay(row.way) if row.way else RefundWay.ORIGINAL,
            failure=row.failure,
        )


@strawberry.input(description="A refund of a cash order that was given back over the counter.")
class ConfirmRefundInput:
    refund_id: strawberry.ID = strawberry.field(description="The Refund.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="How a refund comes back that its provider can't give back.")
class ChooseRefundWayInput:
    refund_id: strawberry.ID = strawberry.field(description="The Refund, AWAITING.")
    way: RefundWay = strawberry.field(description="TRANSFER, CASH at the co-op's counter, or SAVINGS.")
    to: DestinationInput | None = strawberry.field(default=None, description="Where to, with TRANSFER.")
    savings_id: strawberry.ID | None = strawberry.field(
        default=None, description="With SAVINGS: your SavingsAccount, VOLUNTARY, with the co-op that owes it."
    )
    idempotency_key: str = strawberry.field(description=KEY)


RefundResult = Annotated[Refund | Problem, strawberry.union("RefundResult", description="The refund, or why not.")]


@strawberry.type
class RefundMutation:
    @strawberry.mutation(
        description="An officer gives back in cash what was paid in cash. Problems: NOT_FOUND, INVALID (sent online)."
    )
    @intent
    async def confirm_refund(self, info: Info, input: ConfirmRefundInput) -> RefundResult:
        id = from_id("Refund", input.refund_id, "refundId")
        return Refund.of(await disputes.confirm_refund(info.context.actor, refund_id=id, key=input.idempotency_key))


@strawberry.type
class RefundWayMutation:
    @strawberry.mutation(
        description="Choose how your refund comes back that the provider can't give back as it came; into your "
        "savings also what waits for you in cash. Problems: NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def choose_refund_way(self, info: Info, input: ChooseRefundWayInput) -> RefundResult:
        to = input.to
        if input.way is RefundWay.SAVINGS:
            return Refund.of(
                await saved_refunds.refund_to_savings(
                    info.context.actor,
                    refund_id=from_id("Refund", input.refund_id, "refundId"),
                    savings_id=from_id("SavingsAccount", input.savings_id or "", "savingsId"),
                    key=input.idempotency_key,
                )
            )
        row = await service.choose_refund_way(
            info.context.actor,
            refund_id=from_id("Refund", input.refund_id, "refundId"),
            way=input.way,
            to=None if to is None else destinations.checked(to.institution, to.number, to.holder),
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return Refund.of(row)
