"""Benefits of protection that pass through the co-op: the provider pays it, it pays the member or his heirs."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.protection import benefit_models as rows
from cooperatives.protection import benefits
from cooperatives.protection.benefit_models import BenefitState
from cooperatives.protection.kinds import RemittanceWay
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent
from schema.remittances import WAY
from schema.scalars import Rupiah

described(
    BenefitState,
    "Where a payment to a member or heir stands.",
    {
        "ASKED": "Above the threshold: another chair or treasurer is awaited.",
        "PAID": "He has it.",
        "WITHDRAWN": "Taken back before it was paid.",
    },
)


@strawberry.type(description="What a member or one of his heirs is paid of a benefit.")
class ProtectionBenefitPayment:
    id: strawberry.ID = strawberry.field(description="To agree to it by.")
    name: str = strawberry.field(description="Who is paid.")
    relation: str = strawberry.field(description="What he is to the member.")
    document: str = strawberry.field(description="The paper that says that it is his.")
    national_id_end: str = strawberry.field(description="The end of his NIK; empty when none was given.")
    is_named: bool = strawberry.field(description="Whether the member had named him as an heir.")
    amount: Rupiah = strawberry.field(description="How much.")
    way: RemittanceWay = strawberry.field(description=WAY)
    reference: str = strawberry.field(description="The receipt's or the bank's.")
    state: BenefitState = strawberry.field(description="Where it stands.")
    ended_on: date | None = strawberry.field(description="When it was paid, or taken back.")

    @classmethod
    def of(cls, row: rows.ProtectionBenefitPayment, info: Info) -> "ProtectionBenefitPayment":
        payee = benefits.payee_of(row, info.context.adapters.rails.vault)
        return cls(
            id=to_id("ProtectionBenefitPayment", row.pk),
            name=payee.name,
            relation=payee.relation,
            document=payee.document,
            national_id_end=f"…{payee.national_id[-4:]}" if payee.national_id else "",
            is_named=row.is_named,
            amount=Rupiah(row.amount),
            way=row.way,
            reference=row.reference,
            state=row.state,
            ended_on=row.ended_on,
        )


@strawberry.type(description="What a provider paid the co-op for a claim, and what became of it.")
class ProtectionBenefit:
    amount: Rupiah = strawberry.field(description="What the provider paid the co-op.")
    way: RemittanceWay = strawberry.field(description=WAY)
    reference: str = strawberry.field(description="The provider's, or the bank's.")
    received_on: date = strawberry.field(description="When.")
    held: Rupiah = strawberry.field(description="What the co-op still holds for the member and his heirs.")
    payments: list[ProtectionBenefitPayment] = strawberry.field(description="Oldest first, at most 50.")


async def benefit_of(info: Info, claim_id: UUID) -> ProtectionBenefit | None:
    """What came for a claim that its reader may see."""
    row = await info.context.load(benefits.benefits_by_claim, claim_id)
    if row is None:
        return None
    payments = await info.context.load(benefits.payments_by_claim, claim_id) or []
    return ProtectionBenefit(
        amount=Rupiah(row.amount),
        way=row.way,
        reference=row.reference,
        received_on=row.received_on,
        held=Rupiah(row.amount - sum(one.amount for one in payments if one.state is BenefitState.PAID)),
        payments=[ProtectionBenefitPayment.of(one, info) for one in payments],
    )


@strawberry.input(description="Who is paid.")
class BenefitPayeeInput:
    name: str = strawberry.field(description="2 to 120 characters.")
    relation: str = strawberry.field(description="What he is to the member: istri, anak, diri sendiri; 2 to 40.")
    document: str = strawberry.field(description="The paper that says that it is his, with its number; 3 to 120.")
    national_id: str = strawberry.field(description="His NIK, 16 digits; kept sealed.", default="")


@strawberry.input(description="What of a benefit is paid to whom.")
class PayProtectionBenefitInput:
    claim_id: strawberry.ID = strawberry.field(description="The ProtectionClaim whose benefit the co-op holds.")
    amount: Rupiah = strawberry.field(description="How much, up to what is left.")
    payee: BenefitPayeeInput = strawberry.field(description="The member, or an heir.")
    way: RemittanceWay = strawberry.field(description=WAY)
    reference: str = strawberry.field(description="The receipt's or the bank's, 1 to 60 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Another officer's word on a payment.")
class AnswerProtectionBenefitPaymentInput:
    payment_id: strawberry.ID = strawberry.field(description="The ProtectionBenefitPayment.")
    is_agreed: bool = strawberry.field(description="False takes it back.")


BenefitPaymentResult = Annotated[
    ProtectionBenefitPayment | Problem,
    strawberry.union("ProtectionBenefitPaymentResult", description="The payment, or why not."),
]


@strawberry.type
class BenefitMutation:
    @strawberry.mutation(
        description="Pay the member or an heir of what the provider paid the co-op; above its threshold it is "
        "asked for, and another agrees. Chair or treasurer. Fails with WRONG_STATE, OUT_OF_RANGE above what is left."
    )
    @intent
    async def pay_protection_benefit(self, info: Info, input: PayProtectionBenefitInput) -> BenefitPaymentResult:
        payee = input.payee
        row = await benefits.pay(
            info.context.actor,
            claim_id=from_id("ProtectionClaim", input.claim_id, "claimId"),
            amount=int(input.amount),
            payee=benefits.Payee(payee.name, payee.relation, payee.document, payee.national_id),
            way=input.way,
            reference=input.reference,
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return ProtectionBenefitPayment.of(row, info)

    @strawberry.mutation(
        description="Another chair or treasurer agrees, and it is paid; or any of them takes it back. Fails with "
        "NEEDS_TWO_OFFICERS for one's own, WRONG_STATE."
    )
    @intent
    async def answer_protection_benefit_payment(
        self, info: Info, input: AnswerProtectionBenefitPaymentInput
    ) -> BenefitPaymentResult:
        id = from_id("ProtectionBenefitPayment", input.payment_id, "paymentId")
        row = await benefits.answer(info.context.actor, payment_id=id, is_agreed=input.is_agreed)
        return ProtectionBenefitPayment.of(row, info)
