"""Placing an order: priced afresh, stock reserved, one sub-order a seller."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog import sale, slots, stock
from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.orders import addresses, baskets, pricing, quotes
from marketplace.orders.access import SELLING
from marketplace.orders.addresses import Place
from marketplace.orders.lifecycle import Fulfilment, Side, SubOrderState
from marketplace.orders.models import Channel, Order, OrderLine, PaymentMethod, Quote, StateChange, SubOrder
from marketplace.orders.pricing import Drop, PriceChanged, PricedPart, Wanted, options_json
from marketplace.orders.steps import PAYMENT_WAIT, tell
from marketplace.tariffs import service as tariffs

NOTE_LENGTH = 300
NUMBER_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another


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
class Placed:
    """An order with its parts; `is_new` is false when the same intent had placed it before."""

    order: Order
    sub_orders: Sequence[SubOrder]
    parts: Sequence[PricedPart]
    is_new: bool


async def place_order(actor: Actor, *, request: OrderRequest, key: str) -> Order:
    """Place an order, to be paid within 15 minutes.

    Raises Invalid, NotForSale, ShopClosed, OutOfRadius, BelowMinimum, OutOfStock, SlotTaken, PriceChanged (it
    no longer costs what was quoted or expected), QuoteExpired, IdempotencyMismatch.
    """
    async with transaction():
        return (await place(actor, request=request, key=key)).order


async def place(actor: Actor, *, request: OrderRequest, key: str, method: PaymentMethod | None = None) -> Placed:
    """`place_order` in the caller's transaction. `method` is a part of the intent where it is paid at once."""
    by = signed_in(actor)
    _check(request)
    order_id = new_id()
    earlier = await once(by, "placeOrder", key, [request, method], order_id)
    if earlier is not None:
        return await _placed_before(earlier)
    buyer_id = await _buyer(request, by)
    quote = await quotes.take(request.quote_id, by) if request.quote_id else None
    parts, drop, from_basket = await _priced(request, quote, by, buyer_id)
    if request.customer is not None:
        _check_entered(actor, parts)
    order = await _write_order(order_id, request, buyer_id, by, parts)
    sub_orders = await _write_parts(order, parts, drop, request, by, quote)
    await stock.reserve_all({row.id: part.quantities for row, part in zip(sub_orders, parts, strict=True)})
    await _book(request, sub_orders, parts)
    if from_basket is not None:
        await baskets.empty(from_basket)
    for sub_order in sub_orders:
        await tell(sub_order, "placed")
    return Placed(order, sub_orders, parts, is_new=True)


async def _placed_before(order_id: UUID) -> Placed:
    order = await Order.get(id=order_id)
    return Placed(order, await SubOrder.filter(order_id=order_id).order_by("id"), (), is_new=False)


def _check(request: OrderRequest) -> None:
    if len(request.note) > NOTE_LENGTH:
        raise Invalid.field("note", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    if request.place is not None:
        addresses.check_place(request.place)
    if request.lines:
        pricing.check_wanted(request.lines)


async def _buyer(request: OrderRequest, by: UUID) -> UUID:
    if request.customer is None:
        return by
    account = await identity.find_or_create_account(request.customer.phone, request.customer.name)
    return account.id


async def _priced(
    request: OrderRequest, quote: Quote | None, by: UUID, buyer_id: UUID
) -> tuple[list[PricedPart], Drop | None, UUID | None]:
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
    parts = await price_now(wanted, fulfilment=fulfilment, drop=drop, tip=tip)
    if quote is not None:
        parts = quotes.bind(quote, parts)
    total = sum(part.total for part in parts)
    if request.expected_total is not None and request.expected_total != total:
        raise PriceChanged(total=total)
    return parts, drop, basket_id


async def price_now(
    wanted: Sequence[Wanted], *, fulfilment: Fulfilment, drop: Drop | None, tip: int
) -> list[PricedPart]:
    """What it costs at this moment. Four statements."""
    offers = await sale.offers([line.variant_id for line in wanted])
    terms = await tariffs.terms_by_cooperative([offer.cooperative_id for offer in offers.values()])
    return pricing.price_order(wanted, offers, fulfilment=fulfilment, drop=drop, terms=terms, tip=tip)


async def find_drop(request: OrderRequest, account_id: UUID | None) -> Drop | None:
    """Where it goes: a saved address of the actor's, or one given with the order."""
    if request.place is not None:
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


async def _write_order(
    order_id: UUID, request: OrderRequest, buyer_id: UUID, by: UUID, parts: Sequence[PricedPart]
) -> Order:
    order = Order(
        id=order_id,
        number=make_number(),
        buyer_id=buyer_id,
        placed_by=by,
        channel=Channel.APP if request.customer is None else Channel.PHONE,
        total=sum(part.total for part in parts),
    )
    await order.save(force_create=True)
    return order


async def _write_parts(
    order: Order,
    parts: Sequence[PricedPart],
    drop: Drop | None,
    request: OrderRequest,
    by: UUID,
    quote: Quote | None,
) -> list[SubOrder]:
    cooperatives = await membership.cooperatives_by_id([part.seller.cooperative_id for part in parts])
    commissions = {id: cooperative.commission_bp for id, cooperative in cooperatives.items()}
    rows = [
        _sub_order_row(order, place, part, drop, request, commissions) for place, part in enumerate(parts, start=1)
    ]
    await SubOrder.bulk_create(rows)
    await OrderLine.bulk_create(
        [_line_row(row, line) for row, part in zip(rows, parts, strict=True) for line in part.lines]
    )
    side = Side.BUYER if order.channel is Channel.APP else Side.SELLER
    await StateChange.bulk_create(
        [StateChange(sub_order_id=row.id, state=row.state, version=row.version, by=by, side=side) for row in rows]
    )
    return rows


def _sub_order_row(
    order: Order,
    place: int,
    part: PricedPart,
    drop: Drop | None,
    request: OrderRequest,
    commissions: Mapping[UUID, int],
) -> SubOrder:
    seller = part.seller
    carried = drop if part.fulfilment is Fulfilment.DELIVERY else None
    return SubOrder(
        id=new_id(),
        order_id=order.id,
        number=f"{order.number}-{place}",
        buyer_id=order.buyer_id,
        seller_id=seller.seller_id,
        cooperative_id=seller.cooperative_id,
        state=SubOrderState.PLACED,
        fulfilment=part.fulfilment,
        goods=part.goods,
        packing=part.packing,
        delivery=part.carrying,
        tip=part.tip,
        total=part.total,
        weight_g=part.weight_g,
        delivery_distance_m=part.delivery.distance_m if part.delivery else 0,
        delivery_lines=[line.as_json() for line in part.delivery.lines] if part.delivery else [],
        commission_bp=commissions[seller.cooperative_id],
        pickup_lat=seller.lat,
        pickup_lon=seller.lon,
        drop_lat=carried.lat if carried else None,
        drop_lon=carried.lon if carried else None,
        drop_name=drop.name if drop else "",
        drop_phone=drop.phone if drop else "",
        drop_text=carried.text if carried else "",
        pickup_pin=make_pin(),
        dropoff_pin=make_pin(),
        note=request.note,
        preparation_minutes=part.preparation_minutes,
        due_at=clock.now() + PAYMENT_WAIT,
        auto_accepts=seller.auto_accept or order.channel is Channel.PHONE,
        is_perishable=part.is_perishable,
    )


async def _book(request: OrderRequest, sub_orders: Sequence[SubOrder], parts: Sequence[PricedPart]) -> None:
    """Take the slot that a service is asked for. Raises Invalid, NotFound, SlotTaken."""
    booked = [row for row in sub_orders if row.fulfilment is Fulfilment.SERVICE]
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
    await row.save(update_fields=["booking_id", "promised_at"])


def _line_row(sub_order: SubOrder, line: pricing.PricedLine) -> OrderLine:
    return OrderLine(
        sub_order_id=sub_order.id,
        listing_id=line.offer.listing_id,
        variant_id=line.wanted.variant_id,
        title=line.title[:200],
        quantity=line.wanted.quantity,
        unit_price=line.unit_price,
        total=line.total,
        options=options_json(line.options),
        note=line.wanted.note,
    )


def make_pin() -> str:
    """Four digits that the giver or the receiver shows."""
    return f"{secrets.randbelow(10_000):04d}"


def make_number() -> str:
    """A number that people can read to each other: the day, and eight letters of 2^40."""
    return f"{clock.now():%y%m%d}-" + "".join(secrets.choice(NUMBER_LETTERS) for _ in range(8))
