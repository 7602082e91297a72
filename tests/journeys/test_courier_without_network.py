"""Budi rides where there is no network: what his phone tells afterwards, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.deliveries.models import DeliveryJob, Driver
from marketplace.identity.actor import Role
from marketplace.identity.models import Account
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.deliveries import stage
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

SEND = """mutation($input: SendCourierEventsInput!) { sendCourierEvents(input: $input) { __typename
  ... on CourierEventsReceipt { awaited waiting hasMore
    answers { sequence id outcome code message isTimeDoubted job { state isYours } } }
  ... on Problem { code message } } }"""
JOB = "query($id: ID!) { node(id: $id) { ... on DeliveryJob { state proofs { kind parcelCode } } } }"


class Phone:
    """A driver's phone: numbers what happens, and sends it when it can."""

    def __init__(self, graphql: GraphQL, driver: Driver, token: str) -> None:
        self.graphql, self.driver, self.token = graphql, driver, token
        self.noted: list[dict[str, Any]] = []

    def note(self, kind: str, job: DeliveryJob | None = None, **more: Any) -> dict[str, Any]:
        number = len(self.noted) + 1
        at = clock.now() - timedelta(hours=5) + timedelta(minutes=number)
        event = {"sequence": number, "id": f"e-{number}", "kind": kind, "at": at.isoformat(), **more}
        if job is not None:
            event["jobId"] = to_id("DeliveryJob", job.pk)
        self.noted.append(event)
        return event

    async def send(self, events: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
        sent = {"deviceId": "redmi-1", "sentAt": clock.now().isoformat(), "events": events, **more}
        answer = await self.graphql(SEND, {"input": sent}, token=self.token)
        assert "errors" not in answer, answer
        found: dict[str, Any] = answer["data"]["sendCourierEvents"]
        return found


async def out_of_reach(graphql: GraphQL, jobs: int = 2) -> tuple[Phone, list[DeliveryJob], Any]:
    """Budi has claimed so many jobs, and loses the network."""
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    driver, _ = await stage.on_shift(coop, "Budi", job_limit=5, cash_limit=5_000_000)
    token = await token_of(await Account.get(pk=driver.account_id), Role.DRIVER, cooperative_id=coop.pk)
    phone = Phone(graphql, driver, token)
    found = []
    for number in range(jobs):
        job = await stage.job_of(await stage.sub_order(shop, await stage.account("Ani")))
        claim = "mutation($input: ClaimJobInput!) { claimJob(input: $input) { __typename } }"
        input = {"jobId": to_id("DeliveryJob", job.pk), "idempotencyKey": f"c{number}"}
        claimed = await graphql(claim, {"input": input}, token=token)
        assert claimed["data"]["claimJob"]["__typename"] == "DeliveryJob"
        found.append(job)
    return phone, found, coop


async def test_a_day_without_a_network_is_told_in_any_order(graphql: GraphQL) -> None:
    phone, (job, _), _ = await out_of_reach(graphql)
    arrive = phone.note("ARRIVE_AT_PICKUP", job)
    pick_up = phone.note("PICK_UP", job, pin="1111", parcelCode="PKT-7")
    door = phone.note("ARRIVE_AT_DROP_OFF", job)
    drop = phone.note("DROP_OFF", job, pin="2222", place={"lat": -7.28, "lon": 112.76})

    late = await phone.send([drop, door, drop])
    assert (late["awaited"], late["waiting"], late["answers"][0]["outcome"]) == (1, 2, "WAITING")
    first = await phone.send([arrive])
    assert (first["awaited"], first["waiting"]) == (2, 2)
    whole = await phone.send([pick_up, arrive])
    assert (whole["awaited"], whole["waiting"], whole["hasMore"]) == (5, 0, False)
    assert [answer["outcome"] for answer in whole["answers"]] == ["APPLIED"] * 4
    assert not any(answer["isTimeDoubted"] for answer in whole["answers"])
    seen = (await graphql(JOB, {"id": to_id("DeliveryJob", job.pk)}, token=phone.token))["data"]["node"]
    assert seen["state"] == "DELIVERED"
    assert seen["proofs"] == [{"kind": "PARCEL_CODE", "parcelCode": "PKT-7"}]
    assert await stage.what_is_broken() == []


async def test_a_job_given_to_another_meanwhile_is_answered_with_what_stands(graphql: GraphQL) -> None:
    phone, (mine, lost), coop = await out_of_reach(graphql)
    siti, _ = await stage.on_shift(coop, "Siti")
    dispatcher = await token_of(await stage.account("Petugas"), Role.DISPATCHER, cooperative_id=coop.pk)
    reassign = """mutation($input: ReassignJobInput!) { reassignJob(input: $input) {
      __typename ... on Problem { code message } } }"""
    input = {"jobId": to_id("DeliveryJob", lost.pk), "driverId": to_id("Driver", siti.pk)}
    said = {**input, "reason": "Budi di luar jangkauan", "idempotencyKey": "r"}
    assert (await graphql(reassign, {"input": said}, token=dispatcher))["data"]["reassignJob"][
        "__typename"
    ] == "DeliveryJob"

    events = [
        phone.note("ARRIVE_AT_PICKUP", lost),
        phone.note("PICK_UP", lost, pin="1111"),
        phone.note("ARRIVE_AT_PICKUP", mine),
        phone.note("PICK_UP", mine, pin="4711"),
        phone.note("PICK_UP", mine, pin="1111"),
    ]
    told = await phone.send(events)
    outcomes = [answer["outcome"] for answer in told["answers"]]
    assert outcomes == ["CONFLICT", "CONFLICT", "APPLIED", "CONFLICT", "APPLIED"]
    gone, _, _, wrong, _ = told["answers"]
    assert gone["job"] == {"state": "ASSIGNED", "isYours": False}
    assert "tidak lagi di tangan Anda" in gone["message"]
    assert (wrong["code"], wrong["job"]) == ("WRONG_PIN", {"state": "CARRYING", "isYours": True})
    assert (await DeliveryJob.get(pk=lost.pk)).driver_id == siti.pk


async def test_a_clock_that_is_off_is_kept_and_not_believed(graphql: GraphQL) -> None:
    phone, (job, _), _ = await out_of_reach(graphql)
    year_off = (clock.now() - timedelta(days=365)).isoformat()
    event = phone.note("ARRIVE_AT_PICKUP", job) | {"at": year_off}
    (answer,) = (await phone.send([event], sentAt=year_off))["answers"]
    assert (answer["outcome"], answer["isTimeDoubted"]) == ("APPLIED", True)
    assert (await DeliveryJob.get(pk=job.pk)).state.value == "AT_PICKUP"


async def test_what_can_not_be_read_holds_up_nothing(graphql: GraphQL) -> None:
    phone, (job, _), _ = await out_of_reach(graphql)
    events = [
        phone.note("ARRIVE_AT_PICKUP") | {"jobId": "nonsense"},
        phone.note("FAIL", job),
        phone.note("POSITION"),
        phone.note("MESSAGE", job, phrase="NO_SUCH_PHRASE"),
        phone.note("DROP_OFF", job, pin="2222"),  # before its pickup
        phone.note("FAIL", job, failureCode="NOBODY_HOME"),  # and so is this
        phone.note("ARRIVE_AT_PICKUP", job),
    ]
    told = await phone.send(events)
    assert [(answer["outcome"], answer["code"]) for answer in told["answers"]] == [
        ("CONFLICT", "INVALID"),
        ("CONFLICT", "INVALID"),
        ("CONFLICT", "INVALID"),
        ("CONFLICT", "INVALID"),
        ("CONFLICT", "WRONG_STATE"),
        ("CONFLICT", "WRONG_STATE"),
        ("APPLIED", None),
    ]
    assert "sebutkan tempat Anda" in told["answers"][2]["message"]


async def test_only_who_drives_may_tell(graphql: GraphQL) -> None:
    phone, (job, _), coop = await out_of_reach(graphql)
    event = phone.note("ARRIVE_AT_PICKUP", job)
    stranger = Phone(graphql, phone.driver, await token_of(await stage.account("Orang lain")))
    assert (await stranger.send([event]))["code"] == "FORBIDDEN"
    joko, _ = await stage.on_shift(coop, "Joko")
    other = Phone(
        graphql, joko, await token_of(await Account.get(pk=joko.account_id), Role.DRIVER, cooperative_id=coop.pk)
    )
    (answer,) = (await other.send([event]))["answers"]
    assert (answer["outcome"], answer["code"], answer["job"]) == ("CONFLICT", "NOT_FOUND", None)
    assert (await DeliveryJob.get(pk=job.pk)).state.value == "ASSIGNED"
