"""One payment for shops of two co-ops: one collects, owes the other at once, and the books of both stay exact."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Purpose
from cooperatives.membership.models import Cooperative
from cooperatives.settlements import service as settlements
from cooperatives.settlements.models import ClearingMembership, Obligation, Reservation
from marketplace import clock, wiring, worker
from marketplace.database import new_id
from marketplace.identity.actor import Forbidden, Role
from marketplace.orders import answering
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import collecting, finishing, reconciling
from marketplace.payments.gateway import PaymentChannel
from marketplace.payments.models import Payment, PaymentState, RailKind, Refund, RefundState
from marketplace.payments.rails import ChannelUnavailable, SeveralCollectors
from marketplace.payments.takings.models import Taking, TakingState, TakingWay
from marketplace.settings import Settings
from tests.orders import stage
from tests.payments.rails.accounts import officer, with_account
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.rails.fake_stripe import FakeStripe
from tests.payments.rails.serving import serving
from tests.test_checks import broken

pytestmark = pytest.mark.anyio


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
    """Two co-ops with a shop each: one takes cards, its neighbour QRIS or nothing online of its own."""

    def __init__(self, adapters: wiring.Adapters) -> None:
        self.adapters = adapters

    async def open(self, *, neighbour_collects: bool = False) -> None:
        self.large, self.small = await stage.cooperative("LRG"), await stage.cooperative("SML")
        self.dear = await stage.dish(await stage.shop(self.large), price=50_000)
        self.cheap = await stage.dish(await stage.shop(self.small), price=20_000)
        await with_account(self.large, self.adapters.rails, RailKind.STRIPE)
        if neighbour_collects:
            await with_account(self.small, self.adapters.rails, RailKind.MIDTRANS)

    async def consent(self, *coops: Cooperative) -> None:
        for coop in coops:
            for role in (Role.TREASURER, Role.CHAIR):
                await collecting.set_consent(
                    officer(coop, role), cooperative_id=coop.pk, is_given=True, key=str(new_id())
                )

    async def order(
        self, dear: int = 1, cheap: int = 1, channel: PaymentChannel | None = None
    ) -> tuple[SubOrder, SubOrder, Payment]:
        """The large co-op's part, the small one's, and their one payment."""
        _, rows = await stage.ordered(
            await stage.buyer(),
            (self.dear, dear),
            (self.cheap, cheap),
            method=PaymentMethod.ONLINE,
            rails=self.adapters.rails,
            fulfilment=Fulfilment.PICKUP,
            place=None,
            channel=channel,
        )
        mine, theirs = sorted(rows, key=lambda row: row.cooperative_id != self.large.pk)
        return mine, theirs, await Payment.get(order_id=mine.order_id)

    async def offered(self, *coops: Cooperative) -> set[PaymentChannel]:
        """Over what one payment to these may go."""
        gateways = await collecting.offered(self.adapters.rails, {coop.pk for coop in coops})
        return {channel for gateway in gateways for channel in gateway.channels}

    async def look(self, payment: Payment) -> Payment:
        return await finishing.look(payment, await self.adapters.rails.of(payment))

    async def set_cap(self, cap: int) -> None:
        await settlements.group_of(self.large.pk, self.small.pk)
        await ClearingMembership.filter(cooperative_id=self.large.pk).update(cap=cap)


@pytest.fixture
async def street(db: Settings) -> AsyncIterator[Street]:
    adapters = wiring.build(db)
    yield Street(adapters)
    clock.use(None)
    await wiring.close(adapters)


async def holds(coop: Cooperative, purpose: Purpose, subject: object = None) -> int:
    return (await ledger.balance(AccountRef(coop.pk, purpose, subject))).amount  # type: ignore[arg-type]


def pay_by_card(stripe: FakeStripe, payment: Payment) -> None:
    (id,) = [id for id, one in stripe.intents.items() if one["metadata"].get("payment_id") == str(payment.id)]
    stripe.confirm(id)


async def test_one_payment_is_booked_in_both_books_and_owed_at_once(street: Street, stripe: FakeStripe) -> None:
    await street.open()
    await street.consent(street.small)
    mine, theirs, payment = await street.order()
    assert payment.amount == 70_000
    (held,) = await Reservation.all()
    assert (held.debtor_id, held.creditor_id, held.amount) == (street.large.pk, street.small.pk, 20_000)
    assert await broken() == set()
    pay_by_card(stripe, payment)
    for _ in range(3):  # heard once, however often it is said
        payment = await street.look(payment)
    assert payment.state is PaymentState.SUCCEEDED
    assert {row.state for row in await SubOrder.filter(order_id=mine.order_id)} == {SubOrderState.PAID}
    fee = payment.fee or 0
    assert fee > 0
    theirs_of_fee = await holds(street.small, Purpose.GATEWAY_FEE_EXPENSE)
    assert theirs_of_fee == round(fee * 20_000 / 70_000)
    assert await holds(street.large, Purpose.GATEWAY_FEE_EXPENSE) == fee - theirs_of_fee
    assert await holds(street.large, Purpose.GATEWAY_CLEARING) == 70_000 - fee == stripe.balance
    assert await holds(street.small, Purpose.GATEWAY_CLEARING) == 0
    assert await holds(street.large, Purpose.ORDER_ESCROW, mine.id) == 50_000
    assert await holds(street.small, Purpose.ORDER_ESCROW, theirs.id) == 20_000
    assert await holds(street.small, Purpose.DUE_FROM, street.large.pk) == 20_000
    owed = {(row.debtor_id, row.cause_kind): row.amount for row in await Obligation.all()}
    assert owed == {
        (street.large.pk, "sub_order.collected"): 20_000,
        (street.small.pk, "payment.fee"): theirs_of_fee,
    }
    assert await Reservation.all().count() == 0
    taken = {row.cooperative_id: row for row in await Taking.filter(source_id=payment.id)}
    own, others = taken[street.large.pk], taken[street.small.pk]
    assert (own.amount, own.fee, own.way) == (50_000, fee - theirs_of_fee, TakingWay.CARD)
    assert (others.amount, others.fee) == (20_000, theirs_of_fee)
    assert (own.collector_id, others.collector_id) == (None, street.large.pk)
    assert await broken() == set()


async def test_a_part_that_ends_goes_back_out_of_the_collectors_account(street: Street, stripe: FakeStripe) -> None:
    await street.open()
    await street.consent(street.small)
    _, theirs, payment = await street.order()
    pay_by_card(stripe, payment)
    await street.look(payment)
    seller = stage.owner(await stage.Seller.get(id=theirs.seller_id))
    await answering.decline_sub_order(seller, sub_order_id=theirs.id, reason="habis", key=str(new_id()))
    await worker.drain(street.adapters)
    (refund,) = await Refund.all()
    assert (refund.amount, refund.state, refund.cooperative_id) == (20_000, RefundState.SUCCEEDED, street.small.pk)
    assert len(stripe.refunds) == 1
    states = {row.cooperative_id: row.state for row in await Taking.all()}
    assert states == {street.large.pk: TakingState.TAKEN, street.small.pk: TakingState.RETURNED}
    assert await holds(street.large, Purpose.GATEWAY_CLEARING) == stripe.balance
    assert await holds(street.small, Purpose.DUE_FROM, street.large.pk) == 20_000
    assert await holds(street.large, Purpose.DUE_FROM, street.small.pk) >= 20_000
    assert await broken() == set()


async def test_who_has_not_agreed_is_not_collected_for(street: Street) -> None:
    await street.open(neighbour_collects=True)
    with pytest.raises(SeveralCollectors):
        await street.order()
    treasurer = officer(street.small, Role.TREASURER)
    for _ in range(2):  # one officer alone, however often he says it
        row = await collecting.set_consent(
            treasurer, cooperative_id=street.small.pk, is_given=True, key=str(new_id())
        )
        assert not row.is_given
    with pytest.raises(SeveralCollectors):
        await street.order()
    with pytest.raises(Forbidden):
        await collecting.set_consent(
            officer(street.large, Role.CHAIR), cooperative_id=street.small.pk, is_given=True, key="other"
        )
    await street.consent(street.small)
    await street.order()
    await collecting.set_consent(treasurer, cooperative_id=street.small.pk, is_given=False, key=str(new_id()))
    with pytest.raises(SeveralCollectors):  # one officer ends it at once
        await street.order()


async def test_what_is_offered_is_what_can_be_paid_over(street: Street) -> None:
    await street.open(neighbour_collects=True)
    by_code = {PaymentChannel.QRIS, PaymentChannel.EWALLET, PaymentChannel.VIRTUAL_ACCOUNT}
    assert await street.offered(street.large) == {PaymentChannel.CARD}
    assert await street.offered(street.small) == by_code
    assert await street.offered(street.large, street.small) == set()
    await street.consent(street.small)
    assert await street.offered(street.large, street.small) == {PaymentChannel.CARD}
    await street.consent(street.large)
    assert await street.offered(street.large, street.small) == by_code | {PaymentChannel.CARD}
    assert await street.offered(await stage.cooperative("NON")) == {PaymentChannel.SIMULATED}


async def test_the_cap_says_who_may_collect(street: Street, midtrans: FakeMidtrans) -> None:
    await street.open(neighbour_collects=True)
    await street.consent(street.small)
    await street.set_cap(50_000)
    for _ in range(2):  # 20,000 twice: set aside, and counted before they are owed
        await street.order()
    with pytest.raises(settlements.NetDebitCapReached):
        await street.order()
    assert await Payment.all().count() == 2
    await street.consent(street.large)  # now the other one may collect instead
    mine, theirs, payment = await street.order()
    assert payment.gateway == "MIDTRANS"
    midtrans.pay(payment.id)
    await street.look(payment)
    fee = await holds(street.small, Purpose.GATEWAY_FEE_EXPENSE) + await holds(
        street.large, Purpose.GATEWAY_FEE_EXPENSE
    )
    assert await holds(street.small, Purpose.GATEWAY_CLEARING) == midtrans.taken - fee
    assert await holds(street.large, Purpose.ORDER_ESCROW, mine.id) == 50_000
    assert await holds(street.small, Purpose.ORDER_ESCROW, theirs.id) == 20_000
    assert await broken() == set()


async def test_a_channel_that_only_the_smaller_one_offers(street: Street) -> None:
    await street.open(neighbour_collects=True)
    await street.consent(street.small, street.large)
    *_, payment = await street.order(channel=PaymentChannel.QRIS)
    assert (payment.gateway, payment.amount) == ("MIDTRANS", 70_000)
    with pytest.raises(ChannelUnavailable):
        await street.order(channel=PaymentChannel.SIMULATED)
    assert await Reservation.all().count() == 1


async def test_what_was_set_aside_is_let_go_when_nobody_pays(street: Street, stripe: FakeStripe) -> None:
    await street.open()
    await street.consent(street.small)
    stripe.mishaps = ["500", "500"]  # it never arrives: as if the process had died before it asked
    *_, payment = await street.order()
    assert await Reservation.all().count() == 1
    clock.use(lambda: clock.machine() + timedelta(minutes=3))
    assert await reconciling.reconcile(street.adapters.rails) == 1
    assert (await Payment.get(id=payment.id)).state is PaymentState.FAILED
    assert await Reservation.all().count() == await Obligation.all().count() == 0
    assert await broken() == set()


async def test_a_crash_between_two_books_leaves_nothing_half_written(
    street: Street, stripe: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    await street.open()
    await street.consent(street.small)
    *_, payment = await street.order()
    pay_by_card(stripe, payment)
    for where in ("owe", "let_go"):
        with monkeypatch.context() as patch:
            patch.setattr(finishing.collecting, where, _dies)
            with pytest.raises(KeyboardInterrupt):
                await street.look(payment)
    assert (await Payment.get(id=payment.id)).state is PaymentState.PROCESSING
    assert (await Reservation.all().count(), await Obligation.all().count()) == (1, 0)
    assert await holds(street.large, Purpose.GATEWAY_CLEARING) == 0
    assert (await street.look(payment)).state is PaymentState.SUCCEEDED
    assert await broken() == set()


async def _dies(*_: object) -> None:
    raise KeyboardInterrupt
