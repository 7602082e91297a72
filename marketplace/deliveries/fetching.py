"""An order that no driver came for, fetched by its buyer: the delivery is no longer bought, nor the tip."""

from tortoise.expressions import F

from marketplace.orders import steps
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.refunding import begin_refund


async def fetch_instead(sub_order: SubOrder) -> None:
    """Make a locked sub-order one for the counter, and give back what its delivery cost. Caller's transaction.

    Paid online, delivery and tip go back to the buyer; in cash, he pays that much less.
    """
    spared = sub_order.delivery + sub_order.tip
    if sub_order.payment_method is PaymentMethod.ONLINE and spared:
        payment = await Payment.get(order_id=sub_order.order_id, state=PaymentState.SUCCEEDED)
        await begin_refund(sub_order, payment, amount=spared, reason="UNSERVED", is_counted=False)
    sub_order.fulfilment = Fulfilment.PICKUP
    sub_order.delivery = sub_order.tip = 0
    sub_order.total -= spared
    sub_order.unserved_at = None
    sub_order.version += 1
    changed = ["fulfilment", "delivery", "tip", "total", "unserved_at", "version"]
    await sub_order.save(update_fields=changed)
    await Order.filter(pk=sub_order.order_id).update(total=F("total") - spared)
    await steps.tell(sub_order)
