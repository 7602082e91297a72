"""Baskets and addresses."""

from typing import Annotated
from uuid import UUID

import strawberry

from catalog import reads as catalog
from marketplace.identity.actor import NOBODY, signed_in
from marketplace.orders import addresses, baskets
from marketplace.orders import models as rows
from marketplace.orders.addresses import Place
from marketplace.orders.parts import Wanted
from schema.context import Info
from schema.costs import cost
from schema.ids import from_id, to_id
from schema.listings import Variant
from schema.nodes import Node
from schema.scalars import GeoPoint, GeoPointInput, PhoneNumber


@strawberry.type(description="One thing in a basket.")
class BasketLine:
    row: strawberry.Private[rows.BasketLine]
    id: strawberry.ID = strawberry.field(description="Names the line.")
    quantity: int = strawberry.field(description="How many.")
    options: list[strawberry.ID] = strawberry.field(description="The chosen options.")
    note: str = strawberry.field(description="For the seller.")

    @classmethod
    def of(cls, row: rows.BasketLine) -> "BasketLine":
        return cls(
            row=row,
            id=to_id("BasketLine", row.id),
            quantity=row.quantity,
            options=[to_id("Option", UUID(id)) for id in row.options],
            note=row.note,
        )

    @strawberry.field(description="What it is; null when it is not offered any more.")
    async def variant(self, info: Info) -> Variant | None:
        row = await info.context.load(catalog.variants_by_id, self.row.variant_id)
        return None if row is None else Variant.of(row)


@strawberry.type(description="What someone means to buy, of several sellers. Prices nothing: ask for a quote.")
class Basket(Node):
    row: strawberry.Private[rows.Basket]
    version: int = strawberry.field(description="Grows with each change.")
    token: str | None = strawberry.field(
        description="Given once, when a basket was made without an account: keep it, send it, attach it at log-in."
    )

    @classmethod
    def of(cls, row: rows.Basket, token: str | None = None) -> "Basket":
        return cls(id=to_id("Basket", row.id), row=row, version=row.version, token=token)

    @strawberry.field(description="What is in it, in the order it was put in.", directives=[cost(rows=5)])
    async def lines(self, info: Info) -> list[BasketLine]:
        found = await info.context.load(baskets.lines_by_basket, self.row.id)
        return [BasketLine.of(row) for row in found or []]


@strawberry.type(description="Where a buyer receives things.")
class Address(Node):
    label: str = strawberry.field(description="`Rumah`, `Kantor`.")
    recipient: str = strawberry.field(description="Who receives.")
    phone: PhoneNumber = strawberry.field(description="Whom to ring.")
    street: str = strawberry.field(description="Street and number.")
    rt: str = strawberry.field(description="Rukun tetangga.")
    rw: str = strawberry.field(description="Rukun warga.")
    kelurahan: str = strawberry.field(description="Kelurahan or village.")
    patokan: str = strawberry.field(description="A landmark.")
    note: str = strawberry.field(description="For the courier.")
    point: GeoPoint = strawberry.field(description="The pin.")

    @classmethod
    def of(cls, row: rows.Address) -> "Address":
        return cls(
            id=to_id("Address", row.id),
            label=row.label,
            recipient=row.recipient,
            phone=PhoneNumber(row.phone),
            street=row.street,
            rt=row.rt,
            rw=row.rw,
            kelurahan=row.kelurahan,
            patokan=row.patokan,
            note=row.note,
            point=GeoPoint(lat=row.lat, lon=row.lon),
        )


@strawberry.input(description="Where to receive: a pin, and what a courier needs to find the door.")
class AddressInput:
    point: GeoPointInput = strawberry.field(description="The pin.")
    recipient: str = strawberry.field(description="Who receives.")
    phone: PhoneNumber = strawberry.field(description="Whom to ring.")
    street: str = strawberry.field(description="Street and number, up to 200 characters.")
    label: str = strawberry.field(default="", description="`Rumah`, `Kantor`.")
    rt: str = strawberry.field(default="", description="Rukun tetangga.")
    rw: str = strawberry.field(default="", description="Rukun warga.")
    kelurahan: str = strawberry.field(default="", description="Kelurahan or village.")
    patokan: str = strawberry.field(default="", description="A landmark.")
    note: str = strawberry.field(default="", description="For the courier.")

    def place(self) -> Place:
        names = ("recipient", "phone", "street", "label", "rt", "rw", "kelurahan", "patokan", "note")
        return Place(lat=self.point.lat, lon=self.point.lon, **{name: getattr(self, name) for name in names})


@strawberry.input(description="One thing wanted.")
class OrderLineInput:
    variant_id: strawberry.ID = strawberry.field(description="The Variant.")
    quantity: int = strawberry.field(default=1, description="1 to 999.")
    options: list[strawberry.ID] = strawberry.field(default_factory=list, description="Chosen options.")
    note: str = strawberry.field(default="", description="For the seller; up to 200 characters.")

    def wanted(self) -> Wanted:
        options = tuple(from_id("Option", id, "options") for id in self.options)
        return Wanted(from_id("Variant", self.variant_id, "variantId"), self.quantity, options, self.note)


@strawberry.type
class ViewerBasket:
    """Fields that baskets add to `Viewer`."""

    @strawberry.field(description="What you mean to buy; null when nothing was ever put in.")
    async def basket(self, info: Info) -> Basket | None:
        row = await baskets.find_basket(info.context.actor)
        return None if row is None else Basket.of(row)

    @strawberry.field(description="Where you receive things, newest first; at most 30.")
    async def addresses(self, info: Info) -> list[Address]:
        return [Address.of(row) for row in await addresses.addresses_of(signed_in(info.context.actor))]


@strawberry.type
class BasketQuery:
    @strawberry.field(description="The basket that this token holds; null when there is none.")
    async def basket(
        self, info: Info, token: Annotated[str, strawberry.argument(description="What addToBasket gave.")]
    ) -> Basket | None:
        row = await baskets.find_basket(NOBODY, token)
        return None if row is None else Basket.of(row)
