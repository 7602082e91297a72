"""Tells people of new listings that answer their saved searches. Run again, none is told twice.

A listing is new to a search that was saved before it was made. Of what answers, a person is told MOST_A_DAY times in
any 24 hours; the rest is noted and not told.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tortoise.functions import Count

from catalog import reads
from catalog.models import Listing
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import connection, locked, transaction
from marketplace.identity.models import Account
from marketplace.inserts import insert_unless_there
from marketplace.outbox import OutboxEvent
from search import reading
from search.matching import answers, keys_of_listing
from search.models import SavedSearch, SavedSearchKey, SearchAlert
from search.saving import asked_by, name_of

MOST_A_DAY = 5
DAY = timedelta(days=1)
#: A listing older than this is new to nobody, and so long alerts are kept.
NEW, KEPT = timedelta(days=7), timedelta(days=90)
#: Searches held against a listing at once, and listings of a seller looked at; the rest follow by GOES_ON.
BATCH, MOST_LISTINGS = 500, 100
EVENTS = ("listing.changed", "seller.changed")
GOES_ON, ANSWERED = "search.alerting", "saved_search.answered"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told: which listing of which shop answers which search."""

    account_id: UUID
    saved_search_id: UUID
    search: str
    listing_id: UUID
    listing: str
    shop: str


async def on_change(adapters: object, event: OutboxEvent) -> None:
    """Handler of EVENTS and GOES_ON: hold the next searches against what is new, and tell whose are answered.

    As many statements for a whole shop as for one listing, until something is told.
    """
    if not await SavedSearch.exists(alerts=True):
        return
    about = str(event.payload.get("about", event.event))
    listings = {row.pk: row for row in await _new_listings(about, event.aggregate_id)}
    documents = (await reading.changes_of(list(listings))).put
    after = UUID(event.payload["after"]) if event.event == GOES_ON else None
    ids = await _candidates({key for document in documents for key in keys_of_listing(document)}, after)
    searches = await rows_by(SavedSearch, "id", ids)
    answered = {
        document.id: [
            row for row in searches if _is_new_to(row, listings[document.id]) and answers(document, asked_by(row))
        ]
        for document in documents
    }
    if not any(answered.values()) and len(ids) < BATCH:
        return
    async with transaction():
        for listing_id, rows in answered.items():
            if rows:
                await _write(rows, listing_id)
        if len(ids) == BATCH:
            await outbox.record(GOES_ON, event.aggregate_id, {"about": about, "after": str(ids[-1])})


async def answers_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Answer]:
    """What to tell by these alerts, for who writes notices; none for a search that is gone or silenced."""
    alerts = await rows_by(SearchAlert, "id", ids)
    searches = {row.pk: row for row in await rows_by(SavedSearch, "id", [one.saved_search_id for one in alerts])}
    listings = await reads.listings_by_id([one.listing_id for one in alerts])
    return {
        one.pk: Answer(
            one.account_id,
            one.saved_search_id,
            name_of(searches[one.saved_search_id]),
            one.listing_id,
            listings[one.listing_id].title,
            listings[one.listing_id].seller.name,
        )
        for one in alerts
        if one.is_told
        and one.saved_search_id in searches
        and searches[one.saved_search_id].alerts
        and one.listing_id in listings
        and reading.is_shown(listings[one.listing_id])
    }


async def forget_old(adapters: object = None) -> int:
    """Sweep of the timetable: erase old alerts. Bounded."""
    old = SearchAlert.filter(created_at__lt=clock.now() - KEPT).limit(BATCH)
    ids = await old.values_list("id", flat=True)
    return await SearchAlert.filter(pk__in=list(ids)).delete() if ids else 0


async def _new_listings(about: str, id: UUID) -> list[Listing]:
    """Those of the listing, or of the seller, that are on sale and new, the newest first."""
    found = Listing.filter(created_at__gte=clock.now() - NEW).select_related("seller")
    found = found.filter(seller_id=id) if about == "seller.changed" else found.filter(pk=id)
    return [row for row in await found.order_by("-id").limit(MOST_LISTINGS) if reading.is_shown(row)]


def _is_new_to(row: SavedSearch, listing: Listing) -> bool:
    return row.alerts and row.created_at < listing.created_at


async def _candidates(asked: Collection[str], after: UUID | None) -> list[UUID]:
    if not asked:
        return []
    keys = SavedSearchKey.filter(key__in=list(asked))
    keys = keys if after is None else keys.filter(saved_search_id__gt=after)
    found = keys.order_by("saved_search_id").distinct().limit(BATCH).values_list("saved_search_id", flat=True)
    return [UUID(str(id)) for id in await found]


async def _write(answered: Sequence[SavedSearch], listing_id: UUID) -> None:
    """Note each person's first search that the listing answers, and tell of it within the day's bound."""
    searches = {row.account_id: row for row in sorted(answered, key=lambda row: row.pk, reverse=True)}
    # One listing at a time is told to a person, so that the bound holds.
    await locked(Account, searches)
    told = await _told_lately(list(searches))
    alerts = [
        SearchAlert(
            account_id=account_id,
            saved_search_id=row.pk,
            listing_id=listing_id,
            is_told=told[account_id] < MOST_A_DAY,
        )
        for account_id, row in searches.items()
    ]
    written = await insert_unless_there(alerts, connection())
    for alert in alerts:
        if alert.pk in written and alert.is_told:
            await outbox.record(ANSWERED, alert.pk)


async def _told_lately(account_ids: Sequence[UUID]) -> Counter[UUID]:
    told = SearchAlert.filter(account_id__in=list(account_ids), is_told=True, created_at__gt=clock.now() - DAY)
    counted = await told.annotate(number=Count("id")).group_by("account_id").values("account_id", "number")
    return Counter({UUID(str(row["account_id"])): row["number"] for row in counted})
