"""Finding listings and completing words: checks what is asked, asks the engine, falls back to the database."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

import structlog

from catalog import reads
from catalog.models import Listing
from marketplace import clock
from marketplace.errors import Code, Invalid
from marketplace.paging import StaleCursor, check_first, decode_cursor, encode_cursor
from search import fallback, reading
from search.engine import MOST_SUGGESTIONS, EngineUnavailable, Facets, Place, Query, SearchEngine, Sort, Words
from search.places import Bounds, Point

LONGEST_TEXT = 100
LARGEST_RADIUS_M = 200_000
#: Of a category's code, and of a region's (Kemendagri's, of a village).
LONGEST_CODE, LONGEST_REGION = 60, 13
#: Holidays are known to the index for about so long.
FARTHEST_OPENING = timedelta(days=60)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class FoundListing:
    """A listing with its seller, how far away that is, and the cursor behind it."""

    row: Listing
    distance_m: int | None
    cursor: str


@dataclass(frozen=True, slots=True)
class Found:
    """A page of listings; `degraded` when the engine was away and the database answered.

    `is_widened`: no listing has every word that was asked for, and these have most of them.
    """

    listings: tuple[FoundListing, ...]
    end_cursor: str | None
    total: int
    has_next: bool
    facets: Facets
    degraded: bool
    is_widened: bool = False
    is_behind: bool = False  # a later page


async def find_listings(engine: SearchEngine, query: Query, *, after: str | None = None) -> Found:
    """The page behind the cursor `after`; raises Invalid, StaleCursor. One statement beside the engine.

    Where no listing has every word, those with most of them are answered instead of nothing.
    """
    check_query(query)
    query = _behind(query, after)
    degraded = False
    try:
        hits = await engine.find(query)
        if not hits.total and query.words is Words.ALL and query.after is None:
            widened = replace(query, words=Words.FEWER)
            if (wider := await engine.find(widened)).total:
                query, hits = widened, wider
    except EngineUnavailable:
        log.warning("search_degraded", engine=engine.name)
        degraded = True
        hits = await fallback.find(query)
    rows = await reads.listings_by_id([hit.id for hit in hits.hits])
    asked = _fingerprint(query)
    cursors = [encode_cursor(asked, hits.offset + place, hit.id) for place, hit in enumerate(hits.hits, 1)]
    listings = tuple(
        FoundListing(rows[hit.id], hit.distance_m, cursor)
        for hit, cursor in zip(hits.hits, cursors, strict=True)
        # The index may be a moment behind the rows: what is no longer for sale is not shown.
        if hit.id in rows and reading.is_shown(rows[hit.id])
    )
    end_cursor = cursors[-1] if cursors else None
    return Found(
        listings,
        end_cursor,
        hits.total,
        hits.has_next,
        hits.facets,
        degraded,
        query.words is not Words.ALL,
        after is not None,
    )


async def suggest(engine: SearchEngine, text: str, near: Point | None = None) -> list[str]:
    """Titles that continue the text, at most MOST_SUGGESTIONS; raises Invalid."""
    check_text(text)
    check_near(near)
    try:
        return await engine.suggest(text, near)
    except EngineUnavailable:
        return await fallback.suggest(text, MOST_SUGGESTIONS)


def check_query(query: Query) -> None:
    check_first(query.first)
    check_text(query.text)
    check_near(query.near)
    filters = query.filters
    for field, value, most in (
        ("category", filters.category, LONGEST_CODE),
        ("regionCode", filters.region_code, LONGEST_REGION),
    ):
        if value is not None and not (len(value) <= most and value.isprintable()):
            raise Invalid.field(f"search.{field}", Code.INVALID, "not a code", "bukan kode")
    if query.near is None and (filters.radius_m is not None or query.sort is Sort.DISTANCE):
        raise Invalid.field("search.near", Code.REQUIRED, "say near where", "sebutkan di dekat mana")
    if filters.radius_m is not None and not 1 <= filters.radius_m <= LARGEST_RADIUS_M:
        raise Invalid.field("search.radius", Code.OUT_OF_RANGE, "1 to 200,000 metres", "1 sampai 200.000 meter")
    if filters.bounds is not None:
        _check_bounds(filters.bounds)
    if filters.open_at is not None and filters.open_at > clock.now() + FARTHEST_OPENING:
        raise Invalid.field(
            "search.openAt", Code.OUT_OF_RANGE, "at most 60 days from now", "paling lama 60 hari lagi"
        )
    for field, price in (("priceMin", filters.price_min), ("priceMax", filters.price_max)):
        if price is not None and price < 0:
            raise Invalid.field(f"search.{field}", Code.OUT_OF_RANGE, "not below zero", "tidak boleh negatif")
    if filters.price_min is not None and filters.price_max is not None and filters.price_min > filters.price_max:
        raise Invalid.field("search.priceMax", Code.OUT_OF_RANGE, "not below priceMin", "tidak di bawah priceMin")


def check_text(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        raise Invalid.field("search.text", Code.TOO_LONG, "at most 100 characters", "paling panjang 100 huruf")


def check_near(near: Point | None, field: str = "search.near") -> None:
    if near is not None and not (-90 <= near.lat <= 90 and -180 <= near.lon <= 180):
        raise Invalid.field(field, Code.OUT_OF_RANGE, "not a place on earth", "bukan tempat di bumi")


def _check_bounds(bounds: Bounds) -> None:
    check_near(Point(bounds.south, bounds.west), "search.bounds")
    check_near(Point(bounds.north, bounds.east), "search.bounds")
    if bounds.south > bounds.north or bounds.west > bounds.east:
        raise Invalid.field(
            "search.bounds",
            Code.OUT_OF_RANGE,
            "south of north, west of east",
            "selatan di bawah utara, barat ke timur",
        )


def _fingerprint(query: Query) -> str:
    """Tells one question's cursors from another's. The moment of "open now" moves on between pages."""
    filters = replace(query.filters, open_at=None)
    asked = repr((query.text, filters, query.filters.open_at is None, query.near, query.sort, query.words))
    return hashlib.blake2b(asked.encode(), digest_size=6).hexdigest()


def _behind(query: Query, cursor: str | None) -> Query:
    """The query from the cursor on: of the question itself, or of its widened form where that was answered."""
    if cursor is None:
        return query
    fingerprint, offset, last = decode_cursor(cursor, 3)
    for words in Words:
        asked = replace(query, words=words)
        if fingerprint == _fingerprint(asked) and offset.isdecimal() and len(offset) <= 6:
            try:
                return replace(asked, after=Place(int(offset), UUID(last)))
            except ValueError as cause:
                raise StaleCursor from cause
    raise StaleCursor
