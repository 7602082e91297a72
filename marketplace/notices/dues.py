"""What members are told of their dues. A handler of the outbox: run again, it writes nothing twice.

What one who died left unpaid is told to chair and treasurer, who speak with his heirs, or with who stands behind it.
"""

from cooperatives.dues.reminding import EVENT
from cooperatives.dues.transfers import member_reference
from cooperatives.membership.categories import EndCause
from cooperatives.membership.entries import entries_by_id
from cooperatives.membership.models import Membership
from marketplace.identity.actor import Role
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name, person_name, tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent

EVENTS = frozenset({EVENT})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell a member how much has come due and is not paid; of one who died, those who collect it."""
    member = await Membership.get_or_none(id=event.aggregate_id)
    if member is None:
        return
    values = {
        "cooperative": await cooperative_name(member.cooperative_id),
        "amount": format_rupiah(event.payload["amount"]),
        "reference": member_reference(member.pk),
    }
    people, kind = [member.account_id], NoticeKind.DUES_MISSED
    entry = (await entries_by_id([member.pk])).get(member.pk)
    if entry is not None and entry.end_cause is EndCause.DIED:
        values["name"] = await person_name(member.account_id)
        people = await officers_of(member.cooperative_id, Role.CHAIR, Role.TREASURER)
        kind = NoticeKind.DUES_OF_DEAD
    await tell_all(people, kind, event, SubjectType.MEMBERSHIP, member.pk, values)
