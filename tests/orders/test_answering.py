"""What shop, buyer and officer do with an order, and who may not."""

import asyncio
from datetime import timedelta

import pytest

from catalog.models import ListingKind, ServiceSlot
from marketplace import clock
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import NOBODY, Actor, Grant, Role, Unauthenticated
from marketplace.orders import alternatives, answering
from marketplace.orders import reading as orders
from marketplace.orders.lifecycle import NotYours, SubOrderState, WrongState
from marketplace.orders.models import Order, OrderLine, PaymentMethod, StateChange, SubOrder
from marketplace.payments import reducing, refunding
from marketplace.payments.models import Refund
from tests.orders import stage

pytestmark = pytest.mark.anyio


async def test_a_shop_accepts_adds_time_and_is_ready(db: object) -> None:
    shop = await stage.shop(await stage.cooperative())
    _, (row,) = await stage.ordered(await stage.buyer(), (await stage.dish(shop), 1))
    seller = stage.owner(shop)

    accepted = await answering.accept_sub_order(seller, sub_order_id=row.id, minutes=20, key="a")
    again = await answering.accept_sub_order(seller, sub_order_id=row.id, minutes=20, key="a")
    later = await answering.add_minutes(seller, sub_order_id=row.id, minutes=5, key="b")
    ready = await answering.mark_ready(seller, sub_order_id=row.id, key="c")

    assert again.version == accepted.version
    assert accepted.promised_at is not None
    assert later.promised_at == accepted.promised_at + timedelta(minutes=5)
    assert ready.state is SubOrderState.READY
    assert await StateChange.filter(sub_order_id=row.id).count() == 4
    with pytest.raises(WrongState):
        await answering.accept_sub_order(seller, sub_order_id=row.id, key="d")


async def test_two_of_the_shop_accept_at_once_and_one_is_told_that_it_is_done(db: object) -> None:
    shop = await stage.shop(await stage.cooperative())
    _, (row,) = await stage.ordered(await stage.buyer(), (await stage.dish(shop), 1))
    answers = await asyncio.gather(
        *(answering.accept_sub_order(stage.owner(shop), sub_order_id=row.id, key=f"k{n}") for n in range(8)),
        return_exceptions=True,
    )
    assert sum(isinstance(answer, SubOrder) for answer in answers) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == 7


async def test_who_may_accept_and_see(db: object) -> None:
    coop, other = await stage.cooperative(), await stage.cooperative("TRD")
    shop, rival = await stage.shop(coop), await stage.shop(other)
    ani = await stage.buyer()
    _, (row,) = await stage.ordered(ani, (await stage.dish(shop), 1))

    def holding(role: Role, **where: object) -> Actor:
        return Actor(account_id=stage.new_id(), grants=frozenset({Grant(role, **where)}))  # type: ignore[arg-type]

    matrix: list[tuple[str, Actor, type[MarketplaceError] | None, bool]] = [
        ("nobody", NOBODY, Unauthenticated, False),
        ("stranger", await stage.buyer(), NotFound, False),
        ("buyer", ani, NotYours, True),
        ("rival", stage.owner(rival), NotFound, False),
        ("driver", holding(Role.DRIVER, cooperative_id=coop.pk), NotFound, False),
        ("other co-op's chair", stage.chair(other), NotFound, False),
        ("supervisor", holding(Role.SUPERVISOR, cooperative_id=coop.pk), NotYours, True),
        ("platform", holding(Role.PLATFORM_REPRESENTATIVE), NotFound, False),
        ("government", holding(Role.GOVERNMENT_SUPERVISOR), NotFound, False),
        ("operator", holding(Role.NODE_OPERATOR), NotFound, False),
        ("staff", holding(Role.SELLER_STAFF, seller_id=shop.pk), None, True),
    ]
    for who, actor, refusal, sees in matrix:
        if refusal is not None:
            with pytest.raises(refusal):
                await answering.accept_sub_order(actor, sub_order_id=row.id, key="k")
            assert (await SubOrder.get(id=row.id)).state is SubOrderState.CASH_AGREED, who
        else:
            done = await answering.accept_sub_order(actor, sub_order_id=row.id, key="k")
            assert done.state is SubOrderState.ACCEPTED
        try:
            await orders.find_sub_order(actor, row.id)
            await orders.find_order(actor, row.order_id)
            seen = True
        except NotFound:
            seen = False
        assert seen is sees, who


async def test_a_smaller_order_is_proposed_and_taken(db: object) -> None:
    coop = await stage.cooperative()
    await stage.flat_tariff(coop)
    shop = await stage.shop(coop)
    rice, tea = await stage.dish(shop, price=20_000, on_hand=5), await stage.dish(shop, title="Teh", price=5_000)
    ani, seller = await stage.buyer(), stage.owner(shop)
    order, (row,) = await stage.ordered(ani, (rice, 3), (tea, 1), method=PaymentMethod.ONLINE)
    line = await OrderLine.get(sub_order_id=row.id, variant_id=rice.pk)

    for wrong in ({line.id: 4}, {line.id: 3}, {stage.new_id(): 1}):
        with pytest.raises(MarketplaceError):
            await alternatives.propose_alternative(seller, sub_order_id=row.id, quantities=wrong, note="", key="w")
    await alternatives.propose_alternative(
        seller, sub_order_id=row.id, quantities={line.id: 2}, note="tinggal dua", key="p"
    )
    with pytest.raises(NotYours):
        await reducing.accept_alternative(seller, sub_order_id=row.id, key="x")
    taken = await reducing.accept_alternative(ani, sub_order_id=row.id, key="y")
    assert await reducing.accept_alternative(ani, sub_order_id=row.id, key="y") == taken
    refund = await Refund.get(sub_order_id=row.id)

    assert taken.state is SubOrderState.ACCEPTED
    assert (taken.goods, taken.total) == (45_000, 57_000)
    assert (await Order.get(id=order.id)).total == 57_000
    assert refund.amount == 20_000
    await answering.cancel_sub_order(ani, sub_order_id=row.id, reason="", key="c")
    rest = await refunding.refund_sub_order(row.id, stage.RAILS)
    assert rest is not None
    assert rest.amount == 57_000
    await rice.refresh_from_db()
    assert (rice.on_hand, rice.reserved) == (4, 0)  # the one that was not there stays gone


async def test_a_smaller_order_refused_ends_it(db: object) -> None:
    shop = await stage.shop(await stage.cooperative())
    ani = await stage.buyer()
    _, (row,) = await stage.ordered(ani, (await stage.dish(shop), 3))
    line = await OrderLine.get(sub_order_id=row.id)
    await alternatives.propose_alternative(
        stage.owner(shop), sub_order_id=row.id, quantities={line.id: 1}, note="", key="p"
    )
    ended = await alternatives.refuse_alternative(ani, sub_order_id=row.id, key="r")
    assert (ended.state, ended.proposal) == (SubOrderState.CANCELLED, None)


async def test_a_slot_is_booked_once_and_given_back(db: object) -> None:
    shop = await stage.shop(await stage.cooperative())
    cut = await stage.dish(shop, title="Potong rambut", kind=ListingKind.SERVICE)
    start = clock.now() + timedelta(hours=3)
    slot = await ServiceSlot.create(listing_id=cut.listing_id, starts_at=start, ends_at=start + timedelta(hours=1))
    buyers = [await stage.buyer() for _ in range(5)]

    async def book(actor: Actor) -> tuple[Order, list[SubOrder]]:
        return await stage.ordered(actor, (cut, 1), slot_id=slot.id, place=None)

    answers = await asyncio.gather(*(book(one) for one in buyers), return_exceptions=True)
    refusals = [answer.code for answer in answers if isinstance(answer, MarketplaceError)]
    assert refusals == [Code.SLOT_TAKEN] * 4
    row = await SubOrder.get(booking_id=slot.id)
    assert row.promised_at == start
    await answering.decline_sub_order(stage.owner(shop), sub_order_id=row.id, reason="sakit", key="d")
    await book(buyers[0])
    with pytest.raises(MarketplaceError):
        await stage.ordered(buyers[1], (cut, 1), place=None)
