"""Paying an order: cash agreed at once; online in three steps.

The intent is committed with its idempotency key, then the gateway is called outside any transaction, then
the result is committed. When the process dies between, `reconcile` asks the gateway what became of it.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from catalog import reads as catalog
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Compound
from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative, CooperativeKind
from cooperatives.settlements import service as settlements
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import paying, placing, pricing
from marketplace.orders.lifecycle import Side, SubOrderState, WrongState
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.orders.placing import OrderRequest
from marketplace.payments import flows
from marketplace.payments.gateway import Charge, ChargeOutcome, GatewayUnreachable, PaymentGateway
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.refunding import begin_refund
from marketplace.payments.sharing import parties_of

#: After this long without a result the gateway is asked.
RECONCILE_AFTER = timedelta(seconds=30)
#: What the gateway has not heard of after this long will not come.
LOST_AFTER = timedelta(minutes=2)
SWEEP = 50

#: Co-ops of these kinds have drivers of their own, so that cash need not pass through another's hands.
CARRYING = frozenset({CooperativeKind.DRIVER, CooperativeKind.LOGISTICS, CooperativeKind.MULTI})


class PaymentUnderway(MarketplaceError):
    """A payment of this order is under way: wait for its result."""

    code = Code.CONFLICT
    pesan = "Pembayaran pesanan ini sedang diproses: tunggu hasilnya."
    retryable = True


async def pay_order(
    actor: Actor, *, order_id: UUID, method: PaymentMethod, gateway: PaymentGateway, key: str
) -> Payment:
    """Pay the buyer's own order, or agree to pay it in cash.

    Answers the payment as it stands: AGREED, SUCCEEDED, FAILED, or PROCESSING when the gateway has not said.
    Raises NotFound, WrongState, PaymentMethodUnavailable, PaymentUnderway, NetDebitCapReached.
    """
    by = signed_in(actor)
    async with transaction():
        payment_id = new_id()
        earlier = await once(by, "payOrder", key, [order_id, method], payment_id)
        if earlier is not None:
            return await Payment.get(id=earlier)
        order, sub_orders = await paying.lock_order(order_id)
        if by not in (order.buyer_id, order.placed_by):
            raise NotFound("order")
        await _check_method(sub_orders, method)
        if await Payment.filter(order_id=order_id, state=PaymentState.PROCESSING).exists():
            raise PaymentUnderway
        unpaid = [row for row in sub_orders if row.state is SubOrderState.PLACED]
        if not unpaid:
            raise WrongState(state=sub_orders[0].state.value)
        if method is PaymentMethod.CASH:
            await _require_headroom(
                unpaid, await membership.cooperatives_by_id([row.cooperative_id for row in unpaid])
            )
            side = Side.BUYER if by == order.buyer_id else Side.SELLER
            await paying.mark_paid(unpaid, method, by=by, side=side)
        await Order.filter(id=order_id).update(payment_method=method)
        payment = await _intend(payment_id, order, unpaid, method, gateway)
    return await _carry_out(payment, order.number, gateway)


async def place_and_pay(
    actor: Actor, *, request: OrderRequest, method: PaymentMethod, gateway: PaymentGateway, key: str
) -> Order:
    """Place an order and pay it in one go. Raises what placing and paying raise; then nothing was placed."""
    async with transaction():
        placed = await placing.place(actor, request=request, key=key, method=method)
        if not placed.is_new:
            return placed.order
        pricing.check_method(placed.parts, method)
        if method is PaymentMethod.CASH:
            await _require_headroom(placed.sub_orders, placed.cooperatives)
        payment = await _intend(new_id(), placed.order, placed.sub_orders, method, gateway)
    await _carry_out(payment, placed.order.number, gateway)
    return placed.order


async def _check_method(sub_orders: Sequence[SubOrder], method: PaymentMethod) -> None:
    sellers = await catalog.sellers_by_id([row.seller_id for row in sub_orders])
    for seller in sellers.values():
        if not (seller.takes_cash if method is PaymentMethod.CASH else seller.takes_online):
            raise pricing.PaymentMethodUnavailable(seller=seller.name)


async def _intend(
    payment_id: UUID, order: Order, sub_orders: Sequence[SubOrder], method: PaymentMethod, gateway: PaymentGateway
) -> Payment:
    """Write what is to be paid, in the caller's transaction."""
    is_cash = method is PaymentMethod.CASH
    payment = Payment(
        id=payment_id,
        order_id=order.id,
        payer_id=order.buyer_id,
        method=method,
        amount=sum(row.total for row in sub_orders),
        covers=[str(row.id) for row in sub_orders],
        state=PaymentState.AGREED if is_cash else PaymentState.PROCESSING,
        gateway="" if is_cash else gateway.name,
        tried_at=clock.now(),
    )
    await payment.save(force_create=True)
    return payment


async def _require_headroom(sub_orders: Sequence[SubOrder], cooperatives: Mapping[UUID, Cooperative]) -> None:
    """Cash passes through the carrier's hands: one that may carry must be allowed to owe it.

    Raises NetDebitCapReached of the last carrier when none may.
    """
    for sub_order in sub_orders:
        if not sub_order.delivery_distance_m and not sub_order.delivery:
            continue
        own_id = sub_order.cooperative_id
        if cooperatives[own_id].kind in CARRYING:
            continue
        allies = [id for id in await membership.carriers_for(own_id) if id != own_id]
        await _require_one(sub_order, allies)


async def _require_one(sub_order: SubOrder, carriers: Sequence[UUID]) -> None:
    for place, carrier_id in enumerate(carriers, start=1):
        try:
            await settlements.require_headroom(
                debtor_id=carrier_id,
                creditor_id=sub_order.cooperative_id,
                amount=sub_order.total - sub_order.delivery,
            )
        except settlements.NetDebitCapReached:
            if place == len(carriers):
                raise
        else:
            return


async def _carry_out(payment: Payment, number: str, gateway: PaymentGateway) -> Payment:
    """Ask the gateway, outside any transaction, and commit what it says."""
    if payment.state is not PaymentState.PROCESSING:
        return payment
    try:
        charge = await gateway.charge(payment_id=payment.id, amount=payment.amount, description=number)
    except GatewayUnreachable:
        return payment
    return await finish_payment(payment.id, charge)


async def finish_payment(payment_id: UUID, charge: Charge) -> Payment:
    """Commit what the gateway says of a payment; once, however often it is said.

    What comes too late, for a sub-order that has ended meanwhile, goes back to the buyer.
    """
    async with transaction():
        order_id = (await Payment.get(id=payment_id)).order_id
        order, sub_orders = await paying.lock_order(order_id)
        payment = await locked_one(Payment, payment_id)
        if payment is None:
            raise NotFound("payment")
        if payment.state is not PaymentState.PROCESSING or charge.outcome is ChargeOutcome.PENDING:
            return payment
        succeeded = charge.outcome is ChargeOutcome.SUCCEEDED
        payment.state = PaymentState.SUCCEEDED if succeeded else PaymentState.FAILED
        payment.gateway_reference = charge.reference
        payment.failure = charge.failure
        payment.finished_at = clock.now()
        await payment.save(update_fields=["state", "gateway_reference", "failure", "finished_at"])
        if succeeded:
            await _collect(payment, order, sub_orders)
        await outbox.record(f"payment.{payment.state.value.lower()}", payment.id, {"order_id": str(order_id)})
        return payment


async def _collect(payment: Payment, order: Order, sub_orders: Sequence[SubOrder]) -> None:
    """Hold the money in escrow, one compound a sub-order, and tell the sellers."""
    paid_for = [row for row in sub_orders if str(row.id) in payment.covers]
    open_ones = [row for row in paid_for if row.state is SubOrderState.PLACED]
    await paying.mark_paid(open_ones, PaymentMethod.ONLINE, by=order.buyer_id, side=Side.SYSTEM)
    await ledger.post_batch(
        [
            Compound(Cause("sub_order.collected", row.id), tuple(flows.collect_online(parties_of(row), row.total)))
            for row in paid_for
        ]
    )
    for row in paid_for:
        if row not in open_ones:
            await begin_refund(row, payment, amount=row.total, reason="LATE")


async def reconcile(gateway: PaymentGateway) -> int:
    """Finish payments whose result was never heard; answers how many were finished."""
    now = clock.now()
    orphans = (
        await Payment.filter(state=PaymentState.PROCESSING, tried_at__lte=now - RECONCILE_AFTER, gateway=gateway.name)
        .order_by("tried_at")
        .limit(SWEEP)
    )
    finished = 0
    for payment in orphans:
        try:
            charge = await gateway.find(payment_id=payment.id, amount=payment.amount)
        except GatewayUnreachable:
            continue
        if charge is None:
            if payment.tried_at is not None and payment.tried_at > now - LOST_AFTER:
                continue
            charge = Charge(ChargeOutcome.FAILED, failure="NEVER_ARRIVED")
        done = await finish_payment(payment.id, charge)
        finished += done.state is not PaymentState.PROCESSING
    return finished
