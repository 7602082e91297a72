"""Batch reads of the catalogue: one statement each, however many are asked for."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from catalog.models import Image, Listing, ListingSuspension, Option, OptionGroup, PriceChange, Seller, Variant
from marketplace.batches import rows_by

R = TypeVar("R")


async def sellers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Seller]:
    """The sellers with these ids."""
    return {row.id: row for row in await rows_by(Seller, "id", ids)}


async def listings_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Listing]:
    """The listings with these ids, with their sellers."""
    return {row.id: row for row in await rows_by(Listing, "id", ids, related="seller")}


async def variants_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Variant]:
    """The variants with these ids, with their listings and sellers."""
    return {row.id: row for row in await rows_by(Variant, "id", ids, related="listing__seller")}


async def variants_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[Variant]]:
    """The offered variants of each listing, in order."""
    rows = await rows_by(Variant, "listing_id", listing_ids, order="position,id", is_offered=True)
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


async def images_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[Image]]:
    """The images of each listing, in order."""
    rows = await rows_by(Image, "listing_id", listing_ids, order="position,id")
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


async def option_groups_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[OptionGroup]]:
    """The offered option groups of each listing, in order."""
    rows = await rows_by(OptionGroup, "listing_id", listing_ids, order="position,id", is_offered=True)
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


async def options_of(group_ids: Sequence[UUID]) -> Mapping[UUID, list[Option]]:
    """The options of each group, in order."""
    rows = await rows_by(Option, "group_id", group_ids, order="position,id")
    return _by(group_ids, [(row.group_id, row) for row in rows])


async def price_changes_of(variant_ids: Sequence[UUID]) -> Mapping[UUID, list[PriceChange]]:
    """The last 50 changes of price of each variant, newest first."""
    rows = await rows_by(PriceChange, "variant_id", variant_ids, order="-id")
    found = _by(variant_ids, [(row.variant_id, row) for row in rows])
    return {id: changes[:50] for id, changes in found.items()}


async def suspensions_of(listing_ids: Sequence[UUID]) -> Mapping[UUID, list[ListingSuspension]]:
    """The suspensions of each listing, newest first; for those who keep the shop and the operator alone."""
    rows = await rows_by(ListingSuspension, "listing_id", listing_ids, order="-id")
    return _by(listing_ids, [(row.listing_id, row) for row in rows])


def _by(keys: Sequence[UUID], rows: Sequence[tuple[UUID, R]]) -> Mapping[UUID, list[R]]:
    found: dict[UUID, list[R]] = {key: [] for key in keys}
    for key, row in rows:
        found[key].append(row)
    return found
