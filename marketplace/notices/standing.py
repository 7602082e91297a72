"""Who is told when someone asks to join or to sell, and what was decided. A handler of the outbox."""

from typing import Any
from uuid import UUID

from catalog.models import Listing, ListingSuspension
from catalog.reads import sellers_by_id
from cooperatives.membership.models import Membership
from cooperatives.membership.service import cooperatives_by_id
from marketplace.database import transaction
from marketplace.identity.service import accounts_by_id
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.writing import officers_of, people_of_shop, write
from marketplace.outbox import OutboxEvent

KINDS = {
    "membership.applied": NoticeKind.MEMBERSHIP_APPLIED,
    "membership.approved": NoticeKind.MEMBERSHIP_APPROVED,
    "membership.refused": NoticeKind.MEMBERSHIP_REFUSED,
    "membership.ended": NoticeKind.MEMBERSHIP_ENDED,
    "seller.applied": NoticeKind.SHOP_APPLIED,
    "seller.approved": NoticeKind.SHOP_APPROVED,
    "seller.refused": NoticeKind.SHOP_REFUSED,
    "seller.suspended": NoticeKind.SHOP_SUSPENDED,
    "listing.suspended": NoticeKind.LISTING_SUSPENDED,
}


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event; run again, it writes nothing twice."""
    if event.event.startswith("membership."):
        await _tell_of_membership(event)
    elif event.event.startswith("seller."):
        await _tell_of_shop(event)
    else:
        await _tell_of_listing(event)


async def _tell_of_membership(event: OutboxEvent) -> None:
    row = await Membership.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    person = (await accounts_by_id([row.account_id])).get(row.account_id)
    values = {
        "cooperative": await _cooperative_name(row.cooperative_id),
        "name": person.name if person else "",
        "member": row.number or "",
        "reason": row.reason or "",
    }
    is_asked = event.event == "membership.applied"
    people = await officers_of(row.cooperative_id) if is_asked else [row.account_id]
    await _write(people, event, SubjectType.MEMBERSHIP, row.id, values)


async def _tell_of_shop(event: OutboxEvent) -> None:
    seller = (await sellers_by_id([event.aggregate_id])).get(event.aggregate_id)
    if seller is None:
        return
    values = {
        "shop": seller.name,
        "cooperative": await _cooperative_name(seller.cooperative_id),
        "reason": seller.state_reason or "",
    }
    if event.event == "seller.applied":
        people = await officers_of(seller.cooperative_id)
    else:
        owner = {seller.owner_id} if seller.owner_id is not None else set()
        people = sorted({*await people_of_shop(seller.id), *owner})
    await _write(people, event, SubjectType.SELLER, seller.id, values)


async def _tell_of_listing(event: OutboxEvent) -> None:
    listing = await Listing.get_or_none(id=event.aggregate_id)
    if listing is None:
        return
    last = await ListingSuspension.filter(listing_id=listing.id).order_by("-id").first()
    values = {"listing": listing.title, "reason": last.reason if last else ""}
    await _write(await people_of_shop(listing.seller_id), event, SubjectType.LISTING, listing.id, values)


async def _cooperative_name(id: UUID) -> str:
    row = (await cooperatives_by_id([id])).get(id)
    return row.name if row else ""


async def _write(
    people: list[UUID], event: OutboxEvent, subject_type: SubjectType, subject_id: UUID, values: dict[str, Any]
) -> None:
    async with transaction():
        await write(dict.fromkeys(people, KINDS[event.event]), event, subject_type, subject_id, values)
