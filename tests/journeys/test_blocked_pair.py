"""Ani and Budi fell out over a broken jar. Neither is told what the other said, and they never meet again."""

from typing import Any

import pytest

from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

JOB, BLOCK = "... on DeliveryJob { state }", "... on Block { id name }"
BOARD = "{ jobBoard { nodes { id } } }"


async def test_a_blocked_pair_never_meets_again(graphql: GraphQL) -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    ani_account = await stage.account("Ani")
    people: dict[str, str] = {"ani": await token_of(ani_account)}
    for name in ("Budi", "Siti"):
        row, _ = await stage.on_shift(coop, name)
        account = await Account.get(pk=row.account_id)
        people[name.lower()] = await token_of(account, Role.DRIVER, cooperative_id=coop.pk)
    chair = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=coop.pk)

    async def do(who: str, name: str, kind: str, **input: Any) -> dict[str, Any]:
        seen = BLOCK if name == "blockDriver" else JOB
        document = (
            f"mutation($input: {kind}!) {{ {name}(input: $input) {{ {seen} ... on Problem {{ code message }} }} }}"
        )
        sent = {"input": {"idempotencyKey": f"{who} {name} {input['jobId']}", **input}}
        found: dict[str, Any] = (await graphql(document, sent, token=people[who]))["data"][name]
        return found

    async def board(who: str) -> list[str]:
        answer = await graphql(BOARD, token=people[who])
        return [node["id"] for node in answer["data"]["jobBoard"]["nodes"]]

    async def order() -> str:
        return to_id("DeliveryJob", (await stage.job_of(await stage.sub_order(shop, ani_account))).pk)

    broken = await order()
    assert (await do("budi", "claimJob", "ClaimJobInput", jobId=broken))["state"] == "ASSIGNED"
    blocked = await do("ani", "blockDriver", "BlockDriverInput", jobId=broken, side="BUYER", reason="Stoples pecah")
    assert blocked["name"] == "Budi"
    # What he holds he still brings; only what comes after is kept apart.
    assert (await do("budi", "arriveAtPickup", "ArriveInput", jobId=broken))["state"] == "AT_PICKUP"
    back = await do("budi", "giveUpJob", "JobReasonInput", jobId=broken, reason="Ban bocor")
    assert back["state"] == "OPEN"

    fresh = await order()
    assert await board("budi") == []
    assert await board("siti") == [broken, fresh]
    refused = await do("budi", "claimJob", "ClaimJobInput", jobId=fresh)
    nowhere = await do("budi", "claimJob", "ClaimJobInput", jobId=to_id("DeliveryJob", shop.pk))
    assert refused == nowhere  # the very words for a job that isn't there
    assert refused["code"] == "NOT_FOUND"
    seen = await graphql("query($id: ID!) { node(id: $id) { id } }", {"id": fresh}, token=people["budi"])
    assert seen["data"]["node"] is None

    # Nor can the co-op bring them together, or read who said what.
    reassign = """mutation($input: ReassignJobInput!) { reassignJob(input: $input) { __typename
      ... on Problem { code } } }"""
    budi = (await graphql("{ viewer { driving { id } } }", token=people["budi"]))["data"]["viewer"]["driving"]["id"]
    given = {"jobId": fresh, "driverId": budi, "reason": "Ayo", "idempotencyKey": "r"}
    assert (await graphql(reassign, {"input": given}, token=chair))["data"]["reassignJob"]["code"] == "NOT_FOUND"
    for token in (people["budi"], people["siti"], chair):
        listed = await graphql("{ viewer { blocks { nodes { name } } } }", token=token)
        assert listed["data"]["viewer"]["blocks"]["nodes"] == []
    assert (await do("siti", "claimJob", "ClaimJobInput", jobId=fresh))["state"] == "ASSIGNED"
