"""One text, everything that it may mean: listings, services, sellers and co-ops; and what goes with a listing."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from catalog import categories, reads
from catalog.models import Listing, ListingKind, Seller, SellerState
from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative
from marketplace.errors import Code, Invalid
from search import fallback, language, reading
from search.engine import MOST_SUGGESTIONS, EngineUnavailable, Filters, Query, SearchEngine, Words
from search.places import Point
from search.ranking.weights import Ranking
from search.service import Found, FoundListing, check_near, check_text, find_listings

MOST_OF_EACH = 20
MOST_RELATED = 20


@dataclass(frozen=True, slots=True)
class Everything:
    """What was found of each sort, the best first."""

    listings: Found
    services: Found
    sellers: Sequence[Seller]
    cooperatives: Sequence[Cooperative]


async def search_everything(
    engine: SearchEngine, text: str, near: Point | None, *, first: int, ranking: Ranking | None = None
) -> Everything:
    """At most `first` of each sort; raises Invalid. Listings are goods and food; services stand apart."""
    check_text(text)
    check_near(near)
    check_few(first, MOST_OF_EACH)
    asked = Query(text, near=near, first=first, ranking=ranking)
    of_services = replace(asked, filters=Filters(kind=ListingKind.SERVICE.value))
    listings, services, sellers = await asyncio.gather(
        find_listings(engine, asked), find_listings(engine, of_services), sellers_named(engine, text, near)
    )
    named = await membership.cooperatives_named(language.words_of(text), first)
    kept = tuple(one for one in listings.listings if one.row.kind is not ListingKind.SERVICE)
    listings = replace(listings, listings=kept)
    is_meant = bool(sellers or named) or any(one.listings and not one.is_widened for one in (listings, services))
    return Everything(
        _unless_beside(listings, is_meant=is_meant),
        _unless_beside(services, is_meant=is_meant),
        sellers[:first],
        named,
    )


def _unless_beside(found: Found, *, is_meant: bool) -> Found:
    """Nothing in place of what lacks a word of the text, where something else has them all."""
    return replace(found, listings=()) if found.is_widened and is_meant else found


async def sellers_named(engine: SearchEngine, text: str, near: Point | None) -> list[Seller]:
    """Approved sellers whose names go on so, at most MOST_SUGGESTIONS. One statement beside the engine."""
    if not language.words_of(text):
        return []
    try:
        ids = await engine.sellers(text, near)
    except EngineUnavailable:
        return await fallback.sellers(text, MOST_SUGGESTIONS)
    rows = await reads.sellers_by_id(ids)
    # The index may be a moment behind the rows.
    return [rows[id] for id in ids if id in rows and rows[id].state is SellerState.APPROVED]


async def related_listings(
    engine: SearchEngine, listing_id: UUID, *, first: int, ranking: Ranking | None = None
) -> list[FoundListing]:
    """What goes in its stead: of its category, most of its title's words, near its shop; raises Invalid.

    Nothing for a listing that isn't on sale. Where that is too little, its category and then its shop fill the rest.
    """
    check_few(first, MOST_RELATED)
    listing = (await reads.listings_by_id([listing_id])).get(listing_id)
    if listing is None or not reading.is_shown(listing):
        return []
    alike = _alike(listing, first, ranking)
    found: dict[UUID, FoundListing] = {}
    of_category = replace(alike, text="", words=Words.ALL)
    of_shop = replace(of_category, filters=Filters(seller_id=listing.seller_id))
    for query in (alike, of_category, of_shop):
        if len(found) <= first:
            page = await find_listings(engine, query)
            found |= {one.row.pk: one for one in page.listings if one.row.pk not in found}
    found.pop(listing.pk, None)
    return list(found.values())[:first]


def _alike(listing: Listing, first: int, ranking: Ranking | None) -> Query:
    category = categories.find(listing.category_code)
    filters = Filters(category=listing.category_code if category else None, kind=listing.kind.value)
    title = " ".join(language.query_words(listing.title)[:4])[:100]
    place = Point(listing.seller.lat, listing.seller.lon)
    # One more than is wanted: the listing finds itself.
    return Query(title, filters, near=place, first=first + 1, words=Words.MOST, ranking=ranking)


def check_few(first: int, most: int) -> None:
    if not 1 <= first <= most:
        raise Invalid.field("first", Code.OUT_OF_RANGE, f"ask for 1 to {most}", f"minta 1 sampai {most}")
