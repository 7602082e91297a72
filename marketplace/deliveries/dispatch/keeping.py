"""Why each driver was offered a job or passed over: kept, told to him and to dispatchers, and forgotten by age.

One row a job says it of all who were considered (`reasons`); one row a driver and pass says for which jobs, so that
he finds his own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import connection, new_id_text
from marketplace.deliveries.dispatch.models import DriverConsidered, JobOffer, JobReasons, OfferState, Outcome
from marketplace.deliveries.dispatch.planning import Plan
from marketplace.deliveries.dispatch.reasons import Reasons, Told
from marketplace.inserts import insert_many
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

#: How long what came of a consideration is kept.
KEEP_FOR = timedelta(days=14)
PRUNED_AT_ONCE = 5_000
DECLINED, EXPIRED, WITHDRAWN = OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Consideration:
    """That a driver was considered for a job, and what came of it last."""

    job_id: UUID
    driver_id: UUID
    cooperative_id: UUID
    """Whose policy it was."""
    round: int
    outcome: Outcome
    explanation: dict[str, Any]
    """As `explaining` writes it."""
    at: datetime

    @classmethod
    def of(cls, row: JobReasons, told: Told) -> "Consideration":
        outcome = Outcome.OFFERED if told.is_offered else Outcome.SKIPPED
        return cls(row.pk, told.driver_id, row.cooperative_id, told.round, outcome, told.record, told.at)


async def keep(plans: Sequence[Plan], before: Mapping[UUID, str | None], now: datetime) -> None:
    """Keep what came of each driver considered. In the caller's transaction, which holds the jobs locked.

    `before`: what is kept of each job so far, as `reasons` has it; None: nothing.

    Who was offered is always kept; who was passed over, once a round: a slot that came free within it changes nothing
    for the others.
    """
    by_driver = defaultdict[str, list[str]](list)
    first: list[tuple[Any, ...]] = []
    later: list[tuple[Any, ...]] = []
    for plan in plans:
        considered = [proposal.standing for proposal in plan.proposals]
        if plan.round > plan.job.round:
            considered += plan.skipped
        if not considered:
            continue
        id, reasons = str(plan.job.id), Reasons(before[plan.job.id])
        for driver_id in reasons.add(plan.round, now, plan.job.rules.weights, considered):
            by_driver[driver_id].append(id)
        kept = first if before[plan.job.id] is None else later
        kept.append((id, now, plan.job.cooperative_id, reasons.text(), now))
    drivers = [(new_id_text(), now, driver_id, ids) for driver_id, ids in by_driver.items()]
    await insert_many(JobReasons, _OF_JOB, first, connection())
    await insert_many(JobReasons, _OF_JOB, later, connection(), by=("id",), change=("told", "at"))
    await insert_many(DriverConsidered, ("id", "created_at", "driver_id", "jobs"), drivers, connection())


_OF_JOB = ("id", "created_at", "cooperative_id", "told", "at")


async def considered_of_driver(driver_id: UUID, *, first: int, after: str | None) -> Page[Consideration]:
    """What the driver was considered for, newest first. Two statements."""
    check_first(first)
    passes = DriverConsidered.filter(driver_id=driver_id)
    last_id, last_place = (None, 0) if after is None else _after(after)
    if last_id is not None:
        passes = passes.filter(id__lte=last_id)
    found = [
        (row.pk, place, UUID(row.jobs[place]))
        for row in await passes.order_by("-id").limit(first + 2)  # each names one job at least
        for place in reversed(range(len(row.jobs)))
        if row.pk != last_id or place < last_place
    ]
    shown = found[:first]
    kept = {row.pk: row for row in await rows_by(JobReasons, "id", [job_id for _, _, job_id in shown])}
    rows, cursors = [], []
    for pass_id, place, job_id in shown:
        told = Reasons(kept[job_id].told).of(driver_id) if job_id in kept else None
        if told is not None:
            rows.append(Consideration.of(kept[job_id], told))
            cursors.append(encode_cursor(pass_id, place))
    return Page(rows, cursors, len(found) > first)


def _after(cursor: str) -> tuple[UUID, int]:
    pass_id, place = decode_cursor(cursor, 2)
    try:
        return UUID(pass_id), int(place)
    except ValueError as cause:
        raise StaleCursor from cause


async def considered_for_job(job_id: UUID, *, first: int, after: str | None) -> Page[Consideration]:
    """Who was considered for the job, in the order in which they first were. One statement."""
    check_first(first)
    passed = 0
    if after is not None:
        (place,) = decode_cursor(after, 1)
        if not place.isdecimal():
            raise StaleCursor
        passed = int(place)
    row = await JobReasons.get_or_none(pk=job_id)
    if row is None:
        return Page([], [], False)
    reasons = Reasons(row.told)
    shown = [reasons.of(id) for id in islice(reasons.drivers, passed, passed + first)]
    rows = [Consideration.of(row, told) for told in shown if told is not None]
    cursors = [encode_cursor(passed + number) for number in range(1, len(rows) + 1)]
    return Page(rows, cursors, len(reasons.drivers) > passed + first)


async def consideration_of(job_id: UUID, driver_id: UUID) -> Consideration | None:
    """What came of this driver for this job; None: he was not considered, or it is forgotten."""
    row = await JobReasons.get_or_none(pk=job_id)
    told = None if row is None else Reasons(row.told).of(driver_id)
    return None if row is None or told is None else Consideration.of(row, told)


async def sweep(adapters: object) -> int:
    """Forget what is older than `KEEP_FOR`, and offers that came to nothing; answers how many rows.

    At most `PRUNED_AT_ONCE` of each. Offers taken are kept with the job.
    """
    before = clock.now() - KEEP_FOR
    old = JobReasons.filter(at__lt=before).order_by("at")
    named = DriverConsidered.filter(created_at__lt=before).order_by("created_at")
    idle = JobOffer.filter(created_at__lt=before, state__in=(DECLINED, EXPIRED, WITHDRAWN))
    return await _forget(JobReasons, old) + await _forget(DriverConsidered, named) + await _forget(JobOffer, idle)


async def _forget(model: type[Model], rows: QuerySet[Any]) -> int:
    ids = await rows.limit(PRUNED_AT_ONCE).values_list("id", flat=True)
    for start in range(0, len(ids), 500):
        await model.filter(id__in=ids[start : start + 500]).delete()
    return len(ids)
