"""Reading payments, many at once."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace.batches import lists_by
from marketplace.payments.models import Payment, Refund


async def payments_by_order(order_ids: Sequence[UUID]) -> Mapping[UUID, list[Payment]]:
    """Each order's payments, oldest first. One statement; no check of who asks."""
    return await lists_by(Payment, "order_id", order_ids)


async def refunds_by_sub_order(ids: Sequence[UUID]) -> Mapping[UUID, list[Refund]]:
    """Each sub-order's refunds, oldest first. One statement; no check of who asks."""
    return await lists_by(Refund, "sub_order_id", ids)


async def refunds_by_payment(ids: Sequence[UUID]) -> Mapping[UUID, list[Refund]]:
    """What goes back of these payments, oldest first. One statement; no check of who asks."""
    return await lists_by(Refund, "payment_id", ids)


async def refunds_of_order(order_id: UUID) -> list[Refund]:
    """An order's refunds, oldest first. One statement; no check of who asks."""
    return await Refund.filter(order_id=order_id).order_by("id")
