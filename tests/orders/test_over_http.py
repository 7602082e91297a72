"""Buying and selling through the public API."""

from typing import Any

import pytest

from catalog.models import Seller, Variant
from cooperatives.membership.models import Cooperative
from marketplace.identity.actor import Role
from marketplace.identity.service import find_or_create_account, grant_role, issue_tokens
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.orders import stage

pytestmark = pytest.mark.anyio

ADDRESS = {
    "point": {"lat": -7.27, "lon": 112.7601},
    "recipient": "Ani",
    "phone": "+6281234567890",
    "street": "Jl. Mawar 5",
    "rt": "01",
    "patokan": "depan masjid",
}
ADD = """mutation($input: AddToBasketInput!) { addToBasket(input: $input) {
  ... on Basket { id token version lines { id quantity note variant { id price } } } ... on Problem { code } } }"""
ATTACH = """mutation($input: AttachBasketInput!) { attachBasket(input: $input) {
  ... on Basket { lines { quantity } } ... on Problem { code } } }"""
SAVE = """mutation($input: SaveAddressInput!) { saveAddress(input: $input) {
  ... on Address { id patokan } ... on Problem { code fields { path } } } }"""
QUOTE = """mutation($input: QuoteOrderInput!) { quoteOrder(input: $input) {
  ... on Quote { id total expiresAt parts { goods delivery packing distance lines { title quantity unitPrice }
    deliveryLines { kind quantity amount } } } ... on Problem { code message fields { path code } } } }"""
PLACE = """mutation($input: PlaceOrderInput!) { placeOrder(input: $input) {
  ... on Order { id number total version payments { state method isSimulated }
    subOrders { id state total dropoffPin pickupPin } }
  ... on Problem { code message fields { path code } } } }"""
ACCEPT = """mutation($input: AcceptSubOrderInput!) { acceptSubOrder(input: $input) {
  ... on SubOrder { state promisedAt } ... on Problem { code } } }"""
INCOMING = """{ viewer { incoming { nodes { id number state buyer { name } pickupPin dropoffPin drop { text }
  lines { title quantity note } split { party { kind id } amount rule { name value instrument } }
  history { state side } } } } }"""
ORDERS = """query($first: Int!) { viewer { basket { lines { id } } orders(first: $first) { nodes { number version
  payments { state } subOrders { state seller { name } lines { title } history { state } refunds { amount } } } } }
}"""
NODE = """query($id: ID!) { node(id: $id) { ... on SubOrder { state } ... on Order { number } } }"""
TARIFF = """mutation($input: SetTariffInput!) { setTariff(input: $input) {
  ... on Tariff { baseFare perKm } ... on Problem { code fields { path } } } }"""


async def signed_in(phone: str, role: Role | None = None, **where: Any) -> str:
    account = await find_or_create_account(phone, "Ani")
    if role is not None:
        await grant_role(account.pk, role, **where)
    return (await issue_tokens(account)).access_token


async def a_shop() -> tuple[Cooperative, Seller, Variant, str, str]:
    """A co-op, its shop, what it sells, and the tokens of its seller and of a buyer."""
    coop = await stage.cooperative()
    await stage.flat_tariff(coop)
    shop = await stage.shop(coop)
    food = await stage.dish(shop, price=25_000, on_hand=20)
    seller = await signed_in("+6281200000001", Role.SELLER_OWNER, seller_id=shop.pk, cooperative_id=coop.pk)
    return coop, shop, food, seller, await signed_in("+6281200000002")


async def test_from_basket_to_accepted(graphql: GraphQL) -> None:
    _, shop, food, seller, buyer = await a_shop()
    line = {"variantId": to_id("Variant", food.pk), "quantity": 2, "note": "tidak pedas"}

    added = (await graphql(ADD, {"input": {"line": line}}))["data"]["addToBasket"]
    again = (await graphql(ADD, {"input": {"line": line, "token": added["token"]}}))["data"]["addToBasket"]
    assert [one["quantity"] for one in again["lines"]] == [4]
    assert again["token"] is None
    attached = (await graphql(ATTACH, {"input": {"token": added["token"]}}, token=buyer))["data"]["attachBasket"]
    assert attached == {"lines": [{"quantity": 4}]}
    lost = (await graphql(ADD, {"input": {"line": line, "token": added["token"]}}))["data"]["addToBasket"]
    assert lost["code"] == "NOT_FOUND"

    home = (await graphql(SAVE, {"input": {"address": ADDRESS}}, token=buyer))["data"]["saveAddress"]
    quote = (await graphql(QUOTE, {"input": {"addressId": home["id"]}}, token=buyer))["data"]["quoteOrder"]
    assert (quote["total"], quote["parts"][0]["delivery"]) == (112_000, 12_000)
    stranger = await signed_in("+6281200000009")
    stolen = await graphql(PLACE, {"input": {"quoteId": quote["id"], "idempotencyKey": "s"}}, token=stranger)
    assert stolen["data"]["placeOrder"]["code"] == "NOT_FOUND"

    wanted = {"input": {"quoteId": quote["id"], "idempotencyKey": "k", "payment": "ONLINE"}}
    order = (await graphql(PLACE, wanted, token=buyer))["data"]["placeOrder"]
    assert order["total"] == 112_000
    assert order["payments"] == [{"state": "SUCCEEDED", "method": "ONLINE", "isSimulated": True}]
    (part,) = order["subOrders"]
    assert part["state"] == "PAID"
    assert part["pickupPin"] is None
    assert len(part["dropoffPin"]) == 4
    assert (await graphql(PLACE, wanted, token=buyer))["data"]["placeOrder"]["id"] == order["id"]
    used = await graphql(PLACE, {"input": {"quoteId": quote["id"], "idempotencyKey": "z"}}, token=buyer)
    assert used["data"]["placeOrder"]["code"] == "EXPIRED"

    (waiting,) = (await graphql(INCOMING, token=seller))["data"]["viewer"]["incoming"]["nodes"]
    assert waiting["buyer"] == {"name": "Ani"}
    assert waiting["dropoffPin"] is None
    assert waiting["drop"] == {"text": "Jl. Mawar 5, RT 01, patokan: depan masjid"}
    assert waiting["lines"] == [{"title": "Nasi goreng", "quantity": 4, "note": "tidak pedas"}]
    assert sum(share["amount"] for share in waiting["split"]) == 112_000
    assert waiting["split"][0]["party"] == {"kind": "SELLER", "id": to_id("Seller", shop.pk)}
    accepted = await graphql(
        ACCEPT, {"input": {"subOrderId": part["id"], "minutes": 15, "idempotencyKey": "a"}}, token=seller
    )
    assert accepted["data"]["acceptSubOrder"]["state"] == "ACCEPTED"
    mine = (await graphql(ORDERS, {"first": 5}, token=buyer))["data"]["viewer"]
    assert mine["basket"] == {"lines": []}
    assert mine["orders"]["nodes"][0]["subOrders"][0]["state"] == "ACCEPTED"


async def test_what_is_not_yours_is_not_there(graphql: GraphQL) -> None:
    _, _, food, seller, buyer = await a_shop()
    stranger = await signed_in("+6281200000009")
    order = await place(graphql, food, buyer, "k")
    for id in (order["id"], order["subOrders"][0]["id"]):
        for token, sees in ((buyer, True), (seller, True), (stranger, False), ("", False)):
            assert ((await graphql(NODE, {"id": id}, token=token))["data"]["node"] is not None) is sees
    step = {"input": {"subOrderId": order["subOrders"][0]["id"], "idempotencyKey": "x"}}
    assert (await graphql(ACCEPT, step, token=stranger))["data"]["acceptSubOrder"]["code"] == "NOT_FOUND"
    assert (await graphql(ACCEPT, step, token=buyer))["data"]["acceptSubOrder"]["code"] == "FORBIDDEN"
    assert (await graphql(ACCEPT, step))["data"]["acceptSubOrder"]["code"] == "UNAUTHENTICATED"


async def test_a_quote_binds_its_delivery_but_not_an_old_price(graphql: GraphQL) -> None:
    coop, _, food, _, buyer = await a_shop()
    chair = await signed_in("+6281200000003", Role.CHAIR, cooperative_id=coop.pk)
    asked = {"lines": [{"variantId": to_id("Variant", food.pk)}], "address": ADDRESS}

    async def quoted() -> str:
        return str((await graphql(QUOTE, {"input": asked}, token=buyer))["data"]["quoteOrder"]["id"])

    first, second = await quoted(), await quoted()
    tariff = {"cooperativeId": to_id("Cooperative", coop.pk), "baseFare": 99_000, "perKm": 0, "idempotencyKey": "t"}
    assert (await graphql(TARIFF, {"input": tariff}, token=buyer))["data"]["setTariff"]["code"] == "FORBIDDEN"
    assert (await graphql(TARIFF, {"input": tariff}, token=chair))["data"]["setTariff"]["baseFare"] == 99_000
    order = await graphql(PLACE, {"input": {"quoteId": first, "idempotencyKey": "1"}}, token=buyer)
    assert order["data"]["placeOrder"]["total"] == 37_000
    await Variant.filter(id=food.pk).update(price=26_000)
    refused = await graphql(PLACE, {"input": {"quoteId": second, "idempotencyKey": "2"}}, token=buyer)
    assert refused["data"]["placeOrder"]["code"] == "PRICE_CHANGED"


async def place(graphql: GraphQL, food: Variant, token: str, key: str) -> dict[str, Any]:
    wanted = {
        "lines": [{"variantId": to_id("Variant", food.pk)}],
        "address": ADDRESS,
        "payment": "CASH",
        "idempotencyKey": key,
    }
    order: dict[str, Any] = (await graphql(PLACE, {"input": wanted}, token=token))["data"]["placeOrder"]
    return order


async def test_a_list_of_orders_costs_the_same_however_long(graphql: GraphQL) -> None:
    _, _, food, _, buyer = await a_shop()
    costs = []
    for upto in (1, 12):
        for n in range(upto):
            await place(graphql, food, buyer, f"{upto}-{n}")
        with count_statements() as counted:
            page = (await graphql(ORDERS, {"first": 50}, token=buyer))["data"]["viewer"]["orders"]["nodes"]
        costs.append(counted.number)
    assert len(page) == 13
    assert costs[0] == costs[1]


BAD = [
    ({"lines": [{"variantId": "nonsense"}]}, "INVALID"),
    ({"lines": [{"quantity": 0}]}, "INVALID"),
    ({"lines": [{"quantity": 1000}]}, "INVALID"),
    ({"lines": [{"quantity": -1}]}, "INVALID"),
    ({"lines": [{"quantity": 21}]}, "OUT_OF_STOCK"),
    ({"lines": [{"note": "x" * 201}]}, "INVALID"),
    ({"lines": [{"options": [to_id("Option", stage.new_id())]}]}, "INVALID"),
    ({"lines": [{}] * 51}, "INVALID"),
    ({"lines": [{"variantId": to_id("Variant", stage.new_id())}]}, "INVALID"),
    ({"lines": []}, "INVALID"),
    ({"address": None}, "INVALID"),
    ({"address": {**ADDRESS, "recipient": " "}}, "INVALID"),
    ({"address": {**ADDRESS, "street": "x" * 201}}, "INVALID"),
    ({"address": {**ADDRESS, "point": {"lat": 91.0, "lon": 0.0}}}, "INVALID"),
    ({"address": {**ADDRESS, "point": {"lat": -6.2, "lon": 106.8}}}, "OUT_OF_RADIUS"),
    ({"address": None, "addressId": to_id("Address", stage.new_id())}, "NOT_FOUND"),
    ({"quoteId": to_id("Quote", stage.new_id())}, "NOT_FOUND"),
    ({"tip": -1}, "INVALID"),
    ({"tip": 1_000_001}, "INVALID"),
    ({"note": "x" * 301}, "INVALID"),
    ({"expectedTotal": 1}, "PRICE_CHANGED"),
    ({"idempotencyKey": ""}, "INVALID"),
    ({"idempotencyKey": "k" * 101}, "INVALID"),
]


async def test_bad_orders_are_typed_problems_and_change_nothing(graphql: GraphQL) -> None:
    _, _, food, _, buyer = await a_shop()
    for case, code in BAD:
        lines = [{"variantId": to_id("Variant", food.pk), **line} for line in case.get("lines", [{}])]  # type: ignore[attr-defined]
        wanted = {"address": ADDRESS, "payment": "CASH", "idempotencyKey": "k", **case, "lines": lines}
        answer = await graphql(PLACE, {"input": wanted}, token=buyer)
        assert answer["data"]["placeOrder"]["code"] == code, case
    assert (await graphql(ORDERS, {"first": 1}, token=buyer))["data"]["viewer"]["orders"]["nodes"] == []
    await food.refresh_from_db()
    assert (food.on_hand, food.reserved) == (20, 0)


PHONE = """mutation($input: EnterPhoneOrderInput!) { enterPhoneOrder(input: $input) {
  ... on Order { channel total subOrders { state fulfilment dropoffPin drop { text } } }
  ... on Problem { code fields { path } } } }"""


async def test_a_shop_enters_the_order_of_someone_who_rang(graphql: GraphQL) -> None:
    _, _, food, seller, buyer = await a_shop()
    wanted = {
        "input": {
            "customer": {"phone": "+6281277776666", "name": "Pak Budi"},
            "lines": [{"variantId": to_id("Variant", food.pk)}],
            "fulfilment": "PICKUP",
            "idempotencyKey": "p",
        }
    }
    assert (await graphql(PHONE, wanted, token=buyer))["data"]["enterPhoneOrder"]["code"] == "FORBIDDEN"
    entered = (await graphql(PHONE, wanted, token=seller))["data"]["enterPhoneOrder"]
    (part,) = entered["subOrders"]
    assert (entered["channel"], part["state"], part["fulfilment"]) == ("PHONE", "ACCEPTED", "PICKUP")
    assert part["dropoffPin"].isdigit()  # to be told to the caller, who may have no app
    wanted["input"] |= {"lines": [], "idempotencyKey": "q"}
    empty = (await graphql(PHONE, wanted, token=seller))["data"]["enterPhoneOrder"]
    assert (empty["code"], empty["fields"][0]["path"]) == ("INVALID", ["lines"])


async def test_a_caller_pays_what_he_was_told(graphql: GraphQL) -> None:
    _, _, food, seller, buyer = await a_shop()
    asked = {"lines": [{"variantId": to_id("Variant", food.pk), "quantity": 2}], "address": ADDRESS}
    quote = (await graphql(QUOTE, {"input": asked}, token=seller))["data"]["quoteOrder"]
    caller = {"customer": {"phone": "0812-7777-6666", "name": "Pak Budi"}, "quoteId": quote["id"]}
    for token, code in ((buyer, "NOT_FOUND"), (seller, None)):
        wanted = {"input": {**caller, "idempotencyKey": "p"}}
        entered = (await graphql(PHONE, wanted, token=token))["data"]["enterPhoneOrder"]
        assert entered.get("code") == code
    assert entered["total"] == quote["total"]
    assert entered["subOrders"][0]["drop"]["text"].startswith(ADDRESS["street"])
    mine = {"input": {"lines": asked["lines"], "address": ADDRESS, "payment": "CASH", "idempotencyKey": "m"}}
    assert (await graphql(PLACE, mine, token=buyer))["data"]["placeOrder"]["subOrders"][0]["state"] == "CASH_AGREED"
    pins = "{ viewer { incoming(first: 5) { nodes { order { channel } dropoffPin } } } }"
    nodes = (await graphql(pins, token=seller))["data"]["viewer"]["incoming"]["nodes"]
    assert {node["order"]["channel"]: bool(node["dropoffPin"]) for node in nodes} == {"PHONE": True, "APP": False}
