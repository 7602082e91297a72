"""Hand-over without a driver: the buyer fetches his order at the counter, or a service has been done.

The buyer tells his PIN, the seller enters it; what is due is settled in the same moment. It stands here because
orders may not know payments.
"""

from uuid import UUID

from marketplace.database import locked_one, transaction
from marketplace.deliveries import pins
from marketplace.deliveries.models import CounterTries
from marketplace.deliveries.service import check_reason
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.orders import access, steps
from marketplace.orders.lifecycle import Fulfilment, SubOrderEvent, SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.payments import service as payments


class NotAtCounter(MarketplaceError):
    """A driver carries this order: it is not handed over at the counter."""

    code = Code.WRONG_STATE
    pesan = "Pesanan ini diantar pengemudi: tidak diserahkan di tempat."


async def hand_over(actor: Actor, *, sub_order_id: UUID, pin: str, key: str) -> SubOrder:
    """Give the buyer what he fetches, by the PIN that he tells; the order is DELIVERED and settled.

    An order that its seller forgot to mark ready is made ready first. Raises WrongPin, PinLocked, WrongState.
    """
    return await _finish(actor, sub_order_id, pin, SubOrderEvent.HAND_OVER, Fulfilment.PICKUP, "handOver", key)


async def complete_service(actor: Actor, *, sub_order_id: UUID, pin: str, key: str) -> SubOrder:
    """Say that a service was done, by the PIN that the buyer tells; it is DELIVERED and settled.

    A service that its seller forgot to start is started first. Raises WrongPin, PinLocked, WrongState.
    """
    return await _finish(
        actor, sub_order_id, pin, SubOrderEvent.FINISH_SERVICE, Fulfilment.SERVICE, "completeService", key
    )


async def release_counter_pins(actor: Actor, *, sub_order_id: UUID, reason: str, key: str) -> SubOrder:
    """An officer or dispatcher of the seller's co-op lets the buyer's PIN be tried again, and says why."""
    check_reason(reason)
    account_id = signed_in(actor)
    async with transaction():
        sub_order = await locked_one(SubOrder, sub_order_id)
        if sub_order is None:
            raise NotFound("order")
        require(actor, *access.STAFF, cooperative_id=sub_order.cooperative_id, hide="order")
        if await once(account_id, "releaseCounterPins", key, [sub_order_id, reason], sub_order_id) is None:
            await CounterTries.filter(pk=sub_order_id).update(wrong_pins=0)
        return sub_order


async def _finish(
    actor: Actor, sub_order_id: UUID, pin: str, event: SubOrderEvent, fulfilment: Fulfilment, mutation: str, key: str
) -> SubOrder:
    account_id = signed_in(actor)
    wrong: pins.WrongPin | None = None
    async with transaction():
        sub_order, side = await access.lock_for(actor, sub_order_id, event)
        if not actor.holds(*access.SELLING, seller_id=sub_order.seller_id) and not actor.holds(
            *access.STAFF, cooperative_id=sub_order.cooperative_id
        ):
            raise NotFound("order")
        try:
            async with transaction():
                if await once(account_id, mutation, key, [sub_order_id, pin], sub_order_id) is not None:
                    return sub_order
                if sub_order.fulfilment is not fulfilment:
                    raise NotAtCounter
                pins.check(pin, wanted=sub_order.dropoff_pin, row=await _tries(sub_order_id))
                for forgotten in _forgotten(sub_order.state, event):
                    await steps.advance_sub_order(sub_order, forgotten, by=account_id, side=side)
                await steps.advance_sub_order(sub_order, event, by=account_id, side=side)
                await payments.settle_counter(sub_order)
        except pins.WrongPin as refused:
            wrong = refused
            await pins.count_wrong(refused)
    if wrong is not None:
        raise wrong
    return sub_order


def _forgotten(state: SubOrderState, event: SubOrderEvent) -> list[SubOrderEvent]:
    """The steps that the buyer's PIN proves, though the seller has not said so."""
    early = (SubOrderState.ACCEPTED, SubOrderState.PREPARING)
    if event is SubOrderEvent.HAND_OVER and state in early:
        return [SubOrderEvent.MARK_READY]
    if event is SubOrderEvent.FINISH_SERVICE and state in (SubOrderState.ACCEPTED, SubOrderState.READY):
        return [SubOrderEvent.START_SERVICE]
    return []


async def _tries(sub_order_id: UUID) -> CounterTries:
    """Who counts wrong PINs of this order; guarded by the sub-order's lock."""
    row = await CounterTries.get_or_none(pk=sub_order_id)
    return row or CounterTries(id=sub_order_id)
