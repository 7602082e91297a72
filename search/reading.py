"""From catalogue rows to documents, a batch at a time: three statements, however many listings."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from catalog import categories, hours, reads, sale, stock
from catalog.models import Listing, ListingState, Seller, SellerState, Variant
from marketplace import clock
from search.documents import ListingDocument
from search.engine import Changes
from search.places import Point
from search.ranking.reliability import USUAL, reliabilities
from search.week import Interval, epoch_minute, merged, minus, shifted

MOST_HOLIDAYS = 60


async def changes_of(listing_ids: Sequence[UUID]) -> Changes:
    """What the index must hold of these listings as their rows stand now."""
    listings = await reads.listings_by_id(listing_ids)
    variants = await reads.variants_of(list(listings))
    reliable = await reliabilities(list({row.seller_id for row in listings.values()}))
    put = [
        document(row, row.seller, variants.get(row.pk, []), reliable[row.seller_id])
        for row in listings.values()
        if is_shown(row)
    ]
    shown = {one.id for one in put}
    return Changes(put=put, remove=[id for id in dict.fromkeys(listing_ids) if id not in shown])


def is_shown(listing: Listing) -> bool:
    """Whether a buyer may find it. Needs the listing's seller."""
    seller: Seller = listing.seller
    return listing.state is ListingState.PUBLISHED and seller.state is SellerState.APPROVED


def document(
    listing: Listing, seller: Seller, variants: Sequence[Variant], reliability: int = USUAL
) -> ListingDocument:
    """The listing's document. One that is out of stock is found, but is never open."""
    path = list(_path(listing.category_code))
    weekly, closed, opened = open_times(listing, seller)
    is_left = any(stock.available(variant) != 0 for variant in variants)
    return ListingDocument(
        id=listing.pk,
        seller_id=seller.pk,
        cooperative_id=seller.cooperative_id,
        kind=listing.kind.value,
        title=listing.title,
        description=listing.description,
        seller_name=seller.name,
        categories=tuple(category.code for category in path),
        category_names=(listing.section, *(category.name_id for category in path)),
        region_code=seller.region_code,
        place=Point(seller.lat, seller.lon),
        price_min=listing.price_from,
        price_max=listing.price_to,
        open_minutes=weekly if is_left else (),
        closed_spells=closed,
        opened_spells=opened if is_left else (),
        paused_until=seller.paused_until,
        reliability=reliability,
        is_member=seller.is_member,
        listed_at=listing.created_at,
    )


def open_times(
    listing: Listing, seller: Seller
) -> tuple[tuple[Interval, ...], tuple[Interval, ...], tuple[Interval, ...]]:
    """The usual week in UTC; where it does not hold; and where it is open beyond it (minutes since 1970)."""
    zone = ZoneInfo(seller.time_zone)
    known = sale.seller_hours(seller)
    ahead = clock.now().astimezone(zone).utcoffset() or timedelta()
    usual = [
        (day * hours.DAY_MINUTES + opens, day * hours.DAY_MINUTES + closes)
        for day in range(7)
        for opens, closes in _usual(known, day)
    ]
    closed: list[Interval] = []
    opened: list[Interval] = []
    today = clock.now().astimezone(zone).date()
    coming = sorted(day for day in known.holidays if day >= today - timedelta(days=1))
    for day in coming[:MOST_HOLIDAYS]:
        by_week = _spans(day, zone, lambda one: _usual(known, one.weekday()))
        really = _spans(day, zone, known.of)
        closed += minus(by_week, really)
        opened += minus(really, by_week)
    if listing.sold_out_on is not None:
        gone = _day(listing.sold_out_on, zone)
        closed.append(gone)
        opened = minus(opened, [gone])
    week = shifted(usual, -int(ahead.total_seconds()) // 60) if usual else []
    return tuple(week), tuple(merged(closed)), tuple(opened)


def _usual(known: hours.Hours, weekday: int) -> tuple[hours.Span, ...]:
    return ((0, hours.DAY_MINUTES),) if known.weekly is None else known.weekly.get(weekday, ())


def _spans(day: date, zone: ZoneInfo, of: Callable[[date], tuple[hours.Span, ...]]) -> list[Interval]:
    """What `of` says of the two days from this one's midnight on: all that its spans can reach."""
    start, _ = _day(day, zone)
    end = start + 2 * hours.DAY_MINUTES
    found = []
    for near in (-1, 0, 1):
        midnight = start + near * hours.DAY_MINUTES
        for opens, closes in of(day + timedelta(days=near)):
            found.append((max(midnight + opens, start), min(midnight + closes, end)))
    return merged(found)


def _day(day: date, zone: ZoneInfo) -> Interval:
    start = epoch_minute(datetime.combine(day, time(), zone).astimezone(UTC))
    return start, start + hours.DAY_MINUTES


def _path(code: str) -> Iterator[categories.Category]:
    """The category and those above it."""
    found = categories.find(code)
    while found is not None:
        yield found
        found = categories.find(found.parent_code) if found.parent_code else None
