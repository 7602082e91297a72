"""Quotes of deliveries booked alone: a price that binds until it expires, for its asker alone."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from catalog import reads as catalog
from catalog.models import Seller, SellerState
from marketplace import clock
from marketplace.database import locked_one, new_id
from marketplace.deliveries.bookings.fares import FareQuote, fare_along, fare_of
from marketplace.deliveries.bookings.models import DeliveryQuote
from marketplace.deliveries.bookings.wishes import Load, Window, check_load, check_places
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.pricing import Way, estimated_way
from marketplace.tariffs.routing import Routing, find_way
from marketplace.tariffs.rules import DeliveryPrice, InForce, line_of
from marketplace.tariffs.zones import Point

QUOTE_LIFE = timedelta(minutes=15)
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)
#: Quotes that one sweep of the timetable removes.
SWEEP = 1_000


class ShopNotApproved(MarketplaceError):
    """This shop may not book deliveries yet, or no longer: its co-op must approve it."""

    code = Code.SUSPENDED
    pesan = "Toko ini belum atau tidak lagi boleh memesan antaran: perlu persetujuan koperasinya."


class DeliveryQuoteExpired(MarketplaceError):
    """This quote has expired: ask for a new one."""

    code = Code.EXPIRED
    pesan = "Penawaran ini sudah kedaluwarsa: mintalah yang baru."


class DeliveryQuoteUsed(MarketplaceError):
    """This quote was used already: ask for a new one."""

    code = Code.WRONG_STATE
    pesan = "Penawaran ini sudah terpakai: mintalah yang baru."


async def quote_delivery(
    actor: Actor, *, seller_id: UUID, places: Sequence[Point], load: Load, routing: Routing
) -> DeliveryQuote:
    """What carrying from the shop to these places would cost, binding for the asker for 15 minutes.

    With a window it is priced by the hours, the holiday and the weather of its start. Raises Invalid, NotFound,
    ShopNotApproved, OutOfZone, TooFar.
    """
    account_id = signed_in(actor)
    require(actor, *SELLING, seller_id=seller_id, hide="seller")
    check_places(places)
    check_load(load, clock.now())
    shop = await find_shop(seller_id)
    tariff = (await tariffs.in_force_by_cooperative([shop.cooperative_id]))[shop.cooperative_id]
    stops = [Point(shop.lat, shop.lon), *places]
    way = await find_way(routing, stops, tariff.terms, load.goods.vehicle)
    fare = fare_now(tariff, stops, way, load)
    return await DeliveryQuote.create(
        id=new_id(),
        account_id=account_id,
        seller_id=seller_id,
        cooperative_id=shop.cooperative_id,
        tariff_id=tariff.tariff_id,
        tariff_since=tariff.since,
        pickup_lat=shop.lat,
        pickup_lon=shop.lon,
        places=[[place.lat, place.lon] for place in places],
        weight_g=load.weight_g,
        litres=load.litres,
        vehicle=load.vehicle,
        window_starts_at=load.window and load.window.starts_at,
        window_ends_at=load.window and load.window.ends_at,
        priced_at=priced_at(load),
        distance_is=fare.reckoned.distance_is,
        legs_m=list(fare.legs_m),
        zones=list(fare.reckoned.zones),
        lines=[line.as_json() for line in fare.reckoned.lines],
        total=fare.price,
        expires_at=clock.now() + QUOTE_LIFE,
    )


def priced_at(load: Load) -> datetime:
    """The moment whose hours count: when it is to be picked up, else now."""
    return clock.now() if load.window is None else max(clock.now(), load.window.starts_at)


def fare_now(tariff: InForce, stops: Sequence[Point], way: Way | None, load: Load) -> FareQuote:
    """The fare by the tariff as it stands. Raises OutOfZone, TooFar."""
    known = way or estimated_way(tariff.terms, stops)
    return fare_along(tariff, stops, known, load.goods, at=priced_at(load), region_of=tariffs.region_of)


async def find_shop(seller_id: UUID) -> Seller:
    """The shop that books. Raises NotFound, ShopNotApproved."""
    shop = (await catalog.sellers_by_id([seller_id])).get(seller_id)
    if shop is None:
        raise NotFound("seller")
    if shop.state is not SellerState.APPROVED:
        raise ShopNotApproved
    return shop


async def take(
    quote_id: UUID, *, account_id: UUID, seller_id: UUID, places: Sequence[Point], load: Load, job_id: UUID
) -> DeliveryQuote:
    """Use the account's own quote up for this job, in the caller's transaction.

    Raises NotFound (another's quote too), DeliveryQuoteExpired, DeliveryQuoteUsed, and Invalid when something else
    is booked than was quoted.
    """
    quote = await locked_one(DeliveryQuote, quote_id)
    if quote is None or quote.account_id != account_id:
        raise NotFound("quote")
    if quote.used_at is not None:
        raise DeliveryQuoteUsed
    if quote.expires_at <= clock.now():
        raise DeliveryQuoteExpired
    quoted = load_of(quote)
    differences = {
        "sellerId": seller_id != quote.seller_id,
        "drops": [[place.lat, place.lon] for place in places] != quote.places,
        "weight": load.weight_g not in (0, quoted.weight_g),
        "litres": load.litres not in (0, quoted.litres),
        "vehicle": load.vehicle not in (None, quoted.vehicle),
        "pickupWindow": load.window not in (None, quoted.window),
    }
    for field, differs in differences.items():
        if differs:
            raise Invalid.field(field, Code.INVALID, "not what was quoted", "berbeda dari yang ditawarkan")
    quote.used_at, quote.job_id = clock.now(), job_id
    await quote.save(update_fields=["used_at", "job_id"])
    return quote


def load_of(quote: DeliveryQuote) -> Load:
    """What the quote was given for."""
    window = None
    if quote.window_starts_at is not None and quote.window_ends_at is not None:
        window = Window(quote.window_starts_at, quote.window_ends_at)
    return Load(quote.weight_g, quote.litres, quote.vehicle, window)


def fare_quoted(quote: DeliveryQuote) -> FareQuote:
    """The fare that the quote binds."""
    lines = tuple(line_of(line) for line in quote.lines)
    price = DeliveryPrice(sum(quote.legs_m), lines, quote.distance_is, quote.tariff_id, tuple(quote.zones))
    return fare_of(price, quote.legs_m)


async def forget_quotes(adapters: object = None) -> int:
    """Remove quotes that expired and were never used; answers how many, at most a thousand."""
    found = DeliveryQuote.filter(expires_at__lt=clock.now(), used_at__isnull=True).limit(SWEEP)
    ids = await found.values_list("id", flat=True)
    return await DeliveryQuote.filter(id__in=list(ids), used_at__isnull=True).delete() if ids else 0
