"""A member who leaves drives no more, and his shop goes on as a hosted one: over HTTP, with the worker."""

import pytest

from catalog.models import Seller
from cooperatives.membership.models import Membership
from marketplace import wiring, worker
from marketplace.deliveries.models import DeliveryJob, Driver, DriverState, Shift, ShiftState
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

SHIFT = "mutation($input: PlaceInput!) { startShift(input: $input) { __typename ... on Problem { code } } }"


async def act(graphql: GraphQL, token: str, name: str, kind: str, **input: object) -> dict[str, object]:
    document = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ __typename ... on Problem {{ code }} }} }}"
    answer = await graphql(document, {"input": input}, token=token)
    assert "errors" not in answer, answer
    found: dict[str, object] = answer["data"][name]
    return found


async def test_who_leaves_drives_no_more_but_brings_what_he_carries(graphql: GraphQL, settings: Settings) -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    row, _ = await stage.on_shift(coop, "Budi", job_limit=2)
    budi = await token_of(await Account.get(pk=row.account_id), Role.DRIVER, cooperative_id=coop.pk)
    chair = await token_of(await stage.account("Ketua"), Role.CHAIR, cooperative_id=coop.pk)
    await Seller.filter(pk=shop.pk).update(owner_id=row.account_id, is_member=True)
    carried, waiting = [
        await stage.job_of(await stage.sub_order(shop, await stage.account(name))) for name in ("Ani", "Dewi")
    ]
    for job in (carried, waiting):
        await act(
            graphql, budi, "claimJob", "ClaimJobInput", jobId=to_id("DeliveryJob", job.pk), idempotencyKey=str(job.pk)
        )
    id = to_id("DeliveryJob", carried.pk)
    await act(graphql, budi, "arriveAtPickup", "ArriveInput", jobId=id, idempotencyKey="a")
    await act(graphql, budi, "confirmPickup", "SellerPinInput", jobId=id, pin="1111", idempotencyKey="p")

    member = await Membership.get(account_id=row.account_id)
    ended = await act(
        graphql, chair, "endMembership", "EndMembershipInput", id=to_id("Membership", member.pk), reason="Pindah"
    )
    assert ended["__typename"] == "Membership", ended
    refused = await graphql(SHIFT, {"input": {"place": {"lat": -7.26, "lon": 112.75}}}, token=budi)
    assert refused["data"]["startShift"]["code"] == "FORBIDDEN"  # at once, before the worker has run
    adapters = wiring.build(settings)
    for _ in range(2):
        await worker.drain(adapters)
    assert (await Driver.get(pk=row.pk)).state is DriverState.SUSPENDED
    given_back = await DeliveryJob.get(pk=waiting.pk)
    assert (given_back.state.value, given_back.driver_id) == ("OPEN", None)
    assert (await Shift.get(driver_id=row.pk)).state is ShiftState.ACTIVE  # while he carries
    assert (await Seller.get(pk=shop.pk)).is_member is False

    await act(graphql, budi, "arriveAtDropOff", "ArriveInput", jobId=id, idempotencyKey="d")
    done = await act(graphql, budi, "confirmDropOff", "ConfirmDropOffInput", jobId=id, pin="2222", idempotencyKey="e")
    assert done["__typename"] == "DeliveryJob", done
    late = await act(
        graphql, budi, "claimJob", "ClaimJobInput", jobId=to_id("DeliveryJob", waiting.pk), idempotencyKey="late"
    )
    assert late["code"] == "FORBIDDEN"
    approve = {"driverId": to_id("Driver", row.pk), "idempotencyKey": "again"}
    assert (await act(graphql, chair, "approveDriver", "ApproveDriverInput", **approve))["code"] == "WRONG_STATE"
    await wiring.close(adapters)
    assert await stage.what_is_broken() == []
