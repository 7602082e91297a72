"""A day in batches: every minute all open orders and all couriers are planned together. Pure.

Who carries what is a min-cost flow (`assigning`), in which order a courier stops is `routes`; equity is a cost. A
plan binds only as far as a courier has to set out before the next batch: everything later is planned anew, with what
has become known meanwhile. Goods on board stay with who has them. Orders of one place that a courier takes in
together take their time at the pickup once.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from marketplace.deliveries.dispatch.assigning import Edge, assign
from marketplace.deliveries.dispatch.equity import Earned, reference_hourly
from marketplace.deliveries.dispatch.replay.days import Courier, Day, Outcome, Terms, Trip
from marketplace.deliveries.dispatch.routes import Costs, Plan, Stop, Task, Vehicle, evaluate, insert


@dataclass(frozen=True, slots=True)
class Batching:
    """How batches are made; times in seconds."""

    name: str = "batch"
    every_s: int = 60
    horizon_s: int = 1_200
    """Orders whose goods are ready later wait for a later batch."""
    most_jobs: int = 3
    candidates: int = 8
    """Couriers weighed for an order."""
    equity_s: int = 900
    """What a courier with no earnings is nearer than one with endless earnings."""
    early_s: int = 60
    """So long before the goods are ready a courier aims to arrive."""
    age_percent: int = 100
    costs: Costs = field(default_factory=Costs)


@dataclass(slots=True)
class _Under:
    """A courier under way."""

    number: int
    courier: Courier
    place: tuple[float, float]
    free_s: int
    pickup_since_s: int | None = None
    on_board: list[Stop] = field(default_factory=list)
    plan: Plan | None = None
    earned: int = 0
    busy_s: int = 0

    def joins(self, stop: Stop, now: int) -> bool:
        """Whether this pickup is made together with the one he is at."""
        if self.pickup_since_s is None or self.free_s <= now:
            return False
        return stop.is_pickup and self.place == stop.place

    def vehicle(self, now: int, batching: Batching, terms: Terms) -> Vehicle:
        still_there = self.free_s > now
        return Vehicle(
            self.place,
            max(self.free_s, now),
            pickup_since_s=self.pickup_since_s if still_there else None,
            last_pickup_s=self.courier.off_s,
            most_jobs=batching.most_jobs,
            jobs=len(self.on_board),
        )


class _Batches:
    def __init__(self, day: Day, batching: Batching, terms: Terms) -> None:
        self.day, self.batching, self.terms = day, batching, terms
        self.under = [_Under(n, each, each.start, each.on_s) for n, each in enumerate(day.couriers)]
        self.coming = sorted(range(len(day.orders)), key=lambda n: (day.orders[n].placed_s, n), reverse=True)
        self.open: list[int] = []
        self.tasks = [self._task(number) for number in range(len(day.orders))]
        self.taken: dict[int, tuple[int, int]] = {}
        self.picked: dict[int, int] = {}
        self.together: set[int] = set()
        self.trips: dict[int, Trip] = {}
        self.ridden = 0.0
        self.rides: dict[tuple[tuple[float, float], tuple[float, float]], int] = {}

    def _task(self, number: int) -> Task:
        order = self.day.orders[number]
        pickup = Stop(number, order.pickup, self.terms.pickup_s, earliest_s=order.ready_s, load_g=1)
        drop = Stop(number, order.drop, self.terms.dropoff_s, load_g=-1, due_s=order.ready_s, is_last=True)
        return Task(pickup, (drop,))

    def ride_s(self, start: tuple[float, float], end: tuple[float, float]) -> int:
        """As the terms say, kept: the same few places are asked again and again."""
        found = self.rides.get((start, end))
        if found is None:
            found = math.ceil(math.dist(start, end) * 60 / self.terms.metres_a_minute)
            self.rides[start, end] = found
        return found

    def run(self) -> Outcome:
        starts = [order.placed_s for order in self.day.orders] + [each.on_s for each in self.day.couriers]
        now = min(starts, default=0)
        while self.coming or self.open or any(under.on_board for under in self.under):
            while self.coming and self.day.orders[self.coming[-1]].placed_s <= now:
                self.open.append(self.coming.pop())
            last = now - self.terms.gives_up_s
            self.open = [number for number in self.open if self.day.orders[number].placed_s >= last]
            self._plan(now)
            for under in self.under:
                self._set_out(now, under)
            now += self.batching.every_s
        trips = tuple(self.trips[number] for number in sorted(self.trips))
        return Outcome(trips, tuple(under.busy_s for under in self.under), round(self.ridden))

    def _plan(self, now: int) -> None:
        """Give every courier a plan: what he has on board, and what the flow gives him of the open orders."""
        ready = [under for under in self.under if under.on_board or under.courier.takes_at(now)]
        for under in ready:
            vehicle = under.vehicle(now, self.batching, self.terms)
            under.plan = evaluate(vehicle, under.on_board, self.ride_s, self.batching.costs)
        takers = [under for under in ready if under.courier.takes_at(now)]
        waiting = [n for n in self.open if self.day.orders[n].ready_s <= now + self.batching.horizon_s]
        reference = reference_hourly([self._earned(under, now) for under in takers])
        dear = [self._dear(under, now, reference) for under in takers]
        for _ in range(self.batching.most_jobs):
            if not waiting or not takers:
                return
            found: dict[tuple[int, int], Plan] = {}
            edges: list[Edge] = []
            for job, number in enumerate(waiting):
                for place in self._candidates(number, takers, dear, now):
                    plan = self._with(takers[place], number, now)
                    if plan is not None:
                        before = takers[place].plan
                        more = max(0, plan.cost - (before.cost if before else 0)) + dear[place]
                        edges.append(Edge(job, place, more))
                        found[job, place] = plan
            ages = [
                1_000_000 + (now - self.day.orders[n].placed_s) * self.batching.age_percent // 100 for n in waiting
            ]
            assigned = assign(ages, [1] * len(takers), edges)
            if not assigned.driver_of:
                return
            for job, place in assigned.driver_of.items():
                takers[place].plan = found[job, place]
            waiting = [waiting[job] for job in assigned.open]

    def _earned(self, under: _Under, now: int) -> Earned:
        return Earned(under.earned, under.courier.stood_ready_s(now))

    def _dear(self, under: _Under, now: int, reference: int) -> int:
        own = self._earned(under, now).hourly
        return self.batching.equity_s * own // (own + reference) if own else 0

    def _candidates(self, number: int, takers: Sequence[_Under], dear: Sequence[int], now: int) -> list[int]:
        """The couriers who could be at the pickup soonest once their plan is done, or who stop there anyway.

        Of those who all come before the goods are ready, the ones who have earned least.
        """
        order = self.day.orders[number]
        keys: list[tuple[int, int, int]] = []
        for place, under in enumerate(takers):
            plan = under.plan
            if plan is None:
                continue
            if any(stop.is_pickup and stop.place == order.pickup for stop in plan.stops):
                keys.append((0, dear[place], place))
                continue
            at, free = (
                (plan.stops[-1].place, plan.done_s[-1]) if plan.stops else (under.place, max(now, under.free_s))
            )
            keys.append((max(free + self.ride_s(at, order.pickup), order.ready_s), dear[place], place))
        return [place for _, _, place in heapq.nsmallest(self.batching.candidates, keys)]

    def _with(self, under: _Under, number: int, now: int) -> Plan | None:
        vehicle = under.vehicle(now, self.batching, self.terms)
        stops = under.plan.stops if under.plan else ()
        return insert(vehicle, stops, self.tasks[number], self.ride_s, self.batching.costs)

    def _set_out(self, now: int, under: _Under) -> None:
        """Bind what has to begin before the next batch."""
        until = now + self.batching.every_s
        plan, under.plan = under.plan, None
        for stop in plan.stops if plan else ():
            joins = under.joins(stop, now)
            leaves = max(under.free_s, now)
            if stop.is_pickup and not joins:
                leaves = max(leaves, stop.earliest_s - self.ride_s(under.place, stop.place) - self.batching.early_s)
            if leaves >= until and not joins:
                return
            self._make(leaves, under, stop, joins=joins)

    def _make(self, leaves: int, under: _Under, stop: Stop, *, joins: bool) -> None:
        """The courier leaves for a stop and does it; `joins`: it takes its time with the pickup that he is at."""
        arrives = leaves + self.ride_s(under.place, stop.place)
        begins = max(under.pickup_since_s or 0 if joins else arrives, stop.earliest_s)
        done = begins + stop.takes_s
        under.busy_s += done - (under.free_s if joins else leaves)
        self.ridden += math.dist(under.place, stop.place)
        under.place, under.free_s = stop.place, done
        under.pickup_since_s = begins if stop.is_pickup else None
        if stop.is_pickup:
            self._take_in(leaves, under, stop.job)
            return
        under.on_board.remove(stop)
        courier, taken = self.taken[stop.job]
        self.trips[stop.job] = Trip(stop.job, courier, taken, self.picked[stop.job], done, stop.job in self.together)

    def _take_in(self, leaves: int, under: _Under, number: int) -> None:
        self.open.remove(number)
        self.taken[number], self.picked[number] = (under.number, leaves), under.free_s
        under.on_board += self.tasks[number].drops
        under.earned += self.day.orders[number].pay
        if len(under.on_board) > 1:
            self.together.update(each.job for each in under.on_board)


def run(day: Day, batching: Batching, terms: Terms) -> Outcome:
    """The day as it would have gone in batches."""
    return _Batches(day, batching, terms).run()
