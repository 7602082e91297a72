"""A shop with its people and an order at it, written as rows: what stood before a notice."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from marketplace import wiring
from marketplace.database import new_id
from marketplace.identity.actor import Actor, Grant, Role
from marketplace.identity.models import Account, RoleGrant
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.settings import Settings
from marketplace.wiring import Adapters


@dataclass
class Shop:
    """Its owner, a buyer, and an order that waits for an answer."""

    owner: Account
    buyer: Account
    sub_order: SubOrder

    @property
    def selling(self) -> Actor:
        grant = Grant(Role.SELLER_OWNER, seller_id=self.sub_order.seller_id)
        return Actor(account_id=self.owner.id, grants=frozenset({grant}))

    @property
    def buying(self) -> Actor:
        return Actor(account_id=self.buyer.id)


@pytest.fixture
async def adapters(db: Settings) -> AsyncIterator[Adapters]:
    made = wiring.build(db)
    yield made
    await wiring.close(made)


@pytest.fixture
async def shop(adapters: Adapters) -> Shop:
    return await make_shop()


async def make_shop() -> Shop:
    """The shop, written into the open database."""
    owner = await Account.create(phone="+6281200000001", name="Bu Sri")
    buyer = await Account.create(phone="+6281200000002", name="Andi", language="en")
    seller_id = new_id()
    await RoleGrant.create(account_id=owner.id, role=Role.SELLER_OWNER, seller_id=seller_id)
    order = await Order.create(number="LB-1", buyer_id=buyer.id, placed_by=buyer.id, total=50_000)
    sub_order = await SubOrder.create(
        order_id=order.id,
        number="LB-1-1",
        buyer_id=buyer.id,
        seller_id=seller_id,
        cooperative_id=new_id(),
        state=SubOrderState.CASH_AGREED,
        fulfilment=Fulfilment.PICKUP,
        payment_method=PaymentMethod.CASH,
        goods=50_000,
        total=50_000,
        commission_bp=500,
        pickup_lat=-7.25,
        pickup_lon=112.75,
        pickup_pin="1234",
        dropoff_pin="4321",
    )
    return Shop(owner, buyer, sub_order)


def event_of(name: str, shop: Shop, number: int = 1) -> OutboxEvent:
    """`name` as the outbox would hand it to a handler."""
    return OutboxEvent(
        id=number,
        event=name,
        handler="notices.write",
        aggregate_id=shop.sub_order.id,
        payload={"sub_order_id": str(shop.sub_order.id)},
    )
