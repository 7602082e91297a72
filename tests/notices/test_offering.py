"""A driver's phone rings for an offer while it runs, with what it brings; and never for one that is over."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from cooperatives.membership import service as membership
from cooperatives.membership.models import Alliance
from cooperatives.membership.terms import Terms
from marketplace import clock, wiring, worker
from marketplace.database import new_id
from marketplace.deliveries.dispatch.models import JobOffer, OfferState
from marketplace.identity.actor import Role
from marketplace.identity.models import Account, RoleGrant
from marketplace.notices import between
from marketplace.notices import offering as ringing
from marketplace.notices.models import Notice, NoticeKind, PushSubscription
from marketplace.notices.pages import EVENT_OF
from marketplace.notices.senders import Message, NotSent, Recipient
from marketplace.notices.templates import words_of
from marketplace.outbox import OutboxEvent
from marketplace.wiring import Adapters
from tests.deliveries import offering, stage

pytestmark = pytest.mark.anyio


@dataclass
class Push:
    """Keeps what it would send."""

    sent: list[tuple[Recipient, Message]] = field(default_factory=list)
    is_down: bool = False
    name: str = "web_push"
    costs_money: bool = False
    uses_mail: bool = False
    uses_push: bool = True

    async def send(self, recipient: Recipient, message: Message) -> bool:
        if self.is_down:
            raise NotSent(reason="down")
        self.sent.append((recipient, message))
        return True


async def subscribed(account_id: object) -> None:
    await PushSubscription.create(
        account_id=account_id, endpoint="https://push.example/a", endpoint_hash=str(new_id()), p256dh="p", auth="a"
    )


async def test_who_has_an_offer_and_a_browser_is_rung_with_price_and_way_and_end(adapters: Adapters) -> None:
    push = Push()
    adapters = replace(adapters, senders=(push,))
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, expires_s=60)
    shop, _ = await stage.seller(coop, "Warung Bu Sri")
    budi, _ = await offering.at(coop, "Budi", metres=500)
    citra, _ = await offering.at(coop, "Citra", metres=900)
    await offering.at(coop, "Agus")  # subscribed no browser
    for driver in (budi, citra):
        await subscribed(driver.account_id)
    await Account.filter(pk=citra.account_id).update(language="en")
    job = await offering.looking(shop)
    assert len(await offering.open_offers(job)) == 3
    (event,) = await OutboxEvent.filter(event="job.offered")
    assert await ringing.ring_all(adapters, [event]) == [event]
    await worker.drain(adapters)
    told = {recipient.account_id: message for recipient, message in push.sent}
    assert set(told) == {budi.account_id, citra.account_id}
    message, english = told[budi.account_id], told[citra.account_id]
    assert message.title == "Tawaran antar: Rp11.040 untuk Anda"
    assert message.body.startswith("Ongkir Rp12.000, 592 m ke Warung Bu Sri. Jawab dalam ")
    assert english.title == "A job for you: Rp11.040"
    assert "1.2 km to Warung Bu Sri" in english.body
    assert 40 <= message.life_s <= 60
    assert (message.is_urgent, message.tag, message.kind) == (True, str(job.pk), "JOB_OFFERED")
    assert not await OutboxEvent.filter(event="job.offered", done_at=None)


async def test_nobody_hears_of_an_offer_that_is_over_and_a_push_service_that_is_down_holds_nothing_up(
    adapters: Adapters,
) -> None:
    push = Push()
    adapters = replace(adapters, senders=(push,))
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, expires_s=20)
    shop, _ = await stage.seller(coop)
    budi, _ = await offering.at(coop, "Budi")
    await subscribed(budi.account_id)
    job = await offering.looking(shop)
    (event,) = await OutboxEvent.filter(event="job.offered")
    ring = wiring.HANDLERS["job.offered"]["notices.offer"]
    for state, later_s in ((OfferState.DECLINED, 0), (OfferState.WITHDRAWN, 0), (OfferState.OPEN, 19)):
        await JobOffer.filter(job_id=job.pk).update(state=state)
        now = clock.now()
        clock.use(lambda now=now, later_s=later_s: now + timedelta(seconds=later_s))  # type: ignore[misc]
        try:
            await ring(adapters, event)
        finally:
            clock.use(None)
    assert push.sent == []
    push.is_down = True
    await ring(adapters, event)
    push.is_down = False
    await ring(adapters, event)
    assert len(push.sent) == 1
    assert await ringing.ring_all(replace(adapters, senders=()), [event]) == []
    await PushSubscription.all().delete()
    assert await ringing.ring_all(adapters, [event]) == []


async def test_officers_hear_of_terms_while_they_wait_for_them(adapters: Adapters) -> None:
    ours, theirs = await stage.cooperative("FOD"), await stage.cooperative("DRV")
    await stage.ally(ours, theirs)
    chair = await stage.officer(theirs)
    assert chair.account_id is not None
    await RoleGrant.create(account_id=chair.account_id, role=Role.CHAIR, cooperative_id=theirs.pk)
    alliance = await Alliance.get(seller_cooperative_id=ours.pk)
    proposer = await stage.officer(ours)
    asked = {"alliance_id": alliance.pk, "as_cooperative_id": ours.pk}
    await membership.propose_terms(proposer, **asked, terms=Terms(9_000))
    await worker.drain(adapters)
    (notice,) = await Notice.filter(kind=NoticeKind.ALLIANCE_TERMS_PROPOSED)
    expected = {"cooperative": "Koperasi FOD", EVENT_OF: str(alliance.pk)}
    assert (notice.account_id, notice.values) == (chair.account_id, expected)
    await membership.withdraw_terms(proposer, alliance_id=alliance.pk, version=1)
    event = OutboxEvent(id=99, event="alliance.terms_proposed", handler="x", aggregate_id=alliance.pk, payload={})
    await between.tell_of_alliance(adapters, event)
    assert await Notice.filter(kind=NoticeKind.ALLIANCE_TERMS_PROPOSED).count() == 1


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"is_back": False, "was_put_out": False}, NoticeKind.HUB_STORED),
        ({"is_back": True, "was_put_out": False}, NoticeKind.HUB_TO_FETCH),
        ({"is_back": False, "was_put_out": True}, NoticeKind.HUB_WINDOW_CLOSED),
    ],
)
async def test_goods_that_lie_at_a_hub_are_told_to_who_can_move_them(
    adapters: Adapters, said: dict[str, bool], kind: NoticeKind
) -> None:
    coop = await stage.cooperative("FOD")
    shop, owner = await stage.seller(coop)
    dispatcher = await stage.officer(coop, Role.DISPATCHER)
    for actor, role, of in (
        (owner, Role.SELLER_OWNER, {"seller_id": shop.pk}),
        (dispatcher, Role.DISPATCHER, {"cooperative_id": coop.pk}),
    ):
        await RoleGrant.create(account_id=actor.account_id, role=role, **of)
    parties = {"cooperative_id": str(coop.pk), "seller_id": str(shop.pk), "hub": "Pos Gubeng"}
    event = OutboxEvent(id=7, event="job.at_hub", handler="x", aggregate_id=new_id(), payload={**parties, **said})
    for _ in range(2):
        await between.tell_of_hub(adapters, event)
    (notice,) = await Notice.all()
    hears = dispatcher if kind is NoticeKind.HUB_WINDOW_CLOSED else owner
    assert (notice.kind, notice.account_id) == (kind, hears.account_id)
    assert "Pos Gubeng" in words_of(kind, notice.values, "id").title
