"""The agreed shares of a sub-order, and its money posted to the books. Called inside a transaction.

Each function posts once, with all entries of all books, after the obligation between the two co-ops.
"""

from datetime import datetime
from uuid import UUID

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.membership import service as membership
from cooperatives.settlements import service as settlements
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.payments import flows, proofs
from marketplace.payments.flows import Amounts, Parties, Split, Terms
from marketplace.payments.proofs import ProvenKind


def amounts_of(sub_order: SubOrder) -> Amounts:
    """What the buyer pays for it."""
    return Amounts(sub_order.goods, sub_order.packing, sub_order.delivery, sub_order.tip)


def parties_of(sub_order: SubOrder) -> Parties:
    """Whose money it is, as far as is known."""
    return Parties(
        sub_order_id=sub_order.id,
        cooperative_id=sub_order.cooperative_id,
        seller_id=sub_order.seller_id,
        carrier_id=sub_order.carrier_id,
        driver_id=sub_order.driver_account_id,
    )


async def terms_for(sub_order: SubOrder, taken_at: datetime | None = None) -> Terms:
    """The shares in force: those fixed when it was delivered, else those of when its driver took it, or of now."""
    if sub_order.carrier_share_bp is not None and sub_order.carrier_cut_bp is not None:
        return Terms(sub_order.commission_bp, sub_order.carrier_share_bp, sub_order.carrier_cut_bp)
    carrier_id = sub_order.carrier_id or sub_order.cooperative_id
    cooperatives = await membership.cooperatives_by_id([carrier_id])
    return Terms(
        commission_bp=sub_order.commission_bp,
        carrier_share_bp=await membership.carrier_terms(
            sub_order.cooperative_id, carrier_id, carried_id=sub_order.id
        ),
        carrier_cut_bp=cooperatives[carrier_id].carrier_share_at(taken_at),
    )


async def release_online(
    sub_order: SubOrder, *, carrier_id: UUID | None, driver_account_id: UUID | None, taken_at: datetime | None = None
) -> None:
    """Give everyone their part of what was paid before, as the goods are delivered. Caller's transaction."""
    parts = await _fix(sub_order, carrier_id, driver_account_id, taken_at)
    await _post(sub_order, _released(sub_order, parts))


async def collect_cash(
    sub_order: SubOrder, *, carrier_id: UUID, driver_account_id: UUID, taken_at: datetime | None = None
) -> None:
    """Book the cash that the driver has taken at the door, and everyone's part of it. Caller's transaction.

    Raises NetDebitCapReached when the carrier co-op may not owe the seller's any more.
    """
    parts = await _fix(sub_order, carrier_id, driver_account_id, taken_at)
    await _post(sub_order, flows.collect_cash(parties_of(sub_order), parts))


async def settle_counter(sub_order: SubOrder) -> None:
    """Book what was handed over at the seller's counter, paid there in cash or before online.

    Caller's transaction.
    """
    parts = await _fix(sub_order, None, None)
    parties = parties_of(sub_order)
    if sub_order.payment_method is PaymentMethod.CASH:
        await _post(sub_order, flows.settle_counter(parties, parts))
    else:
        await _post(sub_order, _released(sub_order, parts))


def _released(sub_order: SubOrder, parts: Split) -> list[Entry]:
    """Out of the escrow, or, where the seller has it already, out of what he is owed."""
    is_direct = sub_order.payment_method is PaymentMethod.DIRECT
    flow = flows.settle_direct if is_direct else flows.release_online
    return flow(parties_of(sub_order), parts)


async def _fix(
    sub_order: SubOrder, carrier_id: UUID | None, driver_account_id: UUID | None, taken_at: datetime | None = None
) -> Split:
    sub_order.carrier_id = carrier_id
    sub_order.driver_account_id = driver_account_id
    parts = flows.split(amounts_of(sub_order), await fix_terms(sub_order, taken_at))
    if carrier_id is not None:
        await proofs.keep(
            sub_order.id,
            ProvenKind.SUB_ORDER,
            fare=sub_order.delivery,
            hosting=parts.hosting,
            carrier=parts.carrier,
            driver=parts.driver - sub_order.tip,
        )
    return parts


async def fix_terms(sub_order: SubOrder, taken_at: datetime | None = None) -> Terms:
    """Write down who carried on which terms: what was shared out stays explained. Caller's transaction."""
    terms = await terms_for(sub_order, taken_at)
    sub_order.carrier_share_bp = terms.carrier_share_bp
    sub_order.carrier_cut_bp = terms.carrier_cut_bp
    await sub_order.save(update_fields=["carrier_id", "driver_account_id", "carrier_share_bp", "carrier_cut_bp"])
    return terms


async def _post(sub_order: SubOrder, entries: list[Entry]) -> None:
    cause = Cause("sub_order.released", sub_order.id)
    await settlements.record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
    await ledger.post(entries, cause=cause)
