"""Surplus as files, PDF and XLSX: how a co-op shared out its years, and every member's share of the latest."""

from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Cell
from cooperatives.dues.access import require_reader
from cooperatives.membership.models import Membership
from cooperatives.surplus import papers
from cooperatives.surplus.models import SurplusAllocation, SurplusShare, SurplusState
from marketplace.batches import rows_by
from marketplace.identity.actor import SYSTEM, Actor
from marketplace.identity.service import accounts_by_id


async def allocations(actor: Actor, cooperative_id: UUID, form: str, language: str) -> bytes:
    """Every allocation by its pools, then the latest one's shares by member number; replaced proposals left out.

    For those who read what members owe and save. Raises NotFound, also for another form, and TooLong.
    """
    require_reader(actor, cooperative_id)
    found = SurplusAllocation.filter(cooperative_id=cooperative_id).exclude(state=SurplusState.REPLACED)
    rows = await found.order_by("begins_on").limit(MOST_ENTRIES + 1)
    shares = await _shares(rows[-1]) if rows else []
    if max(len(rows), len(shares)) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    pools: list[tuple[Cell, ...]] = [
        (row.number, row.ends_on, *row.pools.values(), row.total, papers.state(row.state, language)) for row in rows
    ]
    made = [papers.allocations(pools, language)]
    if rows:
        made.append(papers.shares(await _told(shares, language), rows[-1].number, language))
    return await folders.bind(SYSTEM, cooperative_id, made, form, language, is_signed=True)


async def _shares(row: SurplusAllocation) -> list[SurplusShare]:
    return await SurplusShare.filter(allocation_id=row.pk).order_by("id").limit(MOST_ENTRIES + 1)


async def _told(shares: list[SurplusShare], language: str) -> list[tuple[Cell, ...]]:
    members = {row.pk: row for row in await rows_by(Membership, "id", {share.membership_id for share in shares})}
    people = await accounts_by_id(sorted({share.account_id for share in shares}))
    ordered = sorted(shares, key=lambda share: members[share.membership_id].number or 0)
    return [
        (
            members[share.membership_id].number,
            people[share.account_id].name,
            share.transactions,
            sum(share.business.values()),
            share.capital,
            share.patronage,
            share.amount,
            papers.outcome(share.excluded, is_paid=share.paid_at is not None, language=language),
        )
        for share in ordered
    ]
