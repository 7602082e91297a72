"""Who gets what of an order, and the ledger entries that make it so. Pure.

Source: money.md, "How an order's money moves". A sub-order's money is one compound over all books that it
touches; entries of zero are left out by the ledger. `A` is the seller's co-op, which collects what is paid
online; `B` is the co-op whose driver carries, which may be A itself.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from cooperatives.ledger.accounts import AccountRef, Entry, Purpose
from cooperatives.ledger.between import across
from marketplace.money import FULL_SHARE_BP, share


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the buyer pays, in rupiah."""

    goods: int
    packing: int = 0
    delivery: int = 0
    tip: int = 0

    @property
    def total(self) -> int:
        return self.goods + self.packing + self.delivery + self.tip

    def less(self, other: "Amounts") -> "Amounts":
        """What is left when `other` is taken out."""
        return Amounts(
            self.goods - other.goods,
            self.packing - other.packing,
            self.delivery - other.delivery,
            self.tip - other.tip,
        )


@dataclass(frozen=True, slots=True)
class Terms:
    """The shares agreed, in basis points."""

    commission_bp: int  # of the goods, to the seller's co-op
    carrier_share_bp: int = FULL_SHARE_BP  # of the delivery, to the carrier co-op; the rest stays with A
    carrier_cut_bp: int = 0  # of that, kept by the carrier co-op; the rest is the driver's
    network_fee_bp: int = 0  # of the goods, to the network


@dataclass(frozen=True, slots=True)
class Split:
    """To whom each rupiah goes. The parts sum to what the buyer paid, whatever the shares."""

    seller: int  # goods less commission and network fee, and all packing
    commission: int
    network: int
    hosting: int  # what the seller's co-op keeps of an allied carrier's delivery
    carrier: int
    driver: int  # the rest of the delivery, and all of the tip

    @property
    def total(self) -> int:
        return self.seller + self.commission + self.network + self.hosting + self.carrier + self.driver

    @property
    def carried(self) -> int:
        """What the carrier co-op gets, its driver's part included."""
        return self.carrier + self.driver

    @property
    def kept(self) -> int:
        """What stays in the seller's co-op's book."""
        return self.seller + self.commission + self.network + self.hosting


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose money it is. `carrier_id` and `driver_id` are None where nobody carries."""

    sub_order_id: UUID
    cooperative_id: UUID
    seller_id: UUID
    carrier_id: UUID | None = None
    driver_id: UUID | None = None

    @property
    def is_allied(self) -> bool:
        """Whether another co-op carries, so that the two books owe each other."""
        return self.carrier_id is not None and self.carrier_id != self.cooperative_id


def split(amounts: Amounts, terms: Terms) -> Split:
    """Share out what the buyer pays. Shares round down to the giver's good (money.share)."""
    commission = share(amounts.goods, terms.commission_bp)
    network = min(share(amounts.goods, terms.network_fee_bp), amounts.goods - commission)
    to_carrier = share(amounts.delivery, terms.carrier_share_bp)
    cut = share(to_carrier, terms.carrier_cut_bp)
    return Split(
        seller=amounts.goods - commission - network + amounts.packing,
        commission=commission,
        network=network,
        hosting=amounts.delivery - to_carrier,
        carrier=cut,
        driver=to_carrier - cut + amounts.tip,
    )


def collect_online(parties: Parties, amount: int) -> list[Entry]:
    """The gateway says that the buyer has paid: A holds it in escrow."""
    return [Entry(_of(parties, Purpose.GATEWAY_CLEARING), _escrow(parties), amount, "order.collected")]


def release_online(parties: Parties, parts: Split) -> list[Entry]:
    """Delivered: escrow goes to seller, co-op and carrier; B's book says the same of its side."""
    escrow = _escrow(parties)
    if not parties.is_allied:
        return [*_kept(parties, parts, escrow), *_carried(parties, parts, escrow)]
    a, b = parties.cooperative_id, _carrier(parties)
    return [
        *_kept(parties, parts, escrow),
        Entry(escrow, AccountRef(a, Purpose.DUE_TO, b), parts.carried, "order.delivery_due"),
        *_carried(parties, parts, AccountRef(b, Purpose.DUE_FROM, a)),
    ]


def collect_cash(parties: Parties, parts: Split) -> list[Entry]:
    """Delivered against cash: B's driver holds all of it; B owes A what is A's and its seller's."""
    b = _carrier(parties)
    cash = AccountRef(b, Purpose.CASH_WITH_DRIVER, _driver(parties))
    if not parties.is_allied:
        return [*_kept(parties, parts, cash), *_carried(parties, parts, cash)]
    a = parties.cooperative_id
    return [
        Entry(cash, AccountRef(b, Purpose.DUE_TO, a), parts.kept, "order.goods_due"),
        *_carried(parties, parts, cash),
        *_kept(parties, parts, AccountRef(a, Purpose.DUE_FROM, b)),
    ]


def settle_counter(parties: Parties, parts: Split) -> list[Entry]:
    """Cash paid at the seller's own counter: the seller holds it and owes his co-op its shares."""
    payable = _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id)
    return _fees(parties, replace(parts, hosting=0), payable)


def settle_direct(parties: Parties, parts: Split) -> list[Entry]:
    """Paid to the seller's own QRIS: he has all of it and owes his co-op its shares, and the carrier's."""
    payable = _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id)
    if not parties.is_allied:
        return [*_fees(parties, parts, payable), *_carried(parties, parts, payable)]
    a, b = parties.cooperative_id, _carrier(parties)
    return [
        *_fees(parties, parts, payable),
        Entry(payable, AccountRef(a, Purpose.DUE_TO, b), parts.carried, "order.delivery_due"),
        *_carried(parties, parts, AccountRef(b, Purpose.DUE_FROM, a)),
    ]


def owe_refund(parties: Parties, amount: int) -> list[Entry]:
    """What of the escrow will go back to the buyer."""
    return [Entry(_escrow(parties), _refund_payable(parties), amount, "order.refund_owed")]


def bear_refund(parties: Parties, amount: int, *, by_seller: bool, by_carrier: bool) -> list[Entry]:
    """What goes back to the buyer after all was shared out, at the cost of the seller, the carrier, or A."""
    payable = _refund_payable(parties)
    if by_seller:
        return [Entry(_of(parties, Purpose.SELLER_PAYABLE, parties.seller_id), payable, amount, "order.refund_borne")]
    if by_carrier and parties.is_allied:
        a, b = parties.cooperative_id, _carrier(parties)
        return [
            Entry(
                AccountRef(b, Purpose.REFUND_EXPENSE), AccountRef(b, Purpose.DUE_TO, a), amount, "order.refund_borne"
            ),
            Entry(AccountRef(a, Purpose.DUE_FROM, b), payable, amount, "order.refund_owed"),
        ]
    return [Entry(_of(parties, Purpose.REFUND_EXPENSE), payable, amount, "order.refund_borne")]


def bear_ride(parties: Parties, parts: Split, *, paid_from: Purpose = Purpose.DELIVERY_EXPENSE) -> list[Entry]:
    """A ride whose cash never came, by the buyer's doing: A, which let him order so, pays carrier and driver.

    Out of its fund for such orders where that suffices (`paid_from`). Where A carries itself there is its driver's
    part alone: nobody earns from himself.
    """
    a = parties.cooperative_id
    expense = AccountRef(a, paid_from)
    if not parties.is_allied:
        return _carried(parties, replace(parts, carrier=0), expense)
    b = _carrier(parties)
    return [
        Entry(expense, AccountRef(a, Purpose.DUE_TO, b), parts.carried, "order.delivery_due"),
        *_carried(parties, parts, AccountRef(b, Purpose.DUE_FROM, a)),
    ]


def bear_goods(parties: Parties, amount: int) -> list[Entry]:
    """Goods that can't be sold again, made for a buyer who did not take them: A's fund pays the seller."""
    fund = _of(parties, Purpose.CASH_ORDER_FUND)
    payable = _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id)
    return [Entry(fund, payable, amount, "order.no_show_goods")]


def advance(parties: Parties, amount: int) -> list[Entry]:
    """The driver has paid the seller at the pickup: out of what the seller is owed, the driver is owed it."""
    payable = _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id)
    driver = AccountRef(_carrier(parties), Purpose.DRIVER_PAYABLE, _driver(parties))
    return across(payable, driver, amount, "order.advanced", due="order.advance_due")


def advance_returned(parties: Parties, amount: int) -> list[Entry]:
    """The seller has his goods again and the driver his money: the reverse, as further transfers."""
    payable = _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id)
    driver = AccountRef(_carrier(parties), Purpose.DRIVER_PAYABLE, _driver(parties))
    return across(driver, payable, amount, "order.advance_back")


def make_good(parties: Parties, amount: int) -> list[Entry]:
    """Goods were lost on the way: the carrier's co-op gives the seller what they would have brought him."""
    expense = AccountRef(_carrier(parties), Purpose.GOODS_LOSS_EXPENSE)
    payable = _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id)
    return across(expense, payable, amount, "order.goods_lost", due="order.goods_lost_due")


def pay_refund_in_cash(parties: Parties, amount: int) -> list[Entry]:
    """The co-op has given it back over the counter."""
    return [Entry(_refund_payable(parties), _of(parties, Purpose.CASH), amount, "order.refunded")]


def pay_refund(parties: Parties, amount: int) -> list[Entry]:
    """The gateway has sent it back."""
    return [Entry(_refund_payable(parties), _of(parties, Purpose.GATEWAY_CLEARING), amount, "order.refunded")]


def _kept(parties: Parties, parts: Split, source: AccountRef) -> list[Entry]:
    """Seller and his co-op are credited out of `source`, an account of A's book."""
    return [
        Entry(source, _of(parties, Purpose.SELLER_PAYABLE, parties.seller_id), parts.seller, "order.goods"),
        *_fees(parties, parts, source),
    ]


def _fees(parties: Parties, parts: Split, source: AccountRef) -> list[Entry]:
    return [
        Entry(source, _of(parties, Purpose.COMMISSION_INCOME), parts.commission, "order.commission"),
        Entry(source, _of(parties, Purpose.NETWORK_FEE_PAYABLE), parts.network, "order.network_fee"),
        Entry(source, _of(parties, Purpose.DELIVERY_INCOME), parts.hosting, "order.delivery_hosting"),
    ]


def _carried(parties: Parties, parts: Split, source: AccountRef) -> list[Entry]:
    """Driver and his co-op are credited out of `source`, an account of B's book."""
    if parties.carrier_id is None:
        return []
    b = parties.carrier_id
    return [
        Entry(source, AccountRef(b, Purpose.DRIVER_PAYABLE, _driver(parties)), parts.driver, "order.driver"),
        Entry(source, AccountRef(b, Purpose.DELIVERY_INCOME), parts.carrier, "order.delivery"),
    ]


def _of(parties: Parties, purpose: Purpose, subject_id: UUID | None = None) -> AccountRef:
    return AccountRef(parties.cooperative_id, purpose, subject_id)


def _escrow(parties: Parties) -> AccountRef:
    return _of(parties, Purpose.ORDER_ESCROW, parties.sub_order_id)


def _refund_payable(parties: Parties) -> AccountRef:
    return _of(parties, Purpose.BUYER_REFUND_PAYABLE, parties.sub_order_id)


def _carrier(parties: Parties) -> UUID:
    if parties.carrier_id is None:
        raise ValueError("cash on delivery needs the co-op whose driver collected it")
    return parties.carrier_id


def _driver(parties: Parties) -> UUID:
    if parties.driver_id is None:
        raise ValueError("a carrier's part needs its driver")
    return parties.driver_id
