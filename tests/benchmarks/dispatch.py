"""Many jobs assigned together, and a round of ranking: each beside the plain way of the same run, and at ten times.

The plain way of assigning takes the cheapest pair, then the next; of ranking, it sorts by distance.
"""

import math
import random
import statistics
import time
from collections.abc import Callable
from uuid import UUID

from marketplace.deliveries.dispatch.assigning import Edge, assign
from marketplace.deliveries.dispatch.equity import Earned, reference_hourly
from marketplace.deliveries.dispatch.nearest import Place, Places
from marketplace.deliveries.dispatch.policy import FAIR, Candidate, Job, Rider, rank

ROUNDS = 5
#: Drivers weighed for a job.
NEAR = 20
JOBS, DRIVERS, ROOM = 2_000, 500, 6
OPEN_JOBS, ON_SHIFT, RANKED = 200, 1_000, 50


def measure() -> None:
    """Print both, with their growth."""
    at_one, at_ten = _assigning(JOBS, DRIVERS), _assigning(10 * JOBS, 10 * DRIVERS)
    print(f"assigning {JOBS:,} jobs, {DRIVERS:,} drivers  {1e3 * at_one[0]:8.0f} ms     aim < 1,000")
    print(f"  ÷ cheapest pair first            {at_one[0] / at_one[1]:8.2f}")
    print(f"  at ten times ÷ at once           {at_ten[0] / at_one[0]:8.2f}")
    one_round, ten_rounds = _ranking(OPEN_JOBS, ON_SHIFT), _ranking(10 * OPEN_JOBS, 10 * ON_SHIFT)
    print(f"ranking {OPEN_JOBS} open jobs, {RANKED} near    {1e3 * one_round[0]:8.0f} ms     aim < 100")
    print(f"  ÷ sorting by distance            {one_round[0] / one_round[1]:8.2f}")
    print(f"  at ten times ÷ at once           {ten_rounds[0] / one_round[0]:8.2f}")


def _assigning(jobs: int, drivers: int) -> tuple[float, float]:
    """Seconds by min-cost flow, candidates found and all; and by taking the cheapest pair first."""
    dice = random.Random(jobs)
    side = _side(drivers)
    places, riders = _places(dice, jobs, side), _places(dice, drivers, side)
    dear = [dice.randint(0, 600) for _ in riders]

    def edges() -> list[Edge]:
        riding = Places(riders)
        return [
            Edge(job, driver, round(math.dist(place, riders[driver]) / 5) + dear[driver])
            for job, place in enumerate(places)
            for driver in riding.near(place, NEAR)
        ]

    def flow() -> None:
        found = assign([1_000_000] * jobs, [ROOM] * drivers, edges(), load_cost=120)
        assert len(found.driver_of) > 0.95 * jobs

    def greedy() -> None:
        room, taken = [ROOM] * drivers, set()
        for edge in sorted(edges(), key=lambda edge: edge.cost):
            if edge.job not in taken and room[edge.driver]:
                taken.add(edge.job)
                room[edge.driver] -= 1

    return _seconds(flow), _seconds(greedy)


def _ranking(jobs: int, drivers: int) -> tuple[float, float]:
    """Seconds to rank the riders near each open job, everything built from facts; and to sort them by distance."""
    dice = random.Random(jobs)
    side = _side(drivers)
    places, at = _places(dice, jobs, side), _places(dice, drivers, side)
    facts = [(dice.randint(0, 200_000), dice.randint(0, 28_800), dice.randint(0, 3_600)) for _ in at]
    riding = Places(at)
    near = [riding.near(place, RANKED) for place in places]

    def ranked() -> None:
        riders = [
            Rider(UUID(int=number), Earned(amount, seconds), idle, vehicle="MOTORCYCLE", capacity_g=20_000)
            for number, (amount, seconds, idle) in enumerate(facts)
        ]
        reference = reference_hourly(rider.earned for rider in riders)
        for place, numbers in zip(places, near, strict=True):
            candidates = []
            for number in numbers:
                metres = round(math.dist(place, at[number]))
                candidates.append(Candidate(riders[number], metres, metres // 5))
            job = Job(radius_m=3_000, ready_in_s=300, ride_m=2_500, weight_g=3_000, vehicles=("MOTORCYCLE", "CAR"))
            rank(job, candidates, FAIR, reference_hourly=reference)

    def by_distance() -> None:
        for place, numbers in zip(places, near, strict=True):
            sorted((round(math.dist(place, at[number])), number) for number in numbers)

    return _seconds(ranked), _seconds(by_distance)


def _side(drivers: int) -> float:
    """Of a city as dense whatever their number: ten times as many ride on ten times the ground."""
    return 500 * math.sqrt(drivers)


def _places(dice: random.Random, count: int, side: float) -> list[Place]:
    return [(dice.random() * side, dice.random() * side) for _ in range(count)]


def _seconds(work: Callable[[], None]) -> float:
    """The median of a few runs, after one that warms up."""
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
