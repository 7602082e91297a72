"""What orders do when payments say that an order is paid, or will be in cash. Called inside a transaction."""

from collections.abc import Sequence
from uuid import UUID

from marketplace.batches import rows_by
from marketplace.errors import NotFound
from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.orders.steps import advance_sub_order

EVENTS = {
    PaymentMethod.CASH: SubOrderEvent.AGREE_CASH,
    PaymentMethod.ONLINE: SubOrderEvent.PAY_ONLINE,
    PaymentMethod.DIRECT: SubOrderEvent.PAY_ONLINE,
}


async def lock_order(order_id: UUID) -> tuple[Order, list[SubOrder]]:
    """An order with its sub-orders locked in id order. Raises NotFound."""
    sub_orders = await rows_by(SubOrder, "order_id", [order_id], order="id", lock=True)
    order = await Order.get_or_none(id=order_id)
    if order is None:
        raise NotFound("order")
    return order, sub_orders


async def mark_paid(sub_orders: Sequence[SubOrder], method: PaymentMethod, *, by: UUID | None, side: Side) -> None:
    """Take each PLACED sub-order on to its seller; those that accept unasked are accepted at once."""
    for sub_order in sub_orders:
        if sub_order.state is not SubOrderState.PLACED:
            continue
        sub_order.payment_method = method
        await advance_sub_order(sub_order, EVENTS[method], by=by, side=side)
        if sub_order.auto_accepts:
            await advance_sub_order(sub_order, SubOrderEvent.ACCEPT, by=None, side=Side.SYSTEM)
