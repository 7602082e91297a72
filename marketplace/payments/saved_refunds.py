"""A refund that goes into the buyer's own savings: he is a member of the co-op that owes it to him."""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.membership.models import Membership
from cooperatives.savings import service as savings
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments.gateway import RefundWay
from marketplace.payments.models import Payment, Refund, RefundState
from marketplace.payments.payouts.lifecycle import PayoutWrongState
from marketplace.payments.takings import noting


async def refund_to_savings(actor: Actor, *, refund_id: UUID, savings_id: UUID, key: str) -> Refund:
    """The buyer takes what can't go back as it came, or waits for him in cash, into his simpanan sukarela, at once.

    Raises NotFound (not his, or savings with another co-op), PayoutWrongState, NotAnActiveMember.
    """
    by = signed_in(actor)
    async with transaction():
        refund = await locked_one(Refund, refund_id)
        payment = None if refund is None else await Payment.get(id=refund.payment_id)
        if refund is None or payment is None or payment.payer_id != by:
            raise NotFound("refund")
        if await once(by, "chooseRefundWay", key, [refund_id, RefundWay.SAVINGS, savings_id], refund_id) is not None:
            return refund
        sub_order = await SubOrder.get(id=refund.sub_order_id)
        waits_in_cash = sub_order.payment_method is PaymentMethod.CASH and refund.state is RefundState.PROCESSING
        if refund.way is not None or not (waits_in_cash or refund.state is RefundState.AWAITING):
            raise PayoutWrongState(state=refund.state.value)
        into = await savings.hold_voluntary(savings_id)
        if into.account_id != by or into.cooperative_id != refund.cooperative_id:
            raise NotFound("savings")
        savings.require_active(await Membership.get(pk=into.membership_id))
        refund.state, refund.way, refund.finished_at = RefundState.SUCCEEDED, RefundWay.SAVINGS.value, clock.now()
        await refund.save(update_fields=["state", "way", "finished_at"])
        await noting.follow(refund)
        await outbox.record("refund.paid", refund.id, {"sub_order_id": str(sub_order.id)})
        await outbox.record("payment.changed", refund.payment_id, {"order_id": str(refund.order_id)})
        owed = AccountRef(refund.cooperative_id, Purpose.BUYER_REFUND_PAYABLE, refund.sub_order_id)
        entry = Entry(owed, into.ref, refund.amount, "savings.refund")
        await ledger.post([entry], cause=Cause("refund.paid", refund.id))
        return refund
