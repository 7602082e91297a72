"""What payments do when something has happened to an order. Each handler may run again."""

from typing import Protocol
from uuid import UUID

from marketplace import clock
from marketplace.database import locked_one, transaction
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.payments import paying, refunding
from marketplace.payments.gateway import PaymentGateway
from marketplace.payments.models import Payment, PaymentState

#: Events after which money may have to go back.
ENDED = ("sub_order.cancelled", "sub_order.declined", "sub_order.expired", "sub_order.returned")

#: States in which a sub-order's cash has been taken, or will not be.
SETTLED = frozenset(
    {
        SubOrderState.DELIVERED,
        SubOrderState.CLOSED,
        SubOrderState.RETURNED,
        SubOrderState.CANCELLED,
        SubOrderState.DECLINED,
        SubOrderState.EXPIRED,
    }
)


class HasGateway(Protocol):
    """The part of the adapters that payments use."""

    @property
    def gateway(self) -> PaymentGateway: ...


async def refund_ended(adapters: HasGateway, event: OutboxEvent) -> None:
    """Give back what an order that ended early owes its buyer."""
    await refunding.refund_sub_order(event.aggregate_id, adapters.gateway)


async def send_refund(adapters: HasGateway, event: OutboxEvent) -> None:
    """Let the gateway send a refund that was begun within another transaction."""
    await refunding.finish_refund(event.aggregate_id, adapters.gateway)


async def close_cash(adapters: HasGateway, event: OutboxEvent) -> None:
    """Note that a cash payment is complete once no sub-order of it is under way."""
    order_id = UUID(event.payload["order_id"])
    async with transaction():
        found = await Payment.filter(order_id=order_id, state=PaymentState.AGREED).first()
        payment = await locked_one(Payment, found.id) if found else None
        states = {row.state for row in await SubOrder.filter(order_id=order_id)}
        if payment is None or payment.state is not PaymentState.AGREED or not states <= SETTLED:
            return
        was_paid = bool(states & {SubOrderState.DELIVERED, SubOrderState.CLOSED})
        payment.state = PaymentState.SUCCEEDED if was_paid else PaymentState.FAILED
        payment.failure = "" if was_paid else "ENDED"
        payment.finished_at = clock.now()
        await payment.save(update_fields=["state", "failure", "finished_at"])


async def reconcile(adapters: HasGateway) -> int:
    """Finish payments whose result was never heard."""
    return await paying.reconcile(adapters.gateway)
