"""A pass writes batch by batch while it plans on: the same offers, and nothing half done when one batch fails."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import pytest

from marketplace import clock
from marketplace.deliveries.dispatch import keeping, rounds, searching
from marketplace.deliveries.dispatch.models import JobOffer, JobReasons, JobSearch
from marketplace.deliveries.dispatch.planning import Plan
from marketplace.deliveries.lifecycle import JobState
from marketplace.deliveries.models import DeliveryJob
from tests.deliveries import offering, stage

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("db")]

JOBS, DRIVERS = 7, 3


async def waiting() -> list[JobSearch]:
    """As many jobs as `JOBS`, each due for its first round before `DRIVERS` drivers."""
    coop = await stage.cooperative("DRV")
    await offering.adopted(coop, offers_a_driver=20)
    shop, _ = await stage.seller(coop)
    for n in range(DRIVERS):
        await offering.at(coop, f"Sopir {n}", metres=n * 100, cash_limit=50_000_000)
    jobs = [await stage.job_of(await stage.sub_order(shop, await stage.account("Ani"))) for _ in range(JOBS)]
    await searching._begin([job.pk for job in jobs])
    return await JobSearch.filter(next_at__lte=clock.now()).order_by("id")


async def of_each(searches: Sequence[JobSearch]) -> list[tuple[JobState, int, int]]:
    """Each job's state, and how many offers and rows of reasons it has."""
    return [
        (
            (await DeliveryJob.get(pk=search.pk)).state,
            await JobOffer.filter(job_id=search.pk).count(),
            await JobReasons.filter(pk=search.pk).count(),
        )
        for search in searches
    ]


DONE, UNTOUCHED = (JobState.OFFERED, DRIVERS, 1), (JobState.OPEN, 0, 0)


@pytest.mark.parametrize("at_once", [1, 2, 9])
async def test_every_job_is_offered_in_whatever_batches(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(rounds, "BATCH", 2)
    monkeypatch.setattr(rounds, "BREATH", 1)
    monkeypatch.setattr(rounds, "MOST_WRITING", at_once)
    due = await waiting()
    assert await rounds.step(due, clock.now()) == JOBS
    assert await of_each(due) == [DONE] * JOBS
    assert await rounds.sweep(None) == 0


async def test_a_batch_that_fails_leaves_its_jobs_untouched_and_due(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "BATCH", 2)
    due = await waiting()
    broken = due[2].pk

    async def failing(plans: Sequence[Plan], before: Mapping[UUID, str | None], now: datetime) -> None:
        if any(plan.job.id == broken for plan in plans):
            raise RuntimeError("the database went away")
        await keep(plans, before, now)

    keep = keeping.keep
    with monkeypatch.context() as patched:
        patched.setattr(keeping, "keep", failing)
        with pytest.raises(RuntimeError, match="went away"):
            await rounds.step(due, clock.now())
    found = await of_each(due)
    assert found[2:4] == [UNTOUCHED] * 2
    assert set(found) <= {DONE, UNTOUCHED}
    assert await rounds.sweep(None) == found.count(UNTOUCHED)
    assert await of_each(due) == [DONE] * JOBS
