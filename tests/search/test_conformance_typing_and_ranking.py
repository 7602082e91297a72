"""What every engine must do for who is still typing, on a map, and with what counts beside the words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from search.documents import ListingDocument
from search.engine import Changes, Filters, Query, SearchEngine, Sort
from search.places import Bounds, Point
from search.ranking.weights import Ranking, Weights
from search.week import WEEK_MINUTES
from tests.search.documents import NOON, TUGU_PAHLAWAN, ids, listing, north

pytestmark = pytest.mark.anyio

OFTEN = Weights(open_percent=20, reliability_percent=15, freshness_percent=5, members_percent=10)
USUAL = Ranking.now(OFTEN, NOON)


async def put(engine: SearchEngine, *documents: ListingDocument) -> None:
    await engine.write(Changes(put=documents))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("war", {"Warung Bu Siti", "Warung Makan Pak Budi"}),
        ("bu siti", {"Warung Bu Siti"}),
        ("warung makan", {"Warung Makan Pak Budi"}),
        ("wraung siti", {"Warung Bu Siti"}),
        ("kedai", {"Kedai Kopi Tua"}),
        ("restoran", set()),
        ("", set()),
    ],
)
async def test_sellers_whose_names_go_on_so(engine: SearchEngine, text: str, expected: set[str]) -> None:
    names = ("Warung Bu Siti", "Warung Makan Pak Budi", "Kedai Kopi Tua")
    shops = [listing("Nasi Putih", seller_name=name) for name in names]
    more = [listing("Es Teh", seller_name=shop.seller_name, seller_id=shop.seller_id) for shop in shops]
    await put(engine, *shops, *more)
    known = {shop.seller_id: shop.seller_name for shop in shops}
    found = await engine.sellers(text)
    assert len(found) == len(set(found))
    assert {known[id] for id in found} == expected


async def test_near_sellers_where_there_are_any(engine: SearchEngine) -> None:
    near, far = listing("Soto", seller_name="Soto Cak Har"), listing("Soto", seller_name="Soto Pak Sadi")
    far = replace(far, place=north(100_000))
    await put(engine, near, far)
    assert await engine.sellers("soto", TUGU_PAHLAWAN) == [near.seller_id]
    assert await engine.sellers("sadi", TUGU_PAHLAWAN) == [far.seller_id]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("rendnag", "rendang"),
        ("rndang", "rendang"),
        ("rendaxyz", None),
        ("baks", "bakso"),
        ("xyz", None),
        ("es", None),
    ],
)
async def test_words_that_were_meant(engine: SearchEngine, word: str, first: str | None) -> None:
    await put(
        engine, *(listing(title) for title in ("Rendang Sapi", "Bakso Urat", "Bakso Telur", "Bakwan", "Rempeyek"))
    )
    found = await engine.words_like(word)
    assert (found[0] if found else None) == first
    assert word not in found


async def test_suggestions_forgive_a_typo_and_know_other_wordings(engine: SearchEngine) -> None:
    await put(engine, listing("Ayam Geprek"), listing("Nasi Goreng Jawa"), listing("Kopi Tubruk"))
    assert await engine.suggest("gep") == ["Ayam Geprek"]
    assert await engine.suggest("ayam gerpek") == ["Ayam Geprek"]
    assert await engine.suggest("nasgor") == ["Nasi Goreng Jawa"]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        (Bounds(-7.2500, 112.7300, -7.2400, 112.7400), ["A"]),
        (Bounds(-7.2500, 112.7300, -7.2290, 112.7400), ["A", "B"]),
        (Bounds(-7.2500, 112.7379, -7.2290, 112.7400), []),
        (Bounds(-11.1, 94.9, 6.1, 141.1), ["A", "B", "C"]),
        (Bounds(TUGU_PAHLAWAN.lat, TUGU_PAHLAWAN.lon, TUGU_PAHLAWAN.lat, TUGU_PAHLAWAN.lon), ["A"]),
    ],
)
async def test_within_the_window_of_a_map(engine: SearchEngine, bounds: Bounds, expected: list[str]) -> None:
    menu = [listing("A"), listing("B", place=north(1_500)), listing("C", place=Point(-6.2, 106.8))]
    await put(engine, *menu)
    found = await engine.find(Query(filters=Filters(bounds=bounds), near=TUGU_PAHLAWAN, sort=Sort.DISTANCE))
    assert [hit.id for hit in found.hits] == [one.id for one in menu if one.title in expected]
    assert found.total == len(expected)
    assert found.facets.kinds == ({"FOOD": len(expected)} if expected else {})


#: (what one has that its equal lacks, what the equal has)
LIFTS = [
    ({"open_minutes": ((0, WEEK_MINUTES),)}, {"open_minutes": ()}),
    ({}, {"paused_until": NOON + timedelta(minutes=5)}),
    ({"reliability": 990}, {"reliability": 400}),
    ({"listed_at": NOON - timedelta(days=1)}, {"listed_at": NOON - timedelta(days=40)}),
    ({"is_member": True}, {"is_member": False}),
]


@pytest.mark.parametrize(("has", "lacks"), LIFTS)
@pytest.mark.parametrize("near", [None, TUGU_PAHLAWAN])
async def test_among_equals_what_is_lifted_stands_first(
    engine: SearchEngine, has: dict[str, object], lacks: dict[str, object], near: Point | None
) -> None:
    plain, lifted = listing("Soto Ayam", **lacks), listing("Soto Ayam", **has)
    await put(engine, plain, lifted)
    for text in ("soto ayam", ""):
        found = await engine.find(Query(text, near=near, ranking=USUAL))
        assert [hit.id for hit in found.hits] == ids([lifted, plain]), text
        unranked = await engine.find(Query(text, near=near))
        assert [hit.id for hit in unranked.hits] == ids([plain, lifted]), text


async def test_without_weight_nothing_is_lifted(engine: SearchEngine) -> None:
    nothing = Ranking.now(Weights(0, 0, 0, 0), NOON)
    plain = listing("Soto Ayam", open_minutes=())
    await put(engine, plain, listing("Soto Ayam", reliability=1_000, is_member=True, listed_at=NOON))
    found = await engine.find(Query("soto ayam", ranking=nothing))
    assert found.hits[0].id == plain.id


async def test_no_lift_puts_a_mistyped_title_before_an_exact_one(engine: SearchEngine) -> None:
    exact = listing("Bakso Urat", open_minutes=(), reliability=0)
    mistyped = listing("Bakmo Urat", reliability=1_000, is_member=True, listed_at=NOON)
    await put(engine, mistyped, exact)
    found = await engine.find(Query("bakso urat", ranking=Ranking.now(Weights(50, 0, 0, 0), NOON)))
    assert found.hits[0].id == exact.id


async def test_no_listing_buys_its_rank(engine: SearchEngine) -> None:
    """The dearer, of whatever co-op or kind, stands where its age puts it."""
    menu = [
        listing("Soto Ayam", 10_000),
        listing("Soto Ayam", 900_000, cooperative_id=None),
        listing("Soto Ayam", 5_000, kind="GOODS"),
    ]
    for order in (menu, menu[::-1]):
        await put(engine, *order)
        found = await engine.find(Query("soto ayam", near=TUGU_PAHLAWAN, ranking=USUAL))
        assert [hit.id for hit in found.hits] == ids(menu)


async def test_ranked_pages_join_without_gap_or_repeat(engine: SearchEngine) -> None:
    menu = [
        listing("Bakso", reliability=100 * n, open_minutes=((0, WEEK_MINUTES),) if n % 2 else ()) for n in range(10)
    ]
    await put(engine, *menu)
    whole = await engine.find(Query("bakso", near=TUGU_PAHLAWAN, ranking=USUAL))
    assert [hit.id for hit in whole.hits] == ids(menu[9::-2] + menu[8::-2])
    assert [hit.distance_m for hit in whole.hits] == [0] * 10
