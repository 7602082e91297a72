"""What ended jobs teach: how long each leg took, and whether what was said of them held. Each job counts once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tortoise.models import Model

from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.batches import lists_by, rows_by
from marketplace.database import connection, for_update, transaction
from marketplace.deliveries.lifecycle import JobEvent, JobState
from marketplace.deliveries.models import DeliveryJob
from marketplace.deliveries.times import estimating
from marketplace.deliveries.times.estimating import Progress, Stage, Target
from marketplace.deliveries.times.learning import BINS, Cell, Distribution, Leg, bin_of, cell_of, faded
from marketplace.deliveries.times.models import JobEstimate, TimeCell, TimeRecord
from marketplace.deliveries.times.service import NODE, arrived_at, pasts_of, progress_of

#: Jobs that one sweep learns from in one transaction, and how often it goes on.
BATCH = 100
#: Records that the node's metrics show.
MOST_SHOWN = 500
MOST_BATCHES = 20
#: How long what was said of a job is kept after it was measured.
KEPT = timedelta(days=90)


async def learn(adapters: Any) -> int:
    """Learn from the jobs that have ended since the last time; each once. Answers how many."""
    done = 0
    for _ in range(MOST_BATCHES):
        number = await _learn_some()
        done += number
        if number < BATCH:
            break
    return done


async def _learn_some() -> int:
    ids = await _ended_unmeasured()
    if not ids:
        return 0
    ended = await rows_by(DeliveryJob, "id", ids)
    past, progress = await pasts_of(ids), await progress_of(ended)
    async with transaction():
        said: dict[UUID, list[JobEstimate]] = {}
        unmeasured = JobEstimate.filter(job_id__in=ids, measured_at=None).order_by("job_id", "at")
        for row in await for_update(unmeasured):  # another that learns now waits, and then finds none
            said.setdefault(row.job_id, []).append(row)
        whole = [job for job in ended if job.pk in said and job.state is JobState.DELIVERED]
        await _count(whole, progress, past, said)
        await _measure(whole, said)
        await JobEstimate.filter(job_id__in=list(said), measured_at=None).update(measured_at=clock.now())
    return len(ids)


async def _ended_unmeasured() -> list[UUID]:
    """Jobs that have ended with an estimate not yet measured, oldest first, at most a batch."""
    found = await connection().execute_query_dict(
        'SELECT e."job_id" FROM "job_estimate" e JOIN "delivery_job" j ON j."id" = e."job_id"'
        f' WHERE e."measured_at" IS NULL AND e."stage" = \'{Stage.PLACED.value}\' AND j."ended_at" IS NOT NULL'
        f' ORDER BY e."id" LIMIT {BATCH}'
    )
    return [UUID(str(row["job_id"])) for row in found]


async def _count(
    jobs: Iterable[DeliveryJob],
    progress: Mapping[UUID, Progress],
    past: Mapping[UUID, Mapping[JobEvent, datetime]],
    said: Mapping[UUID, Sequence[JobEstimate]],
) -> None:
    """Add how long each leg of these jobs took, to the co-op's cells and the node's."""
    seen: dict[tuple[UUID, Cell], list[int]] = {}
    for job in jobs:
        promised = [row.ready_at for row in said[job.pk] if row.stage is Stage.PLACED]
        known = progress[job.pk]
        for leg, seconds in legs_of(job, past[job.pk], promised[0] if promised else None).items():
            if leg is Leg.PACE and known.left_at is not None:
                continue  # of several drops, the way to the last is broken by doors
            fine = cell_of(leg, known.hour_band, known.distance_band)
            keys = [(job.cooperative_id, fine), (job.cooperative_id, Cell(leg)), (NODE, Cell(leg))]
            for key in keys:
                seen.setdefault(key, []).append(bin_of(seconds))
    now = clock.now()
    rows = {
        (row.scope_id, Cell(row.leg, row.hour_band, row.distance_band)): row
        for row in await rows_by(TimeCell, "scope_id", sorted({scope for scope, _ in seen}))
    }
    for (scope, cell), bins in sorted(seen.items(), key=lambda item: (item[0][0], str(item[0][1]))):
        row = rows.get((scope, cell)) or TimeCell(
            scope_id=scope,
            leg=cell.leg,
            hour_band=cell.hour_band,
            distance_band=cell.distance_band,
            counts=[0.0] * BINS,
            learnt_at=now,
        )
        row.counts = faded(row.counts, (now - row.learnt_at).total_seconds())
        for number in bins:
            row.counts[number] += 1
        row.learnt_at = now
        await _save(row)


def legs_of(job: DeliveryJob, past: Mapping[JobEvent, datetime], ready_at: datetime | None) -> dict[Leg, float]:
    """How long each leg took, in seconds; the last leg to the last door. Legs that were jumped over are left out.

    `ready_at`: when the goods were to be ready as the job was placed, so that a shop's lateness is learnt too. Pure.
    """
    moments = {
        "opened": past.get(JobEvent.REOPEN, job.created_at),
        "assigned": job.assigned_at,
        "arrived": arrived_at(job, past),
        "picked_up": job.picked_up_at,
        "at_door": past.get(JobEvent.ARRIVE_AT_DROP_OFF),
        "ended": job.ended_at,
    }

    def between(one: datetime | None, other: datetime | None) -> float | None:
        return None if one is None or other is None else max(0.0, (other - one).total_seconds())

    arrived = moments["arrived"]
    both = arrived if arrived is None or ready_at is None else max(arrived, ready_at)
    ridden = between(moments["picked_up"], moments["at_door"])
    found = {
        Leg.ACCEPT: between(moments["opened"], moments["assigned"]),
        Leg.TO_PICKUP: between(moments["assigned"], arrived),
        Leg.HANDOVER: between(both, moments["picked_up"]),
        Leg.PACE: None if ridden is None else ridden / (max(job.distance_m, 100) / 1_000),
        Leg.DOOR: between(moments["at_door"], moments["ended"]),
    }
    return {leg: seconds for leg, seconds in found.items() if seconds is not None}


async def _measure(jobs: Iterable[DeliveryJob], said: Mapping[UUID, Sequence[JobEstimate]]) -> None:
    """Hold what was said of these jobs against what came, and set the width of what is said next."""
    jobs, now = list(jobs), clock.now()
    records = {
        (row.cooperative_id, row.stage, row.target): row
        for row in await rows_by(TimeRecord, "cooperative_id", sorted({job.cooperative_id for job in jobs}))
    }
    for job in jobs:
        for row in said[job.pk]:
            for target, low, middle, high, came in (
                (Target.PICKUP, row.pickup_low, row.pickup_middle, row.pickup_high, job.picked_up_at),
                (Target.DROP_OFF, row.drop_off_low, row.drop_off_middle, row.drop_off_high, job.ended_at),
            ):
                if low is None or middle is None or high is None or came is None:
                    continue
                key = (job.cooperative_id, row.stage, target)
                record = records.setdefault(
                    key,
                    TimeRecord(
                        cooperative_id=key[0], stage=key[1], target=target, errors=[0.0] * BINS, learnt_at=now
                    ),
                )
                _hold(record, low <= came <= high, abs((came - middle).total_seconds()), now)
    for record in records.values():
        await _save(record)


def _hold(record: TimeRecord, held: bool, error_s: float, now: datetime) -> None:
    passed = (now - record.learnt_at).total_seconds()
    *errors, measured, kept = faded([*record.errors, record.measured, record.held], passed)
    errors[bin_of(error_s)] += 1
    record.errors, record.measured, record.held = errors, measured + 1, kept + held
    record.width, record.learnt_at = estimating.widened(record.width, held=held), now


async def _save(row: Model) -> None:
    await row.save(force_create=not row._saved_in_db, force_update=row._saved_in_db)


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often a kind of range held, and by how much half of the middles were off at most."""

    coverage: float
    median_error_s: float


def accuracy_of(record: TimeRecord) -> Accuracy:
    """How the ranges of this record held. Pure."""
    total = sum(record.errors)
    shares = [count / total for count in record.errors] if total else [0.0] * BINS
    return Accuracy(record.held / record.measured if record.measured else 0.0, Distribution(shares).quantile(0.5))


async def records_by_cooperative(ids: Sequence[UUID]) -> Mapping[UUID, list[TimeRecord]]:
    """How each co-op's ranges held, by stage and target. One statement."""
    return await lists_by(TimeRecord, "cooperative_id", ids, order="stage,target")


async def records_of_node() -> list[tuple[str, TimeRecord]]:
    """How the ranges of the node's co-ops held, by the co-op's code; of those measured last. Two statements."""
    rows = await TimeRecord.all().order_by("-learnt_at").limit(MOST_SHOWN)
    cooperatives = await membership.cooperatives_by_id(sorted({row.cooperative_id for row in rows}))
    return [(cooperatives[row.cooperative_id].code, row) for row in rows]


async def forget(adapters: Any) -> int:
    """Let go of what was said of jobs long ago. Bounded: the rest goes the next time."""
    old = JobEstimate.filter(created_at__lt=clock.now() - KEPT).order_by("id").limit(BATCH * MOST_BATCHES)
    ids = [UUID(str(id)) for id in await old.values_list("id", flat=True)]
    return await JobEstimate.filter(pk__in=ids).delete() if ids else 0
