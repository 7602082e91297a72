"""A shop's own QRIS: set by its owner, drawn for its counter, paid directly."""

from typing import Annotated

import strawberry

from catalog import models as catalog
from marketplace.payments import direct, picturing
from marketplace.payments import models as rows
from schema.context import Info
from schema.costs import cost
from schema.ids import from_id
from schema.problems import KEY, Problem, intent


@strawberry.type(description="A shop's own QRIS code.")
class SellerQris:
    merchant_name: str = strawberry.field(description="Who is paid, as the buyer's app will show.")
    city: str = strawberry.field(description="Where, as the app will show.")
    nmid: str | None = strawberry.field(description="The national merchant id, where the code names it.")
    is_direct: bool = strawberry.field(description="Whether orders may be paid to it (payment method DIRECT).")
    payload: str = strawberry.field(description="The text of the code.")

    @classmethod
    def of(cls, row: rows.SellerQris) -> "SellerQris":
        return cls(
            merchant_name=row.merchant_name,
            city=row.city,
            nmid=row.nmid or None,
            is_direct=row.is_direct,
            payload=row.payload,
        )

    @strawberry.field(description="The code drawn, as an SVG document, to print and hang up.", directives=[cost(5)])
    def picture(self) -> str:
        return picturing.qr_svg(self.payload)


@strawberry.type
class SellerQrisCode:
    """What a shop says of its own QRIS; added to `Seller`."""

    row: strawberry.Private[catalog.Seller]

    @strawberry.field(description="Its own QRIS; null when it has none.")
    async def qris(self, info: Info) -> SellerQris | None:
        row = await info.context.load(direct.qris_by_seller, self.row.pk)
        return None if row is None else SellerQris.of(row)


@strawberry.input(description="The text of a shop's own QRIS.")
class SetSellerQrisInput:
    seller_id: strawberry.ID = strawberry.field(description="The Seller.")
    payload: str = strawberry.field(description="As any QR reader shows it: from 000201 to the last four characters.")
    is_direct: bool = strawberry.field(
        default=False,
        description="True: buyers may pay orders to it. The co-op's commission and the fare become the shop's debt.",
    )
    idempotency_key: str = strawberry.field(description=KEY)


SellerQrisResult = Annotated[
    SellerQris | Problem, strawberry.union("SellerQrisResult", description="The code, or why not.")
]


@strawberry.type
class QrisMutation:
    @strawberry.mutation(
        description="A shop's owner sets its own QRIS. Problems: NOT_FOUND, FORBIDDEN, INVALID (no QRIS, with the "
        "reason)."
    )
    @intent
    async def set_seller_qris(self, info: Info, input: SetSellerQrisInput) -> SellerQrisResult:
        row = await direct.set_seller_qris(
            info.context.actor,
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            payload=input.payload,
            is_direct=input.is_direct,
            key=input.idempotency_key,
        )
        info.context.forget()
        return SellerQris.of(row)
