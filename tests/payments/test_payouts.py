"""Payouts: within what is owed, the members' limit, the float and the officers; whatever fails comes back."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest

from cooperatives.ledger import service as ledger
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.models import Cooperative, Membership, MembershipState
from cooperatives.savings.models import SavingsAccount, SavingsKind
from marketplace import clock, wiring, worker
from marketplace.database import new_id, transaction
from marketplace.errors import Invalid, NotFound
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.notices.models import Notice, NoticeKind
from marketplace.orders import answering
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import PaymentMethod
from marketplace.payments import disputes, handlers, saved_refunds
from marketplace.payments.gateway import PaymentChannel, RefundWay
from marketplace.payments.models import Payment, RailAccount, RailKind, Refund, RefundState
from marketplace.payments.payouts import destinations, lifecycle, sending, service
from marketplace.payments.payouts.lifecycle import PayeeKind, PayoutEvent, PayoutState, PayoutWrongState
from marketplace.payments.payouts.models import Payout
from marketplace.settings import Settings
from tests.orders import stage
from tests.payments.rails.accounts import officer, with_account
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.rails.fake_stripe import FakeStripe
from tests.payments.rails.serving import serving
from tests.test_checks import broken

pytestmark = pytest.mark.anyio
BANK = ("bca", "117-299 3826", "Bu  Sri")

LIVES = [
    # state, event, then
    ("REQUESTED", "SEND", "SENT"),
    ("REQUESTED", "CANCEL", "CANCELLED"),
    ("SENT", "CONFIRM", "CONFIRMED"),
    ("SENT", "FAIL", "FAILED"),
    ("CONFIRMED", "FAIL", "FAILED"),
]


def test_the_table_of_lives_is_all_there_is() -> None:
    allowed = {(state, event): then for state, event, then in LIVES}
    for state, event in product(PayoutState, PayoutEvent):
        if (state.value, event.value) in allowed:
            assert lifecycle.advance(state, event) == allowed[state.value, event.value]
        else:
            with pytest.raises(PayoutWrongState):
                lifecycle.advance(state, event)


class Coop:
    """A co-op with an account at Midtrans that owes a shop Rp 2,000,000."""

    def __init__(self, adapters: wiring.Adapters, row: Cooperative, account: RailAccount, shop: stage.Seller):
        self.adapters, self.row, self.account, self.shop = adapters, row, account, shop
        self.owner = stage.owner(shop)

    async def ask(self, amount: int, key: str = "") -> Payout:
        return await service.request_payout(
            self.owner,
            cooperative_id=self.row.pk,
            payee=PayeeKind.SELLER,
            payee_id=self.shop.pk,
            amount=amount,
            vault=self.adapters.rails.vault,
            key=key or str(new_id()),
        )

    async def decided(self, daily_limit: int = 5_000_000, two_officers_from: int = 1_000_000) -> None:
        await destinations.set_policy(
            officer(self.row, Role.CHAIR),
            cooperative_id=self.row.pk,
            daily_limit=daily_limit,
            two_officers_from=two_officers_from,
            decision="RAT 2026, keputusan 4",
            key=str(new_id()),
        )

    async def send(self) -> int:
        return await sending.send_due(self.adapters.rails)

    async def holds(self, purpose: Purpose, subject: UUID | None = None) -> int:
        return (await ledger.balance(AccountRef(self.row.pk, purpose, subject))).amount

    async def owed(self) -> int:
        return await self.holds(Purpose.SELLER_PAYABLE, self.shop.pk)


@pytest.fixture
def midtrans() -> FakeMidtrans:
    return FakeMidtrans()


@pytest.fixture
def settings(settings: Settings, midtrans: FakeMidtrans) -> Iterator[Settings]:
    with serving(midtrans.app) as url:
        yield settings.model_copy(update={"midtrans_url": url, "midtrans_payouts_url": url})


@pytest.fixture
async def coop(db: Settings) -> AsyncIterator[Coop]:
    adapters = wiring.build(db)
    row = await stage.cooperative("QRS")
    account = await with_account(row, adapters.rails, RailKind.MIDTRANS, payout_fee=5_000)
    shop = await stage.shop(row)
    made = Coop(adapters, row, account, shop)
    owes = AccountRef(row.pk, Purpose.SELLER_PAYABLE, shop.pk)
    async with transaction():
        has = AccountRef(row.pk, Purpose.GATEWAY_CLEARING)
        await ledger.post([Entry(has, owes, 2_000_000, "order.goods")], cause=Cause("test.sold", new_id()))
    await destinations.set_destination(
        made.owner,
        cooperative_id=row.pk,
        payee=PayeeKind.SELLER,
        payee_id=shop.pk,
        to=destinations.checked(*BANK),
        vault=adapters.rails.vault,
        key="to",
    )
    yield made
    clock.use(None)
    await wiring.close(adapters)


def later(minutes: float) -> None:
    ahead = timedelta(minutes=minutes)
    clock.use(lambda: clock.machine() + ahead)


async def test_the_same_day_by_itself_and_booked_with_its_fee(coop: Coop, midtrans: FakeMidtrans) -> None:
    await coop.decided()
    payout = await coop.ask(500_000, key="a")
    assert (await coop.ask(500_000, key="a")).id == payout.id
    assert payout.masked == "bca …3826 (Bu Sri)"
    assert await coop.owed() == 1_500_000
    assert await coop.holds(Purpose.PAYOUT_CLEARING, payout.id) == 500_000
    assert await coop.send() == 1
    assert await coop.send() == 0
    (theirs,) = midtrans.payouts.values()
    assert (theirs["beneficiary_account"], theirs["amount"]) == ("1172993826", "500000.00")
    midtrans.settle_payout(theirs["reference_no"])
    for _ in range(2):
        said = await sending.hear(
            coop.adapters.rails, account_id=coop.account.id, our_id=new_id(), reference=theirs["reference_no"]
        )
        assert said == "DONE"
    payout = await Payout.get(id=payout.id)
    assert (payout.state, payout.fee) == (PayoutState.CONFIRMED, 5_000)
    await worker.drain(coop.adapters)
    (told,) = await Notice.filter(account_id=coop.owner.account_id)
    assert (told.kind, told.values["to"]) == (NoticeKind.PAYOUT_CONFIRMED, "bca …3826 (Bu Sri)")
    assert await coop.holds(Purpose.PAYOUT_CLEARING, payout.id) == 0
    assert await coop.holds(Purpose.GATEWAY_CLEARING) == 2_000_000 - 505_000
    assert await coop.holds(Purpose.GATEWAY_FEE_EXPENSE) == 5_000
    assert await broken() == set()


@pytest.mark.parametrize("is_late", [False, True])
async def test_what_fails_comes_back_even_days_later(coop: Coop, midtrans: FakeMidtrans, is_late: bool) -> None:
    await coop.decided()
    payout = await coop.ask(500_000)
    await coop.send()
    (reference,) = midtrans.payouts
    if is_late:
        midtrans.settle_payout(reference)
        await sending.look(await Payout.get(id=payout.id), coop.adapters.rails)
        assert (await Payout.get(id=payout.id)).state is PayoutState.CONFIRMED
    midtrans.settle_payout(reference, "failed")
    for _ in range(2):
        await sending.look(await Payout.get(id=payout.id), coop.adapters.rails)
    payout = await Payout.get(id=payout.id)
    assert (payout.state, payout.failure) == (PayoutState.FAILED, "012")
    assert await coop.owed() == 2_000_000
    fee = 5_000 if is_late else 0  # which the provider keeps
    assert await coop.holds(Purpose.GATEWAY_CLEARING) == 2_000_000 - fee
    assert await broken() == set()


@pytest.mark.parametrize("mishap", ["500", "500 after", "drop after"])
async def test_a_lost_answer_never_pays_twice(coop: Coop, midtrans: FakeMidtrans, mishap: str) -> None:
    await coop.decided()
    payout = await coop.ask(500_000)
    midtrans.mishaps = [mishap]
    await coop.send()
    midtrans.mishaps = []
    for minutes in (2, 6, 10, 20):
        later(minutes)
        await sending.reconcile(coop.adapters.rails)
    assert len(midtrans.payouts) == 1
    midtrans.settle_payout(next(iter(midtrans.payouts)))
    later(30)
    assert await sending.reconcile(coop.adapters.rails) == 1
    assert (await Payout.get(id=payout.id)).state is PayoutState.CONFIRMED
    assert midtrans.sent == 500_000
    assert await broken() == set()


async def test_too_old_to_ask_again_is_left_to_an_officer(coop: Coop, midtrans: FakeMidtrans) -> None:
    await coop.decided()
    await coop.ask(500_000)
    midtrans.mishaps = ["500"]
    await coop.send()
    later(60 * 21)
    assert await sending.reconcile(coop.adapters.rails) == 0
    assert midtrans.payouts == {}
    assert await Payout.filter(state=PayoutState.SENT).count() == 1


LIMITS = [
    # daily limit, asked one after the other, sent today
    (0, [10_000], 0),
    (500_000, [300_000, 300_000], 1),
    (500_000, [300_000, 200_000, 10_000], 2),
    (5_000_000, [900_000, 900_000], 2),
]


@pytest.mark.parametrize(("limit", "amounts", "sent"), LIMITS)
async def test_the_members_set_the_limit_of_a_day(
    coop: Coop, midtrans: FakeMidtrans, limit: int, amounts: list[int], sent: int
) -> None:
    await coop.decided(daily_limit=limit)
    for amount in amounts:
        await coop.ask(amount)
    await coop.send()
    assert len(midtrans.payouts) == sent
    later(60 * 24)
    await coop.send()
    assert len(midtrans.payouts) == (len(amounts) if limit else 0)


async def test_no_more_goes_than_the_co_op_has_at_its_provider(coop: Coop, midtrans: FakeMidtrans) -> None:
    await coop.decided()
    async with transaction():
        bank, has = AccountRef(coop.row.pk, Purpose.BANK), AccountRef(coop.row.pk, Purpose.GATEWAY_CLEARING)
        await ledger.post([Entry(bank, has, 1_200_000, "test.moved")], cause=Cause("test.moved", new_id()))
    await coop.ask(500_000)
    await coop.ask(400_000)
    assert await coop.send() == 1
    assert await coop.send() == 0


async def test_a_large_one_needs_two_officers_neither_of_them_who_asked(coop: Coop, midtrans: FakeMidtrans) -> None:
    await coop.decided(two_officers_from=300_000)
    payout = await coop.ask(400_000)
    chair, treasurer = officer(coop.row, Role.CHAIR), officer(coop.row, Role.TREASURER)
    own = Actor(coop.owner.account_id, grants=frozenset({Grant(Role.CHAIR, cooperative_id=coop.row.pk)}))
    for key, who in (("1", own), ("2", chair), ("3", chair)):
        await service.approve_payout(who, payout_id=payout.id, key=key)
        assert await coop.send() == 0
    with pytest.raises(service.NotApproved):
        await service.record_payout(treasurer, payout_id=payout.id, bank_reference="TRX1", key="x")
    await service.approve_payout(treasurer, payout_id=payout.id, key="4")
    assert await coop.send() == 1


async def test_by_hand_at_the_bank_or_taken_back(coop: Coop) -> None:
    treasurer = officer(coop.row, Role.TREASURER)
    kept, dropped = await coop.ask(500_000), await coop.ask(100_000)
    await service.cancel_payout(coop.owner, payout_id=dropped.id, rails=coop.adapters.rails, key="c")
    for _ in range(2):
        await service.record_payout(treasurer, payout_id=kept.id, bank_reference="TRX1", key="r")
    assert await coop.holds(Purpose.BANK) == -500_000
    assert await coop.owed() == 1_500_000
    with pytest.raises(PayoutWrongState):
        await service.cancel_payout(coop.owner, payout_id=kept.id, rails=coop.adapters.rails, key="d")
    assert await broken() == set()


async def test_no_more_than_is_owed_no_less_than_ten_thousand_and_nobody_elses(coop: Coop) -> None:
    with pytest.raises(Invalid):
        await coop.ask(9_999)
    await coop.ask(1_990_000)
    with pytest.raises(service.NotOwedSoMuch):
        await coop.ask(20_000)
    stranger = stage.owner(await stage.shop(coop.row))
    for actor, payee, payee_id in (
        (stranger, PayeeKind.SELLER, coop.shop.pk),
        (stranger, PayeeKind.DRIVER, coop.owner.account_id),
        (officer(coop.row, Role.CHAIR), PayeeKind.SELLER, coop.shop.pk),
    ):
        with pytest.raises(NotFound):
            await service.request_payout(
                actor,
                cooperative_id=coop.row.pk,
                payee=payee,
                payee_id=payee_id or new_id(),
                amount=10_000,
                vault=coop.adapters.rails.vault,
                key="k",
            )


WRONG = [
    ("b c a", "12345", "Bu Sri"),
    ("bca", "12a45", "Bu Sri"),
    ("gopay", "12345", "Bu Sri"),
    ("bca", "12345", "x"),
]


@pytest.mark.parametrize("given", WRONG)
def test_a_destination_that_cannot_be_is_refused(given: tuple[str, str, str]) -> None:
    with pytest.raises(Invalid):
        destinations.checked(*given)


async def refund_awaiting(coop: Coop, midtrans: FakeMidtrans) -> tuple[Actor, Refund]:
    """What was paid to a virtual account and declined: Midtrans can't give it back."""
    ani = await stage.buyer()
    food = await stage.dish(coop.shop, price=50_000)
    _, (row,) = await stage.ordered(
        ani,
        (food, 1),
        method=PaymentMethod.ONLINE,
        rails=coop.adapters.rails,
        fulfilment=Fulfilment.PICKUP,
        place=None,
        channel=PaymentChannel.VIRTUAL_ACCOUNT,
    )
    payment = await Payment.get(order_id=row.order_id)
    midtrans.pay(payment.id)
    later(1)
    await handlers.reconcile(coop.adapters)
    await answering.decline_sub_order(coop.owner, sub_order_id=row.id, reason="habis", key="d")
    await worker.drain(coop.adapters)
    (refund,) = await Refund.all()
    assert (refund.state, refund.failure) == (RefundState.AWAITING, "NOT_REFUNDABLE")
    assert await broken() == set()
    return ani, refund


async def test_a_refund_falls_back_to_a_transfer_and_may_be_chosen_anew(coop: Coop, midtrans: FakeMidtrans) -> None:
    await coop.decided()
    ani, refund = await refund_awaiting(coop, midtrans)
    for key, status in (("1", "failed"), ("2", "completed")):
        await service.choose_refund_way(
            ani,
            refund_id=refund.id,
            way=RefundWay.TRANSFER,
            to=destinations.checked("gopay", "0812-3456-7890", "Ani"),
            vault=coop.adapters.rails.vault,
            key=key,
        )
        assert await broken() == set()
        assert await coop.send() == 1
        payout = await Payout.filter(payee=PayeeKind.BUYER).order_by("-id").get_or_none(state=PayoutState.SENT)
        assert payout is not None
        midtrans.settle_payout(payout.reference, status)
        await sending.look(payout, coop.adapters.rails)
        assert await broken() == set()
    refund = await Refund.get(id=refund.id)
    assert (refund.state, refund.way) == (RefundState.SUCCEEDED, "TRANSFER")
    assert await coop.holds(Purpose.BUYER_REFUND_PAYABLE, refund.sub_order_id) == 0


async def test_a_refund_falls_back_to_cash_at_the_counter(coop: Coop, midtrans: FakeMidtrans) -> None:
    ani, refund = await refund_awaiting(coop, midtrans)
    vault = coop.adapters.rails.vault
    with pytest.raises(NotFound):
        await service.choose_refund_way(
            await stage.buyer(), refund_id=refund.id, way=RefundWay.CASH, to=None, vault=vault, key="x"
        )
    await service.choose_refund_way(ani, refund_id=refund.id, way=RefundWay.CASH, to=None, vault=vault, key="c")
    await disputes.confirm_refund(officer(coop.row, Role.TREASURER), refund_id=refund.id, key="paid")
    assert (await Refund.get(id=refund.id)).state is RefundState.SUCCEEDED
    assert await coop.holds(Purpose.CASH) == -50_000
    assert await broken() == set()


async def test_a_refund_goes_into_the_savings_of_a_buyer_who_is_a_member(coop: Coop, midtrans: FakeMidtrans) -> None:
    ani, refund = await refund_awaiting(coop, midtrans)
    assert ani.account_id is not None
    member = await Membership.create(
        cooperative_id=coop.row.pk, account_id=ani.account_id, number=77, state=MembershipState.ACTIVE
    )
    of = {"cooperative_id": coop.row.pk, "membership_id": member.pk, "kind": SavingsKind.VOLUNTARY}
    mine = await SavingsAccount.create(**of, account_id=ani.account_id, number="SS-1", opened_on=date(2026, 1, 1))
    other = await SavingsAccount.create(**of, account_id=new_id(), number="SS-2", opened_on=date(2026, 1, 1))
    refund_to = saved_refunds.refund_to_savings
    for who, savings in ((await stage.buyer(), mine), (ani, other)):
        with pytest.raises(NotFound):
            await refund_to(who, refund_id=refund.id, savings_id=savings.pk, key="x")
    for _ in range(2):
        done = await refund_to(ani, refund_id=refund.id, savings_id=mine.pk, key="s")
        assert (done.state, done.way) == (RefundState.SUCCEEDED, "SAVINGS")
    with pytest.raises(PayoutWrongState):
        await refund_to(ani, refund_id=refund.id, savings_id=mine.pk, key="t")
    assert await coop.holds(Purpose.VOLUNTARY_SAVINGS, mine.pk) == refund.amount
    assert await coop.holds(Purpose.BUYER_REFUND_PAYABLE, refund.sub_order_id) == 0
    assert await broken() == set()


async def test_a_transfer_to_a_connected_account_is_taken_back(db: Settings) -> None:
    """Stripe's separate charges and transfers: paid by card, transferred to the shop's account, and reversed."""
    stripe = FakeStripe()
    with serving(stripe.app) as url:
        adapters = wiring.build(db.model_copy(update={"stripe_url": url}))
        row = await stage.cooperative("CRD")
        account = await with_account(row, adapters.rails, RailKind.STRIPE, connect=True)
        coop = Coop(adapters, row, account, await stage.shop(row))
        made = stripe.new_intent({"amount": "200000000", "currency": "idr"})
        stripe.confirm(made["id"])
        async with transaction():
            has = AccountRef(row.pk, Purpose.GATEWAY_CLEARING)
            owes = AccountRef(row.pk, Purpose.SELLER_PAYABLE, coop.shop.pk)
            await ledger.post([Entry(has, owes, stripe.balance, "order.goods")], cause=Cause("test.sold", new_id()))
        owed = stripe.balance
        await destinations.set_destination(
            coop.owner,
            cooperative_id=row.pk,
            payee=PayeeKind.SELLER,
            payee_id=coop.shop.pk,
            to=destinations.checked("stripe", "acct_seller1", "Bu Sri"),
            vault=adapters.rails.vault,
            key="to",
        )
        await coop.decided()
        payout = await coop.ask(500_000)
        assert await coop.send() == 1
        assert (await Payout.get(id=payout.id)).state is PayoutState.CONFIRMED
        assert stripe.balance == owed - 500_000
        with pytest.raises(NotFound):
            await service.cancel_payout(coop.owner, payout_id=payout.id, rails=adapters.rails, key="o")
        treasurer = officer(row, Role.TREASURER)
        for _ in range(2):
            undone = await service.cancel_payout(treasurer, payout_id=payout.id, rails=adapters.rails, key="t")
        assert (undone.state, undone.failure) == (PayoutState.FAILED, "REVERSED")
        assert stripe.balance == owed == await coop.owed()
        assert await coop.holds(Purpose.GATEWAY_CLEARING) == stripe.balance
        assert await broken() == set()
        await wiring.close(adapters)
