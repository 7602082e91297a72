"""In which order a courier makes his stops, and what one more job would cost him and those who wait. Pure.

A job's pickup comes before its drops; what is on board never passes the vehicle's capacity; windows and the shift's
end hold; a job that asks for a skill (a cold box, a licence for a car) goes to who has it. Times are whole seconds on
whatever clock the caller uses, places whatever its `ride_s` understands.

`best` weighs every order of the stops of up to `EXACT` jobs (branch and bound); more go in one by one, each where it
costs least, as `insert` puts one more job into a route under way.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

Place = tuple[float, float]
#: Seconds from one place to another.
Ride = Callable[[Place, Place], int]
#: Jobs up to which every order of the stops is weighed.
EXACT = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a job's goods are taken in or handed over. Pickups in a row at one place take their time together."""

    job: int
    """The caller's number of the job."""
    place: Place
    takes_s: int
    earliest_s: int = 0
    """It begins no sooner: goods not ready, gate not open."""
    latest_s: int | None = None
    """It begins no later, or the route is refused."""
    load_g: int = 0
    """Taken in; below zero: handed over."""
    due_s: int | None = None
    """Of a drop: from then on somebody waits. None: a pickup."""
    is_last: bool = False
    """Of a drop: with it the job leaves the vehicle."""

    @property
    def is_pickup(self) -> bool:
        return self.due_s is None


@dataclass(frozen=True, slots=True)
class Task:
    """A job to be carried: one pickup, then its drops in their order; stops of other jobs may come between."""

    pickup: Stop
    drops: tuple[Stop, ...]
    skills: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not self.pickup.is_pickup or any(drop.is_pickup for drop in self.drops):
            raise ValueError("a job is one pickup, then drops")
        if [drop.is_last for drop in self.drops] != [False] * (len(self.drops) - 1) + [True]:
            raise ValueError("the job leaves the vehicle with its last drop")


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A courier as he can next set out."""

    place: Place
    free_s: int
    """When he can leave that place."""
    pickup_since_s: int | None = None
    """He is at a pickup there, begun then: goods of the same place come along."""
    last_pickup_s: int | None = None
    """No pickup ends later: his shift does."""
    ends_s: int | None = None
    """No stop ends later."""
    capacity_g: int | None = None
    load_g: int = 0
    """On board already."""
    most_jobs: int = 3
    """On board at once."""
    jobs: int = 0
    """On board already."""
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Costs:
    """What a route costs, in seconds: the wait of everybody it serves, and a part of the courier's own time."""

    patience_s: int = 2_400
    """A wait beyond it counts `late_times` again."""
    late_times: int = 2
    courier_percent: int = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """Stops in their order, when each is done, and what it costs."""

    stops: tuple[Stop, ...]
    done_s: tuple[int, ...]
    cost: int


class _Way(NamedTuple):
    """How far a route has come."""

    place: Place
    started_s: int
    done_s: int
    load_g: int
    jobs: int
    waits: int
    is_pickup: bool


def evaluate(vehicle: Vehicle, stops: Sequence[Stop], ride_s: Ride, costs: Costs) -> Plan | None:
    """This order with its times and cost; None when a window, the capacity or the shift's end is broken."""
    way = _start(vehicle)
    done: list[int] = []
    for stop in stops:
        following = _step(vehicle, way, stop, ride_s, costs)
        if following is None:
            return None
        way = following
        done.append(way.done_s)
    return Plan(tuple(stops), tuple(done), _cost(vehicle, way, costs))


def insert(
    vehicle: Vehicle, stops: Sequence[Stop], task: Task, ride_s: Ride, costs: Costs, *, fixed: int = 0
) -> Plan | None:
    """One more job in a route under way, its other stops in their order; the first `fixed` stay first.

    The cheapest place for pickup and first drop together, then for each further drop. None when it fits nowhere.
    """
    if not task.skills <= vehicle.skills:
        return None
    found = _cheapest_pair(vehicle, stops, task, ride_s, costs, fixed)
    for before, drop in pairwise(task.drops):
        if found is None:
            return None
        order = list(found.stops)
        after = order.index(before) + 1
        tries = (
            evaluate(vehicle, [*order[:at], drop, *order[at:]], ride_s, costs) for at in range(after, len(order) + 1)
        )
        found = min((plan for plan in tries if plan is not None), key=lambda plan: plan.cost, default=None)
    return found


def _cheapest_pair(
    vehicle: Vehicle, stops: Sequence[Stop], task: Task, ride_s: Ride, costs: Costs, fixed: int
) -> Plan | None:
    """Every place for the pickup and, behind it, the first drop: what stands before is walked once."""
    drop = task.drops[0]
    before: _Way | None = _start(vehicle)
    least, places = -1, (0, 0)
    for pickup_at in range(len(stops) + 1):
        if pickup_at and before is not None:
            stop = stops[pickup_at - 1]
            before = _step(vehicle, before, stop, ride_s, costs)
        if before is None:
            break
        if pickup_at < fixed:
            continue
        way = _step(vehicle, before, task.pickup, ride_s, costs)
        drop_at = pickup_at
        while way is not None:
            end = _follow(vehicle, way, (drop, *stops[drop_at:]), ride_s, costs)
            if end is not None and (least < 0 or _cost(vehicle, end, costs) < least):
                least, places = _cost(vehicle, end, costs), (pickup_at, drop_at)
            if drop_at == len(stops):
                break
            way = _step(vehicle, way, stops[drop_at], ride_s, costs)
            drop_at += 1
    if least < 0:
        return None
    pickup_at, drop_at = places
    order = [*stops[:pickup_at], task.pickup, *stops[pickup_at:drop_at], drop, *stops[drop_at:]]
    return evaluate(vehicle, order, ride_s, costs)


def _follow(vehicle: Vehicle, way: _Way, stops: Sequence[Stop], ride_s: Ride, costs: Costs) -> _Way | None:
    following: _Way | None = way
    for stop in stops:
        if following is None:
            return None
        following = _step(vehicle, following, stop, ride_s, costs)
    return following


def best(
    vehicle: Vehicle, tasks: Sequence[Task], ride_s: Ride, costs: Costs, *, on_board: Sequence[Stop] = ()
) -> Plan | None:
    """The cheapest order of these jobs' stops and of the drops of what is on board; None when there is none.

    Exact up to `EXACT` jobs, those on board counted; with more, one that insertion finds.
    """
    if any(not task.skills <= vehicle.skills for task in tasks):
        return None
    chains = [(stop,) for stop in on_board] + [(task.pickup, *task.drops) for task in tasks]
    if len(chains) == 1:
        return evaluate(vehicle, chains[0], ride_s, costs)
    if len(chains) <= EXACT:
        return _Search(vehicle, ride_s, costs).run(chains)
    plan = evaluate(vehicle, on_board, ride_s, costs)
    left = sorted(tasks, key=lambda task: (task.pickup.earliest_s, task.pickup.job))
    while left and plan is not None:
        plan = insert(vehicle, plan.stops, left.pop(0), ride_s, costs)
    return plan


class _Search:
    """Branch and bound over orders that keep each job's own stops in theirs."""

    def __init__(self, vehicle: Vehicle, ride_s: Ride, costs: Costs) -> None:
        self.vehicle, self.ride_s, self.costs = vehicle, ride_s, costs
        self.found: Plan | None = None

    def run(self, chains: Sequence[tuple[Stop, ...]]) -> Plan | None:
        self._go(_start(self.vehicle), tuple(chains), (), ())
        return self.found

    def _go(
        self, way: _Way, left: tuple[tuple[Stop, ...], ...], stops: tuple[Stop, ...], done: tuple[int, ...]
    ) -> None:
        cost = _cost(self.vehicle, way, self.costs)
        if self.found is not None and cost >= self.found.cost:
            return  # waits and time only grow
        if not left:
            self.found = Plan(stops, done, cost)
            return
        for place, chain, following in self._steps(way, left):
            rest = (
                (*left[:place], chain[1:], *left[place + 1 :]) if len(chain) > 1 else left[:place] + left[place + 1 :]
            )
            self._go(following, rest, (*stops, chain[0]), (*done, following.done_s))

    def _steps(self, way: _Way, left: tuple[tuple[Stop, ...], ...]) -> Iterator[tuple[int, tuple[Stop, ...], _Way]]:
        for place, chain in enumerate(left):
            stop = chain[0]
            following = _step(self.vehicle, way, stop, self.ride_s, self.costs)
            if following is not None:
                yield place, chain, following


def _start(vehicle: Vehicle) -> _Way:
    since = vehicle.pickup_since_s
    began = vehicle.free_s if since is None else since
    return _Way(vehicle.place, began, vehicle.free_s, vehicle.load_g, vehicle.jobs, 0, since is not None)


def _step(vehicle: Vehicle, way: _Way, stop: Stop, ride_s: Ride, costs: Costs) -> _Way | None:
    """On to the next stop; None when it breaks a rule."""
    if stop.is_pickup and way.is_pickup and stop.place == way.place:
        begins = max(way.started_s, stop.earliest_s)
    else:
        begins = max(way.done_s + ride_s(way.place, stop.place), stop.earliest_s)
    done = begins + stop.takes_s
    load, jobs = way.load_g + stop.load_g, way.jobs + (1 if stop.is_pickup else -1 if stop.is_last else 0)
    if stop.latest_s is not None and begins > stop.latest_s:
        return None
    if vehicle.capacity_g is not None and load > vehicle.capacity_g:
        return None
    if jobs > vehicle.most_jobs or (vehicle.ends_s is not None and done > vehicle.ends_s):
        return None
    if stop.is_pickup and vehicle.last_pickup_s is not None and done > vehicle.last_pickup_s:
        return None
    waits = way.waits
    if stop.due_s is not None:
        wait = max(0, done - stop.due_s)
        waits += wait + costs.late_times * max(0, wait - costs.patience_s)
    return _Way(stop.place, begins, done, load, jobs, waits, stop.is_pickup)


def _cost(vehicle: Vehicle, way: _Way, costs: Costs) -> int:
    return way.waits + (way.done_s - vehicle.free_s) * costs.courier_percent // 100
