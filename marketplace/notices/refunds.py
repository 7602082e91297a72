"""What a buyer is told of money that goes back. A handler of the outbox: run again, it writes nothing twice."""

from uuid import UUID

from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.pages import ORDER
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.orders.models import SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.payments.models import Refund

KINDS = {
    "refund.begun": NoticeKind.REFUND_BEGUN,
    "refund.to_fetch": NoticeKind.REFUND_TO_FETCH,
    "refund.paid": NoticeKind.REFUND_PAID,
    "refund.awaiting": NoticeKind.REFUND_AWAITING,
}


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell the buyer how much, of which order, and how he gets it."""
    refund = await Refund.get_or_none(id=event.aggregate_id)
    sub_order = None if refund is None else await SubOrder.get_or_none(id=refund.sub_order_id)
    if refund is None or sub_order is None:
        return
    values = {
        "number": sub_order.number,
        "amount": format_rupiah(refund.amount),
        "cooperative": await cooperative_name(UUID(str(refund.cooperative_id))),
        ORDER: str(sub_order.order_id),
    }
    kind = KINDS[event.event]
    await tell_all([sub_order.buyer_id], kind, event, SubjectType.SUB_ORDER, sub_order.id, values)
