"""The link in a ringing message: following it shows the order, its button accepts it, once, for its person."""

from datetime import timedelta

import httpx
import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.identity.actor import Actor
from marketplace.identity.models import Account, RoleGrant
from marketplace.money import format_rupiah
from marketplace.notices import calling, finding, links, service
from marketplace.notices.links import Link, Purpose
from marketplace.notices.models import MailAddress, Notice, NoticeKind, Ring
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import OrderLine, SubOrder
from marketplace.settings import Settings
from search import saving
from search.engine import Query
from search.models import SavedSearch
from tests.notices.conftest import Shop, make_shop

pytestmark = pytest.mark.anyio


async def link_to(shop: Shop, settings: Settings, minutes: int = 10) -> str:
    ring = Ring(
        sub_order_id=shop.sub_order.id,
        seller_id=shop.sub_order.seller_id,
        next_at=clock.now(),
        ends_at=clock.now() + timedelta(minutes=minutes),
    )
    return calling.accept_link(settings, ring, shop.owner.id).removeprefix(settings.public_url)


async def state_of(shop: Shop) -> SubOrderState:
    return (await SubOrder.get(id=shop.sub_order.id)).state


async def test_following_the_link_changes_nothing_and_its_button_accepts(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    shop = await make_shop()
    await OrderLine.create(
        sub_order_id=shop.sub_order.id,
        listing_id=new_id(),
        variant_id=new_id(),
        title="Nasi <b>goreng</b>",
        quantity=2,
        unit_price=25_000,
        total=50_000,
    )
    path = await link_to(shop, settings)
    shown = await client.get(path)
    assert shown.status_code == 200
    assert "2 × Nasi &lt;b&gt;goreng&lt;/b&gt;" in shown.text
    assert f"Harga barang {format_rupiah(shop.sub_order.goods + shop.sub_order.packing)}" in shown.text
    assert "Diambil pembeli" in shown.text
    assert shown.headers["referrer-policy"] == "no-referrer"
    assert await state_of(shop) is SubOrderState.CASH_AGREED

    accepted = (await client.post(path)).text
    assert "Pesanan diterima. Pembeli sudah diberi tahu." in accepted
    assert '<a href="/jual">' in accepted
    assert await state_of(shop) is SubOrderState.ACCEPTED
    again = await client.post(path)
    assert "sudah dijawab" in again.text
    assert (await SubOrder.get(id=shop.sub_order.id)).version == 2


async def test_a_link_that_is_old_forged_or_of_a_person_who_left_is_refused(
    client: httpx.AsyncClient, settings: Settings
) -> None:
    shop = await make_shop()
    good = await link_to(shop, settings)
    for path in (await link_to(shop, settings, minutes=-1), good[:-3] + "AAA", "/a/x"):
        assert (await client.post(path)).status_code == 410
    await RoleGrant.filter(account_id=shop.owner.id).delete()
    assert (await client.post(good)).status_code == 410
    assert await state_of(shop) is SubOrderState.CASH_AGREED


async def test_a_link_to_confirm_an_address_accepts_no_order(client: httpx.AsyncClient, settings: Settings) -> None:
    shop = await make_shop()
    link = Link(Purpose.CONFIRM_MAIL, shop.sub_order.id, shop.owner.id, clock.now() + timedelta(minutes=5))
    token = links.sign(link, settings.secret_key.get_secret_value())
    assert (await client.post(f"/a/{token}")).status_code == 410


async def test_an_address_is_confirmed_by_its_button(client: httpx.AsyncClient, settings: Settings) -> None:
    sent: list[str] = []

    class Mail:
        name, costs_money, uses_mail, uses_push = "mail", False, True, False

        async def send(self, recipient: object, message: service.Message) -> bool:
            sent.append(message.url.removeprefix(settings.public_url))
            return True

    await service.set_mail_address(
        Actor(account_id=new_id()), address="sri@warung.example", settings=settings, senders=[Mail()], language="id"
    )
    assert "sri@warung.example" in (await client.get(sent[0])).text
    assert (await MailAddress.get()).confirmed_at is None
    assert (await client.post(sent[0])).status_code == 200
    assert (await MailAddress.get()).confirmed_at is not None


async def test_the_alerts_of_a_saved_search_end_by_one_tap(client: httpx.AsyncClient, settings: Settings) -> None:
    ani, budi = Actor(account_id=new_id()), Actor(account_id=new_id())
    for actor in (ani, budi):
        await Account.create(id=actor.account_id, phone=f"+62812{actor.account_id.int % 10**8:08}", name="A")
    query = Query("nasi <b>goreng</b>")
    search = await saving.save_search(ani, query, alerts=True, key="1")
    theirs = await saving.save_search(budi, query, alerts=True, key="1")

    def stop(actor: Actor, search: SavedSearch, **values: object) -> str:
        told = {"kind": NoticeKind.SEARCH_ANSWERED, "values": {"saved_search_id": str(search.pk)}}
        notice = Notice(account_id=actor.account_id, **({"created_at": clock.now()} | told | values))
        found = finding.stop_of(notice, "id", settings)
        return "" if found is None else found.url.removeprefix(settings.public_url)

    path = stop(ani, search)
    shown = await client.get(path)
    assert "nasi &lt;b&gt;goreng&lt;/b&gt;" in shown.text
    assert (await saving.saved_search(ani, search.pk)).alerts, "following the link changes nothing"
    # As a mail program does when its own button is tapped.
    for _ in range(2):
        done = await client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "tidak dikabari lagi" in done.text) == (200, True)
    assert not (await saving.saved_search(ani, search.pk)).alerts
    assert (await saving.saved_search(budi, theirs.pk)).alerts

    # A link of one person's for another's search does nothing; an old or forged one is refused.
    await client.post(stop(ani, theirs))
    assert (await saving.saved_search(budi, theirs.pk)).alerts
    for bad in (stop(budi, theirs, created_at=clock.now() - finding.STOP_LIFE), path[:-3] + "AAA", "/u/x"):
        assert (await client.post(bad)).status_code == 410
    assert stop(ani, search, kind=NoticeKind.ORDER_READY) == ""
    await saving.delete_search(ani, search.pk)
    assert "sudah dihapus" in (await client.get(path)).text
