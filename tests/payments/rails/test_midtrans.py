"""The Midtrans rail against a fake of it over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
import pytest

from marketplace import clock
from marketplace.database import new_id
from marketplace.payments.gateway import (
    ChargeOutcome,
    Destination,
    GatewayUnreachable,
    Intent,
    PaymentChannel,
    SignatureRefused,
    Subject,
)
from marketplace.payments.models import RailAccount, RailKind
from marketplace.payments.rails.fees import fee_of
from marketplace.payments.rails.midtrans import MidtransGateway
from marketplace.settings import Settings
from tests.payments.rails.fake_midtrans import (
    APPROVER_KEY,
    CREATOR_KEY,
    MERCHANT_KEY,
    SERVER_KEY,
    FakeMidtrans,
)
from tests.payments.rails.serving import serving

pytestmark = pytest.mark.anyio
SECRETS = {
    "server_key": SERVER_KEY,
    "payout_creator_key": CREATOR_KEY,
    "payout_approver_key": APPROVER_KEY,
    "payout_merchant_key": MERCHANT_KEY,
}
BANK = Destination("bca", "1172993826", "Bu Sri")


@pytest.fixture
def fake() -> FakeMidtrans:
    return FakeMidtrans()


@pytest.fixture
def url(fake: FakeMidtrans) -> Iterator[str]:
    with serving(fake.app) as found:
        yield found


@pytest.fixture
async def gateway(url: str) -> AsyncIterator[MidtransGateway]:
    account = RailAccount(id=new_id(), cooperative_id=new_id(), rail=RailKind.MIDTRANS, options={"payout_fee": 5_000})
    settings = Settings(midtrans_url=url, midtrans_payouts_url=url)
    made = MidtransGateway(settings, account, SECRETS, {"server_key": "SB-Mid-server-old"})
    yield made
    await made.close()


def intent(channel: PaymentChannel = PaymentChannel.QRIS, institution: str = "", amount: int = 62_000) -> Intent:
    ends = clock.now() + timedelta(minutes=15)
    return Intent(new_id(), amount, "ORD-1", channel, institution, expires_at=ends, made_at=clock.now())


WAYS = [
    # channel, institution, what the buyer is given, fee of 62,000
    (PaymentChannel.QRIS, "", {"qr", "qr_url"}, 434),
    (PaymentChannel.VIRTUAL_ACCOUNT, "bca", {"va_number", "bank"}, 4_000),
    (PaymentChannel.VIRTUAL_ACCOUNT, "permata", {"va_number", "bank"}, 4_000),
    (PaymentChannel.EWALLET, "gopay", {"url"}, 1_240),
    (PaymentChannel.EWALLET, "shopeepay", {"url"}, 1_240),
]


@pytest.mark.parametrize(("channel", "institution", "given", "fee"), WAYS)
async def test_each_channel_says_how_to_pay_and_is_paid(
    gateway: MidtransGateway, fake: FakeMidtrans, channel: PaymentChannel, institution: str, given: set[str], fee: int
) -> None:
    asked = intent(channel, institution)
    opened = await gateway.charge(asked)
    assert (opened.outcome, set(opened.instructions)) == (ChargeOutcome.PENDING, given)
    assert fake.charges[str(asked.id)]["custom_expiry"] == {"expiry_duration": 14, "unit": "minute"}
    fake.pay(asked.id)
    paid = await gateway.find(asked, "")
    assert paid is not None
    assert (paid.outcome, paid.amount, paid.fee, paid.channel) == (ChargeOutcome.SUCCEEDED, 62_000, fee, channel)


@pytest.mark.parametrize("mishap", ["429", "500", "500 after", "drop after"])
async def test_a_lost_answer_is_found_by_our_id_and_the_order_id_is_used_once(
    gateway: MidtransGateway, fake: FakeMidtrans, mishap: str
) -> None:
    asked = intent()
    fake.mishaps = [mishap]
    with pytest.raises(GatewayUnreachable):
        await gateway.charge(asked)
    found = await gateway.find(asked, "")
    assert (found is not None) == mishap.endswith("after")
    fake.forget_keys()
    again = await gateway.charge(asked)
    assert again.outcome is ChargeOutcome.PENDING
    assert len(fake.charges) == 1


async def test_what_was_never_heard_of_what_expired_and_what_is_cancelled(
    gateway: MidtransGateway, fake: FakeMidtrans
) -> None:
    assert await gateway.find(intent(), "") is None
    late, dropped, paid = intent(), intent(), intent()
    for asked in (late, dropped, paid):
        await gateway.charge(asked)
    fake.expire(late.id)
    expired = await gateway.find(late, "")
    assert expired is not None
    assert (expired.outcome, expired.failure) == (ChargeOutcome.FAILED, "EXPIRE")
    assert (await gateway.cancel(payment_id=dropped.id, reference="")).outcome is ChargeOutcome.FAILED
    fake.pay(paid.id)
    assert (await gateway.cancel(payment_id=paid.id, reference="")).outcome is ChargeOutcome.SUCCEEDED


@pytest.mark.parametrize("mishap", ["", "500 after", "drop after", "429"])
async def test_a_refund_is_given_once_by_its_key(gateway: MidtransGateway, fake: FakeMidtrans, mishap: str) -> None:
    asked = intent()
    await gateway.charge(asked)
    fake.pay(asked.id)
    wanted: dict[str, Any] = {"refund_id": new_id(), "payment_id": asked.id, "reference": "", "amount": 12_000}
    fake.mishaps = [mishap] if mishap else []
    try:
        await gateway.refund(**wanted)
    except GatewayUnreachable:
        fake.forget_keys()
    for _ in range(2):
        assert (await gateway.refund(**wanted)).outcome is ChargeOutcome.SUCCEEDED
    assert fake.taken == 50_000


async def test_an_issuer_that_takes_no_refund_says_so_for_good(gateway: MidtransGateway, fake: FakeMidtrans) -> None:
    asked = intent()
    await gateway.charge(asked)
    fake.pay(asked.id, issuer="bank_lain")
    answer = await gateway.refund(refund_id=new_id(), payment_id=asked.id, reference="", amount=62_000)
    assert (answer.outcome, answer.failure) == (ChargeOutcome.FAILED, "MIDTRANS_412")
    can = gateway.channels
    assert not can[PaymentChannel.VIRTUAL_ACCOUNT].refunds
    assert not any(one.captures_later for one in can.values())


@pytest.mark.parametrize("mishap", ["", "500 after", "500"])
async def test_a_payout_goes_once_and_is_found_when_its_answer_was_lost(
    gateway: MidtransGateway, fake: FakeMidtrans, mishap: str
) -> None:
    id, began = new_id(), clock.now()
    fake.mishaps = [mishap] if mishap else []
    try:
        sent = await gateway.pay_out(payout_id=id, amount=40_000, to=BANK, note="Pencairan Bu Sri")
    except GatewayUnreachable:
        found = await gateway.find_payout(payout_id=id, reference="", made_at=began)
        assert (found is not None) == (mishap == "500 after")
        sent = await gateway.pay_out(payout_id=id, amount=40_000, to=BANK, note="Pencairan Bu Sri")
    assert sent.outcome is ChargeOutcome.PENDING
    assert len(fake.payouts) == 1
    fake.settle_payout(sent.reference)
    done = await gateway.find_payout(payout_id=id, reference=sent.reference, made_at=began)
    assert done is not None
    assert (done.outcome, done.fee) == (ChargeOutcome.SUCCEEDED, 5_000)
    fake.settle_payout(sent.reference, "failed")  # the bank sends it back days later
    back = await gateway.find_payout(payout_id=id, reference=sent.reference, made_at=began)
    assert back is not None
    assert (back.outcome, back.failure) == (ChargeOutcome.FAILED, "012")


async def test_a_payout_that_is_refused_says_so(gateway: MidtransGateway, fake: FakeMidtrans) -> None:
    wrong = Destination("bca", "no number", "X")
    refused = await gateway.pay_out(payout_id=new_id(), amount=40_000, to=wrong, note="x")
    assert (refused.outcome, refused.failure) == (ChargeOutcome.FAILED, "MIDTRANS_400")


async def test_notifications_are_believed_by_signature_only(gateway: MidtransGateway, fake: FakeMidtrans) -> None:
    asked = intent()
    await gateway.charge(asked)
    fake.pay(asked.id)
    (_, pending), (_, settled) = fake.events
    first, second = gateway.read({}, pending), gateway.read({}, settled)
    assert (second.subject, second.our_id, second.amount) == (Subject.PAYMENT, asked.id, 62_000)
    assert first.event_id != second.event_id == gateway.read({}, settled).event_id
    said = orjson.loads(settled)
    for changed in (
        {"order_id": str(new_id())},
        {"gross_amount": "1.00"},
        {"status_code": "201"},
        {"signature_key": ""},
    ):
        with pytest.raises(SignatureRefused):
            gateway.read({}, orjson.dumps({**said, **changed}))
    for nonsense in (b"", b"[]", b"{", b"{}"):
        with pytest.raises(SignatureRefused):
            gateway.read({}, nonsense)


async def test_notifications_of_payouts_too(gateway: MidtransGateway, fake: FakeMidtrans) -> None:
    sent = await gateway.pay_out(payout_id=new_id(), amount=40_000, to=BANK, note="x")
    fake.settle_payout(sent.reference)
    headers, body = fake.events[-1]
    lower = {name.lower(): value for name, value in headers.items()}
    said = gateway.read(lower, body)
    assert (said.subject, said.reference, said.our_id) == (Subject.PAYOUT, sent.reference, None)
    with pytest.raises(SignatureRefused):
        gateway.read(lower, body + b" ")


FEES = [
    # schedule, channel, amount, fee
    (None, PaymentChannel.QRIS, 100_000, 700),
    (
        [{"channel": "QRIS", "up_to": 500_000, "bp": 0}, {"channel": "QRIS", "bp": 30}],
        PaymentChannel.QRIS,
        500_000,
        0,
    ),
    (
        [{"channel": "QRIS", "up_to": 500_000, "bp": 0}, {"channel": "QRIS", "bp": 30}],
        PaymentChannel.QRIS,
        500_001,
        1_500,
    ),
    ([], PaymentChannel.QRIS, 100_000, 0),
    (None, PaymentChannel.VIRTUAL_ACCOUNT, 3_000, 3_000),
]


@pytest.mark.parametrize(("schedule", "channel", "amount", "fee"), FEES)
def test_fees_follow_the_contract(schedule: Any, channel: PaymentChannel, amount: int, fee: int) -> None:
    assert fee_of(schedule, channel, amount) == fee


def test_ids_of_ours_fit() -> None:
    assert len(str(UUID(int=1))) <= 50  # an order id at Midtrans
