"""A parcel for the next island of houses: to the hub by motorcycle in the evening, onward by van in the morning."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from marketplace import clock, wiring, worker
from marketplace.deliveries import mending
from marketplace.deliveries.relay import legs
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.stage import what_is_broken
from tests.deliveries.test_over_http import token_of
from tests.journeys.test_warung_order import BOARD, Story

pytestmark = pytest.mark.anyio
#: A Wednesday, 17:00 in Surabaya; the van leaves between 06:00 and 08:00.
EVENING = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
JOB = "... on DeliveryJob { state pickup { name } legs { share isPresent endedAt } custody { handOver } }"
KEPT = """query($id: ID!) { viewer { hubsKept { id inPin(jobId: $id)
  standing { nodes { jobId pin isHere isGoingBack custody { id handOver } } } } } }"""


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    clock.use(lambda: EVENING)
    yield
    clock.use(None)


async def test_relay_by_hub_keeps_windows(graphql: GraphQL, settings: Settings) -> None:
    story = Story(graphql)
    food, ojek, truck = [await stage.cooperative(code) for code in ("FOD", "DRV", "LOG")]
    await stage.ally(food, ojek)
    await stage.ally(food, truck)
    shop, _ = await stage.seller(food)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    id = to_id("DeliveryJob", job.pk)
    tin = await stage.account("Bu Tin")
    riders = [await stage.on_shift(ojek, "Budi"), await stage.on_shift(truck, "Siti")]

    async def signed_in() -> dict[str, str]:
        """Everyone opens the app again: a token does not outlive the night."""
        budi, siti = [await Account.get(pk=row.account_id) for row, _ in riders]
        return {
            "chair": await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=food.pk),
            "keeper": await token_of(tin),
            "budi": await token_of(budi, Role.DRIVER, cooperative_id=ojek.pk),
            "siti": await token_of(siti, Role.DRIVER, cooperative_id=truck.pk),
        }

    async def do(who: str, mutation: str, kind: str, **more: Any) -> dict[str, Any]:
        return await story.do(
            tokens[who], mutation, JOB, input_type=kind, jobId=id, idempotencyKey=story.key(), **more
        )

    async def board(who: str) -> list[str]:
        return [node["id"] for node in (await story.ask(tokens[who], BOARD))["jobBoard"]["nodes"]]

    async def at(moment: datetime) -> None:
        """Time passes, and the timetable runs."""
        nonlocal tokens
        clock.use(lambda: moment)
        tokens = await signed_in()
        await sweep()

    async def sweep() -> None:
        adapters = wiring.build(settings)
        await worker.drain(adapters)
        await legs.publish_due(adapters)
        await mending.sweep_unserved(adapters)
        await wiring.close(adapters)

    tokens = await signed_in()
    hub = await story.do(
        tokens["chair"],
        "saveHub",
        "... on Hub { id }",
        cooperativeId=to_id("Cooperative", food.pk),
        name="Pangkalan Wonokromo",
        address="Jl. Stasiun 1",
        place={"lat": -7.262, "lon": 112.752},
        openingHours=[{"weekday": "THURSDAY", "opens": "05:00", "closes": "22:00"}],
        keepers=[tin.phone],
        idempotencyKey=story.key(),
    )
    opens, closes = EVENING + timedelta(hours=13), EVENING + timedelta(hours=15)
    plan = [
        {"hubId": hub["id"], "share": 7_000, "closesAt": (EVENING + timedelta(hours=1)).isoformat()},
        {"share": 3_000, "opensAt": opens.isoformat(), "closesAt": closes.isoformat()},
    ]
    planned = await do("chair", "planRelay", "PlanRelayInput", legs=plan)
    assert [leg["isPresent"] for leg in planned["legs"]] == [True, False]

    await do("budi", "claimJob", "ClaimJobInput")
    await do("budi", "arriveAtPickup", "ArriveInput")
    await do("budi", "confirmPickup", "SellerPinInput", pin="1111")
    (kept,) = (await story.ask(tokens["keeper"], KEPT, id=id))["viewer"]["hubsKept"]
    handed = await do("budi", "handInAtHub", "SellerPinInput", pin=kept["inPin"])
    assert handed["state"] == "AT_HUB"
    assert await board("siti") == []

    await at(opens - timedelta(minutes=1))
    assert await board("siti") == []
    await at(opens)
    assert await board("siti") == [id]
    await at(closes)  # nobody came: it stands there still, and nobody asks the buyer
    assert await board("siti") == []
    (kept,) = (await story.ask(tokens["keeper"], KEPT, id=id))["viewer"]["hubsKept"]
    (parcel,) = kept["standing"]["nodes"]
    assert (parcel["isHere"], parcel["isGoingBack"], parcel["pin"]) == (True, False, None)

    until = (closes + timedelta(hours=2)).isoformat()
    await do("chair", "moveRelayWindow", "MoveRelayWindowInput", opensAt=closes.isoformat(), closesAt=until)
    await sweep()
    assert await board("siti") == [id]
    claimed = await do("siti", "claimJob", "ClaimJobInput")
    assert claimed["pickup"]["name"] == "Pangkalan Wonokromo"
    (kept,) = (await story.ask(tokens["keeper"], KEPT, id=id))["viewer"]["hubsKept"]
    await do("siti", "arriveAtPickup", "ArriveInput")
    await do("siti", "confirmPickup", "SellerPinInput", pin=kept["standing"]["nodes"][0]["pin"])
    await do("siti", "arriveAtDropOff", "ArriveInput")
    done = await do("siti", "confirmDropOff", "ConfirmDropOffInput", pin="2222")
    assert done["state"] == "DELIVERED"
    assert [receipt["handOver"] for receipt in done["custody"]] == ["PICKUP", "HUB_IN", "HUB_OUT", "DROP_OFF"]
    assert await what_is_broken() == []
