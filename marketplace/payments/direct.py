"""Paying a seller's own QRIS: the money never touches the co-op, whose commission and fare accrue as his debt.

No provider tells us of it. The buyer scans, the seller sees it in his own app and says so; then the order goes on.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from catalog import reads as catalog
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity import audit
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.orders import paying
from marketplace.orders.access import SELLING
from marketplace.orders.lifecycle import Side
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.pricing import PaymentMethodUnavailable
from marketplace.payments import collecting, qris
from marketplace.payments.gateway import PaymentChannel
from marketplace.payments.lifecycle import GIVEN_UP
from marketplace.payments.models import Payment, PaymentState, SellerQris
from marketplace.payments.takings import noting

#: How a direct payment's gateway is called in rows.
GATEWAY = "DIRECT"


async def set_seller_qris(actor: Actor, *, seller_id: UUID, payload: str, is_direct: bool, key: str) -> SellerQris:
    """A shop's owner gives the text of the code that hangs at his counter; it counts for what is paid from now on.

    Raises NotQris, NotFound, Forbidden.
    """
    by = signed_in(actor)
    require(actor, Role.SELLER_OWNER, seller_id=seller_id, hide="shop")
    text = payload.strip()
    merchant = qris.merchant_of(text)
    async with transaction():
        row = await locked_one(SellerQris, seller_id)
        if await once(by, "setSellerQris", key, [seller_id, text, is_direct], seller_id) is not None and row:
            return row
        values: dict[str, Any] = {
            "payload": text,
            "merchant_name": merchant.name[:25],
            "city": merchant.city[:15],
            "nmid": merchant.nmid[:20],
            "is_direct": is_direct,
            "set_by": by,
            "set_at": clock.now(),
        }
        if row is None:
            row = await SellerQris.create(id=seller_id, **values)
        else:
            await row.update_from_dict(values).save()
        await audit.note("seller.qris_set", account_id=by, by=by, seller=str(seller_id), nmid=merchant.nmid)
        return row


async def qris_by_seller(ids: Sequence[UUID]) -> Mapping[UUID, SellerQris]:
    """The codes of these sellers, of those that have one. One statement."""
    return {row.id: row for row in await SellerQris.filter(id__in=list(ids))}


async def check_sellers(seller_ids: set[UUID]) -> SellerQris:
    """The code of the one seller who is paid. Raises PaymentMethodUnavailable when there are several, or none."""
    codes = await qris_by_seller(list(seller_ids))
    sellers = await catalog.sellers_by_id(list(seller_ids))
    for id in seller_ids:
        if len(seller_ids) > 1 or id not in codes or not codes[id].is_direct:
            raise PaymentMethodUnavailable(seller=sellers[id].name if id in sellers else "")
    return codes[next(iter(seller_ids))]


async def instruct(payment: Payment, sub_orders: Sequence[SubOrder]) -> None:
    """Write on the payment which code is to be scanned; its amount is in it. Raises PaymentMethodUnavailable."""
    code = await check_sellers({row.seller_id for row in sub_orders})
    if not 1 <= payment.amount <= qris.LARGEST_AMOUNT:
        raise PaymentMethodUnavailable(seller=code.merchant_name)
    payment.gateway, payment.channel = GATEWAY, PaymentChannel.QRIS.value
    payment.instructions = {"qr": qris.for_amount(code.payload, payment.amount)}


async def confirm_direct_payment(actor: Actor, *, payment_id: UUID, is_received: bool, key: str) -> Payment:
    """The shop says whether the money has come to its own QRIS; once it has, the order goes on.

    Raises NotFound, WrongState.
    """
    by = signed_in(actor)
    async with transaction():
        found = await Payment.get_or_none(id=payment_id, gateway=GATEWAY)
        if found is None:
            raise NotFound("payment")
        order, sub_orders = await paying.lock_order(found.order_id)
        payment = await locked_one(Payment, payment_id)
        paid_for = [row for row in sub_orders if str(row.id) in found.covers]
        if payment is None or not any(actor.holds(*SELLING, seller_id=row.seller_id) for row in paid_for):
            raise NotFound("payment")
        is_repeat = await once(by, "confirmDirectPayment", key, [payment_id, is_received], payment_id) is not None
        if is_repeat or payment.state is not PaymentState.PROCESSING:
            return payment
        if is_received:
            payment.state = PaymentState.SUCCEEDED
            await paying.mark_paid(paid_for, PaymentMethod.DIRECT, by=order.buyer_id, side=Side.SYSTEM)
            await noting.note(payment, collecting.by_cooperative(paid_for))
        else:
            payment.state, payment.failure = PaymentState.FAILED, "NOT_RECEIVED"
        return await _end(payment)


async def give_up(payment: Payment) -> Payment:
    """The payer pays otherwise. Caller's transaction, the payment locked."""
    payment.state, payment.failure = PaymentState.FAILED, GIVEN_UP
    return await _end(payment)


async def expire_unconfirmed(limit: int = 50) -> int:
    """End direct payments that no seller confirmed before their orders expired; answers how many."""
    due = await Payment.filter(gateway=GATEWAY, state=PaymentState.PROCESSING, expires_at__lt=clock.now()).limit(
        limit
    )
    for found in due:
        async with transaction():
            payment = await locked_one(Payment, found.id)
            if payment is not None and payment.state is PaymentState.PROCESSING:
                payment.state, payment.failure = PaymentState.FAILED, "NOT_CONFIRMED"
                await _end(payment)
    return len(due)


async def _end(payment: Payment) -> Payment:
    payment.finished_at = clock.now()
    await payment.save(update_fields=["state", "failure", "finished_at"])
    said = {"order_id": str(payment.order_id)}
    await outbox.record(f"payment.{payment.state.value.lower()}", payment.id, said)
    await outbox.record("payment.changed", payment.id, said)
    return payment
