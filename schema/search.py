"""Finding listings by words, place, price and hours; completing words as they are typed."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from catalog import categories
from catalog import models as rows
from catalog.models import ListingKind
from cooperatives.membership.service import cooperatives_by_id
from schema.context import Info
from schema.cooperatives import Cooperative
from schema.costs import SEARCHED, cost
from schema.enums import described
from schema.listing_search import ListingSearch, point_of, query_of
from schema.paging import PageInfo
from schema.regions import Category
from schema.scalars import GeoPointInput, Metres
from search import alternatives, correcting, counting, marking, service
from search.alternatives import Condition
from search.engine import Facets, Query, Sort

if TYPE_CHECKING:
    from schema.listings import Listing

ListingType = Annotated["Listing", strawberry.lazy("schema.listings")]

described(
    Condition,
    "A condition of a search that may be given up for something to be found.",
    {
        "OPEN": "That it can be ordered at that time.",
        "PRICE": "The range of prices.",
        "AREA": "The radius, the map's window, the region.",
        "SELLER": "The shop.",
        "COOPERATIVE": "The co-op.",
        "CATEGORY": "The category and the kind.",
    },
    name="SearchCondition",
)


@strawberry.type(description="Part of a text. All parts joined are the text itself: show each as plain text.")
class TextPiece:
    text: str = strawberry.field(description="Plain text, never markup.")
    is_match: bool = strawberry.field(description="Whether it answers what was searched for.")


@strawberry.type(description="A listing found, with its place in the list.")
class ListingSearchEdge:
    node: ListingType = strawberry.field(description="The listing.")
    cursor: str = strawberry.field(description="Pass as `after` to go on behind it.")
    distance: Metres | None = strawberry.field(description="From `near` to the shop; null without `near`.")
    row: strawberry.Private[rows.Listing]
    marks: strawberry.Private[marking.Marks]

    @strawberry.field(description="The listing's title in pieces, those marked that answer the words.")
    def title(self) -> list[TextPiece]:
        return _pieces(self.marks, self.row.title)

    @strawberry.field(description="The shop's name in pieces, marked likewise.")
    def seller_name(self) -> list[TextPiece]:
        return _pieces(self.marks, self.row.seller.name)

    is_lifted_as_members: bool = strawberry.field(
        description="True where this node ranks members' shops higher and this is one: say so beside it."
    )


@strawberry.type(description="How much of what was found is of a kind.")
class KindFacet:
    kind: ListingKind = strawberry.field(description="The kind.")
    count: int = strawberry.field(description="Listings of it, whatever kind was asked for.")


@strawberry.type(description="How much of what was found is in a category.")
class CategoryFacet:
    category: Category = strawberry.field(description="The category.")
    count: int = strawberry.field(description="Listings in it, not below it; whatever category was asked for.")


@strawberry.type(description="How much of what was found is of a co-op.")
class CooperativeFacet:
    cooperative: Cooperative = strawberry.field(description="The co-op.")
    count: int = strawberry.field(description="Listings of it, whatever co-op was asked for.")


@strawberry.type(
    description="Counts over all that was found, not the page alone; at most 50 values each. Each is counted under "
    "all conditions but its own: who asked for one kind sees how much there is of the others."
)
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
        known = await info.context.load_many(cooperatives_by_id, list(counts))
        return [CooperativeFacet(cooperative=Cooperative.of(row), count=counts[row.pk]) for row in known]


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
    query: strawberry.Private[Query]
    found: strawberry.Private[service.Found]

    @strawberry.field(
        description="What the words were perhaps meant as, in words that are held; null where it finds no more.",
        directives=[SEARCHED],
    )
    async def did_you_mean(self, info: Info) -> "SearchCorrection | None":
        better = await correcting.corrected(info.context.adapters.engine, self.query, self.found)
        return None if better is None else SearchCorrection(text=better.text, total=better.total)

    @strawberry.field(
        description="Where nothing was found: what would be, without a condition that was given. Null otherwise.",
        directives=[cost(3 * SEARCHED.weight, rows=alternatives.SHOWN)],
    )
    async def alternative(self, info: Info) -> "SearchAlternative | None":
        if self.found.total or self.found.is_behind:
            return None
        nearest = await alternatives.nearest(info.context.adapters.engine, self.query)
        if nearest is None:
            return None
        return SearchAlternative(
            without=list(nearest.without), total=nearest.found.total, edges=edges_of(nearest.found, self.query)
        )


@strawberry.type(description="Other words for what was searched for.")
class SearchCorrection:
    text: str = strawberry.field(description="Search for this instead.")
    total: int = strawberry.field(description="How many are then found, under the same conditions.")


@strawberry.type(description="What is found when conditions of a search are given up.")
class SearchAlternative:
    without: list[Condition] = strawberry.field(description="The conditions that were given up.")
    total: int = strawberry.field(description="How many are then found.")
    edges: list[ListingSearchEdge] = strawberry.field(
        description="The first five; the nearest first where AREA was given up."
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
        query = query_of(search or ListingSearch(), first)
        found = await service.find_listings(info.context.adapters.engine, query, after=after)
        if after is None:
            counting.count_search(query.text, found)
        return _shown(found, query, after)

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
        titles = await service.suggest(info.context.adapters.engine, text, point_of(near))
        return [Suggestion(text=title) for title in titles]


def edges_of(found: service.Found, query: Query) -> list[ListingSearchEdge]:
    """What was found as clients see it, with what in it answers the query."""
    from schema.listings import Listing
    from schema.sellers import Seller

    lifts_members = bool(query.ranking and query.ranking.weights.members_percent and query.sort is Sort.RELEVANCE)
    sellers = {one.row.seller_id: Seller.of(one.row.seller) for one in found.listings}
    marks = marking.Marks(query.text)
    return [
        ListingSearchEdge(
            node=Listing.of(one.row, sellers[one.row.seller_id]),
            cursor=one.cursor,
            distance=None if one.distance_m is None else Metres(one.distance_m),
            is_lifted_as_members=lifts_members and one.row.seller.is_member,
            row=one.row,
            marks=marks,
        )
        for one in found.listings
    ]


def _pieces(marks: marking.Marks, text: str) -> list[TextPiece]:
    return [TextPiece(text=piece.text, is_match=piece.is_match) for piece in marks.pieces(text)]


def _shown(found: service.Found, query: Query, after: str | None) -> ListingSearchConnection:
    edges = edges_of(found, query)
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
        query=query,
        found=found,
    )
