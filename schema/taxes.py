"""Tax that is withheld from sellers: declarations, the monthly report, its posting."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books.models import AccountingBook
from marketplace.taxes import models as rows
from marketplace.taxes import service, taxpayers
from marketplace.taxes.models import TaxpayerKind
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, Rupiah

described(
    TaxpayerKind,
    "Who a seller is to the tax office.",
    {"INDIVIDUAL": "A person (orang pribadi).", "BODY": "A body (badan): PT, CV, co-op."},
)


@strawberry.type(description="A seller's turnover and tax of a month.")
class SellerTaxLine:
    seller: strawberry.ID = strawberry.field(description="The Seller's id.")
    name: str = strawberry.field(description="Its name.")
    gross: Rupiah = strawberry.field(
        description="What its delivered orders brought in the month, less what went back."
    )
    before: Rupiah = strawberry.field(description="The same from January on, before the month.")
    is_declared: bool = strawberry.field(description="Whether it declared to stay within what is free in a year.")
    is_certified: bool = strawberry.field(description="Whether a certificate of exemption (SKB) was valid in it.")
    tax: Rupiah = strawberry.field(description="What the month withholds.")
    withheld: Rupiah = strawberry.field(description="What of it the books hold so far.")


@strawberry.type(description="The monthly report of tax withheld from sellers (PPh 22).")
class SellerTaxMonth:
    month: date = strawberry.field(description="Its first day.")
    lines: list[SellerTaxLine] = strawberry.field(description="By seller's name.")
    gross: Rupiah = strawberry.field(description="The sum of turnovers.")
    tax: Rupiah = strawberry.field(description="The sum of taxes.")
    is_withheld: bool = strawberry.field(description="Whether it was posted.")
    withheld: Rupiah = strawberry.field(description="What the books hold so far, corrections included.")
    corrections: int = strawberry.field(description="How often it was corrected since it was posted.")
    to_correct: Rupiah = strawberry.field(
        description="What the books hold too little, or below zero too much, since orders were given back or the "
        "like: `withholdSellerTax` posts it. Zero while it was not posted."
    )
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
                    is_certified=line.is_certified,
                    tax=Rupiah(line.tax),
                    withheld=Rupiah(line.withheld),
                )
                for line in found.lines
            ],
            gross=Rupiah(found.gross),
            tax=Rupiah(found.tax),
            is_withheld=found.is_withheld,
            withheld=Rupiah(found.withheld),
            corrections=max(0, found.postings - 1),
            to_correct=Rupiah(found.to_correct),
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


@strawberry.type(description="Who a seller is to the tax office, as an officer has seen in his papers.")
class SellerTaxpayer:
    seller: strawberry.ID = strawberry.field(description="The Seller's id.")
    kind: TaxpayerKind = strawberry.field(description="An individual, who may declare, or a body.")
    certificate: str | None = strawberry.field(description="The number of the certificate of exemption (SKB).")
    valid_from: date | None = strawberry.field(description="Its first day.")
    valid_until: date | None = strawberry.field(description="Its last day.")

    @classmethod
    def of(cls, row: rows.SellerTaxpayer) -> "SellerTaxpayer":
        return cls(
            seller=to_id("Seller", row.id),
            kind=row.kind,
            certificate=row.certificate,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )


SellerTaxpayerResult = Annotated[
    SellerTaxpayer | Problem, strawberry.union("SellerTaxpayerResult", description="Who he is, or why not.")
]
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


@strawberry.input(description="A certificate of exemption (SKB).")
class TaxCertificateInput:
    number: str = strawberry.field(description="Up to 60 characters.")
    valid_from: date = strawberry.field(description="Its first day.")
    valid_until: date = strawberry.field(description="Its last day.")


@strawberry.input(description="Who a seller is to the tax office.")
class SetSellerTaxpayerInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The seller's Cooperative.")
    seller_id: strawberry.ID = strawberry.field(description="The Seller.")
    kind: TaxpayerKind = strawberry.field(description="A body's declarations count no more.")
    certificate: TaxCertificateInput | None = strawberry.field(
        description="His certificate of exemption; null: he has none.", default=None
    )


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
        since = info.context.settings.tax_designated_on
        return SellerTaxMonth.of(await service.month_of_sellers(info.context.actor, self.row.pk, month, since))


@strawberry.type
class TaxMutation:
    @strawberry.mutation(
        description="The shop's owner, or an officer with his letter, declares his turnover to stay within what is "
        "free. Fails with INVALID, FORBIDDEN, NOT_FOUND, WRONG_STATE for a body."
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

    @strawberry.mutation(
        description="An officer notes whether a seller is an individual or a body, and his certificate of exemption; "
        "months withheld already are corrected by `withholdSellerTax`. Fails with INVALID, FORBIDDEN, NOT_FOUND."
    )
    @intent
    async def set_seller_taxpayer(
        self, info: Info, input: Annotated[SetSellerTaxpayerInput, strawberry.argument(description="Who, and what.")]
    ) -> SellerTaxpayerResult:
        shown = input.certificate
        row = await taxpayers.set_taxpayer(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            kind=input.kind,
            certificate=taxpayers.Certificate(shown.number, shown.valid_from, shown.valid_until) if shown else None,
        )
        return SellerTaxpayer.of(row)

    @strawberry.mutation(
        description="The declaration holds no more: what is sold from today on is taxed. Fails with NOT_FOUND, "
        "FORBIDDEN."
    )
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
        description="An officer withholds a month's tax from what is owed to sellers; again, it is corrected by what "
        "has changed since. Fails with WRONG_STATE when the node is not designated or the month goes on, FORBIDDEN, "
        "TOO_MANY after 50 corrections."
    )
    @intent
    async def withhold_seller_tax(
        self, info: Info, input: Annotated[WithholdSellerTaxInput, strawberry.argument(description="Which month.")]
    ) -> SellerTaxMonthResult:
        found = await service.withhold(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            month=input.month,
            designated_on=info.context.settings.tax_designated_on,
            key=input.idempotency_key,
        )
        return SellerTaxMonth.of(found)
