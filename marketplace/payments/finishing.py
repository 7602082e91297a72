"""The one way in which a gateway's word becomes a fact: for its answer, its callback and our asking alike.

What comes too late, for a sub-order that has ended meanwhile, or a second time, for one that is paid already, is
booked and goes back to the buyer.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.compounds import Compound
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import NotFound
from marketplace.orders import paying
from marketplace.orders.lifecycle import Side, SubOrderState
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.payments import cash_trust, collected, collecting, strays
from marketplace.payments.gateway import (
    Charge,
    ChargeOutcome,
    GatewayRefused,
    GatewayUnreachable,
    Intent,
    LeadsBack,
    PaymentChannel,
    PaymentGateway,
)
from marketplace.payments.lifecycle import advance_payment
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.refunding import begin_refund
from marketplace.payments.sharing import parties_of
from marketplace.payments.takings import noting

#: A payment of an order in one of these states is not decided: no second one is begun.
UNDERWAY = (PaymentState.PROCESSING, PaymentState.AUTHORISED)
#: So long an order is kept from expiring while nobody knows whether it was paid.
HELD_OPEN = timedelta(minutes=45)
#: Sub-orders in these states were never paid for, or will not be.
UNPAID_ENDS = frozenset({SubOrderState.EXPIRED, SubOrderState.CANCELLED, SubOrderState.DECLINED})


def intent_of(payment: Payment, number: str = "", leads_back: LeadsBack | None = None) -> Intent:
    """What a gateway is asked of this payment."""
    return Intent(
        id=payment.id,
        amount=payment.amount,
        description=number,
        channel=PaymentChannel(payment.channel) if payment.channel else None,
        institution=payment.institution or "",
        expires_at=payment.expires_at,
        made_at=payment.created_at,
        return_url=leads_back(payment.order_id) if leads_back else "",
    )


async def hold_open(payment: Payment) -> None:
    """Nobody knows yet whether this was paid: keep what it pays for, and the stock held for it, a while longer."""
    until = payment.created_at + HELD_OPEN
    waiting = SubOrder.filter(order_id=payment.order_id, state=SubOrderState.PLACED, due_at__lt=until)
    if payment.covers:
        waiting = waiting.filter(id__in=payment.covers)
    await waiting.update(due_at=until)


async def look(payment: Payment, gateway: PaymentGateway) -> Payment:
    """Ask the gateway what became of it and commit that. Raises GatewayUnreachable.

    Answers the payment as it was when the gateway has never heard of it.
    """
    charge = await gateway.find(intent_of(payment), payment.gateway_reference)
    return payment if charge is None else await finish_payment(payment.id, charge, gateway)


async def finish_payment(payment_id: UUID, charge: Charge, gateway: PaymentGateway | None = None) -> Payment:
    """Commit what the gateway says of a payment; once, however often it is said.

    `gateway` is asked to take what it holds (AUTHORISED); without one the reconciler does. Raises NotFound.
    """
    async with transaction():
        payment = await _finish(payment_id, charge)
    if payment.state is PaymentState.AUTHORISED and gateway is not None:
        return await take_held(payment.id, gateway)
    return payment


async def _finish(payment_id: UUID, charge: Charge) -> Payment:
    order_id = (await _known(payment_id)).order_id
    order, sub_orders = await paying.lock_order(order_id)
    payment = await locked_one(Payment, payment_id)
    if payment is None:
        raise NotFound("payment")
    after = advance_payment(payment.state, charge.outcome)
    if after is payment.state:
        await _note(payment, charge)
        return payment
    if after is PaymentState.SUCCEEDED and charge.amount not in (None, payment.amount):
        taken = charge.amount or 0
        await strays.book(payment, taken, reference=charge.reference, why="WRONG_AMOUNT", fee=charge.fee or 0)
        after, charge = PaymentState.FAILED, Charge(ChargeOutcome.FAILED, charge.reference, "WRONG_AMOUNT")
    payment.state = after
    payment.gateway_reference = charge.reference or payment.gateway_reference
    payment.failure = "" if after is PaymentState.SUCCEEDED else charge.failure
    changed = ["state", "gateway_reference", "failure"]
    if after is not PaymentState.AUTHORISED:
        payment.finished_at, payment.fee = clock.now(), charge.fee
        changed += ["finished_at", "fee"]
        await collecting.let_go(UUID(id) for id in payment.covers)
    if after is PaymentState.SUCCEEDED:
        await _collect(payment, order, sub_orders)
    await payment.save(update_fields=changed)
    # what went back whole was paid all the same, as far as anyone is told
    said = PaymentState.SUCCEEDED if payment.state is PaymentState.SURPLUS else payment.state
    await outbox.record(f"payment.{said.value.lower()}", payment.id, {"order_id": str(order_id)})
    await outbox.record("payment.changed", payment.id, {"order_id": str(order_id)})
    if stands_beside(payment, sub_orders):
        await outbox.record(f"payment.beside.{said.value.lower()}", payment.id, {"order_id": str(order_id)})
    return payment


async def _known(payment_id: UUID) -> Payment:
    found = await Payment.get_or_none(id=payment_id)
    if found is None:
        raise NotFound("payment")
    return found


async def _note(payment: Payment, charge: Charge) -> None:
    """Keep what a gateway adds to a payment that stands where it stood: its reference, how to pay, the fee."""
    changed = []
    if payment.state is PaymentState.PROCESSING and charge.outcome is ChargeOutcome.PENDING:
        if charge.reference and payment.gateway_reference != charge.reference:
            payment.gateway_reference = charge.reference
            changed.append("gateway_reference")
        if charge.instructions and payment.instructions != dict(charge.instructions):
            payment.instructions = dict(charge.instructions)
            changed.append("instructions")
        if charge.failure != payment.failure:
            payment.failure = charge.failure
            changed.append("failure")
    if changed:
        await payment.save(update_fields=changed)
        await outbox.record("payment.changed", payment.id, {"order_id": str(payment.order_id)})


async def take_held(payment_id: UUID, gateway: PaymentGateway) -> Payment:
    """Take what is held for those sub-orders that still stand, or let go of all of it. May be repeated."""
    async with transaction():
        _, sub_orders = await paying.lock_order((await _known(payment_id)).order_id)
        payment = await locked_one(Payment, payment_id)
        if payment is None or payment.state is not PaymentState.AUTHORISED:
            return payment or await _known(payment_id)
        wanted = [row for row in _covered(payment, sub_orders) if row.state is SubOrderState.PLACED]
        if wanted and sum(row.total for row in wanted) != payment.amount:
            await collecting.let_go({UUID(id) for id in payment.covers} - {row.id for row in wanted})
            payment.covers = [str(row.id) for row in wanted]
            payment.amount = sum(row.total for row in wanted)
            await payment.save(update_fields=["covers", "amount"])
    try:
        if wanted or stands_beside(payment, sub_orders):
            charge = await gateway.capture(
                payment_id=payment.id, reference=payment.gateway_reference, amount=payment.amount
            )
        else:
            charge = await gateway.cancel(payment_id=payment.id, reference=payment.gateway_reference)
    except (GatewayUnreachable, GatewayRefused):
        await hold_open(payment)
        return payment
    return await finish_payment(payment.id, charge)


def stands_beside(payment: Payment, sub_orders: Sequence[SubOrder]) -> bool:
    """Whether it pays for none of its order's parts but for something beside them: a tip, once they are delivered."""
    return bool(payment.covers) and not _covered(payment, sub_orders)


def is_idle(payment: Payment, sub_orders: Sequence[SubOrder]) -> bool:
    """Whether none of its order's parts that it is for waits for money any more."""
    waits = any(payment.pays(row.id) and row.state is SubOrderState.PLACED for row in sub_orders)
    return not waits and not stands_beside(payment, sub_orders)


def leaves_others(payment: Payment, sub_orders: Sequence[SubOrder]) -> bool:
    """Whether it pays for some of its order's parts while others, which stand, are paid apart."""
    others = [row for row in sub_orders if not payment.pays(row.id) and row.state not in UNPAID_ENDS]
    return bool(others) and bool(_covered(payment, sub_orders))


def _covered(payment: Payment, sub_orders: Sequence[SubOrder]) -> list[SubOrder]:
    return [row for row in sub_orders if str(row.id) in payment.covers]


async def _collect(payment: Payment, order: Order, sub_orders: Sequence[SubOrder]) -> None:
    """Hold the money in escrow, one compound a sub-order, and tell the sellers; what has no use goes back."""
    if stands_beside(payment, sub_orders):
        return  # who asked for it books it
    paid_for = _covered(payment, sub_orders)
    open_ones = [row for row in paid_for if row.state is SubOrderState.PLACED]
    again = await _paid_already(payment, [row for row in paid_for if row not in open_ones])
    if paid_for and len(again) == len(paid_for):
        payment.state = PaymentState.SURPLUS
    await paying.mark_paid(open_ones, PaymentMethod.ONLINE, by=order.buyer_id, side=Side.SYSTEM)
    await cash_trust.note_prepaid(order.buyer_id)
    await _book(payment, paid_for, again)
    for row in paid_for:
        if row.id in again:
            await begin_refund(
                row,
                payment,
                amount=row.total,
                reason="DOUBLE",
                is_counted=False,
                cause_id=uuid5(payment.id, str(row.id)),
            )
        elif row not in open_ones:
            await begin_refund(row, payment, amount=row.total, reason="LATE")


async def _paid_already(payment: Payment, ended: Sequence[SubOrder]) -> set[UUID]:
    """Those of these sub-orders for which another payment stands, or stood: this one's money has no use."""
    if not ended:
        return set()
    others = await Payment.filter(
        order_id=payment.order_id, state__in=(PaymentState.SUCCEEDED, PaymentState.AGREED)
    ).exclude(id=payment.id)
    covered = {UUID(id) for other in others for id in other.covers}
    return {row.id for row in ended if row.id in covered or row.state not in UNPAID_ENDS}


async def _book(payment: Payment, paid_for: Sequence[SubOrder], again: set[UUID]) -> None:
    """What was paid for each sub-order, and what the provider kept, in the books of all co-ops concerned."""
    account_holder = await collecting.collector_of(payment)
    compounds = []
    for row in sorted(paid_for, key=lambda row: row.id):
        collector_id = account_holder or row.cooperative_id
        cause = Cause("sub_order.collected", row.id)
        if row.id in again:
            cause = Cause("sub_order.paid_again", uuid5(payment.id, str(row.id)))
        await collecting.owe(collector_id, row.cooperative_id, row.total, cause)
        compounds.append(Compound(cause, tuple(collected.collect(parties_of(row), row.total, collector_id))))
    parts, fees = collecting.by_cooperative(paid_for), {}
    if payment.fee and account_holder and paid_for:
        cause, fees = Cause("payment.fee", payment.id), collected.share_fee(payment.fee, parts)
        entries, owed = collected.bear_fee(fees, account_holder)
        for debtor_id, amount in sorted(owed.items()):
            await collecting.owe(debtor_id, account_holder, amount, cause)
        compounds.append(Compound(cause, tuple(entries)))
    await noting.note(payment, parts, fees=fees, collector_id=account_holder)
    await ledger.post_batch(compounds)
