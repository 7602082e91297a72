"""Placing an order: priced afresh, stock reserved, one sub-order a seller."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog import sale, slots, stock
from catalog.sale import SaleVariant
from cooperatives.membership import service as membership
from cooperatives.membership.models import Cooperative
from marketplace import clock, outbox
from marketplace.batches import Asked, read_together
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.orders import addresses, baskets, pricing, quotes, writing
from marketplace.orders.access import SELLING
from marketplace.orders.addresses import Place
from marketplace.orders.lifecycle import Fulfilment
from marketplace.orders.models import Channel, Order, PaymentMethod, Quote, SubOrder
from marketplace.orders.parts import Drop, PricedPart, Wanted
from marketplace.orders.pricing import Carrying, PriceChanged
from marketplace.orders.steps import facts, tell
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.pricing import Way
from marketplace.tariffs.routing import Routing, find_way
from marketplace.tariffs.rules import DeliveryPrice, InForce
from marketplace.tariffs.zones import Point

NOTE_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Customer:
    """Who rang, for an order that the seller enters."""

    phone: str
    name: str


@dataclass(frozen=True, slots=True)
class OrderRequest:
    """What is to be ordered: a quote, else these lines, else all that is in the basket."""

    quote_id: UUID | None = None
    lines: tuple[Wanted, ...] = ()
    fulfilment: Fulfilment = Fulfilment.DELIVERY
    address_id: UUID | None = None
    place: Place | None = None
    tip: int = 0
    note: str = ""
    expected_total: int | None = None
    slot_id: UUID | None = None
    customer: Customer | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """What is wanted at today's prices, one part a seller, with the co-ops of these and those that may carry."""

    parts: list[PricedPart]
    cooperatives: Mapping[UUID, Cooperative]
    carriers: Asked[Mapping[UUID, list[UUID]]]


@dataclass(frozen=True, slots=True)
class Placed:
    """An order with its parts, and by which prices; None when the same intent had placed it before."""

    order: Order
    sub_orders: Sequence[SubOrder]
    prices: Prices | None


async def place_order(actor: Actor, *, request: OrderRequest, key: str) -> Order:
    """Place an order, to be paid within 15 minutes.

    Raises Invalid, NotForSale, ShopClosed, OutOfRadius, BelowMinimum, OutOfStock, SlotTaken, PriceChanged (it
    no longer costs what was quoted or expected), QuoteExpired, IdempotencyMismatch.
    """
    async with transaction():
        return (await place(actor, request=request, key=key)).order


async def place(actor: Actor, *, request: OrderRequest, key: str, method: PaymentMethod | None = None) -> Placed:
    """`place_order` in the caller's transaction.

    `method` is a part of the intent where it is paid at once; cash is agreed with the placing itself.
    """
    by = signed_in(actor)
    _check(request)
    order_id = new_id()
    earlier = await once(by, "placeOrder", key, [request, method], order_id)
    if earlier is not None:
        return await _placed_before(earlier)
    buyer_id = await _buyer(request, by)
    quote = await quotes.take(request.quote_id, by) if request.quote_id else None
    prices, drop, from_basket = await _priced(request, quote, by)
    parts, cooperatives = prices.parts, prices.cooperatives
    if request.customer is not None:
        _check_entered(actor, parts)
    order = Order(
        id=order_id,
        number=writing.make_number(),
        buyer_id=buyer_id,
        placed_by=by,
        channel=Channel.APP if request.customer is None else Channel.PHONE,
        payment_method=method,
        total=sum(part.total for part in parts),
    )
    is_agreed = method is PaymentMethod.CASH
    rows = [
        writing.sub_order_row(order, place, part, drop, request.note, cooperatives[part.seller.cooperative_id])
        for place, part in enumerate(parts, start=1)
    ]
    await _book(request, rows, parts)
    steps = await writing.write(order, rows, parts, by=by, is_agreed=is_agreed)
    if from_basket is not None:
        await baskets.empty(from_basket)
    # Last, so that what others want too is locked no longer than it must be.
    await stock.reserve_all(
        {row.id: _counted(part) for row, part in zip(rows, parts, strict=True)}, is_sold=is_agreed
    )
    for row in rows:
        for what in ("placed", *steps[row.id]):
            await outbox.record(f"sub_order.{what}", row.id, facts(row))
        await tell(row)
    return Placed(order, rows, prices)


def _counted(part: PricedPart) -> dict[UUID, int]:
    """Of what is wanted, that of which the shop counts what is left: no more is asked of the stock."""
    counted = {line.wanted.variant_id for line in part.lines if line.offer.available is not None}
    return {id: quantity for id, quantity in part.quantities.items() if id in counted}


async def _placed_before(order_id: UUID) -> Placed:
    order = await Order.get(id=order_id)
    return Placed(order, await SubOrder.filter(order_id=order_id).order_by("id"), None)


def _check(request: OrderRequest) -> None:
    if len(request.note) > NOTE_LENGTH:
        raise Invalid.field("note", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    if request.place is not None:
        addresses.check_place(request.place)
    if request.customer is not None and not request.lines and request.quote_id is None:  # else: his own basket
        raise Invalid.field("lines", Code.REQUIRED, "what is ordered is missing", "isi dulu apa yang dipesan")
    if request.lines:
        pricing.check_wanted(request.lines)


async def _buyer(request: OrderRequest, by: UUID) -> UUID:
    if request.customer is None:
        return by
    account = await identity.find_or_create_account(request.customer.phone, request.customer.name)
    return account.id


async def _priced(request: OrderRequest, quote: Quote | None, by: UUID) -> tuple[Prices, Drop | None, UUID | None]:
    """The parts at today's prices, where they go, and the basket that they came from."""
    basket_id = None
    if quote is not None:
        wanted, drop, fulfilment, tip = quotes.asked(quote)
        basket_id = quote.basket_id
    else:
        wanted = list(request.lines)
        if not wanted:
            basket_id, wanted = await baskets.wanted_of(by)
        drop = await find_drop(request, by)
        fulfilment, tip = request.fulfilment, request.tip
    pricing.check_wanted(wanted)
    quoted = quotes.deliveries(quote) if quote is not None else {}
    prices = await price_now(wanted, fulfilment=fulfilment, drop=drop, tip=tip, quoted=quoted)
    if quote is not None:
        quotes.check(quote, prices.parts)
    total = sum(part.total for part in prices.parts)
    if request.expected_total is not None and request.expected_total != total:
        raise PriceChanged(total=total)
    return prices, drop, basket_id


async def price_now(
    wanted: Sequence[Wanted],
    *,
    fulfilment: Fulfilment,
    drop: Drop | None,
    tip: int,
    quoted: Mapping[UUID, DeliveryPrice] | None = None,
    routing: Routing | None = None,
) -> Prices:
    """What it costs at this moment. Three statements, two where nothing has options.

    `quoted`: what deliveries were promised for. `routing`: asked for the ways; only outside of a transaction.
    """
    variants = await sale.variants_with_shops([line.variant_id for line in wanted])
    cooperative_ids = {variant.listing.seller.cooperative_id for variant in variants}
    groups, asked = sale.groups_of(variants), tariffs.in_force_asked(sorted(cooperative_ids))
    cooperatives = membership.cooperatives_asked(cooperative_ids)
    carriers = membership.carriers_asked(cooperative_ids)
    await read_together(groups, asked, cooperatives, carriers)
    offers = await sale.offers_of(variants, await groups.answer())
    in_force = await asked.answer()
    ways: dict[UUID, Way] = {}
    if routing is not None and drop is not None and fulfilment is Fulfilment.DELIVERY:
        ways = await _ways(routing, offers.values(), drop, in_force)
    carrying = Carrying(in_force, clock.now(), tariffs.region_of, ways, quoted or {})
    parts = pricing.price_order(wanted, offers, fulfilment=fulfilment, drop=drop, carrying=carrying, tip=tip)
    return Prices(parts, await cooperatives.answer(), carriers)


async def _ways(
    routing: Routing, offers: Iterable[SaleVariant], drop: Drop, in_force: Mapping[UUID, InForce]
) -> dict[UUID, Way]:
    """The way from each seller to the drop, all asked for at once. Not in a transaction."""
    sellers = list({offer.seller_id: offer for offer in offers}.values())[: pricing.MOST_SELLERS]
    found = await asyncio.gather(
        *(
            find_way(
                routing,
                (Point(seller.lat, seller.lon), Point(drop.lat, drop.lon)),
                in_force[seller.cooperative_id].terms,
            )
            for seller in sellers
        )
    )
    return {seller.seller_id: way for seller, way in zip(sellers, found, strict=True)}


async def find_drop(request: OrderRequest, account_id: UUID | None) -> Drop | None:
    """Where it goes: a saved address of the actor's, or one given with the order. Raises NotFound, Invalid."""
    if request.place is not None:
        addresses.check_place(request.place)
        return addresses.drop_of(request.place)
    if request.address_id is None:
        return None
    if account_id is None:
        raise NotFound("address")
    return addresses.drop_of(await addresses.own_address(account_id, request.address_id))


def _check_entered(actor: Actor, parts: Sequence[PricedPart]) -> None:
    """A phone order is entered by the one seller whose goods it asks for."""
    if len(parts) != 1:
        raise Invalid.field("lines", Code.TOO_MANY, "one seller only", "hanya satu penjual")
    require(actor, *SELLING, seller_id=parts[0].seller.seller_id)


async def _book(request: OrderRequest, rows: Sequence[SubOrder], parts: Sequence[PricedPart]) -> None:
    """Take the slot that a service is asked for. Raises Invalid, NotFound, SlotTaken."""
    booked = [row for row in rows if row.fulfilment is Fulfilment.SERVICE]
    if not booked:
        return
    if request.slot_id is None:
        raise Invalid.field("slotId", Code.REQUIRED, "choose a time", "pilih waktunya")
    part = next(part for part in parts if part.fulfilment is Fulfilment.SERVICE)
    if len(booked) > 1 or len(part.lines) > 1:
        raise Invalid.field("lines", Code.TOO_MANY, "one service an order", "satu jasa satu pesanan")
    (row,) = booked
    listing_id = part.lines[0].offer.listing_id
    slot = await slots.book_slot(request.slot_id, listing_id=listing_id, sub_order_id=row.id)
    row.booking_id, row.promised_at = slot.id, slot.starts_at
