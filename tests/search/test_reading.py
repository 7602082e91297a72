"""A document says of a moment what the catalogue says of it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import hours, sale
from catalog.models import Listing, ListingKind, ListingState, Seller, SellerState, Variant
from marketplace import clock
from marketplace.database import new_id
from search import week
from search.documents import ListingDocument
from search.reading import document
from search.week import minute_of_week

MONDAY = date(2026, 11, 23)


def a_listing(**facts: Any) -> Listing:
    return Listing(kind=ListingKind.FOOD, category_code="food.rice", section="Andalan", title="Nasi goreng", **facts)


def a_shop(**facts: Any) -> Seller:
    base = {"name": "Warung", "region_code": "35.78.19", "lat": -7.25, "lon": 112.75, "cooperative_id": new_id()}
    return Seller(state=SellerState.APPROVED, **{**base, **facts})


def says_open(one: ListingDocument, at: datetime) -> bool:
    """As both engines ask it."""
    spell = set(week.spell_blocks_at(at))
    weekly = set(week.blocks(one.open_minutes)) & set(week.blocks_at(minute_of_week(at.astimezone(UTC))))
    closed, opened = set(week.spell_blocks(one.closed_spells)), set(week.spell_blocks(one.opened_spells))
    is_paused = one.paused_until is not None and int(one.paused_until.timestamp()) > int(at.timestamp())
    return bool((weekly and not closed & spell) or opened & spell) and not is_paused


spans = st.lists(
    st.tuples(st.integers(0, 1_439), st.integers(1, 1_440)).map(lambda two: (two[0], two[0] + two[1])), max_size=3
).filter(lambda day: hours.fault(day) is None)
weeks = st.none() | st.dictionaries(st.integers(0, 6), spans).map(
    lambda days: [[day, *span] for day, found in days.items() for span in found]
)
holidays = st.dictionaries(
    st.integers(0, 9).map(lambda ahead: (MONDAY + timedelta(days=ahead)).isoformat()),
    spans.map(lambda found: [list(span) for span in found]),
    max_size=4,
)
ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]


@given(weeks, holidays, st.sampled_from(ZONES), st.integers(0, 10 * 1_440), st.none() | st.integers(0, 9))
def test_open_is_what_the_shops_hours_say(
    weekly: Any, special: Any, zone: str, minutes: int, sold_out: int | None
) -> None:
    seller = a_shop(opening_hours=weekly, holidays=special, time_zone=zone)
    gone = None if sold_out is None else MONDAY + timedelta(days=sold_out)
    listing = a_listing(sold_out_on=gone)
    start = datetime(2026, 11, 23, tzinfo=UTC)
    clock.use(lambda: start)
    try:
        made = document(listing, seller, [Variant(price=1)])
    finally:
        clock.use(None)
    at = start + timedelta(minutes=minutes)
    expected = sale.is_open(seller, at) and not sale.is_sold_out_today(listing, seller, at)
    assert says_open(made, at) == expected


def test_what_a_document_holds() -> None:
    seller = a_shop()
    made = document(a_listing(price_from=10_000, price_to=20_000), seller, [Variant(price=10_000)])
    assert made.categories == ("food.rice", "food")
    assert made.category_names == ("Andalan", "Aneka nasi", "Makanan & minuman")
    assert made.regions == ("35", "35.78", "35.78.19")
    assert (made.price_min, made.price_max) == (10_000, 20_000)


@pytest.mark.parametrize(
    ("stock", "is_open"),
    [([None], True), ([5], True), ([0], False), ([0, 3], True), ([0, 0], False), ([], False)],
)
def test_what_is_out_of_stock_is_not_open(stock: list[int | None], is_open: bool) -> None:
    variants = [Variant(price=1, on_hand=on_hand) for on_hand in stock]
    assert says_open(document(a_listing(), a_shop(), variants), clock.now()) == is_open


@pytest.mark.parametrize("state", list(ListingState))
def test_only_what_is_published_is_shown(state: ListingState) -> None:
    from search.reading import is_shown

    listing = a_listing(state=state)
    listing.seller = a_shop()
    assert is_shown(listing) == (state is ListingState.PUBLISHED)
