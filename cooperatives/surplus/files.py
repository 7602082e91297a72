"""Surplus as files, PDF and XLSX: how a co-op shared out its years, and every member's share of the latest."""

from datetime import date
from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Cell, Paper
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
    made = [papers.allocations([_line(row, language) for row in rows], language)]
    if rows:
        made.append(papers.shares(await _told(shares, language), rows[-1].number, language))
    return await folders.bind(SYSTEM, cooperative_id, made, form, language, is_signed=True)


def _line(row: SurplusAllocation, language: str) -> tuple[Cell, ...]:
    return (row.number, row.ends_on, *row.pools.values(), row.total, papers.state(row.state, language))


async def pool_paper(cooperative_id: UUID, begins_on: date, language: str) -> Paper | None:
    """How the surplus of the book year that begins on that day is shared out by pools; None: nobody proposed it.

    The caller has authorised.
    """
    found = SurplusAllocation.filter(cooperative_id=cooperative_id, begins_on=begins_on)
    row = await found.exclude(state=SurplusState.REPLACED).order_by("-id").first()
    return None if row is None else papers.pools(row.number, row.pools, row.total, language)


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
