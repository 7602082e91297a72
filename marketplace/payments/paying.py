"""Paying an order: cash agreed at once; online in three steps.

The intent is committed with its idempotency key, then the gateway is called outside any transaction, then the
result is committed (`finishing`). When the process dies between, `reconciling` asks the gateway what became of it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from catalog import reads as catalog
from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative, CooperativeKind
from cooperatives.settlements import service as settlements
from marketplace import clock
from marketplace.batches import Asked, read_together
from marketplace.database import locked_one, new_id, transaction, write
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import paying, placing, pricing
from marketplace.orders.lifecycle import Side, SubOrderState, WrongState
from marketplace.orders.models import Order, PaymentMethod, SubOrder
from marketplace.orders.placing import OrderRequest
from marketplace.payments import cash_trust, collecting, direct, finishing
from marketplace.payments.gateway import (
    Charge,
    ChargeOutcome,
    GatewayUnreachable,
    LeadsBack,
    PaymentChannel,
    PaymentGateway,
)
from marketplace.payments.lifecycle import GIVEN_UP
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.rails import ChannelUnavailable, Rails

#: Co-ops of these kinds have drivers of their own, so that cash need not pass through another's hands.
CARRYING = frozenset({CooperativeKind.DRIVER, CooperativeKind.LOGISTICS, CooperativeKind.MULTI})


class PaymentUnderway(MarketplaceError):
    """A payment of this order, or of these parts of it, is under way: wait for its result."""

    code = Code.CONFLICT
    pesan = "Pembayaran pesanan ini, atau bagian ini, sedang diproses: tunggu hasilnya."
    retryable = True


async def pay_order(
    actor: Actor,
    *,
    order_id: UUID,
    method: PaymentMethod,
    rails: Rails,
    key: str,
    channel: PaymentChannel | None = None,
    institution: str = "",
    parts: Collection[UUID] | None = None,
    leads_back: LeadsBack | None = None,
) -> Payment:
    """Pay the buyer's own order, or agree to pay it in cash: all that is unpaid, or of it these sub-orders alone.

    Answers the payment as it stands: AGREED, SUCCEEDED, FAILED, or PROCESSING while the buyer or the gateway has
    to act. `channel` and `institution` choose over what, else the co-op's first; with `leads_back` the provider is
    asked for a page of its own where it has one. What else the order holds is paid by itself, and is not touched by
    what becomes of this.
    Raises NotFound, WrongState, PaymentMethodUnavailable, ChannelUnavailable, SeveralCollectors, PaymentUnderway,
    NetDebitCapReached (of the carrier in cash, of the collecting co-op online).
    """
    by = signed_in(actor)
    async with transaction():
        payment_id = new_id()
        wish: list[object] = [channel, institution] if channel or institution else []
        if parts is not None:
            wish.append(sorted(map(str, parts)))
        earlier = await once(by, "payOrder", key, [order_id, method, *wish], payment_id)
        if earlier is not None:
            return await Payment.get(id=earlier)
        order, sub_orders = await paying.lock_order(order_id)
        if by not in (order.buyer_id, order.placed_by):
            raise NotFound("order")
        unpaid = await _unpaid(order, sub_orders, parts)
        await _check_method(unpaid, method)
        if method is PaymentMethod.CASH:
            cooperative_ids = {row.cooperative_id for row in unpaid}
            cooperatives = membership.cooperatives_asked(cooperative_ids)
            carriers = membership.carriers_asked(cooperative_ids)
            await read_together(cooperatives, carriers)
            await _require_headroom(unpaid, await cooperatives.answer(), carriers)
            await cash_trust.require_trust(order.buyer_id, sum(row.total for row in unpaid))
            side = Side.BUYER if by == order.buyer_id else Side.SELLER
            await paying.mark_paid(unpaid, method, by=by, side=side)
        await Order.filter(id=order_id).update(payment_method=method)
        gateway = await _gateway(rails, unpaid, method, channel, institution)
        payment = await _intend(payment_id, order, unpaid, method, gateway, channel, institution)
    return payment if gateway is None else await _carry_out(payment, order.number, gateway, leads_back)


@dataclass(frozen=True, slots=True)
class Paid:
    """An order placed and paid in one go; its parts and payments where they stand as they were committed with it."""

    order: Order
    sub_orders: Sequence[SubOrder] | None = None
    payments: Sequence[Payment] | None = None


async def place_and_pay(
    actor: Actor,
    *,
    request: OrderRequest,
    method: PaymentMethod,
    rails: Rails,
    key: str,
    channel: PaymentChannel | None = None,
    institution: str = "",
    leads_back: LeadsBack | None = None,
) -> Paid:
    """Place an order and pay it in one go. Raises what placing and paying raise; then nothing was placed."""
    async with transaction():
        placed = await placing.place(actor, request=request, key=key, method=method)
        if placed.prices is None:
            return Paid(placed.order)
        if method is not PaymentMethod.DIRECT:  # which is checked with its code
            pricing.check_method(placed.prices.parts, method)
        if method is PaymentMethod.CASH:
            await _require_headroom(placed.sub_orders, placed.prices.cooperatives, placed.prices.carriers)
            total = sum(row.total for row in placed.sub_orders)
            await cash_trust.require_trust(placed.order.buyer_id, total)
        gateway = await _gateway(rails, placed.sub_orders, method, channel, institution)
        payment = await _intend(new_id(), placed.order, placed.sub_orders, method, gateway, channel, institution)
    if method is PaymentMethod.CASH:
        return Paid(placed.order, sorted(placed.sub_orders, key=lambda row: row.id), [payment])
    if gateway is not None:
        await _carry_out(payment, placed.order.number, gateway, leads_back)
    return Paid(placed.order)


async def cancel_payment(actor: Actor, *, payment_id: UUID, rails: Rails, key: str) -> Payment:
    """The payer gives up a payment under way, so as to pay otherwise: the provider takes no money for it any more.

    Answers the payment as it then stands: SUCCEEDED where he had paid already. Raises NotFound, PaymentUnderway
    while the provider does not answer.
    """
    by = signed_in(actor)
    async with transaction():
        payment = await locked_one(Payment, payment_id)
        if payment is None or payment.payer_id != by:
            raise NotFound("payment")
        if payment.state not in finishing.UNDERWAY:
            return payment
        if payment.method is PaymentMethod.DIRECT:
            await once(by, "cancelPayment", key, [payment_id], payment_id)
            return await direct.give_up(payment)
    gateway = await rails.of(payment)
    try:
        charge = await gateway.cancel(payment_id=payment.id, reference=payment.gateway_reference)
    except GatewayUnreachable as unknown:
        raise PaymentUnderway from unknown
    if charge.outcome is ChargeOutcome.FAILED:
        charge = replace(charge, failure=GIVEN_UP)  # each provider has a word of its own for it
    async with transaction():
        await once(by, "cancelPayment", key, [payment_id], payment_id)
        return await finishing.finish_payment(payment.id, charge)


async def _gateway(
    rails: Rails,
    sub_orders: Sequence[SubOrder],
    method: PaymentMethod,
    channel: PaymentChannel | None,
    institution: str,
) -> PaymentGateway | None:
    if method is not PaymentMethod.ONLINE:
        return None
    gateway = await collecting.choose(rails, sub_orders, channel)
    offered = gateway.channels[channel or next(iter(gateway.channels))].institutions
    if institution and institution not in offered:
        raise ChannelUnavailable(channel=institution[:20], channels=", ".join(offered) or "-")
    return gateway


async def _unpaid(order: Order, sub_orders: Sequence[SubOrder], parts: Collection[UUID] | None) -> list[SubOrder]:
    """Of these parts, or of all, those that wait for money, of which none has a payment under way.

    Raises NotFound, WrongState, PaymentUnderway.
    """
    asked = [row for row in sub_orders if parts is None or row.id in parts]
    if not asked or len(asked) < len(set(parts or ())):
        raise NotFound("order")
    unpaid = [row for row in asked if row.state is SubOrderState.PLACED]
    for underway in await Payment.filter(order_id=order.id, state__in=finishing.UNDERWAY):
        if any(underway.pays(row.id) for row in asked):
            raise PaymentUnderway
    ended = [row for row in asked if row not in unpaid]
    if not unpaid or (parts is not None and ended):
        raise WrongState(state=ended[0].state.value)
    return unpaid


async def _check_method(sub_orders: Sequence[SubOrder], method: PaymentMethod) -> None:
    if method is PaymentMethod.DIRECT:
        await direct.check_sellers({row.seller_id for row in sub_orders})
        return
    sellers = await catalog.sellers_by_id([row.seller_id for row in sub_orders])
    for seller in sellers.values():
        if not (seller.takes_cash if method is PaymentMethod.CASH else seller.takes_online):
            raise pricing.PaymentMethodUnavailable(seller=seller.name)


async def _intend(
    payment_id: UUID,
    order: Order,
    sub_orders: Sequence[SubOrder],
    method: PaymentMethod,
    gateway: PaymentGateway | None,
    channel: PaymentChannel | None,
    institution: str,
) -> Payment:
    """Write what is to be paid, in the caller's transaction."""
    dues = [row.due_at for row in sub_orders if row.due_at is not None]
    payment = Payment(
        id=payment_id,
        order_id=order.id,
        payer_id=order.buyer_id,
        method=method,
        amount=sum(row.total for row in sub_orders),
        covers=[str(row.id) for row in sub_orders],
        state=PaymentState.AGREED if method is PaymentMethod.CASH else PaymentState.PROCESSING,
        tried_at=clock.now(),
    )
    if gateway is not None:
        payment.gateway, payment.account_id = gateway.name, gateway.account_id
        payment.channel = (channel or next(iter(gateway.channels))).value
        payment.institution = institution[:20]
        payment.expires_at = min(dues) if dues else None
    elif method is PaymentMethod.DIRECT:
        await direct.instruct(payment, sub_orders)
        payment.expires_at = min(dues) if dues else None
    await write(payment)
    return payment


async def _require_headroom(
    sub_orders: Sequence[SubOrder],
    cooperatives: Mapping[UUID, Cooperative],
    carriers: Asked[Mapping[UUID, list[UUID]]],
) -> None:
    """Cash passes through the carrier's hands: one that may carry must be allowed to owe it.

    Raises NetDebitCapReached of the last carrier when none may.
    """
    for sub_order in sub_orders:
        if not sub_order.delivery_distance_m and not sub_order.delivery:
            continue
        own_id = sub_order.cooperative_id
        if cooperatives[own_id].kind in CARRYING:
            continue
        await _require_one(sub_order, [id for id in (await carriers.answer())[own_id] if id != own_id])


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


async def _carry_out(payment: Payment, number: str, gateway: PaymentGateway, leads_back: LeadsBack | None) -> Payment:
    """Ask the gateway, outside any transaction, and commit what it says."""
    try:
        charge: Charge = await gateway.charge(finishing.intent_of(payment, number, leads_back))
    except GatewayUnreachable:
        await finishing.hold_open(payment)
        return payment
    return await finishing.finish_payment(payment.id, charge, gateway)
