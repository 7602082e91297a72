"""What members bought at their co-op's units, whatever way they paid: the purchases that jasa usaha goes by."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count, Sum

from cooperatives.ledger.accounts import Cause
from cooperatives.membership.models import Membership
from cooperatives.surplus.models import MemberPurchase

#: The cause of a purchase of which a part came back: it stays one purchase, of less.
PART_RETURNED = "unit.part_returned"


async def note_purchase(member: Membership, cause: Cause, amount: int, on: date) -> None:
    """A member bought for so much; below zero: it was taken back. Caller's transaction; once a cause."""
    row = MemberPurchase(
        cooperative_id=member.cooperative_id,
        membership_id=member.pk,
        cause_kind=cause.kind,
        cause_id=cause.id,
        amount=amount,
        bought_on=on,
    )
    await MemberPurchase.bulk_create([row], ignore_conflicts=True)


async def purchases_in(cooperative_id: UUID, first: date, last: date) -> Mapping[UUID, tuple[int, int]]:
    """Each member's purchases of these days, what was taken back left out: rupiah, and how often. One statement."""
    rows = (
        await MemberPurchase.filter(cooperative_id=cooperative_id, bought_on__gte=first, bought_on__lte=last)
        .annotate(
            volume=Sum("amount"),
            bought=Count("id", _filter=Q(amount__gt=0)),
            returned=Count("id", _filter=Q(amount__lt=0) & ~Q(cause_kind=PART_RETURNED)),
        )
        .group_by("membership_id")
        .values("membership_id", "volume", "bought", "returned")
    )
    return {
        UUID(str(row["membership_id"])): (int(row["volume"]), max(0, int(row["bought"]) - int(row["returned"])))
        for row in rows
    }
