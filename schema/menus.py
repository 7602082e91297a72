"""Keeping listings: making, changing, publishing, stock, slots."""

import datetime
from typing import Annotated, Any

import strawberry

from catalog import images, listings, slots
from catalog.facts import Allergen
from catalog.models import ListingKind, Unit
from schema.context import Info
from schema.ids import from_id
from schema.listings import Listing, Variant
from schema.problems import KEY, Problem, intent
from schema.scalars import Grams, Rupiah
from schema.slots import ServiceSlot

ListingResult = Annotated[
    Listing | Problem, strawberry.union("ListingResult", description="The listing, or why not.")
]
VariantResult = Annotated[
    Variant | Problem, strawberry.union("VariantResult", description="The variant, or why not.")
]


@strawberry.type(description="Times offered.")
class ServiceSlots:
    slots: list[ServiceSlot] = strawberry.field(description="The times, soonest first.")


SlotsResult = Annotated[ServiceSlots | Problem, strawberry.union("SlotsResult", description="The times, or why not.")]


@strawberry.input(description="One thing that can be bought.")
class VariantInput:
    id: strawberry.ID | None = strawberry.field(default=None, description="When changing: the variant it is.")
    name: str = strawberry.field(default="", description="Up to 80 characters; differs from the others'.")
    unit: Unit = strawberry.field(default=Unit.PIECE, description="What the price is for.")
    price: Rupiah = strawberry.field(description="For one unit; 0 to 1,000,000,000.")
    weight: Grams | None = strawberry.field(default=None, description="Of one unit.")
    on_hand: int | None = strawberry.field(
        default=None, description="How many there are; null: not counted. Only when new: later by `setStock`."
    )

    def values(self) -> dict[str, Any]:
        return {
            "id": from_id("Variant", self.id, "variants") if self.id else None,
            "name": self.name,
            "unit": self.unit,
            "price": self.price,
            "weight_g": self.weight,
            "on_hand": self.on_hand,
        }


@strawberry.input(description="One option of a group.")
class OptionInput:
    name: str = strawberry.field(description="1 to 80 characters.")
    price_delta: Rupiah = strawberry.field(default=Rupiah(0), description="Added to the variant's price.")
    is_available: bool = strawberry.field(default=True, description="Whether it can be had.")


@strawberry.input(description="A choice that comes with a listing.")
class OptionGroupInput:
    name: str = strawberry.field(description="1 to 80 characters.")
    least: int = strawberry.field(default=0, description="How many options must be chosen.")
    most: int = strawberry.field(default=1, description="How many may be.")
    options: list[OptionInput] = strawberry.field(description="1 to 50.")

    def values(self) -> dict[str, Any]:
        options = [
            {"name": option.name, "price_delta": option.price_delta, "is_available": option.is_available}
            for option in self.options
        ]
        return {"name": self.name, "least": self.least, "most": self.most, "options": options}


@strawberry.input(description="What a listing says of itself. What is left out stays as it is.")
class ListingFacts:
    title: str | None = strawberry.field(default=None, description="2 to 160 characters.")
    description: str | None = strawberry.field(default=None, description="Up to 4,000 characters.")
    section: str | None = strawberry.field(default=None, description="Of the menu; up to 80 characters.")
    category_code: str | None = strawberry.field(default=None, description="`food.rice`: see `categories`.")
    preparation_minutes: int | None = strawberry.field(default=None, description="From accepted to ready.")
    halal_number: str | None = strawberry.field(default=None, description="Of the certificate. Empty: none.")
    halal_until: datetime.date | None = strawberry.field(default=None, description="Its last day.")
    pirt_number: str | None = strawberry.field(default=None, description="15 to 17 digits. Empty: none.")
    allergens: list[Allergen] | None = strawberry.field(default=None, description="All that it holds.")
    by_quote: bool | None = strawberry.field(default=None, description="Service: priced when asked.")
    session_minutes: int | None = strawberry.field(default=None, description="Service: 5 to 1,440.")
    per_kilometre: Rupiah | None = strawberry.field(default=None, description="Logistics: added a kilometre.")
    capacity: Grams | None = strawberry.field(default=None, description="Logistics: what a trip carries.")
    area_codes: list[str] | None = strawberry.field(default=None, description="Logistics: regions served.")

    def values(self) -> dict[str, Any]:
        """The facts given, by the service's names."""
        renamed = {"per_kilometre": "per_km", "capacity": "capacity_g"}
        same: tuple[str, ...] = (
            "title",
            "description",
            "section",
            "category_code",
            "preparation_minutes",
            "halal_number",
        )
        same += ("halal_until", "pirt_number", "allergens", "by_quote", "session_minutes", "area_codes")
        return {
            renamed.get(name, name): getattr(self, name)
            for name in (*same, *renamed)
            if getattr(self, name) is not None
        }


@strawberry.input(description="A new listing.")
class CreateListingInput(ListingFacts):
    seller_id: strawberry.ID = strawberry.field(description="The shop.")
    kind: ListingKind = strawberry.field(description="What is offered; never changes.")
    variants: list[VariantInput] = strawberry.field(description="1 to 50.")
    option_groups: list[OptionGroupInput] = strawberry.field(default_factory=list, description="Up to 20.")
    is_published: bool = strawberry.field(default=False, description="Put it on sale at once.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Changes to a listing.")
class UpdateListingInput(ListingFacts):
    id: strawberry.ID = strawberry.field(description="The listing.")
    variants: list[VariantInput] | None = strawberry.field(
        default=None, description="All of them: one left out is withdrawn, one without id is new."
    )
    option_groups: list[OptionGroupInput] | None = strawberry.field(
        default=None, description="All of them: they replace those that stood."
    )


@strawberry.input(description="Which listing.")
class PublishListingInput:
    id: strawberry.ID = strawberry.field(description="The listing.")


@strawberry.input(description="Which listing.")
class UnpublishListingInput:
    id: strawberry.ID = strawberry.field(description="The listing.")


@strawberry.input(description="'Habis hari ini'.")
class MarkSoldOutTodayInput:
    id: strawberry.ID = strawberry.field(description="The listing.")
    is_sold_out: bool = strawberry.field(default=True, description="False: there is some again.")


@strawberry.input(description="How many there are.")
class SetStockInput:
    variant_id: strawberry.ID = strawberry.field(description="The variant.")
    on_hand: int | None = strawberry.field(
        default=None, description="What orders hold included; null: don't count it."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Times at which a service can be had.")
class AddSlotsInput:
    listing_id: strawberry.ID = strawberry.field(description="A service.")
    starts: list[datetime.datetime] = strawberry.field(description="1 to 200, within the next 180 days.")
    capacity: int | None = strawberry.field(
        default=None,
        description="How many orders can have each at once, 1 to 50; null: one, and those already offered stay as "
        "they are. Not below the orders that one of them has.",
    )


@strawberry.input(description="A time offered no longer.")
class RemoveSlotInput:
    id: strawberry.ID = strawberry.field(description="The slot.")


@strawberry.input(description="A picture taken off.")
class RemoveImageInput:
    id: strawberry.ID = strawberry.field(description="The image.")


@strawberry.type
class ListingMutation:
    @strawberry.mutation(description="Offer something. Owner or staff of the shop, or an officer of its co-op.")
    @intent
    async def create_listing(self, info: Info, input: CreateListingInput) -> ListingResult:
        row = await listings.create_listing(
            info.context.actor,
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            kind=input.kind,
            values=input.values(),
            variants=[variant.values() for variant in input.variants],
            option_groups=[group.values() for group in input.option_groups],
            is_published=input.is_published,
            key=input.idempotency_key,
        )
        return Listing.of(row)

    @strawberry.mutation(description="Change a listing. Changes of price are kept in its history.")
    @intent
    async def update_listing(self, info: Info, input: UpdateListingInput) -> ListingResult:
        row = await listings.update_listing(
            info.context.actor,
            listing_id=from_id("Listing", input.id),
            values=input.values(),
            variants=None if input.variants is None else [variant.values() for variant in input.variants],
            option_groups=None if input.option_groups is None else [group.values() for group in input.option_groups],
        )
        return Listing.of(row)

    @strawberry.mutation(description="Put a listing on sale. WRONG_STATE while it is suspended.")
    @intent
    async def publish_listing(self, info: Info, input: PublishListingInput) -> ListingResult:
        id = from_id("Listing", input.id)
        return Listing.of(await listings.publish_listing(info.context.actor, listing_id=id))

    @strawberry.mutation(description="Take a listing off sale.")
    @intent
    async def unpublish_listing(self, info: Info, input: UnpublishListingInput) -> ListingResult:
        id = from_id("Listing", input.id)
        return Listing.of(await listings.unpublish_listing(info.context.actor, listing_id=id))

    @strawberry.mutation(description="'Habis hari ini': off sale until midnight where the shop is.")
    @intent
    async def mark_sold_out_today(self, info: Info, input: MarkSoldOutTodayInput) -> ListingResult:
        row = await listings.mark_sold_out_today(
            info.context.actor, listing_id=from_id("Listing", input.id), is_sold_out=input.is_sold_out
        )
        return Listing.of(row)

    @strawberry.mutation(description="Say how many there are. OUT_OF_RANGE below what orders hold.")
    @intent
    async def set_stock(self, info: Info, input: SetStockInput) -> VariantResult:
        row = await listings.set_stock(
            info.context.actor,
            variant_id=from_id("Variant", input.variant_id, "variantId"),
            on_hand=input.on_hand,
            key=input.idempotency_key,
        )
        return Variant.of(row)

    @strawberry.mutation(
        description="Offer times for a service. CONFLICT where two would overlap, or one has more orders than its "
        "`capacity` would be."
    )
    @intent
    async def add_slots(self, info: Info, input: AddSlotsInput) -> SlotsResult:
        id = from_id("Listing", input.listing_id, "listingId")
        rows = await slots.add_slots(info.context.actor, listing_id=id, starts=input.starts, capacity=input.capacity)
        return ServiceSlots(slots=[ServiceSlot.of(row) for row in rows])

    @strawberry.mutation(
        description="Offer what is free of a time no longer; orders keep it. SLOT_TAKEN when none of it is free."
    )
    @intent
    async def remove_slot(self, info: Info, input: RemoveSlotInput) -> SlotsResult:
        row = await slots.remove_slot(info.context.actor, slot_id=from_id("ServiceSlot", input.id))
        return ServiceSlots(slots=[ServiceSlot.of(row)])

    @strawberry.mutation(description="Take a picture off its listing.")
    @intent
    async def remove_image(self, info: Info, input: RemoveImageInput) -> ListingResult:
        return Listing.of(await images.remove_image(info.context.actor, image_id=from_id("Image", input.id)))
