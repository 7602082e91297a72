"""A driver watches the board; a shop watches the job that carries its order."""

from datetime import timedelta

import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.deliveries import service as deliveries
from marketplace.deliveries.shifts import end_shift
from marketplace.deliveries.times import late
from marketplace.identity.actor import Actor
from marketplace.identity.models import Account, RoleGrant
from schema.ids import to_id
from tests.deliveries import stage
from tests.live.conftest import token_of, watching_as

pytestmark = pytest.mark.anyio

BOARD = """subscription { jobBoardChanged(near: {lat: -7.26, lon: 112.75}) {
  kind appeared { id state pickup { name } } gone } }"""
JOB = """subscription ($id: ID!, $after: Int) { jobChanged(id: $id, after: $after) {
  kind version job { state estimate { dropOff { to } } delays { kind minutes } } news { event version } } }"""


async def granted(actor: Actor) -> str:
    """A token that carries the grants that the stage has given."""
    for grant in actor.grants:
        await RoleGrant.create(
            account_id=actor.account_id,
            role=grant.role,
            cooperative_id=grant.cooperative_id,
            seller_id=grant.seller_id,
        )
    return await token_of(await Account.get(id=actor.account_id))


async def test_a_job_appears_on_the_board_and_is_gone_when_another_takes_it(url: str) -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    _, watching_driver = await stage.on_shift(coop, "Budi")
    _, faster_driver = await stage.on_shift(coop, "Agus")
    async with watching_as(url, await granted(watching_driver), BOARD) as watcher:
        assert await watcher.data() == {"kind": "CURRENT", "appeared": [], "gone": []}
        job = await stage.job_of(await stage.sub_order(shop, await stage.account("Andi")))
        change = await watcher.data()
        id = str(to_id("DeliveryJob", job.id))
        assert (change["kind"], [seen["id"] for seen in change["appeared"]]) == ("CHANGED", [id])
        await deliveries.claim_job(faster_driver, job_id=job.id, key="k", dispatch=stage.BOARD)
        assert await watcher.data() == {"kind": "CHANGED", "appeared": [], "gone": [id]}


async def test_the_board_ends_with_the_shift(url: str) -> None:
    coop = await stage.cooperative("DRV")
    _, actor = await stage.on_shift(coop, "Budi")
    shop, _ = await stage.seller(coop)
    async with watching_as(url, await granted(actor), BOARD) as watcher:
        await watcher.data()
        await end_shift(actor)
        await stage.job_of(await stage.sub_order(shop, await stage.account("Andi")))
        assert await watcher.refusal() == "NOT_ON_SHIFT"


async def test_a_job_is_followed_by_its_shop_and_told_again_to_who_comes_back(url: str) -> None:
    coop = await stage.cooperative("DRV")
    shop, owner = await stage.seller(coop)
    _, driver = await stage.on_shift(coop, "Budi")
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Andi")))
    token, id = await granted(owner), str(to_id("DeliveryJob", job.id))
    async with watching_as(url, token, JOB, id=id) as watcher:
        first = await watcher.data()
        assert (first["kind"], first["job"]["state"], first["news"]) == ("CURRENT", "OPEN", [])
        await deliveries.claim_job(driver, job_id=job.id, key="k", dispatch=stage.BOARD)
        change = await watcher.data()
        assert (change["kind"], change["job"]["state"]) == ("CHANGED", "ASSIGNED")
        assert [step["event"] for step in change["news"]] == ["CLAIM"]
    async with watching_as(url, token, JOB, id=id, after=first["version"]) as watcher:
        again = await watcher.data()
        assert (again["kind"], again["news"]) == ("CHANGED", change["news"])
    async with watching_as(url, token, JOB, id=id, after=99) as watcher:
        assert (await watcher.data())["kind"] == "RESYNC"


async def test_strangers_follow_no_job(url: str) -> None:
    coop = await stage.cooperative("DRV")
    shop, _ = await stage.seller(coop)
    job = await stage.job_of(await stage.sub_order(shop, await stage.account("Andi")))
    token = await token_of(await stage.account("Orang lain"))
    for id in (job.id, new_id()):
        async with watching_as(url, token, JOB, id=str(to_id("DeliveryJob", id))) as watcher:
            assert await watcher.refusal() == "NOT_FOUND"
    async with watching_as(url, token, BOARD) as watcher:
        assert await watcher.refusal() == "FORBIDDEN"


async def test_lateness_is_sent_although_the_job_itself_stands_still(url: str) -> None:
    coop = await stage.cooperative("DRV")
    shop, owner = await stage.seller(coop)
    part = await stage.sub_order(shop, await stage.account("Andi"))
    part.promised_at = clock.now() - timedelta(minutes=10)
    await part.save()
    job = await stage.job_of(part)
    async with watching_as(url, await granted(owner), JOB, id=str(to_id("DeliveryJob", job.id))) as watcher:
        first = await watcher.data()
        assert first["job"]["delays"] == []
        assert first["job"]["estimate"]["dropOff"]["to"] > clock.now().isoformat()
        assert await late.find_late(None) == 1
        told = await watcher.data()
        assert (told["kind"], told["version"], told["news"]) == ("CHANGED", first["version"], [])
        assert [delay["kind"] for delay in told["job"]["delays"]] == ["RIDER"]
