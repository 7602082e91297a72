"""Rounds of offers: each job that looks for its driver is put before the next ones, until one takes it.

What is due is read without locks, planned (`planning`), and carried out in one transaction that locks the jobs and
leaves out each that has changed meanwhile: it comes again. A process that dies leaves the searches due.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from marketplace import clock, collecting, outbox
from marketplace.batches import execute_among, rows_by
from marketplace.database import as_utc, as_uuid, connection, is_postgres, new_id_text, transaction
from marketplace.deliveries.dispatch import ending, keeping
from marketplace.deliveries.dispatch.gathering import Gathered, gather
from marketplace.deliveries.dispatch.models import JobOffer, JobSearch, OfferState, SearchReach
from marketplace.deliveries.dispatch.passes import plan_each
from marketplace.deliveries.dispatch.planning import Outcome as Ends
from marketplace.deliveries.dispatch.planning import Plan
from marketplace.deliveries.holding import lock_job, move, move_all
from marketplace.deliveries.lifecycle import LOOKING, JobEvent, JobState
from marketplace.deliveries.mending import expire
from marketplace.deliveries.models import DeliveryJob
from marketplace.inserts import insert_many

#: Searches that one pass plans together, those whose steps one transaction writes, and transactions at once.
MOST_PLANNED, BATCH, MOST_WRITING = 2_000, 100, 3
#: So many are planned before others have their turn.
BREATH = 10


async def sweep(adapters: Any) -> int:
    """Take every search that is due as it begins one step further; answers how many steps were taken."""
    began = clock.now()
    done = 0
    while True:
        first = JobSearch.filter(next_at__lte=began).order_by("next_at", "id").limit(MOST_PLANNED)
        due = await rows_by(JobSearch, "id", [as_uuid(id) for id in await first.values_list("id", flat=True)])
        taken = await step(due, clock.now()) if due else 0
        done += taken
        if len(due) < MOST_PLANNED or not taken:
            return done


async def step(searches: Sequence[JobSearch], now: datetime) -> int:
    """Take these searches one step further; answers of how many the step was carried out."""
    with collecting.paused():
        gathered = await gather(searches, now)
        wanted = {job.id for job in gathered.wanting}
        await _close([search.pk for search in searches if search.pk not in wanted])
        plans = plan_each(gathered.wanting, gathered.crowds, gathered.references, now)
        done = await _carry_out_as_planned(plans, gathered, now)
        del gathered, plans
    return done


async def _carry_out_as_planned(plans: Iterator[Plan], gathered: Gathered, now: datetime) -> int:
    """Write each batch as soon as it is planned, so that the database writes one while the next is reckoned here.

    Batches have no job in common. One that fails ends the pass once those begun are through; its jobs come again.
    """
    done = 0
    writing: deque[asyncio.Task[int]] = deque()
    try:
        while some := await _next_batch(plans):
            if len(writing) == MOST_WRITING:
                done += await writing.popleft()
            writing.append(asyncio.create_task(carry_out(some, gathered, now)))
        while writing:
            done += await writing.popleft()
    finally:
        await asyncio.gather(*writing, return_exceptions=True)  # none goes on behind the caller's back
    return done


async def _next_batch(plans: Iterator[Plan]) -> list[Plan]:
    some: list[Plan] = []
    for plan in plans:
        some.append(plan)
        if len(some) == BATCH:
            break
        if not len(some) % BREATH:
            await asyncio.sleep(0)  # what waits for the database's answer goes on
    return some


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
        told = await _locked_as_read(plans)
        plans = [plan for plan in plans if plan.job.id in told]
        standing = {plan.job.id: gathered.jobs[plan.job.id] for plan in plans}
        await _expire([offer.id for plan in plans for offer in plan.expired], now)
        await _offer(plans, gathered, now)
        await keeping.keep(plans, told, now)
        await _write_searches(plans, gathered.searches, now)
        await _move_jobs(plans, standing)
        await _tell(plans, standing)
    await _end(plans)
    return len(plans)


async def _locked_as_read(plans: Sequence[Plan]) -> Mapping[UUID, str | None]:
    """The jobs, locked, each with the reasons kept of it so far, as `reasons` has them; None: none yet.

    Without those that someone else holds locked, or has changed since they were read.
    """
    known = {plan.job.id: plan.job for plan in plans}
    lock = " FOR NO KEY UPDATE OF j SKIP LOCKED" if is_postgres() else ""
    rows = await execute_among(_LOOKING + lock, sorted(known))
    found: dict[UUID, str | None] = {}
    for row in rows:
        id = as_uuid(row["id"])
        next_at = row["next_at"]
        is_due = next_at is not None and as_utc(next_at) == known[id].seen_next_at
        if is_due and row["version"] == known[id].version:
            found[id] = row["told"]
    return found


_LOOKING = f"""
SELECT j."id", j."version", s."next_at", r."told" FROM "delivery_job" j
JOIN "job_search" s ON s."id" = j."id" LEFT JOIN "job_reasons" r ON r."id" = j."id"
WHERE j."state" IN ({", ".join(f"'{state.value}'" for state in sorted(LOOKING))}) AND j."id" {{among}}
ORDER BY j."id" """


async def _expire(ids: Sequence[UUID], now: datetime) -> None:
    if ids:
        await execute_among(_EXPIRED, ids, now=now)


_EXPIRED = f"""
UPDATE "job_offer" SET "state" = '{OfferState.EXPIRED.value}', "ended_at" = {{now}}
WHERE "id" {{among}} AND "state" = '{OfferState.OPEN.value}'"""


_OFFER = (
    *("id", "created_at", "job_id", "driver_id", "driver_account_id", "carrier_id", "policy_id", "round", "state"),
    *("rank", "price", "own_share", "distance_m", "wait_s", "cash", "explanation", "expires_at"),
)


async def _offer(plans: Sequence[Plan], gathered: Gathered, now: datetime) -> None:
    """Write the offers, with what each would bring its driver."""
    rows: list[tuple[Any, ...]] = []
    told: list[tuple[UUID, Mapping[str, Any]]] = []
    open_ = OfferState.OPEN.value
    for plan in plans:
        if not plan.proposals:
            continue
        job, first_round = gathered.jobs[plan.job.id], gathered.searches[plan.job.id].first_round
        policy_id, expires_at = gathered.policies[job.cooperative_id].pk, now + plan.job.rules.expires
        job_id, round, price = plan.job.id, first_round + plan.round, gathered.price(job)
        shares: dict[UUID, int] = {}
        ids = [new_id_text() for _ in plan.proposals]
        for id, proposal in zip(ids, plan.proposals, strict=True):
            stander, standing = proposal.stander, proposal.standing
            carrier_id = stander.cooperative_id
            if carrier_id not in shares:
                shares[carrier_id] = gathered.own_share(job, carrier_id)
            rows.append(
                (
                    *(id, now, job_id, standing.driver_id, stander.account_id),
                    *(carrier_id, policy_id, round, open_, standing.place),
                    *(price, shares[carrier_id], standing.candidate.pickup_m, proposal.wait_s),
                    *(plan.job.cash, standing.as_record(), expires_at),
                )
            )
        people = [str(proposal.stander.account_id) for proposal in plan.proposals]
        told.append((job.pk, {"offers": ids, "driver_account_ids": people}))
    await outbox.record_all("job.offered", told)
    await insert_many(JobOffer, _OFFER, rows, connection())


async def _write_searches(plans: Iterable[Plan], searches: Mapping[UUID, JobSearch], now: datetime) -> None:
    rows = []
    for plan in plans:
        search = searches[plan.job.id]
        reach = SearchReach.ALLIES if plan.is_allied else SearchReach.OWN
        # Nobody took it: still due until its buyer has been asked, in a transaction of its own.
        next_at = now if plan.outcome is Ends.UNSERVED else plan.next_at
        rows.append(
            (
                *(search.pk, search.created_at, search.cooperative_id, search.policy_id, search.first_round),
                *(search.first_round + plan.round, reach.value, plan.round_ends_at, next_at),
                plan.outcome is Ends.BOARD,
            )
        )
    changed = ("round", "reach", "round_ends_at", "next_at", "is_on_board")
    same = ("id", "created_at", "cooperative_id", "policy_id", "first_round")
    await insert_many(JobSearch, (*same, *changed), rows, connection(), by=("id",), change=changed)


async def _move_jobs(plans: Sequence[Plan], jobs: Mapping[UUID, DeliveryJob]) -> None:
    """A job before someone is OFFERED; one before nobody is OPEN."""
    before = {plan.job.id for plan in plans if plan.proposals or plan.still_open}
    offered = [jobs[id] for id in before if jobs[id].state is JobState.OPEN]
    lonely = [job for id, job in jobs.items() if id not in before and job.state is JobState.OFFERED]
    await move_all(offered, JobEvent.OFFER)
    await move_all(lonely, JobEvent.WITHDRAW_OFFERS)


async def _tell(plans: Sequence[Plan], jobs: Mapping[UUID, DeliveryJob]) -> None:
    """Let the drivers hear of what lies before them now, or no more, and the dispatchers of the search."""
    told = []
    for plan in plans:
        reached = {offer.account_id for offer in plan.expired} | {one.stander.account_id for one in plan.proposals}
        told.append((jobs[plan.job.id], sorted(map(str, reached))))
    await ending.tell_all(told)


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
