"""Saving: what a co-op offers, and how money gets into a member's savings and deposits."""

from datetime import date
from typing import Annotated, TypedDict
from uuid import UUID

import strawberry

from cooperatives.savings import service
from cooperatives.savings.kinds import Rollover, SavingsKind
from schema.context import Info
from schema.cooperatives import Cooperative, cooperative_of
from schema.dues import DuePayment
from schema.ids import from_id
from schema.paying_dues import DuePaymentResult
from schema.problems import KEY, Problem, intent
from schema.savings import SavingsAccount, SavingsProduct
from schema.scalars import BasisPoints, Rupiah


@strawberry.input(description="That a co-op keeps its members' savings here.")
class StartSavingsInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    first_month: date = strawberry.field(description="Any day of the first month of wajib and interest.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Savings to offer to members.")
class OpenSavingsProductInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    kind: SavingsKind = strawberry.field(description="VOLUNTARY or TERM; by-laws set the others.")
    name: str = strawberry.field(description="1 to 60 characters, one of a kind in the co-op.")
    rate: BasisPoints = strawberry.field(description="What it earns a year from today on, within law and by-laws.")
    months: int | None = strawberry.field(description="Of a TERM: 1 to 60.", default=None)
    least: Rupiah = strawberry.field(
        description="The smallest deposit; of voluntary savings what stays in them.", default=Rupiah(0)
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What a product earns from a day on.")
class SetSavingsRateInput:
    product_id: strawberry.ID = strawberry.field(description="The SavingsProduct.")
    rate: BasisPoints = strawberry.field(description="A year, within law and by-laws.")
    since: date = strawberry.field(description="Today or later.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which product takes no new accounts.")
class RetireSavingsProductInput:
    product_id: strawberry.ID = strawberry.field(description="The SavingsProduct.")


@strawberry.input(description="Voluntary savings to open for a member.")
class OpenSavingsInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership.")
    product_id: strawberry.ID = strawberry.field(description="The SavingsProduct, VOLUNTARY.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What you promise yourself to save.")
class PromiseSavingInput:
    savings_id: strawberry.ID = strawberry.field(description="Your SavingsAccount, VOLUNTARY.")
    monthly: Rupiah = strawberry.field(description="Each month; 0 ends it.")


@strawberry.input(description="An amount into or out of voluntary savings.")
class SavingsAmountInput:
    savings_id: strawberry.ID = strawberry.field(description="The SavingsAccount, VOLUNTARY.")
    amount: Rupiah = strawberry.field(description="How much.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A deposit to place from voluntary savings.")
class PlaceDepositInput:
    savings_id: strawberry.ID = strawberry.field(description="Your SavingsAccount, VOLUNTARY, that it comes from.")
    product_id: strawberry.ID = strawberry.field(description="The SavingsProduct, TERM.")
    amount: Rupiah = strawberry.field(description="At least what the product asks for.")
    rollover: Rollover = strawberry.field(
        description="What becomes of it when its term ends.", default=Rollover.TO_SAVINGS
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What becomes of a deposit when its term ends.")
class SetDepositRolloverInput:
    savings_id: strawberry.ID = strawberry.field(description="Your SavingsAccount, TERM.")
    rollover: Rollover = strawberry.field(description="Back to savings, or again.")


@strawberry.input(description="Which deposit.")
class BreakDepositInput:
    savings_id: strawberry.ID = strawberry.field(description="Your SavingsAccount, TERM.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whose savings to settle.")
class SettleSavingsInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership, ENDED.")
    idempotency_key: str = strawberry.field(description=KEY)


StartSavingsResult = Annotated[
    Cooperative | Problem, strawberry.union("StartSavingsResult", description="The co-op, or why not.")
]
SavingsProductResult = Annotated[
    SavingsProduct | Problem, strawberry.union("SavingsProductResult", description="The product, or why not.")
]
SavingsResult = Annotated[
    SavingsAccount | Problem, strawberry.union("SavingsResult", description="The account, or why not.")
]


@strawberry.type
class SavingsOfferMutation:
    @strawberry.mutation(
        description="Chair or treasurer begin to keep members' savings here: from this month on wajib is charged and "
        "interest credited; pokok is charged to who lacks it. Fails with FORBIDDEN, OUT_OF_RANGE."
    )
    @intent
    async def start_savings(self, info: Info, input: StartSavingsInput) -> StartSavingsResult:
        id = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        await service.start_savings(
            info.context.actor, cooperative_id=id, first_month=input.first_month, key=input.idempotency_key
        )
        found = await cooperative_of(info, id)
        assert found is not None  # savings were started in it
        return found

    @strawberry.mutation(
        description="Chair or treasurer offer voluntary savings or deposits. Fails with FORBIDDEN, DUPLICATE, "
        "AGAINST_THE_LAW for a rate above the law's cap or the by-laws', naming the article."
    )
    @intent
    async def open_savings_product(self, info: Info, input: OpenSavingsProductInput) -> SavingsProductResult:
        return SavingsProduct.of(
            await service.open_product(
                info.context.actor,
                cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
                kind=input.kind,
                name=input.name,
                rate_bp=int(input.rate),
                months=input.months,
                least=int(input.least),
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="What a product earns from a day on; deposits keep the rate of their term. Fails with "
        "AGAINST_THE_LAW, OUT_OF_RANGE for a day past."
    )
    @intent
    async def set_savings_rate(self, info: Info, input: SetSavingsRateInput) -> SavingsProductResult:
        return SavingsProduct.of(
            await service.set_rate(
                info.context.actor,
                product_id=from_id("SavingsProduct", input.product_id, "productId"),
                rate_bp=int(input.rate),
                since=input.since,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(description="Take no new accounts of a product; those there are stay. Fails with FORBIDDEN.")
    @intent
    async def retire_savings_product(self, info: Info, input: RetireSavingsProductInput) -> SavingsProductResult:
        id = from_id("SavingsProduct", input.product_id, "productId")
        return SavingsProduct.of(await service.retire_product(info.context.actor, product_id=id))


@strawberry.type
class SavingMutation:
    @strawberry.mutation(
        description="Open voluntary savings: the member himself, or one at the counter for him; of a product one "
        "account. Fails with NOT_FOUND, WRONG_STATE for who is no active member."
    )
    @intent
    async def open_savings(self, info: Info, input: OpenSavingsInput) -> SavingsResult:
        return SavingsAccount.of(
            await service.open_savings(
                info.context.actor,
                membership_id=from_id("Membership", input.membership_id, "membershipId"),
                product_id=from_id("SavingsProduct", input.product_id, "productId"),
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="Promise yourself to save so much each month: it is charged, and deducted, with your dues."
    )
    @intent
    async def promise_saving(self, info: Info, input: PromiseSavingInput) -> SavingsResult:
        id = from_id("SavingsAccount", input.savings_id, "savingsId")
        return SavingsAccount.of(await service.promise(info.context.actor, savings_id=id, monthly=int(input.monthly)))

    @strawberry.mutation(
        description="Chair, treasurer or unit manager take cash into a member's voluntary savings; he gets a "
        "numbered receipt. Fails with FORBIDDEN, AGAINST_THE_LAW above what the by-laws let one member save."
    )
    @intent
    async def deposit_savings(self, info: Info, input: SavingsAmountInput) -> DuePaymentResult:
        return DuePayment.of(await service.deposit_cash(info.context.actor, **_amount(input)))

    @strawberry.mutation(
        description="Move some of what the co-op owes you of your earnings into your voluntary savings. Fails with "
        "LIMIT_EXCEEDED, AGAINST_THE_LAW."
    )
    @intent
    async def save_from_earnings(self, info: Info, input: SavingsAmountInput) -> SavingsResult:
        return SavingsAccount.of(await service.save_from_earnings(info.context.actor, **_amount(input)))

    @strawberry.mutation(description="Pay your dues out of your voluntary savings. Fails with LIMIT_EXCEEDED.")
    @intent
    async def pay_dues_from_savings(self, info: Info, input: SavingsAmountInput) -> DuePaymentResult:
        return DuePayment.of(await service.pay_dues(info.context.actor, **_amount(input)))

    @strawberry.mutation(
        description="Put some of your voluntary savings away for a product's months, at its rate of today. Interest "
        "comes each month to the savings that it came from. Fails with LIMIT_EXCEEDED, OUT_OF_RANGE."
    )
    @intent
    async def place_deposit(self, info: Info, input: PlaceDepositInput) -> SavingsResult:
        return SavingsAccount.of(
            await service.place_deposit(
                info.context.actor,
                savings_id=from_id("SavingsAccount", input.savings_id, "savingsId"),
                product_id=from_id("SavingsProduct", input.product_id, "productId"),
                amount=int(input.amount),
                rollover=input.rollover,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(description="Say what becomes of your deposit when its term ends. Fails with NOT_FOUND.")
    @intent
    async def set_deposit_rollover(self, info: Info, input: SetDepositRolloverInput) -> SavingsResult:
        id = from_id("SavingsAccount", input.savings_id, "savingsId")
        return SavingsAccount.of(
            await service.set_rollover(info.context.actor, savings_id=id, rollover=input.rollover)
        )

    @strawberry.mutation(
        description="Take your deposit back before its term ends; it earns nothing this month. Fails with NOT_FOUND."
    )
    @intent
    async def break_deposit(self, info: Info, input: BreakDepositInput) -> SavingsResult:
        id = from_id("SavingsAccount", input.savings_id, "savingsId")
        return SavingsAccount.of(
            await service.break_deposit(info.context.actor, savings_id=id, key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="Settle the savings of one who left: pokok, wajib and deposits become voluntary savings, less "
        "what he owes; from there they are taken out. Answers these. Fails with WRONG_STATE while he is a member."
    )
    @intent
    async def settle_savings(self, info: Info, input: SettleSavingsInput) -> SavingsResult:
        id = from_id("Membership", input.membership_id, "membershipId")
        row = await service.settle_savings(info.context.actor, membership_id=id, key=input.idempotency_key)
        return SavingsAccount.of(row)


class _Amount(TypedDict):
    savings_id: UUID
    amount: int
    key: str


def _amount(input: SavingsAmountInput) -> _Amount:
    return {
        "savings_id": from_id("SavingsAccount", input.savings_id, "savingsId"),
        "amount": int(input.amount),
        "key": input.idempotency_key,
    }
