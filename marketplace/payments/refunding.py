"""Giving money back: what an order that ended early owes its buyer, and the gateway's part in it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.settlements import service as settlements
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import MarketplaceError, NotFound
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.steps import tell
from marketplace.payments import collected, collecting, flows
from marketplace.payments.flows import Amounts
from marketplace.payments.gateway import ChargeOutcome, PaymentChannel, Returned
from marketplace.payments.lifecycle import advance_refund
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.rails import Rails
from marketplace.payments.sharing import amounts_of, parties_of, terms_for
from marketplace.payments.takings import noting


def kept_of(sub_order: SubOrder) -> Amounts:
    """What of an order that ended early is not given back, by the rule noted on it."""
    return Amounts(
        goods=sub_order.goods if sub_order.keeps_goods else 0,
        packing=sub_order.packing if sub_order.keeps_goods else 0,
        delivery=sub_order.delivery if _was_ridden(sub_order) else 0,
    )


def _was_ridden(sub_order: SubOrder) -> bool:
    return sub_order.keeps_delivery and sub_order.driver_account_id is not None


async def refund_sub_order(sub_order_id: UUID, rails: Rails) -> Refund | None:
    """Settle a sub-order that ended early: what is kept is shared out, the rest goes back.

    Answers None when nothing was paid online. May be repeated: it goes on where it stood.
    """
    refund = await _settle_ended(sub_order_id)
    return refund if refund is None else await finish_refund(refund.id, rails)


async def _settle_ended(sub_order_id: UUID) -> Refund | None:
    async with transaction():
        sub_order = await locked_one(SubOrder, sub_order_id)
        if sub_order is None or sub_order.payment_method is not PaymentMethod.ONLINE:
            return None
        earlier = await Refund.filter(sub_order_id=sub_order_id, reason="ENDED").first()
        payment = paying_for(sub_order, await Payment.filter(order_id=sub_order.order_id))
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
    entries = flows.release_online(parties, parts)
    cause = Cause("sub_order.ended", sub_order.id)
    await settlements.record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
    return entries


async def begin_refund(
    sub_order: SubOrder,
    payment: Payment,
    *,
    amount: int,
    reason: str,
    with_entries: list[Entry] | None = None,
    is_counted: bool = True,
    cause_id: UUID | None = None,
) -> Refund | None:
    """Owe the buyer `amount` of the escrow, in the caller's transaction; the gateway is asked later.

    Once for each sub-order and reason.

    `with_entries` are posted in the same compound. `is_counted` is false for what the sub-order's amounts no
    longer hold. `cause_id` names what it follows from where that is not the sub-order.
    """
    refund_id = new_id()
    entries = [*(with_entries or []), *flows.owe_refund(parties_of(sub_order), amount)]
    await ledger.post(entries, cause=Cause(f"sub_order.refund_{reason.lower()}", cause_id or sub_order.id))
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


def paying_for(sub_order: SubOrder, payments: Sequence[Payment]) -> Payment | None:
    """That one of an order's payments which paid this sub-order, if any did. Pure."""
    for payment in payments:
        if payment.state is PaymentState.SUCCEEDED and payment.pays(sub_order.id):
            return payment
    return None


async def finish_refund(refund_id: UUID, rails: Rails) -> Refund:
    """Let the gateway send it back, and book that it did; where it can't, the buyer chooses another way.

    May be repeated. Raises GatewayUnreachable.
    """
    refund = await Refund.get(id=refund_id).select_related("payment")
    if refund.state is not RefundState.PROCESSING or refund.way is not None:
        return refund
    payment = refund.payment
    gateway = await rails.of(payment)
    can = gateway.channels.get(PaymentChannel(payment.channel)) if payment.channel else None
    now = clock.now()
    if can is not None and not can.refunds:
        answer = Returned(ChargeOutcome.FAILED, failure="NOT_REFUNDABLE")
    elif can is not None and not can.refunds_in_part and refund.amount < payment.amount:
        answer = Returned(ChargeOutcome.FAILED, failure="NOT_IN_PART")
    elif can is not None and can.refund_window and now - (payment.finished_at or now) > can.refund_window:
        answer = Returned(ChargeOutcome.FAILED, failure="TOO_LATE")
    else:
        await Refund.filter(id=refund_id).update(tried_at=now)
        answer = await gateway.refund(
            refund_id=refund.id,
            payment_id=payment.id,
            reference=payment.gateway_reference,
            amount=refund.amount,
        )
    return await apply_refund(refund_id, answer)


async def apply_refund(refund_id: UUID, answer: Returned) -> Refund:
    """Commit what the gateway says of a refund; once, however often it is said. Raises NotFound."""
    async with transaction():
        row = await locked_one(Refund, refund_id)
        if row is None:
            raise NotFound("refund")
        after = advance_refund(row.state, answer.outcome)
        if row.way is not None or (after is row.state and answer.reference in ("", row.gateway_reference)):
            return row
        is_new, row.state = after is not row.state, after
        row.gateway_reference = answer.reference or row.gateway_reference
        row.failure = answer.failure or None
        if after is RefundState.SUCCEEDED:
            row.finished_at = clock.now()
        await row.save(update_fields=["state", "gateway_reference", "failure", "finished_at"])
        if not is_new:
            return row
        await outbox.record("payment.changed", row.payment_id, {"order_id": str(row.order_id)})
        if after is RefundState.AWAITING:
            await outbox.record("refund.awaiting", row.id, {"order_id": str(row.order_id)})
        else:
            sub_order = await SubOrder.get(id=row.sub_order_id)
            await outbox.record("refund.paid", row.id, {"sub_order_id": str(sub_order.id)})
            await noting.follow(row)
            await _book_sent(sub_order, row)
        return row


async def _book_sent(sub_order: SubOrder, refund: Refund) -> None:
    """It went back out of the account that took it: where another co-op collected, that one is owed it."""
    cause, own_id = Cause("refund.paid", refund.id), sub_order.cooperative_id
    collector_id = await collecting.collector_of(await Payment.get(id=refund.payment_id)) or own_id
    await collecting.owe(own_id, collector_id, refund.amount, cause)
    await ledger.post(collected.pay_refund(parties_of(sub_order), refund.amount, collector_id), cause=cause)


#: A refund that was asked for and not yet answered is asked for again after this long.
ASK_AGAIN = timedelta(minutes=1)
SWEEP = 50


async def reconcile_refunds(rails: Rails) -> int:
    """Ask again for refunds that the gateway has not finished; answers how many it has by now."""
    before = clock.now() - ASK_AGAIN
    found = (
        await Refund.filter(state=RefundState.PROCESSING, way__isnull=True, tried_at__lte=before)
        .order_by("tried_at")
        .limit(SWEEP)
    )
    finished = 0
    for refund in found:
        try:
            done = await finish_refund(refund.id, rails)
        except MarketplaceError:  # unreachable, or its credentials can't be opened now
            continue
        finished += done.state is not RefundState.PROCESSING
    return finished
