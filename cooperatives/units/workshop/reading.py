"""Job cards as members and keepers see them."""

from uuid import UUID

from cooperatives.dues.access import readable_membership
from cooperatives.units.access import read_unit
from cooperatives.units.workshop.lifecycle import JobState
from cooperatives.units.workshop.models import JobCard
from marketplace.identity.actor import Actor
from marketplace.paging import Page, page_by_id


async def list_jobs(
    actor: Actor, unit_id: UUID, *, state: JobState | None, first: int, after: str | None
) -> Page[JobCard]:
    """A unit's jobs, the latest booked first. Raises NotFound."""
    await read_unit(actor, unit_id)
    found = JobCard.filter(unit_id=unit_id)
    if state is not None:
        found = found.filter(state=state)
    return await page_by_id(found, first=first, after=after)


async def jobs_of(actor: Actor, membership_id: UUID, *, first: int, after: str | None) -> Page[JobCard]:
    """A member's jobs, the latest first: for himself and who reads his dues. Raises NotFound."""
    member = await readable_membership(actor, membership_id)
    return await page_by_id(JobCard.filter(membership_id=member.pk), first=first, after=after)
