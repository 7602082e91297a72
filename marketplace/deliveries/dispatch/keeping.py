"""Why each driver was offered a job or passed over: kept, told to him and to dispatchers, and forgotten by age."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tortoise.models import Model
from tortoise.queryset import QuerySet

from marketplace import clock
from marketplace.database import connection, new_id
from marketplace.deliveries.dispatch.models import Consideration, JobOffer, OfferState, Outcome
from marketplace.deliveries.dispatch.planning import Plan
from marketplace.deliveries.dispatch.policy import Standing
from marketplace.inserts import NewRow, upsert
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
    kept = [
        _row(plan, standing, now)
        for plan in plans
        for standing in (
            *(proposal.standing for proposal in plan.proposals),
            *(plan.skipped if plan.round > plan.job.round else ()),
        )
    ]
    changed = ("cooperative_id", "round", "outcome", "explanation", "at")
    await upsert(kept, connection(), by=("job_id", "driver_id"), change=changed)


_COLUMNS = ("id", "created_at", "job_id", "driver_id", "cooperative_id", "round", "outcome", "explanation", "at")


def _row(plan: Plan, standing: Standing, now: datetime) -> NewRow:
    """The row of `Consideration`, as the driver takes it: thousands are made in a pass."""
    outcome = Outcome.OFFERED if standing.is_offered else Outcome.SKIPPED
    told = orjson.dumps(standing.explanation.as_record()).decode()
    ids = (str(plan.job.id), str(standing.driver_id), str(plan.job.cooperative_id))
    return NewRow("consideration", _COLUMNS, (str(new_id()), now, *ids, plan.round, outcome.value, told, now))


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
