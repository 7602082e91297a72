"""Bu Sri's kitchen falls behind, then it rains: Ani is told once a worsening, and sees Budi as he rides to her."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from marketplace import clock, wiring, worker
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders.lifecycle import SubOrderState
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

NOON = datetime(2027, 3, 1, 5, tzinfo=UTC)
JOB = """query($id: ID!) { node(id: $id) { ... on DeliveryJob { state
  estimate { pickup { from to } dropOff { from to } } delays { kind minutes } riderPlace { place { lat } } } } }"""
NOTICES = "{ viewer { notices(first: 50) { nodes { kind body } } } }"


@pytest.fixture(autouse=True)
def the_clock_is_put_back() -> Iterator[None]:
    yield
    clock.use(None)


class Lunch:
    """One order from Bu Sri to Ani, told minute by minute."""

    def __init__(self, graphql: GraphQL, settings: Settings) -> None:
        self.graphql, self.adapters = graphql, wiring.build(settings)
        self.minute = 0.0
        clock.use(lambda: NOON + timedelta(minutes=self.minute))

    async def build(self) -> "Lunch":
        coop = await stage.cooperative("DRV")
        shop, _ = await stage.seller(coop)
        self.people = {"ani": await stage.account("Ani"), "stranger": await stage.account("Orang")}
        self.people["shop"] = await Account.get(pk=shop.owner_id)
        row, _ = await stage.on_shift(coop, "Budi")
        self.people["budi"] = await Account.get(pk=row.account_id)
        self.people["dispatcher"] = await stage.account("Petugas")
        for who, role, scope in (
            ("shop", Role.SELLER_OWNER, {"cooperative_id": coop.pk, "seller_id": shop.pk}),
            ("budi", Role.DRIVER, {"cooperative_id": coop.pk}),
            ("dispatcher", Role.DISPATCHER, {"cooperative_id": coop.pk}),
        ):
            await token_of(self.people[who], role, **scope)
        self.order = await stage.sub_order(shop, self.people["ani"], state=SubOrderState.CASH_AGREED)
        accept = "mutation($input: AcceptSubOrderInput!) { acceptSubOrder(input: $input) { __typename } }"
        given = {"subOrderId": to_id("SubOrder", self.order.pk), "minutes": 10, "idempotencyKey": "accept"}
        await self.ask("shop", accept, input=given)
        self.job = to_id("DeliveryJob", (await stage.job_of(self.order)).pk)
        return self

    async def ask(self, who: str, document: str, **variables: Any) -> Any:
        answer = await self.graphql(document, variables, token=await token_of(self.people[who]))
        assert "errors" not in answer, answer
        return answer["data"]

    async def do(self, who: str, name: str, kind: str, **input: Any) -> None:
        document = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ __typename }} }}"
        found = await self.ask(who, document, input={"jobId": self.job, "idempotencyKey": name, **input})
        assert found[name]["__typename"] == "DeliveryJob", found

    async def at(self, *minutes: float) -> None:
        """It becomes so late; at each of these minutes the node's worker and timetable do their part."""
        for self.minute in minutes:
            await worker.drain(self.adapters)
            await worker.run_timetable_once(self.adapters)
            await worker.drain(self.adapters)

    async def seen(self, who: str) -> Any:
        return (await self.ask(who, JOB, id=self.job))["node"]

    async def told(self, who: str) -> list[str]:
        nodes = (await self.ask(who, NOTICES))["viewer"]["notices"]["nodes"]
        return sorted(node["kind"] for node in nodes if node["kind"].startswith("LATE"))


async def test_lateness_is_told_once_and_the_rider_seen_only_while_he_carries(
    graphql: GraphQL, client: httpx.AsyncClient, settings: Settings
) -> None:
    lunch = await Lunch(graphql, settings).build()
    at_first = (await lunch.seen("ani"))["estimate"]
    assert at_first["pickup"]["from"] < at_first["pickup"]["to"] <= at_first["dropOff"]["to"]
    assert at_first["pickup"]["from"] > (NOON + timedelta(minutes=10)).isoformat()  # not before the food is ready
    whole = "query($id: ID!) { node(id: $id) { ... on SubOrder { estimate { dropOff { from to } } } } }"
    of_order = (await lunch.ask("ani", whole, id=to_id("SubOrder", lunch.order.pk)))["node"]["estimate"]
    assert of_order["dropOff"] == at_first["dropOff"]
    await lunch.do("budi", "claimJob", "ClaimJobInput")
    await lunch.at(5)
    await lunch.do("budi", "arriveAtPickup", "ArriveInput")
    assert (await lunch.seen("ani"))["riderPlace"] is None
    assert (await lunch.seen("shop"))["riderPlace"] is not None

    await lunch.at(14)
    assert await lunch.told("ani") == []
    await lunch.at(15, 16, 24)  # fourteen minutes behind: told at five, and not again
    assert {who: await lunch.told(who) for who in ("ani", "shop", "dispatcher", "budi", "stranger")} == {
        "ani": ["LATE_READY"],
        "shop": ["LATE_READY"],
        "dispatcher": ["LATE_READY"],
        "budi": [],
        "stranger": [],
    }
    await lunch.at(27)  # seventeen: worse by a step
    assert await lunch.told("ani") == ["LATE_READY"] * 2
    assert (await lunch.seen("ani"))["delays"] == [{"kind": "READY", "minutes": 17}]

    ready = "mutation($input: MarkReadyInput!) { markReady(input: $input) { __typename } }"
    given = {"subOrderId": to_id("SubOrder", lunch.order.pk), "idempotencyKey": "ready"}
    await lunch.ask("shop", ready, input=given)
    await lunch.do("budi", "confirmPickup", "SellerPinInput", pin="1111")
    carried = await lunch.seen("ani")
    assert carried["riderPlace"] is not None
    assert carried["estimate"]["pickup"] is None
    assert (await lunch.seen("shop"))["riderPlace"] is None
    assert (await lunch.seen("stranger")) is None
    await lunch.at(45, 60)  # and now the rain
    late = await lunch.told("ani")
    assert late.count("LATE_READY") == 2
    assert 1 <= late.count("LATE_RIDER") <= 3
    await lunch.at(61)
    assert await lunch.told("ani") == late

    await lunch.do("budi", "arriveAtDropOff", "ArriveInput")
    await lunch.do("budi", "confirmDropOff", "ConfirmDropOffInput", pin="2222")
    done = await lunch.seen("ani")
    assert (done["estimate"], done["riderPlace"]) == (None, None)
    await lunch.at(63)
    held = '{ cooperative(slug: "drv") { deliveryTimes { stage target measured coverage medianError } } }'
    rows = (await lunch.ask("stranger", held))["cooperative"]["deliveryTimes"]
    assert len(rows) == 5
    assert all(row["measured"] == 1 and row["medianError"] > 0 for row in rows)
    metrics = (await client.get("/metrics")).text
    assert 'lumbung_delivery_times_coverage{cooperative="DRV",stage="PLACED",target="DROP_OFF"} 0.0' in metrics
    await wiring.close(lunch.adapters)
