"""What members ask the credit unit for: money, or that it pays what they buy at a unit of the co-op."""

from typing import Annotated

import strawberry

from cooperatives.loans import service
from cooperatives.units import service as units
from cooperatives.units.financing.quoting import PurchaseQuote, Wanted, total_of
from schema.context import Info
from schema.costs import RECKONED
from schema.ids import from_id
from schema.lending import LoanResult
from schema.loan_products import LoanQuote
from schema.loans import Loan
from schema.problems import KEY, Problem, intent
from schema.rules import Rule
from schema.scalars import Rupiah
from schema.unit_trade import UnitSaleLine


@strawberry.input(description="What a member asks for.")
class ApplyForLoanInput:
    product_id: strawberry.ID = strawberry.field(description="A LoanProduct of your co-op.")
    amount: Rupiah = strawberry.field(description="How much, within the product's bounds.")
    months: int = strawberry.field(description="How long, within the product's bounds.")
    reason: str = strawberry.field(description="What you need it for, 1 to 300 characters.")
    guarantors: list[int] = strawberry.field(
        description="Member numbers of as many members as the product wants; each is asked himself.",
        default_factory=list,
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Goods of a unit's shop that a loan is to pay.")
class FinancedGoodsInput:
    variant_id: strawberry.ID = strawberry.field(description="A Variant of the unit's shop.")
    quantity: int = strawberry.field(description="How many, 1 to 1,000,000.")


@strawberry.input(description="What a loan is to pay at a unit.")
class PurchaseInput:
    """What asking and looking at it have in common; not in the schema itself."""

    product_id: strawberry.ID = strawberry.field(description="A LoanProduct that finances purchases.")
    unit_id: strawberry.ID = strawberry.field(description="The BusinessUnit where it is bought.")
    lines: list[FinancedGoodsInput] = strawberry.field(
        description="1 to 100 goods, each once, at the member's price of now; none for a job.", default_factory=list
    )
    job_card_id: strawberry.ID | None = strawberry.field(
        description="Your JobCard there, once it was estimated; instead of goods.", default=None
    )
    months: int = strawberry.field(description="How long, within the product's bounds.")

    def wanted(self) -> Wanted:
        job = self.job_card_id
        return Wanted(
            unit_id=from_id("BusinessUnit", self.unit_id, "unitId"),
            goods=tuple(
                (from_id("Variant", line.variant_id, f"lines.{place}.variantId"), line.quantity)
                for place, line in enumerate(self.lines)
            ),
            job_id=None if job is None else from_id("JobCard", job, "jobCardId"),
        )


@strawberry.input(description="What a member wants to buy at a unit of his co-op with a loan.")
class ApplyForPurchaseLoanInput(PurchaseInput):
    reason: str = strawberry.field(description="What you need it for, 1 to 300 characters.")
    guarantors: list[int] = strawberry.field(
        description="Member numbers of as many members as the product wants; each is asked himself.",
        default_factory=list,
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What a member would buy at a unit of his co-op with a loan.")
class QuotePurchaseLoanInput(PurchaseInput):
    guarantors: list[int] | None = strawberry.field(
        description="Member numbers of who would stand behind it; null: not known yet, and not judged.", default=None
    )


@strawberry.type(
    description="What asking for a purchase by loan would come to, reckoned by what `applyForPurchaseLoan` does."
)
class PurchaseLoanQuote:
    lines: list[UnitSaleLine] = strawberry.field(
        description="The goods at the member's price of now, or what his job was estimated at; empty: see `refusals`."
    )
    total: Rupiah = strawberry.field(description="What they come to, which is the amount asked for.")
    quote: LoanQuote | None = strawberry.field(
        description="Its instalments and what it truly costs; null: the product does not lend so much, or so long."
    )
    pledged: Rupiah = strawberry.field(description="What of voluntary savings is kept until it is paid back.")
    officers: int = strawberry.field(description="So many officers must agree to it: 1 or 2.")
    rules: list[Rule] = strawberry.field(description="The rules and by-laws that it was held against.")
    refusals: list[Problem] = strawberry.field(
        description="Why asking now would be refused, all of it; empty: it would not."
    )
    missing: list[Problem] = strawberry.field(
        description="What would not hinder asking, but agreeing to it or selling the goods, were it done now: "
        "savings too small for what is kept of them, related parties' bound, goods of which the shop has fewer."
    )

    @classmethod
    def of(cls, found: PurchaseQuote, language: str) -> "PurchaseLoanQuote":
        priced = found.weighed.quote
        return cls(
            lines=[UnitSaleLine.of(line) for line in found.lines],
            total=Rupiah(total_of(found.lines)),
            quote=None if priced is None else LoanQuote.of(priced),
            pledged=Rupiah(found.foreseen.pledged),
            officers=found.foreseen.officers,
            rules=[Rule.of(rule) for rule in found.weighed.rules],
            refusals=[Problem.of(error, language) for error in found.refusals],
            missing=[Problem.of(error, language) for error in found.missing],
        )


@strawberry.type
class LoanApplicationQuery:
    @strawberry.field(
        description="What a member would be asked for if he bought this at a unit with a loan now. Nothing is "
        "written, and nothing set aside. Fails with UNAUTHENTICATED, NOT_FOUND for a product or unit of another "
        "co-op, AGAINST_THE_LAW for who is no member, INVALID.",
        directives=[RECKONED],
    )
    async def purchase_loan_quote(
        self,
        info: Info,
        input: Annotated[QuotePurchaseLoanInput, strawberry.argument(description="What he would buy, and how long.")],
    ) -> PurchaseLoanQuote:
        found = await units.quote_purchase(
            info.context.actor,
            product_id=from_id("LoanProduct", input.product_id, "productId"),
            wanted=input.wanted(),
            months=input.months,
            guarantors=input.guarantors,
        )
        return PurchaseLoanQuote.of(found, info.context.language)


@strawberry.type
class LoanApplicationMutation:
    @strawberry.mutation(
        description="A member asks for a loan. Fails with FORBIDDEN or AGAINST_THE_LAW for who is no member, "
        "INVALID, WRONG_STATE for a product no longer offered, TOO_MANY."
    )
    @intent
    async def apply_for_loan(
        self, info: Info, input: Annotated[ApplyForLoanInput, strawberry.argument(description="What you ask for.")]
    ) -> LoanResult:
        row = await service.apply_for_loan(
            info.context.actor,
            product_id=from_id("LoanProduct", input.product_id, "productId"),
            amount=int(input.amount),
            months=input.months,
            reason=input.reason,
            guarantors=input.guarantors,
            key=input.idempotency_key,
        )
        return Loan.of(row)

    @strawberry.mutation(
        description="A member asks for a loan that pays a unit of his co-op for goods or for a job of his; its "
        "amount is what they cost him now, and stays so. Approved, it is paid with the sale (`sellAtUnit`, "
        "`billWorkshopJob`). Fails as `applyForLoan` does, with NOT_FOUND for goods of another unit, WRONG_STATE for "
        "a product that does not finance purchases and a job not yet estimated."
    )
    @intent
    async def apply_for_purchase_loan(
        self,
        info: Info,
        input: Annotated[ApplyForPurchaseLoanInput, strawberry.argument(description="What you want to buy.")],
    ) -> LoanResult:
        row = await units.ask_to_finance(
            info.context.actor,
            product_id=from_id("LoanProduct", input.product_id, "productId"),
            wanted=input.wanted(),
            months=input.months,
            reason=input.reason,
            guarantors=input.guarantors,
            key=input.idempotency_key,
        )
        return Loan.of(row)
