"""Something was wrong with what was delivered: the buyer says so, an officer decides, someone bears it."""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.settlements import service as settlements
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.orders.access import lock_for
from marketplace.orders.answering import REASON_LENGTH
from marketplace.orders.lifecycle import SubOrderEvent
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.refunds import LiableParty
from marketplace.orders.steps import advance_sub_order
from marketplace.payments import flows
from marketplace.payments.gateway import RefundWay
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.sharing import parties_of
from marketplace.payments.takings import noting

#: Who can be found liable: someone must bear it.
BEARERS = frozenset({LiableParty.SELLER, LiableParty.CARRIER, LiableParty.NETWORK})


async def dispute_sub_order(actor: Actor, *, sub_order_id: UUID, reason: str, key: str) -> SubOrder:
    """Buyer or seller says, within 24 hours of the delivery, what was wrong. Raises NotFound, WrongState."""
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")
    async with transaction():
        if await once(signed_in(actor), "disputeSubOrder", key, [sub_order_id, reason], sub_order_id) is not None:
            return await SubOrder.get(id=sub_order_id)
        sub_order, side = await lock_for(actor, sub_order_id, SubOrderEvent.DISPUTE)
        return await advance_sub_order(
            sub_order, SubOrderEvent.DISPUTE, by=actor.account_id, side=side, reason=reason
        )


async def resolve_dispute(
    actor: Actor, *, sub_order_id: UUID, refund: int, liable: LiableParty, reason: str, key: str
) -> SubOrder:
    """An officer of the shop's co-op decides: `refund` rupiah go back, borne by `liable`; zero is a decision too.

    What was paid in cash is given back over the counter (`confirm_refund`). Raises NotFound, NotYours,
    WrongState, Invalid, NetDebitCapReached.
    """
    if len(reason) > REASON_LENGTH:
        raise Invalid.field("reason", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    async with transaction():
        input = [sub_order_id, refund, liable, reason]
        if await once(signed_in(actor), "resolveDispute", key, input, sub_order_id) is not None:
            return await SubOrder.get(id=sub_order_id)
        sub_order, side = await lock_for(actor, sub_order_id, SubOrderEvent.RESOLVE)
        if not 0 <= refund <= sub_order.total - sub_order.refunded:
            raise Invalid.field("refund", Code.OUT_OF_RANGE, "0 to what was paid", "0 sampai yang dibayar")
        if refund and liable not in BEARERS:
            raise Invalid.field("liable", Code.INVALID, "someone must bear it", "harus ada yang menanggung")
        sub_order.liable = liable if refund else LiableParty.NOBODY
        await advance_sub_order(
            sub_order, SubOrderEvent.RESOLVE, by=actor.account_id, side=side, reason=reason, also=("liable",)
        )
        if refund:
            await _refund(sub_order, refund, liable)
        return sub_order


async def _refund(sub_order: SubOrder, amount: int, liable: LiableParty) -> None:
    """Owe the buyer this much at the liable party's cost. Caller's transaction."""
    gone = (PaymentState.FAILED, PaymentState.SURPLUS)
    payments = await Payment.filter(order_id=sub_order.order_id).exclude(state__in=gone).order_by("id")
    payment = next((row for row in payments if row.pays(sub_order.id)), None)
    if payment is None:
        raise NotFound("payment")
    parties = parties_of(sub_order)
    cause = Cause("sub_order.refund_disputed", sub_order.id)
    by_seller, by_carrier = liable is LiableParty.SELLER, liable is LiableParty.CARRIER
    entries = flows.bear_refund(parties, amount, by_seller=by_seller, by_carrier=by_carrier)
    await settlements.record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        order_id=sub_order.order_id,
        sub_order_id=sub_order.id,
        cooperative_id=sub_order.cooperative_id,
        amount=amount,
        reason="DISPUTED",
    )
    await refund.save(force_create=True)
    is_sent = sub_order.payment_method is PaymentMethod.ONLINE
    said = "refund.begun" if is_sent else "refund.to_fetch"
    await outbox.record(said, refund.id, {"sub_order_id": str(sub_order.id)})
    await ledger.post(entries, cause=cause)


async def confirm_refund(actor: Actor, *, refund_id: UUID, key: str) -> Refund:
    """An officer gives the buyer back in cash what was paid in cash, or what its gateway can't give back.

    Raises NotFound, Forbidden, Invalid.
    """
    by = signed_in(actor)
    async with transaction():
        refund = await locked_one(Refund, refund_id)
        if refund is None:
            raise NotFound("refund")
        require(actor, *OFFICERS, cooperative_id=refund.cooperative_id, hide="refund")
        if await once(by, "confirmRefund", key, [refund_id], refund_id) is not None:
            return refund
        sub_order = await SubOrder.get(id=refund.sub_order_id)
        is_at_counter = refund.way == RefundWay.CASH or refund.state is RefundState.AWAITING
        if sub_order.payment_method is not PaymentMethod.CASH and not is_at_counter:
            raise Invalid.field("refundId", Code.INVALID, "the gateway sends it", "dikirim penyedia pembayaran")
        if refund.way == RefundWay.TRANSFER:
            raise Invalid.field("refundId", Code.INVALID, "it is being transferred", "sedang ditransfer")
        if refund.state is not RefundState.SUCCEEDED:
            refund.state, refund.finished_at = RefundState.SUCCEEDED, clock.now()
            refund.way = RefundWay.CASH.value
            await refund.save(update_fields=["state", "finished_at", "way"])
            await noting.follow(refund)
            await outbox.record("refund.paid", refund.id, {"sub_order_id": str(sub_order.id)})
            entries = flows.pay_refund_in_cash(parties_of(sub_order), refund.amount)
            await ledger.post(entries, cause=Cause("refund.paid", refund.id))
        return refund
