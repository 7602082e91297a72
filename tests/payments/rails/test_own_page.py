"""A buyer pays on Stripe's own page and comes back to his order, as a front end without Stripe's script has it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from marketplace import clock, wiring, worker
from marketplace.identity.actor import Role
from marketplace.identity.service import find_or_create_account, issue_tokens
from marketplace.orders import answering
from marketplace.orders import timetable as orders_timetable
from marketplace.payments import reconciling, strays
from marketplace.payments.models import Payment, RailKind, StrayMoney, StrayState
from marketplace.settings import Settings
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.orders import stage
from tests.payments.rails import test_misbehaving as at_stripe
from tests.payments.rails.accounts import officer, with_account
from tests.payments.rails.fake_stripe import FakeStripe
from tests.test_checks import broken

pytestmark = pytest.mark.anyio
stripe, settings = at_stripe.stripe, at_stripe.settings
PROBLEM = "... on Problem { code message fields { path message } }"
PAYMENT = "id state failure amount explanation instructions { url clientSecret expiresAt }"
PLACE = f"""mutation($input: PlaceOrderInput!) {{ placeOrder(input: $input) {{
  ... on Order {{ id subOrders {{ id }} payments {{ {PAYMENT} }} }} {PROBLEM} }} }}"""
PAY = f"""mutation($input: PayOrderInput!) {{
  payOrder(input: $input) {{ ... on Payment {{ {PAYMENT} }} {PROBLEM} }} }}"""
GIVE_UP = f"""mutation($input: CancelPaymentInput!) {{
  cancelPayment(input: $input) {{ ... on Payment {{ {PAYMENT} }} {PROBLEM} }} }}"""
CANCEL = f"""mutation($input: CancelSubOrderInput!) {{
  cancelSubOrder(input: $input) {{ ... on SubOrder {{ state }} {PROBLEM} }} }}"""
LOOK = f"""query($id: ID!) {{ node(id: $id) {{ ... on Order {{
  subOrders {{ id state refunds {{ amount state }} }} payments {{ {PAYMENT} }} }} }} }}"""
BACK = "/pesanan/{orderId}"


class Buying:
    """A shop of Rp 50,000 dishes whose co-op takes cards, and its buyer with an order."""

    def __init__(self, graphql: GraphQL, client: httpx.AsyncClient, stripe: FakeStripe, adapters: wiring.Adapters):
        self.graphql, self.client, self.stripe, self.adapters = graphql, client, stripe, adapters
        self.order: dict[str, Any] = {}

    async def open(self, *, is_held_first: bool) -> None:
        self.coop = await stage.cooperative("CRD")
        self.shop = await stage.shop(self.coop)
        self.food = await stage.dish(self.shop, price=50_000, on_hand=5)
        rails = self.adapters.rails
        self.account = await with_account(self.coop, rails, RailKind.STRIPE, manual_capture=is_held_first)
        self.token = (await issue_tokens(await find_or_create_account("+6281200000078", "Ani"))).access_token

    async def ask(self, document: str, **input: Any) -> dict[str, Any]:
        (found,) = (await self.graphql(document, {"input": input}, token=self.token))["data"].values()
        answer: dict[str, Any] = found
        return answer

    async def place(self) -> dict[str, Any]:
        """Place and pay in one go; answers the payment."""
        self.order = await self.ask(
            PLACE,
            lines=[{"variantId": to_id("Variant", self.food.pk), "quantity": 1}],
            fulfilment="PICKUP",
            payment="ONLINE",
            payBy={"returnUrl": BACK},
            idempotencyKey="place",
        )
        (payment,) = self.order["payments"]
        return dict(payment)

    async def look(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The part, and the latest payment."""
        node = (await self.graphql(LOOK, {"id": self.order["id"]}, token=self.token))["data"]["node"]
        return node["subOrders"][0], node["payments"][-1]

    @property
    def session(self) -> dict[str, Any]:
        """The latest session at Stripe."""
        return list(self.stripe.checkout.sessions.values())[-1]

    async def hear(self, times: int = 1) -> None:
        """Stripe tells all that it has to tell, so often; the node carries it out."""
        told, self.stripe.events = self.stripe.events, []
        for body in told * times:
            headers = {"Stripe-Signature": self.stripe.sign(body)}
            answer = await self.client.post(f"/webhooks/stripe/{self.account.id}", content=body, headers=headers)
            assert answer.status_code == 200
        await worker.drain(self.adapters)

    async def holds(self, purpose: Purpose) -> int:
        return (await ledger.balance(AccountRef(self.coop.pk, purpose))).amount

    async def reconcile(self, minutes: float) -> None:
        """What the node does by itself so much later."""
        ahead = timedelta(minutes=minutes)
        clock.use(lambda: clock.machine() + ahead)
        try:
            await orders_timetable.advance_due()
            await reconciling.reconcile(self.adapters.rails)
        finally:
            clock.use(None)


@pytest.fixture
async def buying(
    request: pytest.FixtureRequest,
    graphql: GraphQL,
    client: httpx.AsyncClient,
    stripe: FakeStripe,
    settings: Settings,
) -> AsyncIterator[Buying]:
    adapters = wiring.build(settings)
    made = Buying(graphql, client, stripe, adapters)
    await made.open(is_held_first=getattr(request, "param", False))
    yield made
    await wiring.close(adapters)


@pytest.mark.parametrize("buying", [False, True], ids=["at once", "held first"], indirect=True)
async def test_paid_on_the_page_told_twice_and_given_back(buying: Buying) -> None:
    payment = await buying.place()
    session, way_back = buying.session, f"{buying.adapters.settings.public_url}/pesanan/{buying.order['id']}"
    assert (payment["state"], payment["instructions"]["clientSecret"]) == ("PROCESSING", None)
    assert payment["instructions"]["url"] == session["url"]
    assert (session["success_url"], session["cancel_url"], session["amount_total"]) == (way_back, way_back, 5_000_000)
    assert buying.stripe.intents == {}

    buying.stripe.checkout.pay(session["id"], "pm_card_visa_chargeDeclinedInsufficientFunds")
    await buying.hear()
    _, payment = await buying.look()
    assert (payment["state"], payment["failure"]) == ("PROCESSING", "INSUFFICIENT_FUNDS")
    assert payment["instructions"]["url"] == session["url"]

    buying.stripe.checkout.pay(session["id"])
    await buying.hear(times=2)
    await buying.hear(times=2)  # what came of taking what was held
    part, payment = await buying.look()
    assert (part["state"], payment["state"], payment["explanation"]) == ("PAID", "SUCCEEDED", "Sudah dibayar.")
    row = await Payment.get()
    assert row.gateway_reference in buying.stripe.intents
    assert row.fee == 6_700  # 3.4 % of 50,000, and 5,000
    assert await buying.holds(Purpose.GATEWAY_CLEARING) == buying.stripe.balance == 43_300

    (paid_for,) = row.covers
    await answering.decline_sub_order(
        stage.owner(buying.shop), sub_order_id=UUID(paid_for), reason="habis", key="decline"
    )
    await worker.drain(buying.adapters)
    await buying.hear(times=2)
    part, _ = await buying.look()
    assert part["refunds"] == [{"amount": 50_000, "state": "SUCCEEDED"}]
    assert [one["payment_intent"] for one in buying.stripe.refunds.values()] == [row.gateway_reference]
    assert await buying.holds(Purpose.GATEWAY_CLEARING) == buying.stripe.balance
    assert await broken() == set()


@pytest.mark.parametrize("mishap", ["500 after", "drop after"])
async def test_the_call_comes_before_the_answer(buying: Buying, mishap: str) -> None:
    buying.stripe.mishaps = [mishap, mishap]
    payment = await buying.place()
    if mishap == "500 after":  # the library's second try is answered as the first
        assert (payment["state"], payment["instructions"]) == ("PROCESSING", None)
        await buying.reconcile(1)  # the page is found again, and he is led to it
        _, payment = await buying.look()
    assert payment["instructions"]["url"] == buying.session["url"]
    await Payment.all().update(gateway_reference="", instructions=None)  # as if this had not been written yet
    buying.stripe.checkout.pay(buying.session["id"])
    await buying.hear()
    part, payment = await buying.look()
    assert (part["state"], payment["state"]) == ("PAID", "SUCCEEDED")
    assert len(buying.stripe.checkout.sessions) == len(buying.stripe.intents) == 1
    assert await broken() == set()


async def test_one_that_lapses_may_be_paid_again(buying: Buying) -> None:
    await buying.place()
    buying.stripe.checkout.lapse(buying.session["id"])
    await buying.hear(times=2)
    part, payment = await buying.look()
    assert (part["state"], payment["state"], payment["failure"]) == ("PLACED", "FAILED", "EXPIRED")
    assert "batas waktu pembayaran lewat" in payment["explanation"]
    wanted = {"orderId": buying.order["id"], "method": "ONLINE", "by": {"channel": "CARD", "returnUrl": BACK}}
    again = await buying.ask(PAY, **wanted, idempotencyKey="again")
    assert again["instructions"]["url"] == buying.session["url"]
    buying.stripe.checkout.pay(buying.session["id"])
    await buying.hear()
    part, payment = await buying.look()
    assert (part["state"], payment["id"], payment["state"]) == ("PAID", again["id"], "SUCCEEDED")
    assert await broken() == set()


@pytest.mark.parametrize("ended_by", ["its time", "its buyer", "giving it up"])
async def test_a_page_ends_with_what_it_is_for(buying: Buying, ended_by: str) -> None:
    payment = await buying.place()
    if ended_by == "its buyer":
        (part,) = buying.order["subOrders"]
        await buying.ask(CANCEL, subOrderId=part["id"], reason="batal", idempotencyKey="cancel")
        await buying.reconcile(1)
    elif ended_by == "giving it up":
        await buying.ask(GIVE_UP, paymentId=payment["id"], idempotencyKey="up")
    else:
        await buying.reconcile(1)
        assert buying.session["status"] == "open"
        await buying.reconcile(17)
    assert (buying.session["status"], buying.session["url"]) == ("expired", None)
    _, payment = await buying.look()
    assert (payment["state"], payment["instructions"]) == ("FAILED", None)
    assert (payment["failure"] == "CANCELLED") is (ended_by == "giving it up")
    await buying.hear(times=2)
    assert await broken() == set()


async def test_who_paid_before_he_gave_it_up_has_paid(buying: Buying) -> None:
    payment = await buying.place()
    buying.stripe.checkout.pay(buying.session["id"])
    gone = await buying.ask(GIVE_UP, paymentId=payment["id"], idempotencyKey="up")
    assert gone["state"] == "SUCCEEDED"
    await buying.hear()
    assert (await buying.look())[0]["state"] == "PAID"


async def test_a_rupiah_too_much_is_held_apart_and_goes_back(buying: Buying) -> None:
    await buying.place()
    buying.session["amount_total"] += 100
    buying.stripe.checkout.pay(buying.session["id"])
    await buying.hear(times=2)
    part, payment = await buying.look()
    assert (part["state"], payment["state"], payment["failure"]) == ("PLACED", "FAILED", "WRONG_AMOUNT")
    stray = await StrayMoney.get()
    assert (stray.amount, stray.why, stray.reference) == (50_001, "WRONG_AMOUNT", next(iter(buying.stripe.intents)))
    assert await buying.holds(Purpose.GATEWAY_CLEARING) == buying.stripe.balance
    treasurer = officer(buying.coop, Role.TREASURER)
    back = await strays.return_stray(treasurer, stray_id=stray.id, rails=buying.adapters.rails, key="back")
    assert back.state is StrayState.RETURNED
    assert await buying.holds(Purpose.GATEWAY_CLEARING) == buying.stripe.balance
    assert await broken() == set()


async def test_a_strangers_address_is_refused_before_anything_is_written(buying: Buying) -> None:
    (fault,) = (
        await buying.ask(
            PLACE,
            lines=[{"variantId": to_id("Variant", buying.food.pk), "quantity": 1}],
            fulfilment="PICKUP",
            payment="ONLINE",
            payBy={"returnUrl": "https://evil.example/{orderId}"},
            idempotencyKey="place",
        )
    )["fields"]
    assert fault["path"] == ["returnUrl"]
    assert "/pesanan/{orderId}" in fault["message"]
    assert await Payment.all().count() == len(buying.stripe.checkout.sessions) == 0
