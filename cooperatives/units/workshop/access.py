"""Who sees and moves a job card, and how one step of it is taken."""

from uuid import UUID

from cooperatives.membership.models import Membership
from cooperatives.units.access import KEEPERS, READERS
from cooperatives.units.models import BusinessUnit
from cooperatives.units.workshop.lifecycle import JobEvent, Side, step
from cooperatives.units.workshop.models import JobCard
from marketplace.database import locked_one
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import Actor, Forbidden, signed_in


class JobWrongState(MarketplaceError):
    """This job is {state}: that can't be done with it now."""

    code = Code.WRONG_STATE
    pesan = "Pekerjaan ini berstatus {state}: hal itu tidak dapat dilakukan sekarang."


async def hold_job(actor: Actor, job_id: UUID) -> tuple[BusinessUnit, JobCard, Side]:
    """The job's unit and the job, locked, and on whose behalf the actor moves it.

    Raises Unauthenticated, NotFound.
    """
    account_id = signed_in(actor)
    known = await JobCard.get_or_none(pk=job_id)
    unit = None if known is None else await locked_one(BusinessUnit, known.unit_id)
    job = None if known is None else await locked_one(JobCard, job_id)
    if unit is None or job is None:
        raise NotFound("job")
    if actor.holds(*KEEPERS, cooperative_id=job.cooperative_id):
        return unit, job, Side.KEEPER
    if not await _is_own(account_id, job):
        raise NotFound("job")
    return unit, job, Side.CUSTOMER


def take(job: JobCard, event: JobEvent, side: Side) -> None:
    """Move a locked job one step on. Raises JobWrongState, or Forbidden for what takes a keeper."""
    after = step(job.state, event, side, agreed=job.agreed)
    if after is None:
        if side is Side.CUSTOMER and step(job.state, event, Side.KEEPER, agreed=job.agreed) is not None:
            raise Forbidden(needs="unit keeper")
        raise JobWrongState(state=job.state.value)
    job.state = after


async def seen_job(actor: Actor, job_id: UUID) -> JobCard | None:
    """The job, for those who read the unit's figures and the member whose it is."""
    job = await JobCard.get_or_none(pk=job_id)
    if job is None or actor.account_id is None:
        return None
    if actor.holds(*READERS, cooperative_id=job.cooperative_id):
        return job
    return job if await _is_own(actor.account_id, job) else None


async def _is_own(account_id: UUID, job: JobCard) -> bool:
    if job.membership_id is None:
        return False
    return await Membership.exists(pk=job.membership_id, account_id=account_id)
