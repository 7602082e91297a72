"""What payments do when something has happened to an order. Each handler may run again."""

from typing import Protocol
from uuid import UUID

from marketplace import clock
from marketplace.database import locked, transaction
from marketplace.orders.lifecycle import FINAL, SubOrderState
from marketplace.orders.models import SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.payments import collecting, direct, dues_charges, finishing, reconciling, refunding, strays
from marketplace.payments.gateway import Charge, Subject
from marketplace.payments.models import Payment, PaymentState, RailAccount, Refund
from marketplace.payments.payouts import sending
from marketplace.payments.rails import Rails
from marketplace.payments.takings import noting

#: Events after which money may have to go back.
ENDED = ("sub_order.cancelled", "sub_order.declined", "sub_order.expired", "sub_order.returned")

#: States in which a sub-order's cash has been taken, and in which it has been or will not be.
PAID_AT_THE_DOOR = frozenset(
    {SubOrderState.DELIVERED, SubOrderState.CLOSED, SubOrderState.DISPUTED, SubOrderState.RESOLVED}
)
SETTLED = FINAL | PAID_AT_THE_DOOR | {SubOrderState.RETURNED}


class HasRails(Protocol):
    """The part of the adapters that payments use."""

    @property
    def rails(self) -> Rails: ...


async def refund_ended(adapters: HasRails, event: OutboxEvent) -> None:
    """Give back what an order that ended early owes its buyer."""
    await refunding.refund_sub_order(event.aggregate_id, adapters.rails)


async def send_refund(adapters: HasRails, event: OutboxEvent) -> None:
    """Let the gateway send a refund that was begun within another transaction."""
    await refunding.finish_refund(event.aggregate_id, adapters.rails)


async def close_cash(adapters: HasRails, event: OutboxEvent) -> None:
    """Note that a cash payment is complete once no sub-order that it pays for is under way."""
    order_id = UUID(event.payload["order_id"])
    async with transaction():
        agreed = [row.id for row in await Payment.filter(order_id=order_id, state=PaymentState.AGREED)]
        sub_orders = await SubOrder.filter(order_id=order_id) if agreed else []
        for payment in (await locked(Payment, agreed)).values():
            paid_for = [row for row in sub_orders if payment.pays(row.id)]
            if payment.state is not PaymentState.AGREED or not {row.state for row in paid_for} <= SETTLED:
                continue
            delivered = [row for row in paid_for if row.state in PAID_AT_THE_DOOR]
            was_paid = bool(delivered)
            payment.state = PaymentState.SUCCEEDED if was_paid else PaymentState.FAILED
            payment.failure = "" if was_paid else "ENDED"
            payment.finished_at = clock.now()
            await payment.save(update_fields=["state", "failure", "finished_at"])
            await noting.note(payment, collecting.by_cooperative(delivered))


async def reconcile(adapters: HasRails) -> int:
    """Finish payments and refunds whose result was never heard: ours without theirs."""
    finished = await reconciling.reconcile(adapters.rails) + await refunding.reconcile_refunds(adapters.rails)
    return finished + await dues_charges.reconcile(adapters.rails) + await direct.expire_unconfirmed()


async def send_payouts(adapters: HasRails) -> int:
    """Send payouts that may go, and ask about those that were sent."""
    return await sending.send_due(adapters.rails) + await sending.reconcile(adapters.rails)


async def find_strays(adapters: HasRails) -> int:
    """Look through the providers' own lists: theirs without ours."""
    return await reconciling.find_strays(adapters.rails)


async def hear(
    rails: Rails,
    *,
    account_id: UUID | None,
    about: Subject,
    our_id: UUID,
    reference: str,
    amount: int,
    charge: Charge | None,
) -> str:
    """A provider has called: ask it about what it spoke of, and commit that. Answers the call's end.

    DONE, UNMATCHED (of nothing of ours; money of it is held apart) or WRONG_AMOUNT. Raises GatewayUnreachable.
    """
    if about is Subject.REFUND:
        refund = await Refund.get_or_none(id=our_id)
        if refund is None:
            return "UNMATCHED"
        await refunding.finish_refund(refund.id, rails)
        return "DONE"
    if about is Subject.PAYOUT:
        return await sending.hear(rails, account_id=account_id, our_id=our_id, reference=reference)
    if about is not Subject.PAYMENT:
        return "UNMATCHED"
    payment = await Payment.get_or_none(id=our_id, account_id=account_id)
    if payment is None:
        dues = await dues_charges.charge_of(account_id, our_id)
        if dues is None:
            return await _stray(rails, account_id, reference)
        await dues_charges.look(dues, rails)
        return "DONE"
    if charge is not None:
        if payment.gateway != rails.simulated.name:
            return "UNMATCHED"
        if payment.amount != amount:
            return "WRONG_AMOUNT"
        await finishing.finish_payment(payment.id, charge)
        return "DONE"
    done = await finishing.look(payment, await rails.of(payment))
    return "WRONG_AMOUNT" if done.failure == "WRONG_AMOUNT" else "DONE"


async def _stray(rails: Rails, account_id: UUID | None, reference: str) -> str:
    """A charge of no payment of ours: hold what it brought apart, if it brought anything."""
    account = None if account_id is None else await RailAccount.get_or_none(id=account_id)
    if account is not None:
        gateway = await rails.by_account(account.id)
        theirs = await gateway.find_theirs(reference)
        if theirs is not None and theirs.succeeded:
            await strays.found(account, theirs)
    return "UNMATCHED"
