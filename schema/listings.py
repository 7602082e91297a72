"""Listings: what is offered, in which variants, with which options, and how many are left."""

import datetime
from typing import cast
from uuid import UUID

import strawberry

from catalog import categories, listings, reads, sale, stock
from catalog import models as rows
from catalog.facts import Allergen
from catalog.models import ListingKind, ListingState, Unit
from catalog.sellers import keeps
from schema.context import Info
from schema.costs import HISTORY, cost
from schema.enums import described
from schema.ids import to_id
from schema.images import Image
from schema.nodes import Node, finds
from schema.regions import Category
from schema.scalars import Grams, Rupiah, rupiah_or_none
from schema.sellers import Seller, is_keeper, seller_of
from schema.slots import ListingSlots

described(
    Unit,
    "What a variant's price is for.",
    {
        "PIECE": "Buah.",
        "PORTION": "Porsi.",
        "PACK": "Bungkus.",
        "BOX": "Dus.",
        "BUNCH": "Ikat.",
        "SACK": "Karung.",
        "BOTTLE": "Botol.",
        "TRAY": "Papan.",
        "GRAM": "Gram.",
        "HUNDRED_GRAMS": "Ons: 100 g.",
        "KILOGRAM": "Kilogram.",
        "LITRE": "Liter.",
        "METRE": "Meter.",
        "HOUR": "Jam.",
        "DAY": "Hari.",
        "SESSION": "Sesi.",
        "TRIP": "Trip.",
    },
)
described(
    Allergen,
    "An allergen that a food may hold.",
    {
        "GLUTEN": "Serealia mengandung gluten.",
        "CRUSTACEANS": "Udang, kepiting.",
        "EGG": "Telur.",
        "FISH": "Ikan.",
        "PEANUT": "Kacang tanah.",
        "SOY": "Kedelai.",
        "MILK": "Susu.",
        "NUTS": "Kacang pohon.",
        "SULPHITE": "Sulfit.",
        "SESAME": "Wijen.",
    },
)


@strawberry.type(description="How much of a variant there is.")
class Stock:
    available: int = strawberry.field(description="How many may be sold now.")
    on_hand: int | None = strawberry.field(description="What orders hold included; null but for the shop's keepers.")


@strawberry.type(description="A change of a variant's price.")
class PriceChange:
    old_price: Rupiah = strawberry.field(description="Before.")
    new_price: Rupiah = strawberry.field(description="After.")
    changed_at: datetime.datetime = strawberry.field(description="When.")


@strawberry.type(description="One thing that can be bought.")
class Variant(Node):
    row: strawberry.Private[rows.Variant]
    name: str = strawberry.field(description="`Large`; empty where a listing has but one.")
    unit: Unit = strawberry.field(description="What the price is for.")
    price: Rupiah = strawberry.field(description="For one unit.")
    weight: Grams | None = strawberry.field(description="Of one unit, where known.")

    @classmethod
    def of(cls, row: rows.Variant) -> "Variant":
        return cls(
            id=to_id("Variant", row.pk),
            row=row,
            name=row.name,
            unit=row.unit,
            price=Rupiah(row.price),
            weight=None if row.weight_g is None else Grams(row.weight_g),
        )

    @strawberry.field(description="How many are left; null where it isn't counted.")
    async def stock(self, info: Info) -> Stock | None:
        left = stock.available(self.row)
        if left is None:
            return None
        actor = info.context.actor
        listing = await info.context.load(reads.listings_by_id, self.row.listing_id) if actor.account_id else None
        is_kept = listing is not None and keeps(actor, listing.seller)
        return Stock(available=left, on_hand=self.row.on_hand if is_kept else None)

    @strawberry.field(description="What it is a variant of.")
    async def listing(self, info: Info) -> "Listing | None":
        return await listing_of(info, self.row.listing_id)

    @strawberry.field(description="Its last 50 changes of price, newest first.", directives=[HISTORY])
    async def price_history(self, info: Info) -> list[PriceChange]:
        found = await info.context.load(reads.price_changes_of, self.row.pk)
        return [
            PriceChange(old_price=Rupiah(row.old_price), new_price=Rupiah(row.new_price), changed_at=row.created_at)
            for row in found or []
        ]


@strawberry.type(description="One option of a group.")
class Option(Node):
    name: str = strawberry.field(description="`Extra telur`")
    price_delta: Rupiah = strawberry.field(description="Added to the variant's price; may be below zero.")
    is_available: bool = strawberry.field(description="Whether it can be had.")

    @classmethod
    def of(cls, row: rows.Option) -> "Option":
        return cls(
            id=to_id("Option", row.pk),
            name=row.name,
            price_delta=Rupiah(row.price_delta),
            is_available=row.is_available,
        )


@strawberry.type(description="A choice that comes with a listing.")
class OptionGroup(Node):
    row: strawberry.Private[rows.OptionGroup]
    name: str = strawberry.field(description="`Level pedas`")
    least: int = strawberry.field(description="How many options must be chosen.")
    most: int = strawberry.field(description="How many may be.")

    @classmethod
    def of(cls, row: rows.OptionGroup) -> "OptionGroup":
        return cls(id=to_id("OptionGroup", row.pk), row=row, name=row.name, least=row.least, most=row.most)

    @strawberry.field(description="The options, in order.", directives=[cost(rows=5)])
    async def options(self, info: Info) -> list[Option]:
        found = await info.context.load(reads.options_of, self.row.pk)
        return [Option.of(row) for row in found or []]


@strawberry.type(description="From the cheapest variant to the dearest.")
class PriceRange:
    least: Rupiah = strawberry.field(description="The cheapest variant's price.")
    most: Rupiah = strawberry.field(description="The dearest variant's price.")


@strawberry.type(description="A halal certificate.")
class HalalCertificate:
    number: str = strawberry.field(description="Its number.")
    valid_until: datetime.date | None = strawberry.field(description="Its last day, where it has one.")
    is_valid: bool = strawberry.field(description="Whether it holds today.")


@strawberry.type(description="That the operator took a listing off.")
class Suspension(Node):
    reason: str = strawberry.field(description="Why.")
    suspended_at: datetime.datetime = strawberry.field(description="When.")
    appeal: str | None = strawberry.field(description="What the shop said against it.")
    answer: str | None = strawberry.field(description="What the operator answered.")
    lifted_at: datetime.datetime | None = strawberry.field(description="When it was lifted.")

    @classmethod
    def of(cls, row: rows.ListingSuspension) -> "Suspension":
        return cls(
            id=to_id("Suspension", row.pk),
            reason=row.reason,
            suspended_at=row.created_at,
            appeal=row.appeal,
            answer=row.answer,
            lifted_at=row.lifted_at,
        )


@strawberry.type(description="What a shop offers.")
class Listing(ListingSlots, Node):
    row: strawberry.Private[rows.Listing]
    kind: ListingKind = strawberry.field(description="Goods, food, a service or transport.")
    title: str = strawberry.field(description="What it is called.")
    description: str = strawberry.field(description="What the shop says of it.")
    section: str = strawberry.field(description="Of the shop's menu; may be empty.")
    state: ListingState = strawberry.field(description="Where it stands.")
    price: PriceRange = strawberry.field(description="From the cheapest variant to the dearest.")
    preparation_minutes: int | None = strawberry.field(description="From accepted to ready, where said.")
    pirt_number: str | None = strawberry.field(description="Home-industry food permit (P-IRT).")
    allergens: list[Allergen] = strawberry.field(description="What the shop says it holds; empty: nothing said.")
    is_by_quote: bool = strawberry.field(description="Service: the shop names the price when asked.")
    session_minutes: int | None = strawberry.field(description="Service: how long a slot is.")
    per_kilometre: Rupiah | None = strawberry.field(description="Logistics: added to the price a kilometre.")
    capacity: Grams | None = strawberry.field(description="Logistics: what one trip carries.")
    area_codes: list[str] = strawberry.field(description="Logistics: regions served; empty: the shop's radius.")
    known_seller: strawberry.Private[Seller | None] = None

    @classmethod
    def of(cls, row: rows.Listing, seller: Seller | None = None) -> "Listing":
        """`seller`: its shop, where it was read with it."""
        return cls(
            id=to_id("Listing", row.pk),
            row=row,
            kind=row.kind,
            title=row.title,
            description=row.description,
            section=row.section,
            state=row.state,
            price=PriceRange(least=Rupiah(row.price_from), most=Rupiah(row.price_to)),
            preparation_minutes=row.preparation_minutes,
            pirt_number=row.pirt_number,
            allergens=[Allergen(value) for value in row.allergens],
            is_by_quote=row.by_quote,
            session_minutes=row.session_minutes,
            per_kilometre=rupiah_or_none(row.per_km),
            capacity=None if row.capacity_g is None else Grams(row.capacity_g),
            area_codes=list(row.area_codes),
            known_seller=seller,
        )

    @strawberry.field(description="Who offers it.")
    def seller(self, info: Info) -> Seller:
        # One that is known costs no task of its own: a page asks for as many as it has rows.
        return self.known_seller or cast(Seller, self._seller(info))

    async def _seller(self, info: Info) -> Seller:
        found = await seller_of(info, self.row.seller_id)
        assert found is not None  # a listing's seller is never deleted
        return found

    @strawberry.field(description="Its category.")
    def category(self) -> Category | None:
        row = categories.find(self.row.category_code)
        return None if row is None else Category.of(row)

    @strawberry.field(description="What can be bought of it, in order.", directives=[cost(rows=3)])
    async def variants(self, info: Info) -> list[Variant]:
        found = await info.context.load(reads.variants_of, self.row.pk)
        return [Variant.of(row) for row in found or []]

    @strawberry.field(description="The choices that come with it, in order.", directives=[cost(rows=3)])
    async def option_groups(self, info: Info) -> list[OptionGroup]:
        found = await info.context.load(reads.option_groups_of, self.row.pk)
        return [OptionGroup.of(row) for row in found or []]

    @strawberry.field(description="Its pictures, in order.")
    async def images(self, info: Info) -> list[Image]:
        found = await info.context.load(reads.images_of, self.row.pk)
        return [Image.of(row) for row in found or []]

    @strawberry.field(description="Its first picture's links, at no cost; null where it has none.")
    def cover(self) -> Image | None:
        return Image.cover(self.row) if self.row.cover_hash else None

    @strawberry.field(description="Whether it can be bought: on sale, not sold out today, something left.")
    async def is_available(self, info: Info) -> bool:
        seller = await info.context.load(reads.sellers_by_id, self.row.seller_id)
        if seller is None or not sale.may_be_sold(self.row, seller):
            return False
        variants = await info.context.load(reads.variants_of, self.row.pk)
        return any((left := stock.available(row)) is None or left > 0 for row in variants or [])

    @strawberry.field(description="Its halal certificate, where it has one.")
    def halal(self) -> HalalCertificate | None:
        if self.row.halal_number is None:
            return None
        return HalalCertificate(
            number=self.row.halal_number,
            valid_until=self.row.halal_until,
            is_valid=sale.is_halal(self.row),
        )

    @strawberry.field(
        description="Its suspensions, newest first; empty for others than the shop and the operator.",
        directives=[HISTORY],
    )
    async def suspensions(self, info: Info) -> list[Suspension]:
        if not await is_keeper(info, self.row.seller_id):
            return []
        found = await info.context.load(reads.suspensions_of, self.row.pk)
        return [Suspension.of(row) for row in found or []]


async def listing_of(info: Info, id: UUID) -> Listing | None:
    """The listing with this id, loaded together with all others that the request asks for."""
    row = await info.context.load(reads.listings_by_id, id)
    return None if row is None else Listing.of(row)


@finds("Listing")
async def find_listing(info: Info, id: UUID) -> Listing | None:
    row = await info.context.load(reads.listings_by_id, id)
    return Listing.of(row) if row is not None and listings.is_visible(info.context.actor, row) else None


@finds("Variant")
async def find_variant(info: Info, id: UUID) -> Variant | None:
    row = (await reads.variants_by_id([id])).get(id)
    return Variant.of(row) if row is not None and listings.is_visible(info.context.actor, row.listing) else None
