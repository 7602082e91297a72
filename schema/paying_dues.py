"""Paying dues: cash at the counter, a line of the bank's statement, and what a member lets be deducted."""

from typing import Annotated

import strawberry

from cooperatives.dues import service
from cooperatives.dues.models import DueKind
from schema.context import Info
from schema.dues import DuePayment
from schema.ids import from_id
from schema.memberships import Membership
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, Rupiah


@strawberry.input(description="What you let be deducted from your earnings.")
class AgreeToDeductionInput:
    membership_id: strawberry.ID = strawberry.field(description="Your own Membership.")
    share: BasisPoints = strawberry.field(description="Of each day's earnings, at most: 2000 is 20 %.")
    kinds: list[DueKind] = strawberry.field(
        description="For dues of these kinds; empty: of every kind.", default_factory=list
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Cash that a member brings to the counter for his dues.")
class TakeDuesCashInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership.")
    amount: Rupiah = strawberry.field(description="At most what he owes in all.")
    note: str = strawberry.field(description="For the receipt, up to 80 characters.", default="")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whose dues a line of the bank's statement pays that names nobody.")
class PayDuesFromBankLineInput:
    line_id: strawberry.ID = strawberry.field(description="The BankLine: money that came in, not matched.")
    membership_id: strawberry.ID = strawberry.field(description="The Membership.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which membership.")
class OwnMembershipInput:
    membership_id: strawberry.ID = strawberry.field(description="Your own Membership.")


DuePaymentResult = Annotated[
    DuePayment | Problem, strawberry.union("DuePaymentResult", description="The payment, or why not.")
]
DeductionResult = Annotated[
    Membership | Problem, strawberry.union("DeductionResult", description="The membership, or why not.")
]


@strawberry.type
class DuesMutation:
    @strawberry.mutation(
        description="A member lets his co-op keep a share of each day's earnings for his dues; it takes the place of "
        "what he agreed to before. Nobody agrees for him. Fails with NOT_FOUND, OUT_OF_RANGE beyond the by-laws."
    )
    @intent
    async def agree_to_deduction(self, info: Info, input: AgreeToDeductionInput) -> DeductionResult:
        id = from_id("Membership", input.membership_id, "membershipId")
        await service.agree_to_deduction(
            info.context.actor,
            membership_id=id,
            share_bp=int(input.share),
            kinds=input.kinds,
            key=input.idempotency_key,
        )
        return Membership.of(await service.own_membership(info.context.actor, id))

    @strawberry.mutation(
        description="From now on nothing is deducted; what you owe you owe as before. Fails with NOT_FOUND."
    )
    @intent
    async def withdraw_deduction_consent(self, info: Info, input: OwnMembershipInput) -> DeductionResult:
        id = from_id("Membership", input.membership_id, "membershipId")
        return Membership.of(await service.withdraw_consent(info.context.actor, membership_id=id))

    @strawberry.mutation(
        description="Chair, treasurer or unit manager take cash for a member's dues: what has come due first, by the "
        "order of kinds. He gets a numbered receipt (`receiptPath`). Fails with FORBIDDEN, LIMIT_EXCEEDED."
    )
    @intent
    async def take_dues_cash(self, info: Info, input: TakeDuesCashInput) -> DuePaymentResult:
        return DuePayment.of(
            await service.take_cash(
                info.context.actor,
                membership_id=from_id("Membership", input.membership_id, "membershipId"),
                amount=int(input.amount),
                note=input.note,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="Say whose dues an unmatched line of the bank's statement pays. Lines that name a member's "
        "`paymentReference` are taken by themselves. Fails with FORBIDDEN, INVALID."
    )
    @intent
    async def pay_dues_from_bank_line(self, info: Info, input: PayDuesFromBankLineInput) -> DuePaymentResult:
        return DuePayment.of(
            await service.pay_from_line(
                info.context.actor,
                line_id=from_id("BankLine", input.line_id, "lineId"),
                membership_id=from_id("Membership", input.membership_id, "membershipId"),
                key=input.idempotency_key,
            )
        )
