"""Who is told what when something happens. Handlers of the outbox: run again, they write nothing twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from catalog.reads import sellers_by_id
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.identity.actor import OFFICERS, Role
from marketplace.identity.models import RoleGrant
from marketplace.money import format_rupiah
from marketplace.notices.models import Notice, NoticeKind, Ring, SubjectType
from marketplace.orders.lifecycle import AWAITING_SELLER, Side, SubOrderEvent
from marketplace.orders.models import StateChange, SubOrder
from marketplace.outbox import OutboxEvent

RING_EVERY = timedelta(seconds=30)
RING_LONGEST = timedelta(minutes=10)
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)

#: What the buyer is told, and what the shop's people are told, by event.
BUYER_HEARS = {
    "sub_order.accepted": NoticeKind.ORDER_ACCEPTED,
    "sub_order.declined": NoticeKind.ORDER_DECLINED,
    "sub_order.cancelled": NoticeKind.ORDER_CANCELLED,
    "sub_order.expired": NoticeKind.ORDER_EXPIRED,
    "sub_order.ready": NoticeKind.ORDER_READY,
    "sub_order.collected": NoticeKind.ORDER_COLLECTED,
    "sub_order.delivered": NoticeKind.ORDER_DELIVERED,
    "sub_order.returned": NoticeKind.ORDER_RETURNED,
    "sub_order.resolved": NoticeKind.DISPUTE_RESOLVED,
    "job.assigned": NoticeKind.DRIVER_ASSIGNED,
    "job.unserved": NoticeKind.JOB_UNSERVED,
}
SHOP_HEARS = {
    "sub_order.paid": NoticeKind.ORDER_TO_ANSWER,
    "sub_order.cancelled": NoticeKind.ORDER_CANCELLED,
    "sub_order.expired": NoticeKind.ORDER_EXPIRED,
    "sub_order.returned": NoticeKind.ORDER_RETURNED,
    "sub_order.disputed": NoticeKind.ORDER_DISPUTED,
    "sub_order.resolved": NoticeKind.DISPUTE_RESOLVED,
    "job.assigned": NoticeKind.DRIVER_ASSIGNED,
}
DRIVER_HEARS = {"job.assigned": NoticeKind.JOB_ASSIGNED, "job.cancelled": NoticeKind.JOB_CANCELLED}
#: Events whose reason is told with them.
REASONED = frozenset({"sub_order.cancelled", "sub_order.disputed", "sub_order.resolved"})
#: Events after which an order has been answered, or needs no answer any more.
ANSWERS = frozenset(
    {"sub_order.accepted", "sub_order.declined", "sub_order.cancelled", "sub_order.expired", "sub_order.ready"}
)
EVENTS = frozenset({*BUYER_HEARS, *SHOP_HEARS, *DRIVER_HEARS})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event, and start or end the order's ring."""
    sub_order = await _sub_order_of(event)
    if sub_order is None:
        return
    values = await _values(sub_order, event)
    is_new_order = event.event == "sub_order.paid"
    rings_until = clock.now() + RING_LONGEST if is_new_order and sub_order.state in AWAITING_SELLER else None
    told = _driver(event)
    if (kind := await _shop_hears(event.event, sub_order)) is not None:
        told |= dict.fromkeys(await people_of_shop(sub_order.seller_id), kind)
    if event.event == "sub_order.disputed":
        told |= dict.fromkeys(await officers_of(sub_order.cooperative_id), NoticeKind.ORDER_DISPUTED)
    if event.event in BUYER_HEARS:
        told.setdefault(sub_order.buyer_id, BUYER_HEARS[event.event])
    async with transaction():
        if event.event in ANSWERS:
            await stop_ringing(sub_order.id)
        if rings_until is not None:
            await _start_ringing(sub_order, rings_until)
        await write(told, event, SubjectType.SUB_ORDER, sub_order.id, values, rings_until)


async def write(
    told: Mapping[UUID, NoticeKind],
    event: OutboxEvent,
    subject_type: SubjectType,
    subject_id: UUID,
    values: Mapping[str, Any],
    rings_until: datetime | None = None,
    part: str = "",
) -> None:
    """One notice an account, once an event and `part` of it, in the caller's transaction."""
    source = f"outbox:{event.id}:{part}" if part else f"outbox:{event.id}"
    known = await Notice.filter(source=source, account_id__in=list(told)).values("account_id")
    done = {row["account_id"] for row in known}
    for account_id in sorted(set(told) - done):
        notice = await Notice.create(
            account_id=account_id,
            kind=told[account_id],
            subject_type=subject_type,
            subject_id=subject_id,
            values=dict(values),
            source=source,
            rings_until=rings_until,
        )
        # An order that rings is called for; this notice of it is for the inbox alone.
        said = "notice.changed" if notice.kind is NoticeKind.ORDER_TO_ANSWER else "notice.written"
        await outbox.record(said, notice.id, {"account_id": str(account_id)})


async def _sub_order_of(event: OutboxEvent) -> SubOrder | None:
    """A job booked alone has no sub-order: its people watch the job itself."""
    id = event.payload.get("sub_order_id") or (event.aggregate_id if event.event.startswith("sub_order.") else None)
    return None if id is None else await SubOrder.get_or_none(id=id)


async def _values(sub_order: SubOrder, event: OutboxEvent) -> dict[str, Any]:
    seller = (await sellers_by_id([sub_order.seller_id])).get(sub_order.seller_id)
    reason = await _reason(sub_order) if event.event in REASONED else ""
    return {
        "number": sub_order.number,
        "shop": seller.name if seller else "",
        "total": format_rupiah(sub_order.total),
        "method": sub_order.payment_method.value if sub_order.payment_method else "",
        "reason": reason,
    }


async def _reason(sub_order: SubOrder) -> str:
    last = await StateChange.filter(sub_order_id=sub_order.id, state=sub_order.state).order_by("-version").first()
    return last.reason if last else ""


async def _shop_hears(event: str, sub_order: SubOrder) -> NoticeKind | None:
    """What the shop's people are told; of an order answered before they could hear of it, only what nobody did."""
    if event != "sub_order.paid" or sub_order.state in AWAITING_SELLER:
        return SHOP_HEARS.get(event)
    accepted = await StateChange.filter(sub_order_id=sub_order.id, event=SubOrderEvent.ACCEPT).first()
    return NoticeKind.ORDER_RECEIVED if accepted is not None and accepted.side is Side.SYSTEM else None


async def people_of_shop(seller_id: UUID) -> list[UUID]:
    """The accounts that own this shop or work in it now."""
    grants = await RoleGrant.filter(
        Q(until=None) | Q(until__gt=clock.now()), seller_id=seller_id, role__in=list(SELLING)
    ).values("account_id")
    return sorted({row["account_id"] for row in grants})


async def officers_of(cooperative_id: UUID, *roles: Role) -> list[UUID]:
    """The accounts that hold an office in this co-op now; where `roles` are given, one of these."""
    wanted = list(roles or OFFICERS)
    grants = await RoleGrant.filter(
        Q(until=None) | Q(until__gt=clock.now()), cooperative_id=cooperative_id, role__in=wanted
    ).values("account_id")
    return sorted({row["account_id"] for row in grants})


async def operators() -> list[UUID]:
    """The accounts that run the node now."""
    grants = await RoleGrant.filter(Q(until=None) | Q(until__gt=clock.now()), role=Role.NODE_OPERATOR).values(
        "account_id"
    )
    return sorted({row["account_id"] for row in grants})


def _driver(event: OutboxEvent) -> dict[UUID, NoticeKind]:
    """What the driver is told; of what he did himself, nothing."""
    account = event.payload.get("driver_account_id")
    if not account or account == event.payload.get("by_id") or event.event not in DRIVER_HEARS:
        return {}
    return {UUID(account): DRIVER_HEARS[event.event]}


async def _start_ringing(sub_order: SubOrder, until: datetime) -> None:
    if await Ring.filter(sub_order_id=sub_order.id).exists():
        return
    ring = Ring(
        sub_order_id=sub_order.id,
        seller_id=sub_order.seller_id,
        step=1,
        next_at=clock.now() + RING_EVERY,
        ends_at=until,
    )
    await ring.save()
    await outbox.record("ring.due", sub_order.id, {"step": 1})


async def stop_ringing(sub_order_id: UUID) -> None:
    """Someone answered: no call more, and the apps fall silent. In the caller's transaction."""
    await Ring.filter(sub_order_id=sub_order_id, ended_at=None).update(ended_at=clock.now())
    ringing = await Notice.filter(subject_id=sub_order_id, rings_until__gt=clock.now())
    for notice in ringing:
        notice.rings_until = None
        notice.changed_at = clock.now()
        await notice.save(update_fields=["rings_until", "changed_at"])
        await outbox.record("notice.changed", notice.id, {"account_id": str(notice.account_id)})
