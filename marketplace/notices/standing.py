"""Who is told when someone asks to join a co-op, and of its offices. A handler of the outbox."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from cooperatives.membership.models import Membership, OfficeChange, OfficeChangeState
from cooperatives.membership.service import cooperatives_by_id
from marketplace.database import transaction
from marketplace.identity.service import accounts_by_id
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.pages import Reader
from marketplace.notices.writing import Telling, officers_of, write
from marketplace.outbox import OutboxEvent

KINDS = {
    "membership.applied": NoticeKind.MEMBERSHIP_APPLIED,
    "membership.approved": NoticeKind.MEMBERSHIP_APPROVED,
    "membership.refused": NoticeKind.MEMBERSHIP_REFUSED,
    "membership.ended": NoticeKind.MEMBERSHIP_ENDED,
}
OFFICE_EVENTS = frozenset({"office.proposed", "office.changed", "office.withdrawn"})
EVENTS = frozenset({*KINDS, *OFFICE_EVENTS})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Write the notices that follow from this event; run again, it writes nothing twice."""
    await (_tell_of_office(event) if event.event in OFFICE_EVENTS else _tell_of_membership(event))


async def _tell_of_membership(event: OutboxEvent) -> None:
    row = await Membership.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    values = {
        "cooperative": await cooperative_name(row.cooperative_id),
        "name": await person_name(row.account_id),
        "member": row.number or "",
        "reason": row.reason or "",
    }
    is_asked = event.event == "membership.applied"
    people = await officers_of(row.cooperative_id) if is_asked else [row.account_id]
    await tell_all(people, KINDS[event.event], event, SubjectType.MEMBERSHIP, row.id, values)


async def _tell_of_office(event: OutboxEvent) -> None:
    """A change that waits or is withdrawn concerns the officers; one that is done, its holder."""
    row = await OfficeChange.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    values = {
        "cooperative": await cooperative_name(row.cooperative_id),
        "name": await person_name(row.account_id),
        "role": row.role.value,
    }
    if event.event == "office.changed":
        people = [row.account_id] if row.state is OfficeChangeState.DONE else []
        kind = NoticeKind.OFFICE_GIVEN if row.is_grant else NoticeKind.OFFICE_ENDED
    else:
        people = [id for id in await officers_of(row.cooperative_id) if id != row.proposed_by]
        is_open = event.event == "office.proposed"
        kind = NoticeKind.OFFICE_PROPOSED if is_open else NoticeKind.OFFICE_WITHDRAWN
    await tell_all(people, kind, event, SubjectType.COOPERATIVE, row.cooperative_id, values)


async def cooperative_name(id: UUID) -> str:
    """What the co-op is called; empty when there is none."""
    row = (await cooperatives_by_id([id])).get(id)
    return row.name if row else ""


async def person_name(id: UUID) -> str:
    """What the account's owner is called; empty when not known."""
    row = (await accounts_by_id([id])).get(id)
    return row.name if row else ""


async def tell_all(
    people: Iterable[UUID],
    kind: NoticeKind,
    event: OutboxEvent,
    subject_type: SubjectType,
    subject_id: UUID,
    values: dict[str, Any],
    part: str = "",
) -> None:
    """The same notice to each, in a transaction of its own; once an event and `part` of it."""
    async with transaction():
        await write([Telling(event, dict.fromkeys(people, kind), subject_type, subject_id, values, part=part)])


async def tell_sides(
    sides: Mapping[UUID, Reader],
    kind: NoticeKind,
    event: OutboxEvent,
    subject_type: SubjectType,
    subject_id: UUID,
    values: dict[str, Any],
) -> None:
    """The same notice to each, as one of this side; in a transaction of its own, once an event."""
    telling = Telling(event, dict.fromkeys(sorted(sides), kind), subject_type, subject_id, values)
    async with transaction():
        await write(telling.by_reader(sides))
