"""Tax that is withheld from sellers: declarations, the monthly report, its posting."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books.models import AccountingBook
from marketplace.taxes import models as rows
from marketplace.taxes import service
from schema.context import Info
from schema.costs import cost
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, Rupiah


@strawberry.type(description="A seller's turnover and tax of a month.")
class SellerTaxLine:
    seller: strawberry.ID = strawberry.field(description="The Seller's id.")
    name: str = strawberry.field(description="Its name.")
    gross: Rupiah = strawberry.field(
        description="What its delivered orders brought in the month, less what went back."
    )
    before: Rupiah = strawberry.field(description="The same from January on, before the month.")
    is_declared: bool = strawberry.field(description="Whether it declared to stay within what is free in a year.")
    tax: Rupiah = strawberry.field(description="What the month withholds.")


@strawberry.type(description="The monthly report of tax withheld from sellers (PPh 22).")
class SellerTaxMonth:
    month: date = strawberry.field(description="Its first day.")
    lines: list[SellerTaxLine] = strawberry.field(description="By seller's name.")
    gross: Rupiah = strawberry.field(description="The sum of turnovers.")
    tax: Rupiah = strawberry.field(description="The sum of taxes.")
    is_withheld: bool = strawberry.field(description="Whether it was posted.")
    share: BasisPoints = strawberry.field(description="The share that the rule sets.")
    instrument: str = strawberry.field(description="Which law sets it.")

    @classmethod
    def of(cls, found: service.TaxMonth) -> "SellerTaxMonth":
        return cls(
            month=found.month,
            lines=[
                SellerTaxLine(
                    seller=to_id("Seller", line.seller_id),
                    name=line.name,
                    gross=Rupiah(line.gross),
                    before=Rupiah(line.before),
                    is_declared=line.is_declared,
                    tax=Rupiah(line.tax),
                )
                for line in found.lines
            ],
            gross=Rupiah(found.gross),
            tax=Rupiah(found.tax),
            is_withheld=found.is_withheld,
            share=BasisPoints(found.rule.value),
            instrument=found.rule.instrument,
        )


@strawberry.type(description="A seller's word that his turnover of a year stays within what is free of withholding.")
class SellerTaxDeclaration:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    year: int = strawberry.field(description="For which year.")
    declared_on: date = strawberry.field(description="When it was given.")
    letter: str | None = strawberry.field(description="The number of the signed letter.")
    ended_on: date | None = strawberry.field(description="Since when it holds no more.")

    @classmethod
    def of(cls, row: rows.SellerTaxDeclaration) -> "SellerTaxDeclaration":
        return cls(
            id=to_id("SellerTaxDeclaration", row.pk),
            year=row.year,
            declared_on=row.declared_on,
            letter=row.letter,
            ended_on=row.ended_on,
        )


SellerTaxDeclarationResult = Annotated[
    SellerTaxDeclaration | Problem,
    strawberry.union("SellerTaxDeclarationResult", description="The declaration, or why not."),
]
SellerTaxMonthResult = Annotated[
    SellerTaxMonth | Problem, strawberry.union("SellerTaxMonthResult", description="The month, or why not.")
]


@strawberry.input(description="That a seller's turnover of a year stays within what is free.")
class DeclareTurnoverInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The seller's Cooperative.")
    seller_id: strawberry.ID = strawberry.field(description="The Seller.")
    year: int = strawberry.field(description="2025 to next year.")
    letter: str | None = strawberry.field(description="The number of his signed letter.", default=None)


@strawberry.input(description="Whose declaration holds no more.")
class EndTurnoverDeclarationInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The seller's Cooperative.")
    seller_id: strawberry.ID = strawberry.field(description="The Seller.")
    year: int = strawberry.field(description="For which year.")


@strawberry.input(description="Which month's tax is withheld.")
class WithholdSellerTaxInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    month: date = strawberry.field(description="Any day of a month that is over.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class AccountingTaxes:
    row: strawberry.Private[AccountingBook]

    @strawberry.field(description="What a month withholds from sellers, withheld or not.", directives=[cost(20)])
    async def seller_tax(
        self, info: Info, month: Annotated[date, strawberry.argument(description="Any day of the month.")]
    ) -> SellerTaxMonth:
        return SellerTaxMonth.of(await service.month_of_sellers(info.context.actor, self.row.pk, month))


@strawberry.type
class TaxMutation:
    @strawberry.mutation(
        description="The shop's owner, or an officer with his letter, declares his turnover to stay within what is "
        "free. Fails with INVALID, FORBIDDEN, NOT_FOUND."
    )
    @intent
    async def declare_turnover(
        self, info: Info, input: Annotated[DeclareTurnoverInput, strawberry.argument(description="Whose.")]
    ) -> SellerTaxDeclarationResult:
        row = await service.declare_turnover(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            year=input.year,
            letter=input.letter,
        )
        return SellerTaxDeclaration.of(row)

    @strawberry.mutation(description="The declaration holds no more. Fails with NOT_FOUND, FORBIDDEN.")
    @intent
    async def end_turnover_declaration(
        self, info: Info, input: Annotated[EndTurnoverDeclarationInput, strawberry.argument(description="Whose.")]
    ) -> SellerTaxDeclarationResult:
        row = await service.end_declaration(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            year=input.year,
        )
        return SellerTaxDeclaration.of(row)

    @strawberry.mutation(
        description="An officer withholds a month's tax from what is owed to sellers. Fails with WRONG_STATE when "
        "the node is not designated or the month goes on, FORBIDDEN."
    )
    @intent
    async def withhold_seller_tax(
        self, info: Info, input: Annotated[WithholdSellerTaxInput, strawberry.argument(description="Which month.")]
    ) -> SellerTaxMonthResult:
        since = info.context.settings.tax_designated_since
        found = await service.withhold(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            month=input.month,
            designated_since=date.fromisoformat(since) if since else None,
            key=input.idempotency_key,
        )
        return SellerTaxMonth.of(found)
