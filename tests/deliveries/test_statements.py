"""What a delivery costs in SQL statements, so that it doesn't creep up."""

from collections.abc import Awaitable

import pytest

from cooperatives.membership.models import Cooperative
from marketplace import outbox
from marketplace.database import is_postgres
from marketplace.deliveries import service
from marketplace.identity.actor import Actor
from tests.counting import count_statements
from tests.deliveries import stage
from tests.deliveries.stage import BOARD, SIGNER

pytestmark = pytest.mark.anyio


async def cost(act: Awaitable[object]) -> int:
    with count_statements() as counted:
        await act
    return counted.number


async def deliver(coop: Cooperative, actor: Actor) -> dict[str, int]:
    shop, _ = await stage.seller(coop)
    order = await stage.sub_order(shop, await stage.account("Ani"))
    costs = {"open": await cost(stage.job_of(order))}
    id = (await stage.job_of(order)).pk
    key = str(id)
    at_door = service.arrive_at_drop_off(actor, job_id=id, drop_id=None, key=key)
    taken = service.confirm_pickup(actor, job_id=id, pin="1111", place=None, key=key, signer=SIGNER)
    handed = service.confirm_drop_off(actor, job_id=id, drop_id=None, pin="2222", place=None, key=key, signer=SIGNER)
    costs["claim"] = await cost(service.claim_job(actor, job_id=id, key=key, dispatch=BOARD))
    costs["arrive"] = await cost(service.arrive_at_pickup(actor, job_id=id, key=key))
    costs["pick_up"] = await cost(taken)
    assert await cost(at_door) == costs["arrive"] + 1  # the drop's state too
    costs["drop_off"] = await cost(handed)
    return costs


async def test_a_delivery_by_another_coops_driver_in_cash(db: object) -> None:
    outbox.subscribe({})  # each event costs one more, whatever it is
    a, b = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(a, b)
    _, actor = await stage.on_shift(b, "Budi")
    await deliver(a, actor)  # the first opens a clearing window and the accounts of the books
    costs = await deliver(a, actor)
    posting = costs.pop("drop_off")
    opening = 5 if is_postgres() else 7  # rows of several tables are one statement there
    # Of the claim's, two are for the room under the carrier's cap: the alliance's terms, and what is set aside;
    # one asks whether driver and shop, or driver and buyer, shall not meet; one whether the co-op's jobs go out in
    # offers instead; two note what is used of the alliance; one, whether his papers still count.
    assert costs == {"open": opening, "claim": 19, "arrive": 6, "pick_up": 12}
    assert posting <= (21 if is_postgres() else 27)
