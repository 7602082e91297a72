"""What an order needs to know of a variant to price it, and whether it may be sold now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog import hours, stock
from catalog.models import Listing, ListingKind, ListingState, Option, OptionGroup, Seller, SellerState, Variant
from marketplace import clock
from marketplace.batches import Asked, rows_by


@dataclass(frozen=True, slots=True)
class SaleOption:
    """An option: its price is added to the variant's."""

    id: UUID
    group_id: UUID
    name: str
    price_delta: int
    is_available: bool


@dataclass(frozen=True, slots=True)
class SaleGroup:
    """A group of options, of which `least` to `most` must be chosen."""

    id: UUID
    name: str
    least: int
    most: int
    options: tuple[SaleOption, ...]


@dataclass(frozen=True, slots=True)
class SaleVariant:
    """A variant with the facts of its listing and seller. Money in rupiah, weights in grams.

    `is_available`: published, by an approved seller, not sold out today, and stock is left (or not counted).
    `available`: how many are left; None: not counted. `is_open`: the shop sells at this moment.
    """

    variant_id: UUID
    listing_id: UUID
    kind: ListingKind
    title: str
    name: str
    unit: str
    price: int
    weight_g: int | None
    available: int | None
    is_available: bool
    by_quote: bool
    preparation_minutes: int | None
    groups: tuple[SaleGroup, ...]
    seller_id: UUID
    seller_name: str
    seller_owner_id: UUID | None
    cooperative_id: UUID
    region_code: str
    address: str
    phone: str | None
    lat: float
    lon: float
    service_radius_m: int
    is_open: bool
    packing_fee: int
    minimum_order: int
    takes_cash: bool
    takes_online: bool
    allows_pickup: bool
    auto_accept: bool


def is_open(seller: Seller, at: datetime | None = None) -> bool:
    """Whether the shop takes orders at this moment: approved, not paused, within its hours. Needs no read."""
    at = at or clock.now()
    if seller.state is not SellerState.APPROVED or (seller.paused_until is not None and at < seller.paused_until):
        return False
    return seller_hours(seller).is_open(at, ZoneInfo(seller.time_zone))


def seller_hours(seller: Seller) -> hours.Hours:
    """The shop's hours."""
    return hours.read(seller.opening_hours, seller.holidays)


def is_sold_out_today(listing: Listing, seller: Seller, at: datetime | None = None) -> bool:
    """Whether the seller has called it 'habis hari ini', by the date where the seller is."""
    today = (at or clock.now()).astimezone(ZoneInfo(seller.time_zone)).date()
    return listing.sold_out_on == today


def may_be_sold(listing: Listing, seller: Seller, at: datetime | None = None) -> bool:
    """Whether the listing is on sale at all: published, by an approved seller, not sold out today."""
    return (
        listing.state is ListingState.PUBLISHED
        and seller.state is SellerState.APPROVED
        and not is_sold_out_today(listing, seller, at)
    )


def is_halal(listing: Listing) -> bool:
    """Whether a halal certificate holds for it today."""
    return listing.halal_number is not None and (
        listing.halal_until is None or listing.halal_until >= clock.now().date()
    )


async def offers(variant_ids: Sequence[UUID]) -> Mapping[UUID, SaleVariant]:
    """These variants as they may be sold now. Three statements, however many. Unknown ids are left out."""
    variants = await variants_with_shops(variant_ids)
    return await offers_of(variants, await groups_of(variants).answer())


async def variants_with_shops(variant_ids: Sequence[UUID]) -> list[Variant]:
    """These variants with their listing and its seller. One statement. Unknown ids are left out."""
    return await rows_by(Variant, "id", variant_ids, related="listing__seller")


def groups_of(variants: Iterable[Variant]) -> Asked[list[OptionGroup]]:
    """The groups of options that these are offered with, to be read with other things."""
    listing_ids = {variant.listing_id for variant in variants}
    return Asked(OptionGroup, "listing_id", listing_ids, list, order="position,id", equal={"is_offered": True})


async def offers_of(variants: Iterable[Variant], groups: Sequence[OptionGroup]) -> Mapping[UUID, SaleVariant]:
    """The offers of `variants_with_shops`, given the groups. One statement, none where there are no groups."""
    by_listing = await _groups(groups)
    now = clock.now()
    return {variant.pk: _offer(variant, by_listing.get(variant.listing_id, ()), now) for variant in variants}


async def _groups(groups: Sequence[OptionGroup]) -> Mapping[UUID, tuple[SaleGroup, ...]]:
    options: dict[UUID, list[SaleOption]] = {}
    for row in await rows_by(Option, "group_id", [group.pk for group in groups], order="position,id"):
        option = SaleOption(row.pk, row.group_id, row.name, row.price_delta, row.is_available)
        options.setdefault(row.group_id, []).append(option)
    found: dict[UUID, tuple[SaleGroup, ...]] = {}
    for group in groups:
        sale = SaleGroup(group.pk, group.name, group.least, group.most, tuple(options.get(group.pk, ())))
        found[group.listing_id] = (*found.get(group.listing_id, ()), sale)
    return found


def _offer(variant: Variant, groups: tuple[SaleGroup, ...], now: datetime) -> SaleVariant:
    listing: Listing = variant.listing
    seller: Seller = listing.seller
    left = stock.available(variant)
    return SaleVariant(
        variant_id=variant.pk,
        listing_id=listing.pk,
        kind=listing.kind,
        title=listing.title,
        name=variant.name,
        unit=variant.unit.value,
        price=variant.price,
        weight_g=variant.weight_g,
        available=left,
        is_available=variant.is_offered and may_be_sold(listing, seller, now) and (left is None or left > 0),
        by_quote=listing.by_quote,
        preparation_minutes=listing.preparation_minutes,
        groups=groups,
        seller_id=seller.pk,
        seller_name=seller.name,
        seller_owner_id=seller.owner_id,
        cooperative_id=seller.cooperative_id,
        region_code=seller.region_code,
        address=seller.address,
        phone=seller.phone,
        lat=seller.lat,
        lon=seller.lon,
        service_radius_m=seller.service_radius_m,
        is_open=is_open(seller, now),
        packing_fee=seller.packing_fee,
        minimum_order=seller.minimum_order,
        takes_cash=seller.takes_cash,
        takes_online=seller.takes_online,
        allows_pickup=seller.allows_pickup,
        auto_accept=seller.auto_accept,
    )
