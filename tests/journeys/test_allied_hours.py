"""One co-op carries for another on Wednesday evenings: outside those hours its driver sees nothing of its jobs."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from marketplace import clock
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of
from tests.journeys.test_warung_order import BOARD, Story

pytestmark = pytest.mark.anyio
#: A Wednesday, 16:50 in Surabaya.
BEFORE = datetime(2026, 11, 25, 9, 50, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    clock.use(lambda: BEFORE)
    yield
    clock.use(None)


async def test_an_allied_driver_sees_jobs_within_the_alliances_hours(graphql: GraphQL) -> None:
    story = Story(graphql)
    food, ojek = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    foods, ojeks = [
        await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=coop.pk) for coop in (food, ojek)
    ]
    proposed = await story.do(
        foods,
        "proposeAlliance",
        "... on Alliance { id state }",
        asCooperativeId=to_id("Cooperative", food.pk),
        sellerCooperativeId=to_id("Cooperative", food.pk),
        carrierCooperativeId=to_id("Cooperative", ojek.pk),
        carrierShare=9_000,
        terms={"hours": [{"weekday": "WEDNESDAY", "opens": "17:00", "closes": "01:00"}], "jobsADay": 10},
    )
    shown = "... on Alliance { state terms { version isInForce zone jobsADay hours { weekday opens closes } } }"
    agreed = await story.do(ojeks, "agreeAlliance", shown, id=proposed["id"], carrierShare=9_000, version=1)
    (terms,) = agreed["terms"]
    assert (terms["isInForce"], terms["zone"], terms["jobsADay"]) == (True, "Asia/Jakarta", 10)
    assert terms["hours"] == [{"weekday": "WEDNESDAY", "opens": "17:00", "closes": "01:00"}]

    shop, _ = await stage.seller(food)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    job = await stage.job_of(order)
    job.open_until = BEFORE + timedelta(days=1)
    await job.save(update_fields=["open_until"])
    budi, _ = await stage.on_shift(ojek, "Budi")
    budis = await token_of(await Account.get(pk=budi.account_id), Role.DRIVER, cooperative_id=ojek.pk)
    assert (await story.ask(budis, BOARD))["jobBoard"]["nodes"] == []
    id = to_id("DeliveryJob", job.pk)
    claim = "mutation($input: ClaimJobInput!) { claimJob(input: $input) { ... on Problem { code } } }"
    tried = await graphql(claim, {"input": {"jobId": id, "idempotencyKey": "early"}}, token=budis)
    assert tried["data"]["claimJob"]["code"] == "NOT_FOUND"

    for minutes in (10, 8 * 60 + 9):  # 17:00, and 00:59 of Thursday
        clock.use(lambda minutes=minutes: BEFORE + timedelta(minutes=minutes))
        budis = await token_of(await Account.get(pk=budi.account_id), Role.DRIVER, cooperative_id=ojek.pk)
        (seen,) = (await story.ask(budis, BOARD))["jobBoard"]["nodes"]
        assert seen["id"] == id
    clock.use(lambda: BEFORE + timedelta(minutes=8 * 60 + 10))
    assert (await story.ask(budis, BOARD))["jobBoard"]["nodes"] == []
    clock.use(lambda: BEFORE + timedelta(minutes=10))
    claimed = await story.do(
        budis, "claimJob", "... on DeliveryJob { state carrier { code } }", jobId=id, idempotencyKey=story.key()
    )
    assert claimed["state"] == "ASSIGNED"
    assert claimed["carrier"]["code"] == "DRV"
