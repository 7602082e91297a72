"""Batch reads of the catalogue: one statement each, however many are asked for."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from catalog.models import Image, Listing, ListingSuspension, Option, OptionGroup, PriceChange, Seller, Variant

R = TypeVar("R")


async def sellers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Seller]:
    """The sellers with these ids."""
    return {row.pk: row for row in await Seller.filter(pk__in=list(ids))}


async def listings_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Listing]:
    """The listings with these ids, with their sellers."""
    return {row.pk: row for row in await Listing.filter(pk__in=list(ids)).select_related("seller")}


async def variants_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Variant]:
    """The variants with these ids, with their listings and sellers."""
    return {row.pk: row for row in await Variant.filter(pk__in=list(ids)).select_related("listing__seller")}


async def variants_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[Variant]]:
    """The offered variants of each listing, in order."""
    rows = await Variant.filter(listing_id__in=list(listing_ids), is_offered=True).order_by("position", "id")
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


async def images_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[Image]]:
    """The images of each listing, in order."""
    rows = await Image.filter(listing_id__in=list(listing_ids)).order_by("position", "id")
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


async def option_groups_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[OptionGroup]]:
    """The offered option groups of each listing, in order."""
    rows = await OptionGroup.filter(listing_id__in=list(listing_ids), is_offered=True).order_by("position", "id")
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


async def options_of(group_ids: Sequence[UUID]) -> Mapping[UUID, list[Option]]:
    """The options of each group, in order."""
    rows = await Option.filter(group_id__in=list(group_ids)).order_by("position", "id")
    return _by(group_ids, [(row.group_id, row) for row in rows])


async def price_changes_of(variant_ids: Sequence[UUID]) -> Mapping[UUID, list[PriceChange]]:
    """The last 50 changes of price of each variant, newest first."""
    rows = await PriceChange.filter(variant_id__in=list(variant_ids)).order_by("-id")
    found = _by(variant_ids, [(row.variant_id, row) for row in rows])
    return {id: changes[:50] for id, changes in found.items()}


async def suspensions_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[ListingSuspension]]:
    """The suspensions of each listing, newest first; for those who keep the shop and the operator alone."""
    rows = await ListingSuspension.filter(listing_id__in=list(listing_ids)).order_by("-id")
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


def _by(keys: Sequence[UUID], rows: Sequence[tuple[UUID, R]]) -> Mapping[UUID, list[R]]:
    found: dict[UUID, list[R]] = {key: [] for key in keys}
    for key, row in rows:
        found[key].append(row)
    return found
