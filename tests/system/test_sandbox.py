"""The sandbox's town answers by itself, and goes wrong on a word in the note."""

import pytest

from marketplace import sandbox, seed, wiring
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.settings import Settings
from marketplace.worker import drain
from schema.ids import parse_id
from tests.conftest import GraphQL
from tests.demo import words
from tests.demo.town import ADDRESS
from tests.journeys.test_bad_input import sign_in

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("note", "ends"),
    [
        ("", SubOrderState.DELIVERED),
        ("tolong tolak", SubOrderState.DECLINED),
        ("penjual diam", SubOrderState.CASH_AGREED),
        ("lama", SubOrderState.ACCEPTED),
        ("tanpa kurir", SubOrderState.READY),
        ("tidak ada orang", SubOrderState.RETURNED),
    ],
)
async def test_the_town_answers(graphql: GraphQL, settings: Settings, note: str, ends: SubOrderState) -> None:
    await seed.plant()
    buyer = await sign_in("+6281235000001")
    shop = await graphql(words.SELLER, {"slug": "kios-beras-bu-tutik-0"})
    variant = shop["data"]["seller"]["listings"]["nodes"][0]["variants"][0]["id"]
    order = {
        "idempotencyKey": "k",
        "lines": [{"variantId": variant}],
        "address": ADDRESS,
        "payment": "CASH",
        "note": note,
    }
    placed = await graphql(words.PLACE, {"input": order}, token=buyer)
    parsed = parse_id(placed["data"]["placeOrder"]["subOrders"][0]["id"])
    assert parsed is not None
    adapters = wiring.build(settings)
    try:
        for _ in range(12):
            await drain(adapters)
            await sandbox.live(adapters)
    finally:
        await wiring.close(adapters)
    assert (await SubOrder.get(pk=parsed[1])).state is ends
