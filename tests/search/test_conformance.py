"""What every search engine must do, told once and asked of each."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.database import new_id
from search.documents import ListingDocument
from search.engine import Changes, Facets, Filters, Hits, Place, Query, SearchEngine, Sort, Words
from search.week import epoch_minute
from tests.search.documents import (
    FOOD_COOPERATIVE,
    MARKET_COOPERATIVE,
    NOON,
    TUGU_PAHLAWAN,
    ids,
    listing,
    north,
)

pytestmark = pytest.mark.anyio


async def put(engine: SearchEngine, *documents: ListingDocument) -> None:
    await engine.write(Changes(put=documents))


async def titles(engine: SearchEngine, documents: list[ListingDocument], query: Query) -> list[str]:
    by_id = {document.id: document.title for document in documents}
    return [by_id[hit.id] for hit in (await engine.find(query)).hits]


async def test_an_empty_index_is_ready_and_finds_nothing(engine: SearchEngine) -> None:
    assert await engine.is_ready()
    assert await engine.find(Query("nasi")) == Hits((), 0, 0, False)
    assert await engine.suggest("nasi") == []


async def test_what_is_written_is_found_at_once(engine: SearchEngine) -> None:
    soto = listing("Soto Ayam Lamongan")
    await put(engine, soto)
    assert [hit.id for hit in (await engine.find(Query("soto"))).hits] == [soto.id]
    assert await engine.count() == 1


MENU = [
    "Nasi Goreng Jawa",
    "Nasgor Kampung",
    "Ayam Geprek",
    "Es Teh Manis",
    "Gado-Gado",
    "Mie Ayam",
    "Beras 1 kg",
    "Beras 5kg",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nasi goreng", {"Nasi Goreng Jawa", "Nasgor Kampung"}),
        ("NASI  goreng!", {"Nasi Goreng Jawa", "Nasgor Kampung"}),
        ("nasgor", {"Nasi Goreng Jawa", "Nasgor Kampung"}),
        ("nasi gor", {"Nasi Goreng Jawa"}),
        ("geprek", {"Ayam Geprek"}),
        ("gepreg", {"Ayam Geprek"}),
        ("ayam gep", {"Ayam Geprek"}),
        ("gado2", {"Gado-Gado"}),
        ("mi ayam", {"Mie Ayam"}),
        ("bu siti geprek", {"Ayam Geprek"}),
        ("geprek yang enak", {"Ayam Geprek"}),
        ("aym gprk", {"Ayam Geprek"}),
        ("beras sekilo", {"Beras 1 kg"}),
        ("beras 1kg", {"Beras 1 kg"}),
        ("beras lima kilo", {"Beras 5kg"}),
        ("beras 2 kg", set()),
    ],
)
async def test_words(engine: SearchEngine, text: str, expected: set[str]) -> None:
    menu = [listing(title) for title in MENU]
    await put(engine, *menu)
    assert set(await titles(engine, menu, Query(text))) == expected


async def test_every_word_must_be_there(engine: SearchEngine) -> None:
    await put(engine, listing("Ayam Geprek"), listing("Ayam Bakar"))
    assert (await engine.find(Query("ayam rendang"))).total == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ayam rendang", ["Ayam Bakar", "Ayam Geprek"]),
        ("ayam bakar taliwang", ["Ayam Bakar"]),
        ("ayam", ["Ayam Bakar", "Ayam Geprek"]),
        ("rendang", []),
        ("", ["Ayam Bakar", "Ayam Geprek", "Es Teh"]),
    ],
)
async def test_most_words_where_none_has_all(engine: SearchEngine, text: str, expected: list[str]) -> None:
    menu = [listing("Ayam Bakar"), listing("Ayam Geprek"), listing("Es Teh")]
    await put(engine, *menu)
    found = await titles(engine, menu, Query(text, words=Words.MOST))
    # Meilisearch goes on, behind them, with what has fewer words.
    assert found[: len(expected)] == expected
    assert bool(found) is bool(expected)


@pytest.mark.parametrize("text", ["ayam rendang", "ayam bakar taliwang"])
async def test_fewer_words_once_none_is_known_to_have_all(engine: SearchEngine, text: str) -> None:
    menu = [listing("Ayam Bakar"), listing("Ayam Geprek"), listing("Es Teh")]
    await put(engine, *menu)
    assert (await engine.find(Query(text))).total == 0
    found = await engine.find(Query(text, words=Words.FEWER))
    assert found == await engine.find(Query(text, words=Words.MOST))
    assert found.total


async def test_what_lacks_a_word_is_found_where_only_beyond_the_circle_something_has_all(
    engine: SearchEngine,
) -> None:
    menu = [listing("Ayam Bakar", place=north(300)), listing("Ayam Rendang", place=north(1_040))]
    await put(engine, *menu)
    asked = Query("ayam rendang", Filters(radius_m=1_000), near=TUGU_PAHLAWAN)
    assert (await engine.find(asked)).total == 0
    for words in (Words.MOST, Words.FEWER):
        assert await titles(engine, menu, replace(asked, words=words)) == ["Ayam Bakar"]


async def test_what_begins_with_the_thing_stands_first(engine: SearchEngine) -> None:
    menu = [listing("Jamu Beras Kencur"), listing("Paket Beras dan Gula"), listing("Beras Premium")]
    await put(engine, *menu)
    assert (await titles(engine, menu, Query("beras")))[0] == "Beras Premium"


async def test_an_exact_word_stands_before_a_mistyped_one(engine: SearchEngine) -> None:
    menu = [listing("Bakri Jaya"), listing("Bakso Urat")]
    await put(engine, *menu)
    assert (await titles(engine, menu, Query("bakso")))[0] == "Bakso Urat"


async def test_filters_by_value(engine: SearchEngine) -> None:
    rice = listing(
        "Beras Premium",
        kind="GOODS",
        cooperative_id=MARKET_COOPERATIVE,
        categories=("beras", "sembako"),
        region_code="35.78.02.1001",
    )
    geprek = listing("Ayam Geprek", region_code="35.15.01")
    await put(engine, rice, geprek)
    for filters, expected in [
        (Filters(kind="GOODS"), [rice]),
        (Filters(kind="SERVICE"), []),
        (Filters(category="sembako"), [rice]),
        (Filters(category="beras"), [rice]),
        (Filters(category="masakan"), [geprek]),
        (Filters(cooperative_id=MARKET_COOPERATIVE), [rice]),
        (Filters(seller_id=geprek.seller_id), [geprek]),
        (Filters(region_code="35"), [rice, geprek]),
        (Filters(region_code="35.78"), [rice]),
        (Filters(region_code="35.78.02"), [rice]),
        (Filters(region_code="35.7"), []),
        (Filters(kind="GOODS", category="masakan"), []),
        (Filters(category="it's \\ 'quoted'"), []),
    ]:
        found = await engine.find(Query(filters=filters))
        assert {hit.id for hit in found.hits} == set(ids(expected)), filters


async def test_a_price_range_takes_what_its_span_touches(engine: SearchEngine) -> None:
    cheap, wide, dear = (
        listing("Tahu", 5_000),
        listing("Ikan", price_min=8_000, price_max=40_000),
        listing("Sapi", 60_000),
    )
    await put(engine, cheap, wide, dear)
    for least, most, expected in [
        (None, 5_000, [cheap]),
        (None, 4_999, []),
        (40_000, None, [wide, dear]),
        (40_001, 59_999, []),
        (10_000, 20_000, [wide]),
        (60_000, 60_000, [dear]),
    ]:
        found = await engine.find(Query(filters=Filters(price_min=least, price_max=most)))
        assert {hit.id for hit in found.hits} == set(ids(expected)), (least, most)


async def test_within_a_circle_to_the_metre(engine: SearchEngine) -> None:
    near, edge, far = (
        listing("A", place=north(990)),
        listing("B", place=north(1_010)),
        listing("C", place=north(9_000)),
    )
    await put(engine, near, edge, far)
    for radius_m, expected in [(900, []), (1_000, [near]), (1_020, [near, edge]), (20_000, [near, edge, far])]:
        found = await engine.find(Query(filters=Filters(radius_m=radius_m), near=TUGU_PAHLAWAN, sort=Sort.DISTANCE))
        assert [hit.id for hit in found.hits] == ids(expected), radius_m
        assert found.total == len(expected)
        assert found.facets.kinds == ({"FOOD": len(expected)} if expected else {})
    assert found.hits[0].distance_m == pytest.approx(990, abs=2)


async def test_open_now_to_the_minute(engine: SearchEngine) -> None:
    midnight = epoch_minute(NOON) - 12 * 60
    tuesday = 24 * 60
    shop = listing("Pagi", open_minutes=((tuesday + 60, tuesday + 5 * 60 + 1),))
    night = listing("Malam", open_minutes=((tuesday + 14 * 60, tuesday + 26 * 60),))
    holiday = listing("Libur", closed_spells=((midnight, midnight + 24 * 60),))
    feast = listing("Lebaran", open_minutes=(), opened_spells=((midnight + 13 * 60, midnight + 14 * 60),))
    paused = listing("Jeda", paused_until=NOON + timedelta(minutes=30))
    await put(engine, shop, night, holiday, paused, feast)
    for minutes, expected in [
        (-241, []),
        (-240, [shop]),
        (0, [shop]),
        (1, []),
        (30, [paused]),
        (60, [paused, feast]),
        (119, [paused, feast]),
        (120, [paused]),
        (9 * 60, [night, paused]),
        (11 * 60 + 59, [night, paused]),
        (12 * 60, [night, holiday, paused]),
        (20 * 60 + 59, [night, holiday, paused]),
        (21 * 60, [holiday, paused]),
    ]:
        found = await engine.find(Query(filters=Filters(open_at=NOON + timedelta(minutes=minutes))))
        assert {hit.id for hit in found.hits} == set(ids(expected)), minutes


async def test_sorted_by_price_and_by_distance(engine: SearchEngine) -> None:
    menu = [
        listing("Nasi Goreng Biasa", 20_000, place=north(3_000)),
        listing("Nasi Gorong", 10_000, place=north(1_000)),
        listing("Nasi Goreng Spesial", 30_000, place=north(2_000)),
    ]
    await put(engine, *menu)
    by_price = await titles(engine, menu, Query("nasi goreng", sort=Sort.PRICE))
    assert by_price == ["Nasi Gorong", "Nasi Goreng Biasa", "Nasi Goreng Spesial"]
    by_distance = await titles(engine, menu, Query("nasi goreng", near=TUGU_PAHLAWAN, sort=Sort.DISTANCE))
    assert by_distance == ["Nasi Gorong", "Nasi Goreng Spesial", "Nasi Goreng Biasa"]


async def test_the_nearer_comes_first_among_equals(engine: SearchEngine) -> None:
    far, near = listing("Soto Ayam", place=north(8_000)), listing("Soto Ayam", place=north(500))
    await put(engine, far, near)
    for text in ("soto ayam", ""):
        found = await engine.find(Query(text, near=TUGU_PAHLAWAN))
        assert [hit.id for hit in found.hits] == ids([near, far])


async def test_facets_count_all_hits_not_the_page(engine: SearchEngine) -> None:
    goods = [
        listing(f"Beras {n}", kind="GOODS", categories=("beras", "sembako"), cooperative_id=MARKET_COOPERATIVE)
        for n in range(3)
    ]
    await put(engine, *goods, listing("Beras Kencur", cooperative_id=None))
    found = await engine.find(Query("beras", first=1))
    assert found.total == 4
    assert found.facets.kinds == {"GOODS": 3, "FOOD": 1}
    assert found.facets.categories == {"beras": 3, "masakan": 1}
    assert found.facets.cooperatives == {MARKET_COOPERATIVE: 3}
    assert FOOD_COOPERATIVE not in found.facets.cooperatives


async def test_a_facet_counts_what_its_own_filter_leaves_out(engine: SearchEngine) -> None:
    """All other filters hold: who asked for one kind, category or co-op sees how much there is of the others."""
    rice = listing("Beras", kind="GOODS", categories=("beras", "sembako"), cooperative_id=MARKET_COOPERATIVE)
    far = replace(rice, id=new_id(), place=north(5_000))
    await put(engine, rice, far, listing("Beras Kencur"), listing("Beras Kencur", 90_000), listing("Soto"))
    both_kinds, both_categories = {"GOODS": 2, "FOOD": 1}, {"beras": 2, "masakan": 1}
    both_cooperatives = {MARKET_COOPERATIVE: 2, FOOD_COOPERATIVE: 1}
    cheap = Filters(price_max=50_000)
    for filters, total, kinds, categories, cooperatives in [
        (cheap, 3, both_kinds, both_categories, both_cooperatives),
        (replace(cheap, kind="GOODS"), 2, both_kinds, {"beras": 2}, {MARKET_COOPERATIVE: 2}),
        (replace(cheap, category="sembako"), 2, {"GOODS": 2}, both_categories, {MARKET_COOPERATIVE: 2}),
        (replace(cheap, cooperative_id=FOOD_COOPERATIVE), 1, {"FOOD": 1}, {"masakan": 1}, both_cooperatives),
        (replace(cheap, kind="GOODS", category="masakan"), 0, {"FOOD": 1}, {"beras": 2}, {}),
        (replace(cheap, kind="SERVICE"), 0, both_kinds, {}, {}),
        (
            replace(cheap, kind="FOOD", radius_m=1_000),
            1,
            {"GOODS": 1, "FOOD": 1},
            {"masakan": 1},
            {FOOD_COOPERATIVE: 1},
        ),
    ]:
        for sort in Sort:
            found = await engine.find(Query("beras", filters, near=TUGU_PAHLAWAN, sort=sort))
            assert found.total == total, filters
            assert found.facets == Facets(kinds, categories, cooperatives), filters


@pytest.mark.parametrize("sort", list(Sort))
async def test_pages_join_without_gap_or_repeat(engine: SearchEngine, sort: Sort) -> None:
    menu = [listing("Bakso", 10_000 + n % 3, place=north(100 * (n % 4))) for n in range(11)]
    await put(engine, *menu)
    seen, after = [], None
    for _ in range(6):
        page = await engine.find(Query("bakso", near=TUGU_PAHLAWAN, sort=sort, first=4, after=after))
        seen += [hit.id for hit in page.hits]
        if not page.has_next:
            break
        after = Place(page.offset + len(page.hits), page.hits[-1].id)
    assert len(seen) == 11
    assert set(seen) == set(ids(menu))


async def test_a_page_goes_on_behind_the_last_hit_wherever_it_stands_now(engine: SearchEngine) -> None:
    menu = [listing("Bakso", 10_000 + n) for n in range(6)]
    await put(engine, *menu)
    first = await engine.find(Query("bakso", sort=Sort.PRICE, first=3))
    after = Place(3, first.hits[-1].id)
    await put(engine, listing("Bakso", 1_000), listing("Bakso", 2_000))
    second = await engine.find(Query("bakso", sort=Sort.PRICE, first=3, after=after))
    assert [hit.id for hit in second.hits] == ids(menu[3:])
    await engine.write(Changes(remove=[menu[2].id]))
    third = await engine.find(Query("bakso", sort=Sort.PRICE, first=3, after=after))
    assert [hit.id for hit in third.hits] == ids([menu[1], menu[3], menu[4]])


async def test_a_document_replaces_the_one_before_and_a_removed_one_is_gone(engine: SearchEngine) -> None:
    old = listing("Rawon Setan")
    new = listing("Rujak Cingur", id=old.id)
    await put(engine, old)
    await put(engine, new)
    assert (await engine.find(Query("rawon"))).total == 0
    assert (await engine.find(Query("rujak"))).total == 1
    assert await engine.count() == 1
    await engine.write(Changes(remove=[old.id]))
    await engine.write(Changes(remove=[old.id]))
    assert await engine.count() == 0


async def test_of_writes_made_together_the_last_wins(engine: SearchEngine) -> None:
    first = listing("Versi 0")
    versions = [first] + [listing(f"Versi {n}", id=first.id) for n in range(1, 30)]
    others = [listing(f"Lain {n}") for n in range(20)]
    await asyncio.gather(*(put(engine, document) for document in [*versions, *others]))
    assert await engine.count() == 21
    assert await titles(engine, versions[-1:], Query("versi 29")) == ["Versi 29"]
    assert (await engine.find(Query("lain"))).total == 20


async def test_a_rebuild_is_seen_only_when_swapped(engine: SearchEngine) -> None:
    await put(engine, listing("Lama"))
    async with engine.rebuild() as rebuild:
        await rebuild.write(Changes(put=[listing("Rendang"), keep := listing("Sisa")]))
        await rebuild.write(Changes(remove=[keep.id]))
        assert (await engine.find(Query("rendang"))).total == 0
        await put(engine, listing("Lama Kedua"))
        assert (await engine.find(Query("lama"))).total == 2
        await rebuild.swap()
        assert (await engine.find(Query("rendang"))).total == 1
    assert await engine.count() == 1
    await put(engine, listing("Rendang Kedua"))
    assert (await engine.find(Query("rendang"))).total == 2


async def test_a_rebuild_given_up_leaves_the_index_as_it_was(engine: SearchEngine) -> None:
    await put(engine, listing("Lama"))
    async with engine.rebuild() as rebuild:
        await rebuild.write(Changes(put=[listing("Rendang")]))
    assert (await engine.find(Query("lama"))).total == 1
    assert (await engine.find(Query("rendang"))).total == 0


async def test_suggestions_complete_what_is_typed(engine: SearchEngine) -> None:
    menu = [listing("Kopi Susu"), listing("KOPI SUSU"), listing("Kopi Tubruk", place=north(100_000)), listing("Teh")]
    await put(engine, *menu)
    assert {title.lower() for title in await engine.suggest("kop")} == {"kopi susu", "kopi tubruk"}
    assert len(await engine.suggest("kop")) == 2
    assert [title.lower() for title in await engine.suggest("kopi", TUGU_PAHLAWAN)] == ["kopi susu"]
    assert await engine.suggest("tubruk", TUGU_PAHLAWAN) == ["Kopi Tubruk"]
    assert await engine.suggest("rendang") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cumi2", {"Cumi Cumi Bakar"}),
        ("CUMI-CUMI", {"Cumi Cumi Bakar"}),
        ("sotoo", {"Soto Betawi"}),
        ("sooooto", {"Soto Betawi"}),
        ("kopi", {"Kopi Susu", "Kopi Tubruk"}),
        ("kopi tubrk", {"Kopi Tubruk"}),
        ("café", {"Café Latte"}),
        ("latte", {"Café Latte"}),
        ("sambal telor", {"Telur Balado Sambal"}),
        ("balado telur", {"Telur Balado Sambal"}),
        ("minuman dingin", {"Soto Betawi"}),
        ("wrkp", set()),
        ("\u0000 kopi susu \\ ' \"", {"Kopi Susu"}),
        ("kopi AND tubruk", {"Kopi Tubruk"}),
        ("kopi OR tubruk", set()),
        ("-tubruk kopi", {"Kopi Tubruk"}),
    ],
)
async def test_more_words(engine: SearchEngine, text: str, expected: set[str]) -> None:
    """Doubled and stretched letters, accents, any order, descriptions; no letter is an operator."""
    menu = [listing(title) for title in ("Cumi Cumi Bakar", "Kopi Susu", "Kopi Tubruk", "Café Latte")]
    menu += [listing("Soto Betawi", description="Dengan minuman dingin"), listing("Telur Balado Sambal")]
    await put(engine, *menu)
    assert set(await titles(engine, menu, Query(text))) == expected


@pytest.mark.parametrize("first", [1, 3, 100])
async def test_a_page_says_whether_more_follow(engine: SearchEngine, first: int) -> None:
    await put(engine, *(listing(f"Pempek {n}") for n in range(3)))
    found = await engine.find(Query("pempek", first=first))
    assert (len(found.hits), found.total, found.has_next) == (min(first, 3), 3, first < 3)


async def test_a_page_behind_the_last_hit_is_empty(engine: SearchEngine) -> None:
    menu = [listing("Pempek"), listing("Pempek")]
    await put(engine, *menu)
    found = await engine.find(Query("pempek", after=Place(2, menu[-1].id)))
    assert (found.hits, found.has_next, found.total) == ((), False, 2)


async def test_price_stock_and_hours_of_a_listing_change_at_once(engine: SearchEngine) -> None:
    """What a shop changes most is seen by the next search, and nothing else of the listing is lost by it."""
    first = listing("Pempek", 10_000)
    await put(engine, first)
    for changed, filters, expected in [
        (replace(first, price_min=25_000, price_max=25_000), Filters(price_min=20_000), 1),
        (replace(first, open_minutes=()), Filters(open_at=NOON), 0),
        (replace(first, paused_until=NOON + timedelta(hours=1)), Filters(open_at=NOON), 0),
        (first, Filters(open_at=NOON, price_max=10_000, kind="FOOD", category="masakan"), 1),
    ]:
        await put(engine, changed)
        assert (await engine.find(Query("pempek", filters))).total == expected, changed
        assert await engine.count() == 1


async def test_removals_and_additions_in_one_write(engine: SearchEngine) -> None:
    gone, kept = listing("Pempek"), listing("Tekwan")
    await put(engine, gone, kept)
    await engine.write(Changes(put=[new := listing("Model")], remove=[gone.id]))
    assert {hit.id for hit in (await engine.find(Query())).hits} == {kept.id, new.id}


async def test_a_rebuild_may_be_empty_and_is_then_written(engine: SearchEngine) -> None:
    await put(engine, listing("Lama"))
    async with engine.rebuild() as rebuild:
        await rebuild.swap()
    assert (await engine.find(Query())).total == 0
    assert await engine.is_ready()
    assert await engine.is_current()
    await put(engine, listing("Baru"))
    assert (await engine.find(Query("baru"))).total == 1
