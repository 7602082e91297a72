"""Paying dues from anywhere: an account number or a code at the co-op's payment provider."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.dues import reading
from marketplace.payments import dues_charges
from marketplace.payments import models as rows
from marketplace.payments.gateway import PaymentChannel
from marketplace.payments.lifecycle import PaymentState
from schema.context import Info
from schema.dues import DuePayment
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.payments import PaymentInstructions
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah


@strawberry.type(description="What you were asked to pay of your dues through the provider.")
class DuesCharge(Node):
    row: strawberry.Private[rows.DuesCharge]
    amount: Rupiah = strawberry.field(description="How much.")
    state: PaymentState = strawberry.field(description="PROCESSING until it is paid, or FAILED.")
    channel: PaymentChannel = strawberry.field(description="Over what.")
    failure: str | None = strawberry.field(description="The provider's code where it FAILED.")
    expires_at: datetime = strawberry.field(description="Until when it can be paid.")
    instructions: PaymentInstructions | None = strawberry.field(
        description="What you need to pay; null once it ended."
    )

    @classmethod
    def of(cls, row: rows.DuesCharge) -> "DuesCharge":
        is_open = row.state is PaymentState.PROCESSING and bool(row.instructions)
        return cls(
            id=to_id("DuesCharge", row.id),
            row=row,
            amount=Rupiah(row.amount),
            state=row.state,
            channel=PaymentChannel(row.channel),
            failure=row.failure or None,
            expires_at=row.expires_at,
            instructions=PaymentInstructions.of(row) if is_open else None,
        )

    @strawberry.field(description="The payment of your dues, with its receipt, once it is paid.")
    async def payment(self, info: Info) -> DuePayment | None:
        if self.row.payment_id is None:
            return None
        row = await reading.visible_payment(info.context.actor, self.row.payment_id)
        return None if row is None else DuePayment.of(row)


@strawberry.input(description="Some of your dues to pay through the provider.")
class ChargeDuesInput:
    membership_id: strawberry.ID = strawberry.field(description="Your own Membership.")
    amount: Rupiah = strawberry.field(description="At most what you owe.")
    channel: PaymentChannel | None = strawberry.field(
        description="QRIS or VIRTUAL_ACCOUNT; null: the co-op's first.", default=None
    )
    institution: str = strawberry.field(description="The bank of a virtual account: `bca`.", default="")
    idempotency_key: str = strawberry.field(description=KEY)


DuesChargeResult = Annotated[
    DuesCharge | Problem, strawberry.union("DuesChargeResult", description="The charge, or why not.")
]


@strawberry.type
class DuesChargeMutation:
    @strawberry.mutation(
        description="Ask for an account number or a code to pay some of your dues to within a day; what comes "
        "pays them by itself. Fails with NOT_FOUND, OUT_OF_RANGE, PAYMENT_METHOD_UNAVAILABLE."
    )
    @intent
    async def charge_dues(self, info: Info, input: ChargeDuesInput) -> DuesChargeResult:
        return DuesCharge.of(
            await dues_charges.charge_dues(
                info.context.actor,
                membership_id=from_id("Membership", input.membership_id, "membershipId"),
                amount=int(input.amount),
                rails=info.context.adapters.rails,
                channel=input.channel,
                institution=input.institution,
                key=input.idempotency_key,
            )
        )


@finds("DuesCharge")
async def find_charge(info: Info, id: UUID) -> DuesCharge | None:
    row = await dues_charges.seen_charge(info.context.actor, id)
    return None if row is None else DuesCharge.of(row)
