"""What seller, buyer and officer do with a sub-order that was placed."""

from datetime import timedelta
from uuid import UUID

from marketplace import clock
from marketplace.database import transaction
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import lifecycle
from marketplace.orders.access import lock_for
from marketplace.orders.lifecycle import SubOrderEvent
from marketplace.orders.models import SubOrder
from marketplace.orders.steps import advance_sub_order, tell

LONGEST_PREPARATION_MINUTES = 7 * 24 * 60
REASON_LENGTH = 300


async def accept_sub_order(actor: Actor, *, sub_order_id: UUID, minutes: int | None = None, key: str) -> SubOrder:
    """The seller takes the order, ready in `minutes` (else as his listings say). Raises WrongState."""
    _check_minutes(minutes)
    async with transaction():
        earlier = await _earlier(actor, "acceptSubOrder", key, [sub_order_id, minutes], sub_order_id)
        if earlier is not None:
            return earlier
        sub_order, side = await lock_for(actor, sub_order_id, SubOrderEvent.ACCEPT)
        if minutes is not None:
            sub_order.preparation_minutes = minutes
        sub_order.proposal = None
        return await advance_sub_order(
            sub_order,
            SubOrderEvent.ACCEPT,
            by=actor.account_id,
            side=side,
            also=("preparation_minutes", "proposal"),
            is_last=True,
        )


async def decline_sub_order(actor: Actor, *, sub_order_id: UUID, reason: str, key: str) -> SubOrder:
    """The seller does not take the order; what was paid goes back. Raises WrongState."""
    if not reason.strip():
        raise Invalid.field("reason", Code.REQUIRED, "tell the buyer why", "sampaikan alasannya kepada pembeli")
    return await _step(actor, "declineSubOrder", sub_order_id, SubOrderEvent.DECLINE, key, reason=reason)


async def start_preparing(actor: Actor, *, sub_order_id: UUID, key: str) -> SubOrder:
    """The seller begins: from now on the buyer can't cancel free. Raises WrongState."""
    return await _step(actor, "startPreparing", sub_order_id, SubOrderEvent.START_PREPARING, key)


async def mark_ready(actor: Actor, *, sub_order_id: UUID, key: str) -> SubOrder:
    """The order stands ready to be fetched. Raises WrongState."""
    return await _step(actor, "markReady", sub_order_id, SubOrderEvent.MARK_READY, key)


async def start_service(actor: Actor, *, sub_order_id: UUID, key: str) -> SubOrder:
    """The booked service begins. Raises WrongState."""
    return await _step(actor, "startService", sub_order_id, SubOrderEvent.START_SERVICE, key)


async def cancel_sub_order(actor: Actor, *, sub_order_id: UUID, reason: str, key: str) -> SubOrder:
    """End an order before it was collected; the refund rule says what goes back (orders.refunds)."""
    return await _step(actor, "cancelSubOrder", sub_order_id, SubOrderEvent.CANCEL, key, reason=reason)


async def add_minutes(actor: Actor, *, sub_order_id: UUID, minutes: int, key: str) -> SubOrder:
    """The seller needs `minutes` more; the promise to the buyer moves with it. Raises WrongState."""
    _check_minutes(minutes)
    async with transaction():
        earlier = await _earlier(actor, "addMinutes", key, [sub_order_id, minutes], sub_order_id)
        if earlier is not None:
            return earlier
        sub_order, side = await lock_for(actor, sub_order_id, SubOrderEvent.MARK_READY)
        lifecycle.advance(sub_order.state, SubOrderEvent.MARK_READY, side=side)
        more = timedelta(minutes=minutes)
        sub_order.preparation_minutes += minutes
        sub_order.ready_at = (sub_order.ready_at or clock.now()) + more
        sub_order.promised_at = (sub_order.promised_at or sub_order.ready_at) + more
        sub_order.version += 1
        await sub_order.save(update_fields=["preparation_minutes", "ready_at", "promised_at", "version"])
        await tell(sub_order)
        return sub_order


async def _step(
    actor: Actor, mutation: str, sub_order_id: UUID, event: SubOrderEvent, key: str, *, reason: str = ""
) -> SubOrder:
    if len(reason) > REASON_LENGTH:
        raise Invalid.field("reason", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    async with transaction():
        earlier = await _earlier(actor, mutation, key, [sub_order_id, reason], sub_order_id)
        if earlier is not None:
            return earlier
        sub_order, side = await lock_for(actor, sub_order_id, event)
        return await advance_sub_order(sub_order, event, by=actor.account_id, side=side, reason=reason)


async def _earlier(actor: Actor, mutation: str, key: str, input: list[object], id: UUID) -> SubOrder | None:
    """The sub-order as it stands, when this intent was carried out before."""
    if await once(signed_in(actor), mutation, key, input, id) is None:
        return None
    return await SubOrder.get(id=id)


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 0 <= minutes <= LONGEST_PREPARATION_MINUTES:
        raise Invalid.field("minutes", Code.OUT_OF_RANGE, "0 minutes to 7 days", "0 menit sampai 7 hari")
