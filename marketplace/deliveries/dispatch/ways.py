"""In which order a driver best makes the stops of the jobs that he holds, and when he may be at each.

By `routes` over the straight line with the usual detour: a proposal. Nothing is refused to who rides otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from uuid import UUID

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.deliveries.bookings.models import PickupWindow
from marketplace.deliveries.bookings.pricing import windows_by_job
from marketplace.deliveries.dispatch.around import METRES_A_MINUTE, STOP_S
from marketplace.deliveries.dispatch.routes import Costs, Place, Ride, Stop, Task, Vehicle, best
from marketplace.deliveries.lifecycle import HELD, DropState, JobState
from marketplace.deliveries.models import DeliveryJob, Driver, Drop
from marketplace.deliveries.relay.ahead import Ahead, hubs_ahead
from marketplace.deliveries.shifts import open_shifts_by_driver
from marketplace.tariffs.rules import DEFAULT_TERMS, Point, road_distance_m

#: He holds no more than his limit; what a dispatcher gave him beyond it counts as well.
_NO_LIMIT = 1_000
#: What goes back is brought by the way, but no buyer waits longer for it.
_NOBODY_WAITS_S = 86_400


class StopKind(StrEnum):
    """What is done at a stop."""

    PICKUP = "PICKUP"
    DROP_OFF = "DROP_OFF"
    HAND_IN = "HAND_IN"  # at the hub where his leg of a relay ends
    RETURN = "RETURN"


@dataclass(frozen=True, slots=True)
class WayStop:
    """One stop to come: what is done there, for which job and drop, and when it is expected to be done."""

    kind: StopKind
    job: DeliveryJob
    drop: Drop | None
    stop: Stop
    expected_at: datetime
    is_here: bool = False
    """He stands there already."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is to be known of jobs beside their rows: the hub where a leg ends, and the window for the pickup."""

    hubs: Mapping[UUID, Ahead] = field(default_factory=dict)
    windows: Mapping[UUID, PickupWindow] = field(default_factory=dict)


async def known_of(jobs: Sequence[DeliveryJob]) -> Known:
    """Two statements where one of the jobs goes to a hub, one where one was booked alone; else none."""
    alone = [job.pk for job in jobs if job.sub_order_id is None and job.picked_up_at is None]
    return Known(await hubs_ahead(jobs), await windows_by_job(alone) if alone else {})


async def ways_by_driver(ids: Sequence[UUID]) -> Mapping[UUID, list[WayStop]]:
    """The stops to come of each of these drivers, in their best order.

    Four statements, and those of `known_of`.
    """
    jobs = await DeliveryJob.filter(driver_id__in=list(ids), state__in=list(HELD)).order_by("id")
    drops = await rows_by(Drop, "job_id", [job.pk for job in jobs], order="position")
    known = await known_of(jobs)
    places = await open_shifts_by_driver(ids)
    found = {}
    for driver in await rows_by(Driver, "id", ids):
        held = [job for job in jobs if job.driver_id == driver.pk]
        shift = places.get(driver.pk)
        place = None if shift is None else (shift.lat, shift.lon)
        found[driver.pk] = way(held, drops, known, place=place, capacity_g=driver.capacity_g, now=clock.now())
    return found


def way(
    jobs: Sequence[DeliveryJob],
    drops: Sequence[Drop],
    known: Known,
    *,
    place: Place | None,
    capacity_g: int,
    now: datetime,
) -> list[WayStop]:
    """What is left to do of one driver's jobs, first to last. Pure.

    `place`: where he is; None: where his first stop is. Where he stands at a shop or a door, that stop comes first.
    """
    left = _Left(known, now)
    for job in jobs:
        left.add(job, [drop for drop in drops if drop.job_id == job.pk])
    return left.in_order(place, capacity_g)


class _Left:
    """Stops that are left, as `routes` wants them: each with a number, by which it is known again."""

    def __init__(self, known: Known, now: datetime) -> None:
        self.known, self.now = known, now
        self.stops: list[tuple[StopKind, DeliveryJob, Drop | None]] = []
        self.here: list[Stop] = []
        self.on_board: list[Stop] = []
        self.tasks: list[Task] = []

    def add(self, job: DeliveryJob, drops: Sequence[Drop]) -> None:
        if job.state in (JobState.FAILED, JobState.RETURNING):
            self.on_board.append(self._stop(StopKind.RETURN, job, None))
            return
        waiting = [drop for drop in drops if drop.state in (DropState.WAITING, DropState.STORED)]
        at_door = [drop for drop in drops if drop.state is DropState.AT_DOOR]
        carried = [drop for drop in drops if drop.state is DropState.CARRIED]
        self.here += self._doors(job, at_door)
        self.on_board += self._doors(job, carried)
        if not waiting:
            return
        pickup = self._stop(StopKind.PICKUP, job, None)
        to_come = self._doors(job, waiting)
        if job.state is JobState.AT_PICKUP:
            self.here.append(pickup)
            self.on_board += to_come
        else:
            self.tasks.append(Task(pickup, tuple(to_come)))

    def in_order(self, place: Place | None, capacity_g: int) -> list[WayStop]:
        told = [self._told(stop, max(0, stop.earliest_s) + STOP_S) for stop in self.here]
        begins = self.here or self.on_board or [task.pickup for task in self.tasks]
        if not begins:
            return []
        free_s = max((max(0, stop.earliest_s) + STOP_S for stop in self.here), default=0)
        start = begins[0].place if self.here or place is None else place
        loaded = -sum(stop.load_g for stop in self.on_board)
        limited = Vehicle(start, free_s, capacity_g=capacity_g, load_g=loaded, most_jobs=_NO_LIMIT)
        ride_s, costs = _ride(), Costs()
        plan = best(limited, self.tasks, ride_s, costs, on_board=self.on_board) or best(
            replace(limited, capacity_g=None),
            list(map(_boundless, self.tasks)),
            ride_s,
            costs,
            on_board=self.on_board,
        )
        if plan is None:
            raise RuntimeError("without a limit any order of the stops can be ridden")
        return told + [self._told(stop, done) for stop, done in zip(plan.stops, plan.done_s, strict=True)]

    def _doors(self, job: DeliveryJob, drops: Sequence[Drop]) -> list[Stop]:
        """Where these drops' goods leave him: at their doors, or all of them at the hub."""
        if job.pk in self.known.hubs and drops:
            return [self._stop(StopKind.HAND_IN, job, None)]
        return [self._stop(StopKind.DROP_OFF, job, drop, ends=drop is drops[-1]) for drop in drops]

    def _stop(self, kind: StopKind, job: DeliveryJob, drop: Drop | None, *, ends: bool = True) -> Stop:
        ready_s = round(((job.ready_at or job.created_at) - self.now).total_seconds())
        self.stops.append((kind, job, drop))
        number = len(self.stops) - 1
        place = self._place(kind, job, drop)
        if kind is StopKind.PICKUP:
            latest_s = seconds_left(self.known.windows.get(job.pk), self.now)
            return Stop(number, place, STOP_S, earliest_s=ready_s, latest_s=latest_s, load_g=job.weight_g)
        due_s = _NOBODY_WAITS_S if kind is StopKind.RETURN else ready_s
        return Stop(number, place, STOP_S, load_g=-job.weight_g if ends else 0, due_s=due_s, is_last=ends)

    def _place(self, kind: StopKind, job: DeliveryJob, drop: Drop | None) -> Place:
        if kind is StopKind.HAND_IN:
            end = self.known.hubs[job.pk].end
            return (end.lat, end.lon)
        return (job.pickup_lat, job.pickup_lon) if drop is None else (drop.lat, drop.lon)

    def _told(self, stop: Stop, done_s: int) -> WayStop:
        kind, job, drop = self.stops[stop.job]
        return WayStop(kind, job, drop, stop, self.now + timedelta(seconds=done_s), stop in self.here)


def seconds_left(window: PickupWindow | None, now: datetime) -> int | None:
    """Until a window for the pickup closes; None where there is none, or it is over. Pure."""
    left_s = 0 if window is None else int((window.ends_at - now).total_seconds())
    return left_s if left_s > 0 else None


def _boundless(task: Task) -> Task:
    """Without its window: what he was given beyond what he can keep has to be brought as well."""
    return replace(task, pickup=replace(task.pickup, latest_s=None))


def _ride() -> Ride:
    @cache
    def ride_s(start: Place, end: Place) -> int:
        return road_distance_m(Point(*start), Point(*end), DEFAULT_TERMS) * 60 // METRES_A_MINUTE

    return ride_s
