"""What members are told of their vehicles in a workshop. Run again, it writes nothing more."""

from uuid import UUID

from cooperatives.membership.models import Membership
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import tell_all
from marketplace.outbox import OutboxEvent

EVENTS = frozenset({"job_card.estimated"})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Ask the member whether the work may cost so much; who is no member is asked at the counter."""
    told = event.payload
    if told["membership_id"] is None:
        return
    member = await Membership.get(pk=UUID(told["membership_id"]))
    values = {"unit": told["unit"], "number": told["number"], "amount": format_rupiah(told["total"])}
    people = [member.account_id]
    await tell_all(people, NoticeKind.JOB_ESTIMATED, event, SubjectType.MEMBERSHIP, member.pk, values)
