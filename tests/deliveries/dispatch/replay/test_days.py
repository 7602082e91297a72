"""One day told by hand, under each way of finding a courier: who goes, when the door opens, what it pays."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.replay import batches, rounds
from marketplace.deliveries.dispatch.replay.batches import Batching
from marketplace.deliveries.dispatch.replay.days import Courier, Day, Order, Outcome, Terms, digest
from marketplace.deliveries.dispatch.replay.measures import measure, percentile
from marketplace.deliveries.dispatch.replay.rounds import FAIREST, NEAREST, NEAREST_CHOOSING, Rules
from marketplace.deliveries.dispatch.replay.trying import Policy, run
from tests.deliveries.dispatch.towns import town

TERMS = Terms()
KM = 1_000
#: 320 m a minute.
KM_S = 188
WAYS: list[Policy] = [NEAREST, NEAREST_CHOOSING, FAIREST, Batching()]
ways = pytest.mark.parametrize("policy", WAYS, ids=lambda policy: policy.name)


def order(id: str, at: int, to: int, *, placed: int = 0, ready: int = 1_200, pay: int = 7_000) -> Order:
    return Order(id, (at, 0), (to, 0), placed, ready, pay)


def courier(id: str, at: int, *, on: int = 0, off: int = 14_400, pauses: tuple[tuple[int, int], ...] = ()) -> Courier:
    return Courier(id, (at, 0), on, off, pauses)


@ways
def test_one_order_one_courier(policy: Policy) -> None:
    day = Day("d", (order("o", KM, 2 * KM),), (courier("c", 0),))
    (trip,) = run(day, policy, TERMS).trips
    assert trip.courier == 0
    assert trip.picked_s == 1_200 + 240  # he was there before the goods were ready
    assert trip.door_s == trip.picked_s + KM_S + 240
    figures = measure(day, run(day, policy, TERMS))
    assert (figures.delivered, figures.share_delivered, figures.metres_an_order) == (1, 1.0, 2 * KM)
    assert figures.click_to_door == round(trip.door_s / 60, 2)
    assert (figures.ready_to_pickup, figures.ready_to_door) == (4.0, round((trip.door_s - 1_200) / 60, 2))
    assert (figures.hourly, figures.without_job, figures.gini) == (1_750, 0, 0.0)


@ways
def test_nobody_on_shift_nothing_brought(policy: Policy) -> None:
    for couriers in ((), (courier("c", 0, on=8_000, off=9_000),), (courier("c", 0, off=300),)):
        day = Day("d", (order("o", KM, 2 * KM),), couriers)
        figures = measure(day, run(day, policy, TERMS))
        assert (figures.delivered, figures.click_to_door, figures.gini) == (0, 0.0, 0.0)
        assert figures.without_job == len(couriers)


@ways
def test_a_pause_brings_nothing_and_counts_for_nothing(policy: Policy) -> None:
    orders = (order("o", KM, 2 * KM),)
    away = Day("d", orders, (courier("c", 0, pauses=((600, 4_200),)),))
    (trip,) = run(away, policy, TERMS).trips
    assert trip.taken_s >= 4_200
    assert measure(away, run(away, policy, TERMS)).hourly == 7_000 // 3  # three of four hours


@ways
def test_he_brings_home_what_he_has_after_his_shift_but_picks_nothing_up(policy: Policy) -> None:
    ends = Day("d", (order("o", KM, 9 * KM),), (courier("c", 0, off=1_440),))
    assert len(run(ends, policy, TERMS).trips) == 1
    too_soon = Day("d", ends.orders, (courier("c", 0, off=1_439),))
    assert run(too_soon, policy, TERMS).trips == ()


def test_the_nearest_goes_first_and_the_fair_choose_who_had_nothing() -> None:
    """Two orders from one shop, an hour apart; one courier always nearer, both in time."""
    orders = (order("early", KM, 2 * KM), order("late", KM, 2 * KM, placed=4_000, ready=5_400))
    day = Day("d", orders, (courier("near", 2 * KM), courier("far", 0)))
    assert [trip.courier for trip in run(day, NEAREST, TERMS).trips] == [0, 0]
    assert [trip.courier for trip in run(day, FAIREST, TERMS).trips] == [0, 1]
    assert measure(day, run(day, NEAREST, TERMS)).gini == 0.5
    assert measure(day, run(day, FAIREST, TERMS)).gini == 0.0


def test_who_has_several_offers_takes_the_nearest_pickup() -> None:
    """One courier, three shops along a street: the oldest order lies farthest from him."""
    orders = tuple(order(f"o{at}", at * KM, at * KM, placed=9 - at, ready=600) for at in (9, 4, 1))
    day = Day("d", orders, (courier("c", 0),))
    in_turn = sorted(run(day, NEAREST, TERMS).trips, key=lambda trip: trip.door_s)
    assert [day.orders[trip.order].id for trip in in_turn] == ["o9", "o4", "o1"]
    choosing = sorted(run(day, NEAREST_CHOOSING, TERMS).trips, key=lambda trip: trip.door_s)
    assert [day.orders[trip.order].id for trip in choosing] == ["o1", "o4", "o9"]


def test_a_batch_takes_two_of_one_shop_along() -> None:
    orders = (order("a", KM, 3 * KM), order("b", KM, 4 * KM, ready=1_230))
    day = Day("d", orders, (courier("c", 0),))
    trips = run(day, Batching(), TERMS).trips
    assert all(trip.is_bundled for trip in trips)
    assert trips[1].picked_s == 1_230 + 240
    assert trips[1].door_s < max(trip.door_s for trip in run(day, NEAREST, TERMS).trips)
    assert measure(day, run(day, Batching(), TERMS)).bundled == 1.0


def test_who_waits_too_long_gets_nothing() -> None:
    late = courier("c", 0, on=6_000, off=20_000)
    day = Day("d", (order("o", KM, 2 * KM),), (late,))
    assert run(day, NEAREST, TERMS).trips == ()
    assert len(run(day, NEAREST, replace(TERMS, gives_up_s=6_000)).trips) == 1


@pytest.mark.parametrize(("values", "part", "wanted"), [([], 90, 0), ([5], 90, 5), ([*range(1, 11)], 90, 9)])
def test_percentile(values: list[int], part: int, wanted: int) -> None:
    assert percentile(values, part) == wanted


def test_the_same_days_have_the_same_name() -> None:
    one, same, other = town(1), town(1), town(2)
    assert digest([one]) == digest([same])
    assert digest([one]) != digest([other]) != digest([one, other])
    paused = replace(one, couriers=(replace(one.couriers[0], pauses=((1, 2),)), *one.couriers[1:]))
    assert digest([one]) != digest([paused])


# --- whatever the day


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(0, 12), st.sampled_from(WAYS))
def test_a_day_could_have_gone_so(seed: int, orders: int, couriers: int, policy: Policy) -> None:
    day = town(seed, orders=orders, couriers=couriers, shops=4)
    found = run(day, policy, TERMS)
    assert found == run(day, policy, TERMS)
    assert len({trip.order for trip in found.trips}) == len(found.trips)
    for trip in found.trips:
        wanted, who = day.orders[trip.order], day.couriers[trip.courier]
        assert trip.taken_s >= max(who.on_s, wanted.placed_s)
        assert trip.picked_s >= wanted.ready_s + TERMS.pickup_s
        assert trip.picked_s <= who.off_s
        assert trip.door_s >= trip.picked_s + TERMS.ride_s(wanted.pickup, wanted.drop) + TERMS.dropoff_s
    _check_nobody_is_in_two_places(day, found)


def _check_nobody_is_in_two_places(day: Day, found: Outcome) -> None:
    """Between two moments at which a courier was seen, there is time for the way."""
    for number, who in enumerate(day.couriers):
        seen = [(who.on_s, who.start)]
        for trip in found.trips:
            if trip.courier == number:
                wanted = day.orders[trip.order]
                seen += [(trip.picked_s, wanted.pickup), (trip.door_s, wanted.drop)]
        for (before, start), (after, end) in pairwise(sorted(seen)):
            assert after - before >= math.floor(math.dist(start, end) * 60 / TERMS.metres_a_minute)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_more_offers_at_once_lose_no_job(seed: int, at_once: int) -> None:
    day = town(seed, orders=30, couriers=10, shops=4)
    rules = Rules("many", FAIREST.weights, at_once=at_once)
    assert len({trip.order for trip in rounds.run(day, rules, TERMS).trips}) <= len(day.orders)
    assert len(batches.run(day, Batching(most_jobs=1), TERMS).trips) <= len(day.orders)
