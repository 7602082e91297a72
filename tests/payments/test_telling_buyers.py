"""What a buyer reads of his payment in each state: plain sentences in both languages, true, and without codes."""

import re
from datetime import timedelta
from typing import Any

import httpx
import pytest

from catalog.models import Seller
from marketplace import clock
from marketplace.database import new_id
from marketplace.identity.actor import Actor
from marketplace.identity.models import Account
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import PaymentMethod
from marketplace.payments import direct, reconciling, telling
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from schema.ids import to_id
from tests.deliveries.test_over_http import token_of
from tests.orders import stage

pytestmark = pytest.mark.anyio
CODE = re.compile(r"[A-Z]{2,}_[A-Z_]+|\b(?!QRIS|CVC)[A-Z]{4,}\b|\{")
ONLINE, CASH, DIRECT = PaymentMethod.ONLINE, PaymentMethod.CASH, PaymentMethod.DIRECT
WAITS = {"qr": "0002"}

STATES: list[tuple[dict[str, Any], list[tuple[RefundState, int]], str, str]] = [
    # the payment, what goes back of it, what is read
    ({"method": CASH, "state": "AGREED"}, [], "Dibayar tunai", "in cash"),
    ({"method": CASH, "state": "FAILED", "failure": "ENDED"}, [], "berakhir tanpa pembayaran", "without payment"),
    ({"state": "PROCESSING"}, [], "sedang memproses", "working on it"),
    ({"state": "PROCESSING", "ago": 60}, [], "Jangan bayar lagi", "Don't pay again"),
    ({"state": "PROCESSING", "ago": 60, "instructions": WAITS}, [], "ikuti petunjuk", "follow the instructions"),
    (
        {"state": "PROCESSING", "instructions": WAITS, "failure": "INSUFFICIENT_FUNDS"},
        [],
        "saldo atau batas kartu tidak cukup. Tidak ada uang yang diambil: coba lagi",
        "too little on the account or card. No money was taken: try again",
    ),
    ({"state": "AUTHORISED"}, [], "Dana ditahan di kartu", "Held on your card"),
    ({"state": "SUCCEEDED"}, [], "Sudah dibayar.", "Paid."),
    (
        {"state": "SUCCEEDED"},
        [(RefundState.PROCESSING, 50_000)],
        "Sudah dibayar. Rp50.000 sedang dikembalikan",
        "Paid. Rp50.000 is on its way back",
    ),
    ({"state": "SUCCEEDED"}, [(RefundState.SUCCEEDED, 20_000)], "Rp20.000 sudah dikembalikan", "Rp20.000 has gone"),
    ({"state": "SUCCEEDED"}, [(RefundState.AWAITING, 20_000)], "pilih transfer atau tunai", "choose a transfer"),
    ({"state": "SURPLUS"}, [(RefundState.PROCESSING, 50_000)], "pembayaran ini kembali penuh", "goes back in full"),
    ({"state": "FAILED", "failure": "REFUSED_BY_BANK"}, [], "bank menolak", "the bank refused"),
    ({"state": "FAILED", "failure": "EXPIRE"}, [], "batas waktu pembayaran lewat", "its time ran out"),
    ({"state": "FAILED", "failure": "CANCELLED"}, [], "dibatalkan", "given up"),
    ({"state": "FAILED", "failure": "SOME_NEW_CODE"}, [], "penyedia pembayaran menolak", "provider refused"),
    ({"state": "FAILED", "failure": "NEVER_ARRIVED"}, [], "tidak sampai", "did not reach"),
    ({"state": "FAILED", "failure": "WRONG_AMOUNT"}, [], "uang Anda tercatat", "your money is on record"),
    ({"method": DIRECT, "state": "PROCESSING", "instructions": WAITS}, [], "memindai QRIS toko", "the shop's QRIS"),
    ({"method": DIRECT, "state": "FAILED", "failure": "NOT_RECEIVED"}, [], "tunjukkan buktinya", "show your receipt"),
    ({"method": DIRECT, "state": "FAILED", "failure": "NOT_CONFIRMED"}, [], "sampai batas waktunya", "in time"),
    ({"method": DIRECT, "state": "FAILED", "failure": "CANCELLED"}, [], "dibatalkan", "given up"),
]


@pytest.mark.parametrize(("facts", "back", "indonesian", "english"), STATES)
def test_each_state_is_told(
    facts: dict[str, Any], back: list[tuple[RefundState, int]], indonesian: str, english: str
) -> None:
    ago = timedelta(seconds=facts.get("ago", 0))
    payment = Payment(
        id=new_id(),
        order_id=new_id(),
        payer_id=new_id(),
        amount=50_000,
        created_at=clock.now() - ago,
        method=facts.get("method", ONLINE),
        state=PaymentState(facts["state"]),
        failure=facts.get("failure", ""),
        instructions=facts.get("instructions"),
    )
    refunds = [Refund(id=new_id(), amount=amount, state=state) for state, amount in back]
    for language, words in (("id", indonesian), ("en", english)):
        told = telling.explain(payment, language, refunds)
        assert words in told
        assert not CODE.search(told), told


def test_no_state_is_left_out() -> None:
    assert {facts["state"] for facts, *_ in STATES} == {state.value for state in PaymentState}


class Shop:
    """A shop, its buyer, and what he reads over HTTP."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.buyer = Actor()

    async def open(self) -> Seller:
        self.seller = await stage.shop(await stage.cooperative("FOD"))
        self.buyer = await stage.buyer()
        return self.seller

    async def order(self, price: int, method: PaymentMethod = ONLINE) -> str:
        food = await stage.dish(self.seller, price=price)
        order, _ = await stage.ordered(self.buyer, (food, 1), method=method, fulfilment=Fulfilment.PICKUP, place=None)
        return to_id("Order", order.id)

    async def reads(self, order_id: str) -> tuple[str, str, str]:
        """The state, and what is read of it in Indonesian and English."""
        token = await token_of(await Account.get(pk=self.buyer.account_id))
        found = []
        for language in ("id", "en"):
            query = "query ($id: ID!) { node(id: $id) { ... on Order { payments { state explanation } } } }"
            answer = await self.client.post(
                "/graphql",
                json={"query": query, "variables": {"id": order_id}},
                headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
            )
            (payment,) = answer.json()["data"]["node"]["payments"]
            found.append(payment["explanation"])
            assert not CODE.search(payment["explanation"])
        return payment["state"], found[0], found[1]


def later(seconds: float) -> None:
    ahead = timedelta(seconds=seconds)
    clock.use(lambda: clock.machine() + ahead)


async def test_a_gateway_that_answers_or_not_as_its_buyer_reads_it(client: httpx.AsyncClient) -> None:
    shop = Shop(client)
    await shop.open()
    try:
        assert (await shop.reads(await shop.order(50_000)))[:2] == ("SUCCEEDED", "Sudah dibayar.")
        state, told, english = await shop.reads(await shop.order(50_001))
        assert (state, "tidak cukup" in told, "too little" in english) == ("FAILED", True, True)
        never, lost = await shop.order(50_002), await shop.order(50_005)
        assert (await shop.reads(never))[1].endswith("sedang memproses.")
        later(30)
        for order_id in (never, lost):
            state, told, english = await shop.reads(order_id)
            assert (state, "Jangan bayar lagi" in told, "Don't pay again" in english) == ("PROCESSING", True, True)
        later(200)
        await reconciling.reconcile(stage.RAILS)
        assert (await shop.reads(never))[0] == "SUCCEEDED"  # it had taken the money all the while
        state, told, english = await shop.reads(lost)
        assert (state, "kembali penuh" in told, "goes back in full" in english) == ("FAILED", True, True)
    finally:
        clock.use(None)


async def test_cash_and_a_shops_own_qris_as_the_buyer_reads_them(client: httpx.AsyncClient) -> None:
    shop = Shop(client)
    seller = await shop.open()
    await stage.hangs_up_qris(seller)
    assert (await shop.reads(await shop.order(20_000, CASH)))[0] == "AGREED"
    scanned = await shop.order(21_000, DIRECT)
    assert "memindai QRIS toko" in (await shop.reads(scanned))[1]
    payment = await Payment.get(method=DIRECT)
    await direct.confirm_direct_payment(
        stage.owner(seller), payment_id=payment.id, is_received=False, key="not-received"
    )
    state, told, english = await shop.reads(scanned)
    assert (state, "tunjukkan buktinya" in told, "show your receipt" in english) == ("FAILED", True, True)
    assert "Tidak ada uang yang diambil" not in told  # nobody here knows
