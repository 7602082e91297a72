"""A provider takes the money and never answers, answers twice, or answers late: nobody pays twice, no order is lost,
and the buyer is told where his payment stands."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from cooperatives.membership.models import Cooperative
from marketplace import clock, wiring, worker
from marketplace.database import new_id
from marketplace.orders import answering
from marketplace.orders import timetable as orders_timetable
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import finishing, paying, reconciling, refunding, telling
from marketplace.payments.gateway import GatewayUnreachable, Subject
from marketplace.payments.handlers import hear
from marketplace.payments.models import Payment, PaymentState, RailAccount, RailKind, Refund, RefundState, StrayMoney
from marketplace.settings import Settings
from tests.orders import stage
from tests.payments.rails.accounts import with_account
from tests.payments.rails.fake_stripe import FakeStripe
from tests.payments.rails.serving import serving
from tests.test_checks import broken

pytestmark = pytest.mark.anyio


class Shop:
    """A shop whose co-op takes cards, and one order of Rp 50,000 that its buyer fetches."""

    def __init__(self, adapters: wiring.Adapters, coop: Cooperative, account: RailAccount, food: stage.Variant):
        self.adapters, self.coop, self.account, self.food = adapters, coop, account, food
        self.buyer = stage.Actor()

    async def order(self) -> tuple[SubOrder, Payment]:
        self.buyer = await stage.buyer()
        _, (row,) = await stage.ordered(
            self.buyer,
            (self.food, 1),
            method=PaymentMethod.ONLINE,
            rails=self.adapters.rails,
            fulfilment=Fulfilment.PICKUP,
            place=None,
        )
        return row, await Payment.get(order_id=row.order_id)

    async def heard(self, payment: Payment) -> str:
        """A callback of this payment is carried out."""
        return await hear(
            self.adapters.rails,
            account_id=self.account.id,
            about=Subject.PAYMENT,
            our_id=payment.id,
            reference="",
            amount=payment.amount,
            charge=None,
        )

    async def holds(self, purpose: Purpose, subject: object = None) -> int:
        found = await ledger.balance(AccountRef(self.coop.pk, purpose, subject))  # type: ignore[arg-type]
        return found.amount


@pytest.fixture
def stripe() -> FakeStripe:
    return FakeStripe()


@pytest.fixture
def settings(settings: Settings, stripe: FakeStripe) -> Iterator[Settings]:
    with serving(stripe.app) as url:
        yield settings.model_copy(update={"stripe_url": url})


@pytest.fixture(params=[False, True], ids=["at once", "held first"])
async def shop(db: Settings, request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    adapters = wiring.build(db)
    coop = await stage.cooperative("CRD")
    food = await stage.dish(await stage.shop(coop), price=50_000, on_hand=5)
    account = await with_account(coop, adapters.rails, RailKind.STRIPE, manual_capture=request.param)
    yield Shop(adapters, coop, account, food)
    clock.use(None)
    await wiring.close(adapters)


def later(minutes: float) -> None:
    ahead = timedelta(minutes=minutes)
    clock.use(lambda: clock.machine() + ahead)


def intent_of(stripe: FakeStripe, payment: Payment) -> str:
    (id,) = [id for id, one in stripe.intents.items() if one["metadata"].get("payment_id") == str(payment.id)]
    return id


async def test_it_takes_the_money_and_never_answers(shop: Shop, stripe: FakeStripe) -> None:
    stripe.mishaps = ["500 after", "500 after"]
    row, payment = await shop.order()
    assert payment.state is PaymentState.PROCESSING
    stripe.confirm(intent_of(stripe, payment))  # the buyer's form had got through all the same
    later(1)
    assert "Jangan bayar lagi" in telling.explain(await Payment.get(id=payment.id), "id")
    assert "Don't pay again" in telling.explain(await Payment.get(id=payment.id), "en")
    with pytest.raises(paying.PaymentUnderway):
        await paying.pay_order(
            shop.buyer, order_id=row.order_id, method=PaymentMethod.ONLINE, rails=shop.adapters.rails, key="again"
        )
    stripe.mishaps = ["drop after", "drop after"]  # of a hold: taken, and not heard of either
    later(16)  # the order would have expired by now
    assert await orders_timetable.advance_due() == 0
    await reconciling.reconcile(shop.adapters.rails)
    stripe.mishaps = []
    later(18)
    await reconciling.reconcile(shop.adapters.rails)
    payment = await Payment.get(id=payment.id)
    assert payment.state is PaymentState.SUCCEEDED
    assert telling.explain(payment, "id") == "Sudah dibayar."
    assert (await SubOrder.get(id=row.id)).state is SubOrderState.PAID
    assert [one["amount_received"] for one in stripe.intents.values()] == [5_000_000]
    assert await shop.holds(Purpose.ORDER_ESCROW, row.id) == 50_000
    assert await shop.holds(Purpose.GATEWAY_CLEARING) == stripe.balance
    assert await broken() == set()


async def test_it_answers_twice_and_three_times(shop: Shop, stripe: FakeStripe) -> None:
    row, payment = await shop.order()
    stripe.confirm(intent_of(stripe, payment))
    gateway = await shop.adapters.rails.of(payment)
    for _ in range(3):
        assert await shop.heard(payment) == "DONE"
        await finishing.look(await Payment.get(id=payment.id), gateway)
    await reconciling.reconcile(shop.adapters.rails)
    later(10)
    assert await reconciling.find_strays(shop.adapters.rails) == 0
    assert (await SubOrder.get(id=row.id)).state is SubOrderState.PAID
    assert await shop.holds(Purpose.ORDER_ESCROW, row.id) == 50_000
    assert await Refund.all().count() == await StrayMoney.all().count() == 0
    assert await broken() == set()


async def given_up(shop: Shop, stripe: FakeStripe) -> tuple[SubOrder, Payment]:
    """A payment of which the provider, asked after three minutes, has never heard."""
    stripe.mishaps = ["500", "500"]
    row, payment = await shop.order()
    later(3)
    await reconciling.reconcile(shop.adapters.rails)
    payment = await Payment.get(id=payment.id)
    assert (payment.state, payment.failure) == (PaymentState.FAILED, "NEVER_ARRIVED")
    assert "kembali penuh" in telling.explain(payment, "id")
    return row, payment


def arrives(stripe: FakeStripe, payment: Payment, shop: Shop) -> None:
    """The lost request is carried out after all, and the buyer pays it."""
    held = bool(shop.account.options.get("manual_capture"))
    made = stripe.new_intent(
        {
            "amount": str(payment.amount * 100),
            "currency": "idr",
            "metadata": {"payment_id": str(payment.id)},
            "capture_method": "manual" if held else "automatic",
        }
    )
    stripe.confirm(made["id"])


async def test_it_answers_late_and_the_order_still_waits(shop: Shop, stripe: FakeStripe) -> None:
    row, payment = await given_up(shop, stripe)
    arrives(stripe, payment, shop)
    await shop.heard(payment)
    assert (await Payment.get(id=payment.id)).state is PaymentState.SUCCEEDED
    assert (await SubOrder.get(id=row.id)).state is SubOrderState.PAID
    assert await broken() == set()


async def test_it_answers_late_and_the_order_was_paid_again_meanwhile(shop: Shop, stripe: FakeStripe) -> None:
    row, first = await given_up(shop, stripe)
    second = await paying.pay_order(
        shop.buyer, order_id=row.order_id, method=PaymentMethod.ONLINE, rails=shop.adapters.rails, key="again"
    )
    stripe.confirm(intent_of(stripe, second))
    await shop.heard(second)
    arrives(stripe, first, shop)
    await shop.heard(first)
    await worker.drain(shop.adapters)
    first, second = await Payment.get(id=first.id), await Payment.get(id=second.id)
    assert second.state is PaymentState.SUCCEEDED
    if shop.account.options.get("manual_capture"):
        assert first.state is PaymentState.FAILED  # what was held is let go: no money moved at all
        assert await Refund.all().count() == 0
    else:
        assert first.state is PaymentState.SURPLUS
        assert "kembali penuh" in telling.explain(first, "id")
        (refund,) = await Refund.all()
        assert (refund.amount, refund.state, refund.reason) == (50_000, RefundState.SUCCEEDED, "DOUBLE")
    assert (await SubOrder.get(id=row.id)).refunded == 0
    assert await shop.holds(Purpose.ORDER_ESCROW, row.id) == 50_000
    assert await shop.holds(Purpose.GATEWAY_CLEARING) == stripe.balance
    assert await broken() == set()


async def test_it_answers_late_and_the_order_has_ended(shop: Shop, stripe: FakeStripe) -> None:
    row, payment = await given_up(shop, stripe)
    later(60)
    assert await orders_timetable.advance_due() == 1
    arrives(stripe, payment, shop)
    assert await reconciling.find_strays(shop.adapters.rails) == 0  # found in the provider's list, without a callback
    later(120)
    await reconciling.find_strays(shop.adapters.rails)
    await worker.drain(shop.adapters)
    assert (await SubOrder.get(id=row.id)).state is SubOrderState.EXPIRED
    refunds = await Refund.all()
    if shop.account.options.get("manual_capture"):
        await shop.heard(payment)
        assert refunds == []
        assert [one["status"] for one in stripe.intents.values()] == ["canceled"]
    else:
        assert [(one.amount, one.state) for one in refunds] == [(50_000, RefundState.SUCCEEDED)]
    assert await shop.holds(Purpose.ORDER_ESCROW, row.id) == 0
    assert await shop.holds(Purpose.GATEWAY_CLEARING) == stripe.balance
    assert (await stage.Variant.get(id=shop.food.pk)).reserved == 0
    assert await broken() == set()


async def test_a_refund_whose_answer_is_lost_is_given_once(shop: Shop, stripe: FakeStripe) -> None:
    row, payment = await shop.order()
    stripe.confirm(intent_of(stripe, payment))
    await shop.heard(payment)
    seller = stage.owner(await stage.Seller.get(id=row.seller_id))
    await answering.decline_sub_order(seller, sub_order_id=row.id, reason="habis", key=str(new_id()))
    await refunding._settle_ended(row.id)
    (refund,) = await Refund.all()
    stripe.mishaps = ["500 after", "500 after"]
    with pytest.raises(GatewayUnreachable):
        await refunding.finish_refund(refund.id, shop.adapters.rails)
    assert len(stripe.refunds) == 1
    later(5)
    assert await refunding.reconcile_refunds(shop.adapters.rails) == 1
    assert await refunding.reconcile_refunds(shop.adapters.rails) == 0
    await worker.drain(shop.adapters)
    assert len(stripe.refunds) == 1
    assert await shop.holds(Purpose.GATEWAY_CLEARING) == stripe.balance
    assert await broken() == set()
