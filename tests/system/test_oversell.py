"""Two hundred buyers want the last fifty, on several server processes: exactly fifty get one."""

import asyncio
from collections import Counter

import httpx
import pytest

from tests.demo import words
from tests.demo.client import Phone, Refused, key
from tests.demo.town import ADDRESS
from tests.node import Node
from tests.system.people import signed_in

pytestmark = pytest.mark.anyio

BUYERS, STOCK = 200, 50
SET_STOCK = words.step("setStock", "SetStockInput", "... on Variant { id }")


async def test_never_sold_twice(node: Node) -> None:
    node.environment["LUMBUNG_PROCESSES"] = "2"
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=50)) as http:
        seller = Phone(http, node.base, "+62812320000100", "Bu Tutik")
        buyers = [Phone(http, node.base, f"+628125{n:07}", f"pembeli {n}") for n in range(BUYERS)]
        await signed_in(node, [seller, *buyers])
        node.start()
        try:
            shop = await seller.say(words.SELLER, slug="kios-beras-bu-tutik-0")
            variant = shop["listings"]["nodes"][0]["variants"][0]["id"]
            await seller.say(SET_STOCK, input={"idempotencyKey": key(), "variantId": variant, "onHand": STOCK})

            async def buy(buyer: Phone) -> str:
                order = {
                    "idempotencyKey": key(),
                    "lines": [{"variantId": variant, "quantity": 1}],
                    "address": ADDRESS,
                    "payment": "CASH",
                }
                try:
                    await buyer.say(words.PLACE, input=order)
                except Refused as no:
                    return no.code
                return "ORDERED"

            outcomes = Counter(await asyncio.gather(*(buy(buyer) for buyer in buyers)))
        finally:
            node.stop()
    assert outcomes == {"ORDERED": STOCK, "OUT_OF_STOCK": BUYERS - STOCK}
    assert "findings=0" in node.run("check-books").stdout
