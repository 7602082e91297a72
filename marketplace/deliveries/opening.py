"""How a delivery job comes to be: from an order that its seller accepted, or booked alone by a seller."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from catalog import reads as catalog
from catalog.models import Seller
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import locked, new_id, transaction, write
from marketplace.deliveries import pins
from marketplace.deliveries.bookings import quoting
from marketplace.deliveries.bookings.fares import FareQuote
from marketplace.deliveries.bookings.models import JobPrice, PickupWindow
from marketplace.deliveries.bookings.quoting import SELLING, ShopNotApproved
from marketplace.deliveries.bookings.wishes import DropWish, Load, check_drops, check_load
from marketplace.deliveries.holding import tell
from marketplace.deliveries.lifecycle import JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Drop, FarePayer, JobStateChange
from marketplace.errors import NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.pricing import TooFar, Way
from marketplace.tariffs.routing import STRAIGHT, Routing, find_way
from marketplace.tariffs.zones import Point

__all__ = ["OPEN_FOR", "SELLING", "DropWish", "ShopNotApproved", "TooFar", "book", "book_delivery", "open_for_orders"]

#: How long a job stands open before its buyer is asked what to do.
OPEN_FOR = timedelta(minutes=20)
#: How long before its window a job that was booked for later is put out.
PUBLISH_BEFORE = timedelta(minutes=45)
#: A sub-order in one of these states still waits to be carried.
TO_BE_CARRIED = frozenset({SubOrderState.ACCEPTED, SubOrderState.PREPARING, SubOrderState.READY})


async def open_for_order(adapters: Any, event: OutboxEvent) -> None:
    """On "sub_order.accepted": put its delivery on the board, once however often the event comes."""
    await open_for_orders(adapters, [event])


async def open_for_orders(adapters: Any, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """`open_for_order` of several sub-orders, in as many statements as of one; leaves none."""
    async with transaction():
        sub_orders = await locked(SubOrder, [event.aggregate_id for event in events])
        known = {job.sub_order_id for job in await rows_by(DeliveryJob, "sub_order_id", sub_orders)}
        carried = [
            row
            for id, row in sub_orders.items()
            if row.fulfilment is Fulfilment.DELIVERY and row.state in TO_BE_CARRIED and id not in known
        ]
        shops = await catalog.sellers_by_id(sorted({row.seller_id for row in carried}))
        for row in carried:
            if row.seller_id not in shops:
                raise NotFound("seller")
            job, drop = _of_order(row, shops[row.seller_id])
            await _open(job, [drop], by=None)
    return []


def _of_order(sub_order: SubOrder, shop: Seller) -> tuple[DeliveryJob, Drop]:
    cash = sub_order.total if sub_order.payment_method is PaymentMethod.CASH else 0
    lat, lon = sub_order.drop_lat, sub_order.drop_lon
    if lat is None or lon is None:
        raise ValueError("a delivery needs a place to bring it to")
    job = DeliveryJob(
        sub_order_id=sub_order.pk,
        seller_id=sub_order.seller_id,
        cooperative_id=sub_order.cooperative_id,
        price=sub_order.delivery + sub_order.tip,
        cash_to_collect=cash,
        distance_m=sub_order.delivery_distance_m,
        weight_g=sub_order.weight_g,
        pickup_name=shop.name,
        pickup_address=shop.address,
        pickup_lat=sub_order.pickup_lat,
        pickup_lon=sub_order.pickup_lon,
        pickup_pin=sub_order.pickup_pin,
        return_pin=pins.new_pin(),
        ready_at=sub_order.ready_at,
        open_until=max(clock.now(), sub_order.ready_at or clock.now()) + OPEN_FOR,
    )
    drop = Drop(
        job_id=job.pk,
        position=0,
        receiver_id=sub_order.buyer_id,
        receiver_name=sub_order.drop_name,
        receiver_phone=sub_order.drop_phone,
        address=sub_order.drop_text,
        note=sub_order.note,
        lat=lat,
        lon=lon,
        price=job.price,
        cash_to_collect=cash,
        distance_m=sub_order.delivery_distance_m,
        pin=sub_order.dropoff_pin,
    )
    return job, drop


async def book_delivery(
    actor: Actor,
    *,
    seller_id: UUID,
    drops: Sequence[DropWish],
    weight_g: int,
    fare_payer: FarePayer,
    key: str,
    load: Load | None = None,
    quote_id: UUID | None = None,
    routing: Routing = STRAIGHT,
) -> DeliveryJob:
    """A seller has something carried that no order here stands for. The tariff of his co-op prices it, or his quote.

    `load` says more than the weight: size, vehicle, and a window; a job whose window begins later is a draft until
    then. Raises Invalid, TooFar, OutOfZone, NotFound, Forbidden, ShopNotApproved, DeliveryQuoteExpired,
    DeliveryQuoteUsed.
    """
    account_id = signed_in(actor)
    require(actor, *SELLING, seller_id=seller_id, hide="seller")
    load = replace(load or Load(), weight_g=weight_g)
    check_load(load, clock.now())
    check_drops(drops, fare_payer)
    way = None if quote_id is not None else await _way(seller_id, drops, load, routing)
    async with transaction():
        job_id = new_id()
        input = [seller_id, list(drops), weight_g, fare_payer, *load.more, *([quote_id] if quote_id else [])]
        earlier = await once(account_id, "bookDelivery", key, input, job_id)
        if earlier is not None:
            return await DeliveryJob.get(pk=earlier)
        shop = await quoting.find_shop(seller_id)
        if quote_id is None:
            fare = await _fare(shop, drops, load, way)
        else:
            places = [drop.point for drop in drops]
            quote = await quoting.take(
                quote_id, account_id=account_id, seller_id=seller_id, places=places, load=load, job_id=job_id
            )
            fare, load = quoting.fare_quoted(quote), quoting.load_of(quote)
        return await book(
            shop, drops, load, fare, job_id=job_id, fare_payer=fare_payer, by=account_id, quote_id=quote_id
        )


async def _way(seller_id: UUID, drops: Sequence[DropWish], load: Load, routing: Routing) -> Way | None:
    """The way along the roads, asked for before the transaction; None where it will be estimated within it."""
    if routing is STRAIGHT:
        return None
    shop = await quoting.find_shop(seller_id)
    tariff = (await tariffs.in_force_by_cooperative([shop.cooperative_id]))[shop.cooperative_id]
    stops = [Point(shop.lat, shop.lon), *(drop.point for drop in drops)]
    return await find_way(routing, stops, tariff.terms, load.goods.vehicle)


async def _fare(shop: Seller, drops: Sequence[DropWish], load: Load, way: Way | None) -> FareQuote:
    tariff = (await tariffs.in_force_by_cooperative([shop.cooperative_id]))[shop.cooperative_id]
    return quoting.fare_now(tariff, [Point(shop.lat, shop.lon), *(drop.point for drop in drops)], way, load)


async def book(
    shop: Seller,
    drops: Sequence[DropWish],
    load: Load,
    fare: FareQuote,
    *,
    job_id: UUID,
    fare_payer: FarePayer,
    by: UUID,
    quote_id: UUID | None = None,
) -> DeliveryJob:
    """Write a job at this fare: put out at once, or a draft until its window comes near. Caller's transaction."""
    now = clock.now()
    starts_at = None if load.window is None else load.window.starts_at
    publish_at = now if starts_at is None else max(now, starts_at - PUBLISH_BEFORE)
    job = DeliveryJob(
        id=job_id,
        seller_id=shop.pk,
        cooperative_id=shop.cooperative_id,
        booked_by=by,
        fare_payer=fare_payer,
        state=JobState.OPEN if publish_at <= now else JobState.DRAFT,
        price=fare.price,
        cash_to_collect=sum(drop.cash_to_collect for drop in drops),
        distance_m=sum(fare.legs_m),
        weight_g=load.weight_g,
        vehicle=load.vehicle,
        pickup_name=shop.name,
        pickup_address=shop.address,
        pickup_lat=shop.lat,
        pickup_lon=shop.lon,
        pickup_pin=pins.new_pin(),
        return_pin=pins.new_pin(),
        ready_at=starts_at,
        open_until=max(now, starts_at or now) + OPEN_FOR,
    )
    price = JobPrice(
        id=job_id,
        quote_id=quote_id,
        tariff_id=fare.reckoned.tariff_id,
        priced_at=quoting.priced_at(load),
        distance_is=fare.reckoned.distance_is,
        zones=list(fare.reckoned.zones),
        litres=load.litres,
        lines=[line.as_json() for line in fare.reckoned.lines],
    )
    window = None
    if load.window is not None:
        window = PickupWindow(
            id=job_id,
            starts_at=load.window.starts_at,
            ends_at=load.window.ends_at,
            publish_at=publish_at,
            settled_at=now if job.state is JobState.OPEN else None,
        )
    made = _drops(job, drops, fare)
    if job.state is JobState.OPEN:
        await _open(job, made, by=by)
    else:
        await write(job, *made)
        await tell(job)
    await write(price, *([window] if window else []))
    return job


def _drops(job: DeliveryJob, wishes: Sequence[DropWish], fare: FareQuote) -> list[Drop]:
    return [
        Drop(
            job_id=job.pk,
            position=position,
            receiver_name=wish.name.strip(),
            receiver_phone=wish.phone,
            address=wish.address.strip(),
            note=wish.note.strip(),
            lat=wish.lat,
            lon=wish.lon,
            price=fare.parts[position],
            cash_to_collect=wish.cash_to_collect,
            distance_m=fare.legs_m[position],
            pin=pins.new_pin(),
        )
        for position, wish in enumerate(wishes)
    ]


async def _open(job: DeliveryJob, drops: Sequence[Drop], *, by: UUID | None) -> None:
    change = JobStateChange(job_id=job.pk, version=job.version, event=JobEvent.PUBLISH, state=JobState.OPEN, by_id=by)
    await write(job, *drops, change)
    await tell(job, "job.opened")
