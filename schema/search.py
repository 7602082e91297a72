"""Finding listings by words, place, price and hours; completing words as they are typed."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from catalog import categories
from catalog.models import ListingKind
from marketplace import clock
from schema.context import Info
from schema.cooperatives import Cooperative, cooperative_of
from schema.costs import SEARCHED
from schema.enums import described
from schema.ids import from_id
from schema.paging import PageInfo
from schema.regions import Category
from schema.scalars import GeoPointInput, Metres, Rupiah
from search import service
from search.engine import Facets, Filters, Query, Sort
from search.places import Point

if TYPE_CHECKING:
    from schema.listings import Listing

ListingType = Annotated["Listing", strawberry.lazy("schema.listings")]

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
    open_now: bool = strawberry.field(default=False, description="Only what can be ordered at this moment.")
    price_min: Rupiah | None = strawberry.field(default=None, description="Some variant costs this or more.")
    price_max: Rupiah | None = strawberry.field(default=None, description="Some variant costs this or less.")
    sort: Sort = strawberry.field(default=Sort.RELEVANCE, description="The order.")


@strawberry.type(description="A listing found, with its place in the list.")
class ListingSearchEdge:
    node: ListingType = strawberry.field(description="The listing.")
    cursor: str = strawberry.field(description="Pass as `after` to go on behind it.")
    distance: Metres | None = strawberry.field(description="From `near` to the shop; null without `near`.")


@strawberry.type(description="How much of what was found is of a kind.")
class KindFacet:
    kind: ListingKind = strawberry.field(description="The kind.")
    count: int = strawberry.field(description="Listings found of it.")


@strawberry.type(description="How much of what was found is in a category.")
class CategoryFacet:
    category: Category = strawberry.field(description="The category.")
    count: int = strawberry.field(description="Listings found in it, not below it.")


@strawberry.type(description="How much of what was found is of a co-op.")
class CooperativeFacet:
    cooperative: Cooperative = strawberry.field(description="The co-op.")
    count: int = strawberry.field(description="Listings found of it.")


@strawberry.type(description="Counts over all that was found, not the page alone. At most 50 values each.")
class ListingFacets:
    found: strawberry.Private[Facets]

    @strawberry.field(description="By kind, most frequent first.")
    def kinds(self) -> list[KindFacet]:
        return [KindFacet(kind=ListingKind(kind), count=count) for kind, count in self.found.kinds.items()]

    @strawberry.field(description="By category, most frequent first.")
    def categories(self) -> list[CategoryFacet]:
        known = ((categories.find(code), count) for code, count in self.found.categories.items())
        return [CategoryFacet(category=Category.of(row), count=count) for row, count in known if row is not None]

    @strawberry.field(description="By co-op, most frequent first.")
    async def cooperatives(self, info: Info) -> list[CooperativeFacet]:
        counts = self.found.cooperatives
        known = [(await cooperative_of(info, id), count) for id, count in counts.items()]
        return [CooperativeFacet(cooperative=row, count=count) for row, count in known if row is not None]


@strawberry.type(description="A page of what was found.")
class ListingSearchConnection:
    edges: list[ListingSearchEdge] = strawberry.field(description="The listings with their cursors.")
    nodes: list[ListingType] = strawberry.field(description="The listings alone.")
    page_info: PageInfo = strawberry.field(description="Whether more follow.")
    facets: ListingFacets = strawberry.field(description="How what was found spreads over kinds, categories, co-ops.")
    total: int = strawberry.field(description="How many were found; counted to 10,000.")
    degraded: bool = strawberry.field(
        description="True while the search engine is away and a plainer search answers: fewer hits, no typos."
    )
    is_widened: bool = strawberry.field(
        description="True when nothing on sale has every word that was asked for, and these have most of them."
    )


@strawberry.type(description="A way to go on with what is being typed.")
class Suggestion:
    text: str = strawberry.field(description="Search for this.")


@strawberry.type
class SearchQuery:
    @strawberry.field(
        description="Listings for sale that match; all of them without `search`. Needs no account.",
        directives=[SEARCHED],
    )
    async def listings(
        self,
        info: Info,
        search: Annotated[ListingSearch | None, strawberry.argument(description="What to find.")] = None,
        first: Annotated[int, strawberry.argument(description="1 to 100.")] = 20,
        after: Annotated[str | None, strawberry.argument(description="A cursor of this search.")] = None,
    ) -> ListingSearchConnection:
        query = _query(search or ListingSearch(), first)
        return _shown(await service.find_listings(info.context.adapters.engine, query, after=after), after)

    @strawberry.field(
        description="Up to 10 ways to go on with what is being typed; near ones where there are any.",
        directives=[SEARCHED],
    )
    async def suggest(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="What is typed so far: `kopi s`.")],
        near: Annotated[GeoPointInput | None, strawberry.argument(description="Where the buyer is.")] = None,
    ) -> list[Suggestion]:
        titles = await service.suggest(info.context.adapters.engine, text, _point(near))
        return [Suggestion(text=title) for title in titles]


def _query(search: ListingSearch, first: int) -> Query:
    cooperative = search.cooperative
    filters = Filters(
        kind=search.kind.value if search.kind else None,
        category=search.category,
        cooperative_id=from_id("Cooperative", cooperative, "search.cooperative") if cooperative else None,
        region_code=search.region_code,
        open_at=clock.now() if search.open_now else None,
        price_min=search.price_min,
        price_max=search.price_max,
        radius_m=search.radius,
    )
    return Query(text=search.text, filters=filters, near=_point(search.near), sort=search.sort, first=first)


def _point(near: GeoPointInput | None) -> Point | None:
    return None if near is None else Point(near.lat, near.lon)


def _shown(found: service.Found, after: str | None) -> ListingSearchConnection:
    from schema.listings import Listing
    from schema.sellers import Seller

    sellers = {one.row.seller_id: Seller.of(one.row.seller) for one in found.listings}
    edges = [
        ListingSearchEdge(
            node=Listing.of(one.row, sellers[one.row.seller_id]),
            cursor=one.cursor,
            distance=None if one.distance_m is None else Metres(one.distance_m),
        )
        for one in found.listings
    ]
    return ListingSearchConnection(
        edges=edges,
        nodes=[edge.node for edge in edges],
        page_info=PageInfo(
            has_next_page=found.has_next,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=found.end_cursor,
        ),
        facets=ListingFacets(found=found.facets),
        total=found.total,
        degraded=found.degraded,
        is_widened=found.is_widened,
    )
