"""A tip given after the delivery, paid online: it stands beside its order's parts, and goes to the driver whole.

What is given in cash passes from hand to hand and touches no book. What is paid online is collected by the seller's
co-op, which owes all of it to the driver, through his own co-op where that is another; what the provider keeps is an
expense of who collects, as ever.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.ledger.between import across
from cooperatives.settlements.obligations import record_obligations
from marketplace import clock
from marketplace.database import new_id
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import collecting, finishing
from marketplace.payments.gateway import GatewayUnreachable, LeadsBack, PaymentChannel, PaymentGateway
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.rails import ChannelUnavailable, Rails
from marketplace.payments.takings import noting
from marketplace.payments.takings.models import TakingSource

#: What the posting of a tip names as its cause.
CAUSE = "driver_tip.given"
#: So long a buyer may take to pay one.
OPEN_FOR = timedelta(minutes=30)


async def intend(
    sub_order: SubOrder,
    *,
    tip_id: UUID,
    amount: int,
    rails: Rails,
    channel: PaymentChannel | None,
    institution: str,
) -> tuple[Payment, PaymentGateway]:
    """Write what is to be paid, in the caller's transaction. Raises ChannelUnavailable."""
    gateway = await rails.choose({sub_order.cooperative_id}, channel)
    chosen = channel or next(iter(gateway.channels))
    offered = gateway.channels[chosen].institutions
    if institution and institution not in offered:
        raise ChannelUnavailable(channel=institution[:20], channels=", ".join(offered) or "-")
    payment = await Payment.create(
        id=new_id(),
        order_id=sub_order.order_id,
        payer_id=sub_order.buyer_id,
        method=PaymentMethod.ONLINE,
        amount=amount,
        covers=[str(tip_id)],
        state=PaymentState.PROCESSING,
        tried_at=clock.now(),
        gateway=gateway.name,
        account_id=gateway.account_id,
        channel=chosen.value,
        institution=institution[:20],
        expires_at=clock.now() + OPEN_FOR,
    )
    return payment, gateway


async def carry_out(
    payment: Payment, gateway: PaymentGateway, description: str, leads_back: LeadsBack | None = None
) -> Payment:
    """Ask the gateway, outside any transaction, and commit what it says; the reconciler finishes what it doesn't."""
    try:
        charge = await gateway.charge(finishing.intent_of(payment, description, leads_back))
    except GatewayUnreachable:
        return payment
    return await finishing.finish_payment(payment.id, charge, gateway)


async def book(
    payment: Payment, sub_order: SubOrder, *, tip_id: UUID, carrier_id: UUID, driver_account_id: UUID
) -> None:
    """The tip was paid: post it to the driver, and the provider's fee. Caller's transaction; once a tip."""
    collector_id = await collecting.collector_of(payment) or sub_order.cooperative_id
    clearing = AccountRef(collector_id, Purpose.GATEWAY_CLEARING)
    paid = AccountRef(carrier_id, Purpose.DRIVER_PAYABLE, driver_account_id)
    cause = Cause(CAUSE, tip_id)
    entries = across(clearing, paid, payment.amount, CAUSE)
    await record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
    fees = {collector_id: payment.fee or 0}
    await noting.note(payment, {collector_id: payment.amount}, source=TakingSource.TIP, fees=fees)
    await ledger.post(entries, cause=cause)
    if payment.fee:
        expense = AccountRef(collector_id, Purpose.GATEWAY_FEE_EXPENSE)
        await ledger.post(
            [Entry(expense, clearing, payment.fee, "payment.fee")], cause=Cause("payment.fee", payment.id)
        )


async def payments_by_id(ids: Iterable[UUID]) -> Mapping[UUID, Payment]:
    """These payments. One statement; no check of who asks."""
    return {row.id: row for row in await Payment.filter(id__in=list(ids))}
