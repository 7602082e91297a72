"""A shop from application to menu, through the public API."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image

from catalog.models import Listing, Seller
from marketplace.identity.actor import Role
from marketplace.identity.service import find_or_create_account, grant_role, issue_tokens
from schema.ids import to_id
from tests.catalog.shops import a_cooperative, a_seller, a_variant
from tests.conftest import GraphQL
from tests.counting import count_statements

pytestmark = pytest.mark.anyio

OPEN = """mutation($input: OpenShopInput!) { openShop(input: $input) {
  ... on Seller { id slug state name openingHours { weekday opens closes } npwp timeZone isOpen }
  ... on Problem { code message fields { path code } } } }"""
APPROVE = """mutation($input: ApproveShopInput!) { approveShop(input: $input) {
  ... on Seller { id state isOpen } ... on Problem { code } } }"""
CREATE = """mutation($input: CreateListingInput!) { createListing(input: $input) {
  ... on Listing { id title state price { least most } variants { id name price stock { available onHand } }
    optionGroups { name least most options { name priceDelta } } category { name } halal { isValid } }
  ... on Problem { code message fields { path code } } } }"""
PUBLISH = """mutation($input: PublishListingInput!) { publishListing(input: $input) {
  ... on Listing { state isAvailable } ... on Problem { code } } }"""
MENU = """query($slug: String!, $first: Int!) { seller(slug: $slug) { name cooperative { name }
  listings(first: $first) { nodes { title price { least } cover { small } isAvailable seller { name }
    variants { name stock { available } } images { url } optionGroups { name options { name } } } } } }"""


async def signed_in(phone: str, *roles: tuple[Role, Any]) -> str:
    account = await find_or_create_account(phone)
    for role, cooperative_id in roles:
        await grant_role(account.pk, role, cooperative_id=cooperative_id)
    return (await issue_tokens(account)).access_token


def a_shop(cooperative_id: Any, **facts: Any) -> dict[str, Any]:
    return {
        "cooperativeId": to_id("Cooperative", cooperative_id),
        "name": "Warung Bu Sri",
        "place": {"lat": -7.2575, "lon": 112.7521},
        "regionCode": "35.78.19",
        "npwp": "12.345.678.9-012.345",
        "openingHours": [{"weekday": "MONDAY", "opens": "18:00", "closes": "02:00"}],
        "idempotencyKey": "k1",
        **facts,
    }


async def test_from_application_to_menu(graphql: GraphQL) -> None:
    cooperative = await a_cooperative()
    owner = await signed_in("+6281200000001")
    chair = await signed_in("+6281200000002", (Role.CHAIR, cooperative.pk))
    opened = (await graphql(OPEN, {"input": a_shop(cooperative.pk)}, token=owner))["data"]["openShop"]
    assert opened["state"] == "APPLIED"
    assert opened["npwp"] == "•••2345"
    assert opened["openingHours"] == [{"weekday": "MONDAY", "opens": "18:00", "closes": "02:00"}]
    again = (await graphql(OPEN, {"input": a_shop(cooperative.pk)}, token=owner))["data"]["openShop"]
    assert again["id"] == opened["id"]
    hidden = await graphql(MENU, {"slug": opened["slug"], "first": 5})
    assert hidden["data"]["seller"] is None
    refused = (await graphql(APPROVE, {"input": {"id": opened["id"]}}, token=owner))["data"]["approveShop"]
    assert refused == {"code": "FORBIDDEN"}
    approved = (await graphql(APPROVE, {"input": {"id": opened["id"]}}, token=chair))["data"]["approveShop"]
    assert approved["state"] == "APPROVED"
    listing = {
        "sellerId": opened["id"],
        "kind": "FOOD",
        "title": "Nasi goreng",
        "categoryCode": "food.rice",
        "halalNumber": "ID35110000012345",
        "halalUntil": "2099-01-01",
        "variants": [{"name": "Biasa", "price": 15_000, "onHand": 10}, {"name": "Jumbo", "price": 20_000}],
        "optionGroups": [
            {"name": "Level", "least": 1, "most": 1, "options": [{"name": "Pedas", "priceDelta": 1_000}]}
        ],
        "idempotencyKey": "k2",
    }
    made = (await graphql(CREATE, {"input": listing}, token=owner))["data"]["createListing"]
    assert made["price"] == {"least": 15_000, "most": 20_000}
    assert made["variants"][0]["stock"] == {"available": 10, "onHand": 10}
    assert made["halal"] == {"isValid": True}
    published = (await graphql(PUBLISH, {"input": {"id": made["id"]}}, token=owner))["data"]["publishListing"]
    assert published == {"state": "PUBLISHED", "isAvailable": True}
    menu = (await graphql(MENU, {"slug": opened["slug"], "first": 5}))["data"]["seller"]
    assert menu["cooperative"]["name"] == "Koperasi Pangan Jaya"
    assert [node["title"] for node in menu["listings"]["nodes"]] == ["Nasi goreng"]


@pytest.mark.parametrize(
    ("facts", "path", "code"),
    [
        ({"name": " "}, "name", "REQUIRED"),
        ({"name": "x" * 161}, "name", "TOO_LONG"),
        ({"nib": "123"}, "nib", "INVALID"),
        ({"npwp": "1234"}, "npwp", "INVALID"),
        ({"regionCode": "99.99"}, "regionCode", "NOT_FOUND"),
        ({"place": {"lat": 91, "lon": 0}}, "lat", "OUT_OF_RANGE"),
        ({"place": None}, "lat", "REQUIRED"),
        ({"serviceRadius": 5}, "serviceRadiusM", "OUT_OF_RANGE"),
        ({"packingFee": -1}, "packingFee", "OUT_OF_RANGE"),
        ({"phone": "abc"}, "phone", "INVALID"),
        ({"slug": "Tidak Boleh"}, "slug", "INVALID"),
        ({"openingHours": [{"weekday": "MONDAY", "opens": "25:00", "closes": "02:00"}]}, "openingHours", "INVALID"),
        ({"idempotencyKey": ""}, "idempotencyKey", "OUT_OF_RANGE"),
    ],
)
async def test_a_wrong_shop_is_a_typed_problem(graphql: GraphQL, facts: dict[str, Any], path: str, code: str) -> None:
    cooperative = await a_cooperative()
    owner = await signed_in("+6281200000001")
    answer = (await graphql(OPEN, {"input": a_shop(cooperative.pk, **facts)}, token=owner))["data"]["openShop"]
    assert answer["code"] == "INVALID"
    assert {"path": [path], "code": code} in answer["fields"]
    assert await Seller.all().count() == 0


async def test_a_menu_costs_the_same_statements_for_one_row_and_for_fifty(graphql: GraphQL) -> None:
    seller = await a_seller(slug="warung")
    for number in range(50):
        await a_variant(seller, title=f"Menu {number}", on_hand=3)
    with count_statements() as one:
        await graphql(MENU, {"slug": "warung", "first": 1})
    with count_statements() as fifty:
        answer = await graphql(MENU, {"slug": "warung", "first": 50})
    assert len(answer["data"]["seller"]["listings"]["nodes"]) == 50
    assert one.number == fifty.number == 7, fifty.statements


def picture(side: int = 600, format: str = "JPEG") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (side, side), "orange").save(kept, format)
    return kept.getvalue()


async def test_a_picture_is_looked_into_and_served_for_ever(graphql: GraphQL, client: httpx.AsyncClient) -> None:
    variant = await a_variant()
    seller = await Seller.get()
    cooperative_id = seller.cooperative_id
    chair = await signed_in("+6281200000002", (Role.CHAIR, cooperative_id))
    stranger = await signed_in("+6281200000003")
    url = f"/uploads/images?listing={to_id('Listing', variant.listing_id)}"

    async def post(content: bytes, token: str = chair) -> httpx.Response:
        return await client.post(url, content=content, headers={"Authorization": f"Bearer {token}"} if token else {})

    assert (await post(picture(), token="")).status_code == 401
    assert (await post(picture(), token=stranger)).status_code == 403
    assert (await post(b"<svg onload=alert(1)>")).status_code == 415
    assert (await post(picture()[:200])).status_code == 415
    assert (await post(picture(side=8))).json()["code"] == "OUT_OF_RANGE"
    assert (await post(b"\0" * 9_000_000)).status_code == 413
    kept = await post(picture())
    assert kept.status_code == 201
    assert (await post(picture())).json()["id"] == kept.json()["id"]
    shown = await client.get(kept.json()["small"])
    assert shown.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(shown.content)).size == (160, 160)
    assert (await client.get(kept.json()["url"], headers={"If-None-Match": shown.headers["etag"]})).status_code == 200
    again = await client.get(kept.json()["small"], headers={"If-None-Match": shown.headers["etag"]})
    assert again.status_code == 304
    assert (await client.get("/images/../lumbung.sqlite3")).status_code == 404
    assert (await Listing.get(pk=variant.listing_id)).cover_hash is not None


async def test_regions_and_categories(graphql: GraphQL) -> None:
    answer = await graphql(
        '{ regions { code } kab: regions(parentCode: "35") { code } sby: regions(text: "surabaya") { name level }'
        ' region(code: "35.78.19") { name path { code } } categories { code children { code } } }'
    )
    found = answer["data"]
    assert len(found["regions"]) == 38
    assert len(found["kab"]) == 38
    assert found["sby"][0] == {"name": "Kota Surabaya", "level": "REGENCY"}
    assert [step["code"] for step in found["region"]["path"]] == ["35", "35.78", "35.78.19"]
    assert [root["code"] for root in found["categories"]] == ["food", "goods", "service", "logistics"]


async def test_reported_suspended_and_appealed_over_the_api(graphql: GraphQL) -> None:
    variant = await a_variant()
    seller = await Seller.get()
    chair = await signed_in("+6281200000002", (Role.CHAIR, seller.cooperative_id))
    judge = await signed_in("+6281200000004", (Role.NODE_OPERATOR, None))
    buyer = await signed_in("+6281200000003")
    id = to_id("Listing", variant.listing_id)
    refused = "... on Problem { code }"

    async def ask(name: str, input: str, result: str, token: str) -> dict[str, Any]:
        query = f'mutation {{ {name}(input: {{ id: "{id}", {input} }}) {{ {result} {refused} }} }}'
        answer: dict[str, Any] = (await graphql(query, token=token))["data"][name]
        return answer

    reported = "... on ListingReported { reason }"
    listing = "... on Listing { state suspensions { reason appeal answer } }"
    assert await ask("reportListing", "reason: UNSAFE_FOOD", reported, "") == {"code": "UNAUTHENTICATED"}
    assert await ask("reportListing", "reason: UNSAFE_FOOD", reported, buyer) == {"reason": "UNSAFE_FOOD"}
    reports = "{ listingReports { nodes { reason listing { title } } } }"
    assert (await graphql(reports, token=chair))["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    (report,) = (await graphql(reports, token=judge))["data"]["listingReports"]["nodes"]
    assert report == {"reason": "UNSAFE_FOOD", "listing": {"title": "Nasi goreng"}}
    assert await ask("suspendListing", 'reason: "basi"', listing, chair) == {"code": "FORBIDDEN"}
    assert (await ask("suspendListing", 'reason: "basi"', listing, judge))["state"] == "SUSPENDED"
    appealed = await ask("appealSuspension", 'text: "segar"', listing, chair)
    assert appealed["suspensions"] == [{"reason": "basi", "appeal": "segar", "answer": None}]
    answered = await ask("answerAppeal", 'answer: "baik", isLifted: true', listing, judge)
    assert answered["state"] == "UNPUBLISHED"
    node = f'{{ node(id: "{id}") {{ ... on Listing {{ title }} }} }}'
    assert (await graphql(node))["data"]["node"] is None
    assert (await graphql(node, token=chair))["data"]["node"] == {"title": "Nasi goreng"}


async def test_a_co_ops_shops_cost_the_same_for_one_and_fifty(graphql: GraphQL) -> None:
    cooperative = await a_cooperative()
    for _ in range(50):
        await a_seller(cooperative)
    query = (
        'query($first: Int!) { cooperative(slug: "pangan-jaya") { sellers(first: $first) {'
        " nodes { name isOpen region { name } cooperative { name } } } } }"
    )
    with count_statements() as one:
        await graphql(query, {"first": 1})
    with count_statements() as fifty:
        answer = await graphql(query, {"first": 50})
    assert len(answer["data"]["cooperative"]["sellers"]["nodes"]) == 50
    assert one.number == fifty.number == 3, fifty.statements
