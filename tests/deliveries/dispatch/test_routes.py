"""The order of a courier's stops: rules by table, the best order against every order there is."""

import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.routes import Costs, Place, Plan, Stop, Task, Vehicle, best, evaluate, insert

COSTS = Costs()
STILL = Vehicle((0, 0), 0)


def ride_s(start: Place, end: Place) -> int:
    """A metre a second."""
    return math.ceil(math.dist(start, end))


def job(
    number: int, at: int, to: int, *, ready: int = 0, load: int = 1, latest: int | None = None, skill: str = ""
) -> Task:
    """Along one street; a minute at each stop."""
    pickup = Stop(number, (at, 0), 60, earliest_s=ready, load_g=load)
    drop = Stop(number, (to, 0), 60, latest_s=latest, load_g=-load, due_s=ready, is_last=True)
    return Task(pickup, (drop,), frozenset({skill} - {""}))


def order(plan: Plan | None) -> str | None:
    """`+1 +2 -1 -2`"""
    return None if plan is None else " ".join(f"{'+' if stop.is_pickup else '-'}{stop.job}" for stop in plan.stops)


#: Jobs, the vehicle | the order of the stops, when they are done.
ROUTES = [
    ([job(1, 100, 300)], STILL, "+1 -1", (160, 420)),
    # goods that are not ready are waited for
    ([job(1, 100, 300, ready=500)], STILL, "+1 -1", (560, 820)),
    # two of one shop are taken in together, in a minute
    ([job(1, 100, 300), job(2, 100, 400)], STILL, "+1 +2 -1 -2", (160, 160, 420, 580)),
    # on the way
    ([job(1, 100, 900), job(2, 200, 600)], STILL, "+1 +2 -2 -1", (160, 320, 780, 1_140)),
    # no room for both
    ([job(1, 100, 900, load=3), job(2, 200, 600, load=3)], Vehicle((0, 0), 0, capacity_g=5), "+2 -2 +1 -1", None),
    ([job(1, 100, 900), job(2, 200, 600)], Vehicle((0, 0), 0, most_jobs=1), "+2 -2 +1 -1", None),
    # the far door closes first
    ([job(1, 100, 300), job(2, 100, 900, latest=960)], STILL, "+1 +2 -2 -1", None),
    # nothing fits
    ([job(1, 100, 300, load=6)], Vehicle((0, 0), 0, capacity_g=5), None, None),
    ([job(1, 100, 300, latest=359)], STILL, None, None),
    ([job(1, 100, 300, latest=360)], STILL, "+1 -1", (160, 420)),
    ([job(1, 100, 300)], Vehicle((0, 0), 0, last_pickup_s=159), None, None),
    ([job(1, 100, 300)], Vehicle((0, 0), 0, last_pickup_s=160), "+1 -1", (160, 420)),
    ([job(1, 100, 300)], Vehicle((0, 0), 0, ends_s=419), None, None),
    ([job(1, 100, 300, skill="cold")], STILL, None, None),
    ([job(1, 100, 300, skill="cold")], Vehicle((0, 0), 0, skills=frozenset({"cold", "car"})), "+1 -1", (160, 420)),
]


@pytest.mark.parametrize(("tasks", "vehicle", "wanted", "done"), ROUTES)
def test_the_best_order(
    tasks: list[Task], vehicle: Vehicle, wanted: str | None, done: tuple[int, ...] | None
) -> None:
    plan = best(vehicle, tasks, ride_s, COSTS)
    assert order(plan) == wanted
    if done is not None:
        assert plan is not None
        assert plan.done_s == done


def test_what_is_on_board_is_brought_too() -> None:
    on_board = job(9, 0, 500).drops
    plan = best(Vehicle((0, 0), 0, load_g=1, jobs=1), [job(1, 100, 300)], ride_s, COSTS, on_board=on_board)
    assert order(plan) == "+1 -1 -9"


def test_who_stands_at_a_pickup_takes_more_of_the_place_along() -> None:
    at_shop = Vehicle((100, 0), 160, pickup_since_s=100, jobs=1)
    plan = insert(at_shop, job(9, 0, 500).drops, job(1, 100, 300, ready=130), ride_s, COSTS)
    assert order(plan) == "+1 -1 -9"
    assert plan is not None
    assert plan.done_s[0] == 190  # a minute from when the later goods are ready


def test_a_route_under_way_takes_one_more_without_turning_round() -> None:
    going = best(STILL, [job(1, 100, 900)], ride_s, COSTS)
    assert going is not None
    assert order(insert(STILL, going.stops, job(2, 200, 600), ride_s, COSTS)) == "+1 +2 -2 -1"
    # he is on his way to the first pickup: that stays first
    assert order(insert(STILL, going.stops, job(2, 50, 90), ride_s, COSTS)) == "+2 -2 +1 -1"
    assert order(insert(STILL, going.stops, job(2, 50, 90), ride_s, COSTS, fixed=1)) == "+1 +2 -2 -1"
    assert insert(STILL, going.stops, job(2, 50, 90, skill="cold"), ride_s, COSTS) is None
    assert insert(Vehicle((0, 0), 0, capacity_g=1), going.stops, job(2, 50, 90, load=2), ride_s, COSTS) is None


def test_the_drops_of_one_job_keep_their_order() -> None:
    drops = (Stop(1, (300, 0), 60, due_s=0), Stop(1, (200, 0), 60, load_g=-2, due_s=0, is_last=True))
    task = Task(Stop(1, (100, 0), 60, load_g=2), drops)
    for plan in (best(STILL, [task], ride_s, COSTS), insert(STILL, (), task, ride_s, COSTS)):
        assert plan is not None
        assert [stop.place[0] for stop in plan.stops] == [100, 300, 200]


@pytest.mark.parametrize(
    "drops",
    [
        (),
        (Stop(1, (1, 0), 60),),
        (Stop(1, (1, 0), 60, due_s=0),),
        (Stop(1, (1, 0), 60, due_s=0, is_last=True), Stop(1, (2, 0), 60, due_s=0, is_last=True)),
    ],
)
def test_what_is_no_job_is_refused(drops: tuple[Stop, ...]) -> None:
    with pytest.raises(ValueError, match="job"):
        Task(Stop(1, (0, 0), 60), drops)


# --- against every order there is

places = st.tuples(st.integers(0, 3_000), st.integers(0, 3_000))


@st.composite
def tasks_of(draw: st.DrawFn, most: int) -> list[Task]:
    made = []
    shops = draw(st.lists(places, min_size=1, max_size=2))
    for number in range(draw(st.integers(1, most))):
        ready, load = draw(st.integers(0, 2_000)), draw(st.integers(1, 3))
        latest = draw(st.none() | st.integers(ready + 200, ready + 6_000))
        pickup = Stop(number, draw(st.sampled_from(shops)), 60, earliest_s=ready, load_g=load)
        drop = Stop(number, draw(places), 60, latest_s=latest, load_g=-load, due_s=ready, is_last=True)
        made.append(Task(pickup, (drop,)))
    return made


vehicles = st.builds(
    Vehicle,
    places,
    st.integers(0, 1_000),
    last_pickup_s=st.none() | st.integers(1_000, 8_000),
    ends_s=st.none() | st.integers(2_000, 12_000),
    capacity_g=st.none() | st.integers(2, 6),
    most_jobs=st.integers(1, 3),
)


def every_order(vehicle: Vehicle, tasks: list[Task]) -> int | None:
    """The least cost of all orders in which each pickup stands before its drop."""
    stops = [stop for task in tasks for stop in (task.pickup, *task.drops)]
    found = [
        evaluate(vehicle, tried, ride_s, COSTS)
        for tried in permutations(stops)
        if all(tried.index(task.pickup) < tried.index(task.drops[0]) for task in tasks)
    ]
    return min((plan.cost for plan in found if plan is not None), default=None)


@settings(max_examples=60, deadline=None)
@given(vehicles, tasks_of(3))
def test_no_order_is_better_than_the_best(vehicle: Vehicle, tasks: list[Task]) -> None:
    plan = best(vehicle, tasks, ride_s, COSTS)
    assert (None if plan is None else plan.cost) == every_order(vehicle, tasks)


@settings(max_examples=60, deadline=None)
@given(vehicles, tasks_of(6), st.integers(0, 3))
def test_insertion_keeps_the_rules_and_the_order(vehicle: Vehicle, tasks: list[Task], fixed: int) -> None:
    stops: tuple[Stop, ...] = ()
    for task in tasks:
        first = min(fixed, len(stops))
        plan = insert(vehicle, stops, task, ride_s, COSTS, fixed=first)
        if plan is None:
            continue
        assert plan.stops[:first] == stops[:first]
        assert [stop for stop in plan.stops if stop.job != task.pickup.job] == list(stops)
        assert plan.stops.index(task.pickup) < plan.stops.index(task.drops[0])
        # the same order says the same, and no place for the new one was cheaper
        assert evaluate(vehicle, plan.stops, ride_s, COSTS) == plan
        others = [
            evaluate(vehicle, [*stops[:i], task.pickup, *stops[i:j], *task.drops, *stops[j:]], ride_s, COSTS)
            for i in range(first, len(stops) + 1)
            for j in range(i, len(stops) + 1)
        ]
        assert plan.cost == min(other.cost for other in others if other is not None)
        stops = plan.stops


@settings(max_examples=60, deadline=None)
@given(vehicles, tasks_of(6))
def test_every_plan_keeps_windows_capacity_and_shift(vehicle: Vehicle, tasks: list[Task]) -> None:
    plan = best(vehicle, tasks, ride_s, COSTS)
    if plan is None:
        return
    assert len(plan.stops) == 2 * len(tasks)
    load, aboard = 0, set()
    for stop, done in zip(plan.stops, plan.done_s, strict=True):
        load += stop.load_g
        assert stop.is_pickup or stop.job in aboard
        aboard ^= {stop.job}
        assert done - stop.takes_s >= stop.earliest_s
        assert stop.latest_s is None or done - stop.takes_s <= stop.latest_s
        assert vehicle.capacity_g is None or load <= vehicle.capacity_g
        assert len(aboard) <= vehicle.most_jobs
        assert vehicle.ends_s is None or done <= vehicle.ends_s
        assert not stop.is_pickup or vehicle.last_pickup_s is None or done <= vehicle.last_pickup_s
    assert load == 0
    assert list(plan.done_s) == sorted(plan.done_s)
