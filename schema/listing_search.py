"""What can be asked of search: the input of a search for listings, as a question to the engine."""

from datetime import datetime

import strawberry

from catalog.models import ListingKind
from marketplace import clock
from marketplace.errors import Code, Invalid
from schema.enums import described
from schema.ids import from_id
from schema.scalars import GeoPointInput, Metres, Rupiah
from search.engine import Filters, Query, Sort
from search.places import Bounds, Point
from search.ranking import policy

described(
    Sort,
    "The order of what is found.",
    {
        "RELEVANCE": "The best match of the words first; with `near`, weighed with nearness.",
        "PRICE": "The cheapest first.",
        "DISTANCE": "The nearest first; needs `near`.",
    },
    name="ListingSort",
)


@strawberry.input(description="A window of a map: south below north, west before east.")
class GeoBoundsInput:
    south: float = strawberry.field(description="Latitude of its lower edge, in degrees.")
    west: float = strawberry.field(description="Longitude of its left edge, in degrees.")
    north: float = strawberry.field(description="Latitude of its upper edge, in degrees.")
    east: float = strawberry.field(description="Longitude of its right edge, in degrees.")


@strawberry.input(description="What to find. Every condition given must hold.")
class ListingSearch:
    text: str = strawberry.field(
        default="",
        description="Words, typos forgiven, the last perhaps only begun: `nasgor`, `ayam gep`. At most 100 letters.",
    )
    kind: ListingKind | None = strawberry.field(default=None, description="Only of this kind.")
    category: str | None = strawberry.field(
        default=None, description="Only in this category or below it, by its code: `food.rice`."
    )
    cooperative: strawberry.ID | None = strawberry.field(
        default=None, description="Only of shops in this co-op's book."
    )
    region_code: str | None = strawberry.field(
        default=None, description="Only within this region, by Kemendagri's code: `35.78`."
    )
    near: GeoPointInput | None = strawberry.field(default=None, description="Where the buyer is.")
    radius: Metres | None = strawberry.field(
        default=None, description="Only shops within so many metres of `near`; at most 200,000."
    )
    bounds: GeoBoundsInput | None = strawberry.field(default=None, description="Only shops in this window of a map.")
    open_now: bool = strawberry.field(default=False, description="Only what can be ordered at this moment.")
    open_at: datetime | None = strawberry.field(
        default=None,
        description="Only what can be ordered at this moment, up to 60 days from now; not with `openNow`.",
    )
    price_min: Rupiah | None = strawberry.field(default=None, description="Some variant costs this or more.")
    price_max: Rupiah | None = strawberry.field(default=None, description="Some variant costs this or less.")
    sort: Sort = strawberry.field(default=Sort.RELEVANCE, description="The order.")


def query_of(search: ListingSearch, first: int) -> Query:
    """The search as a question to the engine; raises Invalid."""
    cooperative, bounds = search.cooperative, search.bounds
    if search.open_now and search.open_at is not None:
        raise Invalid.field("search.openAt", Code.INVALID, "not with openNow", "tidak bersama openNow")
    filters = Filters(
        kind=search.kind.value if search.kind else None,
        category=search.category,
        cooperative_id=from_id("Cooperative", cooperative, "search.cooperative") if cooperative else None,
        region_code=search.region_code,
        open_at=clock.now() if search.open_now else search.open_at,
        price_min=search.price_min,
        price_max=search.price_max,
        radius_m=search.radius,
        bounds=None if bounds is None else Bounds(bounds.south, bounds.west, bounds.north, bounds.east),
    )
    return Query(
        text=search.text,
        filters=filters,
        near=point_of(search.near),
        sort=search.sort,
        first=first,
        ranking=policy.ranking(),
    )


def point_of(near: GeoPointInput | None) -> Point | None:
    return None if near is None else Point(near.lat, near.lon)
