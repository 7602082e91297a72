"""What a hungry buyer sees, told through the public API: letters, a slip, a map, an empty page, what is kept."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from catalog.models import Listing, ListingKind
from marketplace import clock, outbox, wiring, worker
from marketplace.database import transaction
from marketplace.settings import Settings
from schema.ids import to_id
from search import alerting, counting, projector
from search.models import RecentSearch, SavedSearchKey, SearchAlert
from search.ranking import policy
from search.ranking.weights import Weights
from tests.catalog.shops import a_cooperative, a_seller, a_variant
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

NEAR = {"lat": -7.2460, "lon": 112.7380}
SEARCH = """query($search: ListingSearch) { listings(search: $search, first: 5) {
  total isWidened didYouMean { text total }
  alternative { without total edges { distance node { title } } }
  edges { distance isLiftedAsMembers title { text isMatch } sellerName { text isMatch } node { id title } } } }"""
AHEAD = """query($text: String!, $near: GeoPointInput) { typeAhead(text: $text, near: $near) {
  listings sellers { name } categories { code } recent } }"""
KEPT = "{ viewer { recentSearches { text } savedSearches { id text alerts category radius } } }"


class Buyer:
    """One who asks, and fails where an answer has errors."""

    def __init__(self, graphql: GraphQL, token: str = "") -> None:
        self.graphql, self.token = graphql, token

    async def ask(self, document: str, **variables: Any) -> Any:
        answer = await self.graphql(document, variables, token=self.token)
        assert "errors" not in answer, answer
        (found,) = answer["data"].values()
        return found

    async def search(self, **search: Any) -> Any:
        return await self.ask(SEARCH, search=search)

    async def do(self, mutation: str, selection: str = "", **input: Any) -> Any:
        kind = mutation[0].upper() + mutation[1:] + "Input"
        answers = f"__typename {selection} ... on Problem {{ code }}"
        return await self.ask(f"mutation($i: {kind}!) {{ {mutation}(input: $i) {{ {answers} }} }}", i=input)


@pytest.fixture
async def adapters(settings: Settings, graphql: GraphQL) -> AsyncIterator[wiring.Adapters]:
    made = wiring.build(settings)
    yield made
    policy.use(Weights())
    await wiring.close(made)


@pytest.fixture
async def town(adapters: wiring.Adapters) -> dict[str, Any]:
    """A warung of a member near by, one far off that opens in the evening, and a service."""
    coop = await a_cooperative()
    near = await a_seller(coop, name="Warung Bu Sri", lat=-7.2465, lon=112.7380, is_member=True)
    far = await a_seller(
        coop, name="Depot Pak Budi", lat=-7.3358, lon=112.7378, paused_until=clock.now() + timedelta(hours=3)
    )
    dishes = {
        title: await a_variant(shop, title=title, price=price)
        for shop, title, price in (
            (near, "Ayam geprek", 15_000),
            (near, "Nasi goreng jawa", 18_000),
            (far, "Ayam geprek keju", 22_000),
            (far, "Rendang sapi", 25_000),
            (near, "Servis kompor", 50_000),
        )
    }
    await Listing.filter(pk=dishes["Servis kompor"].listing_id).update(
        kind=ListingKind.SERVICE, category_code="service.repair"
    )
    await projector.reindex(adapters.engine)
    return {"coop": coop, "near": near, "far": far, **dishes}


def marked(pieces: list[dict[str, Any]]) -> str:
    return "".join(f"[{piece['text']}]" if piece["isMatch"] else piece["text"] for piece in pieces)


async def test_letter_by_letter(graphql: GraphQL, town: dict[str, Any]) -> None:
    nobody = Buyer(graphql)
    for text, listings, sellers, categories in [
        ("gep", ["Ayam geprek"], [], []),
        ("ayam gerpek", ["Ayam geprek"], [], []),
        ("war", [], ["Warung Bu Sri"], []),
        ("wraung sri", [], ["Warung Bu Sri"], []),
        ("nas", ["Nasi goreng jawa"], [], ["food.rice"]),
        ("rice", [], [], ["food.rice"]),
        ("", [], [], []),
    ]:
        found = await nobody.ask(AHEAD, text=text, near=NEAR)
        assert set(listings) <= set(found["listings"]), text
        assert [one["name"] for one in found["sellers"]] == sellers, text
        assert [one["code"] for one in found["categories"]][: len(categories)] == categories, text
        assert found["recent"] == []


async def test_a_slip_is_shown_and_put_right(graphql: GraphQL, town: dict[str, Any]) -> None:
    nobody = Buyer(graphql)
    found = await nobody.search(text="rendnag")
    assert found["didYouMean"] == {"text": "rendang", "total": 1}
    found = await nobody.search(text="rndnag sapi")
    assert (found["total"], found["didYouMean"]) == (1, {"text": "rendang sapi", "total": 1})
    for fine in ("nasgor", "ayam gep", "zzzzz", "geprek"):
        assert (await nobody.search(text=fine))["didYouMean"] is None, fine
    edge = (await nobody.search(text="geprek bu sri", near=NEAR))["edges"][0]
    assert (marked(edge["title"]), marked(edge["sellerName"])) == ("Ayam [geprek]", "Warung [Bu] [Sri]")
    assert edge["distance"] == pytest.approx(56, abs=1)


async def test_on_a_map_at_a_time_and_when_nothing_is_found(graphql: GraphQL, town: dict[str, Any]) -> None:
    nobody = Buyer(graphql)
    window = {"south": -7.25, "west": 112.73, "north": -7.24, "east": 112.74}
    assert (await nobody.search(text="geprek", bounds=window))["total"] == 1
    assert (await nobody.search(text="geprek"))["total"] == 2
    later = (clock.now() + timedelta(hours=4)).isoformat()
    assert (await nobody.search(text="geprek", openNow=True))["total"] == 1
    assert (await nobody.search(text="geprek", openAt=later))["total"] == 2
    for search, without, titles in [
        ({"text": "rendang", "openNow": True}, ["OPEN"], ["Rendang sapi"]),
        ({"text": "rendang", "bounds": window}, ["AREA"], ["Rendang sapi"]),
        ({"text": "rendang", "near": NEAR, "radius": 100}, ["AREA"], ["Rendang sapi"]),
        ({"text": "geprek", "priceMax": 1_000}, ["PRICE"], ["Ayam geprek", "Ayam geprek keju"]),
        ({"text": "rendang", "openNow": True, "priceMax": 1}, ["OPEN", "PRICE"], ["Rendang sapi"]),
        ({"text": "rendang", "category": "goods.rice"}, ["CATEGORY"], ["Rendang sapi"]),
    ]:
        found = await nobody.search(**search)
        assert found["total"] == 0
        assert found["alternative"]["without"] == without
        assert sorted(edge["node"]["title"] for edge in found["alternative"]["edges"]) == titles
    assert (await nobody.search(text="zzzzz", openNow=True))["alternative"] is None
    assert (await nobody.search(text="geprek", openNow=True))["alternative"] is None
    for search in (
        {"openNow": True, "openAt": later},
        {"openAt": (clock.now() + timedelta(days=61)).isoformat()},
        {"bounds": {"south": 1, "west": 1, "north": 0, "east": 2}},
        {"bounds": {"south": -91, "west": 1, "north": 0, "east": 2}},
    ):
        refused = await graphql(SEARCH, {"search": search})
        assert refused["errors"][0]["extensions"]["code"] == "INVALID", search


async def test_everything_at_once_and_what_is_alike(graphql: GraphQL, town: dict[str, Any]) -> None:
    nobody = Buyer(graphql)
    document = """query($text: String!) { searchEverything(text: $text) { degraded
      listings { node { title } } services { node { title } } sellers { name } cooperatives { name } } }"""
    for text, listings, services, sellers, cooperatives in [
        ("geprek", {"Ayam geprek", "Ayam geprek keju"}, set(), [], []),
        ("kompor", set(), {"Servis kompor"}, [], []),
        ("budi", {"Ayam geprek keju", "Rendang sapi"}, set(), ["Depot Pak Budi"], []),
        ("pangan jaya", set(), set(), [], ["Koperasi Pangan Jaya"]),
    ]:
        found = await nobody.ask(document, text=text)
        assert {edge["node"]["title"] for edge in found["listings"]} == listings
        assert {edge["node"]["title"] for edge in found["services"]} == services
        assert [one["name"] for one in found["sellers"]] == sellers
        assert [one["name"] for one in found["cooperatives"]] == cooperatives
        assert not found["degraded"]
    alike = "query($id: ID!) { relatedListings(listing: $id, first: 2) { node { title } } }"
    found = await nobody.ask(alike, id=to_id("Listing", town["Ayam geprek"].listing_id))
    assert [edge["node"]["title"] for edge in found] == ["Ayam geprek keju", "Nasi goreng jawa"]
    refused = await graphql(alike, {"id": to_id("Listing", town["coop"].pk)})
    assert refused["data"]["relatedListings"] == []


async def test_a_nodes_weights_are_told_and_members_are_labelled(graphql: GraphQL, town: dict[str, Any]) -> None:
    nobody = Buyer(graphql)
    weights = "{ searchWeights { openPercent membersPercent halfWorth } }"
    assert await nobody.ask(weights) == {"openPercent": 20, "membersPercent": 0, "halfWorth": 5_000}
    assert not any(edge["isLiftedAsMembers"] for edge in (await nobody.search(text="geprek"))["edges"])
    policy.use(Weights.checked({"members_percent": 10}))
    edges = (await nobody.search(text="geprek"))["edges"]
    assert {edge["node"]["title"]: edge["isLiftedAsMembers"] for edge in edges} == {
        "Ayam geprek": True,
        "Ayam geprek keju": False,
    }
    by_price = (await nobody.search(text="geprek", sort="PRICE"))["edges"]
    assert not any(edge["isLiftedAsMembers"] for edge in by_price)


async def test_recent_searches_are_ones_own_bounded_and_erasable(graphql: GraphQL, town: dict[str, Any]) -> None:
    ani = Buyer(graphql, await token_of(await stage.account("Ani")))
    budi = Buyer(graphql, await token_of(await stage.account("Budi")))
    for n in range(22):
        await ani.do("rememberSearch", text=f"sate {n}")
    await ani.do("rememberSearch", text="Sate  5")
    await budi.do("rememberSearch", text="soto")
    texts = [one["text"] for one in (await ani.ask(KEPT))["recentSearches"]]
    assert (len(texts), texts[0]) == (20, "Sate 5")
    assert await RecentSearch.all().count() == 21
    assert (await ani.ask(AHEAD, text="sat"))["recent"] == texts[:5]
    assert (await ani.ask(AHEAD, text="sate 21"))["recent"] == ["sate 21"]
    assert (await budi.ask(AHEAD, text="sat"))["recent"] == []
    await ani.do("forgetSearches", text="SATE 5")
    assert [one["text"] for one in (await ani.ask(KEPT))["recentSearches"]] == texts[1:]
    await ani.do("forgetSearches")
    assert (await ani.ask(KEPT))["recentSearches"] == []
    for text, code in (("!", "INVALID"), ("x" * 101, "INVALID")):
        assert (await ani.do("rememberSearch", text=text))["code"] == code
    assert (await Buyer(graphql).do("rememberSearch", text="sate"))["code"] == "UNAUTHENTICATED"


async def a_new_dish(adapters: wiring.Adapters, seller: Any, title: str, price: int = 12_000) -> None:
    """Put up after what was saved before: a clock's tick later."""
    variant = await a_variant(seller, title=title, price=price)
    async with transaction():
        await outbox.record("listing.changed", variant.listing_id)
    await worker.drain(adapters)


async def test_a_new_listing_is_told_of_until_its_search_is_silenced(
    graphql: GraphQL, town: dict[str, Any], adapters: wiring.Adapters
) -> None:
    person = await stage.account("Ani")
    ani, budi = Buyer(graphql, await token_of(person)), Buyer(graphql, await token_of(await stage.account("Budi")))
    search = {"text": "nasgor", "near": NEAR, "radius": 3_000, "priceMax": 20_000}
    first = await ani.do("saveSearch", "... on SavedSearch { id }", search=search, idempotencyKey="1")
    again = await ani.do("saveSearch", "... on SavedSearch { id }", search=search, idempotencyKey="1")
    assert again == first
    await ani.do("saveSearch", search={"category": "food"}, alerts=False, idempotencyKey="2")
    await budi.do("saveSearch", search={"text": "rendang"}, idempotencyKey="1")

    inbox = "{ viewer { notices { nodes { kind title body subjectId } } } }"
    for title, price, seller in (
        ("Nasi goreng", 90_000, "near"),
        ("Nasi goreng", 9_000, "far"),
        ("Soto", 9_000, "near"),
    ):
        await a_new_dish(adapters, town[seller], title, price)
    await a_new_dish(adapters, town["near"], "Nasi goreng kambing")
    (notice,) = (await ani.ask(inbox))["notices"]["nodes"]
    assert (notice["kind"], notice["title"]) == ("SEARCH_ANSWERED", "Baru: Nasi goreng kambing")
    assert notice["body"].startswith("Di Warung Bu Sri, cocok dengan pencarian Anda “nasgor”.")
    assert (await budi.ask(inbox))["notices"]["nodes"] == []

    # Changed again, also with its whole shop, it is not new any more; what stood before never was.
    async with transaction():
        for variant in (town["Nasi goreng jawa"],):
            await outbox.record("listing.changed", variant.listing_id)
        await outbox.record("seller.changed", town["near"].pk)
    await worker.drain(adapters)
    assert len((await ani.ask(inbox))["notices"]["nodes"]) == 1

    assert (await budi.do("setSearchAlerts", savedSearch=first["id"], alerts=False))["code"] == "NOT_FOUND"
    assert (await budi.do("deleteSavedSearch", savedSearch=first["id"]))["code"] == "NOT_FOUND"
    await ani.do("setSearchAlerts", savedSearch=first["id"], alerts=False)
    await a_new_dish(adapters, town["near"], "Nasi goreng ikan asin")
    await ani.do("setSearchAlerts", savedSearch=first["id"], alerts=True)
    assert len((await ani.ask(inbox))["notices"]["nodes"]) == 1
    for n in range(alerting.MOST_A_DAY + 2):
        await a_new_dish(adapters, town["near"], f"Nasi goreng {n}")
    assert len((await ani.ask(inbox))["notices"]["nodes"]) == alerting.MOST_A_DAY
    with time_machine.travel(clock.now() + timedelta(hours=25), tick=True):
        await a_new_dish(adapters, town["near"], "Nasi goreng besok")
    assert await SearchAlert.filter(account_id=person.pk, is_told=True).count() == alerting.MOST_A_DAY + 1
    await ani.do("deleteSavedSearch", savedSearch=first["id"])
    kept = (await ani.ask(KEPT))["savedSearches"]
    assert [(one["category"], one["alerts"]) for one in kept] == [("food", False)]
    assert await SavedSearchKey.filter(saved_search__account_id=person.pk).count() == 1


async def test_saved_searches_are_bounded_and_must_ask_for_something(graphql: GraphQL) -> None:
    ani = Buyer(graphql, await token_of(await stage.account("Ani")))
    for search, code in [
        ({}, "INVALID"),
        ({"priceMax": 5}, "INVALID"),
        ({"category": "no.such"}, "INVALID"),
        ({"text": "x" * 101}, "INVALID"),
    ]:
        assert (await ani.do("saveSearch", search=search, idempotencyKey="x"))["code"] == code
    for n in range(20):
        await ani.do("saveSearch", search={"text": f"kata {n}"}, idempotencyKey=str(n))
    assert (await ani.do("saveSearch", search={"text": "satu lagi"}, idempotencyKey="21"))["code"] == "TOO_MANY"
    assert (await Buyer(graphql).do("saveSearch", search={"text": "a"}, idempotencyKey="1"))[
        "code"
    ] == "UNAUTHENTICATED"


async def test_what_is_opened_is_counted_of_nobody(graphql: GraphQL, town: dict[str, Any]) -> None:
    nobody = Buyer(graphql)
    await counting.write()
    before = (await counting.report(1, 5)).all
    await nobody.search(text="geprek")
    await nobody.search(text="zzzzz")
    assert (await nobody.do("noteSearchClick", text="geprek", position=2))["__typename"] == "SearchClickNoted"
    assert (await nobody.do("noteSearchClick", text="geprek", position=0))["code"] == "INVALID"
    await counting.write()
    after = (await counting.report(1, 5)).all
    gained = (after.searches - before.searches, after.empty - before.empty, after.clicks - before.clicks)
    assert gained == (2, 1, 1)
