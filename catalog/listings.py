"""Listings: made, changed, put on sale, taken off, sold out for today."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog import categories, facts, sellers
from catalog.facts import camel
from catalog.models import BookedStock, Listing, ListingKind, ListingState, Seller, SellerState, Variant
from catalog.offers import change_variants, check_groups, check_variants, replace_groups, write_groups, write_variants
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.paging import Page, page_by_id

#: Facts that only some kinds have.
ONLY_OF: Mapping[str, frozenset[ListingKind]] = {
    "by_quote": frozenset({ListingKind.SERVICE}),
    "session_minutes": frozenset({ListingKind.SERVICE}),
    "per_km": frozenset({ListingKind.LOGISTICS}),
    "capacity_g": frozenset({ListingKind.LOGISTICS}),
    "area_codes": frozenset({ListingKind.LOGISTICS}),
    "preparation_minutes": frozenset({ListingKind.FOOD, ListingKind.GOODS}),
    "pirt_number": frozenset({ListingKind.FOOD, ListingKind.GOODS}),
    "allergens": frozenset({ListingKind.FOOD, ListingKind.GOODS}),
}


class WrongListingState(MarketplaceError):
    """The listing is {state}: this can't be done now."""

    code = Code.WRONG_STATE
    pesan = "Produk ini berstatus {state}: hal ini tidak dapat dilakukan sekarang."


class StockIsBooked(MarketplaceError):
    """The stock of this item is kept in its unit's books: it changes by purchases, sales and counts alone."""

    code = Code.WRONG_STATE
    pesan = "Persediaan barang ini dibukukan unitnya: hanya berubah lewat pembelian, penjualan, dan opname."


class NothingToSell(MarketplaceError):
    """A listing needs at least one variant with a price before it can be published."""

    code = Code.WRONG_STATE
    pesan = "Produk perlu paling sedikit satu varian dengan harga sebelum ditayangkan."


def check_listing(kind: ListingKind, values: Mapping[str, Any]) -> dict[str, Any]:
    """A listing's facts in the form that rows keep; raises Invalid. Facts of other kinds must be empty."""
    checked = facts.checked(facts.LISTING, values)
    if "category_code" in checked:
        categories.require_for(kind, checked["category_code"])
    faults = [
        FieldFault((camel(name),), Code.INVALID, f"a {kind} listing has none", f"tidak berlaku untuk {kind}")
        for name, value in checked.items()
        if value and name in ONLY_OF and kind not in ONLY_OF[name]
    ]
    if faults:
        raise Invalid(faults=faults)
    return checked


async def create_listing(
    actor: Actor,
    *,
    seller_id: UUID,
    kind: ListingKind,
    values: Mapping[str, Any],
    variants: Sequence[Mapping[str, Any]],
    option_groups: Sequence[Mapping[str, Any]] = (),
    is_published: bool = False,
    key: str,
) -> Listing:
    """A new listing, on sale at once where `is_published`. Raises NotFound, Forbidden, Invalid."""
    signed_in(actor)
    facts.require_present(values, "title", "category_code")
    checked = check_listing(kind, values)
    wanted, groups = check_variants(variants), check_groups(option_groups)
    if any(variant["id"] is not None for variant in wanted):
        raise Invalid.field(
            "variants", Code.INVALID, "a new listing's variants have no id yet", "varian dagangan baru belum punya id"
        )
    id = new_id()
    async with transaction():
        seller = await Seller.get_or_none(pk=seller_id)
        if seller is None or not sellers.is_visible(actor, seller):
            raise NotFound("seller")
        sellers.require_keeper(actor, seller)
        given = {"seller": seller_id, "kind": kind, "published": is_published, "values": values}
        whole = {**given, "variants": list(variants), "groups": list(option_groups)}
        earlier = await once(signed_in(actor), "createListing", key, whole, id)
        if earlier is not None:
            return await Listing.get(pk=earlier).select_related("seller")
        listing = Listing(id=id, seller=seller, kind=kind, **checked)
        listing.state = ListingState.PUBLISHED if is_published else ListingState.DRAFT
        prices = [variant["price"] for variant in wanted]
        listing.price_from, listing.price_to = min(prices), max(prices)
        await listing.save(force_create=True)
        await write_variants(listing, wanted)
        await write_groups(listing, groups)
        await outbox.record("listing.changed", id)
        return listing


async def locked_listing(actor: Actor, listing_id: UUID) -> Listing:
    """The listing, locked, with its seller, for one who keeps the shop.

    Raises Unauthenticated, NotFound or Forbidden.
    """
    signed_in(actor)
    listing = await locked_one(Listing, listing_id)
    if listing is None:
        raise NotFound("listing")
    listing.seller = await Seller.get(pk=listing.seller_id)
    if not is_visible(actor, listing):
        raise NotFound("listing")
    sellers.require_keeper(actor, listing.seller)
    return listing


async def save(listing: Listing, changes: Mapping[str, Any]) -> Listing:
    """Write what differs and tell of it, in the caller's transaction."""
    differing = {name: value for name, value in changes.items() if getattr(listing, name) != value}
    if differing:
        listing.update_from_dict(differing)
        await listing.save(update_fields=list(differing))
        await outbox.record("listing.changed", listing.pk)
    return listing


async def update_listing(
    actor: Actor,
    *,
    listing_id: UUID,
    values: Mapping[str, Any],
    variants: Sequence[Mapping[str, Any]] | None = None,
    option_groups: Sequence[Mapping[str, Any]] | None = None,
) -> Listing:
    """Change the facts given. `variants` and `option_groups`, where given, replace all that stood.

    A variant with an `id` keeps it; one that is left out is withdrawn. Stock is set by `set_stock` alone.
    """
    wanted = None if variants is None else check_variants(variants)
    groups = None if option_groups is None else check_groups(option_groups)
    async with transaction():
        listing = await locked_listing(actor, listing_id)
        changes = check_listing(listing.kind, values)
        if wanted is not None:
            changes.update(await change_variants(actor, listing, wanted))
        if groups is not None:
            await replace_groups(listing, groups)
        if wanted is not None or groups is not None:
            await outbox.record("listing.changed", listing.pk)
        return await save(listing, changes)


async def publish_listing(actor: Actor, *, listing_id: UUID) -> Listing:
    """Put it on sale. Raises WrongListingState while it is suspended, NothingToSell."""
    async with transaction():
        listing = await locked_listing(actor, listing_id)
        if listing.state is ListingState.SUSPENDED:
            raise WrongListingState(state=listing.state.value)
        if not await Variant.exists(listing_id=listing.pk, is_offered=True):
            raise NothingToSell
        return await save(listing, {"state": ListingState.PUBLISHED})


async def unpublish_listing(actor: Actor, *, listing_id: UUID) -> Listing:
    """Take it off sale."""
    async with transaction():
        listing = await locked_listing(actor, listing_id)
        if listing.state is ListingState.SUSPENDED:
            raise WrongListingState(state=listing.state.value)
        return await save(listing, {"state": ListingState.UNPUBLISHED})


async def mark_sold_out_today(actor: Actor, *, listing_id: UUID, is_sold_out: bool = True) -> Listing:
    """'Habis hari ini': off sale until midnight where the seller is; or back on sale."""
    async with transaction():
        listing = await locked_listing(actor, listing_id)
        today = clock.now().astimezone(ZoneInfo(listing.seller.time_zone)).date()
        return await save(listing, {"sold_out_on": today if is_sold_out else None})


async def set_stock(actor: Actor, *, variant_id: UUID, on_hand: int | None, key: str) -> Variant:
    """Say how many there are (what orders hold included); None: not counted. Not below what orders hold."""
    checked = facts.checked(facts.VARIANT, {"on_hand": on_hand})
    async with transaction():
        found = await Variant.get_or_none(pk=variant_id)
        if found is None:
            raise NotFound("variant")
        listing = await locked_listing(actor, found.listing_id)
        variant = await locked_one(Variant, variant_id)
        assert variant is not None  # rows are never deleted
        input = {"variant": variant_id, "on_hand": on_hand}
        if await once(signed_in(actor), "setStock", key, input, variant_id) is None:
            if await BookedStock.exists(pk=variant_id):
                raise StockIsBooked
            if checked["on_hand"] is None and variant.reserved:
                raise Invalid.field(
                    "onHand", Code.CONFLICT, f"orders hold {variant.reserved}", f"{variant.reserved} sudah dipesan"
                )
            if checked["on_hand"] is not None and checked["on_hand"] < variant.reserved:
                raise Invalid.field(
                    "onHand",
                    Code.OUT_OF_RANGE,
                    f"orders hold {variant.reserved}",
                    f"{variant.reserved} sudah dipesan",
                )
            variant.on_hand = checked["on_hand"]
            await variant.save(update_fields=["on_hand"])
            await outbox.record("stock.changed", listing.pk)
        variant.listing = listing
        return variant


def is_visible(actor: Actor, listing: Listing) -> bool:
    """Whether the actor may know of the listing (its seller loaded): on sale, or the actor keeps the shop."""
    on_sale = listing.state is ListingState.PUBLISHED and listing.seller.state is SellerState.APPROVED
    return on_sale or sellers.keeps(actor, listing.seller)


async def listings_of(
    actor: Actor,
    seller: Seller,
    *,
    kind: ListingKind | None = None,
    state: ListingState | None = None,
    first: int,
    after: str | None,
) -> Page[Listing]:
    """A shop's listings, oldest first; only those on sale, but for its keepers. One statement."""
    found = Listing.filter(seller_id=seller.pk)
    if not sellers.keeps(actor, seller):
        found = found.filter(state=ListingState.PUBLISHED)
    if kind is not None:
        found = found.filter(kind=kind)
    if state is not None:
        found = found.filter(state=state)
    return await page_by_id(found, first=first, after=after, newest_first=False)
