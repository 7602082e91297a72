"""The week's plan: a co-op posts stretches of time with the number of drivers that it wants, drivers book them.

A plan binds nobody: who has no place still starts a shift as he likes, and a place may be given back until it begins,
or offered to colleagues, who take it whole.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.expressions import Q

from cooperatives.membership import service as membership
from marketplace import clock, outbox
from marketplace.batches import execute_among, lists_by, rows_by
from marketplace.database import as_utc, as_uuid, locked_one, new_id, transaction
from marketplace.deliveries.drivers import acting_driver
from marketplace.deliveries.models import Driver
from marketplace.deliveries.roster.models import ShiftSlot, SlotBooking
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor
from marketplace.zones import zone_of

PLANNERS = OFFICERS | {Role.DISPATCHER}
#: Slots posted at once, and how long and far ahead one may be.
MOST_AT_ONCE = 100
MOST_WANTED = 500
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=16)
AHEAD = timedelta(days=60)
#: Places that a driver may hold ahead.
MOST_BOOKED = 60
#: So long before its beginning a place counts as begun by who starts his shift.
EARLY = timedelta(minutes=30)
Act: TypeAlias = Callable[[SlotBooking, ShiftSlot], Awaitable[None]]


class SlotFull(MarketplaceError):
    """All {wanted} places of this shift are taken."""

    code = Code.SLOT_TAKEN
    pesan = "Ke-{wanted} tempat pada jadwal ini sudah terisi."


class SlotOver(MarketplaceError):
    """This shift has begun, or was called off."""

    code = Code.WRONG_STATE
    pesan = "Jadwal ini sudah mulai atau dibatalkan."


class Overlapping(MarketplaceError):
    """You have another place at that time: give it back first."""

    code = Code.CONFLICT
    pesan = "Anda sudah punya jadwal pada waktu itu: lepaskan dahulu."


class NotOffered(MarketplaceError):
    """This place is not offered to you: it is yours, was given back, or was never offered."""

    code = Code.WRONG_STATE
    pesan = "Tempat ini tidak ditawarkan kepada Anda."


class TooManyBookings(MarketplaceError):
    """You hold {limit} places ahead already."""

    code = Code.TOO_MANY
    pesan = "Anda sudah memegang {limit} jadwal ke depan."


@dataclass(frozen=True, slots=True)
class SlotWish:
    """What a co-op wants: so many drivers from then till then."""

    starts_at: datetime
    ends_at: datetime
    wanted: int
    note: str = ""

    def check(self, now: datetime, path: str) -> None:
        """Raises Invalid naming the field."""
        if not now < self.starts_at <= now + AHEAD:
            message, pesan = "from now to 60 days ahead", "dari sekarang sampai 60 hari ke depan"
            raise Invalid.field(f"{path}.startsAt", Code.OUT_OF_RANGE, message, pesan)
        if not SHORTEST <= self.ends_at - self.starts_at <= LONGEST:
            raise Invalid.field(f"{path}.endsAt", Code.OUT_OF_RANGE, "30 minutes to 16 hours", "30 menit–16 jam")
        if not 1 <= self.wanted <= MOST_WANTED:
            raise Invalid.field(f"{path}.wanted", Code.OUT_OF_RANGE, "1 to 500 drivers", "1 sampai 500 pengemudi")
        if len(self.note) > 200:
            raise Invalid.field(f"{path}.note", Code.TOO_LONG, "at most 200 characters", "paling banyak 200 huruf")


async def post_slots(actor: Actor, *, cooperative_id: UUID, slots: Sequence[SlotWish], key: str) -> list[ShiftSlot]:
    """Post a plan, a week's or so, whole or not at all. Officers and dispatchers. Raises Forbidden, Invalid."""
    require(actor, *PLANNERS, cooperative_id=cooperative_id)
    account_id, now = signed_in(actor), clock.now()
    if not 1 <= len(slots) <= MOST_AT_ONCE:
        raise Invalid.field("slots", Code.OUT_OF_RANGE, "1 to 100 slots", "1 sampai 100 jadwal")
    async with transaction():
        first = new_id()
        earlier = await once(account_id, "postShiftSlots", key, [cooperative_id, list(slots)], first)
        if earlier is not None:
            posted = await ShiftSlot.get(pk=earlier)
            same = ShiftSlot.filter(cooperative_id=cooperative_id, created_at=posted.created_at, posted_by=account_id)
            return await same.order_by("id").limit(MOST_AT_ONCE)
        for number, wish in enumerate(slots):
            wish.check(now, f"slots.{number}")
        rows = [
            ShiftSlot(
                id=first if number == 0 else new_id(),
                created_at=now,
                cooperative_id=cooperative_id,
                starts_at=wish.starts_at,
                ends_at=wish.ends_at,
                wanted=wish.wanted,
                note=wish.note.strip(),
                posted_by=account_id,
            )
            for number, wish in enumerate(slots)
        ]
        await ShiftSlot.bulk_create(rows)
        return rows


async def cancel_slot(actor: Actor, *, slot_id: UUID, reason: str, key: str) -> ShiftSlot:
    """Call a slot off; those who booked it are told why. Raises NotFound, SlotOver, Invalid."""
    account_id, reason = signed_in(actor), reason.strip()
    if not 1 <= len(reason) <= 300:
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")
    async with transaction():
        slot = await locked_one(ShiftSlot, slot_id)
        if slot is None:
            raise NotFound("shift slot")
        require(actor, *PLANNERS, cooperative_id=slot.cooperative_id, hide="shift slot")
        if await once(account_id, "cancelShiftSlot", key, [slot_id, reason], slot_id) is not None:
            return slot
        _check_ahead(slot)
        slot.cancelled_at, slot.reason = clock.now(), reason
        await slot.save(update_fields=["cancelled_at", "reason"])
        booked = await SlotBooking.filter(slot_id=slot.pk, cancelled_at=None).order_by("id")
        people = [str(row.account_id) for row in booked]
        await outbox.record("shift_slot.cancelled", slot.pk, {"account_ids": people, **await _told(slot)})
        return slot


async def book_slot(actor: Actor, *, slot_id: UUID, key: str) -> SlotBooking:
    """Take a place. Of all who try at once no more than are wanted get one.

    Raises NotADriver, NotFound, SlotOver, SlotFull, Overlapping, TooManyBookings.
    """
    driver_id = (await acting_driver(actor)).pk
    async with transaction():
        driver, slot = await _locked(driver_id, slot_id)
        booking = await SlotBooking.get_or_none(slot_id=slot_id, driver_id=driver_id)
        earlier = await once(driver.account_id, "bookShiftSlot", key, [slot_id], slot_id)
        if booking is not None and (earlier is not None or booking.cancelled_at is None):
            return booking
        _check_ahead(slot)
        if slot.booked >= slot.wanted:
            raise SlotFull(wanted=slot.wanted)
        return await _take(driver, slot, booking)


async def give_back_booking(actor: Actor, *, booking_id: UUID, key: str) -> SlotBooking:
    """Give a place back before it begins; it costs nothing. Raises NotADriver, NotFound, SlotOver."""
    return await _of_own(actor, booking_id, "giveBackShiftSlot", key, _give_back)


async def offer_booking(actor: Actor, *, booking_id: UUID, key: str) -> SlotBooking:
    """Offer a place to colleagues; until one takes it, it stays his. Raises NotADriver, NotFound, SlotOver."""
    return await _of_own(actor, booking_id, "offerShiftSlot", key, _offer)


async def take_booking(actor: Actor, *, booking_id: UUID, key: str) -> SlotBooking:
    """Take the place that a colleague offers: his, whole. Of all who try at once one gets it.

    Raises NotADriver, NotFound, NotOffered, SlotOver, Overlapping, TooManyBookings.
    """
    driver_id = (await acting_driver(actor)).pk
    seen = await SlotBooking.get_or_none(pk=booking_id)
    if seen is None:
        raise NotFound("booking")
    async with transaction():
        driver, slot = await _locked(driver_id, seen.slot_id)
        own = await SlotBooking.get_or_none(slot_id=slot.pk, driver_id=driver_id)
        earlier = await once(driver.account_id, "takeShiftSlot", key, [booking_id], slot.pk)
        if earlier is not None and own is not None:
            return own
        offered = await SlotBooking.get(pk=booking_id)
        if offered.driver_id == driver_id or offered.cancelled_at is not None or offered.offered_at is None:
            raise NotOffered
        _check_ahead(slot)
        await _give_back(offered, slot)
        taken = await _take(driver, slot, own)
        people = [str(offered.account_id)]
        await outbox.record("shift_slot.taken", slot.pk, {"account_ids": people, **await _told(slot)})
        return taken


async def slots_of(
    actor: Actor, cooperative_id: UUID, *, since: datetime | None, first: int, after: str | None
) -> Page[ShiftSlot]:
    """A co-op's slots that end after `since` (else now), by their beginning; for its drivers and those who plan.

    None for anyone else. One statement.
    """
    check_first(first)
    if not actor.holds(*PLANNERS, Role.DRIVER, Role.SUPERVISOR, cooperative_id=cooperative_id):
        return Page([], [], False)
    since = since or clock.now()
    # No slot is longer than `LONGEST`: where it begins bounds what the index has to read.
    found = ShiftSlot.filter(cooperative_id=cooperative_id, ends_at__gt=since, starts_at__gt=since - LONGEST)
    if after is not None:
        starts_at, id = decode_cursor(after, 2)
        try:
            bound, last = datetime.fromisoformat(starts_at), UUID(id)
        except ValueError as cause:
            raise StaleCursor from cause
        found = found.filter(Q(starts_at__gt=bound) | Q(starts_at=bound, id__gt=last))
    rows = await found.order_by("starts_at", "id").limit(first + 1)
    cursors = [encode_cursor(row.starts_at.isoformat(), row.pk) for row in rows[:first]]
    return Page(rows[:first], cursors, len(rows) > first)


async def slots_by_id(ids: Sequence[UUID]) -> Mapping[UUID, ShiftSlot]:
    """The slots with these ids. One statement."""
    return {row.pk: row for row in await rows_by(ShiftSlot, "id", ids)}


async def bookings_by_slot(ids: Sequence[UUID]) -> Mapping[UUID, list[SlotBooking]]:
    """Who holds a place in each of these slots. One statement."""
    rows = await lists_by(SlotBooking, "slot_id", ids)
    return {id: [row for row in rows[id] if row.cancelled_at is None] for id in rows}


async def bookings_ahead(driver_id: UUID) -> list[SlotBooking]:
    """The driver's places that have not ended, by their beginning; at most `MOST_BOOKED` and those that run."""
    found = SlotBooking.filter(driver_id=driver_id, cancelled_at=None, starts_at__gt=clock.now() - LONGEST)
    return await found.filter(ends_at__gt=clock.now()).order_by("starts_at").limit(MOST_BOOKED + 10)


async def planned_ends(driver_ids: Sequence[UUID], at: datetime) -> Mapping[UUID, datetime]:
    """When the place ends that each of these drivers has at this moment, of those who have one. One statement."""
    rows = await execute_among(_PLANNED_ENDS, driver_ids, after=at - LONGEST, until=at + EARLY, at=at)
    return {as_uuid(row["driver_id"]): as_utc(row["ends_at"]) for row in rows}


_PLANNED_ENDS = """
SELECT "driver_id", MAX("ends_at") AS ends_at FROM "slot_booking" WHERE "driver_id" {among}
  AND "starts_at" > {after} AND "starts_at" <= {until} AND "ends_at" > {at} AND "cancelled_at" IS NULL
GROUP BY "driver_id" """


async def begin(driver_id: UUID) -> None:
    """The driver starts his shift: the place that he has now is kept to. In the caller's transaction."""
    now = clock.now()
    held = SlotBooking.filter(driver_id=driver_id, cancelled_at=None, started_at=None, starts_at__gt=now - LONGEST)
    await held.filter(starts_at__lte=now + EARLY, ends_at__gt=now).update(started_at=now)


async def _told(slot: ShiftSlot) -> dict[str, str]:
    """What those hear whom the slot concerns: whose it is, and when, by the co-op's own clock."""
    cooperative = (await membership.cooperatives_by_id([slot.cooperative_id]))[slot.cooperative_id]
    local = slot.starts_at.astimezone(ZoneInfo(zone_of(cooperative.region_code)))
    return {
        "cooperative_id": str(slot.cooperative_id),
        "cooperative": cooperative.name,
        "when": f"{local:%d-%m-%Y %H:%M}",
        "reason": slot.reason or "",
    }


def _check_ahead(slot: ShiftSlot) -> None:
    if slot.cancelled_at is not None or slot.starts_at <= clock.now():
        raise SlotOver


async def _locked(driver_id: UUID, slot_id: UUID) -> tuple[Driver, ShiftSlot]:
    """Both, locked, the driver first. Raises NotFound for a slot of another co-op, and for who is member no more."""
    driver, slot = await locked_one(Driver, driver_id), await locked_one(ShiftSlot, slot_id)
    if driver is None or slot is None or slot.cooperative_id != driver.cooperative_id:
        raise NotFound("shift slot")
    if not await membership.is_member(driver.account_id, driver.cooperative_id):
        raise NotFound("shift slot")
    return driver, slot


async def _take(driver: Driver, slot: ShiftSlot, booking: SlotBooking | None) -> SlotBooking:
    ahead = SlotBooking.filter(driver_id=driver.pk, cancelled_at=None)
    if await ahead.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at).exists():
        raise Overlapping
    if await ahead.filter(starts_at__gt=clock.now()).count() >= MOST_BOOKED:
        raise TooManyBookings(limit=MOST_BOOKED)
    slot.booked += 1
    await slot.save(update_fields=["booked"])
    if booking is None:
        return await SlotBooking.create(
            slot_id=slot.pk,
            driver_id=driver.pk,
            account_id=driver.account_id,
            name=driver.name,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
    booking.cancelled_at = booking.offered_at = None
    await booking.save(update_fields=["cancelled_at", "offered_at"])
    return booking


async def _give_back(booking: SlotBooking, slot: ShiftSlot) -> None:
    booking.cancelled_at, booking.offered_at = clock.now(), None
    await booking.save(update_fields=["cancelled_at", "offered_at"])
    slot.booked -= 1
    await slot.save(update_fields=["booked"])


async def _offer(booking: SlotBooking, slot: ShiftSlot) -> None:
    booking.offered_at = booking.offered_at or clock.now()
    await booking.save(update_fields=["offered_at"])


async def _of_own(actor: Actor, booking_id: UUID, mutation: str, key: str, act: Act) -> SlotBooking:
    """Let the driver do something with a place of his, once, before it begins."""
    driver_id = (await acting_driver(actor)).pk
    seen = await SlotBooking.get_or_none(pk=booking_id, driver_id=driver_id)
    if seen is None:
        raise NotFound("booking")
    async with transaction():
        driver, slot = await _locked(driver_id, seen.slot_id)
        booking = await SlotBooking.get(pk=booking_id)
        if await once(driver.account_id, mutation, key, [booking_id], booking_id) is not None:
            return booking
        if booking.cancelled_at is not None:
            raise SlotOver
        _check_ahead(slot)
        await act(booking, slot)
        return booking
