"""A driver watches what lies before him; a dispatcher what his co-op has to look after."""

import pytest

from marketplace.deliveries import shifts
from marketplace.deliveries.dispatch import searching
from marketplace.identity.actor import Role
from schema.ids import to_id
from tests.deliveries import offering, stage
from tests.live.conftest import watching_as
from tests.live.test_job_subscriptions import granted

pytestmark = pytest.mark.anyio

OFFERS = """subscription { offersChanged { kind gone appeared {
  id state ownShare job { id state pickup { name } } why { words } } } }"""
BOARD = """subscription ($id: ID!) { dispatchBoardChanged(cooperativeId: $id) {
  kind gone load { open offered held ready paused } appeared { state offers { state driver { name } } } } }"""


async def test_offers_appear_before_a_driver_and_are_gone_when_another_takes_the_job(url: str) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, watching = await offering.at(coop, "Budi")
    _, faster = await offering.at(coop, "Agus")
    async with watching_as(url, await granted(watching), OFFERS) as watcher:
        assert await watcher.data() == {"kind": "CURRENT", "appeared": [], "gone": []}
        job = await offering.looking(shop)
        change = await watcher.data()
        (offer,) = change["appeared"]
        assert (change["kind"], offer["ownShare"], offer["job"]["state"]) == ("CHANGED", 11_040, "OFFERED")
        assert "urutan ke-" in offer["why"]["words"]
        await offering.accept(faster, (await offering.open_offers(job))["Agus"])
        assert await watcher.data() == {"kind": "CHANGED", "appeared": [], "gone": [offer["id"]]}


async def test_what_is_taken_back_at_a_pause_is_gone_at_once(url: str) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, actor = await offering.at(coop, "Budi")
    await offering.looking(shop)
    async with watching_as(url, await granted(actor), OFFERS) as watcher:
        (offer,) = (await watcher.data())["appeared"]
        shift = await shifts.pause_shift(actor)
        await searching.on_shift_changed(None, offering.event("shift.changed", shift))
        assert (await watcher.data())["gone"] == [offer["id"]]


async def test_a_dispatcher_sees_jobs_with_their_offers_until_they_end(url: str) -> None:
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop)
    shop, _ = await stage.seller(coop)
    _, budis = await offering.at(coop, "Budi")
    dispatcher = await granted(await stage.officer(coop, Role.DISPATCHER))
    id = to_id("Cooperative", coop.pk)
    async with watching_as(url, dispatcher, BOARD, id=id) as watcher:
        first = await watcher.data()
        assert first == {
            "kind": "CURRENT",
            "appeared": [],
            "gone": [],
            "load": {"open": 0, "offered": 0, "held": 0, "ready": 1, "paused": 0},
        }
        job = await offering.looking(shop)
        change = await watcher.data()
        while change["appeared"][0]["state"] != "OFFERED":  # it was looked at between opening and offering
            change = await watcher.data()
        assert change["appeared"] == [
            {"state": "OFFERED", "offers": [{"state": "OPEN", "driver": {"name": "Budi"}}]},
        ]
        assert change["load"]["offered"] == 1
        await offering.accept(budis, (await offering.open_offers(job))["Budi"])
        change = await watcher.data()
        assert change["appeared"][0]["state"] == "ASSIGNED"
        assert (change["load"]["held"], change["load"]["offered"]) == (1, 0)


async def test_a_stranger_watches_neither(url: str) -> None:
    coop = await stage.cooperative("DRV")
    other = await stage.cooperative("FOD")
    chair = await granted(await stage.officer(other))
    async with watching_as(url, chair, BOARD, id=to_id("Cooperative", coop.pk)) as watcher:
        assert await watcher.refusal() == "FORBIDDEN"
    async with watching_as(url, chair, OFFERS) as watcher:
        assert await watcher.refusal() == "FORBIDDEN"
