"""What a delivery that came back costs, and who bears it: the ride, and goods lost on the way.

What the buyer had paid online goes back, less what is his to bear, by `refunding`; here stands what no buyer's
money covers. Called inside the transaction in which the seller has his goods back.
"""

from dataclasses import replace
from datetime import datetime

from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry, Purpose
from cooperatives.settlements import service as settlements
from marketplace.orders import refunds
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.orders.refunds import LiableParty
from marketplace.payments import advances, cash_trust, flows
from marketplace.payments.flows import Amounts, Parties, Terms
from marketplace.payments.refunding import kept_of
from marketplace.payments.sharing import amounts_of, fix_terms, parties_of

#: What the postings of a return name as their cause.
CAUSE = "sub_order.returned"


async def settle_return(sub_order: SubOrder, *, failure: str, taken_at: datetime | None = None) -> None:
    """Pay the ride of a cash order that failed by the buyer's doing, or what the carrier lost of the goods.

    `failure` is the code of the failed drop, `taken_at` when the driver took the job; carrier and driver stand on the
    sub-order. Last of the caller's locks.
    """
    terms = await fix_terms(sub_order, taken_at)
    parties = parties_of(sub_order)
    if not sub_order.keeps_goods:
        await advances.give_back(sub_order)
    if sub_order.payment_method is PaymentMethod.DIRECT and kept_of(sub_order).total:
        await _share_kept(sub_order, parties, terms)
    elif sub_order.keeps_delivery and sub_order.payment_method is PaymentMethod.CASH:
        await _bear_ride(sub_order, parties, terms)
    elif sub_order.liable is LiableParty.CARRIER and refunds.is_lost(failure, sub_order.is_perishable):
        await _make_good(sub_order, parties, terms)


async def _bear_ride(sub_order: SubOrder, parties: Parties, terms: Terms) -> None:
    """The co-op's fund for cash orders pays driver and seller, the driver first; what it lacks of the ride is an
    expense. The buyer pays his next order beforehand."""
    parts = flows.split(Amounts(goods=0, delivery=sub_order.delivery), terms)
    cause = Cause(CAUSE, sub_order.id)
    owed = flows.bear_ride(parties, parts)
    await settlements.record_obligations(
        owed, cause=cause, receipt_id=sub_order.receipt_id
    )  # before the fund is locked
    ride = parts.carried if parties.is_allied else parts.driver
    held = (await ledger.locked_balance(cash_trust.fund(parties.cooperative_id))).available
    is_funded = held >= ride
    paid_from = Purpose.CASH_ORDER_FUND if is_funded else Purpose.DELIVERY_EXPENSE
    goods = flows.split(replace(kept_of(sub_order), delivery=0, tip=0), terms).seller
    await cash_trust.note_no_show(sub_order.buyer_id)
    entries = [
        *flows.bear_ride(parties, parts, paid_from=paid_from),
        *flows.bear_goods(parties, min(goods, held - (ride if is_funded else 0))),
    ]
    await ledger.post(entries, cause=cause)


async def _share_kept(sub_order: SubOrder, parties: Parties, terms: Terms) -> None:
    """The seller was paid directly and keeps what is the buyer's to bear; of that, others have their part."""
    await _post(sub_order, flows.settle_direct(parties, flows.split(kept_of(sub_order), terms)))


async def _make_good(sub_order: SubOrder, parties: Parties, terms: Terms) -> None:
    lost = flows.split(amounts_of(sub_order), terms).seller
    await _post(sub_order, flows.make_good(parties, lost))


async def _post(sub_order: SubOrder, entries: list[Entry]) -> None:
    cause = Cause(CAUSE, sub_order.id)
    await settlements.record_obligations(entries, cause=cause, receipt_id=sub_order.receipt_id)
    await ledger.post(entries, cause=cause)
