"""What members earned through the co-op on a day: what their payable accounts were credited for work and sales."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Sum

from cooperatives.ledger.accounts import AccountRef, Phase, Purpose
from cooperatives.ledger.models import Transfer
from marketplace.identity.actor import Role
from marketplace.identity.models import RoleGrant

#: What credits a payable account and was not earned: a loan, a payout that came back, savings, a surplus.
NOT_EARNED = ("loan.", "payout.", "savings.", "surplus.")


async def payables_of(cooperative_id: UUID, accounts: Iterable[UUID]) -> dict[UUID, list[AccountRef]]:
    """For each person what the co-op owes him: as a driver, then for each shop that he owns. One statement."""
    found = {id: [AccountRef(cooperative_id, Purpose.DRIVER_PAYABLE, id)] for id in accounts}
    owners = RoleGrant.filter(account_id__in=list(found), role=Role.SELLER_OWNER, until__isnull=True).order_by("id")
    for grant in await owners:
        if grant.seller_id is not None:
            shop = AccountRef(cooperative_id, Purpose.SELLER_PAYABLE, UUID(str(grant.seller_id)))
            if shop not in found[grant.account_id]:
                found[grant.account_id].append(shop)
    return found


async def earned(refs: Iterable[AccountRef], since: datetime, until: datetime) -> Mapping[AccountRef, int]:
    """What each account was credited in this time, payouts that came back left out. One statement."""
    by_id = {ref.id(): ref for ref in refs}
    sums = dict.fromkeys(by_id.values(), 0)
    if not by_id:
        return sums
    found = (
        Transfer.filter(credit_account_id__in=list(by_id), created_at__gte=since, created_at__lt=until)
        .filter(phase__in=[Phase.SINGLE, Phase.POST])
        .exclude(Q(*(Q(kind__startswith=prefix) for prefix in NOT_EARNED), join_type=Q.OR))
        .annotate(total=Sum("amount"))
        .group_by("credit_account_id")
    )
    for row in await found.values("credit_account_id", "total"):
        sums[by_id[row["credit_account_id"]]] = int(row["total"])
    return sums
