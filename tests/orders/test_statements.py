"""What an order costs in SQL statements, so that it doesn't creep up: place, pay in cash, accept, and the worker."""

from dataclasses import dataclass

import pytest

from marketplace import wiring, worker
from marketplace.database import is_postgres
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.orders import stage
from tests.orders.test_over_http import ACCEPT, ADDRESS, PLACE, signed_in

pytestmark = pytest.mark.anyio


@dataclass
class Cost:
    """Statements of the two requests, and of the worker after them, its claims included."""

    placing: int
    accepting: int
    working: int

    @property
    def total(self) -> int:
        return self.placing + self.accepting + self.working


async def cost_of_an_order(settings: Settings, graphql: GraphQL, *, on_hand: int | None, dishes: int) -> Cost:
    coop = await stage.cooperative()
    await stage.flat_tariff(coop)
    shop = await stage.shop(coop)
    foods = [await stage.dish(shop, price=25_000, on_hand=on_hand) for _ in range(dishes)]
    seller = await signed_in("+6281200000001", Role.SELLER_OWNER, seller_id=shop.pk, cooperative_id=coop.pk)
    buyer = await signed_in("+6281200000002")
    adapters = wiring.build(settings)
    await worker.drain(adapters)
    lines = [{"variantId": to_id("Variant", food.pk)} for food in foods]
    wanted = {"lines": lines, "address": ADDRESS, "payment": "CASH", "idempotencyKey": "k"}
    with count_statements() as placing:
        order = (await graphql(PLACE, {"input": wanted}, token=buyer))["data"]["placeOrder"]
    step = {"subOrderId": order["subOrders"][0]["id"], "idempotencyKey": "a"}
    with count_statements() as accepting:
        answer = await graphql(ACCEPT, {"input": step}, token=seller)
    assert answer["data"]["acceptSubOrder"]["state"] == "ACCEPTED"
    with count_statements() as working:
        await worker.drain(adapters)
    await wiring.close(adapters)
    return Cost(*(counted.number for counted in (placing, accepting, working)))


@pytest.mark.parametrize("dishes", [1, 10])
async def test_an_order_costs_the_same_however_many_dishes(settings: Settings, graphql: GraphQL, dishes: int) -> None:
    cost = await cost_of_an_order(settings, graphql, on_hand=None, dishes=dishes)
    if is_postgres():
        # Four of the worker keep what is said of when it comes, and ask whether the co-op offers jobs in rounds.
        assert cost == Cost(placing=6, accepting=4, working=23)
    else:  # a statement a table: SQLite takes no INSERT within WITH, and has no way to go
        assert cost == Cost(placing=13, accepting=6, working=31)


async def test_counted_stock_costs_two_more(settings: Settings, graphql: GraphQL) -> None:
    cost = await cost_of_an_order(settings, graphql, on_hand=20, dishes=3)
    assert cost.placing == (8 if is_postgres() else 16)  # the lock and the change; the reservation goes with the rest
