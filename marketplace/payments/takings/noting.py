"""Takings are noted when a payment is booked, in its transaction, and follow the refunds of it.

A payment for shops of several co-ops is a taking of each, with its part of what the provider kept: the fees of a
co-op's takings are what its books bear of them. Of cash it is what was delivered against it.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.functions import Sum

from marketplace.database import locked_one, write
from marketplace.orders.models import PaymentMethod
from marketplace.payments.models import DuesCharge, Payment, Refund, RefundState
from marketplace.payments.takings.models import Taking, TakingSource, TakingWay


async def note(
    payment: Payment,
    parts: Mapping[UUID, int],
    *,
    source: TakingSource = TakingSource.ORDER,
    fees: Mapping[UUID, int] | None = None,
    collector_id: UUID | None = None,
) -> None:
    """A payment was made: each co-op's part of it and of the fee, in rupiah. Caller's transaction; once a payment."""
    given = await _given_back(payment.id) if payment.method is PaymentMethod.CASH else {}
    rows = [
        Taking(
            cooperative_id=id,
            source=source,
            source_id=payment.id,
            order_id=payment.order_id,
            collector_id=None if collector_id == id else collector_id,
            way=way_of(payment.method, payment.channel),
            gateway=payment.gateway,
            reference=payment.gateway_reference,
            amount=amount,
            fee=(fees or {}).get(id, 0),
            refunded=given.get(id, 0),
        )
        for id, amount in sorted(parts.items())
        if amount
    ]
    await write(*rows)


async def note_dues(charge: DuesCharge, amount: int, fee: int) -> None:
    """A member paid dues through a provider. Caller's transaction; once a charge."""
    row = Taking(
        cooperative_id=charge.cooperative_id,
        source=TakingSource.DUES,
        source_id=charge.id,
        way=way_of(PaymentMethod.ONLINE, charge.channel),
        gateway=charge.gateway,
        reference=charge.gateway_reference,
        amount=amount,
        fee=fee,
    )
    await write(row)


async def follow(refund: Refund) -> None:
    """A refund was paid, or came back: its taking says anew what of it has gone back. Caller's transaction.

    The payment is held, so that whatever else ends of it comes before this is added up, or after: another refund, or
    the delivery with which its cash is taken.
    """
    await locked_one(Payment, refund.payment_id)
    given = await _given_back(refund.payment_id)
    mine = Taking.filter(source_id=refund.payment_id, cooperative_id=refund.cooperative_id)
    await mine.update(refunded=given.get(refund.cooperative_id, 0))


async def _given_back(payment_id: UUID) -> Mapping[UUID, int]:
    """What of a payment has gone back for each co-op."""
    paid = Refund.filter(payment_id=payment_id, state=RefundState.SUCCEEDED)
    sums: Sequence[tuple[UUID, int]] = await (
        paid.annotate(given=Sum("amount")).group_by("cooperative_id").values_list("cooperative_id", "given")
    )
    return {id: int(given) for id, given in sums}


def way_of(method: PaymentMethod, channel: str | None) -> TakingWay:
    """By which way it was paid. Pure."""
    if method is not PaymentMethod.ONLINE:
        return TakingWay(method.value)
    return TakingWay(channel or TakingWay.SIMULATED)
