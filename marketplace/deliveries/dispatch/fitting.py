"""Where one more job goes into a driver's way, and what that means for him and for those who wait. Pure.

By `routes`: a pickup before its drops, never more on board than his vehicle carries, windows and the end of his shift
kept. What was proposed to him in this pass counts as his.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.deliveries.dispatch.around import METRES_A_MINUTE, STOP_S, Passing, Stander, metres_between
from marketplace.deliveries.dispatch.planning import Wanting
from marketplace.deliveries.dispatch.routes import Costs, Place, Plan, Stop, Task, Vehicle, evaluate, insert

#: His hands are counted elsewhere (`Stander.room`): here only what he carries at once is.
_NO_LIMIT = 1_000
_COSTS = Costs()


@dataclass(frozen=True, slots=True)
class Fit:
    """A driver's way with one more job in it."""

    plan: Plan
    reach_s: int
    """Seconds until he can stand at its pickup."""
    delays_s: int
    """By how much those whose goods he has already wait longer, all together."""


def fit(stander: Stander, job: Wanting, per_lon: float) -> Fit | None:
    """The cheapest place for the job in his way; None when a window, his vehicle or his shift's end leaves none."""

    def ride_s(start: Place, end: Place) -> int:
        return metres_between(start, end, per_lon) * 60 // METRES_A_MINUTE

    stops = [place.stop for place in stander.way]
    vehicle = _vehicle(stander, stops, job.rules.past_shift_end_s)
    before = evaluate(vehicle, stops, ride_s, _COSTS)
    task = _task(job, ride_s((job.lat, job.lon), _end(job)))
    fixed = sum(place.is_here for place in stander.way)
    found = None if before is None else insert(vehicle, stops, task, ride_s, _COSTS, fixed=fixed)
    if before is None or found is None:
        return None
    done = dict(zip(found.stops, found.done_s, strict=True))
    delays_s = sum(
        done[stop] - at for stop, at in zip(before.stops, before.done_s, strict=True) if not stop.is_pickup
    )
    return Fit(found, done[task.pickup] - task.pickup.takes_s, delays_s)


def take(stander: Stander, found: Fit) -> None:
    """The job was proposed to him: from now on it is part of his way."""
    here = {place.stop for place in stander.way if place.is_here}
    stander.way = [
        Passing(stop, done_s, stop in here) for stop, done_s in zip(found.plan.stops, found.plan.done_s, strict=True)
    ]
    stander.take_offer()


def _vehicle(stander: Stander, stops: Sequence[Stop], past_shift_end_s: int) -> Vehicle:
    """He as he sets out: what is dropped on his way without being fetched on it lies on board already."""
    rider = stander.rider
    ends_s = None if rider.shift_ends_in_s is None else rider.shift_ends_in_s + past_shift_end_s
    return Vehicle(
        (stander.lat, stander.lon),
        0,
        ends_s=ends_s,
        capacity_g=rider.capacity_g,
        load_g=-sum(stop.load_g for stop in stops),
        most_jobs=_NO_LIMIT,
    )


def _task(job: Wanting, straight_s: int) -> Task:
    """The job as one pickup and its last drop: what the ways between its drops take, the last one takes as well."""
    between_s = max(0, job.ride_m * 60 // METRES_A_MINUTE - straight_s) if job.drops > 1 else 0
    pickup = Stop(
        job.id.int,
        (job.lat, job.lon),
        STOP_S,
        earliest_s=job.ready_in_s,
        latest_s=job.latest_in_s,
        load_g=job.weight_g,
    )
    drop = Stop(
        job.id.int,
        _end(job),
        STOP_S * max(job.drops, 1) + between_s,
        load_g=-job.weight_g,
        due_s=job.ready_in_s,
        is_last=True,
    )
    return Task(pickup, (drop,))


def _end(job: Wanting) -> Place:
    return (job.lat, job.lon) if job.end is None else (job.end.lat, job.end.lon)
