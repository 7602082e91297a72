"""Talangan: the driver pays the seller at the pickup out of his own pocket, and keeps what the buyer gives him.

The seller says that he was paid, for it is taken from what he is owed. Then the co-op owes the driver that much, and
the cash that he collects at the door is set off against it as any other.
"""

from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.models import Transfer
from cooperatives.settlements import service as settlements
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders.access import SELLING
from marketplace.orders.lifecycle import SubOrderState, WrongState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.steps import tell
from marketplace.payments import flows
from marketplace.payments.sharing import parties_of

ADVANCED, RETURNED = "sub_order.advanced", "sub_order.advance_returned"


class NotCashOnDelivery(MarketplaceError):
    """Only goods that the buyer pays in cash at his door are advanced by the driver."""

    code = Code.WRONG_STATE
    pesan = "Talangan hanya untuk pesanan yang dibayar tunai saat diantar."


async def confirm_advance(actor: Actor, *, sub_order_id: UUID, key: str) -> SubOrder:
    """The shop says that the driver has paid it goods and packing as he took them. Once an order.

    Raises NotFound, WrongState, NotCashOnDelivery, NetDebitCapReached.
    """
    by = signed_in(actor)
    async with transaction():
        sub_order = await locked_one(SubOrder, sub_order_id)
        if sub_order is None or not actor.holds(*SELLING, seller_id=sub_order.seller_id):
            raise NotFound("order")
        if await once(by, "confirmPaidAtPickup", key, [sub_order_id], sub_order_id) is not None:
            return sub_order
        if sub_order.payment_method is not PaymentMethod.CASH or sub_order.driver_account_id is None:
            raise NotCashOnDelivery
        if sub_order.state is not SubOrderState.COLLECTED or await was_advanced(sub_order_id):
            raise WrongState(state=sub_order.state.value)
        parties, amount = parties_of(sub_order), sub_order.goods + sub_order.packing
        entries, cause = flows.advance(parties, amount), Cause(ADVANCED, sub_order.id)
        await settlements.record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
        await tell(sub_order)
        await ledger.post(entries, cause=cause)
        return sub_order


async def was_advanced(sub_order_id: UUID) -> bool:
    """Whether the driver has paid the seller, and not got it back."""
    rows = await Transfer.filter(cause_id=sub_order_id, cause_kind__in=(ADVANCED, RETURNED))
    kinds = {row.cause_kind for row in rows}
    return ADVANCED in kinds and RETURNED not in kinds


async def give_back(sub_order: SubOrder) -> None:
    """The goods are with the seller again, and the driver has his money back. Caller's transaction."""
    if not await was_advanced(sub_order.id):
        return
    parties, amount = parties_of(sub_order), sub_order.goods + sub_order.packing
    entries, cause = flows.advance_returned(parties, amount), Cause(RETURNED, sub_order.id)
    await settlements.record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
    await ledger.post(entries, cause=cause)
