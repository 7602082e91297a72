"""What is asked of a job or a co-op costs as many statements at fifty rows as at one; what is old is forgotten."""

from datetime import timedelta
from typing import Any

import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries.courier import past_events
from marketplace.deliveries.courier.day import EventKind
from marketplace.deliveries.courier.models import (
    AttemptWay,
    ContactAttempt,
    CourierDevice,
    CourierEvent,
    DriverTip,
    Incident,
    IncidentKind,
    JobMessage,
    MessageSide,
    Proof,
    ProofKind,
    ProofMoment,
    SosAlert,
    SosState,
    TipState,
)
from marketplace.deliveries.models import DeliveryJob
from marketplace.identity.actor import Role
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.courier import days
from tests.deliveries.test_over_http import token_of

pytestmark = pytest.mark.anyio

ASKED = {
    "job": """... on DeliveryJob { messages(first: 100) { nodes { text } } contactAttempts { way } proofs { kind }
      incidents { kind remedies driver { name } } tips { amount } deviceEvents { kind } failureTerms { code } }""",
    "coop": """... on Cooperative { carryingRules { proof }
      incidents(first: 100) { nodes { kind remedies driver { name phone } } }
      sosAlerts(openOnly: false, first: 100) { nodes { state driver { name phone } } } }""",
}


async def fill(job: DeliveryJob, driver: Any, drop_id: Any, number: int) -> None:
    """So many of everything that hangs on the job and its driver's co-op."""
    of_job = {"job_id": job.pk, "drop_id": drop_id, "by_id": driver.account_id}
    device = await CourierDevice.create(driver_id=driver.pk, name=f"hp-{new_id()}", seen_at=clock.now())
    for place in range(number):
        at = clock.now()
        await JobMessage.create(**of_job, side=MessageSide.DRIVER, text="Halo")
        await ContactAttempt.create(**of_job, side=MessageSide.DRIVER, way=AttemptWay.OWN_PHONE)
        proof = {"kind": ProofKind.PARCEL_CODE, "moment": ProofMoment.PICKUP, "name": str(new_id()), "text": "P"}
        await Proof.create(**of_job, **proof)
        where = {"driver_id": driver.pk, "cooperative_id": driver.cooperative_id}
        await Incident.create(job_id=job.pk, kind=IncidentKind.FLAT_TYRE, **where)
        place_of = {"lat": -7.2, "lon": 112.7, "placed_at": at, "state": SosState.CLOSED}
        await SosAlert.create(account_id=driver.account_id, **where, **place_of)
        tip = {
            "giver_id": new_id(),
            "driver_id": driver.pk,
            "amount": 1_000,
            "is_cash": True,
            "state": TipState.GIVEN,
        }
        await DriverTip.create(job_id=job.pk, sub_order_id=new_id(), **tip)
        event = {"kind": EventKind.CALL, "digest": "", "device_at": at, "outcome": "APPLIED", "content": {}}
        await CourierEvent.create(device_id=device.pk, sequence=place + 1, name=f"e{place}", job_id=job.pk, **event)


async def test_fifty_cost_as_many_statements_as_one(graphql: GraphQL) -> None:
    day = await days.morning(1)
    (job,) = day.jobs
    drop = await days.Drop.get(job_id=job.pk)
    desk = await token_of(await stage.account("Petugas"), Role.DISPATCHER, cooperative_id=day.coop.pk)
    ids = {"job": to_id("DeliveryJob", job.pk), "coop": to_id("Cooperative", day.coop.pk)}
    costs: dict[int, dict[str, int]] = {}
    seen = 0
    for number in (1, 50):
        await fill(job, day.driver, drop.pk, number)
        seen += number
        costs[number] = {}
        for name, shown in ASKED.items():
            document = f"query($id: ID!) {{ node(id: $id) {{ {shown} }} }}"
            with count_statements() as counted:
                answer = await graphql(document, {"id": ids[name]}, token=desk)
            assert "errors" not in answer, answer
            found = answer["data"]["node"]["incidents"]
            assert len(found if name == "job" else found["nodes"]) == seen
            # What the live updates' poll reads meanwhile is no cost of a list.
            costs[number][name] = counted.number
    assert costs[1] == costs[50], costs


async def test_what_is_old_is_forgotten_and_what_waits_is_not(db: Settings) -> None:
    day = await days.morning(1)
    (job,) = day.jobs
    first = day.note(EventKind.ARRIVE_AT_PICKUP, job)
    day.note(EventKind.PAUSE)
    third = day.note(EventKind.MESSAGE, job, phrase="IS_IT_READY")
    await day.send([first, third])
    await JobMessage.create(job_id=job.pk, by_id=new_id(), side=MessageSide.SHOP, text="Sudah")
    assert await past_events.forget_old(None) == 0
    try:
        clock.use(lambda: clock.machine() + timedelta(days=91))
        assert await past_events.forget_old(None) == 2
        (kept,) = await CourierEvent.all()
        assert kept.sequence == 3  # it waits for the second
        (answer,) = (await day.send([first])).answers
        assert answer.code == "IDEMPOTENCY_MISMATCH"  # it was carried out: that much is known for ever
    finally:
        clock.use(None)
