"""Offers end with what they were made for: when a job is taken, cancelled or runs out of time, none stays open."""

from collections.abc import Iterable

from marketplace import clock, outbox
from marketplace.deliveries.dispatch.models import JobOffer, JobSearch, OfferState
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob


async def end_offers(job: DeliveryJob, *, is_taken: bool) -> None:
    """End what is open of a locked job that is OFFERED no more, in the caller's transaction.

    `is_taken`: its holder took it himself, so his offer is accepted; all others are withdrawn. While the job goes
    on looking (OPEN) its search stays as it is.
    """
    offers = JobOffer.filter(job_id=job.pk, state=OfferState.OPEN)
    before = [str(id) for id in await offers.values_list("driver_account_id", flat=True)]
    if is_taken:
        await offers.filter(driver_id=job.driver_id).update(
            state=OfferState.ACCEPTED, ended_at=clock.now(), job_version=job.version
        )
    await offers.update(state=OfferState.WITHDRAWN, ended_at=clock.now())
    if job.state is not JobState.OPEN:
        await JobSearch.filter(pk=job.pk).update(next_at=None)
    await tell(job, before)


async def tell(job: DeliveryJob, account_ids: Iterable[str]) -> None:
    """Let these drivers hear that what lies before them has changed, and the dispatchers of the job's co-op."""
    await tell_all([(job, account_ids)])


async def tell_all(changed: Iterable[tuple[DeliveryJob, Iterable[str]]]) -> None:
    """As `tell`, of many jobs, each with its drivers."""
    told = [
        (job.pk, {"cooperative_id": str(job.cooperative_id), "driver_account_ids": list(account_ids)})
        for job, account_ids in changed
    ]
    await outbox.record_all("offers.changed", told)
