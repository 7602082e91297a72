"""When a search for a driver by offers begins, goes on sooner, or loses a driver: handlers of the outbox.

Each may be carried out twice: what it writes it finds written.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import as_uuid, locked, transaction
from marketplace.deliveries import limits
from marketplace.deliveries.dispatch import ending, rounds
from marketplace.deliveries.dispatch.adoption import policies_in_force
from marketplace.deliveries.dispatch.models import DispatchMode, JobOffer, JobSearch, OfferState, SearchReach
from marketplace.deliveries.holding import lock_job
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.limits import Load
from marketplace.deliveries.models import DeliveryJob, Driver, Shift, ShiftState
from marketplace.errors import MarketplaceError
from marketplace.outbox import OutboxEvent

#: Jobs of a co-op that one handler takes from the board at once; the rest follow by the handler's own event.
BATCH = 200


async def on_opened(adapters: Any, event: OutboxEvent) -> None:
    """On "job.opened": look for a driver by offers, where the seller's co-op adopted that."""
    await on_opened_together(adapters, [event])


async def on_opened_together(adapters: Any, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """`on_opened` of several jobs, in as many statements as of one; leaves none. The first round follows at once."""
    sellers_of = {UUID(event.payload["cooperative_id"]) for event in events}
    policies = await policies_in_force(sorted(sellers_of))
    offering = {id for id, policy in policies.items() if policy.mode is not DispatchMode.BOARD}
    looking = [event.aggregate_id for event in events if UUID(event.payload["cooperative_id"]) in offering]
    begun = await _begin(looking) if looking else []
    if begun:
        await rounds.step(await rows_by(JobSearch, "id", begun), clock.now())
    return []


async def on_adopted(adapters: Any, event: OutboxEvent) -> None:
    """On "dispatch_policy.adopted": jobs that stand open go by the new policy."""
    open_jobs = DeliveryJob.filter(cooperative_id=event.aggregate_id, state=JobState.OPEN).order_by("id")
    last = UUID(int=0)
    while True:
        ids = [as_uuid(id) for id in await open_jobs.filter(pk__gt=last).limit(BATCH).values_list("id", flat=True)]
        if not ids:
            return
        await _begin(ids)
        last = ids[-1]


async def _begin(job_ids: Sequence[UUID]) -> list[UUID]:
    """Make searches due for those of these jobs that stand open and look by offers; answers their ids."""
    async with transaction():
        jobs = [job for job in (await locked(DeliveryJob, job_ids)).values() if job.state is JobState.OPEN]
        policies = await policies_in_force(sorted({job.cooperative_id for job in jobs}))
        known = {search.pk: search for search in await rows_by(JobSearch, "id", [job.pk for job in jobs])}
        begun = []
        for job in jobs:
            policy = policies.get(job.cooperative_id)
            search = known.get(job.pk)
            if policy is None or policy.mode is DispatchMode.BOARD or (search and search.next_at is not None):
                continue
            is_new = search is None
            search = search or JobSearch(id=job.pk, cooperative_id=job.cooperative_id)
            search.policy_id, search.first_round, search.reach = policy.pk, search.round, SearchReach.OWN
            search.is_on_board, search.round_ends_at, search.next_at = False, None, clock.now()
            await search.save(force_create=is_new)
            begun.append(job.pk)
        return begun


async def on_assigned(adapters: Any, event: OutboxEvent) -> None:
    """On "job.assigned": a driver loses the other offers that he can take no more; those jobs look on at once."""
    account_id = event.payload.get("driver_account_id")
    driver = None if account_id is None else await Driver.get_or_none(account_id=account_id)
    if driver is None:
        return
    load = await limits.load_of(driver)
    offers = JobOffer.filter(driver_id=driver.pk, state=OfferState.OPEN).select_related("job")
    await withdraw_from(driver.pk, [offer.job_id for offer in await offers if not _fits(driver, load, offer.job)])


def _fits(driver: Driver, load: Load, job: DeliveryJob) -> bool:
    try:
        limits.check(driver, load, job)
    except MarketplaceError:
        return False
    return True


async def on_shift_changed(adapters: Any, event: OutboxEvent) -> None:
    """On "shift.changed": one who pauses or goes home loses his offers."""
    shift = await Shift.get_or_none(pk=event.aggregate_id)
    if shift is not None and shift.state is not ShiftState.ACTIVE:
        await withdraw_from(shift.driver_id)


async def on_decided(adapters: Any, event: OutboxEvent) -> None:
    """On "driver.decided": one who may carry no more loses his offers."""
    if event.payload.get("state") != "APPROVED":
        await withdraw_from(event.aggregate_id)


async def withdraw_from(driver_id: UUID, job_ids: Iterable[UUID] | None = None) -> None:
    """Take back the offers that lie before this driver, of these jobs or all; each job looks on at once."""
    if job_ids is None:
        before = JobOffer.filter(driver_id=driver_id, state=OfferState.OPEN)
        job_ids = [as_uuid(id) for id in await before.values_list("job_id", flat=True)]
    for job_id in job_ids:
        async with transaction():
            job = await lock_job(job_id)
            mine = JobOffer.filter(job_id=job.row.pk, driver_id=driver_id, state=OfferState.OPEN)
            if await mine.update(state=OfferState.WITHDRAWN, ended_at=clock.now()):
                await look_on(job.row, [driver_id])


async def look_on(job: DeliveryJob, driver_ids: Iterable[UUID] = ()) -> None:
    """Make the search of a locked job due now: a place came free. In the caller's transaction."""
    await JobSearch.filter(pk=job.pk, next_at__isnull=False).update(next_at=clock.now())
    await ending.tell(job, [str(row.account_id) for row in await rows_by(Driver, "id", driver_ids)])
