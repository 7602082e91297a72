"""Jobs that run late: found before they are, told once a worsening, the shop's lateness and the rider's apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from marketplace import clock, outbox
from marketplace.batches import lists_by, rows_by
from marketplace.database import transaction
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.times.estimating import Progress, Stage
from marketplace.deliveries.times.models import DelayKind, JobDelay, JobEstimate
from marketplace.deliveries.times.service import UNDER_WAY, estimates_of, progress_of
from marketplace.orders.lifecycle import SubOrderState
from marketplace.orders.models import SubOrder

#: Late by so many minutes, it is told; and again when the next is passed.
STEPS_MIN = (5, 15, 30, 60)
#: Jobs looked at together, and how many in one sweep.
PAGE = 200
MOST_PAGES = 50
#: States in which the shop still has to bring the goods forward.
NOT_READY = frozenset({SubOrderState.ACCEPTED, SubOrderState.PREPARING})


@dataclass(frozen=True, slots=True)
class Late:
    """How late, of what kind: `step` counts the bounds of `STEPS_MIN` that are passed."""

    kind: DelayKind
    step: int
    minutes: int
    promised_at: datetime
    expected_at: datetime


def step_of(minutes: float) -> int:
    """How many of the bounds are passed."""
    return sum(minutes >= bound for bound in STEPS_MIN)


def lateness(
    now: datetime, *, progress: Progress, is_ready: bool, promised_at: datetime, expected_at: datetime
) -> list[Late]:
    """What is late of a job. Pure.

    The shop is late by how long its goods should have been ready by now. The rider is by what the drop-off is to come
    after the promise; while he waits at the shop for goods that are not ready, he is not.
    """
    found = []
    if not is_ready and progress.picked_up_at is None and progress.ready_at is not None:
        found.append(_late(DelayKind.READY, now - progress.ready_at, promised_at, expected_at))
    if is_ready or progress.picked_up_at is not None or progress.arrived_at is None:
        found.append(_late(DelayKind.RIDER, expected_at - promised_at, promised_at, expected_at))
    return [late for late in found if late.step > 0]


def _late(kind: DelayKind, by: timedelta, promised_at: datetime, expected_at: datetime) -> Late:
    minutes = int(by.total_seconds() // 60)
    return Late(kind, step_of(minutes), minutes, promised_at, expected_at)


async def find_late(adapters: Any) -> int:
    """Look through all jobs under way and tell of those that got later. Answers how many it told of."""
    told, after = 0, UUID(int=0)
    for _ in range(MOST_PAGES):
        live = DeliveryJob.filter(state__in=list(UNDER_WAY), id__gt=after).order_by("id")
        jobs = await live.limit(PAGE)
        if not jobs:
            break
        told += await _tell_of(jobs)
        after = jobs[-1].pk
    return told


async def delays_by_job(ids: Sequence[UUID]) -> Mapping[UUID, list[JobDelay]]:
    """What was told of each job's lateness. One statement."""
    return await lists_by(JobDelay, "job_id", ids, order="kind")


async def _tell_of(jobs: Sequence[DeliveryJob]) -> int:
    ids, part_ids = [job.pk for job in jobs], [job.sub_order_id for job in jobs if job.sub_order_id]
    progress = await progress_of(jobs)
    estimates = await estimates_of(jobs, progress)
    parts = {row.pk: row for row in await rows_by(SubOrder, "id", part_ids)}
    said = {row.job_id: row for row in await rows_by(JobEstimate, "job_id", ids, stage=Stage.PLACED)}
    known = await delays_by_job(ids)
    told = 0
    async with transaction():
        for job in jobs:
            part, promised_at = parts.get(job.sub_order_id or job.pk), None
            if part is not None:
                promised_at = part.promised_at
            elif job.pk in said:
                promised_at = said[job.pk].drop_off_high
            if promised_at is None:
                continue
            for late in lateness(
                clock.now(),
                progress=progress[job.pk],
                is_ready=part is None or part.state not in NOT_READY,
                promised_at=promised_at,
                expected_at=estimates[job.pk].drop_off.middle,
            ):
                told += await _worsened(job, part, late, known[job.pk])
    return told


async def _worsened(job: DeliveryJob, part: SubOrder | None, late: Late, known: Sequence[JobDelay]) -> bool:
    """Write the delay down and tell of it where it is new or got worse by a step. In the caller's transaction."""
    row = next((row for row in known if row.kind is late.kind), None)
    if row is not None and row.step >= late.step:
        return False
    values = {
        "step": late.step,
        "minutes": late.minutes,
        "promised_at": late.promised_at,
        "expected_at": late.expected_at,
        "told_at": clock.now(),
    }
    await JobDelay.update_or_create(defaults=values, job_id=job.pk, kind=late.kind)
    payload = {
        "kind": late.kind.value,
        "minutes": late.minutes,
        "seller_id": str(job.seller_id),
        "cooperative_id": str(job.cooperative_id),
        "carrier_id": None if job.carrier_id is None else str(job.carrier_id),
        "sub_order_id": None if part is None else str(part.pk),
        "order_id": None if part is None else str(part.order_id),
        "buyer_id": None if part is None else str(part.buyer_id),
        "number": "" if part is None else part.number,
    }
    await outbox.record("job.late", job.pk, payload)
    return True
