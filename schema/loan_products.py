"""What co-ops offer to lend, and what it would cost before one asks."""

from typing import Annotated

import strawberry

from cooperatives.loans import products, service
from cooperatives.loans.kinds import LoanPurpose
from cooperatives.loans.models import LoanProduct as LoanProductRow
from cooperatives.loans.products import Offer, Quote
from cooperatives.loans.schedules import total_interest
from cooperatives.membership import models as cooperative_rows
from schema.context import Info
from schema.costs import RECKONED, cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.interest import Method
from schema.problems import KEY, Problem, intent
from schema.rules import Rule
from schema.scalars import BasisPoints, Rupiah

described(
    LoanPurpose,
    "What a loan product is for.",
    {
        "MOTORCYCLE": "A motorcycle (sepeda motor).",
        "MAINTENANCE": "Upkeep of a vehicle (perawatan).",
        "FAMILY": "A need of the family (kebutuhan keluarga).",
        "EDUCATION": "School and training.",
        "BUSINESS": "Working capital (modal usaha).",
        "EMERGENCY": "What can't wait.",
        "OTHER": "Anything else.",
    },
)


@strawberry.type(description="What members may borrow for, how much, how long and at what rate.")
class LoanProduct:
    id: strawberry.ID = strawberry.field(description="To ask for a loan by.")
    name: str = strawberry.field(description="As the co-op calls it.")
    purpose: LoanPurpose = strawberry.field(description="What it is for.")
    method: Method = strawberry.field(description="How interest is reckoned.")
    rate: BasisPoints = strawberry.field(description="The nominal rate a year that the contract names.")
    highest_effective_rate: BasisPoints = strawberry.field(
        description="What its largest loan truly costs a year, over the term at which that is most: 12 times the "
        "monthly rate of return. Held against the legal cap."
    )
    least_amount: Rupiah = strawberry.field(description="The smallest loan.")
    most_amount: Rupiah = strawberry.field(description="The largest loan.")
    least_months: int = strawberry.field(description="The shortest term.")
    most_months: int = strawberry.field(description="The longest term.")
    multiple: Rupiah = strawberry.field(description="Instalments are multiples of this; the last takes what is left.")
    guarantors: int = strawberry.field(description="So many members must stand behind it.")
    pledged: BasisPoints = strawberry.field(
        description="Of the loan, what the borrower keeps in voluntary savings until it ends."
    )
    finances_purchases: bool = strawberry.field(
        description="It pays for what members buy at the co-op's units, and nothing else: `applyForPurchaseLoan`."
    )
    is_retired: bool = strawberry.field(description="No longer offered.")

    @classmethod
    def of(cls, row: LoanProductRow) -> "LoanProduct":
        return cls(
            id=to_id("LoanProduct", row.pk),
            name=row.name,
            purpose=row.purpose,
            method=row.method,
            rate=BasisPoints(row.rate_bp),
            highest_effective_rate=BasisPoints(row.highest_effective_bp),
            least_amount=Rupiah(row.least_amount),
            most_amount=Rupiah(row.most_amount),
            least_months=row.least_months,
            most_months=row.most_months,
            multiple=Rupiah(row.multiple),
            guarantors=row.guarantors,
            pledged=BasisPoints(row.pledged_bp or 0),
            finances_purchases=bool(row.finances_purchases),
            is_retired=row.retired_at is not None,
        )


@strawberry.type(description="One instalment of a loan that was not yet taken.")
class QuotedInstalment:
    principal: Rupiah = strawberry.field(description="What of it pays the loan back.")
    interest: Rupiah = strawberry.field(description="What of it is interest (jasa).")
    total: Rupiah = strawberry.field(description="Both.")


@strawberry.type(description="What a loan would cost.")
class LoanQuote:
    instalments: list[QuotedInstalment] = strawberry.field(description="One a month, in their order.")
    total_interest: Rupiah = strawberry.field(description="All that it costs beside what was lent.")
    effective_rate: BasisPoints = strawberry.field(
        description="12 times the monthly rate of return: what it truly costs a year, held against the cap."
    )
    compounded_rate: BasisPoints = strawberry.field(description="The same with interest on interest.")
    rule: Rule = strawberry.field(description="The cap that the effective rate was held against.")

    @classmethod
    def of(cls, found: Quote) -> "LoanQuote":
        return cls(
            instalments=[
                QuotedInstalment(
                    principal=Rupiah(row.principal), interest=Rupiah(row.interest), total=Rupiah(row.total)
                )
                for row in found.instalments
            ],
            total_interest=Rupiah(total_interest(found.instalments)),
            effective_rate=BasisPoints(found.rate.nominal_bp),
            compounded_rate=BasisPoints(found.rate.compounded_bp),
            rule=Rule.of(found.rule),
        )


@strawberry.type
class CooperativeLoanProducts:
    """What a co-op offers to lend; added to `Cooperative`."""

    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="What its members may borrow, oldest first, with what it truly costs.",
        directives=[cost(2, rows=10)],
    )
    async def loan_products(self, info: Info) -> list[LoanProduct]:
        found = await info.context.load(products.products_by_cooperative, self.row.pk)
        return [LoanProduct.of(row) for row in found or []]


LoanProductResult = Annotated[
    LoanProduct | Problem, strawberry.union("LoanProductResult", description="The product, or why not.")
]


@strawberry.input(description="A product. Its effective rate is held against the cap for every term that it allows.")
class OfferLoanProductInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    name: str = strawberry.field(description="1 to 80 characters.")
    purpose: LoanPurpose = strawberry.field(description="What it is for.")
    method: Method = strawberry.field(description="How interest is reckoned.")
    rate: BasisPoints = strawberry.field(description="The nominal rate a year.")
    least_amount: Rupiah = strawberry.field(description="The smallest loan.")
    most_amount: Rupiah = strawberry.field(description="The largest loan.")
    least_months: int = strawberry.field(description="The shortest term, 1 to 120.")
    most_months: int = strawberry.field(description="The longest term, 1 to 120.")
    multiple: Rupiah = strawberry.field(description="Round instalments to a multiple of this.", default=Rupiah(1))
    guarantors: int = strawberry.field(description="So many members must stand behind it, 0 to 5.", default=0)
    pledged: BasisPoints = strawberry.field(
        description="Of the loan, what the borrower keeps in voluntary savings until it ends.", default=BasisPoints(0)
    )
    finances_purchases: bool = strawberry.field(
        description="It pays for what members buy at the co-op's units, and is never paid to themselves.",
        default=False,
    )
    borrowing_id: strawberry.ID | None = strawberry.field(
        description="The Borrowing that it lends on; null: the co-op's own money.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)

    def offer(self) -> Offer:
        return Offer(
            name=self.name,
            purpose=self.purpose,
            method=self.method,
            rate_bp=int(self.rate),
            least_amount=int(self.least_amount),
            most_amount=int(self.most_amount),
            least_months=self.least_months,
            most_months=self.most_months,
            multiple=int(self.multiple),
            guarantors=self.guarantors,
            pledged_bp=int(self.pledged),
            finances_purchases=self.finances_purchases,
            borrowing_id=None
            if self.borrowing_id is None
            else from_id("Borrowing", self.borrowing_id, "borrowingId"),
        )


@strawberry.input(description="Which product.")
class RetireLoanProductInput:
    id: strawberry.ID = strawberry.field(description="The LoanProduct.")


@strawberry.type
class LoanProductQuery:
    @strawberry.field(
        description="What a loan on this product would cost, instalment by instalment. Anyone may ask.",
        directives=[RECKONED],
    )
    async def loan_quote(
        self,
        product_id: Annotated[strawberry.ID, strawberry.argument(description="The LoanProduct.")],
        amount: Annotated[Rupiah, strawberry.argument(description="How much, within the product's bounds.")],
        months: Annotated[int, strawberry.argument(description="How long, within the product's bounds.")],
    ) -> LoanQuote:
        id = from_id("LoanProduct", product_id, "productId")
        return LoanQuote.of(await service.quote_product(id, amount=int(amount), months=months))


@strawberry.type
class LoanProductMutation:
    @strawberry.mutation(
        description="An officer offers a loan product. Fails with AGAINST_THE_LAW when it would cost more than the "
        "law or the by-laws allow, FORBIDDEN, INVALID, TOO_MANY, WRONG_STATE while no books are kept."
    )
    @intent
    async def offer_loan_product(
        self, info: Info, input: Annotated[OfferLoanProductInput, strawberry.argument(description="The product.")]
    ) -> LoanProductResult:
        row = await service.offer_product(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            offer=input.offer(),
            key=input.idempotency_key,
        )
        return LoanProduct.of(row)

    @strawberry.mutation(
        description="An officer offers a product no longer; loans on it go on. Fails with FORBIDDEN."
    )
    @intent
    async def retire_loan_product(
        self, info: Info, input: Annotated[RetireLoanProductInput, strawberry.argument(description="Which one.")]
    ) -> LoanProductResult:
        id = from_id("LoanProduct", input.id)
        return LoanProduct.of(await service.retire_product(info.context.actor, product_id=id))
