"""Dues paid by virtual account: once, however often and in whatever way the provider tells of it."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from cooperatives.dues.models import DuePayment, PaymentWay
from cooperatives.dues.service import outstanding
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Purpose
from marketplace import clock, wiring
from marketplace.errors import Invalid, NotFound
from marketplace.payments import dues_charges, handlers
from marketplace.payments.gateway import PaymentChannel, Subject
from marketplace.payments.models import DuesCharge, PaymentState, RailKind, StrayMoney
from marketplace.payments.rails import ChannelUnavailable
from marketplace.payments.takings.models import Taking, TakingSource, TakingWay
from marketplace.settings import Settings
from tests.cooperatives.dues.stage import stage
from tests.payments.rails.accounts import with_account
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.rails.serving import serving
from tests.test_checks import broken

pytestmark = pytest.mark.anyio
VIRTUAL_ACCOUNT = PaymentChannel.VIRTUAL_ACCOUNT


@pytest.fixture
def midtrans() -> FakeMidtrans:
    return FakeMidtrans()


@pytest.fixture
async def adapters(db: Settings, midtrans: FakeMidtrans) -> AsyncIterator[wiring.Adapters]:
    with serving(midtrans.app) as url:
        built = wiring.build(db.model_copy(update={"midtrans_url": url}))
        yield built
        clock.use(None)
        await wiring.close(built)


def later(minutes: int) -> None:
    passed = timedelta(minutes=minutes)
    clock.use(lambda: clock.machine() + passed)


async def test_a_virtual_account_pays_dues_once_and_only_what_is_owed(
    adapters: wiring.Adapters, midtrans: FakeMidtrans
) -> None:
    on = await stage(2)
    (ani, acting), (_, other) = on.members
    account = await with_account(on.at.cooperative, adapters.rails, RailKind.MIDTRANS)
    await on.owe(ani, 60_000, clock.now().date())
    ask = {"membership_id": ani.pk, "rails": adapters.rails, "channel": VIRTUAL_ACCOUNT}
    for who, amount, refusal in ((acting, 60_001, Invalid), (acting, 0, Invalid), (other, 1, NotFound)):
        with pytest.raises(refusal):
            await dues_charges.charge_dues(who, amount=amount, key="x", **ask)  # type: ignore[arg-type]
    with pytest.raises(ChannelUnavailable):
        await dues_charges.charge_dues(acting, amount=1, key="y", **ask | {"channel": PaymentChannel.EWALLET})  # type: ignore[arg-type]
    row = await dues_charges.charge_dues(acting, amount=60_000, key="a", **ask)  # type: ignore[arg-type]
    again = await dues_charges.charge_dues(acting, amount=60_000, key="a", **ask)  # type: ignore[arg-type]
    assert (row.id, row.state, bool(row.instructions["va_number"])) == (again.id, PaymentState.PROCESSING, True)
    assert await dues_charges.seen_charge(other, row.id) is None
    midtrans.pay(row.id)
    for _ in range(2):  # the provider calls, twice
        told = await handlers.hear(
            adapters.rails,
            account_id=account.pk,
            about=Subject.PAYMENT,
            our_id=row.id,
            reference=row.gateway_reference,
            amount=60_000,
            charge=None,
        )
        assert told == "DONE"
    later(5)
    await handlers.reconcile(adapters)
    await handlers.find_strays(adapters)
    payment = await DuePayment.get()
    assert (payment.way, payment.amount, payment.number is not None) == (PaymentWay.VIRTUAL_ACCOUNT, 60_000, True)
    assert await outstanding([ani.pk]) == {ani.pk: 0}
    done = await DuesCharge.get()
    assert (done.state, done.payment_id) == (PaymentState.SUCCEEDED, payment.pk)
    assert await StrayMoney.all().count() == 0
    taken = await Taking.get()
    assert (taken.cooperative_id, taken.source, taken.way) == (on.id, TakingSource.DUES, TakingWay.VIRTUAL_ACCOUNT)
    assert (taken.amount, taken.fee) == (60_000, done.fee)
    held = await ledger.balance(AccountRef(on.id, Purpose.GATEWAY_CLEARING))
    assert held.amount == 60_000 - (done.fee or 0)
    assert await broken() == set()


async def test_what_nobody_told_of_is_asked_for_and_what_ran_out_is_ended(
    adapters: wiring.Adapters, midtrans: FakeMidtrans
) -> None:
    on = await stage(1)
    ((ani, acting),) = on.members
    await with_account(on.at.cooperative, adapters.rails, RailKind.MIDTRANS)
    await on.owe(ani, 60_000, clock.now().date())
    ask = {"membership_id": ani.pk, "rails": adapters.rails, "channel": VIRTUAL_ACCOUNT}
    paid = await dues_charges.charge_dues(acting, amount=20_000, key="a", **ask)  # type: ignore[arg-type]
    left = await dues_charges.charge_dues(acting, amount=30_000, key="b", **ask)  # type: ignore[arg-type]
    midtrans.pay(paid.id)
    later(2)
    await handlers.reconcile(adapters)
    later(60 * 25)
    await handlers.reconcile(adapters)
    states = {row.id: row.state for row in await DuesCharge.all()}
    assert states == {paid.id: PaymentState.SUCCEEDED, left.id: PaymentState.FAILED}
    assert await outstanding([ani.pk]) == {ani.pk: 40_000}
    assert await broken() == set()
