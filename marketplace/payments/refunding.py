"""Giving money back: what an order that ended early owes its buyer, and the gateway's part in it."""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.settlements import service as settlements
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.steps import tell
from marketplace.payments import flows
from marketplace.payments.flows import Amounts
from marketplace.payments.gateway import PaymentGateway
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.sharing import amounts_of, parties_of, terms_for


def kept_of(sub_order: SubOrder) -> Amounts:
    """What of an order that ended early is not given back, by the rule noted on it."""
    return Amounts(
        goods=sub_order.goods if sub_order.keeps_goods else 0,
        packing=sub_order.packing if sub_order.keeps_goods else 0,
        delivery=sub_order.delivery if _was_ridden(sub_order) else 0,
    )


def _was_ridden(sub_order: SubOrder) -> bool:
    return sub_order.keeps_delivery and sub_order.driver_account_id is not None


async def refund_sub_order(sub_order_id: UUID, gateway: PaymentGateway) -> Refund | None:
    """Settle a sub-order that ended early: what is kept is shared out, the rest goes back.

    Answers None when nothing was paid online. May be repeated: it goes on where it stood.
    """
    refund = await _settle_ended(sub_order_id)
    return refund if refund is None else await finish_refund(refund.id, gateway)


async def _settle_ended(sub_order_id: UUID) -> Refund | None:
    async with transaction():
        sub_order = await locked_one(SubOrder, sub_order_id)
        if sub_order is None or sub_order.payment_method is not PaymentMethod.ONLINE:
            return None
        earlier = await Refund.filter(sub_order_id=sub_order_id, reason="ENDED").first()
        payment = await Payment.filter(order_id=sub_order.order_id, state=PaymentState.SUCCEEDED).first()
        if earlier is not None or payment is None:
            return earlier
        kept = kept_of(sub_order)
        entries: list[Entry] = []
        if kept.total:
            entries = await _share_out(sub_order, kept)
        left = amounts_of(sub_order).less(kept).total - sub_order.refunded
        return await begin_refund(sub_order, payment, amount=left, reason="ENDED", with_entries=entries)


async def _share_out(sub_order: SubOrder, kept: Amounts) -> list[Entry]:
    """The entries that give seller, carrier and driver their part of what is kept; notes the obligation."""
    terms = await terms_for(sub_order)
    parties = parties_of(sub_order)
    parts = flows.split(kept, terms)
    if not kept.delivery:
        parties = flows.Parties(parties.sub_order_id, parties.cooperative_id, parties.seller_id)
    owed = flows.obligation(parties, parts, is_cash=False)
    if owed is not None:
        debtor_id, creditor_id, amount = owed
        await settlements.record_obligation(
            debtor_id=debtor_id, creditor_id=creditor_id, amount=amount, cause=Cause("sub_order.ended", sub_order.id)
        )
    return flows.release_online(parties, parts)


async def begin_refund(
    sub_order: SubOrder,
    payment: Payment,
    *,
    amount: int,
    reason: str,
    with_entries: list[Entry] | None = None,
    is_counted: bool = True,
) -> Refund | None:
    """Owe the buyer `amount` of the escrow, in the caller's transaction; the gateway is asked later.

    Once for each sub-order and reason.

    `with_entries` are posted in the same compound. `is_counted` is false for what the sub-order's amounts no
    longer hold.
    """
    refund_id = new_id()
    entries = [*(with_entries or []), *flows.owe_refund(parties_of(sub_order), amount)]
    await ledger.post(entries, cause=Cause(f"sub_order.refund_{reason.lower()}", sub_order.id))
    if not amount:
        return None
    refund = Refund(
        id=refund_id,
        payment_id=payment.id,
        order_id=sub_order.order_id,
        sub_order_id=sub_order.id,
        cooperative_id=sub_order.cooperative_id,
        amount=amount,
        reason=reason,
    )
    await refund.save(force_create=True)
    if is_counted:
        sub_order.refunded += amount
        sub_order.version += 1
        await sub_order.save(update_fields=["refunded", "version"])
        await tell(sub_order)
    await outbox.record("refund.begun", refund.id, {"sub_order_id": str(sub_order.id)})
    return refund


async def finish_refund(refund_id: UUID, gateway: PaymentGateway) -> Refund:
    """Let the gateway send it back, and book that it did. May be repeated. Raises GatewayUnreachable."""
    refund = await Refund.get(id=refund_id).select_related("payment")
    if refund.state is RefundState.SUCCEEDED:
        return refund
    reference = await gateway.refund(
        refund_id=refund.id, payment_reference=refund.payment.gateway_reference, amount=refund.amount
    )
    async with transaction():
        row = await locked_one(Refund, refund_id)
        sub_order = await SubOrder.get(id=refund.sub_order_id)
        if row is None or row.state is RefundState.SUCCEEDED:
            return row or refund
        row.state = RefundState.SUCCEEDED
        row.gateway_reference = reference
        row.finished_at = clock.now()
        await row.save(update_fields=["state", "gateway_reference", "finished_at"])
        await outbox.record("refund.paid", row.id, {"sub_order_id": str(sub_order.id)})
        await ledger.post(flows.pay_refund(parties_of(sub_order), row.amount), cause=Cause("refund.paid", row.id))
        return row
