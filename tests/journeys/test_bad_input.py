"""Whatever comes in, the answer is a typed problem that says what to do, and nothing was changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
import time_machine
from tortoise import Tortoise

from catalog.models import Listing, Seller, Variant
from cooperatives.membership.models import Cooperative
from marketplace import clock, seed
from marketplace.database import connection, new_id, transaction
from marketplace.identity import service as identity
from schema.ids import to_id
from tests.conftest import GraphQL

pytestmark = pytest.mark.anyio

HOME = {"lat": -7.2951, "lon": 112.7391}
ADDRESS = {"point": HOME, "recipient": "Ayu", "phone": "+6281235000001", "street": "Jl. Ngagel Jaya 12"}
#: A wrong code is counted, which bounds guessing; a hint to live readers may follow what was done before.
UNCOUNTED = frozenset({"sign_in_attempt", "live_message"})


@dataclass(frozen=True)
class Case:
    """`name`: a mutation and its input, or a whole document; `code`: what it must be refused with."""

    name: str
    who: str
    send: str
    input: dict[str, Any]
    code: str


#: Mutations that share an input.
INPUTS = {"confirmPickup": "SellerPinInput", "suspendShop": "StopShopInput"}


def mutation(name: str) -> str:
    return (
        f"mutation($input: {INPUTS.get(name, name[0].upper() + name[1:] + 'Input')}!) "
        f"{{ {name}(input: $input) {{ __typename ... on Problem {{ code message fields {{ path }} }} }} }}"
    )


@dataclass
class Things:
    """Ids of what stands in the town, as clients see them."""

    tokens: dict[str, str]
    variant: str
    listing: str
    shop: str
    cooperative: str
    order: str
    sub_order: str
    other_shop: str


def cases(t: Things) -> Iterator[Case]:
    def order(**changed: Any) -> dict[str, Any]:
        line = {"variantId": t.variant, "quantity": 1}
        return {"idempotencyKey": "k", "lines": [line], "address": ADDRESS, **changed}

    def line(**changed: Any) -> list[dict[str, Any]]:
        return [{"variantId": t.variant, "quantity": 1, **changed}]

    far = {**ADDRESS, "point": {"lat": 3.59, "lon": 98.67}}
    sub = {"idempotencyKey": "k", "subOrderId": t.sub_order}
    place, buyer, seller = "placeOrder", "buyer", "seller"
    # of who is asking
    yield Case("nobody orders", "nobody", place, order(), "UNAUTHENTICATED")
    yield Case("a forged token", "forged", place, order(), "UNAUTHENTICATED")
    yield Case("an expired token", "expired", place, order(), "TOKEN_EXPIRED")
    yield Case("a made-up refresh token", "nobody", "refresh", {"refreshToken": "x" * 40}, "UNAUTHENTICATED")
    yield Case("a phone that is none", "nobody", "requestCode", {"phone": "12"}, "INVALID")
    yield Case("a phone of a megabyte", "nobody", "requestCode", {"phone": "6" * 50_000}, "INVALID")
    yield Case("a wrong code", "nobody", "signIn", {"phone": "+6281235000001", "code": "000000"}, "WRONG_CODE")
    yield Case("a wrong password", "nobody", "signIn", {"phone": "+6281235000001", "password": "x"}, "WRONG_PASSWORD")
    yield Case("a short password", buyer, "setPassword", {"password": "x"}, "INVALID")
    # of what is ordered
    yield Case("nothing", buyer, place, order(lines=[]), "INVALID")
    yield Case("quantity zero", buyer, place, order(lines=line(quantity=0)), "INVALID")
    yield Case("a negative quantity", buyer, place, order(lines=line(quantity=-3)), "INVALID")
    yield Case("a huge quantity", buyer, place, order(lines=line(quantity=2_000_000)), "INVALID")
    yield Case("past 32 bits", buyer, place, order(lines=line(quantity=2**40)), "INVALID")
    yield Case("half a portion", buyer, place, order(lines=line(quantity=1.5)), "INVALID")
    yield Case("a word for a number", buyer, place, order(lines=line(quantity="dua")), "INVALID")
    yield Case("more than there is", buyer, place, order(lines=line(quantity=900)), "OUT_OF_STOCK")
    yield Case("a shop's id as a variant", buyer, place, order(lines=line(variantId=t.shop)), "INVALID")
    yield Case("no id at all", buyer, place, order(lines=line(variantId="🍚")), "INVALID")
    unknown = to_id("Variant", new_id())
    yield Case("an unknown variant", buyer, place, order(lines=line(variantId=unknown)), "INVALID")
    yield Case(
        "an option of nothing", buyer, place, order(lines=line(options=[to_id("Option", new_id())])), "INVALID"
    )
    yield Case("a novel as a note", buyer, place, order(lines=line(note="a" * 5000)), "INVALID")
    yield Case("a thousand lines", buyer, place, order(lines=line() * 1000), "INVALID")
    yield Case("a negative tip", buyer, place, order(tip=-1000), "INVALID")
    yield Case("a tip past 2^53", buyer, place, order(tip=2**60), "INVALID")
    yield Case("no address", buyer, place, order(address=None), "INVALID")
    yield Case(
        "an address off the earth",
        buyer,
        place,
        order(address={**ADDRESS, "point": {"lat": 95, "lon": 400}}),
        "INVALID",
    )
    yield Case("an address in Medan", buyer, place, order(address=far), "OUT_OF_RADIUS")
    yield Case("an address without a street", buyer, place, order(address={**ADDRESS, "street": ""}), "INVALID")
    yield Case("a phone that is a word", buyer, place, order(address={**ADDRESS, "phone": "telepon"}), "INVALID")
    yield Case("no key", buyer, place, order(idempotencyKey=""), "INVALID")
    yield Case("a long key", buyer, place, order(idempotencyKey="k" * 500), "INVALID")
    yield Case("another total", buyer, place, order(expectedTotal=1), "PRICE_CHANGED")
    yield Case("a quote that is none", buyer, place, order(lines=[], quoteId=to_id("Quote", new_id())), "NOT_FOUND")
    yield Case("a closed shop", buyer, place, order(lines=[{"variantId": t.other_shop}]), "SHOP_CLOSED")
    # of an order that stands
    yield Case(
        "paying a stranger's order",
        "stranger",
        "payOrder",
        {"orderId": t.order, "method": "CASH", "idempotencyKey": "k"},
        "NOT_FOUND",
    )
    yield Case(
        "paying twice",
        buyer,
        "payOrder",
        {"orderId": t.order, "method": "CASH", "idempotencyKey": "again"},
        "WRONG_STATE",
    )
    yield Case(
        "paying with shells",
        buyer,
        "payOrder",
        {"orderId": t.order, "method": "SHELLS", "idempotencyKey": "k"},
        "INVALID",
    )
    yield Case("the buyer accepts", buyer, "acceptSubOrder", sub, "FORBIDDEN")
    yield Case("a stranger accepts", "stranger", "acceptSubOrder", sub, "NOT_FOUND")
    yield Case("ready before accepted", seller, "markReady", sub, "WRONG_STATE")
    yield Case("ready in a year", seller, "acceptSubOrder", {**sub, "minutes": 600_000}, "INVALID")
    yield Case("minus ten minutes", seller, "addMinutes", {**sub, "minutes": -10}, "INVALID")
    yield Case("declined without a word", seller, "declineSubOrder", {**sub, "reason": ""}, "INVALID")
    yield Case("a stranger cancels", "stranger", "cancelSubOrder", {**sub, "reason": "x"}, "NOT_FOUND")
    # of a shop
    shop = {
        "cooperativeId": t.cooperative,
        "idempotencyKey": "k",
        "name": "Warung",
        "place": HOME,
        "regionCode": "35.78",
    }
    yield Case("a shop without a name", buyer, "openShop", {**shop, "name": " "}, "INVALID")
    yield Case("a shop of no region", buyer, "openShop", {**shop, "regionCode": "99.99"}, "INVALID")
    yield Case("a wrong NIB", buyer, "openShop", {**shop, "nib": "123"}, "INVALID")
    yield Case("a wrong NPWP", buyer, "openShop", {**shop, "npwp": "abc"}, "INVALID")
    yield Case("a shop in space", buyer, "openShop", {**shop, "place": {"lat": 0, "lon": 999}}, "INVALID")
    yield Case(
        "a shop of no co-op",
        buyer,
        "openShop",
        {**shop, "cooperativeId": to_id("Cooperative", new_id())},
        "NOT_FOUND",
    )
    yield Case("a negative packing fee", buyer, "openShop", {**shop, "packingFee": -5}, "INVALID")
    listing = {
        "sellerId": t.shop,
        "kind": "GOODS",
        "title": "Beras",
        "categoryCode": "goods.staples.rice",
        "variants": [{"price": 1000}],
        "idempotencyKey": "k",
    }
    yield Case("a stranger lists", "stranger", "createListing", listing, "FORBIDDEN")
    yield Case("a free listing", seller, "createListing", {**listing, "variants": [{"price": -1}]}, "INVALID")
    yield Case("nothing to sell", seller, "createListing", {**listing, "variants": []}, "INVALID")
    yield Case("no such category", seller, "createListing", {**listing, "categoryCode": "goods.dragons"}, "INVALID")
    yield Case("a long title", seller, "createListing", {**listing, "title": "a" * 500}, "INVALID")
    yield Case(
        "minus stock", seller, "setStock", {"variantId": t.variant, "onHand": -1, "idempotencyKey": "k"}, "INVALID"
    )
    yield Case(
        "a stranger's stock",
        "stranger",
        "setStock",
        {"variantId": t.variant, "onHand": 5, "idempotencyKey": "k"},
        "FORBIDDEN",
    )
    yield Case("a stranger's price", "stranger", "updateListing", {"id": t.listing, "title": "Murah"}, "FORBIDDEN")
    # of carrying, settling, and the node
    job = {"jobId": to_id("DeliveryJob", new_id()), "idempotencyKey": "k"}
    yield Case("a buyer drives", buyer, "claimJob", job, "FORBIDDEN")
    yield Case("a job that is none", "driver", "claimJob", job, "NOT_FOUND")
    yield Case("the pin of no job", "driver", "confirmPickup", {**job, "pin": "0000"}, "NOT_FOUND")
    window = {"windowId": to_id("SettlementWindow", new_id()), "idempotencyKey": "k"}
    yield Case("a buyer settles", buyer, "closeWindow", window, "NOT_FOUND")
    debt = {"debtorId": t.cooperative, "creditorId": t.cooperative, "amount": 5, "note": "x", "idempotencyKey": "k"}
    yield Case("a debt to oneself", "treasurer", "recordObligation", debt, "INVALID")
    yield Case("a buyer suspends", buyer, "suspendShop", {"id": t.shop, "reason": "iri"}, "FORBIDDEN")
    # of the document
    yield Case("a page too large", "nobody", "{ cooperatives(first: 500) { nodes { id } } }", {}, "INVALID")
    yield Case("a page of minus one", "nobody", "{ cooperatives(first: -1) { nodes { id } } }", {}, "INVALID")
    yield Case("a stale cursor", "nobody", '{ cooperatives(after: "bm8") { nodes { id } } }', {}, "STALE_CURSOR")
    deep = "{ cooperatives { nodes { book " + "{ cooperative { book " * 8 + "{ id }" + "} }" * 8 + "} } }"
    yield Case("a deep query", "nobody", deep, {}, "QUERY_TOO_DEEP")
    wide = "{ " + " ".join(f"a{n}: cooperatives {{ nodes {{ id }} }}" for n in range(40)) + " }"
    yield Case("forty aliases", "nobody", wide, {}, "TOO_MANY")
    yield Case("a field that is none", "nobody", "{ pasar { id } }", {}, "INVALID")
    yield Case("half a document", "nobody", "{ cooperatives {", {}, "INVALID")


async def sign_in(phone: str) -> str:
    async with transaction():
        account = await identity.find_or_create_account(phone, "Ayu")
        return (await identity.issue_tokens(account)).access_token


async def planted(graphql: GraphQL) -> Things:
    await seed.plant()
    with time_machine.travel(clock.now() - timedelta(days=1)):
        expired = await sign_in("+6281235000001")
    tokens = {
        "nobody": "",
        "forged": "eyJhbGciOiJub25lIn0.e30.",
        "expired": expired,
        "buyer": await sign_in("+6281235000001"),
        "stranger": await sign_in("+6281235000099"),
        "seller": await sign_in("+62812320000100"),
        "driver": await sign_in("+6281231000011"),
        "treasurer": await sign_in("+628123200003"),
    }
    shop = await Seller.get(slug="kios-beras-bu-tutik-0")
    listing = await Listing.filter(seller_id=shop.pk).order_by("id").first()
    assert listing is not None
    variant = await Variant.get(listing_id=listing.pk)
    closed = await Seller.get(slug="lapak-bumbu-cak-mat-1")
    await Seller.filter(pk=closed.pk).update(paused_until=clock.now() + timedelta(days=1))
    closed_variant = await Variant.filter(listing__seller_id=closed.pk).order_by("id").first()
    assert closed_variant is not None
    cooperative = await Cooperative.get(code="MKT")
    placed = await graphql(
        "mutation($input: PlaceOrderInput!) { placeOrder(input: $input) "
        "{ ... on Order { id subOrders { id } } ... on Problem { code message } } }",
        {
            "input": {
                "idempotencyKey": "standing",
                "lines": [{"variantId": to_id("Variant", variant.pk)}],
                "address": ADDRESS,
                "payment": "CASH",
            }
        },
        token=tokens["buyer"],
    )
    order = placed["data"]["placeOrder"]
    return Things(
        tokens=tokens,
        variant=to_id("Variant", variant.pk),
        listing=to_id("Listing", listing.pk),
        shop=to_id("Seller", shop.pk),
        cooperative=to_id("Cooperative", cooperative.pk),
        order=order["id"],
        sub_order=order["subOrders"][0]["id"],
        other_shop=to_id("Variant", closed_variant.pk),
    )


async def rows() -> dict[str, int]:
    """How many rows each table holds, but for those that a refusal may add."""
    tables = [model._meta.db_table for model in Tortoise.apps["lumbung"].values()]
    counted = [table for table in tables if table not in UNCOUNTED]
    found = {}
    for table in counted:
        answer = await connection().execute_query_dict(f'SELECT COUNT(*) AS "n" FROM "{table}"')
        found[table] = int(answer[0]["n"])
    return found


def refusal(answer: dict[str, Any]) -> tuple[str | None, str]:
    """The code and the sentence of a refused request."""
    if answer.get("errors"):
        error = answer["errors"][0]
        return error.get("extensions", {}).get("code"), error["message"]
    shown = next(iter((answer["data"] or {}).values()), None) or {}
    return shown.get("code"), shown.get("message", "")


async def test_each_bad_input_is_a_typed_problem_and_changes_nothing(
    client: httpx.AsyncClient, graphql: GraphQL
) -> None:
    things = await planted(graphql)
    before, wrong = await rows(), []
    asked = list(cases(things))
    for case in asked:
        document = case.send if case.send.startswith("{") else mutation(case.send)
        answer = await graphql(document, {"input": case.input}, token=things.tokens[case.who])
        code, message = refusal(answer)
        if code != case.code or not message:
            wrong.append(f"{case.name}: {code} ({message}) instead of {case.code}")
    assert not wrong, "\n".join(wrong)
    assert await rows() == before
    assert len(asked) >= 60
