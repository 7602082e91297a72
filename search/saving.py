"""Searches that people save, to be told when something new answers them: each person's own, bounded, erasable."""

from uuid import UUID

from catalog import categories
from marketplace.database import connection, locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.models import Account
from marketplace.inserts import insert_unless_there
from search.engine import Filters, Query
from search.matching import Asked, keys_of
from search.models import SavedSearch, SavedSearchKey, SearchAlert
from search.places import Point
from search.service import check_query

MOST_SAVED = 20


class TooManySearches(MarketplaceError):
    """You keep {limit} searches already: delete one first."""

    code = Code.TOO_MANY
    pesan = "Anda sudah menyimpan {limit} pencarian: hapus satu dahulu."


async def save_search(actor: Actor, query: Query, *, alerts: bool, key: str) -> SavedSearch:
    """Keep the query's words and lasting conditions; raises Unauthenticated, Invalid, TooManySearches.

    It needs words or a category: by them it is found again when something new is put up.
    """
    account_id = signed_in(actor)
    check_query(query)
    filters = query.filters
    if filters.category is not None and categories.find(filters.category) is None:
        raise Invalid.field("search.category", Code.NOT_FOUND, "no such category", "kategori tidak ada")
    keys = keys_of(query.text, filters.category)
    if not keys:
        raise Invalid.field("search.text", Code.REQUIRED, "say words or a category", "sebutkan kata atau kategori")
    row = _row(account_id, query, alerts=alerts)
    async with transaction():
        # Two saved at a time are counted one after the other.
        await locked_one(Account, account_id)
        earlier = await once(account_id, "saveSearch", key, [query.text, repr(filters), query.near, alerts], row.pk)
        if earlier is not None:
            return await _own(actor, earlier)
        if await SavedSearch.filter(account_id=account_id).count() >= MOST_SAVED:
            raise TooManySearches(limit=MOST_SAVED)
        await row.save(force_create=True)
        await insert_unless_there([SavedSearchKey(saved_search_id=row.pk, key=one) for one in keys], connection())
        return row


async def saved_search(actor: Actor, saved_search_id: UUID) -> SavedSearch:
    """The person's own; raises Unauthenticated, NotFound."""
    return await _own(actor, saved_search_id)


async def set_alerts(actor: Actor, saved_search_id: UUID, *, alerts: bool) -> SavedSearch:
    """Tell of what is new from now on, or no more; raises Unauthenticated, NotFound."""
    row = await _own(actor, saved_search_id)
    await SavedSearch.filter(pk=row.pk).update(alerts=alerts)
    row.alerts = alerts
    return row


async def delete_search(actor: Actor, saved_search_id: UUID) -> SavedSearch:
    """Erase it with its alerts; raises Unauthenticated, NotFound."""
    row = await _own(actor, saved_search_id)
    async with transaction():
        await SearchAlert.filter(saved_search_id=row.pk).delete()
        await SavedSearchKey.filter(saved_search_id=row.pk).delete()
        await SavedSearch.filter(pk=row.pk).delete()
    return row


async def saved_searches(actor: Actor) -> list[SavedSearch]:
    """The person's own, the newest first; raises Unauthenticated."""
    return await SavedSearch.filter(account_id=signed_in(actor)).order_by("-id").limit(MOST_SAVED)


def name_of(row: SavedSearch, language: str = "id") -> str:
    """What a saved search is called: its words, or the name of its category."""
    category = None if row.category is None else categories.find(row.category)
    if row.text or category is None:
        return row.text
    return category.name_en if language == "en" else category.name_id


def asked_by(row: SavedSearch) -> Asked:
    """The saved search as it is matched, or asked anew."""
    near = None if row.lat is None or row.lon is None else Point(row.lat, row.lon)
    return Asked(
        row.text,
        Filters(
            kind=row.kind,
            category=row.category,
            cooperative_id=row.cooperative_id,
            region_code=row.region_code,
            price_min=row.price_min,
            price_max=row.price_max,
            radius_m=row.radius_m,
        ),
        near,
    )


def _row(account_id: UUID, query: Query, *, alerts: bool) -> SavedSearch:
    filters = query.filters
    return SavedSearch(
        id=new_id(),
        account_id=account_id,
        text=" ".join(query.text.split()),
        kind=filters.kind,
        category=filters.category,
        cooperative_id=filters.cooperative_id,
        region_code=filters.region_code,
        price_min=filters.price_min,
        price_max=filters.price_max,
        lat=query.near.lat if query.near else None,
        lon=query.near.lon if query.near else None,
        radius_m=filters.radius_m,
        alerts=alerts,
    )


async def _own(actor: Actor, id: UUID) -> SavedSearch:
    account_id = signed_in(actor)
    row = await SavedSearch.get_or_none(pk=id, account_id=account_id)
    if row is None:
        raise NotFound("saved search")
    return row
