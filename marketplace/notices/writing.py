"""Who is told what when something happens. Handlers of the outbox: run again, they write nothing twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.expressions import Q

from catalog.reads import sellers_by_id
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import connection, transaction
from marketplace.identity.actor import OFFICERS, Role
from marketplace.identity.models import RoleGrant
from marketplace.inserts import insert_unless_there
from marketplace.money import format_rupiah
from marketplace.notices.models import Notice, NoticeKind, Ring, SubjectType
from marketplace.notices.pages import EVENT_OF, ORDER, READER, Reader
from marketplace.orders.lifecycle import AWAITING_SELLER, Side, SubOrderEvent
from marketplace.orders.models import StateChange, SubOrder
from marketplace.outbox import OutboxEvent

RING_EVERY = timedelta(seconds=30)
RING_LONGEST = timedelta(minutes=10)
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)
#: Notices in one statement.
MOST_AT_ONCE = 500

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
#: Notices that are sent by every way, whatever it costs.
URGENT = frozenset({NoticeKind.SOS_RAISED})
#: Events whose reason is told with them.
REASONED = frozenset({"sub_order.cancelled", "sub_order.disputed", "sub_order.resolved"})
#: Events after which an order has been answered, or needs no answer any more.
ANSWERS = frozenset(
    {"sub_order.accepted", "sub_order.declined", "sub_order.cancelled", "sub_order.expired", "sub_order.ready"}
)
EVENTS = frozenset({*BUYER_HEARS, *SHOP_HEARS, *DRIVER_HEARS})


@dataclass(frozen=True, slots=True)
class Telling:
    """What one event makes of notices: who is told what of which thing."""

    event: OutboxEvent
    told: Mapping[UUID, NoticeKind]
    subject_type: SubjectType
    subject_id: UUID
    values: Mapping[str, Any]
    rings_until: datetime | None = None
    part: str = ""

    @property
    def source(self) -> str:
        """What a notice of it is written once for: the event, and the part of it."""
        return f"outbox:{self.event.id}:{self.part}" if self.part else f"outbox:{self.event.id}"

    def by_reader(self, readers: Mapping[UUID, Reader]) -> list["Telling"]:
        """The same, apart for each side of those who are told: it says where their notice leads."""
        sides = {side: {id: self.told[id] for id in self.told if readers[id] is side} for side in Reader}
        return [
            replace(self, told=told, values={**self.values, READER: side.value})
            for side, told in sides.items()
            if told
        ]


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event, and start or end the order's ring."""
    await tell_all(adapters, [event])


async def tell_all(adapters: object, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """`tell` of several events, each of another aggregate, in as many statements as of one; leaves none."""
    sub_orders = await _sub_orders_of(events)
    heard = [(event, sub_orders[event.id]) for event in events if event.id in sub_orders]
    kinds = await _shop_kinds(heard)
    people = await people_of_shops([row.seller_id for event, row in heard if event.id in kinds])
    told = {event.id: _told(event, row, kinds, people) for event, row in heard}
    for event, row in heard:
        if event.event == "sub_order.disputed":
            officers = await officers_of(row.cooperative_id)
            told[event.id] = dict.fromkeys(officers, NoticeKind.ORDER_DISPUTED) | told[event.id]
    readers = {event.id: _readers(told[event.id], event, row, kinds, people) for event, row in heard}
    tellings = await _tellings([(event, row) for event, row in heard if told[event.id]], told, readers)
    answered = [row.id for event, row in heard if event.event in ANSWERS]
    if not tellings and not answered:
        return []
    async with transaction():
        await stop_ringing(answered)
        await _start_ringing([(sub_orders[one.event.id], one.rings_until) for one in tellings if one.rings_until])
        await write(tellings)
    return []


def _told(
    event: OutboxEvent, sub_order: SubOrder, kinds: Mapping[int, NoticeKind], people: Mapping[UUID, Sequence[UUID]]
) -> dict[UUID, NoticeKind]:
    told = _driver(event)
    if event.id in kinds:
        told |= dict.fromkeys(people.get(sub_order.seller_id, ()), kinds[event.id])
    if event.event in BUYER_HEARS:
        told.setdefault(sub_order.buyer_id, BUYER_HEARS[event.event])
    return told


def _readers(
    told: Iterable[UUID],
    event: OutboxEvent,
    sub_order: SubOrder,
    kinds: Mapping[int, NoticeKind],
    people: Mapping[UUID, Sequence[UUID]],
) -> dict[UUID, Reader]:
    """As which side each of these is told, as `_told` chose."""
    shop = people.get(sub_order.seller_id, ()) if event.id in kinds else ()
    return (
        dict.fromkeys(told, Reader.OFFICER)
        | {sub_order.buyer_id: Reader.BUYER}
        | dict.fromkeys(_driver(event), Reader.DRIVER)
        | dict.fromkeys(shop, Reader.SHOP)
    )


async def _tellings(
    heard: Sequence[tuple[OutboxEvent, SubOrder]],
    told: Mapping[int, Mapping[UUID, NoticeKind]],
    readers: Mapping[int, Mapping[UUID, Reader]],
) -> list[Telling]:
    sellers = await sellers_by_id(sorted({row.seller_id for _, row in heard}))
    reasons = await _reasons([row for event, row in heard if event.event in REASONED])
    until = clock.now() + RING_LONGEST
    tellings: list[Telling] = []
    for event, row in heard:
        seller = sellers.get(row.seller_id)
        values = {
            "number": row.number,
            "shop": seller.name if seller else "",
            "total": format_rupiah(row.total),
            "method": row.payment_method.value if row.payment_method else "",
            "reason": reasons.get(row.id, "") if event.event in REASONED else "",
            ORDER: str(row.order_id),
        }
        rings = event.event == "sub_order.paid" and row.state in AWAITING_SELLER
        whole = Telling(event, told[event.id], SubjectType.SUB_ORDER, row.id, values, until if rings else None)
        tellings += whole.by_reader(readers[event.id])
    return tellings


async def write(tellings: Sequence[Telling]) -> None:
    """One notice an account, once an event and `part` of it, in the caller's transaction."""
    notices = [
        Notice(
            account_id=account_id,
            kind=telling.told[account_id],
            subject_type=telling.subject_type,
            subject_id=telling.subject_id,
            values={**telling.values, EVENT_OF: str(telling.event.aggregate_id)},
            source=telling.source,
            rings_until=telling.rings_until,
        )
        for telling in tellings
        for account_id in sorted(telling.told)
    ]
    written: set[UUID] = set()
    for start in range(0, len(notices), MOST_AT_ONCE):
        written |= await insert_unless_there(notices[start : start + MOST_AT_ONCE], connection())
    for notice in notices:
        if notice.id in written:
            # An order that rings is called for; this notice of it is for the inbox alone.
            said = "notice.changed" if notice.kind is NoticeKind.ORDER_TO_ANSWER else "notice.written"
            urgent = {"is_urgent": True} if notice.kind in URGENT else {}
            await outbox.record(said, notice.id, {"account_id": str(notice.account_id), **urgent})


async def _sub_orders_of(events: Sequence[OutboxEvent]) -> dict[int, SubOrder]:
    """Each event's sub-order. A job booked alone has none: its people watch the job itself."""
    ids: dict[int, UUID] = {}
    for event in events:
        if id := event.payload.get("sub_order_id"):
            ids[event.id] = UUID(id)
        elif event.event.startswith("sub_order."):
            ids[event.id] = event.aggregate_id
    rows = {row.id: row for row in await rows_by(SubOrder, "id", sorted(set(ids.values())))}
    return {event_id: rows[id] for event_id, id in ids.items() if id in rows}


async def _reasons(sub_orders: Sequence[SubOrder]) -> dict[UUID, str]:
    """Why each of these is in its state, where someone said."""
    states = {row.id: row.state for row in sub_orders}
    changes = await rows_by(StateChange, "sub_order_id", sorted(states), order="version")
    return {change.sub_order_id: change.reason for change in changes if change.state is states[change.sub_order_id]}


async def _shop_kinds(heard: Sequence[tuple[OutboxEvent, SubOrder]]) -> dict[int, NoticeKind]:
    """What the shop's people are told; of an order answered before they could hear of it, only what nobody did."""
    kinds = {event.id: SHOP_HEARS[event.event] for event, _ in heard if event.event in SHOP_HEARS}
    late = [(e, row) for e, row in heard if e.event == "sub_order.paid" and row.state not in AWAITING_SELLER]
    accepted = await rows_by(
        StateChange, "sub_order_id", sorted({row.id for _, row in late}), event=SubOrderEvent.ACCEPT.value
    )
    by_itself = {change.sub_order_id for change in accepted if change.side is Side.SYSTEM}
    for event, row in late:
        if row.id in by_itself:
            kinds[event.id] = NoticeKind.ORDER_RECEIVED
        else:
            del kinds[event.id]
    return kinds


async def people_of_shop(seller_id: UUID) -> list[UUID]:
    """The accounts that own this shop or work in it now."""
    return (await people_of_shops([seller_id])).get(seller_id, [])


async def people_of_shops(seller_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The people of each shop, by id."""
    now = clock.now()
    found: dict[UUID, set[UUID]] = {}
    for grant in await rows_by(RoleGrant, "seller_id", sorted(set(seller_ids))):
        if grant.seller_id is not None and grant.role in SELLING and (grant.until is None or grant.until > now):
            found.setdefault(grant.seller_id, set()).add(grant.account_id)
    return {id: sorted(accounts) for id, accounts in found.items()}


async def officers_of(cooperative_id: UUID, *roles: Role) -> list[UUID]:
    """The accounts that hold an office in this co-op now; where `roles` are given, one of these."""
    wanted = list(roles or OFFICERS)
    grants = await RoleGrant.filter(
        Q(until=None) | Q(until__gt=clock.now()), cooperative_id=cooperative_id, role__in=wanted
    ).values("account_id")
    return sorted({row["account_id"] for row in grants})


def _driver(event: OutboxEvent) -> dict[UUID, NoticeKind]:
    """What the driver is told; of what he did himself, nothing."""
    account = event.payload.get("driver_account_id")
    if not account or account == event.payload.get("by_id") or event.event not in DRIVER_HEARS:
        return {}
    return {UUID(account): DRIVER_HEARS[event.event]}


async def _start_ringing(orders: Sequence[tuple[SubOrder, datetime]]) -> None:
    next_at = clock.now() + RING_EVERY
    rings = [
        Ring(sub_order_id=row.id, seller_id=row.seller_id, step=1, next_at=next_at, ends_at=until)
        for row, until in orders
    ]
    new = await insert_unless_there(rings, connection())
    for ring in rings:
        if ring.id in new:
            await outbox.record("ring.due", ring.sub_order_id, {"step": 1})


async def stop_ringing(sub_order_ids: Sequence[UUID]) -> None:
    """Someone answered: no call more, and the apps fall silent. In the caller's transaction."""
    if not sub_order_ids:
        return
    now = clock.now()
    rung = [
        ring
        for ring in await rows_by(Ring, "sub_order_id", sorted(sub_order_ids), order="id", lock=True)
        if ring.ended_at is None
    ]
    if not rung:
        return
    await Ring.filter(id__in=[ring.id for ring in rung]).update(ended_at=now)
    told = await rows_by(Notice, "subject_id", [ring.sub_order_id for ring in rung], order="id", lock=True)
    ringing = [notice for notice in told if notice.rings_until is not None and notice.rings_until > now]
    await Notice.filter(id__in=[notice.id for notice in ringing]).update(rings_until=None, changed_at=now)
    for notice in ringing:
        await outbox.record("notice.changed", notice.id, {"account_id": str(notice.account_id)})
