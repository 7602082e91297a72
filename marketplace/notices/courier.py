"""Who is told of a courier's work: a message, an incident, a call for help, a tip. Handlers of the outbox.

Run again, they write nothing twice. What must be read of a driver comes by `Drivers`, which `wiring` passes. What was
said in a message stays with its job: the notice says only that there is one.
"""

from datetime import timedelta
from uuid import UUID

from catalog.reads import sellers_by_id
from marketplace import clock
from marketplace.database import transaction
from marketplace.identity.actor import Role
from marketplace.money import format_rupiah
from marketplace.notices.carrying import Drivers, Handler
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.pages import Reader
from marketplace.notices.standing import tell_all, tell_sides
from marketplace.notices.writing import Telling, officers_of, people_of_shop, write
from marketplace.outbox import OutboxEvent

#: So long a call for help rings unless someone answers.
SOS_RINGS = timedelta(minutes=15)
SOS_EVENTS = frozenset({"sos.raised", "sos.acknowledged", "sos.closed"})
_DRIVER_HEARS = {"sos.acknowledged": NoticeKind.SOS_ACKNOWLEDGED, "sos.closed": NoticeKind.SOS_CLOSED}


async def tell_of_message(adapters: object, event: OutboxEvent) -> None:
    """The other side of a talk hears that something was said."""
    seller_id = UUID(event.payload["seller_id"])
    sides = {UUID(id): Reader.BUYER for id in event.payload["accounts"]}
    if event.payload["to_shop"]:
        sides |= dict.fromkeys(await people_of_shop(seller_id), Reader.SHOP)
    driver = event.payload.get("driver_account_id")
    if driver and UUID(driver) in sides:
        sides[UUID(driver)] = Reader.DRIVER
    seller = (await sellers_by_id([seller_id])).get(seller_id)
    values = {"shop": seller.name if seller else ""}
    await tell_sides(sides, NoticeKind.JOB_MESSAGE, event, SubjectType.JOB, event.aggregate_id, values)


async def tell_of_tip(adapters: object, event: OutboxEvent) -> None:
    """The driver hears of a tip."""
    driver = UUID(event.payload["driver_account_id"])
    values = {"amount": format_rupiah(int(event.payload["amount"]))}
    await tell_all([driver], NoticeKind.TIP_GIVEN, event, SubjectType.JOB, event.aggregate_id, values)


def telling_of_incidents(drivers: Drivers) -> Handler:
    """The handler of what stops a driver: dispatchers and officers of the co-ops whom it concerns hear."""

    async def tell(adapters: object, event: OutboxEvent) -> None:
        values = {"name": await _name(drivers, event), "incident": event.payload["kind"]}
        people = await _who_answer(event)
        await tell_all(people, NoticeKind.JOB_INCIDENT, event, SubjectType.JOB, event.aggregate_id, values)

    return tell


def telling_of_sos(drivers: Drivers) -> Handler:
    """The handler of calls for help: they ring at all who can send someone, and the driver hears what is done."""

    async def tell(adapters: object, event: OutboxEvent) -> None:
        values = {"name": await _name(drivers, event)}
        if event.event in _DRIVER_HEARS:
            people, kind = [UUID(event.payload["account_id"])], _DRIVER_HEARS[event.event]
            await tell_all(people, kind, event, SubjectType.SOS_ALERT, event.aggregate_id, values)
            return
        told = dict.fromkeys(await _who_answer(event), NoticeKind.SOS_RAISED)
        rings_until = clock.now() + SOS_RINGS
        telling = Telling(event, told, SubjectType.SOS_ALERT, event.aggregate_id, values, rings_until=rings_until)
        async with transaction():
            await write([telling])

    return tell


async def _name(drivers: Drivers, event: OutboxEvent) -> str:
    id = UUID(event.payload["driver_id"])
    driver = (await drivers([id])).get(id)
    return driver.name if driver is not None else ""


async def _who_answer(event: OutboxEvent) -> list[UUID]:
    """Officers and dispatchers of the co-ops that the event names."""
    people: set[UUID] = set()
    for id in event.payload["cooperative_ids"]:
        people |= set(await officers_of(UUID(id)))
        people |= set(await officers_of(UUID(id), Role.DISPATCHER))
    return sorted(people)
