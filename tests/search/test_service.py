"""Searching as the API does: checked, paged by cursors, and answered from the database when the engine is away."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from catalog.models import Listing, ListingKind, ListingState, Seller, SellerState
from marketplace import clock
from marketplace.errors import Code, Invalid
from marketplace.paging import StaleCursor, encode_cursor
from marketplace.settings import Settings
from search import projector
from search.embedded import EmbeddedEngine
from search.engine import Changes, EngineUnavailable, Filters, Hits, Query, SearchEngine, Sort
from search.places import Point
from search.service import Found, find_listings, suggest
from tests.catalog.shops import a_cooperative, a_seller, a_variant

pytestmark = pytest.mark.anyio

TUGU_PAHLAWAN = Point(-7.2458, 112.7378)


class Away(EmbeddedEngine):
    """An engine that can't be reached."""

    async def find(self, query: Query) -> Hits:
        raise EngineUnavailable

    async def suggest(self, text: str, near: Point | None = None) -> list[str]:
        raise EngineUnavailable

    async def write(self, changes: Changes) -> None:
        raise EngineUnavailable


@pytest.fixture(params=["engine", "database"])
async def engine(request: pytest.FixtureRequest, db: Settings) -> AsyncIterator[SearchEngine]:
    """The embedded engine, and the database in its stead: the same answers to plain questions."""
    kind = EmbeddedEngine if request.param == "engine" else Away
    made = kind(db.folder / "search")
    assert made.can_write()
    yield made
    await made.close()


async def town() -> dict[str, Any]:
    """Two shops: one near and open, one 10 km off, paused, in another co-op."""
    food = await a_cooperative()
    market = await a_cooperative("pasar-makmur", "MKT")
    near = await a_seller(food, name="Warung Bu Sri", lat=-7.2460, lon=112.7380)
    far = await a_seller(
        market,
        name="Kios Pak Budi",
        lat=-7.3358,
        lon=112.7378,
        region_code="35.15.01",
        paused_until=clock.now() + timedelta(hours=1),
    )
    await a_variant(near, title="Nasi goreng jawa", price=18_000)
    await a_variant(near, title="Nasi pecel", price=12_000)
    rice = await a_variant(far, title="Nasi jagung instan", price=30_000)
    await Listing.filter(id=rice.listing_id).update(kind=ListingKind.GOODS, category_code="goods.rice")
    return {"food": food, "market": market, "near": near, "far": far}


async def titles(engine: SearchEngine, query: Query) -> list[str]:
    return [one.row.title for one in (await find_listings(engine, query)).listings]


async def test_where_nothing_has_every_word_what_has_most_of_them_is_shown_and_paged(db: Settings) -> None:
    await town()
    engine = EmbeddedEngine(db.folder / "search")
    assert engine.can_write()
    await projector.reindex(engine)
    exact = await find_listings(engine, Query("nasi pecel"))
    assert (exact.is_widened, exact.total) == (False, 1)
    first = await find_listings(engine, Query("nasi rendang", first=2))
    assert (first.is_widened, first.total, first.has_next) == (True, 3, True)
    second = await find_listings(engine, Query("nasi rendang", first=2), after=first.end_cursor)
    assert (second.is_widened, len(second.listings), second.has_next) == (True, 1, False)
    assert not {one.row.pk for one in first.listings} & {one.row.pk for one in second.listings}
    assert (await find_listings(engine, Query("rendang"))).is_widened is False
    with pytest.raises(StaleCursor):
        await find_listings(engine, Query("nasi campur", first=2), after=first.end_cursor)
    await engine.close()


async def test_the_database_answers_as_the_engine_does(engine: SearchEngine) -> None:
    rows = await town()
    await projector.reindex(engine)
    jawa, pecel, jagung = "Nasi goreng jawa", "Nasi pecel", "Nasi jagung instan"
    for filters, expected in [
        (Filters(), {jawa, pecel, jagung}),
        (Filters(kind="GOODS"), {jagung}),
        (Filters(category="food"), {jawa, pecel}),
        (Filters(category="food.rice"), {jawa, pecel}),
        (Filters(category="foo"), set()),
        (Filters(region_code="35.78"), {jawa, pecel}),
        (Filters(cooperative_id=rows["market"].pk), {jagung}),
        (Filters(seller_id=rows["near"].pk), {jawa, pecel}),
        (Filters(price_min=13_000), {jawa, jagung}),
        (Filters(price_max=18_000), {jawa, pecel}),
        (Filters(open_at=clock.now()), {jawa, pecel}),
        (Filters(radius_m=2_000), {jawa, pecel}),
        (Filters(radius_m=20_000), {jawa, pecel, jagung}),
    ]:
        found = await find_listings(engine, Query("nasi", filters, near=TUGU_PAHLAWAN))
        assert {one.row.title for one in found.listings} == expected, filters
        assert found.total == len(expected)
        assert found.degraded == isinstance(engine, Away)
    assert await titles(engine, Query("nasi", sort=Sort.PRICE)) == [pecel, jawa, jagung]
    nearest = await find_listings(engine, Query("nasi", near=TUGU_PAHLAWAN, sort=Sort.DISTANCE))
    assert nearest.listings[-1].row.title == jagung
    assert nearest.listings[-1].distance_m == pytest.approx(10_007, rel=0.01)
    assert nearest.facets.kinds == {"FOOD": 2, "GOODS": 1}
    assert nearest.facets.cooperatives == {rows["food"].pk: 2, rows["market"].pk: 1}
    assert await titles(engine, Query("bu sri jawa")) == [jawa]


async def test_cursors_join_pages(engine: SearchEngine) -> None:
    seller = await a_seller()
    for n in range(5):
        await a_variant(seller, title=f"Sate {n}", price=1_000 * (5 - n))
    await projector.reindex(engine)
    seen, after = [], None
    for _ in range(3):
        page = await find_listings(engine, Query("sate", sort=Sort.PRICE, first=2), after=after)
        seen += [one.row.price_from for one in page.listings]
        after = page.end_cursor
    assert seen == [1_000, 2_000, 3_000, 4_000, 5_000]
    assert not page.has_next


@pytest.mark.parametrize(
    "cursor", ["", "!", "bukan", encode_cursor("x", 1, "y"), encode_cursor("0" * 12, 1, "y"), "a" * 5_000]
)
async def test_a_cursor_of_another_search_is_stale(engine: SearchEngine, cursor: str) -> None:
    with pytest.raises(StaleCursor):
        await find_listings(engine, Query("sate"), after=cursor)


async def test_a_cursor_belongs_to_its_question(engine: SearchEngine) -> None:
    await a_variant(title="Sate")
    await projector.reindex(engine)
    page = await find_listings(engine, Query("sate", Filters(open_at=clock.now())))
    later = Query("sate", Filters(open_at=clock.now() + timedelta(minutes=5)))
    assert isinstance(await find_listings(engine, later, after=page.end_cursor), Found)
    with pytest.raises(StaleCursor):
        await find_listings(engine, Query("soto"), after=page.end_cursor)


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        (Query(first=0), "first", Code.OUT_OF_RANGE),
        (Query(first=101), "first", Code.OUT_OF_RANGE),
        (Query("a" * 101), "search.text", Code.TOO_LONG),
        (Query(sort=Sort.DISTANCE), "search.near", Code.REQUIRED),
        (Query(filters=Filters(radius_m=100)), "search.near", Code.REQUIRED),
        (Query(filters=Filters(radius_m=0), near=TUGU_PAHLAWAN), "search.radius", Code.OUT_OF_RANGE),
        (Query(filters=Filters(radius_m=200_001), near=TUGU_PAHLAWAN), "search.radius", Code.OUT_OF_RANGE),
        (Query(filters=Filters(category="\x00")), "search.category", Code.INVALID),
        (Query(filters=Filters(region_code="3" * 61)), "search.regionCode", Code.INVALID),
        (Query(near=Point(91, 0)), "search.near", Code.OUT_OF_RANGE),
        (Query(near=Point(float("nan"), 0)), "search.near", Code.OUT_OF_RANGE),
        (Query(filters=Filters(price_min=-1)), "search.priceMin", Code.OUT_OF_RANGE),
        (Query(filters=Filters(price_max=-1)), "search.priceMax", Code.OUT_OF_RANGE),
        (Query(filters=Filters(price_min=2, price_max=1)), "search.priceMax", Code.OUT_OF_RANGE),
    ],
)
async def test_what_is_refused(engine: SearchEngine, query: Query, field: str, code: Code) -> None:
    with pytest.raises(Invalid) as refused:
        await find_listings(engine, query)
    (fault,) = refused.value.faults
    assert (".".join(fault.path), fault.code) == (field, code)


@pytest.mark.parametrize(
    "text", ["' OR 1=1", 'AND "', "title:nasi", "*", "(((", "\\", "%", "_", "\x00", "🍜", "-" * 99]
)
async def test_signs_in_a_query_are_only_signs(engine: SearchEngine, text: str) -> None:
    await a_variant(title="Nasi")
    await projector.reindex(engine)
    assert isinstance(await find_listings(engine, Query(text)), Found)
    assert isinstance(await suggest(engine, text), list)


async def test_what_the_index_still_has_but_is_no_longer_for_sale_is_not_shown(engine: SearchEngine) -> None:
    hidden = await a_variant(title="Rawon")
    closed = await a_seller(await a_cooperative("lain", "LAI"))
    await a_variant(closed, title="Rawon")
    await projector.reindex(engine)
    await Listing.filter(id=hidden.listing_id).update(state=ListingState.SUSPENDED)
    await Seller.filter(id=closed.pk).update(state=SellerState.SUSPENDED)
    found = await find_listings(engine, Query("rawon"))
    assert found.listings == ()


async def test_suggestions(engine: SearchEngine) -> None:
    seller = await a_seller()
    for title in ("Kopi susu", "Kopi tubruk", "Teh tarik"):
        await a_variant(seller, title=title)
    await projector.reindex(engine)
    assert set(await suggest(engine, "kop")) == {"Kopi susu", "Kopi tubruk"}
    assert await suggest(engine, "  ") == []
    with pytest.raises(Invalid):
        await suggest(engine, "a" * 101)
