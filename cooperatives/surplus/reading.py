"""A surplus as members and officers see it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from cooperatives.dues.access import READERS, may_read, readable_membership, require_reader
from cooperatives.surplus.models import SurplusAllocation, SurplusShare, SurplusState
from marketplace.batches import rows_by
from marketplace.identity.actor import Actor
from marketplace.paging import Page, page_by_id

#: What a member sees: the meeting has decided on it, or decides on it next.
_SHOWN = (SurplusState.PROPOSED, SurplusState.POSTED, SurplusState.PAID)


async def list_allocations(
    actor: Actor, cooperative_id: UUID, *, first: int, after: str | None
) -> Page[SurplusAllocation]:
    """A co-op's allocations, the latest first, replaced ones too, for those who read its dues. Raises NotFound."""
    require_reader(actor, cooperative_id)
    return await page_by_id(SurplusAllocation.filter(cooperative_id=cooperative_id), first=first, after=after)


async def seen_allocation(actor: Actor, allocation_id: UUID) -> SurplusAllocation | None:
    """One allocation, for those who read its co-op's dues, and members who have a share in it; else None."""
    row = await SurplusAllocation.get_or_none(pk=allocation_id)
    if row is None or actor.account_id is None:
        return None
    if actor.holds(*READERS, cooperative_id=row.cooperative_id):
        return row
    has_share = await SurplusShare.exists(allocation_id=row.pk, account_id=actor.account_id)
    return row if has_share and row.state in _SHOWN else None


async def list_shares(
    actor: Actor, allocation: SurplusAllocation, *, first: int, after: str | None
) -> Page[SurplusShare]:
    """Every member's share of an allocation. Those who read the co-op's dues. Raises NotFound."""
    require_reader(actor, allocation.cooperative_id)
    found = SurplusShare.filter(allocation_id=allocation.pk)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def shares_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[SurplusShare]:
    """A member's shares, the latest year first; of what was replaced none. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    shown = SurplusAllocation.filter(cooperative_id=member.cooperative_id, state__in=_SHOWN)
    ids = [UUID(str(id)) for id in await shown.values_list("id", flat=True)]
    found = SurplusShare.filter(membership_id=member.pk, allocation_id__in=ids)
    return await page_by_id(found, first=first, after=after)


async def seen_share(actor: Actor, share_id: UUID) -> SurplusShare | None:
    """One share, for its member and those who read his co-op's dues."""
    row = await SurplusShare.get_or_none(pk=share_id)
    return row if row is not None and await may_read(actor, row.membership_id) else None


async def allocations_by_id(ids: Sequence[UUID]) -> Mapping[UUID, SurplusAllocation]:
    """These allocations. One statement. The caller has authorised."""
    return {row.pk: row for row in await rows_by(SurplusAllocation, "id", set(ids))}
