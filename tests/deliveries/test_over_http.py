"""A delivery as its people live it, over HTTP: each sees what is theirs, and nobody another's PIN."""

from typing import Any

import pytest

from marketplace import wiring, worker
from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.orders.lifecycle import SubOrderState
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.test_board import put_out

pytestmark = pytest.mark.anyio

SEEN = """ ... on DeliveryJob { id state version pickup { pin returnPin }
  drops { id name address pin state cashToCollect } driver { name plate phone cashLimit } carrier { code } } """
BOARD = "{ jobBoard { nodes {" + SEEN + "} } }"
NODE = "query($id: ID!) { node(id: $id) {" + SEEN + "} }"
PROBLEM = " ... on Problem { code message } "


def mutation(name: str, kind: str) -> str:
    return f"mutation($input: {kind}!) {{ {name}(input: $input) {{ __typename {SEEN} {PROBLEM} }} }}"


async def token_of(account: Account, role: Role | None = None, **scope: Any) -> str:
    async with transaction():
        if role is not None:
            await identity.grant_role(account.pk, role, **scope)
        return (await identity.issue_tokens(account)).access_token


async def test_from_the_board_to_the_door(graphql: GraphQL, settings: Settings) -> None:
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    shop, _ = await stage.seller(a)
    ani = await stage.account("Ani")
    order = await stage.sub_order(shop, ani, state=SubOrderState.CASH_AGREED)
    budi_row, _ = await stage.driver(b, "Budi")
    budi = await token_of(await Account.get(pk=budi_row.account_id), Role.DRIVER, cooperative_id=b.pk)
    owner = await token_of(await Account.get(pk=shop.owner_id), Role.SELLER_OWNER, seller_id=shop.pk)
    buyer = await token_of(ani)
    stranger = await token_of(await stage.account("Orang"))

    async def do(token: str, name: str, kind: str, **input: Any) -> dict[str, Any]:
        answer = await graphql(mutation(name, kind), {"input": {"idempotencyKey": name, **input}}, token=token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"][name]
        return found

    accept = "mutation($input: AcceptSubOrderInput!) { acceptSubOrder(input: $input) { __typename } }"
    sub_order_id = to_id("SubOrder", order.pk)
    accepted = await graphql(accept, {"input": {"subOrderId": sub_order_id, "idempotencyKey": "k"}}, token=owner)
    assert accepted["data"]["acceptSubOrder"]["__typename"] == "SubOrder", accepted
    adapters = wiring.build(settings)
    await worker.drain(adapters)

    start = "mutation($input: PlaceInput!) { startShift(input: $input) { __typename } }"
    await graphql(start, {"input": {"place": {"lat": -7.26, "lon": 112.75}}}, token=budi)
    board = await graphql(BOARD, token=budi)
    assert "errors" not in board, board
    (open_job,) = board["data"]["jobBoard"]["nodes"]
    assert open_job["drops"][0]["address"] is None
    assert open_job["drops"][0]["pin"] is None
    job_id = open_job["id"]
    claimed = await do(budi, "claimJob", "ClaimJobInput", jobId=job_id)
    assert claimed["state"] == "ASSIGNED"
    assert claimed["carrier"] == {"code": "DRV"}
    assert claimed["drops"][0]["address"].startswith("Jl. Mawar")
    assert claimed["pickup"]["pin"] is None
    assert claimed["drops"][0]["pin"] is None

    assert (await graphql(NODE, {"id": job_id}, token=stranger))["data"]["node"] is None
    assert (await graphql(NODE, {"id": job_id}))["data"]["node"] is None
    by_seller = (await graphql(NODE, {"id": job_id}, token=owner))["data"]["node"]
    by_buyer = (await graphql(NODE, {"id": job_id}, token=buyer))["data"]["node"]
    assert (by_seller["pickup"]["pin"], by_seller["drops"][0]["pin"]) == ("1111", None)
    assert (by_buyer["pickup"]["pin"], by_buyer["drops"][0]["pin"]) == (None, "2222")
    phone = (await Account.get(pk=budi_row.account_id)).phone
    assert by_buyer["driver"] == {"name": "Budi", "plate": "L 1234 AB", "phone": phone, "cashLimit": None}

    await do(budi, "arriveAtPickup", "ArriveInput", jobId=job_id)
    wrong = await do(budi, "confirmPickup", "SellerPinInput", jobId=job_id, pin="0000")
    assert wrong["code"] == "WRONG_PIN"
    taken = await do(budi, "confirmPickup", "SellerPinInput", jobId=job_id, pin=by_seller["pickup"]["pin"])
    assert taken["state"] == "CARRYING"
    await do(budi, "arriveAtDropOff", "ArriveInput", jobId=job_id)
    done = await do(budi, "confirmDropOff", "ConfirmDropOffInput", jobId=job_id, pin="2222")
    assert done["state"] == "DELIVERED"
    assert (done["drops"][0]["name"], done["drops"][0]["address"]) == (
        None,
        None,
    )  # the driver's business there is over
    job = "job { state custody { handOver } history { event } shareProof { driverShare } driverPay }"
    ask = "query($id: ID!) { node(id: $id) { ... on SubOrder { state " + job + " } } }"
    seen = (await graphql(ask, {"id": sub_order_id}, token=buyer))["data"]["node"]
    assert (seen["state"], seen["job"]["state"]) == ("DELIVERED", "DELIVERED")
    assert [receipt["handOver"] for receipt in seen["job"]["custody"]] == ["PICKUP", "DROP_OFF"]
    assert [change["event"] for change in seen["job"]["history"]][:3] == ["PUBLISH", "CLAIM", "ARRIVE_AT_PICKUP"]
    assert seen["job"]["shareProof"] is None  # it is no buyer's business
    assert seen["job"]["driverPay"] is None
    jobs = "jobs { nodes { state driverPay shareProof { driverShare } } }"
    driving = "{ viewer { driving { name cashInHand earningsDue " + jobs + " } } }"
    me = (await graphql(driving, token=budi))["data"]["viewer"]["driving"]
    earned = me.pop("earningsDue")
    assert earned > 0
    done_jobs = [{"state": "DELIVERED", "driverPay": earned, "shareProof": {"driverShare": earned}}]
    assert me == {"name": "Budi", "cashInHand": 62_000, "jobs": {"nodes": done_jobs}}
    await wiring.close(adapters)
    gone = (await graphql(NODE, {"id": job_id}, token=buyer))["data"]["node"]["driver"]
    assert gone["phone"] is None  # he is reached while he is on his way, not after


async def test_the_board_costs_the_same_however_long(graphql: GraphQL) -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    row, _ = await stage.on_shift(coop, "Budi")
    budi = await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=coop.pk)
    seen = "id price seller { name } drops { id } carrier { code } driver { name }"
    ask = "{ jobBoard(first: 100) { nodes { " + seen + " } } }"
    numbers = []
    for more in (1, 49):
        await put_out(coop, more, seller_id=shop.pk)
        with count_statements() as counted:
            answer = await graphql(ask, token=budi)
        assert "errors" not in answer, answer
        numbers.append(counted.number)
    assert len(answer["data"]["jobBoard"]["nodes"]) == 50
    assert numbers[0] == numbers[1]
