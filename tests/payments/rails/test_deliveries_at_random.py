"""Callbacks shuffled, doubled, dropped and polled, forged and old: in the end books and providers say the same.

So many deliveries as LUMBUNG_TEST_WEBHOOKS says (300 by default). The seed is printed and may be given by
LUMBUNG_TEST_WEBHOOKS_SEED.
"""

import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import orjson
import pytest

from catalog.models import Variant
from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from cooperatives.membership.models import Cooperative
from marketplace import clock, wiring, worker
from marketplace.orders import answering
from marketplace.orders import timetable as orders_timetable
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import finishing, handlers
from marketplace.payments.models import Payment, PaymentState, RailAccount, RailKind, Refund, RefundState, StrayMoney
from marketplace.settings import Settings
from marketplace.webhooks.models import CallState, ProviderCall
from tests.orders import stage
from tests.payments.rails.accounts import with_account
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.rails.fake_stripe import FakeStripe
from tests.payments.rails.serving import serving
from tests.test_checks import broken

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
DELIVERIES = int(os.environ.get("LUMBUNG_TEST_WEBHOOKS", "300"))
SEED = int(os.environ.get("LUMBUNG_TEST_WEBHOOKS_SEED", time.time_ns() % 10**9))
MISHAPS = ("429", "500", "500 after", "drop after")


@pytest.fixture
def stripe() -> FakeStripe:
    return FakeStripe()


@pytest.fixture
def midtrans() -> FakeMidtrans:
    return FakeMidtrans()


@pytest.fixture
def settings(settings: Settings, stripe: FakeStripe, midtrans: FakeMidtrans) -> Iterator[Settings]:
    with serving(stripe.app) as cards, serving(midtrans.app) as codes:
        yield settings.model_copy(update={"stripe_url": cards, "midtrans_url": codes, "midtrans_payouts_url": codes})


class Street:
    """Two co-ops, one with cards and one with QRIS, their orders, and the post that brings the callbacks."""

    def __init__(self, dice: random.Random, client: httpx.AsyncClient, stripe: FakeStripe, midtrans: FakeMidtrans):
        self.dice, self.client, self.stripe, self.midtrans = dice, client, stripe, midtrans
        self.post: list[tuple[str, dict[str, str], bytes]] = []
        self.statuses: Counter[tuple[str, int]] = Counter()
        self.coops: list[Cooperative] = []
        self.accounts: list[RailAccount] = []
        self.food: list[Variant] = []

    async def open(self, adapters: wiring.Adapters) -> None:
        for code, rail in (("CRD", RailKind.STRIPE), ("QRS", RailKind.MIDTRANS)):
            coop = await stage.cooperative(code)
            shop = await stage.shop(coop)
            self.coops.append(coop)
            self.food.append(await stage.dish(shop, price=20_000))
            self.accounts.append(await with_account(coop, adapters.rails, rail))

    async def order(self, adapters: wiring.Adapters) -> None:
        """Someone orders and pays, does not pay, pays late; what the provider answers may be lost."""
        which = self.dice.randrange(2)
        fake: Any = (self.stripe, self.midtrans)[which]
        fake.mishaps = self.dice.choices(MISHAPS, k=2) if self.dice.random() < 0.2 else []
        _, (row,) = await stage.ordered(
            await stage.buyer(),
            (self.food[which], self.dice.randint(1, 3)),
            method=PaymentMethod.ONLINE,
            rails=adapters.rails,
            fulfilment=Fulfilment.PICKUP,
            place=None,
            leads_back=self.dice.choice((None, "https://lumbung.example/pesanan/{}".format)),
        )
        fake.mishaps = []
        payment = await Payment.get(order_id=row.order_id)
        self._buyer_acts(which, payment)

    def _buyer_acts(self, which: int, payment: Payment) -> None:
        chance = self.dice.random()
        if which == 1 and str(payment.id) in self.midtrans.charges:
            if chance < 0.8:
                self.midtrans.pay(payment.id)
            elif chance < 0.9:
                self.midtrans.expire(payment.id)
        if which == 0:
            theirs: tuple[tuple[dict[str, Any], Callable[..., None]], ...] = (
                (self.stripe.intents, self.stripe.confirm),
                (self.stripe.checkout.sessions, self.stripe.checkout.pay),
            )
            asked = [
                (id, pays)
                for things, pays in theirs
                for id, one in things.items()
                if one["metadata"].get("payment_id") == str(payment.id)
            ]
            for id, pays in asked:
                if chance < 0.3:
                    pays(id, "pm_card_visa_chargeDeclinedInsufficientFunds")
                if chance < 0.8:
                    pays(id)

    def stray(self) -> None:
        """Money that a treasurer took on the provider's own page, of no order here."""
        made = self.stripe.new_intent({"amount": "5000000", "currency": "idr"})
        self.stripe.confirm(made["id"])

    def collect(self) -> None:
        """The providers hand in what they have to tell: some of it is lost, some is doubled."""
        for body in self.stripe.events:
            self._hand_in("stripe", {"Stripe-Signature": self.stripe.sign(body)}, body)
        for headers, body in self.midtrans.events:
            self._hand_in("midtrans", headers, body)
        self.stripe.events, self.midtrans.events = [], []

    def _hand_in(self, provider: str, headers: dict[str, str], body: bytes) -> None:
        for _ in range(self.dice.choices((0, 1, 2, 3), (15, 60, 20, 5))[0]):
            self.post.append((provider, headers, body))

    async def deliver(self, some: int) -> int:
        """Bring some of the post, in any order; now and then a forger's, or one overheard long ago."""
        self.dice.shuffle(self.post)
        bring, self.post = self.post[:some], self.post[some:]
        for provider, headers, body in bring:
            chance = self.dice.random()
            if chance < 0.08:
                await self._bring("forged", provider, *self._forge(provider, headers, body))
            elif chance < 0.12 and provider == "stripe":
                old = {"Stripe-Signature": self.stripe.sign(body, at=time.time() - 3_600)}
                await self._bring("old", provider, old, body)
            await self._bring("true", provider, headers, body)
        return len(bring)

    def _forge(self, provider: str, headers: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
        said = orjson.loads(body)
        if provider == "midtrans":
            said["gross_amount"] = "1.00"
            return headers, orjson.dumps(said)
        said["id"] = f"evt_forged_{self.dice.random()}"
        return headers, orjson.dumps(said)

    async def _bring(self, kind: str, provider: str, headers: dict[str, str], body: bytes) -> None:
        account = self.accounts[0 if provider == "stripe" else 1]
        answer = await self.client.post(f"/webhooks/{provider}/{account.id}", content=body, headers=headers)
        self.statuses[kind, answer.status_code] += 1


async def test_the_books_say_what_the_providers_say(
    client: httpx.AsyncClient, settings: Settings, stripe: FakeStripe, midtrans: FakeMidtrans
) -> None:
    print(f"seed {SEED}, {DELIVERIES} deliveries")  # noqa: T201  # shown when it fails
    dice = random.Random(SEED)
    adapters = wiring.build(settings)
    street = Street(dice, client, stripe, midtrans)
    await street.open(adapters)
    began = time.monotonic()
    while sum(street.statuses.values()) < DELIVERIES:
        await street.order(adapters)
        if dice.random() < 0.03:
            street.stray()
        street.collect()
        if len(street.post) > 60 or dice.random() < 0.1:
            await street.deliver(dice.randint(1, 50))
            await worker.drain(adapters)
        if dice.random() < 0.3:
            await _decline_one(dice)
    await _time_passes(adapters, street)

    took = time.monotonic() - began
    summary = dict(sorted((f"{kind} {status}", n) for (kind, status), n in street.statuses.items()))
    print(f"{took:.0f} s, {await Payment.all().count()} payments, {summary}")  # noqa: T201
    assert {kind for kind, status in street.statuses if status == 200} == {"true"}
    assert {status for kind, status in street.statuses if kind in ("forged", "old")} <= {401}
    await _agree_with(street)
    await wiring.close(adapters)


async def _decline_one(dice: random.Random) -> None:
    """A seller declines: what was paid goes back."""
    rows = await SubOrder.filter(state=SubOrderState.PAID).limit(5)
    if rows:
        row = dice.choice(rows)
        seller = await stage.Seller.get(id=row.seller_id)
        await answering.decline_sub_order(stage.owner(seller), sub_order_id=row.id, reason="habis", key=str(row.id))


async def _time_passes(adapters: wiring.Adapters, street: Street) -> None:
    """The rest of the post comes, what was lost is asked for, what nobody paid is ended."""
    try:
        for minutes in (0, 1, 3, 10, 20, 50, 70, 90, 200):
            ahead = timedelta(minutes=minutes)
            clock.use(lambda ahead=ahead: clock.machine() + ahead)  # type: ignore[misc]
            street.collect()
            await street.deliver(10_000)
            while await orders_timetable.advance_due():
                pass
            await worker.drain(adapters)
            # each payment is asked for once in 30 seconds: go round until none is left for now
            while await handlers.reconcile(adapters):
                pass
            await handlers.find_strays(adapters)
            await worker.drain(adapters)
            for _ in range(await Payment.filter(state__in=finishing.UNDERWAY).count() // 50):
                await handlers.reconcile(adapters)
    finally:
        clock.use(None)


async def _agree_with(street: Street) -> None:
    """Each payment, each refund, the money in clearing, and every rule of the books."""
    stripe, midtrans = street.stripe, street.midtrans
    by_ours = {one["metadata"].get("payment_id"): one for one in stripe.intents.values()}
    for payment in await Payment.all():
        theirs = by_ours.get(str(payment.id)) or midtrans.charges.get(str(payment.id))
        taken = bool(theirs) and (
            theirs.get("status") == "succeeded"
            or theirs.get("transaction_status") in ("settlement", "refund", "partial_refund")
        )
        assert payment.state is (PaymentState.SUCCEEDED if taken else PaymentState.FAILED), (payment.id, theirs)
    for refund in await Refund.all():
        assert refund.state is RefundState.SUCCEEDED
    assert await Refund.all().count() == len(stripe.refunds) + sum(
        len(c["refunds"]) for c in midtrans.charges.values()
    )
    cards, codes = street.coops
    assert await _amount(cards, Purpose.GATEWAY_CLEARING) == stripe.balance
    kept = await _amount(codes, Purpose.GATEWAY_FEE_EXPENSE)
    assert await _amount(codes, Purpose.GATEWAY_CLEARING) == midtrans.taken - kept
    strays = [one for one in stripe.intents.values() if not one["metadata"]]
    assert await StrayMoney.all().count() == len(strays)
    assert await _amount(cards, Purpose.UNIDENTIFIED_RECEIPT) == 50_000 * len(strays)
    assert await ProviderCall.filter(state=CallState.RECEIVED).count() == 0
    assert await broken() == set()


async def _amount(coop: Cooperative, purpose: Purpose) -> int:
    return (await ledger.balance(AccountRef(coop.pk, purpose))).amount
