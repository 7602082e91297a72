"""Rounds of offers: each job that looks for its driver is put before the next ones, until one takes it.

What is due is read without locks, planned (`planning`), and carried out in one transaction that locks the jobs and
leaves out each that has changed meanwhile: it comes again. A process that dies leaves the searches due.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import connection, for_update, new_id, transaction, write
from marketplace.deliveries import limits
from marketplace.deliveries.dispatch import ending, keeping
from marketplace.deliveries.dispatch.gathering import Gathered, gather
from marketplace.deliveries.dispatch.models import JobOffer, JobSearch, OfferState, SearchReach
from marketplace.deliveries.dispatch.passes import plan_all
from marketplace.deliveries.dispatch.planning import Outcome as Ends
from marketplace.deliveries.dispatch.planning import Plan, Proposal
from marketplace.deliveries.holding import lock_job, move, move_all
from marketplace.deliveries.lifecycle import LOOKING, JobEvent, JobState
from marketplace.deliveries.mending import expire
from marketplace.deliveries.models import DeliveryJob
from marketplace.inserts import upsert

#: Searches that one pass looks at.
BATCH = 200


async def sweep(adapters: Any) -> int:
    """Take every search that is due one step further; answers how many steps were taken."""
    done = 0
    while True:
        now = clock.now()
        due = await JobSearch.filter(next_at__lte=now).order_by("next_at", "id").limit(BATCH)
        taken = await step(due, now) if due else 0
        done += taken
        if len(due) < BATCH or not taken:
            return done


async def step(searches: Sequence[JobSearch], now: datetime) -> int:
    """Take these searches one step further; answers of how many the step was carried out."""
    gathered = await gather(searches, now)
    wanted = {job.id for job in gathered.wanting}
    await _close([search.pk for search in searches if search.pk not in wanted])
    plans = plan_all(gathered.wanting, gathered.crowds, gathered.references, now)
    return await carry_out(plans, gathered, now)


async def _close(ids: Sequence[UUID]) -> None:
    """End searches whose job looks no more, or whose co-op has the open board again."""
    for id in ids:
        async with transaction():
            job = await lock_job(id)
            if job.row.state is JobState.OFFERED:  # the co-op went back to the board
                await move(job, JobEvent.WITHDRAW_OFFERS, by=None)
            await JobSearch.filter(pk=id).update(next_at=None, is_on_board=job.row.state is JobState.OPEN)


async def carry_out(plans: Sequence[Plan], gathered: Gathered, now: datetime) -> int:
    """Write what was planned, for those jobs that still stand as they were read."""
    async with transaction():
        standing = await _locked_as_read(plans)
        plans = [plan for plan in plans if plan.job.id in standing]
        await _expire([offer.id for plan in plans for offer in plan.expired], now)
        rows = [row for plan in plans for row in _offers(plan, gathered, now)]
        if rows:
            await write(*rows)
        await keeping.keep(plans, now)
        await _write_searches(plans, gathered.searches, now)
        await _move_jobs(plans, standing)
        await _tell(plans, standing)
    await _end(plans)
    return len(plans)


async def _locked_as_read(plans: Sequence[Plan]) -> Mapping[UUID, DeliveryJob]:
    """The jobs, locked, without those that someone else holds locked, or has changed since they were read."""
    ids = sorted(plan.job.id for plan in plans)
    looking = DeliveryJob.filter(pk__in=ids, state__in=list(LOOKING)).order_by("id")
    jobs = {row.pk: row for row in await for_update(looking, skip_locked=True)}
    searches = {row.pk: row for row in await rows_by(JobSearch, "id", jobs)}
    return {
        plan.job.id: jobs[plan.job.id]
        for plan in plans
        if plan.job.id in jobs
        and jobs[plan.job.id].version == plan.job.version
        and searches[plan.job.id].next_at == plan.job.seen_next_at
    }


async def _expire(ids: Sequence[UUID], now: datetime) -> None:
    if ids:
        await JobOffer.filter(pk__in=ids, state=OfferState.OPEN).update(state=OfferState.EXPIRED, ended_at=now)


def _offers(plan: Plan, gathered: Gathered, now: datetime) -> list[JobOffer]:
    job = gathered.jobs[plan.job.id]
    search = gathered.searches[plan.job.id]
    return [_offer(proposal, plan, job, search, gathered, now) for proposal in plan.proposals]


def _offer(
    proposal: Proposal, plan: Plan, job: DeliveryJob, search: JobSearch, gathered: Gathered, now: datetime
) -> JobOffer:
    stander, standing = proposal.stander, proposal.standing
    return JobOffer(
        id=new_id(),
        job_id=job.pk,
        driver_id=standing.driver_id,
        driver_account_id=stander.account_id,
        carrier_id=stander.cooperative_id,
        policy_id=gathered.policies[job.cooperative_id].pk,
        round=search.first_round + plan.round,
        rank=standing.place,
        price=job.price,
        own_share=gathered.own_share(job, stander.cooperative_id),
        distance_m=standing.candidate.pickup_m,
        wait_s=proposal.wait_s,
        cash=limits.cash_of(job),
        explanation=standing.explanation.as_record(),
        expires_at=now + plan.job.rules.expires,
    )


async def _write_searches(plans: Iterable[Plan], searches: Mapping[UUID, JobSearch], now: datetime) -> None:
    changed = []
    for plan in plans:
        search = searches[plan.job.id]
        search.round = search.first_round + plan.round
        search.reach = SearchReach.ALLIES if plan.is_allied else SearchReach.OWN
        search.round_ends_at = plan.round_ends_at
        # Nobody took it: still due until its buyer has been asked, in a transaction of its own.
        search.next_at = now if plan.outcome is Ends.UNSERVED else plan.next_at
        search.is_on_board = plan.outcome is Ends.BOARD
        changed.append(search)
    fields = ("round", "reach", "round_ends_at", "next_at", "is_on_board")
    await upsert(changed, connection(), by=("id",), change=fields)


async def _move_jobs(plans: Sequence[Plan], jobs: Mapping[UUID, DeliveryJob]) -> None:
    """A job before someone is OFFERED; one before nobody is OPEN."""
    before = {plan.job.id for plan in plans if plan.proposals or plan.still_open}
    offered = [jobs[id] for id in before if jobs[id].state is JobState.OPEN]
    lonely = [job for id, job in jobs.items() if id not in before and job.state is JobState.OFFERED]
    await move_all(offered, JobEvent.OFFER)
    await move_all(lonely, JobEvent.WITHDRAW_OFFERS)


async def _tell(plans: Sequence[Plan], jobs: Mapping[UUID, DeliveryJob]) -> None:
    """Let the drivers hear of what lies before them now, or no more, and the dispatchers of the search."""
    for plan in plans:
        reached = {offer.account_id for offer in plan.expired} | {one.stander.account_id for one in plan.proposals}
        await ending.tell(jobs[plan.job.id], sorted(map(str, reached)))


async def _end(plans: Iterable[Plan]) -> None:
    """Ask the buyers of jobs that nobody took by offers and that go on no board."""
    for plan in plans:
        if plan.outcome is not Ends.UNSERVED:
            continue
        async with transaction():
            job = await lock_job(plan.job.id)
            if job.row.state is JobState.OPEN:
                await expire(job)
            await JobSearch.filter(pk=plan.job.id, next_at__lte=clock.now()).update(next_at=None)
