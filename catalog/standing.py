"""Whether a shop is a member's or hosted: it follows the membership of its owner. A handler of the outbox."""

from catalog.models import Seller
from cooperatives.membership import service as membership
from marketplace import outbox
from marketplace.database import transaction
from marketplace.outbox import OutboxEvent

EVENTS = ("membership.approved", "membership.ended")


async def follow(adapters: object, event: OutboxEvent) -> None:
    """Note of each shop of this member in the co-op how it now stands. Run again, it writes nothing twice.

    A shop whose owner has left goes on as a hosted one: whether it may sell is its co-op's decision (`suspendShop`).
    """
    row = await membership.membership_of_id(event.aggregate_id)
    if row is None:
        return
    is_member = await membership.is_member(row.account_id, row.cooperative_id)
    async with transaction():
        theirs = Seller.filter(owner_id=row.account_id, cooperative_id=row.cooperative_id, is_member=not is_member)
        for seller in await theirs.order_by("id"):
            await Seller.filter(pk=seller.pk).update(is_member=is_member)
            await outbox.record("seller.changed", seller.pk)
