"""Placing and paying: prices, refusals, stock, and what it costs the database."""

import asyncio
from collections.abc import Awaitable

import pytest

from catalog.models import Variant
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import IdempotencyMismatch
from marketplace.orders import service as orders
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import Order, OrderLine, PaymentMethod, StateChange, SubOrder
from marketplace.orders.parts import Wanted
from marketplace.orders.placing import Customer, OrderRequest
from marketplace.payments import service as payments
from tests.counting import count_statements
from tests.orders import stage

pytestmark = pytest.mark.anyio


async def refused(attempt: Awaitable[object]) -> Code:
    """The code that the attempt was refused with."""
    with pytest.raises(MarketplaceError) as caught:
        await attempt
    return caught.value.code


async def test_an_order_of_two_sellers_has_a_part_for_each(db: object) -> None:
    coop = await stage.cooperative()
    await stage.flat_tariff(coop)
    one, other = await stage.shop(coop, packing_fee=1_000), await stage.shop(coop)
    rice, tea = await stage.dish(one, price=15_000), await stage.dish(other, title="Teh", price=4_000)
    ani = await stage.buyer()

    order, parts = await stage.ordered(ani, (rice, 2), (tea, 3), tip=2_000)

    assert order.total == 30_000 + 1_000 + 12_000 + 2_000 + 12_000 + 12_000
    assert sum(part.total for part in parts) == order.total
    assert {part.state for part in parts} == {SubOrderState.CASH_AGREED}
    assert sorted(part.goods for part in parts) == [12_000, 30_000]
    assert await OrderLine.all().count() == 2
    assert parts[0].drop_text == "Jl. Mawar 5, RT 01 RW 02 Kel. Ketabang, patokan: depan masjid"


async def test_options_add_to_the_price_within_their_bounds(db: object) -> None:
    shop = await stage.shop(await stage.cooperative())
    rice = await stage.dish(shop, price=15_000)
    egg, _ = await stage.options(rice, least=1, most=1, deltas=(3_000, 5_000))
    ani = await stage.buyer()

    def asking(*chosen: object) -> OrderRequest:
        return OrderRequest(lines=(Wanted(rice.pk, 2, tuple(chosen)),), place=stage.HOME)  # type: ignore[arg-type]

    order = await orders.place_order(ani, request=asking(egg), key="a")
    assert (await SubOrder.get(order_id=order.id)).goods == 36_000
    for wrong in (asking(), asking(egg, egg), asking(rice.pk)):
        with pytest.raises(Invalid):
            await orders.place_order(ani, request=wrong, key="b")


async def test_what_cannot_be_ordered_is_refused_with_its_reason(db: object) -> None:
    coop = await stage.cooperative()
    ani = await stage.buyer()
    closed = await stage.dish(await stage.shop(coop, opening_hours=[]))
    far = await stage.dish(await stage.shop(coop, service_radius_m=500))
    dear = await stage.dish(await stage.shop(coop, minimum_order=100_000))
    last = await stage.dish(await stage.shop(coop), on_hand=1)
    stays = await stage.dish(await stage.shop(coop, allows_pickup=False))
    online_only = await stage.dish(await stage.shop(coop, takes_cash=False))

    async def attempt(variant: Variant, quantity: int = 1, **values: object) -> Code:
        return await refused(stage.ordered(ani, (variant, quantity), **values))  # type: ignore[arg-type]

    assert await attempt(closed) is Code.SHOP_CLOSED
    assert await attempt(far) is Code.OUT_OF_RADIUS
    assert await attempt(dear) is Code.BELOW_MINIMUM
    assert await attempt(last, 2) is Code.OUT_OF_STOCK
    assert await attempt(stays, fulfilment=Fulfilment.PICKUP) is Code.INVALID
    assert await attempt(online_only) is Code.PAYMENT_METHOD_UNAVAILABLE
    assert await attempt(last, place=None) is Code.INVALID
    assert await attempt(last, 0) is Code.INVALID
    assert await attempt(last, expected_total=1) is Code.PRICE_CHANGED
    assert await attempt(last, tip=-1) is Code.INVALID
    assert await Order.all().count() == 0
    assert (await Variant.get(id=last.pk)).reserved == 0


async def test_one_key_sent_twenty_times_at_once_makes_one_order(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()), on_hand=50)
    ani = await stage.buyer()
    request = stage.asking((rice, 1))

    placed = await asyncio.gather(*(orders.place_order(ani, request=request, key="k") for _ in range(20)))

    assert len({order.id for order in placed}) == 1
    assert await Order.all().count() == 1
    assert (await Variant.get(id=rice.pk)).reserved == 1
    with pytest.raises(IdempotencyMismatch):
        await orders.place_order(ani, request=stage.asking((rice, 2)), key="k")


async def test_thirty_buyers_of_ten_portions_get_ten_orders(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()), on_hand=10)
    buyers = [await stage.buyer() for _ in range(30)]

    answers = await asyncio.gather(*(stage.ordered(one, (rice, 1)) for one in buyers), return_exceptions=True)

    refusals = [answer for answer in answers if isinstance(answer, MarketplaceError)]
    assert len(answers) - len(refusals) == 10
    assert {refusal.code for refusal in refusals} == {Code.OUT_OF_STOCK}
    assert await SubOrder.filter(state=SubOrderState.CASH_AGREED).count() == 10
    sold = await Variant.get(id=rice.pk)
    assert (sold.on_hand, sold.reserved) == (0, 0)


async def test_placing_paying_and_accepting_cost_23_statements(db: object) -> None:
    coop = await stage.cooperative()
    shop = await stage.shop(coop)
    rice, tea = await stage.dish(shop, on_hand=50), await stage.dish(shop, title="Teh", on_hand=50)
    await stage.options(rice)
    ani = await stage.buyer()

    with count_statements() as counted:
        _, (part,) = await stage.ordered(ani, (rice, 1), (tea, 1))
        await orders.accept_sub_order(stage.owner(shop), sub_order_id=part.id, key="a")

    assert counted.number <= 23, "\n".join(counted.statements)


async def test_a_shop_enters_the_order_of_someone_who_rang(db: object) -> None:
    coop = await stage.cooperative()
    shop, other = await stage.shop(coop), await stage.shop(coop)
    rice, foreign = await stage.dish(shop), await stage.dish(other)
    rang = Customer("+6281299998888", "Pak Budi")
    seller = stage.owner(shop)

    order, (part,) = await stage.ordered(seller, (rice, 1), customer=rang)

    assert order.buyer_id != seller.account_id
    assert part.state is SubOrderState.ACCEPTED
    assert await refused(stage.ordered(seller, (foreign, 1), customer=rang)) is Code.FORBIDDEN


async def test_a_shop_that_accepts_by_itself_has_accepted(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative(), auto_accept=True))
    _, (part,) = await stage.ordered(await stage.buyer(), (rice, 1))
    assert part.state is SubOrderState.ACCEPTED
    assert part.promised_at is not None
    assert [change.state for change in await StateChange.filter(sub_order_id=part.id).order_by("version")] == [
        SubOrderState.PLACED,
        SubOrderState.CASH_AGREED,
        SubOrderState.ACCEPTED,
    ]


async def test_only_the_buyer_pays_and_only_once(db: object) -> None:
    rice = await stage.dish(await stage.shop(await stage.cooperative()))
    ani, stranger = await stage.buyer(), await stage.buyer()
    order = await orders.place_order(ani, request=stage.asking((rice, 1)), key="a")

    async def pay(actor: object, key: str, method: PaymentMethod = PaymentMethod.CASH) -> object:
        return await payments.pay_order(
            actor,
            order_id=order.id,
            method=method,
            rails=stage.RAILS,
            key=key,  # type: ignore[arg-type]
        )

    with pytest.raises(NotFound):
        await pay(stranger, "x")
    first = await pay(ani, "p")
    assert await pay(ani, "p") == first
    assert await refused(pay(ani, "p", PaymentMethod.ONLINE)) is Code.IDEMPOTENCY_MISMATCH
    assert await refused(pay(ani, "q")) is Code.WRONG_STATE
