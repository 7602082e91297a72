"""What an order costs, and whether it can be placed. Reads nothing.

Takes what the catalogue says now (`catalog.sale.SaleVariant`) and what is asked; answers one part a seller.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from catalog.models import ListingKind
from catalog.sale import SaleOption, SaleVariant
from catalog.stock import OutOfStock
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import PaymentMethod
from marketplace.orders.parts import Drop, PricedLine, PricedPart, Wanted, weight_g
from marketplace.tariffs.pricing import Goods, TooFar, Way, estimated_way, price_way
from marketplace.tariffs.rules import DeliveryPrice, InForce, straight_distance_m
from marketplace.tariffs.zones import Point, RegionOf

MOST_LINES = 50
MOST_SELLERS = 10
MOST_OF_ONE = 999
NOTE_LENGTH = 200
LARGEST_TIP = 1_000_000


class ShopClosed(MarketplaceError):
    """{seller} takes no orders at the moment."""

    code = Code.SHOP_CLOSED
    pesan = "{seller} sedang tidak menerima pesanan."


class NotForSale(MarketplaceError):
    """{title} can't be ordered now."""

    code = Code.NOT_FOR_SALE
    pesan = "{title} sedang tidak dapat dipesan."


class OutOfRadius(MarketplaceError):
    """{seller} does not deliver as far as that: {distance_m} m, at most {most_m} m."""

    code = Code.OUT_OF_RADIUS
    pesan = "{seller} tidak mengantar sejauh itu: {distance_m} m, paling jauh {most_m} m."


class BelowMinimum(MarketplaceError):
    """{seller} takes orders from {minimum} rupiah: yours is {goods}."""

    code = Code.BELOW_MINIMUM
    pesan = "{seller} menerima pesanan mulai {minimum} rupiah: pesanan Anda {goods}."


class PaymentMethodUnavailable(MarketplaceError):
    """{seller} does not take this way of paying."""

    code = Code.PAYMENT_METHOD_UNAVAILABLE
    pesan = "{seller} tidak menerima cara bayar ini."


class PriceChanged(MarketplaceError):
    """The price has changed: it is {total} rupiah now. Ask for a new quote."""

    code = Code.PRICE_CHANGED
    pesan = "Harga berubah: sekarang {total} rupiah. Mintalah penawaran baru."


class Numbered(NamedTuple):
    """A line with its place in the input, so that a refusal can name it."""

    place: int
    line: Wanted
    offer: SaleVariant


@dataclass(frozen=True, slots=True)
class Carrying:
    """By what deliveries are priced: the tariff of each co-op, the moment, ways that were routed, by seller.

    `quoted`: by seller, what was promised before and binds.
    """

    tariffs: Mapping[UUID, InForce]
    at: datetime
    region_of: RegionOf
    ways: Mapping[UUID, Way] = field(default_factory=dict)
    quoted: Mapping[UUID, DeliveryPrice] = field(default_factory=dict)


def check_wanted(wanted: Sequence[Wanted]) -> None:
    """Refuse what is out of bounds before anything is read. Raises Invalid naming each field."""
    if not 1 <= len(wanted) <= MOST_LINES:
        raise Invalid.field("lines", Code.OUT_OF_RANGE, "1 to 50 lines", "1 sampai 50 baris")
    faults = []
    for place, line in enumerate(wanted):
        if not 1 <= line.quantity <= MOST_OF_ONE:
            faults.append(_fault(place, "quantity", Code.OUT_OF_RANGE, "1 to 999", "1 sampai 999"))
        if len(line.note) > NOTE_LENGTH:
            faults.append(_fault(place, "note", Code.TOO_LONG, "at most 200 characters", "paling banyak 200 huruf"))
    if faults:
        raise Invalid(faults=faults)


def price_order(
    wanted: Sequence[Wanted],
    offers: Mapping[UUID, SaleVariant],
    *,
    fulfilment: Fulfilment,
    drop: Drop | None,
    carrying: Carrying,
    tip: int = 0,
) -> list[PricedPart]:
    """One part a seller, by the seller's id. The tip goes with the first part that is carried.

    Raises Invalid, NotForSale, OutOfStock, ShopClosed, OutOfRadius, OutOfZone, BelowMinimum. The reservation has the
    last word on stock.
    """
    if not 0 <= tip <= LARGEST_TIP:
        raise Invalid.field("tip", Code.OUT_OF_RANGE, "0 to 1,000,000", "0 sampai 1.000.000")
    by_seller: dict[UUID, list[Numbered]] = {}
    for place, line in enumerate(wanted):
        offer = offers.get(line.variant_id)
        if offer is None:
            raise Invalid(faults=[_fault(place, "variantId", Code.NOT_FOUND, "no such variant", "tidak ada")])
        by_seller.setdefault(offer.seller_id, []).append(Numbered(place, line, offer))
    if len(by_seller) > MOST_SELLERS:
        raise Invalid.field("lines", Code.TOO_MANY, "at most 10 sellers", "paling banyak 10 penjual")
    parts = []
    for _, asked in sorted(by_seller.items()):
        part = _price_part(asked, fulfilment, drop, carrying, tip)
        parts.append(part)
        tip -= part.tip
    if tip:
        raise Invalid.field("tip", Code.INVALID, "only a driver can be tipped", "tip hanya untuk pengemudi")
    return parts


def check_method(parts: Sequence[PricedPart], method: PaymentMethod) -> None:
    """Raises PaymentMethodUnavailable when one of the sellers does not take it."""
    for part in parts:
        takes = part.seller.takes_cash if method is PaymentMethod.CASH else part.seller.takes_online
        if not takes:
            raise PaymentMethodUnavailable(seller=part.seller.seller_name)


def _price_part(
    asked: Sequence[Numbered], fulfilment: Fulfilment, drop: Drop | None, carrying: Carrying, tip: int
) -> PricedPart:
    seller = asked[0].offer
    if not seller.is_open:
        raise ShopClosed(seller=seller.seller_name)
    lines = tuple(_price_line(*one) for one in asked)
    services = {line.offer.kind is ListingKind.SERVICE for line in lines}
    if len(services) > 1:
        raise Invalid.field(
            "lines", Code.INVALID, "order services apart from goods", "pesan jasa terpisah dari barang"
        )
    if services == {True}:
        fulfilment = Fulfilment.SERVICE
    if fulfilment is Fulfilment.PICKUP and not seller.allows_pickup:
        raise Invalid.field("fulfilment", Code.INVALID, "no pick-up at this seller", "tidak bisa diambil sendiri")
    delivery = None
    if fulfilment is Fulfilment.DELIVERY:
        delivery = carrying.quoted.get(seller.seller_id) or _price_delivery(seller, lines, drop, carrying)
    part = PricedPart(lines, fulfilment, delivery, tip if delivery else 0)
    if part.goods < seller.minimum_order:
        raise BelowMinimum(seller=seller.seller_name, minimum=seller.minimum_order, goods=part.goods)
    return part


def _price_line(place: int, line: Wanted, offer: SaleVariant) -> PricedLine:
    if offer.available is not None and offer.available < line.quantity:
        raise OutOfStock(title=offer.title, available=max(0, offer.available))
    if not offer.is_available or offer.by_quote or offer.kind is ListingKind.LOGISTICS:
        raise NotForSale(title=offer.title)
    chosen = _choose(place, line, offer)
    price = offer.price + sum(option.price_delta for option in chosen)
    return PricedLine(line, offer, chosen, max(0, price))


def _choose(place: int, line: Wanted, offer: SaleVariant) -> tuple[SaleOption, ...]:
    """The options chosen, once each group has between its least and its most."""
    known = {option.id: option for group in offer.groups for option in group.options}
    if len(set(line.options)) != len(line.options) or not set(line.options) <= set(known):
        raise Invalid(faults=[_fault(place, "options", Code.NOT_FOUND, "no such option", "tidak ada pilihan itu")])
    chosen = tuple(known[id] for id in sorted(line.options))
    for option in chosen:
        if not option.is_available:
            raise NotForSale(title=f"{offer.title}: {option.name}")
    count = Counter(option.group_id for option in chosen)
    for group in offer.groups:
        if not group.least <= count[group.id] <= group.most:
            message = f"{group.name}: choose {group.least} to {group.most}"
            pesan = f"{group.name}: pilih {group.least} sampai {group.most}"
            raise Invalid(faults=[_fault(place, "options", Code.OUT_OF_RANGE, message, pesan)])
    return chosen


def _price_delivery(
    seller: SaleVariant, lines: Sequence[PricedLine], drop: Drop | None, carrying: Carrying
) -> DeliveryPrice:
    if drop is None:
        raise Invalid.field("address", Code.REQUIRED, "where to deliver", "isi alamat tujuan")
    start, end = Point(seller.lat, seller.lon), Point(drop.lat, drop.lon)
    straight = straight_distance_m(start, end)
    if straight > seller.service_radius_m:
        raise OutOfRadius(seller=seller.seller_name, distance_m=straight, most_m=seller.service_radius_m)
    tariff = carrying.tariffs[seller.cooperative_id]
    way = carrying.ways.get(seller.seller_id) or estimated_way(tariff.terms, (start, end))
    goods = Goods(weight_g(lines))
    try:
        return price_way(tariff, (start, end), way, goods, at=carrying.at, region_of=carrying.region_of)
    except TooFar as far:
        most_m = tariff.terms.max_distance_m
        raise OutOfRadius(seller=seller.seller_name, distance_m=way.distance_m, most_m=most_m) from far


def _fault(place: int, name: str, code: Code, message: str, pesan: str) -> FieldFault:
    return FieldFault(("lines", str(place), name), code, message, pesan)
