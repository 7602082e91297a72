"""Many jobs given out together: each driver's stops in an order that can be ridden, and everybody told why."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.around import STOP_S, Crowd, Stander
from marketplace.deliveries.dispatch.batching import MOST_TURNS, assign_together
from marketplace.deliveries.dispatch.explaining import Reason
from marketplace.deliveries.dispatch.planning import Plan, Wanting, begin
from marketplace.deliveries.dispatch.policy import NEAREST_FIRST
from marketplace.tariffs.rules import Point
from tests.deliveries.test_planning import COOP, NOW, asked, rules, stander, wanting

DEGREE_M = 111_320
NEAR = rules(weights=NEAREST_FIRST, radius_m=20_000)


def job(number: int, *, at_m: int = 0, to_m: int = 1_000, **changed: object) -> Wanting:
    """From so many metres north of the shop to so many."""
    return wanting(
        number,
        **{"of": NEAR, "lat": -7.26 + at_m / DEGREE_M, "end": Point(-7.26 + to_m / DEGREE_M, 112.75), **changed},  # type: ignore[arg-type]  # a table's values
    )


def together(jobs: list[Wanting], crowd: list[Stander]) -> list[Plan]:
    plans = [begin(one, NOW) for one in jobs]
    whole = Crowd(crowd)
    assign_together(plans, lambda _: whole, {COOP: 20_000})
    return plans


def rider(number: int, metres: int = 0, **changed: object) -> Stander:
    return stander(number, metres=metres, **{"job_limit": 3, "offer_limit": 3, "capacity_g": 20_000, **changed})


def stops_of(one: Stander) -> str:
    """`+7 -7`: what he does first and last, by the number of the job."""
    return " ".join(f"{'+' if place.stop.is_pickup else '-'}{place.stop.job}" for place in one.way)


def test_a_second_job_falls_to_him_who_fetches_there_anyway() -> None:
    first, other = rider(1, 0), rider(2, 6_000)
    jobs = [job(11), job(12, at_m=6_000, to_m=7_000), job(13, to_m=1_200), job(14, at_m=6_000, to_m=7_300)]
    plans = together(jobs, [first, other])
    assert [asked(plan) for plan in plans] == [[1], [2], [1], [2]]
    assert stops_of(first) == "+13 +11 -11 -13"
    assert stops_of(other) == "+14 +12 -12 -14"


def test_what_lies_along_his_way_is_fetched_on_it_and_what_does_not_fit_on_board_comes_after() -> None:
    one = rider(1)
    together([job(11, to_m=6_000), job(12, at_m=3_000, to_m=5_000)], [one])
    assert stops_of(one) == "+11 +12 -12 -11"
    full = rider(1)
    together([job(11, to_m=6_000, weight_g=15_000), job(12, at_m=3_000, to_m=5_000, weight_g=15_000)], [full])
    assert stops_of(full) in ("+11 -11 +12 -12", "+12 -12 +11 -11")


def test_who_cannot_keep_the_window_is_told_so_and_it_goes_to_another() -> None:
    busy, free = rider(1, 100, shift_ends_in_s=7_200), rider(2, 5_000)
    first = job(11, at_m=100, to_m=15_000, ready_in_s=600)
    (plan,) = together([first], [busy])
    assert asked(plan) == [1]
    late = job(12, at_m=15_000, to_m=16_000, latest_in_s=2_600)
    (plan,) = together([late], [busy, free])
    assert asked(plan) == [2]
    (standing,) = plan.skipped
    assert standing.skip is not None
    assert standing.skip.reason is Reason.NO_PLACE
    assert "tidak muat di rute Anda" in standing.skip.words("id")
    assert "fitted nowhere into your way" in standing.skip.words("en")


def test_a_driver_is_given_no_more_than_his_hands_hold() -> None:
    one = rider(1, job_limit=2)
    plans = together([job(number) for number in range(11, 16)], [one])
    assert sum(len(plan.proposals) for plan in plans) == 2
    plans = together([job(number) for number in range(11, 20)], [rider(1, job_limit=9, offer_limit=9)])
    assert sum(len(plan.proposals) for plan in plans) == MOST_TURNS


tasks = st.builds(
    lambda at, to, ready, late, weight, drops: (at, to, ready, late, weight, drops),
    st.integers(0, 6_000),
    st.integers(0, 6_000),
    st.integers(0, 1_200),
    st.none() | st.integers(600, 3_000),
    st.integers(0, 20_000),
    st.integers(1, 3),
)
riders = st.tuples(st.integers(0, 6_000), st.integers(1, 3), st.none() | st.integers(1_800, 7_200))


@given(st.lists(tasks, min_size=1, max_size=9), st.lists(riders, min_size=1, max_size=4))
def test_every_way_can_be_ridden(
    found: list[tuple[int, int, int, int | None, int, int]], people: list[tuple[int, int, int | None]]
) -> None:
    crowd = [
        rider(number, metres, job_limit=limit, shift_ends_in_s=ends)
        for number, (metres, limit, ends) in enumerate(people, start=1)
    ]
    jobs = [
        job(100 + n, at_m=at, to_m=to, ready_in_s=ready, latest_in_s=late, weight_g=weight, drops=drops)
        for n, (at, to, ready, late, weight, drops) in enumerate(found)
    ]
    plans = together(jobs, crowd)
    by_id = {one.id: one for one in jobs}
    given_to = {plan.job.id: asked(plan) for plan in plans}
    for one in crowd:
        on_board: dict[int, int] = {}
        done = [place.leaves_s for place in one.way]
        assert done == sorted(done)
        for place in one.way:
            stop, wanted = place.stop, by_id[UUID(int=place.stop.job)]
            if stop.is_pickup:
                assert stop.job not in on_board
                on_board[stop.job] = wanted.weight_g
                assert sum(on_board.values()) <= 20_000
                assert place.leaves_s >= wanted.ready_in_s + STOP_S
                assert wanted.latest_in_s is None or place.leaves_s <= wanted.latest_in_s + STOP_S
            else:
                del on_board[stop.job]  # fetched before
        assert on_board == {}
        mine = [id for id, drivers in given_to.items() if drivers == [one.rider.driver_id.int]]
        assert sorted(id.int for id in mine) == sorted({place.stop.job for place in one.way})
        assert len(mine) <= one.rider.job_limit
        ends = one.rider.shift_ends_in_s
        assert ends is None or not done or done[-1] <= ends
    for plan in plans:
        if plan.proposals:
            told = [*asked(plan), *(standing.driver_id.int for standing in plan.skipped)]
            assert sorted(told) == sorted(one.rider.driver_id.int for one in crowd)
            assert all(standing.skip is not None for standing in plan.skipped)
