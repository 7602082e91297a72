"""Estimates of jobs: asked for, and written down as they were said."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.batches import Asked, lists_by, read_together, rows_by
from marketplace.database import connection, new_id, transaction
from marketplace.deliveries import limits
from marketplace.deliveries.lifecycle import JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob, Drop, JobStateChange
from marketplace.deliveries.relay.models import RelayLeg
from marketplace.deliveries.times import estimating
from marketplace.deliveries.times.estimating import Estimate, Progress, Range, Stage, Target
from marketplace.deliveries.times.learning import (
    Cell,
    Model,
    distance_band,
    hour_band,
)
from marketplace.deliveries.times.models import JobEstimate, TimeCell, TimeRecord
from marketplace.inserts import insert_unless_there, upsert
from marketplace.money import FULL_SHARE_BP
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
#: What an estimate says, beside whose and at which stage.
SAID = (
    *("at", "ready_at", "pickup_low", "pickup_middle", "pickup_high"),
    *("drop_off_low", "drop_off_middle", "drop_off_high"),
)
Widths = Mapping[tuple[UUID, Stage, Target], float]


async def estimates_by_job(ids: Sequence[UUID]) -> Mapping[UUID, Estimate]:
    """When each of these jobs that is under way will be picked up and be there. Five statements, six on SQLite."""
    jobs = [job for job in await rows_by(DeliveryJob, "id", ids) if job.state in UNDER_WAY]
    return await estimates_of(jobs, await progress_of(jobs))


async def expected_by_drop(ids: Sequence[UUID]) -> Mapping[UUID, Range]:
    """When each of these drops that is still to come is made, where its job is under way. As `estimates_by_job`."""
    jobs = sorted({drop.job_id for drop in await rows_by(Drop, "id", ids)})
    found = await estimates_by_job(jobs)
    drops = await lists_by(Drop, "job_id", found, order="position")
    return {
        drop.pk: expected
        for job_id, estimate in found.items()
        for drop, expected in zip(drops_to_come(drops[job_id]), estimate.drops, strict=False)
    }


async def estimates_of(jobs: Sequence[DeliveryJob], progress: Mapping[UUID, Progress]) -> Mapping[UUID, Estimate]:
    """The estimates of these jobs as far as they have come. One statement, two on SQLite."""
    scopes = sorted({job.cooperative_id for job in jobs})
    of_models, of_widths = _models_asked(scopes), _widths_asked(scopes)
    await read_together(of_models, of_widths)
    models, widths = await of_models.answer(), await of_widths.answer()
    now, found = clock.now(), {}
    for number, job in enumerate(jobs):
        found[job.pk] = _estimate(job, progress[job.pk], models, widths, now)
        if number % AT_A_STRETCH == AT_A_STRETCH - 1:
            await asyncio.sleep(0)
    return found


async def progress_of(jobs: Sequence[DeliveryJob]) -> dict[UUID, Progress]:
    """How far each job has come. Three statements; one where all of them were only just opened.

    One more for jobs booked alone, which may have several drops, and one for those that go through hubs.
    """
    zones = await _zones(jobs)
    moved = [job for job in jobs if job.version > 1]
    parts = await rows_by(SubOrder, "id", sorted({job.sub_order_id for job in moved if job.sub_order_id}))
    ready = {part.pk: part.ready_at for part in parts}
    past = await pasts_of([job.pk for job in moved])
    drops = await lists_by(Drop, "job_id", [job.pk for job in jobs if job.sub_order_id is None], order="position")
    legs = await lists_by(RelayLeg, "job_id", [job.pk for job in jobs if job.legs_left], order="position")
    found = {}
    for job in jobs:
        ready_at = ready.get(job.sub_order_id or job.pk)
        progress = _progress(job, zones[job.cooperative_id], past.get(job.pk, {}), ready_at)
        if len(drops.get(job.pk, ())) > 1:
            progress = _among_drops(progress, drops[job.pk])
        found[job.pk] = replace(progress, waits=_waits(job, legs[job.pk])) if job.pk in legs else progress
    return found


def drops_to_come(drops: Iterable[Drop]) -> list[Drop]:
    """Those of a job's drops that are still to be made, in order. Pure."""
    return [drop for drop in drops if drop.state in limits.STILL_TO_COLLECT]


def _among_drops(progress: Progress, drops: Sequence[Drop]) -> Progress:
    """The same of several drops: the ways that are left, and since when the rider is on the present one. Pure."""
    left = drops_to_come(drops)
    ended = [drop.ended_at for drop in drops if drop not in left and drop.ended_at is not None]
    legs_m = tuple(drop.distance_m for drop in left)
    return replace(progress, legs_m=legs_m, left_at=max(ended, default=None) if progress.picked_up_at else None)


def _waits(job: DeliveryJob, legs: Sequence[RelayLeg]) -> tuple[tuple[datetime, int], ...]:
    """When each leg after the present one may be taken, and how far it is from there to the drops. Pure."""
    first = len(legs) - (job.legs_left or 0)
    return tuple(
        (leg.opens_at, job.distance_m * sum(later.weight for later in legs[first + place :]) // FULL_SHARE_BP)
        for place, leg in enumerate(legs[first:])
    )


async def _zones(jobs: Sequence[DeliveryJob]) -> dict[UUID, str]:
    cooperatives = await membership.cooperatives_by_id(sorted({job.cooperative_id for job in jobs}))
    return {id: zone_of(row.region_code) for id, row in cooperatives.items()}


def _progress(job: DeliveryJob, zone: str, past: Mapping[JobEvent, datetime], ready_at: datetime | None) -> Progress:
    opened_at = past.get(JobEvent.REOPEN, job.created_at)
    return Progress(
        opened_at=opened_at,
        ready_at=ready_at or job.ready_at,
        distance_m=job.distance_m,
        hour_band=hour_band(opened_at, zone),
        distance_band=distance_band(job.distance_m),
        assigned_at=job.assigned_at if job.driver_id else None,
        arrived_at=arrived_at(job, past),
        picked_up_at=job.picked_up_at,
        at_door_at=past.get(JobEvent.ARRIVE_AT_DROP_OFF) if job.state is JobState.AT_DROPOFF else None,
    )


def arrived_at(job: DeliveryJob, past: Mapping[JobEvent, datetime]) -> datetime | None:
    """When the driver who holds or held the job came to the shop; not when one came who gave it up. Pure."""
    arrived = past.get(JobEvent.ARRIVE_AT_PICKUP)
    if arrived is None or job.driver_id is None or job.assigned_at is None:
        return None
    return arrived if arrived >= job.assigned_at else None


async def write_down(adapters: Any, event: OutboxEvent) -> None:
    """On what moves a job on: keep what is said of it at this stage. Run again, it writes the same."""
    await write_down_together(adapters, [event])


async def write_down_together(adapters: Any, events: Sequence[OutboxEvent]) -> list[OutboxEvent]:
    """`write_down` for several jobs, in as many statements as for one; leaves none."""
    scopes = sorted({UUID(event.payload["cooperative_id"]) for event in events})
    of_jobs = Asked(DeliveryJob, "id", {event.aggregate_id for event in events}, lambda rows: rows)
    of_models, of_widths = _models_asked(scopes), _widths_asked(scopes)
    await read_together(of_jobs, of_models, of_widths)
    jobs, models, widths = await of_jobs.answer(), await of_models.answer(), await of_widths.answer()
    progress = await progress_of(jobs)
    stages = {event.aggregate_id: _STAGES.get(JobState(event.payload["state"])) for event in events}
    said = [_said(job, stages[job.pk], progress[job.pk], models, widths) for job in jobs]
    placed = [row for row in said if row and row.stage is Stage.PLACED]
    later = [row for row in said if row and row.stage is not Stage.PLACED]
    async with transaction():
        await insert_unless_there(placed, connection())  # stands, however often the job opens anew
        if later:  # of a job that changed hands, what was said last
            await upsert(later, connection(), by=("job_id", "stage"), change=SAID)
    return []


def _said(
    job: DeliveryJob, stage: Stage | None, progress: Progress, models: Mapping[UUID, Model], widths: Widths
) -> JobEstimate | None:
    """What is said of the job at the stage; nothing where it has not reached it, or lost it again."""
    begun = {
        Stage.PLACED: job.created_at,
        Stage.ASSIGNED: progress.assigned_at,
        Stage.PICKED_UP: progress.picked_up_at,
    }
    at = None if stage is None else begun[stage]
    if stage is None or at is None:
        return None
    progress = _as_of(progress, stage)
    said = _estimate(job, progress, models, widths, at)
    return JobEstimate(
        id=new_id(),
        job_id=job.pk,
        stage=stage,
        at=at,
        ready_at=progress.ready_at,
        pickup_low=said.pickup and said.pickup.low,
        pickup_middle=said.pickup and said.pickup.middle,
        pickup_high=said.pickup and said.pickup.high,
        drop_off_low=said.drop_off.low,
        drop_off_middle=said.drop_off.middle,
        drop_off_high=said.drop_off.high,
    )


def _as_of(progress: Progress, stage: Stage) -> Progress:
    """What was known at that stage, however late it is written down."""
    progress = replace(progress, at_door_at=None, left_at=None)
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


def _models_asked(scopes: Sequence[UUID]) -> Asked[dict[UUID, Model]]:
    def learnt(rows: list[TimeCell]) -> dict[UUID, Model]:
        cells: dict[UUID, dict[Cell, Sequence[float]]] = {scope: {} for scope in (*scopes, NODE)}
        for row in rows:
            cells[row.scope_id][Cell(row.leg, row.hour_band, row.distance_band)] = row.counts
        return {scope: Model(cells[scope], cells[NODE]) for scope in scopes}

    return Asked(TimeCell, "scope_id", {*scopes, NODE}, learnt)


def _widths_asked(scopes: Sequence[UUID]) -> Asked[Widths]:
    def drawn(rows: list[TimeRecord]) -> Widths:
        return {(row.cooperative_id, row.stage, row.target): row.width for row in rows}

    return Asked(TimeRecord, "cooperative_id", set(scopes), drawn)


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
