"""What one co-op collects for another: the entries of both books. Pure.

The collecting co-op has the buyer's money at its provider and owes the other its part from that moment on; the other
holds its order's escrow against that claim, and goes on as if it had collected itself. What goes back to the buyer
goes back out of the collector's account, and is owed to it. Source: money.md, "How an order's money moves".
"""

from collections.abc import Mapping
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from marketplace.money import allocate
from marketplace.payments import flows
from marketplace.payments.flows import Parties


def collect(parties: Parties, amount: int, collector_id: UUID) -> list[Entry]:
    """The provider says that the buyer has paid `collector_id`, which may be the seller's own co-op."""
    a, c = parties.cooperative_id, collector_id
    if a == c:
        return flows.collect_online(parties, amount)
    escrow = AccountRef(a, Purpose.ORDER_ESCROW, parties.sub_order_id)
    return [
        Entry(
            AccountRef(c, Purpose.GATEWAY_CLEARING), AccountRef(c, Purpose.DUE_TO, a), amount, "order.collected_for"
        ),
        Entry(AccountRef(a, Purpose.DUE_FROM, c), escrow, amount, "order.collected"),
    ]


def pay_refund(parties: Parties, amount: int, collector_id: UUID) -> list[Entry]:
    """The collector's provider has sent it back to the buyer."""
    a, c = parties.cooperative_id, collector_id
    if a == c:
        return flows.pay_refund(parties, amount)
    owed = AccountRef(a, Purpose.BUYER_REFUND_PAYABLE, parties.sub_order_id)
    clearing = AccountRef(c, Purpose.GATEWAY_CLEARING)
    return [
        Entry(owed, AccountRef(a, Purpose.DUE_TO, c), amount, "order.refunded"),
        Entry(AccountRef(c, Purpose.DUE_FROM, a), clearing, amount, "order.refunded_for"),
    ]


def share_fee(fee: int, parts: Mapping[UUID, int]) -> dict[UUID, int]:
    """What of a provider's fee each co-op bears: as its part of the payment."""
    return {id: part for id, part in allocate(fee, parts).items() if part}


def bear_fee(shares: Mapping[UUID, int], collector_id: UUID) -> tuple[list[Entry], dict[UUID, int]]:
    """What the provider keeps, borne by each co-op with its share; and what others owe the collector."""
    c = collector_id
    entries = []
    for id, part in sorted(shares.items()):
        other = AccountRef(c, Purpose.GATEWAY_CLEARING)
        if id != c:
            entries.append(Entry(AccountRef(c, Purpose.DUE_FROM, id), other, part, "payment.fee"))
            other = AccountRef(id, Purpose.DUE_TO, c)
        entries.append(Entry(AccountRef(id, Purpose.GATEWAY_FEE_EXPENSE), other, part, "payment.fee"))
    return entries, {id: part for id, part in shares.items() if id != c}
