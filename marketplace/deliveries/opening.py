"""How a delivery job comes to be: from an order that its seller accepted, or booked alone by a seller."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from catalog import reads as catalog
from catalog.models import Seller, SellerState
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import locked, new_id, transaction, write
from marketplace.deliveries import pins
from marketplace.deliveries.holding import tell
from marketplace.deliveries.lifecycle import JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Drop, FarePayer, JobStateChange
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.money import allocate
from marketplace.orders.lifecycle import Fulfilment, SubOrderState
from marketplace.orders.models import PaymentMethod, SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.rules import Point, Terms, price_delivery, road_distance_m

#: How long a job stands open before its buyer is asked what to do.
OPEN_FOR = timedelta(minutes=20)
MOST_DROPS = 20
MOST_CASH = 100_000_000
HEAVIEST_G = 10_000_000
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)
#: A sub-order in one of these states still waits to be carried.
TO_BE_CARRIED = frozenset({SubOrderState.ACCEPTED, SubOrderState.PREPARING, SubOrderState.READY})


class TooFar(MarketplaceError):
    """The way is {distance_m} m; the co-op carries up to {limit_m} m."""

    code = Code.OUT_OF_RADIUS
    pesan = "Jaraknya {distance_m} m; koperasi mengantar sampai {limit_m} m."


class ShopNotApproved(MarketplaceError):
    """This shop may not book deliveries yet, or no longer: its co-op must approve it."""

    code = Code.SUSPENDED
    pesan = "Toko ini belum atau tidak lagi boleh memesan antaran: perlu persetujuan koperasinya."


@dataclass(frozen=True, slots=True)
class DropWish:
    """Where a seller wants something brought: `cash_to_collect` rupiah are taken there on his behalf."""

    name: str
    phone: str
    address: str
    note: str
    lat: float
    lon: float
    cash_to_collect: int = 0

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class FareQuote:
    """What a delivery with these drops costs: in rupiah, over metres; one part a drop, summing to the price."""

    price: int
    legs_m: tuple[int, ...]
    parts: tuple[int, ...]


def price_route(terms: Terms, pickup: Point, drops: Sequence[Point], weight_g: int) -> FareQuote:
    """Price a route pickup → drop → drop by the tariff over its whole length, shared by legs. Pure.

    Raises TooFar.
    """
    stops = [pickup, *drops]
    legs = tuple(road_distance_m(one, other, terms) for one, other in pairwise(stops))
    if sum(legs) > terms.max_distance_m:
        raise TooFar(distance_m=sum(legs), limit_m=terms.max_distance_m)
    price = price_delivery(terms, sum(legs), weight_g).total
    parts = allocate(price, {f"{index:04d}": max(leg, 1) for index, leg in enumerate(legs)})
    return FareQuote(price, legs, tuple(parts[key] for key in sorted(parts)))


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
) -> DeliveryJob:
    """A seller has something carried that no order here stands for. The tariff of his co-op prices it.

    Raises Invalid, TooFar, NotFound, Forbidden.
    """
    account_id = signed_in(actor)
    require(actor, *SELLING, seller_id=seller_id, hide="seller")
    _check(drops, weight_g, fare_payer)
    async with transaction():
        job_id = new_id()
        input = [seller_id, list(drops), weight_g, fare_payer]
        earlier = await once(account_id, "bookDelivery", key, input, job_id)
        if earlier is not None:
            return await DeliveryJob.get(pk=earlier)
        shop = await _shop(seller_id)
        if shop.state is not SellerState.APPROVED:
            raise ShopNotApproved
        terms = (await tariffs.terms_by_cooperative([shop.cooperative_id]))[shop.cooperative_id]
        quote = price_route(terms, Point(shop.lat, shop.lon), [drop.point for drop in drops], weight_g)
        job = DeliveryJob(
            id=job_id,
            seller_id=seller_id,
            cooperative_id=shop.cooperative_id,
            booked_by=account_id,
            fare_payer=fare_payer,
            price=quote.price,
            cash_to_collect=sum(drop.cash_to_collect for drop in drops),
            distance_m=sum(quote.legs_m),
            weight_g=weight_g,
            pickup_name=shop.name,
            pickup_address=shop.address,
            pickup_lat=shop.lat,
            pickup_lon=shop.lon,
            pickup_pin=pins.new_pin(),
            return_pin=pins.new_pin(),
            open_until=clock.now() + OPEN_FOR,
        )
        await _open(job, _drops(job, drops, quote), by=account_id)
        return job


def _drops(job: DeliveryJob, wishes: Sequence[DropWish], quote: FareQuote) -> list[Drop]:
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
            price=quote.parts[position],
            cash_to_collect=wish.cash_to_collect,
            distance_m=quote.legs_m[position],
            pin=pins.new_pin(),
        )
        for position, wish in enumerate(wishes)
    ]


async def _open(job: DeliveryJob, drops: Sequence[Drop], *, by: UUID | None) -> None:
    change = JobStateChange(job_id=job.pk, version=job.version, event=JobEvent.PUBLISH, state=JobState.OPEN, by_id=by)
    await write(job, *drops, change)
    await tell(job, "job.opened")


async def _shop(seller_id: UUID) -> Seller:
    shop = (await catalog.sellers_by_id([seller_id])).get(seller_id)
    if shop is None:
        raise NotFound("seller")
    return shop


def _check(drops: Sequence[DropWish], weight_g: int, fare_payer: FarePayer) -> None:
    if fare_payer is FarePayer.ORDER:
        raise Invalid.field(
            "farePayer", Code.INVALID, "an order pays its own delivery", "ongkir pesanan ikut pesanan"
        )
    if not 0 <= weight_g <= HEAVIEST_G:
        raise Invalid.field("weight", Code.OUT_OF_RANGE, "0 g to 10 t", "0 g sampai 10 ton")
    if not 1 <= len(drops) <= MOST_DROPS:
        raise Invalid.field("drops", Code.OUT_OF_RANGE, "1 to 20 drops", "1 sampai 20 tujuan")
    for index, drop in enumerate(drops):
        _check_drop(drop, f"drops.{index}")


def _check_drop(drop: DropWish, path: str) -> None:
    if not 1 <= len(drop.name.strip()) <= 120:
        raise Invalid.field(f"{path}.name", Code.OUT_OF_RANGE, "1 to 120 characters", "1 sampai 120 huruf")
    if not 1 <= len(drop.address.strip()) <= 700:
        raise Invalid.field(f"{path}.address", Code.OUT_OF_RANGE, "1 to 700 characters", "1 sampai 700 huruf")
    if len(drop.note) > 300:
        raise Invalid.field(f"{path}.note", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    if not (-90 <= drop.lat <= 90 and -180 <= drop.lon <= 180):
        raise Invalid.field(f"{path}.place", Code.OUT_OF_RANGE, "a point on the earth", "titik di peta bumi")
    if not 0 <= drop.cash_to_collect <= MOST_CASH:
        raise Invalid.field(f"{path}.cashToCollect", Code.OUT_OF_RANGE, "0 to 100,000,000", "0 sampai 100.000.000")
