"""What a person keeps of searching: searches with alerts, what was searched for lately; and what was opened."""

from datetime import datetime
from typing import Annotated

import strawberry

from catalog.models import ListingKind
from schema.context import Info
from schema.costs import cost
from schema.ids import from_id, to_id
from schema.listing_search import ListingSearch, query_of
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPoint, Metres, Rupiah, rupiah_or_none
from search import counting, recent, saving
from search import models as rows


@strawberry.type(description="A search that you keep, to be told of what is new.")
class SavedSearch:
    id: strawberry.ID = strawberry.field(description="To change or delete it by.")
    text: str = strawberry.field(description="The words; may be empty where a category is given.")
    kind: ListingKind | None = strawberry.field(description="Only of this kind.")
    category: str | None = strawberry.field(description="Only in this category or below it, by its code.")
    region_code: str | None = strawberry.field(description="Only within this region.")
    price_min: Rupiah | None = strawberry.field(description="Some variant costs this or more.")
    price_max: Rupiah | None = strawberry.field(description="Some variant costs this or less.")
    near: GeoPoint | None = strawberry.field(description="Where you look.")
    radius: Metres | None = strawberry.field(description="Only within so many metres of it.")
    alerts: bool = strawberry.field(description="Whether you are told of new listings that answer it.")
    created_at: datetime = strawberry.field(description="Since when it is kept: older listings are not new to it.")

    @classmethod
    def of(cls, row: rows.SavedSearch) -> "SavedSearch":
        near = saving.asked_by(row).near
        return cls(
            id=to_id("SavedSearch", row.pk),
            text=row.text,
            kind=None if row.kind is None else ListingKind(row.kind),
            category=row.category,
            region_code=row.region_code,
            price_min=rupiah_or_none(row.price_min),
            price_max=rupiah_or_none(row.price_max),
            near=None if near is None else GeoPoint(lat=near.lat, lon=near.lon),
            radius=None if row.radius_m is None else Metres(row.radius_m),
            alerts=row.alerts,
            created_at=row.created_at,
        )


@strawberry.type(description="Something that you searched for.")
class RecentSearch:
    text: str = strawberry.field(description="As it was typed.")
    searched_at: datetime = strawberry.field(description="When last.")

    @classmethod
    def of(cls, row: rows.RecentSearch) -> "RecentSearch":
        return cls(text=row.text, searched_at=row.searched_at)


@strawberry.type(description="What you searched for lately, the last first.")
class RecentSearches:
    searches: list[RecentSearch] = strawberry.field(description="At most 20, kept for 90 days.")

    @classmethod
    def of(cls, found: list[rows.RecentSearch]) -> "RecentSearches":
        return cls(searches=[RecentSearch.of(row) for row in found])


@strawberry.type
class ViewerSearches:
    @strawberry.field(
        description="Searches that you keep, the newest first; at most 20.", directives=[cost(2, rows=20)]
    )
    async def saved_searches(self, info: Info) -> list[SavedSearch]:
        return [SavedSearch.of(row) for row in await saving.saved_searches(info.context.actor)]

    @strawberry.field(
        description="What you searched for lately, the last first; at most 20.", directives=[cost(2, rows=20)]
    )
    async def recent_searches(self, info: Info) -> list[RecentSearch]:
        return [RecentSearch.of(row) for row in await recent.recent_searches(info.context.actor)]


@strawberry.input(description="A search to keep. Its `sort`, `bounds`, `openNow` and `openAt` are not kept.")
class SaveSearchInput:
    search: ListingSearch = strawberry.field(description="With words or a category.")
    alerts: bool = strawberry.field(
        default=True, description="Tell me of new listings that answer it: at most 5 in 24 hours for all searches."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whether to be told.")
class SetSearchAlertsInput:
    saved_search: strawberry.ID = strawberry.field(description="One of your own.")
    alerts: bool = strawberry.field(description="True: from now on; false: no more.")


@strawberry.input(description="Which search to keep no more.")
class DeleteSavedSearchInput:
    saved_search: strawberry.ID = strawberry.field(description="One of your own.")


@strawberry.input(description="What was searched for, once the buyer sent it off: not every letter.")
class RememberSearchInput:
    text: str = strawberry.field(description="As it was typed, at most 100 letters.")


@strawberry.input(description="What to erase of your recent searches.")
class ForgetSearchesInput:
    text: str | None = strawberry.field(default=None, description="This one; left out: all of them.")


@strawberry.input(description="What was opened of a page of hits.")
class NoteSearchClickInput:
    text: str = strawberry.field(description="The words searched for.")
    position: int = strawberry.field(description="Its place in the list, 1 to 100.")


@strawberry.type(description="That it was counted, without saying of whom.")
class SearchClickNoted:
    position: int = strawberry.field(description="The place that was counted.")


SavedSearchResult = Annotated[
    SavedSearch | Problem, strawberry.union("SavedSearchResult", description="The search, or why not.")
]
RecentSearchesResult = Annotated[
    RecentSearches | Problem, strawberry.union("RecentSearchesResult", description="What is kept, or why not.")
]
NoteSearchClickResult = Annotated[
    SearchClickNoted | Problem, strawberry.union("NoteSearchClickResult", description="The count, or why not.")
]


@strawberry.type
class SavedSearchMutation:
    @strawberry.mutation(
        description="Keep a search and be told of new listings that answer it. Fails with INVALID, TOO_MANY (20)."
    )
    @intent
    async def save_search(
        self, info: Info, input: Annotated[SaveSearchInput, strawberry.argument(description="Which.")]
    ) -> SavedSearchResult:
        row = await saving.save_search(
            info.context.actor, query_of(input.search, 1), alerts=input.alerts, key=input.idempotency_key
        )
        return SavedSearch.of(row)

    @strawberry.mutation(description="Be told of what answers a search of yours, or no more. Fails with NOT_FOUND.")
    @intent
    async def set_search_alerts(
        self, info: Info, input: Annotated[SetSearchAlertsInput, strawberry.argument(description="Which.")]
    ) -> SavedSearchResult:
        id = from_id("SavedSearch", input.saved_search, "savedSearch")
        return SavedSearch.of(await saving.set_alerts(info.context.actor, id, alerts=input.alerts))

    @strawberry.mutation(description="Erase a search of yours, with what was told of it. Fails with NOT_FOUND.")
    @intent
    async def delete_saved_search(
        self, info: Info, input: Annotated[DeleteSavedSearchInput, strawberry.argument(description="Which.")]
    ) -> SavedSearchResult:
        id = from_id("SavedSearch", input.saved_search, "savedSearch")
        return SavedSearch.of(await saving.delete_search(info.context.actor, id))

    @strawberry.mutation(
        description="Keep what was searched for among your recent searches, for you alone. Without an account a "
        "front end keeps them on the device. Fails with UNAUTHENTICATED, TOO_LONG."
    )
    @intent
    async def remember_search(
        self, info: Info, input: Annotated[RememberSearchInput, strawberry.argument(description="What.")]
    ) -> RecentSearchesResult:
        return RecentSearches.of(await recent.remember(info.context.actor, input.text))

    @strawberry.mutation(description="Erase one of your recent searches, or all. Fails with UNAUTHENTICATED.")
    @intent
    async def forget_searches(
        self, info: Info, input: Annotated[ForgetSearchesInput, strawberry.argument(description="What.")]
    ) -> RecentSearchesResult:
        return RecentSearches.of(await recent.forget(info.context.actor, input.text))

    @strawberry.mutation(
        description="Count that something found was opened, and at which place; not by whom. Needs no account."
    )
    @intent
    async def note_search_click(
        self, info: Info, input: Annotated[NoteSearchClickInput, strawberry.argument(description="What.")]
    ) -> NoteSearchClickResult:
        counting.count_click(input.text, input.position)
        return SearchClickNoted(position=input.position)
