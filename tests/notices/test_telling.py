"""Who is told what, and how long an order rings."""

from datetime import timedelta

import pytest

from marketplace import clock, worker
from marketplace.database import new_id
from marketplace.identity.actor import Actor
from marketplace.notices import calling, service, writing
from marketplace.notices.models import MailAddress, Notice, NoticeKind, Ring
from marketplace.notices.senders import Message, NotSent, Recipient, Sender
from marketplace.notices.templates import TEMPLATES, words_of
from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import StateChange, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.wiring import Adapters
from tests.counting import count_statements
from tests.notices.conftest import Shop, event_of

pytestmark = pytest.mark.anyio


class Spy:
    """A sender that remembers, and reaches or fails as told."""

    def __init__(self, name: str, *, reaches: bool = True, fails: bool = False, costs_money: bool = False) -> None:
        self.name, self.reaches, self.fails, self.costs_money = name, reaches, fails, costs_money
        self.uses_mail, self.uses_push = name == "mail", False
        self.sent: list[tuple[Recipient, Message]] = []

    async def send(self, recipient: Recipient, message: Message) -> bool:
        if self.fails:
            raise NotSent(reason="away")
        if self.reaches:
            self.sent.append((recipient, message))
        return self.reaches


def with_senders(adapters: Adapters, *senders: Sender) -> Adapters:
    from dataclasses import replace

    return replace(adapters, senders=senders)


async def test_every_notice_has_words_in_both_languages() -> None:
    for language, templates in TEMPLATES.items():
        assert set(templates) == set(NoticeKind), language
        for kind in NoticeKind:
            assert words_of(kind, {"number": "LB-1"}, language).title


async def test_a_new_order_is_told_to_the_shop_once_and_rings(adapters: Adapters, shop: Shop) -> None:
    for _ in range(2):
        await writing.tell(adapters, event_of("sub_order.paid", shop))
    notice = await Notice.get()
    assert (notice.account_id, notice.kind) == (shop.owner.id, NoticeKind.ORDER_TO_ANSWER)
    assert notice.rings_until is not None
    assert (
        words_of(notice.kind, notice.values, "id").body == "Rp50.000, tunai saat diantar. Terima atau tolak sekarang."
    )
    assert await Ring.all().count() == 1


async def test_an_answer_silences_it_and_tells_the_buyer(adapters: Adapters, shop: Shop) -> None:
    await writing.tell(adapters, event_of("sub_order.paid", shop))
    await writing.tell(adapters, event_of("sub_order.accepted", shop, 2))
    assert (await Ring.get()).ended_at is not None
    assert (await Notice.get(account_id=shop.owner.id)).rings_until is None
    told = await Notice.get(account_id=shop.buyer.id)
    assert (told.kind, told.rings_until) == (NoticeKind.ORDER_ACCEPTED, None)


@pytest.mark.parametrize(("side", "kinds"), [(Side.SYSTEM, [NoticeKind.ORDER_RECEIVED]), (Side.SELLER, [])])
async def test_an_order_answered_before_it_was_told_does_not_ring(
    adapters: Adapters, shop: Shop, side: Side, kinds: list[NoticeKind]
) -> None:
    await SubOrder.filter(id=shop.sub_order.id).update(state=SubOrderState.ACCEPTED)
    await StateChange.create(
        sub_order_id=shop.sub_order.id,
        event=SubOrderEvent.ACCEPT,
        state=SubOrderState.ACCEPTED,
        version=2,
        side=side,
    )
    await writing.tell(adapters, event_of("sub_order.paid", shop))
    assert await Ring.all().count() == 0
    assert [notice.kind for notice in await Notice.all()] == kinds


async def test_a_ring_goes_to_the_next_sender_every_30_seconds_until_answered(adapters: Adapters, shop: Shop) -> None:
    push, whatsapp = Spy("web_push"), Spy("gateway", costs_money=True)
    adapters = with_senders(adapters, push, whatsapp)
    await writing.tell(adapters, event_of("sub_order.paid", shop))
    await worker.drain(adapters)
    assert (len(push.sent), len(whatsapp.sent)) == (1, 0)
    assert await calling.ring_again(adapters) == 0, "30 seconds have not passed"

    await Ring.all().update(next_at=clock.now())
    assert await calling.ring_again(adapters) == 1
    await worker.drain(adapters)
    assert (len(push.sent), len(whatsapp.sent)) == (1, 1)
    assert "/a/" in whatsapp.sent[0][1].url

    await writing.tell(adapters, event_of("sub_order.accepted", shop, 2))
    await Ring.all().update(next_at=clock.now())
    assert await calling.ring_again(adapters) == 0
    await worker.drain(adapters)
    assert len(whatsapp.sent) == 1


async def test_a_sender_that_reaches_nobody_passes_the_ring_on_at_once(adapters: Adapters, shop: Shop) -> None:
    deaf, broken, last = Spy("web_push", reaches=False), Spy("gateway", fails=True), Spy("mail")
    adapters = with_senders(adapters, deaf, broken, last)
    await writing.tell(adapters, event_of("sub_order.paid", shop))
    await worker.drain(adapters)
    assert len(last.sent) == 1
    assert await OutboxEvent.filter(done_at=None).count() == 0


async def test_a_ring_ends_by_itself(adapters: Adapters, shop: Shop) -> None:
    await writing.tell(adapters, event_of("sub_order.paid", shop))
    await Ring.all().update(next_at=clock.now(), ends_at=clock.now() - timedelta(seconds=1))
    await calling.ring_again(adapters)
    assert (await Ring.get()).ended_at is not None


async def test_other_notices_go_by_what_costs_nothing(adapters: Adapters, shop: Shop) -> None:
    whatsapp, mail = Spy("gateway", costs_money=True), Spy("mail")
    adapters = with_senders(adapters, whatsapp, mail)
    await MailAddress.create(account_id=shop.buyer.id, address="budi@example.test", confirmed_at=clock.now())
    await writing.tell(adapters, event_of("sub_order.ready", shop))
    await worker.drain(adapters)
    assert whatsapp.sent == []
    ((recipient, message),) = mail.sent
    assert (recipient.phone, recipient.mail) == (shop.buyer.phone, "budi@example.test")
    assert message.title == "Order LB-1-1 is ready"


@pytest.mark.parametrize("is_given", [False, True])
async def test_who_gave_no_address_costs_one_statement(adapters: Adapters, shop: Shop, is_given: bool) -> None:
    mail = Spy("mail")
    adapters = with_senders(adapters, mail)
    if is_given:  # but not confirmed
        await MailAddress.create(account_id=shop.buyer.id, address="budi@example.test")
    events = [
        OutboxEvent(id=n, aggregate_id=new_id(), payload={"account_id": str(shop.buyer.id)}, handler="notices.send")
        for n in range(5)
    ]
    with count_statements() as counted:
        assert await calling.send_all(adapters, events) == []
    assert counted.number == 1


async def test_a_ring_that_was_answered_calls_nobody(adapters: Adapters, shop: Shop) -> None:
    sender = Spy("gateway", costs_money=True)
    adapters = with_senders(adapters, sender)
    await writing.tell(adapters, event_of("sub_order.paid", shop))
    due = OutboxEvent(id=1, aggregate_id=shop.sub_order.id, payload={"step": 1}, handler="notices.call")
    assert await calling.call_all(adapters, [due]) == [due]
    await writing.tell(adapters, event_of("sub_order.accepted", shop, 2))
    assert await calling.call_all(adapters, [due]) == []
    assert sender.sent == []


async def test_a_person_reads_only_their_own_notices(adapters: Adapters, shop: Shop) -> None:
    await writing.tell(adapters, event_of("sub_order.accepted", shop))
    page = await service.notices_of(shop.buying, first=10, after=None)
    assert [notice.kind for notice in page.rows] == [NoticeKind.ORDER_ACCEPTED]
    assert (await service.notices_of(shop.selling, first=10, after=None)).rows == []
    id = page.rows[0].id
    with pytest.raises(Exception, match="no such notice"):
        await service.mark_read(shop.selling, ids=[id])
    assert await service.unread_count(shop.buying) == 1
    await service.mark_read(shop.buying, ids=[id])
    assert await service.unread_count(shop.buying) == 0
    assert (await service.notices_of(shop.buying, unread_only=True, first=10, after=None)).rows == []
    with pytest.raises(Exception, match="Sign in"):
        await service.notices_of(Actor(), first=10, after=None)
