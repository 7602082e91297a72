"""Deliveries that come again every week: set up by a shop, made by the timetable, each day once, until stopped."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from catalog.models import Seller
from marketplace import clock, outbox
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries import opening
from marketplace.deliveries.bookings import quoting
from marketplace.deliveries.bookings.fares import FareQuote
from marketplace.deliveries.bookings.models import Occurrence, RecurringDelivery
from marketplace.deliveries.bookings.weeks import moment, next_day
from marketplace.deliveries.bookings.wishes import DropWish, Load, Window, check_drops, check_load
from marketplace.deliveries.models import FarePayer
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.paging import Page, page_by_id
from marketplace.tariffs import service as tariffs
from marketplace.tariffs.routing import Routing, find_way
from marketplace.tariffs.rules import holiday_on
from marketplace.tariffs.zones import Point

#: How long before its window a day's job is made, so that its shop sees it and may call it off.
AHEAD = timedelta(hours=24)
#: Days that one sweep deals with.
BATCH = 100
MOST_A_SHOP = 50
LONGEST = timedelta(days=366)
LONGEST_WINDOW_MINUTES = 720


@dataclass(frozen=True, slots=True)
class Pattern:
    """When it comes: on these weekdays (1 Monday … 7 Sunday), where the shop is."""

    weekdays: tuple[int, ...]
    at_minute: int
    window_minutes: int
    first_on: date
    until: date | None = None
    skips_holidays: bool = False


log = structlog.get_logger()


class DayMissed(MarketplaceError):
    """The window of this day had passed before the node could make it."""

    code = Code.EXPIRED
    pesan = "Waktu jemput hari ini sudah lewat sebelum tugasnya sempat dibuat."


class IsHoliday(MarketplaceError):
    """{name}: a holiday, on which this delivery is not wanted."""

    code = Code.NOT_FOR_SALE
    pesan = "{name}: hari libur, antaran ini tidak diminta."


async def set_up_recurring(
    actor: Actor,
    *,
    seller_id: UUID,
    pattern: Pattern,
    drops: Sequence[DropWish],
    load: Load,
    fare_payer: FarePayer,
    key: str,
) -> RecurringDelivery:
    """A shop has the same carried every week. Each day's job is priced by the tariff as it stands when it is made.

    Raises Invalid, NotFound, ShopNotApproved, OutOfZone, TooFar: what can't be carried today is not set up.
    """
    account_id = signed_in(actor)
    require(actor, *opening.SELLING, seller_id=seller_id, hide="seller")
    load = replace(load, window=None)
    check_load(load, clock.now())
    check_drops(drops, fare_payer)
    id = new_id()
    async with transaction():
        input = [seller_id, pattern, list(drops), load, fare_payer]
        earlier = await once(account_id, "setUpRecurringDelivery", key, input, id)
        if earlier is not None:
            return await RecurringDelivery.get(pk=earlier)
        shop = await quoting.find_shop(seller_id)
        first = _first_day(pattern, shop)
        if await RecurringDelivery.filter(seller_id=seller_id, stopped_at__isnull=True).count() >= MOST_A_SHOP:
            raise Invalid.field("sellerId", Code.TOO_MANY, "at most 50 a shop", "paling banyak 50 setiap toko")
        tariff = (await tariffs.in_force_by_cooperative([shop.cooperative_id]))[shop.cooperative_id]
        quoting.fare_now(tariff, _stops(shop, drops), None, load)
        return await RecurringDelivery.create(
            id=id,
            seller_id=seller_id,
            cooperative_id=shop.cooperative_id,
            set_by=account_id,
            weekdays=sorted(set(pattern.weekdays)),
            at_minute=pattern.at_minute,
            window_minutes=pattern.window_minutes,
            time_zone=shop.time_zone,
            until=pattern.until,
            skips_holidays=pattern.skips_holidays,
            drops=[asdict(drop) for drop in drops],
            weight_g=load.weight_g,
            litres=load.litres,
            vehicle=load.vehicle,
            fare_payer=fare_payer,
            next_on=first,
            next_at=moment(first, pattern.at_minute, ZoneInfo(shop.time_zone)).astimezone(UTC),
        )


def _first_day(pattern: Pattern, shop: Seller) -> date:
    """The first day whose window is still to come. Raises Invalid naming what is out of bounds."""
    if not pattern.weekdays or not set(pattern.weekdays) <= set(range(1, 8)):
        raise Invalid.field("weekdays", Code.OUT_OF_RANGE, "some days of the week", "sebagian hari dalam pekan")
    if not 0 <= pattern.at_minute < 1_440:
        raise Invalid.field("at", Code.OUT_OF_RANGE, "00:00 to 23:59", "00.00 sampai 23.59")
    if not 15 <= pattern.window_minutes <= LONGEST_WINDOW_MINUTES:
        raise Invalid.field("windowMinutes", Code.OUT_OF_RANGE, "15 to 720", "15 sampai 720")
    zone = ZoneInfo(shop.time_zone)
    today = clock.now().astimezone(zone).date()
    if not today <= pattern.first_on <= today + LONGEST:
        raise Invalid.field("firstOn", Code.OUT_OF_RANGE, "today to in a year", "hari ini sampai setahun lagi")
    day = next_day(pattern.weekdays, pattern.first_on - timedelta(days=1), pattern.until)
    if day == today and moment(day, pattern.at_minute, zone) <= clock.now():
        day = next_day(pattern.weekdays, today, pattern.until)
    if day is None:
        raise Invalid.field("until", Code.OUT_OF_RANGE, "after the first day", "setelah hari pertama")
    return day


async def stop_recurring(actor: Actor, *, recurring_id: UUID) -> RecurringDelivery:
    """Nothing comes of it any more; jobs already made stand. For the shop's people. Raises NotFound."""
    account_id = signed_in(actor)
    async with transaction():
        row = await locked_one(RecurringDelivery, recurring_id)
        if row is None:
            raise NotFound("recurring delivery")
        require(actor, *opening.SELLING, seller_id=row.seller_id, hide="recurring delivery")
        if row.stopped_at is None:
            row.stopped_at, row.stopped_by = clock.now(), account_id
            await row.save(update_fields=["stopped_at", "stopped_by"])
        return row


async def recurring_of(actor: Actor, seller_id: UUID, *, first: int, after: str | None) -> Page[RecurringDelivery]:
    """What a shop has carried every week, newest first, the stopped ones too; none for who doesn't sell there."""
    if not actor.holds(*opening.SELLING, seller_id=seller_id):
        return Page([], [], False)
    return await page_by_id(RecurringDelivery.filter(seller_id=seller_id), first=first, after=after)


async def occurrences_by_recurring(ids: Sequence[UUID]) -> Mapping[UUID, list[Occurrence]]:
    """The days of each that were dealt with in the last month or so, newest first. One statement."""
    since = clock.now().date() - timedelta(days=31)
    found: dict[UUID, list[Occurrence]] = {id: [] for id in ids}
    for row in await Occurrence.filter(recurring_id__in=list(ids), on__gte=since).order_by("-on"):
        found[row.recurring_id].append(row)
    return found


async def make_due(adapters: Any) -> int:
    """Make the jobs of days that come near, each day in its own transaction; answers how many days were dealt with.

    A node that stood still deals with what it missed, day by day, and says of each that it was missed.
    """
    due = RecurringDelivery.filter(stopped_at__isnull=True, next_at__lte=clock.now() + AHEAD)
    rows = await due.order_by("next_at", "id").limit(BATCH)
    for row in rows:
        try:
            await _make(row, adapters.routing)
        except Exception as failure:  # one that can't be made does not hold back the others
            log.error("recurring delivery not made", id=str(row.pk), exc_info=failure)
    return len(rows)


async def _make(seen: RecurringDelivery, routing: Routing) -> None:
    """Make one day of it, or write down why none is made; either moves it on. Killed half-way, nothing is done."""
    found: tuple[Seller, FareQuote] | MarketplaceError
    try:
        found = await _reckon(seen, routing)
    except MarketplaceError as refused:
        found = refused
    async with transaction():
        row = await locked_one(RecurringDelivery, seen.pk)
        if row is None or row.stopped_at is not None or row.next_on != seen.next_on:
            return  # stopped meanwhile, or made by another
        occurrence = Occurrence(recurring_id=row.pk, on=row.next_on)
        if isinstance(found, MarketplaceError):
            occurrence.why_id, occurrence.why_en = found.message("id")[:300], found.message("en")[:300]
            if not isinstance(found, IsHoliday):  # which is as the shop wished
                await _tell(row, occurrence)
        else:
            shop, fare = found
            occurrence.job_id = new_id()
            load = replace(_load(row), window=_window(row))
            await opening.book(
                shop,
                _wishes(row),
                load,
                fare,
                job_id=occurrence.job_id,
                fare_payer=row.fare_payer,
                by=row.set_by,
            )
        await occurrence.save(force_create=True)
        _move_on(row)
        await row.save(update_fields=["next_on", "next_at", "stopped_at"])


async def _tell(row: RecurringDelivery, day: Occurrence) -> None:
    why = {"on": day.on.isoformat(), "why_id": day.why_id, "why_en": day.why_en}
    await outbox.record("recurring_delivery.not_made", row.pk, {"seller_id": str(row.seller_id), **why})


def _move_on(row: RecurringDelivery) -> None:
    following = next_day(row.weekdays, row.next_on, row.until)
    if following is None:
        row.stopped_at = clock.now()
        return
    row.next_on = following
    row.next_at = moment(following, row.at_minute, ZoneInfo(row.time_zone)).astimezone(UTC)


async def _reckon(row: RecurringDelivery, routing: Routing) -> tuple[Seller, FareQuote]:
    """The shop and the fare of its next day. Outside of a transaction. Raises why there is none."""
    if _window(row).ends_at <= clock.now():
        raise DayMissed
    shop = await quoting.find_shop(row.seller_id)
    tariff = (await tariffs.in_force_by_cooperative([shop.cooperative_id]))[shop.cooperative_id]
    holiday = holiday_on(tariff.terms.holidays, row.next_on) if row.skips_holidays else None
    if holiday is not None:
        raise IsHoliday(name=holiday.name)
    load = replace(_load(row), window=_window(row))
    stops = _stops(shop, _wishes(row))
    way = await find_way(routing, stops, tariff.terms, load.goods.vehicle)
    return shop, quoting.fare_now(tariff, stops, way, load)


def _stops(shop: Seller, drops: Sequence[DropWish]) -> list[Point]:
    return [Point(shop.lat, shop.lon), *(drop.point for drop in drops)]


def _load(row: RecurringDelivery) -> Load:
    return Load(row.weight_g, row.litres, row.vehicle)


def _window(row: RecurringDelivery) -> Window:
    return Window(row.next_at, row.next_at + timedelta(minutes=row.window_minutes))


def _wishes(row: RecurringDelivery) -> list[DropWish]:
    return [DropWish(**drop) for drop in row.drops]
