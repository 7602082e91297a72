"""What officers and those who took part are told of rounds of joint purchasing. Run again, it writes nothing more."""

from uuid import UUID

from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.purchasing.reading import committed_by_round
from cooperatives.purchasing.receiving import PART_RECEIVED
from cooperatives.purchasing.reminding import CLOSED, DUE
from cooperatives.units.access import KEEPERS
from marketplace.identity.models import RoleGrant
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.pages import READER, ROUND, Reader
from marketplace.notices.standing import tell_all
from marketplace.notices.writing import SELLING, officers_of
from marketplace.outbox import OutboxEvent

KINDS = {PART_RECEIVED: NoticeKind.JOINT_RECEIVED, DUE: NoticeKind.JOINT_DUE}
EVENTS = frozenset({CLOSED, *KINDS})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell the officers that joining is over; who took part, that his goods are here and what he owes by when."""
    if event.event == CLOSED:
        await _tell_closed(event)
        return
    part = await Commitment.get_or_none(pk=event.aggregate_id).select_related("round")
    if part is None or part.due_on is None:
        return
    values = {
        "title": part.round.title,
        "number": part.round.number,
        "quantity": part.received,
        "measure": part.round.measure,
        "amount": format_rupiah(part.outstanding),
        "day": f"{part.due_on:%d/%m/%Y}",
        ROUND: str(part.round_id),
        READER: (Reader.OFFICER if part.seller_id is None else Reader.SHOP).value,
    }
    if part.seller_id is not None:
        people, subject, id = await _shop(part.seller_id), SubjectType.SELLER, part.seller_id
    else:
        people, subject, id = await _keepers(part), SubjectType.COOPERATIVE, part.cooperative_id
    await tell_all(people, KINDS[event.event], event, subject, id, values)


async def _tell_closed(event: OutboxEvent) -> None:
    row = await PurchaseRound.get_or_none(pk=event.aggregate_id)
    if row is None:
        return
    committed = (await committed_by_round([row.pk])).get(row.pk, 0)
    values = {"title": row.title, "number": row.number, "quantity": committed, "measure": row.measure}
    people, subject = await officers_of(row.cooperative_id), SubjectType.COOPERATIVE
    await tell_all(people, NoticeKind.JOINT_CLOSED, event, subject, row.cooperative_id, values)


async def _keepers(part: Commitment) -> list[UUID]:
    return await officers_of(UUID(str(part.cooperative_id)), *KEEPERS)


async def _shop(seller_id: UUID) -> list[UUID]:
    grants = await RoleGrant.filter(seller_id=seller_id, role__in=SELLING, until=None).values("account_id")
    return sorted({row["account_id"] for row in grants})
