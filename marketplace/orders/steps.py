"""One step of a sub-order's life, written with all that follows from it. Called inside a transaction."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from catalog import slots, stock
from marketplace import clock, database, outbox
from marketplace.orders import lifecycle, refunds
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import StateChange, SubOrder

#: How long a placed order waits for its payment.
PAYMENT_WAIT = timedelta(minutes=15)
#: How long a paid order waits for the seller's answer.
ANSWER_WAIT = timedelta(minutes=10)
#: How long after delivery something may be found wrong with it.
DISPUTE_WINDOW = timedelta(hours=24)

ENDINGS = frozenset({SubOrderEvent.CANCEL, SubOrderEvent.DECLINE, SubOrderEvent.EXPIRE, SubOrderEvent.RETURN})
#: What each state is called in an event: `sub_order.paid` for both ways of paying.
SPECIFIC = {state: state.value.lower() for state in SubOrderState} | {SubOrderState.CASH_AGREED: "paid"}

#: What a step may change besides the state.
CHANGED = ["state", "version", "due_at", "ready_at", "promised_at", "delivered_at", "payment_method"]
ENDED = ["liable", "keeps_goods", "keeps_delivery"]

#: Metres that a rider covers in a minute, and the minutes that both doors take: for promises only.
METRES_A_MINUTE = 300
MINUTES_AT_DOORS = 6


def facts(sub_order: SubOrder) -> dict[str, Any]:
    """What an event tells of a sub-order: ids and where it stands, nothing personal."""
    return {
        "sub_order_id": str(sub_order.id),
        "order_id": str(sub_order.order_id),
        "buyer_id": str(sub_order.buyer_id),
        "seller_id": str(sub_order.seller_id),
        "cooperative_id": str(sub_order.cooperative_id),
        "state": sub_order.state.value,
        "version": sub_order.version,
    }


async def tell(sub_order: SubOrder, what: str | None = None) -> None:
    """Record `sub_order.<what>`, and that it changed."""
    if what is not None:
        await outbox.record(f"sub_order.{what}", sub_order.id, facts(sub_order))
    await outbox.record("sub_order.changed", sub_order.id, facts(sub_order))


async def advance_sub_order(
    sub_order: SubOrder,
    event: SubOrderEvent,
    *,
    by: UUID | None,
    side: Side | None = None,
    reason: str | None = None,
    failure: str = "",
    also: tuple[str, ...] = (),
    is_last: bool = False,
) -> SubOrder:
    """Take a locked sub-order one step on, in the caller's transaction.

    `by` is the account that does it (None: the system), `side` on whose behalf; None skips the check of who
    may, for callers that have made it. `failure` is the code of a failed delivery. `also` names further
    fields that the caller has set on the row. `is_last`: nothing in the transaction reads the row again.
    Moves stock, sets the clocks, writes the history, tells of it.
    Raises WrongState or NotYours; then nothing was changed.
    """
    change = take_step(sub_order, event, by=by, side=side, reason=reason, failure=failure)
    changed = [*CHANGED, *also, *(ENDED if event in ENDINGS else ())]
    if is_last:
        await database.change(sub_order, changed)
    else:
        await sub_order.save(update_fields=changed)
    await _move_stock(sub_order, event, failure)
    await database.write(change)
    await tell(sub_order, SPECIFIC[sub_order.state])
    return sub_order


def take_step(
    sub_order: SubOrder,
    event: SubOrderEvent,
    *,
    by: UUID | None,
    side: Side | None = None,
    reason: str | None = None,
    failure: str = "",
) -> StateChange:
    """Take a row one step on in memory, and answer the line of its history; writes nothing.

    Raises WrongState or NotYours.
    """
    before = sub_order.state
    sub_order.state = lifecycle.advance(before, event, fulfilment=sub_order.fulfilment, side=side)
    sub_order.version += 1
    _set_clocks(sub_order, event)
    if event in ENDINGS:
        _settle_ending(sub_order, event, before, side or Side.SYSTEM, failure)
    return StateChange(
        sub_order_id=sub_order.id,
        event=event,
        state=sub_order.state,
        version=sub_order.version,
        by=by,
        side=side or Side.SYSTEM,
        reason=(reason or failure)[:300],
    )


def _set_clocks(sub_order: SubOrder, event: SubOrderEvent) -> None:
    now = clock.now()
    if event in (SubOrderEvent.PAY_ONLINE, SubOrderEvent.AGREE_CASH):
        sub_order.due_at = now + ANSWER_WAIT
    elif event is SubOrderEvent.ACCEPT:
        promise(sub_order)
        sub_order.due_at = None
    elif event is SubOrderEvent.MARK_READY:
        sub_order.ready_at = now
    elif sub_order.state is SubOrderState.DELIVERED:
        sub_order.delivered_at = now
        sub_order.due_at = now + DISPUTE_WINDOW
    elif event in (SubOrderEvent.RETURN, SubOrderEvent.RESOLVE):
        sub_order.due_at = now + DISPUTE_WINDOW
    else:
        sub_order.due_at = None


def promise(sub_order: SubOrder) -> None:
    """Say when it will be ready and, where it is carried, when it will be there. A booked time stands."""
    if sub_order.fulfilment is Fulfilment.SERVICE:
        return
    sub_order.ready_at = clock.now() + timedelta(minutes=sub_order.preparation_minutes)
    carrying = 0
    if sub_order.fulfilment is Fulfilment.DELIVERY:
        carrying = MINUTES_AT_DOORS + sub_order.delivery_distance_m // METRES_A_MINUTE
    sub_order.promised_at = sub_order.ready_at + timedelta(minutes=carrying)


def _settle_ending(
    sub_order: SubOrder, event: SubOrderEvent, before: SubOrderState, side: Side, failure: str
) -> None:
    rule = refunds.ending(
        event,
        before,
        side,
        is_unserved=sub_order.unserved_at is not None,
        is_perishable=sub_order.is_perishable,
        failure=failure,
    )
    sub_order.liable = rule.liable
    sub_order.keeps_goods = rule.keeps_goods
    sub_order.keeps_delivery = rule.keeps_delivery


async def _move_stock(sub_order: SubOrder, event: SubOrderEvent, failure: str) -> None:
    if event in (SubOrderEvent.PAY_ONLINE, SubOrderEvent.AGREE_CASH):
        await stock.commit(sub_order.id)
    elif event in ENDINGS and not _is_gone(sub_order, event, failure):
        await stock.release(sub_order.id)
        if sub_order.booking_id is not None:
            await slots.release_slot(sub_order.id)


def _is_gone(sub_order: SubOrder, event: SubOrderEvent, failure: str) -> bool:
    """Whether the goods can't be sold again."""
    is_back = event is SubOrderEvent.RETURN
    return sub_order.keeps_goods or (is_back and refunds.is_lost(failure, sub_order.is_perishable))
