"""Estimates of jobs: asked for, and written down as they were said."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import transaction
from marketplace.deliveries.lifecycle import JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, JobStateChange
from marketplace.deliveries.times import estimating
from marketplace.deliveries.times.estimating import Estimate, Progress, Stage, Target
from marketplace.deliveries.times.learning import (
    Cell,
    Model,
    distance_band,
    hour_band,
)
from marketplace.deliveries.times.models import JobEstimate, TimeCell, TimeRecord
from marketplace.orders.models import SubOrder
from marketplace.outbox import OutboxEvent
from marketplace.zones import zone_of

#: Under this id the node keeps what all its co-ops have counted together.
NODE = UUID(int=0)
#: Estimates between which others on this processor get their turn: each costs about a millisecond.
AT_A_STRETCH = 10
#: States in which there is something to wait for.
UNDER_WAY = frozenset(
    {JobState.OPEN, JobState.OFFERED, JobState.ASSIGNED, JobState.AT_PICKUP, JobState.CARRYING, JobState.AT_DROPOFF}
)
_STAGES = {
    JobState.OPEN: Stage.PLACED,
    JobState.ASSIGNED: Stage.ASSIGNED,
    JobState.CARRYING: Stage.PICKED_UP,
}
Widths = Mapping[tuple[UUID, Stage, Target], float]


async def estimates_by_job(ids: Sequence[UUID]) -> Mapping[UUID, Estimate]:
    """When each of these jobs that is under way will be picked up and be there. Six statements."""
    jobs = [job for job in await rows_by(DeliveryJob, "id", ids) if job.state in UNDER_WAY]
    return await estimates_of(jobs, await progress_of(jobs))


async def estimates_of(jobs: Sequence[DeliveryJob], progress: Mapping[UUID, Progress]) -> Mapping[UUID, Estimate]:
    """The estimates of these jobs as far as they have come. Two statements."""
    scopes = sorted({job.cooperative_id for job in jobs})
    models, widths = await _models(scopes), await _widths(scopes)
    now, found = clock.now(), {}
    for number, job in enumerate(jobs):
        found[job.pk] = _estimate(job, progress[job.pk], models, widths, now)
        if number % AT_A_STRETCH == AT_A_STRETCH - 1:
            await asyncio.sleep(0)
    return found


async def progress_of(jobs: Sequence[DeliveryJob]) -> dict[UUID, Progress]:
    """How far each job has come. Three statements."""
    cooperatives = await membership.cooperatives_by_id(sorted({job.cooperative_id for job in jobs}))
    parts = await rows_by(SubOrder, "id", sorted({job.sub_order_id for job in jobs if job.sub_order_id}))
    ready = {part.pk: part.ready_at for part in parts}
    past = await pasts_of([job.pk for job in jobs])
    found = {}
    for job in jobs:
        opened_at = past[job.pk].get(JobEvent.REOPEN, job.created_at)
        found[job.pk] = Progress(
            opened_at=opened_at,
            ready_at=ready.get(job.sub_order_id or job.pk) or job.ready_at,
            distance_m=job.distance_m,
            hour_band=hour_band(opened_at, zone_of(cooperatives[job.cooperative_id].region_code)),
            distance_band=distance_band(job.distance_m),
            assigned_at=job.assigned_at if job.driver_id else None,
            arrived_at=arrived_at(job, past[job.pk]),
            picked_up_at=job.picked_up_at,
            at_door_at=past[job.pk].get(JobEvent.ARRIVE_AT_DROP_OFF) if job.state is JobState.AT_DROPOFF else None,
        )
    return found


def arrived_at(job: DeliveryJob, past: Mapping[JobEvent, datetime]) -> datetime | None:
    """When the driver who holds or held the job came to the shop; not when one came who gave it up. Pure."""
    arrived = past.get(JobEvent.ARRIVE_AT_PICKUP)
    if arrived is None or job.driver_id is None or job.assigned_at is None:
        return None
    return arrived if arrived >= job.assigned_at else None


async def write_down(adapters: Any, event: OutboxEvent) -> None:
    """On what moves a job on: keep what is said of it at this stage. Run again, it writes the same."""
    stage = _STAGES.get(JobState(event.payload["state"]))
    job = await DeliveryJob.get_or_none(pk=event.aggregate_id)
    if stage is None or job is None:
        return
    progress = (await progress_of([job]))[job.pk]
    at = {Stage.PLACED: job.created_at, Stage.ASSIGNED: progress.assigned_at, Stage.PICKED_UP: progress.picked_up_at}[
        stage
    ]
    if at is None or (stage is Stage.PLACED and await JobEstimate.exists(job_id=job.pk, stage=stage)):
        return
    progress = _as_of(progress, stage)
    scopes = [job.cooperative_id]
    said = _estimate(job, progress, await _models(scopes), await _widths(scopes), at)
    values = {
        "at": at,
        "ready_at": progress.ready_at,
        "pickup_low": said.pickup and said.pickup.low,
        "pickup_middle": said.pickup and said.pickup.middle,
        "pickup_high": said.pickup and said.pickup.high,
        "drop_off_low": said.drop_off.low,
        "drop_off_middle": said.drop_off.middle,
        "drop_off_high": said.drop_off.high,
    }
    async with transaction():
        await JobEstimate.update_or_create(defaults=values, job_id=job.pk, stage=stage)


def _as_of(progress: Progress, stage: Stage) -> Progress:
    """What was known at that stage, however late it is written down."""
    progress = replace(progress, at_door_at=None)
    if stage is Stage.PICKED_UP:
        return progress
    progress = replace(progress, picked_up_at=None, arrived_at=None)
    return progress if stage is Stage.ASSIGNED else replace(progress, assigned_at=None)


async def pasts_of(ids: Sequence[UUID]) -> dict[UUID, dict[JobEvent, datetime]]:
    """When each event last happened to each job. One statement."""
    found: dict[UUID, dict[JobEvent, datetime]] = {id: {} for id in ids}
    for change in await rows_by(JobStateChange, "job_id", ids, order="version"):
        found[change.job_id][change.event] = change.created_at
    return found


async def _models(scopes: Sequence[UUID]) -> dict[UUID, Model]:
    cells: dict[UUID, dict[Cell, Sequence[float]]] = {scope: {} for scope in (*scopes, NODE)}
    for row in await rows_by(TimeCell, "scope_id", cells):
        cells[row.scope_id][Cell(row.leg, row.hour_band, row.distance_band)] = row.counts
    return {scope: Model(cells[scope], cells[NODE]) for scope in scopes}


async def _widths(scopes: Sequence[UUID]) -> Widths:
    rows = await rows_by(TimeRecord, "cooperative_id", scopes)
    return {(row.cooperative_id, row.stage, row.target): row.width for row in rows}


def _estimate(
    job: DeliveryJob, progress: Progress, models: Mapping[UUID, Model], widths: Widths, now: datetime
) -> Estimate:
    key = (job.cooperative_id, progress.stage)
    return estimating.estimate(
        progress,
        models[job.cooperative_id],
        now,
        pickup_width=widths.get((*key, Target.PICKUP), 1.0),
        drop_off_width=widths.get((*key, Target.DROP_OFF), 1.0),
    )
