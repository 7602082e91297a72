"""Who is told of what passes between co-ops: an alliance or terms that wait for an answer, goods at a hub.

Handlers of the outbox: run again, they write nothing twice.
"""

from uuid import UUID

from catalog.reads import sellers_by_id
from cooperatives.membership.models import Alliance, AllianceState, AllianceTerms, TermsState
from marketplace.identity.actor import Role
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.notices.writing import officers_of, people_of_shop
from marketplace.outbox import OutboxEvent

ALLIANCE_EVENTS = frozenset({"alliance.proposed", "alliance.terms_proposed"})


async def tell_of_alliance(adapters: object, event: OutboxEvent) -> None:
    """An alliance, or other terms for one, wait for the other side: its officers hear of it, while they wait."""
    row = await Alliance.get_or_none(id=event.aggregate_id)
    if row is None:
        return
    if event.event == "alliance.proposed":
        by = row.proposed_by_cooperative_id if row.state is AllianceState.PROPOSED else None
        kind = NoticeKind.ALLIANCE_PROPOSED
    else:
        waiting = await AllianceTerms.filter(alliance_id=row.id, state=TermsState.PROPOSED).first()
        by = None if waiting is None else waiting.proposed_by_cooperative_id
        kind = NoticeKind.ALLIANCE_TERMS_PROPOSED
    if by is None:
        return
    sides = (row.seller_cooperative_id, row.carrier_cooperative_id)
    other = sides[1] if by == sides[0] else sides[0]
    values = {"cooperative": await cooperative_name(by)}
    await tell_all(await officers_of(other), kind, event, SubjectType.COOPERATIVE, other, values)


async def tell_of_hub(adapters: object, event: OutboxEvent) -> None:
    """Goods lie at a hub: the shop hears where they stand, and dispatchers of goods that nobody fetched in time."""
    said = event.payload
    cooperative_id, seller_id = UUID(said["cooperative_id"]), UUID(said["seller_id"])
    seller = (await sellers_by_id([seller_id])).get(seller_id)
    values = {"hub": said["hub"], "shop": seller.name if seller else ""}
    if said["was_put_out"]:
        kind = NoticeKind.HUB_WINDOW_CLOSED
        people = await officers_of(cooperative_id, Role.DISPATCHER) or await officers_of(cooperative_id)
    else:
        kind = NoticeKind.HUB_TO_FETCH if said["is_back"] else NoticeKind.HUB_STORED
        people = await people_of_shop(seller_id)
    await tell_all(people, kind, event, SubjectType.JOB, event.aggregate_id, values)
