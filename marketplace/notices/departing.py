"""Who is told of hearings, expulsions, and sheets that wait. A handler of the outbox: it writes nothing twice."""

from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.departures.models import Expulsion
from cooperatives.membership.service import cooperatives_by_id
from cooperatives.moving.models import MovingSet
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, person_name, tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent
from marketplace.zones import zone_of

PROPOSED = "moving.proposed"
KINDS = {
    "expulsion.called": NoticeKind.HEARING_CALLED,
    "expulsion.decided": NoticeKind.EXPULSION_DECIDED,
    "expulsion.dropped": NoticeKind.EXPULSION_DROPPED,
    "expulsion.appealed": NoticeKind.EXPULSION_APPEALED,
}
EVENTS = frozenset({PROPOSED, *KINDS})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell the member what is decided about him; officers of an appeal, and of a set that waits."""
    if event.event == PROPOSED:
        await _tell_of_set(event)
        return
    row = await Expulsion.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    cooperative = (await cooperatives_by_id([row.cooperative_id]))[row.cooperative_id]
    zone = ZoneInfo(zone_of(cooperative.region_code))
    values = {
        "cooperative": cooperative.name,
        "name": await person_name(row.account_id),
        "when": f"{row.hearing_at.astimezone(zone):%d/%m/%Y %H:%M}",
        "place": row.place,
        "grounds": row.grounds[:200],
        "decision": (row.decision or "")[:200],
        "until": f"{row.appeal_until:%d/%m/%Y}" if row.appeal_until else "",
    }
    is_appeal = event.event == "expulsion.appealed"
    people = await officers_of(row.cooperative_id) if is_appeal else [row.account_id]
    await tell_all(people, KINDS[event.event], event, SubjectType.MEMBERSHIP, row.membership_id, values)


async def _tell_of_set(event: OutboxEvent) -> None:
    cooperative_id = UUID(event.payload["cooperative_id"])
    row = await MovingSet.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    values = {"cooperative": await cooperative_name(cooperative_id), "members": row.totals["members"]}
    people = [id for id in await officers_of(cooperative_id) if id != row.proposed_by]
    kind = NoticeKind.MOVING_PROPOSED
    await tell_all(people, kind, event, SubjectType.COOPERATIVE, cooperative_id, values)
