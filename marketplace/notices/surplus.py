"""What members are told of the surplus. A handler of the outbox: run again, it writes nothing twice."""

from uuid import UUID

from cooperatives.surplus.models import SurplusAllocation, SurplusShare
from marketplace.database import transaction
from marketplace.money import format_rupiah
from marketplace.notices.models import NoticeKind, SubjectType
from marketplace.notices.standing import cooperative_name
from marketplace.notices.writing import Telling, write
from marketplace.outbox import OutboxEvent

PAID = "surplus.shares_paid"


async def tell(adapters: object, event: OutboxEvent) -> None:
    """Tell each member of a batch that his share was paid, and how much it was."""
    allocation = await SurplusAllocation.get_or_none(id=event.aggregate_id)
    if allocation is None:
        return
    common = {"cooperative": await cooperative_name(allocation.cooperative_id), "number": allocation.number}
    shares = await SurplusShare.filter(pk__in=[UUID(id) for id in event.payload["shares"]])
    async with transaction():
        await write(
            [
                Telling(
                    event,
                    {share.account_id: NoticeKind.SURPLUS_PAID},
                    SubjectType.MEMBERSHIP,
                    share.membership_id,
                    common | {"amount": format_rupiah(share.amount)},
                )
                for share in shares
            ]
        )
