"""Subscriptions over a real WebSocket: a server on a port of its own, graphql-transport-ws as browsers speak it."""

import pytest

from marketplace.database import transaction
from marketplace.identity import service as identity
from marketplace.identity.models import Account, RoleGrant
from marketplace.notices import writing
from marketplace.orders import answering
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.orders.steps import tell
from marketplace.settings import Settings
from schema import watching
from schema.ids import to_id
from tests.live.conftest import token_of, watching_as
from tests.notices.conftest import Shop, event_of, make_shop

pytestmark = pytest.mark.anyio

ORDER = """subscription ($id: ID!, $after: Int) { orderChanged(id: $id, after: $after) {
  kind version order { number subOrders { state } } news { subOrder { state } steps { state event } } } }"""
NOTICES = "subscription { noticeArrived { kind title isRinging isRead } }"


def order_id(shop: Shop) -> str:
    return str(to_id("Order", shop.sub_order.order_id))


async def accept(shop: Shop, key: str = "k") -> SubOrder:
    return await answering.accept_sub_order(shop.selling, sub_order_id=shop.sub_order.id, minutes=10, key=key)


async def test_a_buyer_sees_the_order_at_once_and_each_change(url: str) -> None:
    shop = await make_shop()
    async with watching_as(url, await token_of(shop.buyer), ORDER, id=order_id(shop)) as watcher:
        first = await watcher.data()
        assert (first["kind"], first["version"], first["news"]) == ("CURRENT", 1, [])
        await accept(shop)
        change = await watcher.data()
        assert (change["kind"], change["version"]) == ("CHANGED", 2)
        assert change["order"]["subOrders"] == [{"state": "ACCEPTED"}]
        assert change["news"] == [
            {"subOrder": {"state": "ACCEPTED"}, "steps": [{"state": "ACCEPTED", "event": "ACCEPT"}]}
        ]


async def test_who_comes_back_is_told_what_was_missed(url: str) -> None:
    shop = await make_shop()
    await accept(shop)
    await answering.start_preparing(shop.selling, sub_order_id=shop.sub_order.id, key="p")
    token, id = await token_of(shop.buyer), order_id(shop)
    async with watching_as(url, token, ORDER, id=id, after=1) as watcher:
        first = await watcher.data()
        assert (first["kind"], first["version"]) == ("CHANGED", 3)
        assert [step["state"] for step in first["news"][0]["steps"]] == ["ACCEPTED", "PREPARING"]
    async with watching_as(url, token, ORDER, id=id, after=3) as watcher:
        assert (await watcher.data())["kind"] == "CURRENT"
    for after in (9, -100):
        async with watching_as(url, token, ORDER, id=id, after=after) as watcher:
            first = await watcher.data()
            assert (first["kind"], first["news"]) == ("RESYNC", [])


async def test_nobody_and_strangers_are_told_nothing(url: str) -> None:
    shop = await make_shop()
    stranger = await Account.create(phone="+6281200000009")
    for token in (None, await token_of(stranger)):
        async with watching_as(url, token, ORDER, id=order_id(shop)) as watcher:
            assert await watcher.refusal() == "NOT_FOUND"
    async with watching_as(url, None, NOTICES) as watcher:
        assert await watcher.refusal() == "UNAUTHENTICATED"
    async with watching_as(url, await token_of(stranger), ORDER, id="nonsense") as watcher:
        assert await watcher.refusal() == "INVALID"


async def test_a_hint_that_was_lost_is_made_up_for(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "LOOK_EVERY_S", 0.2)
    shop = await make_shop()
    async with watching_as(url, await token_of(shop.buyer), ORDER, id=order_id(shop)) as watcher:
        await watcher.data()
        await SubOrder.filter(id=shop.sub_order.id).update(state=SubOrderState.ACCEPTED, version=2)
        assert (await watcher.data())["version"] == 2


async def test_it_ends_with_the_token(url: str) -> None:
    shop = await make_shop()
    issued = await identity.issue_tokens(shop.buyer)
    async with watching_as(url, issued.access_token, ORDER, id=order_id(shop)) as watcher:
        await watcher.data()
        await issued.session.filter(id=issued.session.id).update(ended_at=issued.access_expires_at)
        await accept(shop)
        assert await watcher.refusal() == "UNAUTHENTICATED"


async def test_it_ends_when_a_role_does(url: str) -> None:
    shop = await make_shop()
    async with watching_as(url, await token_of(shop.owner), ORDER, id=order_id(shop)) as watcher:
        assert (await watcher.data())["kind"] == "CURRENT"
        await RoleGrant.filter(account_id=shop.owner.id).delete()
        async with transaction():
            await tell(shop.sub_order)
        assert await watcher.refusal() == "NOT_FOUND"


async def test_a_change_that_concerns_no_part_of_it_sends_nothing(url: str) -> None:
    shop = await make_shop()
    async with watching_as(url, await token_of(shop.buyer), ORDER, id=order_id(shop)) as watcher:
        await watcher.data()
        async with transaction():
            await tell(shop.sub_order)
        assert await watcher.is_silent()


async def test_a_kitchen_screen_rings_falls_silent_and_rings_again_when_it_connects(
    url: str, settings: Settings
) -> None:
    shop = await make_shop()
    token = await token_of(shop.owner)
    async with watching_as(url, token, NOTICES) as watcher:
        assert await watcher.is_silent()
        await writing.tell(None, event_of("sub_order.paid", shop))
        ringing = await watcher.data()
        assert (ringing["kind"], ringing["isRinging"]) == ("ORDER_TO_ANSWER", True)
    async with watching_as(url, token, NOTICES) as watcher:
        assert (await watcher.data())["isRinging"] is True
        await writing.tell(None, event_of("sub_order.accepted", shop, 2))
        assert (await watcher.data())["isRinging"] is False
        assert await watcher.is_silent()
