"""Who is near a pickup, and how soon: as measuring against all would say, and along the way of who carries."""

from collections.abc import Sequence
from math import cos, hypot, radians
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.around import STOP_S, Crowd, Passing, Stander, metres_per_lon
from marketplace.deliveries.dispatch.equity import Earned
from marketplace.deliveries.dispatch.policy import Rider
from marketplace.deliveries.dispatch.routes import Stop

LAT, LON = -7.26, 112.75
DEGREE_M = 111_320


def stander(
    number: int, *, north_m: float = 0, east_m: float = 0, way: Sequence[Passing] = (), **rider: int
) -> Stander:
    who = Rider(UUID(int=number), Earned(0, 0), idle_s=0, **{"offer_limit": 2, "job_limit": 3, **rider})
    return Stander(who, UUID(int=number), UUID(int=1), LAT + north_m / DEGREE_M, east(east_m), way=way)


def east(metres: float) -> float:
    return LON + metres / (DEGREE_M * cos(radians(LAT)))


def passing(north_m: float, leaves_s: int) -> Passing:
    return Passing(Stop(0, (LAT + north_m / DEGREE_M, LON), STOP_S), leaves_s)


places = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 5_000), st.booleans(), st.integers(0, 2)), max_size=60
)


@given(places, st.integers(1, 40), st.sets(st.integers(0, 60), max_size=5), st.integers(0, 5_000))
def test_the_nearest_who_can_come_first_then_the_nearest_of_the_others(
    found: list[tuple[int, int, bool, int]], most: int, barred: set[int], at_m: int
) -> None:
    standers = [
        stander(number, north_m=north, east_m=to_east, jobs_held=3 if is_full else 0)
        for number, (north, to_east, is_full, _) in enumerate(found)
    ]
    crowd = Crowd(standers)
    for one, (*_, offers) in zip(standers, found, strict=True):
        for _ in range(offers):  # as a pass goes on
            one.take_offer()
    out = {UUID(int=number) for number in barred}

    def rank(one: Stander) -> tuple[bool, float]:
        north_m, east_m = (one.lat - LAT) * DEGREE_M - at_m, (one.lon - LON) * cos(radians(LAT)) * DEGREE_M
        return not one.is_able or one.rider.driver_id in out, hypot(north_m, east_m)

    nearest = crowd.nearest(LAT + at_m / DEGREE_M, LON, most, out)
    assert len(nearest) == min(most, len(standers))
    for one, best in zip(nearest, sorted(standers, key=rank), strict=False):
        assert rank(one)[0] == rank(best)[0]
        assert rank(one)[1] == pytest.approx(rank(best)[1], rel=0.01, abs=2)


def test_a_free_driver_rides_straight_to_the_pickup() -> None:
    metres, reach_s = stander(1, north_m=1_000).approach(LAT, LON, 0, metres_per_lon(LAT))
    assert metres == pytest.approx(1_300, abs=2)  # the usual detour
    assert reach_s == metres * 60 // 320


@pytest.mark.parametrize(
    ("said", "way", "ready_in_s", "reach_s"),
    [
        ("he fetches at the same shop anyway", [passing(0, 600), passing(3_000, 1_600)], 0, 600),
        (
            "the goods are long not ready: he brings first what he has",
            [passing(0, 600), passing(100, 900)],
            3_000,
            924,
        ),
        ("his last door is beside the shop", [passing(3_000, 900), passing(0, 1_900)], 0, 1_900),
        (
            "his way leads away, and the stop keeps a buyer waiting longer than coming back",
            [passing(-200, 400)],
            0,
            448,
        ),
        ("he passes the shop on a long way: a stop costs less than coming back", [passing(-9_000, 3_000)], 0, 365),
    ],
)
def test_a_busy_driver_comes_where_it_makes_his_way_least_longer(
    said: str, way: list[Passing], ready_in_s: int, reach_s: int
) -> None:
    one = stander(1, north_m=1_500, way=way, jobs_held=1)
    metres, found_s = one.approach(LAT, LON, ready_in_s, metres_per_lon(LAT))
    assert found_s == pytest.approx(reach_s, abs=3), said
    assert found_s >= metres * 60 // 320
    assert STOP_S == 240


def test_who_passes_the_shop_is_found_there_though_he_stands_far() -> None:
    far = stander(0, north_m=9_000, way=[passing(0, 600)], jobs_held=1)
    crowd = Crowd([far, *(stander(number, north_m=500) for number in range(1, 10))])
    assert crowd.nearest(LAT, LON, 1, ()) == [far]
