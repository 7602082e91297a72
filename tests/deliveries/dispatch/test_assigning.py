"""Who carries which of many jobs: the cheapest of all ways, found by trying every one on small cases."""

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.assigning import MOST_CANDIDATES, Assigned, Edge, assign


def all_pairs(costs: list[list[int]]) -> list[Edge]:
    return [Edge(job, driver, cost) for job, row in enumerate(costs) for driver, cost in enumerate(row)]


#: Costs by job and driver, room, the cost of a further job | each job's driver.
CASES = [
    ([[5, 9]], [1, 1], 0, {0: 0}),
    # both are nearest to the first driver: the second job loses less by the other
    ([[5, 20], [6, 8]], [1, 1], 0, {0: 0, 1: 1}),
    ([[5, 20], [6, 8]], [2, 2], 0, {0: 0, 1: 0}),
    # a further job has its price, so work spreads
    ([[5, 20], [6, 8]], [2, 2], 3, {0: 0, 1: 1}),
    # no room at all
    ([[5, 20], [6, 8]], [0, 1], 0, {1: 1}),
]


@pytest.mark.parametrize(("costs", "room", "load_cost", "wanted"), CASES)
def test_assign(costs: list[list[int]], room: list[int], load_cost: int, wanted: dict[int, int]) -> None:
    assert assign([1_000] * len(costs), room, all_pairs(costs), load_cost=load_cost).driver_of == wanted


def test_the_job_that_presses_goes_first_when_not_all_can() -> None:
    one_driver = [Edge(0, 0, 10), Edge(1, 0, 500)]
    assert assign([10_000, 10_000], [1], one_driver).driver_of == {0: 0}
    assert assign([10_000, 11_000], [1], one_driver) == Assigned({1: 0}, (0,), 10_500)


def test_a_job_that_is_dearer_than_waiting_stays_open() -> None:
    assert assign([100], [1], [Edge(0, 0, 101)]) == Assigned({}, (0,), 100)
    assert assign([], [1], []) == Assigned({}, (), 0)


@pytest.mark.parametrize("edge", [Edge(1, 0, 1), Edge(0, 1, 1), Edge(-1, 0, 1), Edge(0, 0, -1)])
def test_an_edge_of_nothing_is_refused(edge: Edge) -> None:
    with pytest.raises(ValueError, match="edge"):
        assign([100], [1], [edge])


def test_candidates_are_bounded() -> None:
    edges = [Edge(0, driver, 1) for driver in range(MOST_CANDIDATES + 1)]
    with pytest.raises(ValueError, match=str(MOST_CANDIDATES)):
        assign([100], [1] * len(edges), edges)


def test_work_spreads() -> None:
    """As the dearer further job asks: 40 jobs that all cost the same, 8 drivers."""
    found = assign([10_000] * 40, [40] * 8, all_pairs([[7] * 8] * 40), load_cost=1)
    loads = [list(found.driver_of.values()).count(driver) for driver in range(8)]
    assert loads == [5] * 8


costs_of = st.lists(st.lists(st.none() | st.integers(0, 50), min_size=3, max_size=3), min_size=1, max_size=4)


@settings(max_examples=80, deadline=None)
@given(costs_of, st.lists(st.integers(0, 2), min_size=3, max_size=3), st.integers(0, 20), st.integers(0, 60))
def test_no_way_is_cheaper(costs: list[list[int | None]], room: list[int], load_cost: int, open_cost: int) -> None:
    edges = [Edge(j, d, cost) for j, row in enumerate(costs) for d, cost in enumerate(row) if cost is not None]
    found = assign([open_cost] * len(costs), room, edges, load_cost=load_cost)

    def price(way: tuple[int | None, ...]) -> int | None:
        total = 0
        for job, driver in enumerate(way):
            cost = open_cost if driver is None else costs[job][driver]
            if cost is None:
                return None
            total += cost
        for driver in range(3):
            load = way.count(driver)
            if load > room[driver]:
                return None
            total += load_cost * load * (load - 1) // 2
        return total

    ways = [price(way) for way in product([None, 0, 1, 2], repeat=len(costs))]
    assert found.cost == min(cost for cost in ways if cost is not None)
    assert price(tuple(found.driver_of.get(job) for job in range(len(costs)))) == found.cost
    assert found.open == tuple(job for job in range(len(costs)) if job not in found.driver_of)


def test_the_solver_is_not_loaded_with_the_node() -> None:
    asked = "import marketplace.app, sys; sys.exit('ortools' in sys.modules or 'pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
