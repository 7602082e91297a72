"""A day by rounds of offers, as the service sends them: each open job to those whom the policy ranks first. Pure.

Whoever is offered takes; who has several offers open takes the one whose pickup is nearest to him. Where a job was
offered to several at once, the first answer wins, and who is quickest has nothing to do with rank: it is drawn,
always alike for the same job and courier. A round goes through the open jobs, oldest first; rounds follow each other
until nobody who is free has anything left to take.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from uuid import UUID
from zlib import crc32

from marketplace.deliveries.dispatch.equity import Earned, reference_hourly
from marketplace.deliveries.dispatch.policy import FAIR, NEAREST_FIRST, Candidate, Job, Rider, Weights, rank
from marketplace.deliveries.dispatch.replay.days import Courier, Day, Order, Outcome, Place, Terms, Trip


@dataclass(frozen=True, slots=True)
class Rules:
    """A policy to be tried: the weights, how many are offered a job at once, how many offers one may have open."""

    name: str
    weights: Weights
    at_once: int = 1
    offer_limit: int = 3
    radius_m: int = 100_000


#: What platforms do: each job in turn to the nearest who is free, one offer at a time.
NEAREST = Rules("nearest", NEAREST_FIRST, offer_limit=1)
#: The same weights, but a driver chooses among three offers as he does under `FAIREST`: what choosing alone brings.
NEAREST_CHOOSING = Rules("nearest-choosing", NEAREST_FIRST)
FAIREST = Rules("fair", FAIR)


class _Kind(IntEnum):
    STANDS = 0  # a courier's shift or pause begins or ends: whoever stands ready is looked at anew
    FREE = 1  # his job is done
    OPENS = 2


@dataclass(slots=True)
class _Standing:
    """A courier as the day goes on."""

    number: int
    courier: Courier
    place: Place
    since_s: int
    earned: int = 0
    busy_s: int = 0
    is_busy: bool = False

    @property
    def id(self) -> UUID:
        return UUID(int=self.number + 1)

    def earnings(self, now: int) -> Earned:
        return Earned(self.earned, self.courier.stood_ready_s(now))


class _Rounds:
    def __init__(self, day: Day, rules: Rules, terms: Terms) -> None:
        self.day, self.rules, self.terms = day, rules, terms
        self.standings = [_Standing(n, each, each.start, each.on_s) for n, each in enumerate(day.couriers)]
        self.open: list[int] = []
        self.trips: dict[int, Trip] = {}
        self.ridden = 0.0
        self.events: list[tuple[int, int, int]] = []
        for number, courier in enumerate(day.couriers):
            ends = [end for _, end in courier.pauses]
            self.events += [(moment, _Kind.STANDS, number) for moment in (courier.on_s, *ends)]
        for number, order in enumerate(day.orders):
            opens = max(order.placed_s, order.ready_s - terms.opens_before_s)
            self.events.append((opens, _Kind.OPENS, number))
        heapq.heapify(self.events)

    def run(self) -> Outcome:
        while self.events:
            now = self.events[0][0]
            while self.events and self.events[0][0] == now:
                self._happen(now, *heapq.heappop(self.events)[1:])
            last = now - self.terms.gives_up_s
            self.open = [number for number in self.open if self.day.orders[number].placed_s >= last]
            while self.open and self._round(now):
                pass
        trips = tuple(self.trips[number] for number in sorted(self.trips))
        return Outcome(trips, tuple(standing.busy_s for standing in self.standings), round(self.ridden))

    def _happen(self, now: int, kind: int, number: int) -> None:
        if kind == _Kind.OPENS:
            self.open.append(number)
        elif kind == _Kind.FREE:
            self.standings[number].is_busy = False

    def _round(self, now: int) -> bool:
        """Send every open job's offers and let each driver answer; whether anybody took one."""
        on = [standing for standing in self.standings if standing.courier.takes_at(now)]
        riders = {standing.id: self._rider(standing, now) for standing in on if not standing.is_busy}
        if not riders:
            return False
        reference = reference_hourly(standing.earnings(now) for standing in on)
        offers: dict[UUID, list[int]] = defaultdict(list)
        for number in self.open:
            if not riders:
                break
            order = self.day.orders[number]
            candidates = [self._candidate(rider, order) for rider in riders.values()]
            ranked = rank(
                self._job(order, now),
                candidates,
                self.rules.weights,
                reference_hourly=reference,
                most=self.rules.at_once,
            )
            for standing in ranked.offered:
                offers[standing.driver_id].append(number)
                if len(offers[standing.driver_id]) >= self.rules.offer_limit:
                    del riders[standing.driver_id]
        return self._answer(now, offers)

    def _answer(self, now: int, offers: Mapping[UUID, Sequence[int]]) -> bool:
        """Each driver takes the nearest of his offers; whether anybody got one."""
        accepted: dict[int, list[UUID]] = defaultdict(list)
        for driver_id, numbers in offers.items():
            accepted[min(numbers, key=lambda each: (self._way_m(driver_id, each), each))].append(driver_id)
        for number in sorted(accepted):
            quickest = min(accepted[number], key=lambda driver_id: _quickness(number, driver_id))
            self._take(now, number, self.standings[quickest.int - 1])
        return bool(accepted)

    def _rider(self, standing: _Standing, now: int) -> Rider:
        return Rider(
            standing.id,
            standing.earnings(now),
            idle_s=max(0, now - standing.since_s),
            shift_ends_in_s=standing.courier.off_s - now,
        )

    def _candidate(self, rider: Rider, order: Order) -> Candidate:
        at = self.standings[rider.driver_id.int - 1].place
        return Candidate(rider, round(math.dist(at, order.pickup)), self.terms.ride_s(at, order.pickup))

    def _job(self, order: Order, now: int) -> Job:
        return Job(
            radius_m=self.rules.radius_m,
            ready_in_s=max(0, order.ready_s - now),
            ride_m=order.ride_m,
            takes_s=self.terms.pickup_s,
        )

    def _way_m(self, driver_id: UUID, number: int) -> float:
        return math.dist(self.standings[driver_id.int - 1].place, self.day.orders[number].pickup)

    def _take(self, now: int, number: int, standing: _Standing) -> None:
        order = self.day.orders[number]
        there = now + self.terms.ride_s(standing.place, order.pickup)
        picked = max(there, order.ready_s) + self.terms.pickup_s
        door = picked + self.terms.ride_s(order.pickup, order.drop) + self.terms.dropoff_s
        self.trips[number] = Trip(number, standing.number, now, picked, door)
        self.ridden += math.dist(standing.place, order.pickup) + math.dist(order.pickup, order.drop)
        standing.place, standing.since_s, standing.is_busy = order.drop, door, True
        standing.earned += order.pay
        standing.busy_s += door - now
        self.open.remove(number)
        heapq.heappush(self.events, (door, _Kind.FREE, standing.number))


def _quickness(number: int, driver_id: UUID) -> tuple[int, UUID]:
    return crc32(f"{number}/{driver_id.int}".encode()), driver_id


def run(day: Day, rules: Rules, terms: Terms) -> Outcome:
    """The day as it would have gone under these rules."""
    return _Rounds(day, rules, terms).run()
