"""Why each driver was offered a job or passed over: kept, told to him and to dispatchers, and forgotten by age."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.database import connection, new_id_text
from marketplace.deliveries.dispatch.models import Consideration, JobOffer, OfferState, Outcome
from marketplace.deliveries.dispatch.planning import Plan
from marketplace.inserts import insert_many
from marketplace.paging import Page, page_by_id

#: How long what came of a consideration is kept.
KEEP_FOR = timedelta(days=14)
PRUNED_AT_ONCE = 5_000
DECLINED, EXPIRED, WITHDRAWN = OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN


async def keep(plans: Sequence[Plan], now: datetime) -> None:
    """Keep what came of each driver considered, one row for him and the job. In the caller's transaction.

    Who was offered is always kept; who was passed over, once a round: a slot that came free within it changes nothing
    for the others.
    """
    rows = [row for plan in plans for row in _rows(plan, str(now))]
    changed = ("cooperative_id", "round", "outcome", "explanation", "at")
    await insert_many(Consideration, _COLUMNS, rows, connection(), by=("job_id", "driver_id"), change=changed)


def _rows(plan: Plan, at: str) -> Iterator[tuple[Any, ...]]:
    job_id, cooperative_id, round = str(plan.job.id), str(plan.job.cooperative_id), plan.round
    considered = [proposal.standing for proposal in plan.proposals]
    if round > plan.job.round:
        considered += plan.skipped
    for one in considered:
        outcome, driver_id = _OFFERED if one.skip is None else _SKIPPED, str(one.candidate.rider.driver_id)
        yield new_id_text(), at, job_id, driver_id, cooperative_id, round, outcome, one.as_record(), at


_COLUMNS = ("id", "created_at", "job_id", "driver_id", "cooperative_id", "round", "outcome", "explanation", "at")
_OFFERED, _SKIPPED = Outcome.OFFERED.value, Outcome.SKIPPED.value


async def considered_of_driver(driver_id: UUID, *, first: int, after: str | None) -> Page[Consideration]:
    """What the driver was considered for, newest first."""
    return await page_by_id(Consideration.filter(driver_id=driver_id), first=first, after=after)


async def considered_for_job(job_id: UUID, *, first: int, after: str | None) -> Page[Consideration]:
    """Who was considered for the job, in the order in which they first were."""
    return await page_by_id(Consideration.filter(job_id=job_id), first=first, after=after, newest_first=False)


async def sweep(adapters: object) -> int:
    """Forget what is older than `KEEP_FOR`, and offers that came to nothing; answers how many rows.

    At most `PRUNED_AT_ONCE` of each. Offers taken are kept with the job.
    """
    before = clock.now() - KEEP_FOR
    old = Consideration.filter(at__lt=before).order_by("at")
    idle = JobOffer.filter(created_at__lt=before, state__in=(DECLINED, EXPIRED, WITHDRAWN))
    return await _forget(Consideration, old) + await _forget(JobOffer, idle)


async def _forget(model: type[Model], rows: QuerySet[Any]) -> int:
    ids = await rows.limit(PRUNED_AT_ONCE).values_list("id", flat=True)
    for start in range(0, len(ids), 500):
        await model.filter(id__in=ids[start : start + 500]).delete()
    return len(ids)
