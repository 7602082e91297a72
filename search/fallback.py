"""Finding listings in the database while the engine is away: plainer, bounded, never wrong about a row."""

from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

from tortoise.expressions import Q

from catalog import sale
from catalog.models import Listing, ListingState, Seller, SellerState
from search import language
from search.engine import MOST_FACET_VALUES, Facets, Filters, Hit, Hits, Query, Sort, without_own
from search.places import Bounds, Point, distance_m

#: Rows that are looked at; hits beyond them are not found until the engine is back.
MOST_ROWS = 500
METRES_A_DEGREE = 111_195
#: A row, and how far away its seller is.
Candidate: TypeAlias = tuple[Listing, float | None]
#: How a row is counted in each facet.
FACETS: dict[str, Callable[[Candidate], str]] = {
    "kind": lambda one: one[0].kind.value,
    "category": lambda one: one[0].category_code,
    "cooperative": lambda one: str(_seller(one[0]).cooperative_id or ""),
}


async def find(query: Query) -> Hits:
    """The page that the query asks for, out of the first MOST_ROWS rows. One statement, and one for each of its
    filters that is a facet."""
    found = await _rows(query)
    counts = {facet: Counter(map(value, found)) for facet, value in FACETS.items()}
    for facet, wider in without_own(query).items():
        counts[facet] = Counter(map(FACETS[facet], await _rows(wider)))
    if query.sort is not Sort.PRICE and query.near is not None:
        found.sort(key=lambda one: (one[1], one[0].pk))
    start = _start([row for row, _ in found], query)
    page = found[start : start + query.first]
    return Hits(
        hits=tuple(Hit(row.pk, None if distance is None else round(distance)) for row, distance in page),
        offset=start,
        total=len(found),
        has_next=start + len(page) < len(found),
        facets=Facets.of({facet: dict(counted.most_common(MOST_FACET_VALUES)) for facet, counted in counts.items()}),
    )


async def _rows(query: Query) -> list[Candidate]:
    order = ("price_from", "id") if query.sort is Sort.PRICE else ("id",)
    rows = await Listing.filter(_condition(query)).order_by(*order).limit(MOST_ROWS).select_related("seller")
    found = [(row, _distance(row, query.near)) for row in rows if _holds(row, query.filters)]
    radius_m = query.filters.radius_m
    if radius_m is None:
        return found
    return [(row, distance) for row, distance in found if distance is not None and distance <= radius_m]


async def suggest(text: str, most: int) -> list[str]:
    """Titles that begin as the text does."""
    words = "".join(letter for letter in text if letter.isprintable()).strip()
    if not words:
        return []
    rows = await Listing.filter(
        title__istartswith=words, state=ListingState.PUBLISHED, seller__state=SellerState.APPROVED
    ).limit(20 * most)
    return list(dict.fromkeys(row.title for row in rows))[:most]


async def sellers(text: str, most: int) -> list[Seller]:
    """Approved sellers whose names hold every word of the text, oldest first."""
    condition = Q(state=SellerState.APPROVED)
    for word in language.words_of(text)[: language.MOST_WORDS]:
        condition &= Q(name__icontains=word)
    return await Seller.filter(condition).order_by("id").limit(most)


def _condition(query: Query) -> Q:
    filters = query.filters
    condition = Q(state=ListingState.PUBLISHED, seller__state=SellerState.APPROVED)
    for word in language.query_words(query.text):
        condition &= Q(title__icontains=word) | Q(seller__name__icontains=word)
    exact: dict[str, object] = {
        "kind": filters.kind,
        "seller__cooperative_id": filters.cooperative_id,
        "seller_id": filters.seller_id,
    }
    for field, value in exact.items():
        if value is not None:
            condition &= Q(**{field: value})  # type: ignore[arg-type]  # Q's own stub
    for field, code in {"category_code": filters.category, "seller__region_code": filters.region_code}.items():
        if code is not None:
            condition &= Q(**{field: code}) | Q(**{f"{field}__startswith": f"{code}."})
    if filters.price_min is not None:
        condition &= Q(price_to__gte=filters.price_min)
    if filters.price_max is not None:
        condition &= Q(price_from__lte=filters.price_max)
    if filters.radius_m is not None and query.near is not None:
        condition &= _box(query.near, filters.radius_m)
    if filters.bounds is not None:
        condition &= _window(filters.bounds)
    return condition


def _box(near: Point, radius_m: int) -> Q:
    """A square around the circle; wide enough in longitude for all of Indonesia, and up to 60 degrees."""
    reach = radius_m / METRES_A_DEGREE * 1.01
    return _window(Bounds(near.lat - reach, near.lon - 2 * reach, near.lat + reach, near.lon + 2 * reach))


def _window(bounds: Bounds) -> Q:
    return Q(
        seller__lat__gte=bounds.south,
        seller__lat__lte=bounds.north,
        seller__lon__gte=bounds.west,
        seller__lon__lte=bounds.east,
    )


def _seller(row: Listing) -> Seller:
    seller: Seller = row.seller
    return seller


def _holds(row: Listing, filters: Filters) -> bool:
    return filters.open_at is None or (
        sale.is_open(_seller(row), filters.open_at) and not sale.is_sold_out_today(row, _seller(row), filters.open_at)
    )


def _distance(row: Listing, near: Point | None) -> float | None:
    return None if near is None else distance_m(near, Point(_seller(row).lat, _seller(row).lon))


def _start(rows: list[Listing], query: Query) -> int:
    if query.after is None:
        return 0
    places = [place for place, row in enumerate(rows) if row.pk == query.after.last]
    return places[0] + 1 if places else min(query.after.offset, len(rows))
