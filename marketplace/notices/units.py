"""What members are told of their debts to a unit and of their vehicles, its keepers of what runs low.

Run again, it writes nothing more.
"""

from datetime import date
from typing import Any
from uuid import UUID

from cooperatives.membership.models import Membership
from cooperatives.units.access import KEEPERS
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import tell_all
from marketplace.notices.writing import officers_of
from marketplace.outbox import OutboxEvent

#: What a member is told; who is no member is told at the counter.
KINDS = {
    "job_card.estimated": NoticeKind.JOB_ESTIMATED,
    "job_card.billed": NoticeKind.JOB_DONE,
    "unit.sold_on_credit": NoticeKind.UNIT_CREDIT_SALE,
}
LOW = "unit.item_low"
EVENTS = frozenset({*KINDS, LOW})


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell a member of his bill, his vehicle or his debt, or the keepers that an item is to be bought again."""
    told = event.payload
    if event.event == LOW:
        cooperative_id = UUID(told["cooperative_id"])
        values: dict[str, Any] = {"unit": told["unit"], "item": told["item"], "quantity": told["quantity"]}
        people = await officers_of(cooperative_id, *KEEPERS)
        await tell_all(people, NoticeKind.UNIT_ITEM_LOW, event, SubjectType.COOPERATIVE, cooperative_id, values)
        return
    if told["membership_id"] is None:
        return
    member = await Membership.get(pk=UUID(told["membership_id"]))
    values = {"unit": told["unit"], "number": told["number"], "amount": format_rupiah(told["total"])}
    if "due_on" in told:
        values["day"] = f"{date.fromisoformat(told['due_on']):%d/%m/%Y}"
    await tell_all([member.account_id], KINDS[event.event], event, SubjectType.MEMBERSHIP, member.pk, values)
