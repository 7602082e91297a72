"""One lunch, from an empty shop to everyone paid: list, find, order, carry, hand over; all over the public API."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace import checks, clock, wiring, worker
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

WARUNG = {"lat": -7.2601, "lon": 112.7501}
FIND = """{ listings(search: {text: "nasi gorng"}) { nodes { title seller { name } variants { id price } } } }"""
BOARD = "{ jobBoard { nodes { id price cashToCollect seller { name } } } }"
BOOK = """query($slug: String!) { cooperative(slug: $slug) { book {
  trialBalance { debits credits lines { purpose balance } } } } }"""


class Story:
    """Speaks for everyone, one mutation at a time, as their apps would."""

    def __init__(self, graphql: GraphQL) -> None:
        self.graphql, self.sent = graphql, 0

    async def do(
        self, token: str, mutation: str, shown: str, /, *, input_type: str = "", **input: Any
    ) -> dict[str, Any]:
        input_type = input_type or mutation[0].upper() + mutation[1:] + "Input"
        text = f"mutation($input: {input_type}!) {{ {mutation}(input: $input) {{ __typename {shown} "
        text += "... on Problem { code message fields { path message } } } }"
        answer = await self.graphql(text, {"input": input}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][mutation]
        assert found["__typename"] != "Problem", found
        return found

    async def ask(self, token: str, query: str, **variables: Any) -> Any:
        answer = await self.graphql(query, variables, token=token)
        assert "errors" not in answer, answer
        return answer["data"]

    def key(self) -> str:
        self.sent += 1
        return f"intent {self.sent}"


async def test_nasi_goreng_from_listing_to_lunch(graphql: GraphQL, settings: Settings) -> None:
    story = Story(graphql)
    do, ask, key = story.do, story.ask, story.key
    food, ojek = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(food, ojek)
    adapters = wiring.build(settings)
    food_chair = await token_of(await stage.account("Ketua FOD"), Role.CHAIR, cooperative_id=food.pk)
    ojek_chair = await token_of(await stage.account("Ketua DRV"), Role.CHAIR, cooperative_id=ojek.pk)
    sri, budi, ani = [await stage.account(name) for name in ("Bu Sri", "Budi", "Ani")]
    sri_token, budi_token, ani_token = [await token_of(person) for person in (sri, budi, ani)]

    # Bu Sri opens her warung and lists her nasi goreng.
    shop = await do(
        sri_token,
        "openShop",
        "... on Seller { id }",
        cooperativeId=to_id("Cooperative", food.pk),
        name="Warung Bu Sri",
        regionCode="35.78.01",
        place=WARUNG,
        address="Jl. Tunjungan 1",
        idempotencyKey=key(),
    )
    await do(food_chair, "approveShop", "... on Seller { state }", id=shop["id"])
    listing = await do(
        sri_token,
        "createListing",
        "... on Listing { id }",
        sellerId=shop["id"],
        kind="FOOD",
        title="Nasi goreng",
        categoryCode="food.rice",
        variants=[{"name": "Biasa", "price": 25_000, "onHand": 10}],
        idempotencyKey=key(),
    )
    await do(sri_token, "publishListing", "... on Listing { state }", id=listing["id"])

    # Budi joins the drivers' co-op and is approved as its driver.
    member = await do(
        budi_token, "applyForMembership", "... on Membership { id }", cooperativeId=to_id("Cooperative", ojek.pk)
    )
    await do(ojek_chair, "approveMembership", "... on Membership { state }", id=member["id"])
    driver = await do(
        budi_token,
        "applyAsDriver",
        "... on Driver { id }",
        cooperativeId=to_id("Cooperative", ojek.pk),
        name="Budi",
        vehicle="MOTORCYCLE",
        plate="L 1234 AB",
        capacity=20_000,
        licenceExpiresOn=(clock.now().date() + timedelta(days=400)).isoformat(),
        idempotencyKey=key(),
    )
    await do(ojek_chair, "approveDriver", "... on Driver { state }", driverId=driver["id"], idempotencyKey=key())
    await do(budi_token, "startShift", "... on Shift { state }", input_type="PlaceInput", place=WARUNG)

    # Ani finds it though she mistypes, and orders two in cash.
    await worker.drain(adapters)
    (found,) = (await ask("", FIND))["listings"]["nodes"]
    assert found["seller"]["name"] == "Warung Bu Sri"
    order = await do(
        ani_token,
        "placeOrder",
        "... on Order { total subOrders { id state dropoffPin } }",
        lines=[{"variantId": found["variants"][0]["id"], "quantity": 2}],
        address={
            "point": {"lat": -7.27, "lon": 112.7601},
            "recipient": "Ani",
            "phone": "+6281234567890",
            "street": "Jl. Mawar 5",
        },
        payment="CASH",
        idempotencyKey=key(),
    )
    (part,) = order["subOrders"]
    delivery = order["total"] - 50_000

    # Bu Sri cooks; the job lies on the board of the allied drivers; Budi takes and carries it.
    await do(sri_token, "acceptSubOrder", "... on SubOrder { state }", subOrderId=part["id"], idempotencyKey=key())
    await do(sri_token, "markReady", "... on SubOrder { state }", subOrderId=part["id"], idempotencyKey=key())
    await worker.drain(adapters)
    (job,) = (await ask(budi_token, BOARD))["jobBoard"]["nodes"]
    assert (job["price"], job["cashToCollect"]) == (delivery, order["total"])
    shown = "... on DeliveryJob { state }"
    await do(budi_token, "claimJob", shown, jobId=job["id"], idempotencyKey=key())
    await do(budi_token, "arriveAtPickup", shown, input_type="ArriveInput", jobId=job["id"], idempotencyKey=key())
    seen = "query($id: ID!) { node(id: $id) { ... on SubOrder { state pickupPin } } }"
    pin = (await ask(sri_token, seen, id=part["id"]))["node"]["pickupPin"]
    await do(
        budi_token,
        "confirmPickup",
        shown,
        input_type="SellerPinInput",
        jobId=job["id"],
        pin=pin,
        idempotencyKey=key(),
    )
    await do(budi_token, "arriveAtDropOff", shown, input_type="ArriveInput", jobId=job["id"], idempotencyKey=key())
    pin = part["dropoffPin"]
    done = await do(budi_token, "confirmDropOff", shown, jobId=job["id"], pin=pin, idempotencyKey=key())
    assert done["state"] == "DELIVERED"
    assert (await ask(ani_token, seen, id=part["id"]))["node"]["state"] == "DELIVERED"

    # Both books say the same of it, and Budi brings the cash to his co-op.
    await do(
        ojek_chair,
        "handInCash",
        "... on CashReceipt { amount }",
        input_type="DriverCashInput",
        driverId=driver["id"],
        amount=order["total"],
        idempotencyKey=key(),
    )
    await worker.drain(adapters)
    assert await book(story, food_chair, "fod") == {
        "COMMISSION_INCOME": 2_500,
        "DUE_FROM": 50_000,
        "SELLER_PAYABLE": 47_500,
    }
    driver_part = delivery - round(delivery * 0.08)
    assert await book(story, ojek_chair, "drv") == {
        "CASH": order["total"],
        "DELIVERY_INCOME": delivery - driver_part,
        "DRIVER_PAYABLE": driver_part,
        "DUE_TO": 50_000,
    }
    assert [finding async for finding in checks.findings()] == []
    await wiring.close(adapters)


async def book(story: Story, token: str, slug: str) -> dict[str, int]:
    """What stands on the accounts of a co-op's book, by purpose; empty accounts left out."""
    trial = (await story.ask(token, BOOK, slug=slug))["cooperative"]["book"]["trialBalance"]
    assert trial["debits"] == trial["credits"]
    balances: dict[str, int] = {}
    for line in trial["lines"]:
        balances[line["purpose"]] = balances.get(line["purpose"], 0) + line["balance"]
    return {purpose: amount for purpose, amount in balances.items() if amount}
