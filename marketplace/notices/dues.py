"""What members are told of their dues. A handler of the outbox: run again, it writes nothing twice."""

from cooperatives.dues.reminding import EVENT
from cooperatives.dues.transfers import member_reference
from cooperatives.membership.models import Membership
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, tell_all
from marketplace.outbox import OutboxEvent

EVENTS = frozenset({EVENT})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell a member how much has come due and is not paid."""
    member = await Membership.get_or_none(id=event.aggregate_id)
    if member is None:
        return
    values = {
        "cooperative": await cooperative_name(member.cooperative_id),
        "amount": format_rupiah(event.payload["amount"]),
        "reference": member_reference(member.pk),
    }
    people, kind = [member.account_id], NoticeKind.DUES_MISSED
    await tell_all(people, kind, event, SubjectType.MEMBERSHIP, member.pk, values)
