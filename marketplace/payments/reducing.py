"""A smaller order taken by its buyer: what it spares goes back at once."""

from uuid import UUID

from marketplace.database import transaction
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import alternatives
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments.models import Payment
from marketplace.payments.refunding import begin_refund, paying_for


async def accept_alternative(actor: Actor, *, sub_order_id: UUID, key: str) -> SubOrder:
    """The buyer takes the smaller order, accepted with it; paid online, the rest is owed back to him.

    Raises NotFound, NotYours, WrongState.
    """
    async with transaction():
        if await once(signed_in(actor), "acceptAlternative", key, [sub_order_id], sub_order_id) is not None:
            return await SubOrder.get(id=sub_order_id)
        sub_order, spared = await alternatives.take_alternative(actor, sub_order_id)
        if sub_order.payment_method is PaymentMethod.ONLINE:
            payment = paying_for(sub_order, await Payment.filter(order_id=sub_order.order_id))
            if payment is None:
                raise NotFound("payment")
            await begin_refund(sub_order, payment, amount=spared, reason="REDUCED", is_counted=False)
        return sub_order
