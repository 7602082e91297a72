"""Search beside the list of listings: as one types, over everything at once, what is related, how hits are ranked."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.context import Info
from schema.cooperatives import Cooperative
from schema.costs import SEARCHED, cost
from schema.ids import from_id
from schema.listing_search import point_of
from schema.regions import Category
from schema.scalars import GeoPointInput, Metres
from schema.search import ListingSearchEdge, edges_of
from search import ahead, everything
from search.engine import MOST_SUGGESTIONS, Facets, Query
from search.ranking import policy
from search.service import Found

if TYPE_CHECKING:
    from schema.sellers import Seller

SellerType = Annotated["Seller", strawberry.lazy("schema.sellers")]
Near = Annotated[GeoPointInput | None, strawberry.argument(description="Where the buyer is.")]


@strawberry.type(description="Ways to go on with what is being typed.")
class TypeAhead:
    listings: list[str] = strawberry.field(
        description="Up to 10 titles to search for, the most frequent first; near ones where there are any."
    )
    sellers: list[SellerType] = strawberry.field(description="Up to 5 shops whose names go on so; near ones first.")
    categories: list[Category] = strawberry.field(description="Up to 5 categories whose names go on so.")
    recent: list[str] = strawberry.field(
        description="Up to 5 of the person's own recent searches; empty for nobody. See `rememberSearch`."
    )


@strawberry.type(description="Everything that a text may mean, the best of each sort first.")
class SearchEverything:
    listings: list[ListingSearchEdge] = strawberry.field(description="Goods and food.")
    services: list[ListingSearchEdge] = strawberry.field(description="Services.")
    sellers: list[SellerType] = strawberry.field(description="Shops of that name; at most 10.")
    cooperatives: list[Cooperative] = strawberry.field(description="Co-ops of that name.")
    degraded: bool = strawberry.field(description="True while the search engine is away and the database answers.")


@strawberry.type(
    description="What counts beside the words when listings are ranked; nothing that anyone pays for does."
)
class SearchWeights:
    open_percent: int = strawberry.field(description="By how much what can be ordered now is lifted.")
    reliability_percent: int = strawberry.field(
        description="By how much a shop is lifted that accepted all orders in time and cancelled none."
    )
    freshness_percent: int = strawberry.field(description="By how much what was put up just now is lifted.")
    members_percent: int = strawberry.field(description="By how much members' shops are lifted over hosted ones.")
    half_worth: Metres = strawberry.field(description="What is so far away counts half as much as at the door.")


@strawberry.type
class SearchingQuery:
    @strawberry.field(
        description="For each letter typed: titles, shops, categories and recent searches that go on so, in one "
        "bounded request. Recent ones alone while nothing is typed. Needs no account.",
        directives=[cost(SEARCHED.weight, rows=MOST_SUGGESTIONS)],
    )
    async def type_ahead(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="What is typed so far: `kopi s`.")],
        near: Near = None,
    ) -> TypeAhead:
        from schema.sellers import Seller

        found = await ahead.type_ahead(info.context.adapters.engine, info.context.actor, text, point_of(near))
        return TypeAhead(
            listings=list(found.titles),
            sellers=[Seller.of(row) for row in found.sellers],
            categories=[Category.of(row) for row in found.categories],
            recent=list(found.recent),
        )

    @strawberry.field(
        description="Listings, services, shops and co-ops that answer a text, in one request. Needs no account.",
        directives=[cost(3 * SEARCHED.weight)],
    )
    async def search_everything(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="Words, as for `listings`.")],
        near: Near = None,
        first: Annotated[int, strawberry.argument(description="Of each sort, 1 to 20.")] = 5,
    ) -> SearchEverything:
        from schema.sellers import Seller

        place, ranking = point_of(near), policy.ranking()
        found = await everything.search_everything(
            info.context.adapters.engine, text, place, first=first, ranking=ranking
        )
        asked = Query(text, near=place, ranking=ranking)
        return SearchEverything(
            listings=edges_of(found.listings, asked),
            services=edges_of(found.services, asked),
            sellers=[Seller.of(row) for row in found.sellers],
            cooperatives=[Cooperative.of(row) for row in found.cooperatives],
            degraded=found.listings.degraded or found.services.degraded,
        )

    @strawberry.field(
        description="Listings alike, near the same shop, to show beside one. Needs no account.",
        directives=[cost(2 * SEARCHED.weight)],
    )
    async def related_listings(
        self,
        info: Info,
        listing: Annotated[strawberry.ID, strawberry.argument(description="The Listing that is looked at.")],
        first: Annotated[int, strawberry.argument(description="1 to 20.")] = 6,
    ) -> list[ListingSearchEdge]:
        id = from_id("Listing", listing, "listing")
        ranking = policy.ranking()
        rows = await everything.related_listings(info.context.adapters.engine, id, first=first, ranking=ranking)
        found = Found(tuple(rows), None, len(rows), False, Facets(), False)
        return edges_of(found, Query(ranking=ranking))

    @strawberry.field(description="How this node ranks what is found: a policy that its operator sets.")
    def search_weights(self) -> SearchWeights:
        weights = policy.weights()
        return SearchWeights(
            open_percent=weights.open_percent,
            reliability_percent=weights.reliability_percent,
            freshness_percent=weights.freshness_percent,
            members_percent=weights.members_percent,
            half_worth=Metres(weights.half_worth_m),
        )
