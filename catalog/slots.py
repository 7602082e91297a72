"""Times at which a service can be had. A slot holds one sub-order at most: its column holds one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from catalog.listings import locked_listing
from catalog.models import ListingKind, ServiceSlot
from marketplace import clock
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import Actor

SLOTS_AT_ONCE = 200
FARTHEST = timedelta(days=180)
DEFAULT_MINUTES = 60


class SlotTaken(MarketplaceError):
    """This time is already taken: choose another."""

    code = Code.SLOT_TAKEN
    pesan = "Jam ini sudah terisi: pilih jam lain."


async def add_slots(actor: Actor, *, listing_id: UUID, starts: Sequence[datetime]) -> list[ServiceSlot]:
    """Offer these times, each as long as the listing's session. Raises Invalid where two would overlap.

    A time that is already offered stays as it is.
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
    async with transaction():
        listing = await locked_listing(actor, listing_id)
        if listing.kind is not ListingKind.SERVICE:
            raise Invalid.field("listingId", Code.INVALID, "only a service has slots", "hanya jasa yang punya jadwal")
        length = timedelta(minutes=listing.session_minutes or DEFAULT_MINUTES)
        standing = await ServiceSlot.filter(
            listing_id=listing_id, ends_at__gt=wanted[0], starts_at__lt=wanted[-1] + length
        )
        offered = {slot.starts_at for slot in standing}
        made = [
            ServiceSlot(listing_id=listing_id, starts_at=start, ends_at=start + length)
            for start in wanted
            if start not in offered
        ]
        whole = sorted([*standing, *made], key=lambda slot: slot.starts_at)
        for earlier, later in pairwise(whole):
            if later.starts_at < earlier.ends_at:
                raise Invalid.field("starts", Code.CONFLICT, "two slots overlap", "dua jadwal bertumpukan")
        await ServiceSlot.bulk_create(made)
        return [slot for slot in whole if slot.starts_at in set(wanted)]


async def remove_slot(actor: Actor, *, slot_id: UUID) -> ServiceSlot:
    """Offer this time no longer. Raises SlotTaken when someone has booked it."""
    async with transaction():
        slot = await ServiceSlot.get_or_none(pk=slot_id)
        if slot is None:
            raise NotFound("slot")
        await locked_listing(actor, slot.listing_id)
        if not await ServiceSlot.filter(pk=slot_id, sub_order_id__isnull=True).delete():
            raise SlotTaken
        return slot


async def free_slots(listing_ids: Sequence[UUID]) -> dict[UUID, list[ServiceSlot]]:
    """The coming free times of each listing, soonest first. One statement."""
    return await _laid_out(listing_ids, sub_order_id__isnull=True, starts_at__gt=clock.now())


async def booked_slots(listing_ids: Sequence[UUID]) -> dict[UUID, list[ServiceSlot]]:
    """The booked times of each listing that are not over, soonest first. One statement; no check of who asks."""
    return await _laid_out(listing_ids, sub_order_id__isnull=False, ends_at__gt=clock.now())


async def _laid_out(listing_ids: Sequence[UUID], **such: Any) -> dict[UUID, list[ServiceSlot]]:
    found: dict[UUID, list[ServiceSlot]] = {id: [] for id in listing_ids}
    for row in await ServiceSlot.filter(listing_id__in=list(listing_ids), **such).order_by("starts_at"):
        found[row.listing_id].append(row)
    return found


async def book_slot(slot_id: UUID, *, listing_id: UUID, sub_order_id: UUID) -> ServiceSlot:
    """Take a slot for a sub-order, in the caller's transaction. Of many at once one has it; else SlotTaken."""
    taken = await ServiceSlot.filter(
        pk=slot_id, listing_id=listing_id, sub_order_id__isnull=True, starts_at__gt=clock.now()
    ).update(sub_order_id=sub_order_id)
    if not taken:
        if not await ServiceSlot.exists(pk=slot_id, listing_id=listing_id):
            raise NotFound("slot")
        raise SlotTaken
    return await ServiceSlot.get(pk=slot_id)


async def release_slot(sub_order_id: UUID) -> None:
    """Give the sub-order's slot back, in the caller's transaction. Repeating it changes nothing."""
    await ServiceSlot.filter(sub_order_id=sub_order_id).update(sub_order_id=None)
