"""Times at which a service can be had, each by as many sub-orders at once as it has places."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from catalog.listings import locked_listing
from catalog.models import Appointment, ListingKind, ServiceSlot
from marketplace import clock
from marketplace.database import for_update, locked_one, transaction, write
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor

SLOTS_AT_ONCE = 200
FARTHEST = timedelta(days=180)
DEFAULT_MINUTES = 60
MOST_PLACES = 50


class SlotTaken(MarketplaceError):
    """This time is already taken: choose another."""

    code = Code.SLOT_TAKEN
    pesan = "Jam ini sudah terisi: pilih jam lain."


async def add_slots(
    actor: Actor, *, listing_id: UUID, starts: Sequence[datetime], capacity: int | None = None
) -> list[ServiceSlot]:
    """Offer these times, each as long as the listing's session, to `capacity` orders at once (None: one).

    A time that is already offered stays; where `capacity` is said it has so many places from now on. Raises Invalid
    where two would overlap, or one has more orders than that.
    """
    now = clock.now()
    wanted = sorted(set(starts))
    if not 1 <= len(wanted) <= SLOTS_AT_ONCE or not now < wanted[0] <= wanted[-1] <= now + FARTHEST:
        raise Invalid.field(
            "starts",
            Code.OUT_OF_RANGE,
            f"1 to {SLOTS_AT_ONCE} times within the next 180 days",
            f"1 sampai {SLOTS_AT_ONCE} waktu dalam 180 hari ke depan",
        )
    if capacity is not None and not 1 <= capacity <= MOST_PLACES:
        raise Invalid.field(
            "capacity", Code.OUT_OF_RANGE, f"1 to {MOST_PLACES} at once", f"1 sampai {MOST_PLACES} sekaligus"
        )
    async with transaction():
        listing = await locked_listing(actor, listing_id)
        if listing.kind is not ListingKind.SERVICE:
            raise Invalid.field("listingId", Code.INVALID, "only a service has slots", "hanya jasa yang punya jadwal")
        length = timedelta(minutes=listing.session_minutes or DEFAULT_MINUTES)
        near = ServiceSlot.filter(
            listing_id=listing_id, ends_at__gt=wanted[0], starts_at__lt=wanted[-1] + length
        ).order_by("starts_at")
        standing = await for_update(near)
        offered = {slot.starts_at for slot in standing}
        made = [
            ServiceSlot(listing_id=listing_id, starts_at=start, ends_at=start + length, capacity=capacity)
            for start in wanted
            if start not in offered
        ]
        whole = sorted([*standing, *made], key=lambda slot: slot.starts_at)
        for earlier, later in pairwise(whole):
            if later.starts_at < earlier.ends_at:
                raise Invalid.field("starts", Code.CONFLICT, "two slots overlap", "dua jadwal bertumpukan")
        if capacity is not None:
            await _resize([slot for slot in standing if slot.starts_at in set(wanted)], capacity)
        await ServiceSlot.bulk_create(made)
        return [slot for slot in whole if slot.starts_at in set(wanted)]


async def _resize(slots: Sequence[ServiceSlot], capacity: int) -> None:
    """Give these locked slots so many places. Raises Invalid where one has more orders."""
    taken = await orders_by_slot([slot.pk for slot in slots])
    if any(len(orders) > capacity for orders in taken.values()):
        raise Invalid.field(
            "capacity",
            Code.CONFLICT,
            "one of these times has more orders already",
            "salah satu jam sudah dipesan lebih banyak",
        )
    for slot in slots:
        slot.capacity = capacity
    await ServiceSlot.filter(pk__in=[slot.pk for slot in slots]).update(capacity=capacity)


async def remove_slot(actor: Actor, *, slot_id: UUID) -> ServiceSlot:
    """Offer what is free of this time no longer: orders that have a place in it keep it. Raises SlotTaken."""
    async with transaction():
        seen = await ServiceSlot.get_or_none(pk=slot_id)
        if seen is None:
            raise NotFound("slot")
        await locked_listing(actor, seen.listing_id)
        slot = await locked_one(ServiceSlot, slot_id)
        if slot is None:
            raise NotFound("slot")
        taken = await Appointment.filter(slot_id=slot_id).count()
        if taken == slot.places:
            raise SlotTaken
        if taken:
            slot.capacity = taken
            await slot.save(update_fields=["capacity"])
        else:
            await slot.delete()
        return slot


async def free_slots(listing_ids: Sequence[UUID]) -> dict[UUID, list[ServiceSlot]]:
    """The coming times of each listing that have a free place, soonest first. Two statements."""
    rows, taken = await _laid_out(listing_ids, starts_at__gt=clock.now())
    return _by_listing(listing_ids, [row for row in rows if len(taken[row.pk]) < row.places])


async def booked_slots(listing_ids: Sequence[UUID]) -> dict[UUID, list[ServiceSlot]]:
    """The times of each listing that an order has and that are not over, soonest first.

    Two statements; no check of who asks.
    """
    rows, taken = await _laid_out(listing_ids, ends_at__gt=clock.now())
    return _by_listing(listing_ids, [row for row in rows if taken[row.pk]])


async def orders_by_slot(slot_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """The sub-orders that have a place in each slot, as they came. One statement; no check of who asks."""
    found: dict[UUID, list[UUID]] = {id: [] for id in slot_ids}
    for row in await Appointment.filter(slot_id__in=list(slot_ids)).order_by("id"):
        found[row.slot_id].append(row.sub_order_id)
    return found


async def _laid_out(listing_ids: Sequence[UUID], **such: Any) -> tuple[list[ServiceSlot], dict[UUID, list[UUID]]]:
    rows = await ServiceSlot.filter(listing_id__in=list(listing_ids), **such).order_by("starts_at")
    return rows, await orders_by_slot([row.pk for row in rows])


def _by_listing(listing_ids: Sequence[UUID], rows: Sequence[ServiceSlot]) -> dict[UUID, list[ServiceSlot]]:
    found: dict[UUID, list[ServiceSlot]] = {id: [] for id in listing_ids}
    for row in rows:
        found[row.listing_id].append(row)
    return found


async def book_slot(slot_id: UUID, *, listing_id: UUID, sub_order_id: UUID) -> ServiceSlot:
    """Take a place in a slot for a sub-order, in the caller's transaction. Raises NotFound, SlotTaken.

    Of many at once so many have one as there are places.
    """
    slot = await locked_one(ServiceSlot, slot_id)
    if slot is None or slot.listing_id != listing_id:
        raise NotFound("slot")
    if slot.starts_at <= clock.now() or await Appointment.filter(slot_id=slot_id).count() >= slot.places:
        raise SlotTaken
    await write(Appointment(slot_id=slot_id, sub_order_id=sub_order_id))
    return slot


async def release_slot(sub_order_id: UUID) -> None:
    """Give the sub-order's place back, in the caller's transaction. Repeating it changes nothing."""
    await Appointment.filter(sub_order_id=sub_order_id).delete()
