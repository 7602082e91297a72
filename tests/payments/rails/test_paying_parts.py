"""An order of two co-ops' shops paid a part at a time: what becomes of one part does not touch the other."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cooperatives.ledger.service import Purpose
from marketplace import clock, worker
from marketplace.database import new_id
from marketplace.errors import MarketplaceError, NotFound
from marketplace.identity.service import find_or_create_account, issue_tokens
from marketplace.orders import answering, placing, timetable
from marketplace.orders.lifecycle import Fulfilment, SubOrderState, WrongState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import finishing, paying, reading, telling
from marketplace.payments.models import Payment, PaymentState, Refund
from schema.ids import to_id
from tests.conftest import GraphQL
from tests.orders import stage
from tests.payments.rails import test_collecting as both
from tests.payments.rails.fake_midtrans import FakeMidtrans
from tests.payments.rails.fake_stripe import FakeStripe
from tests.test_checks import broken

pytestmark = pytest.mark.anyio
stripe, midtrans, settings, street = both.stripe, both.midtrans, both.settings, both.street


class Buying:
    """A buyer with an order of both shops, each of whose co-ops collects for itself."""

    def __init__(self, street: both.Street) -> None:
        self.street = street

    async def place(self) -> None:
        await self.street.open(neighbour_collects=True)
        self.buyer = await stage.buyer()
        wanted = ((self.street.dear, 1), (self.street.cheap, 1))
        request = stage.asking(*wanted, fulfilment=Fulfilment.PICKUP, place=None)
        self.order = await placing.place_order(self.buyer, request=request, key=str(new_id()))
        rows = await SubOrder.filter(order_id=self.order.id)
        self.dear, self.cheap = sorted(rows, key=lambda row: row.cooperative_id != self.street.large.pk)

    async def pay(
        self, *parts: SubOrder | UUID, method: PaymentMethod = PaymentMethod.ONLINE, key: str = ""
    ) -> Payment:
        return await paying.pay_order(
            self.buyer,
            order_id=self.order.id,
            method=method,
            rails=self.street.adapters.rails,
            key=key or str(new_id()),
            parts=[part if isinstance(part, UUID) else part.id for part in parts] or None,
        )

    async def states(self) -> tuple[SubOrderState, SubOrderState]:
        return (await SubOrder.get(id=self.dear.id)).state, (await SubOrder.get(id=self.cheap.id)).state

    async def told(self, payment: Payment, language: str) -> str:
        payment = await Payment.get(id=payment.id)
        parts = await SubOrder.filter(order_id=self.order.id)
        back = (await reading.refunds_by_payment([payment.id]))[payment.id]
        return telling.explain(payment, language, back, is_part=finishing.leaves_others(payment, parts))


@pytest.fixture
async def buying(street: both.Street) -> Buying:
    made = Buying(street)
    await made.place()
    return made


async def test_one_part_is_paid_and_the_other_fails_and_is_paid_again(
    buying: Buying, stripe: FakeStripe, midtrans: FakeMidtrans
) -> None:
    card, code = await buying.pay(buying.dear), await buying.pay(buying.cheap, key="code")
    assert (card.gateway, card.amount, code.gateway, code.amount) == ("STRIPE", 50_000, "MIDTRANS", 20_000)
    both.pay_by_card(stripe, card)
    midtrans.expire(code.id)
    assert (await buying.street.look(card)).state is PaymentState.SUCCEEDED
    assert (await buying.street.look(code)).state is PaymentState.FAILED
    assert await buying.states() == (SubOrderState.PAID, SubOrderState.PLACED)
    assert "Bagian lain dari pesanan ini dibayar tersendiri" in await buying.told(code, "id")
    assert "No money was taken" in await buying.told(code, "en")
    assert "go on as they stand" in await buying.told(code, "en")

    assert (await buying.pay(buying.cheap, key="code")).id == code.id  # the same request again pays nothing anew
    again = await buying.pay()  # all that is unpaid: the one part
    assert again.covers == [str(buying.cheap.id)]
    midtrans.pay(again.id)
    for _ in range(2):
        await buying.street.look(again)
    assert await buying.states() == (SubOrderState.PAID, SubOrderState.PAID)
    assert await both.holds(buying.street.large, Purpose.ORDER_ESCROW, buying.dear.id) == 50_000
    assert await both.holds(buying.street.small, Purpose.ORDER_ESCROW, buying.cheap.id) == 20_000
    assert await Refund.all().count() == 0
    assert await broken() == set()


async def test_a_part_that_ends_leaves_the_other_and_gives_back_what_came_late(
    buying: Buying, stripe: FakeStripe, midtrans: FakeMidtrans
) -> None:
    card, code = await buying.pay(buying.dear), await buying.pay(buying.cheap)
    both.pay_by_card(stripe, card)
    await buying.street.look(card)
    await SubOrder.filter(id=buying.cheap.id).update(due_at=clock.now() - timedelta(seconds=1))
    await timetable.advance_due()
    assert await buying.states() == (SubOrderState.PAID, SubOrderState.EXPIRED)
    with pytest.raises(WrongState):
        await buying.pay(buying.dear)
    midtrans.pay(code.id)  # after it had expired
    assert (await buying.street.look(code)).state is PaymentState.SUCCEEDED
    await worker.drain(buying.street.adapters)
    assert await buying.states() == (SubOrderState.PAID, SubOrderState.EXPIRED)
    (late,) = await Refund.all()
    assert (late.reason, late.amount, late.payment_id) == ("LATE", 20_000, code.id)
    assert "sudah berakhir sebelum uangnya masuk" in await buying.told(code, "id")
    assert "had ended before the money came" in await buying.told(code, "en")
    assert await buying.told(card, "en") == "Paid."  # no other part stands

    seller = stage.owner(await stage.Seller.get(id=buying.dear.seller_id))
    await answering.decline_sub_order(seller, sub_order_id=buying.dear.id, reason="habis", key=str(new_id()))
    await worker.drain(buying.street.adapters)
    assert {row.amount for row in await Refund.all()} == {20_000, 50_000}
    assert await broken() == set()


async def test_a_part_is_paid_once_at_a_time_and_only_where_it_is_the_orders(buying: Buying) -> None:
    elsewhere = Buying(buying.street)
    elsewhere.buyer, elsewhere.order = await stage.buyer(), buying.order
    card = await buying.pay(buying.dear)
    refused: tuple[tuple[Buying, tuple[SubOrder | UUID, ...], type[MarketplaceError]], ...] = (
        (buying, (buying.dear,), paying.PaymentUnderway),
        (buying, (), paying.PaymentUnderway),  # all, of which one is under way
        (buying, (buying.cheap, buying.dear), paying.PaymentUnderway),
        (buying, (buying.cheap, new_id()), NotFound),
        (elsewhere, (buying.cheap,), NotFound),
    )
    for who, parts, refusal in refused:
        with pytest.raises(refusal):
            await who.pay(*parts)
    await finishing.hold_open(card)
    held = {row.id: row.due_at for row in await SubOrder.filter(order_id=buying.order.id)}
    assert held[buying.dear.id] > held[buying.cheap.id]  # what nobody knows of is kept, the other is not
    assert await Payment.all().count() == 1
    assert await broken() == set()
    second = Payment(order_id=card.order_id, payer_id=card.payer_id, method=card.method, amount=card.amount)
    second.covers, second.state = card.covers, card.state
    await second.save()  # past the service
    assert await broken() == {"3"}


async def test_parts_in_cash_are_closed_each_by_itself(buying: Buying) -> None:
    cash = await buying.pay(buying.dear, method=PaymentMethod.CASH)
    other = await buying.pay(buying.cheap, method=PaymentMethod.CASH)
    seller = stage.owner(await stage.Seller.get(id=buying.dear.seller_id))
    await answering.decline_sub_order(seller, sub_order_id=buying.dear.id, reason="habis", key=str(new_id()))
    await worker.drain(buying.street.adapters)
    ended = {row.id: row.state for row in await Payment.all()}
    assert ended == {cash.id: PaymentState.FAILED, other.id: PaymentState.AGREED}
    assert await broken() == set()


PLACE = """mutation($input: PlaceOrderInput!) { placeOrder(input: $input) {
  ... on Order { id subOrders { id total } } ... on Problem { code message } } }"""
PAY = """mutation($input: PayOrderInput!) { payOrder(input: $input) {
  ... on Payment { state amount explanation subOrders { id state } } ... on Problem { code fields { path } } } }"""
LOOK = """query($id: ID!) { node(id: $id) { ... on Order {
  subOrders { id state paymentMethod } payments { amount subOrders { id } } } } }"""


async def test_a_buyer_pays_one_part_online_and_the_other_in_cash(graphql: GraphQL) -> None:
    dishes = [
        await stage.dish(await stage.shop(await stage.cooperative(code)), price=price)
        for code, price in (("LRG", 50_000), ("SML", 20_000))
    ]
    buyer = (await issue_tokens(await find_or_create_account("+6281200000077", "Ani"))).access_token
    lines = [{"variantId": to_id("Variant", dish.pk), "quantity": 1} for dish in dishes]
    wanted = {"lines": lines, "fulfilment": "PICKUP", "idempotencyKey": "o"}
    order = (await graphql(PLACE, {"input": wanted}, token=buyer))["data"]["placeOrder"]
    first, second = sorted(order["subOrders"], key=lambda part: -part["total"])

    async def pay(method: str, ids: list[str] | None, key: str) -> dict[str, Any]:
        asked = {"orderId": order["id"], "method": method, "subOrderIds": ids, "idempotencyKey": key}
        paid: dict[str, Any] = (await graphql(PAY, {"input": asked}, token=buyer))["data"]["payOrder"]
        return paid

    assert (await pay("ONLINE", [], "none"))["fields"] == [{"path": ["subOrderIds"]}]
    paid = await pay("ONLINE", [first["id"]], "a")
    assert (paid["state"], paid["amount"], paid["subOrders"]) == (
        "SUCCEEDED",
        50_000,
        [{"id": first["id"], "state": "PAID"}],
    )
    assert paid["explanation"] == "Sudah dibayar. Bagian lain dari pesanan ini dibayar tersendiri dan tetap berjalan."
    assert (await pay("ONLINE", [first["id"]], "b"))["code"] == "WRONG_STATE"
    assert (await pay("CASH", None, "c"))["amount"] == 20_000
    seen = (await graphql(LOOK, {"id": order["id"]}, token=buyer))["data"]["node"]
    assert {part["id"]: (part["state"], part["paymentMethod"]) for part in seen["subOrders"]} == {
        first["id"]: ("PAID", "ONLINE"),
        second["id"]: ("CASH_AGREED", "CASH"),
    }
    assert [payment["amount"] for payment in seen["payments"]] == [50_000, 20_000]
    assert [payment["subOrders"] for payment in seen["payments"]] == [[{"id": first["id"]}], [{"id": second["id"]}]]
    assert await broken() == set()
