"""What a shop and a buyer see of a delivery's price, and of a shop that sells on its own terms, in short stories."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from catalog.models import Seller
from cooperatives.membership.models import Cooperative
from marketplace import clock, wiring, worker
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.orders import stage
from tests.orders.test_over_http import ACCEPT, ADDRESS, PLACE, signed_in

pytestmark = pytest.mark.anyio

NEAR = {"lat": -7.27, "lon": 112.7601}
FAR = {"lat": -7.28, "lon": 112.7601}
SIDOARJO = {"lat": -7.4478, "lon": 112.7183}
JOB = "id state price priceLines { kind name amount } drops { id state } pickupWindow { startsAt publishAt }"


@dataclass
class Town:
    """A co-op with a shop; tokens of its seller, of a colleague, of the co-op's chair and of a buyer."""

    ask: GraphQL
    coop: Cooperative
    shop: Seller
    seller: str
    colleague: str
    chair: str
    buyer: str

    async def do(self, token: str, mutation: str, shown: str, /, **input: Any) -> dict[str, Any]:
        """A mutation's answer: the thing, or the problem."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        document = f"""mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename {shown}
          ... on Problem {{ code message fields {{ path }} }} }} }}"""
        answer = await self.ask(document, {"input": input}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][mutation]
        return found

    async def tariff(self, **figures: Any) -> None:
        figures = {"baseFare": 9_000, "perKm": 2_500, **figures}
        done = await self.do(
            self.chair,
            "setTariff",
            "... on Tariff { since }",
            cooperativeId=to_id("Cooperative", self.coop.pk),
            idempotencyKey="t",
            **figures,
        )
        assert done["__typename"] == "Tariff", done

    async def quote(self, token: str, *places: Any, **more: Any) -> dict[str, Any]:
        shown = "... on DeliveryQuote { id total distanceIs zones lines { amount indonesian } }"
        shop = to_id("Seller", self.shop.pk)
        return await self.do(token, "quoteDelivery", shown, sellerId=shop, places=list(places), **more)

    async def book(self, token: str, *places: Any, key: str = "b", **more: Any) -> dict[str, Any]:
        drops = [
            {"name": f"Toko {n}", "phone": "+6281234567890", "address": "Jl. Mawar 5", "place": place}
            for n, place in enumerate(places)
        ]
        shown = f"... on DeliveryJob {{ {JOB} }}"
        shop = to_id("Seller", self.shop.pk)
        return await self.do(token, "bookDelivery", shown, sellerId=shop, drops=drops, idempotencyKey=key, **more)

    async def job(self, id: str) -> dict[str, Any]:
        found = await self.ask(
            f"query($id: ID!) {{ node(id: $id) {{ ... on DeliveryJob {{ {JOB} }} }} }}", {"id": id}, token=self.seller
        )
        node: dict[str, Any] = found["data"]["node"]
        return node


@pytest.fixture
async def town(graphql: GraphQL) -> Town:
    coop = await stage.cooperative()
    shop = await stage.shop(coop)
    at = {"seller_id": shop.pk, "cooperative_id": coop.pk}
    return Town(
        graphql,
        coop,
        shop,
        await signed_in("+6281200000001", Role.SELLER_OWNER, **at),
        await signed_in("+6281200000003", Role.SELLER_STAFF, **at),
        await signed_in("+6281200000004", Role.CHAIR, cooperative_id=coop.pk),
        await signed_in("+6281200000002"),
    )


async def test_anothers_quote_is_refused(town: Town) -> None:
    """Bu Sri asks for a price; her own staff can't book by it, nor can she twice."""
    quote = await town.quote(town.seller, NEAR)
    assert [line["indonesian"] for line in quote["lines"]] == ["Tarif dasar", "Jarak selebihnya: 1 km × Rp2.500"]
    assert (quote["total"], quote["distanceIs"]) == (8_000 + 2_500, "ESTIMATED")
    assert (await town.book(town.colleague, NEAR, quoteId=quote["id"]))["code"] == "NOT_FOUND"
    assert (await town.book(town.seller, FAR, quoteId=quote["id"]))["fields"] == [{"path": ["drops"]}]
    assert (await town.book(town.seller, NEAR, quoteId=quote["id"]))["price"] == quote["total"]
    assert (await town.book(town.seller, NEAR, key="2", quoteId=quote["id"]))["code"] == "WRONG_STATE"
    old = await town.quote(town.seller, NEAR)
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        token = await signed_in("+6281200000001")
        assert (await town.book(token, NEAR, key="3", quoteId=old["id"]))["code"] == "EXPIRED"


async def test_out_of_zone_is_refused_with_the_reason(town: Town) -> None:
    """The co-op serves Surabaya: Sidoarjo has no price, for a shop that books nor for a buyer that orders."""
    await town.tariff(zones=[{"name": "Surabaya", "regionCodes": ["35.78"], "surcharge": 1_000}])
    assert (await town.quote(town.seller, NEAR))["zones"] == ["Surabaya"]
    refused = await town.quote(town.seller, NEAR, SIDOARJO)
    assert refused["code"] == "OUT_OF_ZONE"
    assert refused["message"] == "Tujuan 2 di luar zona yang dilayani koperasi: Surabaya."
    assert (await town.book(town.seller, SIDOARJO))["code"] == "OUT_OF_ZONE"
    await Seller.filter(pk=town.shop.pk).update(service_radius_m=100_000)
    dish = await stage.dish(town.shop)
    order = {"lines": [{"variantId": to_id("Variant", dish.pk)}], "idempotencyKey": "o"}
    asked = await town.ask(PLACE, {"input": {**order, "address": {**ADDRESS, "point": SIDOARJO}}}, token=town.buyer)
    assert asked["data"]["placeOrder"]["code"] == "OUT_OF_ZONE"
    near = await town.ask(PLACE, {"input": {**order, "address": ADDRESS}}, token=town.buyer)
    assert near["data"]["placeOrder"]["total"] == dish.price + 9_000 + 2_500 + 1_000


async def test_cancelling_one_of_several_drops_reprices_and_keeps_supplements(town: Town) -> None:
    """Stairs were agreed on the phone; a closed shop less on the way changes the ride, not the stairs."""
    await town.tariff(rounding={"to": 500}, minimum=9_000)
    booked = await town.book(town.seller, NEAR, FAR)
    shown = f"... on DeliveryJob {{ {JOB} }}"
    intent = {"jobId": booked["id"], "name": "Tangga", "reason": "Lantai 4", "idempotencyKey": "s"}
    raised = await town.do(town.chair, "addSupplement", shown, amount=5_000, **intent)
    assert raised["price"] == booked["price"] + 5_000
    far = booked["drops"][1]["id"]
    left = await town.do(
        town.seller, "cancelDrop", shown, jobId=booked["id"], dropId=far, reason="tutup", idempotencyKey="c"
    )
    alone = await town.quote(town.seller, NEAR)
    assert left["price"] == alone["total"] + 5_000 < raised["price"]
    assert left["priceLines"][-1] == {"kind": "SUPPLEMENT", "name": "Tangga", "amount": 5_000}
    assert sum(line["amount"] for line in left["priceLines"]) == left["price"]
    assert [drop["state"] for drop in left["drops"]] == ["WAITING", "CANCELLED"]


async def test_a_batch_in_any_order_of_ids_works(town: Town) -> None:
    """Buyers order the same from five shops at once, each naming them in another order: all get it, at one price."""
    await stage.flat_tariff(town.coop)
    shops = [await stage.shop(town.coop) for _ in range(5)]
    dishes = [await stage.dish(shop, on_hand=100) for shop in shops]
    ids = [to_id("Variant", dish.pk) for dish in dishes]
    orders = [ids, ids[::-1], ids[2:] + ids[:2], [ids[3], ids[0], ids[4], ids[2], ids[1]]]
    tokens = [await signed_in(f"+628121000000{number}") for number in range(len(orders))]

    async def place(token: str, order: list[str]) -> dict[str, Any]:
        wanted = {"lines": [{"variantId": id} for id in order], "address": ADDRESS, "payment": "CASH"}
        answer = await town.ask(PLACE, {"input": {**wanted, "idempotencyKey": "k"}}, token=token)
        placed: dict[str, Any] = answer["data"]["placeOrder"]
        return placed

    placed = await asyncio.gather(*map(place, tokens, orders))
    assert {order["total"] for order in placed} == {5 * (dishes[0].price + 12_000)}
    assert {len(order["subOrders"]) for order in placed} == {5}


async def test_cash_is_refused_where_the_seller_does_not_take_it(town: Town) -> None:
    """Bu Sri switches cash off; a buyer is told so, with her name, and nothing is placed."""
    dish = await stage.dish(town.shop)
    kept = await town.do(
        town.seller, "updateShop", "... on Seller { takesCash }", id=to_id("Seller", town.shop.pk), takesCash=False
    )
    assert kept["takesCash"] is False
    wanted = {"lines": [{"variantId": to_id("Variant", dish.pk)}], "address": ADDRESS, "idempotencyKey": "k"}
    refused = await town.ask(PLACE, {"input": {**wanted, "payment": "CASH"}}, token=town.buyer)
    assert refused["data"]["placeOrder"]["code"] == "PAYMENT_METHOD_UNAVAILABLE"
    assert refused["data"]["placeOrder"]["message"] == "Warung Bu Sri tidak menerima cara bayar ini."
    seen = await town.ask("{ viewer { orders(first: 5) { nodes { id } } } }", token=town.buyer)
    assert seen["data"]["viewer"]["orders"]["nodes"] == []


async def test_a_closed_shop_takes_no_new_order_yet_an_accepted_one_goes_on(town: Town, settings: Settings) -> None:
    """Bu Sri pauses after accepting: the next buyer is refused, the first one's food is made and carried."""
    dish = await stage.dish(town.shop)
    wanted = {"lines": [{"variantId": to_id("Variant", dish.pk)}], "address": ADDRESS, "payment": "CASH"}
    first = await town.ask(PLACE, {"input": {**wanted, "idempotencyKey": "1"}}, token=town.buyer)
    step = {"subOrderId": first["data"]["placeOrder"]["subOrders"][0]["id"]}
    await town.ask(ACCEPT, {"input": {**step, "idempotencyKey": "a"}}, token=town.seller)
    until = (clock.now() + timedelta(hours=2)).astimezone(UTC).isoformat()
    await town.do(
        town.seller, "pauseShop", "... on Seller { pausedUntil }", id=to_id("Seller", town.shop.pk), until=until
    )
    again = await town.ask(PLACE, {"input": {**wanted, "idempotencyKey": "2"}}, token=town.buyer)
    assert again["data"]["placeOrder"]["code"] == "SHOP_CLOSED"
    ready = await town.do(
        town.seller, "markReady", "... on SubOrder { state job { state } }", **step, idempotencyKey="r"
    )
    assert ready["state"] == "READY"
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    await wiring.close(adapters)
    (order,) = (
        await town.ask(
            "{ viewer { orders(first: 5) { nodes { subOrders { state job { state } } } } } }", token=town.buyer
        )
    )["data"]["viewer"]["orders"]["nodes"]
    assert order["subOrders"] == [{"state": "READY", "job": {"state": "OPEN"}}]


async def test_a_scheduled_job_opens_by_itself(town: Town, settings: Settings) -> None:
    """Booked for tomorrow morning, it waits as a draft; the node's timetable puts it out in time."""
    tomorrow = (clock.now() + timedelta(days=1)).replace(microsecond=0)
    window = {"startsAt": tomorrow.isoformat(), "endsAt": (tomorrow + timedelta(hours=1)).isoformat()}
    booked = await town.book(town.seller, NEAR, pickupWindow=window)
    assert booked["state"] == "DRAFT"
    publish_at = datetime.fromisoformat(booked["pickupWindow"]["publishAt"])
    assert publish_at == tomorrow - timedelta(minutes=45)
    adapters = wiring.build(settings)
    await worker.run_timetable_once(adapters)
    assert (await town.job(booked["id"]))["state"] == "DRAFT"
    try:
        clock.use(lambda: publish_at)
        await worker.run_timetable_once(adapters)
        town.seller = await signed_in("+6281200000001")
        assert (await town.job(booked["id"]))["state"] == "OPEN"
    finally:
        clock.use(None)
        await wiring.close(adapters)
