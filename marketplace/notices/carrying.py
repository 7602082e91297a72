"""Who is told of drivers and of deliveries booked alone. Handlers of the outbox: run again, they write nothing twice.

Notices stand beside deliveries and may not import them: what must be read of a driver comes by `Drivers`, which
`wiring` passes.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol, TypeAlias
from uuid import UUID

from catalog.reads import sellers_by_id
from marketplace.database import transaction
from marketplace.identity.actor import Role
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.pages import ORDER, Reader
from marketplace.notices.standing import cooperative_name, tell_all, tell_sides
from marketplace.notices.writing import Telling, officers_of, people_of_shop, write
from marketplace.outbox import OutboxEvent


class DriverFacts(Protocol):
    """What is told of a driver."""

    account_id: UUID
    cooperative_id: UUID
    name: str
    reason: str | None


Drivers: TypeAlias = Callable[[Sequence[UUID]], Awaitable[Mapping[UUID, DriverFacts]]]
Handler: TypeAlias = Callable[[object, OutboxEvent], Awaitable[None]]

DRIVER_EVENTS = frozenset({"driver.applied", "driver.decided"})
DECIDED = {
    "APPROVED": NoticeKind.DRIVER_APPROVED,
    "REFUSED": NoticeKind.DRIVER_REFUSED,
    "SUSPENDED": NoticeKind.DRIVER_SUSPENDED,
}
SHOP_HEARS = {
    "job.assigned": NoticeKind.BOOKED_ASSIGNED,
    "job.unserved": NoticeKind.BOOKED_UNSERVED,
    "job.repriced": NoticeKind.BOOKED_REPRICED,
    "job.delivered": NoticeKind.BOOKED_DELIVERED,
    "job.returning": NoticeKind.BOOKED_RETURNING,
    "job.returned": NoticeKind.BOOKED_RETURNED,
}
DRIVER_HEARS = {"job.assigned": NoticeKind.BOOKED_JOB_ASSIGNED, "job.cancelled": NoticeKind.BOOKED_JOB_CANCELLED}
JOB_EVENTS = frozenset({*SHOP_HEARS, *DRIVER_HEARS})


def telling_of(drivers: Drivers) -> Handler:
    """The handler of what is decided on drivers."""

    async def tell(adapters: object, event: OutboxEvent) -> None:
        driver = (await drivers([event.aggregate_id])).get(event.aggregate_id)
        kind = DECIDED.get(event.payload.get("state", ""), NoticeKind.DRIVER_APPLIED)
        if driver is None:
            return
        is_asked = kind is NoticeKind.DRIVER_APPLIED
        people = await officers_of(driver.cooperative_id) if is_asked else [driver.account_id]
        values = {
            "name": driver.name,
            "cooperative": await cooperative_name(driver.cooperative_id),
            "reason": driver.reason or "",
        }
        await tell_all(people, kind, event, SubjectType.DRIVER, event.aggregate_id, values)

    return tell


async def tell_of_hand_over(adapters: object, event: OutboxEvent) -> None:
    """Goods on the road are offered to another driver: he hears of it."""
    seller_id = UUID(event.payload["seller_id"])
    seller = (await sellers_by_id([seller_id])).get(seller_id)
    values = {"shop": seller.name if seller else ""}
    taker = UUID(event.payload["taker_account_id"])
    await tell_all([taker], NoticeKind.HAND_OVER_OFFERED, event, SubjectType.JOB, event.aggregate_id, values)


async def tell_of_appeal(adapters: object, event: OutboxEvent) -> None:
    """A driver appeals: the officers whose policy it was hear of it; answered, he does."""
    said = event.payload
    cooperative_id = UUID(said["cooperative_id"])
    is_new = event.event == "dispatch.appealed"
    kind = NoticeKind.DISPATCH_APPEALED if is_new else NoticeKind.DISPATCH_ANSWERED
    driver = UUID(said["driver_account_id"])
    people = [id for id in await officers_of(cooperative_id) if id != driver] if is_new else [driver]
    values = {"cooperative": await cooperative_name(cooperative_id)}
    await tell_all(people, kind, event, SubjectType.JOB, UUID(said["job_id"]), values)


async def tell_of_plan(adapters: object, event: OutboxEvent) -> None:
    """A planned shift was called off, or a place in it was taken by another: those whose it was hear of it."""
    kind = NoticeKind.SHIFT_TAKEN if event.event == "shift_slot.taken" else NoticeKind.SHIFT_CANCELLED
    people = [UUID(id) for id in event.payload["account_ids"]]
    values = {name: event.payload[name] for name in ("cooperative", "when", "reason")}
    cooperative_id = UUID(event.payload["cooperative_id"])
    await tell_all(people, kind, event, SubjectType.COOPERATIVE, cooperative_id, values)


async def tell_of_late(adapters: object, event: OutboxEvent) -> None:
    """A delivery runs late: its buyer, the shop, and the dispatchers of who carries it hear of it."""
    said = event.payload
    kind = NoticeKind.LATE_READY if said["kind"] == "READY" else NoticeKind.LATE_RIDER
    seller_id, carrier_id = UUID(said["seller_id"]), UUID(said["carrier_id"] or said["cooperative_id"])
    officers = await officers_of(carrier_id, Role.DISPATCHER) or await officers_of(carrier_id)
    sides = dict.fromkeys(officers, Reader.OFFICER)
    sides |= dict.fromkeys(await people_of_shop(seller_id), Reader.SHOP)
    if said["buyer_id"]:
        sides[UUID(said["buyer_id"])] = Reader.BUYER
    seller = (await sellers_by_id([seller_id])).get(seller_id)
    values = {
        "shop": seller.name if seller else "",
        "number": said["number"],
        "minutes": said["minutes"],
        ORDER: said["order_id"],
    }
    is_order = said["sub_order_id"] is not None
    subject = SubjectType.SUB_ORDER if is_order else SubjectType.JOB
    subject_id = UUID(said["sub_order_id"]) if is_order else event.aggregate_id
    await tell_sides(sides, kind, event, subject, subject_id, values)


async def tell_of_weekly(adapters: object, event: OutboxEvent) -> None:
    """A day of a weekly delivery could not be made: the shop hears why."""
    said = event.payload
    seller_id = UUID(said["seller_id"])
    seller = (await sellers_by_id([seller_id])).get(seller_id)
    values = {"shop": seller.name if seller else "", **{name: said[name] for name in ("on", "why_id", "why_en")}}
    people = await people_of_shop(seller_id)
    await tell_all(people, NoticeKind.WEEKLY_NOT_MADE, event, SubjectType.SELLER, seller_id, values)


async def tell_of_booked(adapters: object, event: OutboxEvent) -> None:
    """What happens to a delivery booked alone: to the shop that booked it, and to its driver."""
    if event.payload.get("sub_order_id") is not None:
        return  # the order's people are told by `writing`
    seller_id = UUID(event.payload["seller_id"])
    told: dict[UUID, NoticeKind] = {}
    if event.event in SHOP_HEARS:
        told = dict.fromkeys(await people_of_shop(seller_id), SHOP_HEARS[event.event])
    driver = event.payload.get("driver_account_id")
    if driver and driver != event.payload.get("by_id") and event.event in DRIVER_HEARS:
        told[UUID(driver)] = DRIVER_HEARS[event.event]
    seller = (await sellers_by_id([seller_id])).get(seller_id)
    values = {"shop": seller.name if seller else ""}
    async with transaction():
        await write([Telling(event, told, SubjectType.JOB, event.aggregate_id, values)])
