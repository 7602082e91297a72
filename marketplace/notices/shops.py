"""Who is told of shops and listings: applications and what was decided, suspensions, appeals, reports.

A handler of the outbox: run again, it writes nothing twice.
"""

from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from catalog.models import Listing, ListingReport, ListingSuspension, Seller
from catalog.reads import sellers_by_id
from marketplace import clock
from marketplace.identity.actor import Role
from marketplace.identity.models import RoleGrant
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, person_name, tell_all
from marketplace.notices.writing import officers_of, people_of_shop
from marketplace.outbox import OutboxEvent

SHOP_KINDS = {
    "seller.applied": NoticeKind.SHOP_APPLIED,
    "seller.approved": NoticeKind.SHOP_APPROVED,
    "seller.refused": NoticeKind.SHOP_REFUSED,
    "seller.suspended": NoticeKind.SHOP_SUSPENDED,
    "seller.blocked": NoticeKind.SHOP_BLOCKED,
    "seller.handed_over": NoticeKind.SHOP_HANDED_OVER,
}
LISTING_EVENTS = frozenset(
    {
        "listing.suspended",
        "listing.appealed",
        "listing.appeal_answered",
        "listing.reported",
        "listing.reports_decided",
    }
)
EVENTS = frozenset({*SHOP_KINDS, *LISTING_EVENTS})
#: So many of those who reported a listing hear what came of it; a flood of reports is no mailing list.
MOST_REPORTERS = 500


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event."""
    await (_tell_of_listing(event) if event.event in LISTING_EVENTS else _tell_of_shop(event))


async def _tell_of_shop(event: OutboxEvent) -> None:
    seller = (await sellers_by_id([event.aggregate_id])).get(event.aggregate_id)
    if seller is None:
        return
    values = {
        "shop": seller.name,
        "cooperative": await cooperative_name(seller.cooperative_id),
        "reason": seller.state_reason or "",
        "name": await person_name(seller.owner_id) if seller.owner_id is not None else "",
    }
    people = await _shop_hearers(event, seller)
    await tell_all(people, SHOP_KINDS[event.event], event, SubjectType.SELLER, seller.id, values)


async def _shop_hearers(event: OutboxEvent, seller: Seller) -> list[UUID]:
    if event.event == "seller.applied":
        return await officers_of(seller.cooperative_id)
    owner = {seller.owner_id} if seller.owner_id is not None else set()
    if event.event == "seller.handed_over":
        former = event.payload.get("former_owner_id")
        return sorted({*owner, *([UUID(former)] if former else [])})
    return sorted({*await people_of_shop(seller.id), *owner})


async def _tell_of_listing(event: OutboxEvent) -> None:
    listing = await Listing.get_or_none(id=event.aggregate_id)
    if listing is None:
        return
    if event.event == "listing.reports_decided":
        await _tell_reporters(event, listing)
        return
    last = await ListingSuspension.filter(listing_id=listing.id).order_by("-id").first()
    kind, reason, people = NoticeKind.LISTING_REPORTED, "", await _operators()
    if event.event == "listing.reported":
        report = await ListingReport.get_or_none(id=UUID(event.payload["report"]))
        reason = report.text if report else ""
    elif event.event == "listing.appealed":
        kind, reason = NoticeKind.LISTING_APPEALED, (last.appeal if last else None) or ""
    else:
        people = await people_of_shop(listing.seller_id)
        kind, reason = _decided(event, last)
    values = {"listing": listing.title, "reason": reason}
    await tell_all(people, kind, event, SubjectType.LISTING, listing.id, values)


def _decided(event: OutboxEvent, last: ListingSuspension | None) -> tuple[NoticeKind, str]:
    if event.event == "listing.suspended":
        return NoticeKind.LISTING_SUSPENDED, last.reason if last else ""
    is_lifted = last is not None and last.lifted_at is not None
    answer = (last.answer if last else None) or ""
    return (NoticeKind.APPEAL_ALLOWED if is_lifted else NoticeKind.APPEAL_REFUSED), answer


async def _tell_reporters(event: OutboxEvent, listing: Listing) -> None:
    decided_at = datetime.fromisoformat(event.payload["decided_at"])
    reports = await ListingReport.filter(listing_id=listing.id, decided_at=decided_at).order_by("id")
    for is_upheld, kind in ((True, NoticeKind.REPORT_UPHELD), (False, NoticeKind.REPORT_DISMISSED)):
        theirs = [report for report in reports[:MOST_REPORTERS] if report.is_upheld is is_upheld]
        if theirs:
            values = {"listing": listing.title, "reason": theirs[0].answer or ""}
            people = [report.reporter_id for report in theirs]
            await tell_all(people, kind, event, SubjectType.LISTING, listing.id, values)


async def _operators() -> list[UUID]:
    """The accounts that run the node now."""
    grants = await RoleGrant.filter(Q(until=None) | Q(until__gt=clock.now()), role=Role.NODE_OPERATOR).values(
        "account_id"
    )
    return sorted({row["account_id"] for row in grants})
