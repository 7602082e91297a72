"""Who is offered a job, in which order, and why: tables, and what holds for any candidates."""

import json
import random
from dataclasses import replace
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.equity import Earned
from marketplace.deliveries.dispatch.explaining import Explanation, FactorKind, Reason, Skip, far, lasting, weight
from marketplace.deliveries.dispatch.policy import (
    FAIR,
    NEAREST_FIRST,
    Candidate,
    Job,
    Rider,
    Weights,
    WrongWeights,
    rank,
)

JOB = Job(radius_m=3_000, ready_in_s=600, ride_m=4_000, weight_g=2_000, cash=50_000, takes_s=900)


def rider(number: int = 1, **facts: object) -> Rider:
    return replace(Rider(UUID(int=number), Earned(30_000, 7_200), idle_s=600), **facts)  # type: ignore[arg-type]


def near(who: Rider, **facts: object) -> Candidate:
    return replace(Candidate(who, pickup_m=1_000, reach_s=300), **facts)  # type: ignore[arg-type]


#: What is different about him | the reason | its numbers.
BARRIERS = [
    ({"is_member": False}, {}, Reason.NOT_MEMBER, ()),
    ({"has_valid_documents": False}, {}, Reason.DOCUMENTS, ()),
    ({"is_on_shift": False}, {}, Reason.OFF_SHIFT, ()),
    ({"is_paused": True}, {}, Reason.PAUSED, ()),
    ({}, {"is_blocked": True}, Reason.BLOCKED, ()),
    ({}, {"has_declined": True}, Reason.DECLINED, ()),
    ({}, {"pickup_m": 3_001}, Reason.TOO_FAR, (3_001, 3_000)),
    ({}, {"pickup_m": 3_000}, None, ()),
    ({"capacity_g": 1_999}, {}, Reason.TOO_HEAVY, (2_000, 1_999)),
    ({"capacity_g": 2_000}, {}, None, ()),
    ({"jobs_held": 2, "job_limit": 2}, {}, Reason.AT_JOB_LIMIT, (2, 2)),
    ({"jobs_held": 1, "job_limit": 2}, {}, None, ()),
    ({"offers_open": 3}, {}, Reason.OFFERS_OPEN, (3, 3)),
    ({"cash_held": 50_001, "cash_limit": 100_000}, {}, Reason.CASH_LIMIT, (100_001, 100_000)),
    ({"cash_held": 50_000, "cash_limit": 100_000}, {}, None, ()),
    # the goods are ready in 600 s, the ride takes 900 s
    ({"shift_ends_in_s": 1_499}, {}, Reason.SHIFT_ENDS, (1_500, 1_499, 0)),
    ({"shift_ends_in_s": 1_500}, {}, None, ()),
    ({"shift_ends_in_s": 1_500}, {"reach_s": 601}, Reason.SHIFT_ENDS, (1_501, 1_500, 0)),
    # of two barriers the one that lies with himself is told
    ({"is_paused": True}, {"pickup_m": 9_000}, Reason.PAUSED, ()),
]


@pytest.mark.parametrize(("about_him", "about_both", "reason", "numbers"), BARRIERS)
def test_what_bars(
    about_him: dict[str, object], about_both: dict[str, object], reason: Reason | None, numbers: tuple[int, ...]
) -> None:
    ranked = rank(JOB, [near(rider(**about_him), **about_both)], FAIR, reference_hourly=15_000)
    if reason is None:
        assert [standing.place for standing in ranked.offered] == [1]
        return
    assert ranked.offered == ()
    (barred,) = ranked.skipped
    assert barred.skip == Skip(reason, numbers)
    assert (barred.place, barred.explanation.factors) == (None, ())


def test_a_vehicle_has_to_fit_where_the_job_says_so() -> None:
    by_car = replace(JOB, vehicles=("CAR", "VAN"))
    ranked = rank(
        by_car, [near(rider(1, vehicle="MOTORCYCLE")), near(rider(2, vehicle="VAN"))], FAIR, reference_hourly=1
    )
    assert [standing.driver_id.int for standing in ranked.offered] == [2]
    assert ranked.skipped[0].skip == Skip(Reason.VEHICLE)


#: What one has before the other, all else equal: (who stands first, who stands second).
BEFORE = [
    (near(rider(1), reach_s=700), near(rider(2), reach_s=1_000)),  # goods wait less for him
    (near(rider(1), reach_s=100), near(rider(2), reach_s=500)),  # both come in time: the shorter ride
    (near(rider(1, idle_s=3_000)), near(rider(2, idle_s=60))),
    (near(rider(1, earned=Earned(20_000, 7_200))), near(rider(2, earned=Earned(60_000, 7_200)))),
    (near(rider(1, earned=Earned(60_000, 14_400))), near(rider(2, earned=Earned(60_000, 7_200)))),
    (near(rider(1), home_gain_m=4_000), near(rider(2))),  # home on the way before no direction
    (near(rider(1)), near(rider(2), home_gain_m=-4_000)),  # no direction before straight away from home
]


@pytest.mark.parametrize(("first", "second"), BEFORE)
def test_each_factor_speaks_for_the_right_one(first: Candidate, second: Candidate) -> None:
    swapped = [
        replace(second, rider=replace(second.rider, driver_id=UUID(int=1))),
        replace(first, rider=replace(first.rider, driver_id=UUID(int=2))),
    ]
    for candidates, wanted in (([first, second], [1, 2]), (swapped, [2, 1])):
        ranked = rank(JOB, candidates, FAIR, reference_hourly=15_000)
        assert [standing.driver_id.int for standing in ranked.offered] == wanted


def test_declining_costs_nothing_unless_members_decide_so() -> None:
    picky, eager = near(rider(1, offers_answered=50)), near(rider(2, offers_answered=50, offers_accepted=50))
    assert rank(JOB, [picky, eager], FAIR, reference_hourly=15_000).offered[0].driver_id.int == 1
    strict = Weights(nearness=8_000, since_last_job=0, equity=0, acceptance=2_000)
    assert rank(JOB, [picky, eager], strict, reference_hourly=15_000).offered[0].driver_id.int == 2
    values = {
        factor.kind: factor for factor in rank(JOB, [picky], FAIR, reference_hourly=1).offered[0].explanation.factors
    }
    assert values[FactorKind.ACCEPTANCE].points_bp == 0


@pytest.mark.parametrize("wrong", [(5_000, 0, 5_001), (10_001, 0, -1), (0, 0, 0)])
def test_weights_sum_to_all(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(WrongWeights) as refused:
        Weights(*wrong)
    assert str(sum(wrong)) in refused.value.message("id")


def test_who_is_outranked_is_told_his_place() -> None:
    ranked = rank(JOB, [near(rider(n), reach_s=600 + 60 * n) for n in range(1, 9)], FAIR, reference_hourly=1, most=5)
    assert [standing.place for standing in ranked.offered] == [1, 2, 3, 4, 5]
    assert [standing.skip for standing in ranked.skipped] == [Skip(Reason.OUTRANKED, (n, 5)) for n in (6, 7, 8)]
    assert len(ranked.skipped[0].explanation.factors) == len(FactorKind)
    assert (
        ranked.skipped[0].explanation.words()
        == "Anda di urutan ke-6; putaran ini menawarkan kepada 5 pengemudi pertama."
    )


def test_an_explanation_tells_all() -> None:
    best = rank(JOB, [near(rider(), reach_s=720, home_gain_m=-1_250)], FAIR, reference_hourly=22_000).offered[0]
    told = {factor.kind.value: (factor.words("id"), factor.words("en")) for factor in best.explanation.factors}
    assert told == {
        "NEARNESS": (
            "1,0 km ke penjemputan, tiba dalam 12 menit; barang menunggu Anda 2 menit.",
            "1.0 km to the pickup, there in 12 min; the goods wait 2 min for you.",
        ),
        "SINCE_LAST_JOB": ("Sudah 10 menit menunggu tugas.", "You have stood ready for 10 min without a job."),
        "EQUITY": (
            "Penghasilan Anda Rp15.000 per jam; pengemudi lain di koperasi sekitar Rp22.000.",
            "You earned Rp15.000 an available hour; the middle of your co-op earned Rp22.000.",
        ),
        "HOME": (
            "Tujuan antar 1,3 km lebih jauh dari rumah Anda.",
            "The job ends 1.3 km farther from home than it begins.",
        ),
        "ACCEPTANCE": ("Anda belum menjawab tawaran.", "You have answered no offers yet."),
    }
    assert best.explanation.words("en") == "Offered to you: place 1 by your co-op's policy."


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_in_both_languages(reason: Reason) -> None:
    said = [Skip(reason, (12_345, 678)).words(language) for language in ("id", "en")]
    assert said[0] != said[1]
    assert all(words.endswith(".") and "{" not in words for words in said)


def test_measures_are_said_as_people_say_them() -> None:
    assert [far(m) for m in (0, 999, 1_000, 1_249, 1_250, 12_340)] == [
        "0 m",
        "999 m",
        "1,0 km",
        "1,2 km",
        "1,3 km",
        "12,3 km",
    ]
    assert [weight(g, "en") for g in (500, 1_500)] == ["500 g", "1.5 kg"]
    assert [lasting(s) for s in (0, 59, 60, 3_599, 3_600, 7_500)] == [
        "0 detik",
        "59 detik",
        "1 menit",
        "59 menit",
        "1 jam",
        "2 jam 5 menit",
    ]


# --- whatever the facts are

amounts = st.integers(0, 2_000_000)
times = st.integers(0, 400_000)
riders = st.builds(
    Rider,
    driver_id=st.uuids(),
    earned=st.builds(Earned, amounts, times),
    idle_s=times,
    capacity_g=st.none() | st.integers(0, 5_000),
    jobs_held=st.integers(0, 3),
    job_limit=st.integers(1, 3),
    cash_held=amounts,
    cash_limit=st.none() | amounts,
    offers_answered=st.integers(5, 9),
    offers_accepted=st.integers(0, 5),
    shift_ends_in_s=st.none() | times,
    is_paused=st.booleans(),
)
candidates = st.lists(
    st.builds(
        Candidate,
        riders,
        pickup_m=st.integers(0, 4_000),
        reach_s=times,
        home_gain_m=st.none() | st.integers(-9_000, 9_000),
        is_blocked=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda candidate: candidate.rider.driver_id,
)
parts = st.lists(st.integers(0, 2_500), min_size=4, max_size=4)
weights = parts.map(lambda four: Weights(10_000 - sum(four), *four))
jobs = st.builds(
    Job, radius_m=st.integers(0, 4_000), ready_in_s=times, ride_m=st.integers(0, 9_000), cash=amounts, takes_s=times
)


@settings(deadline=None)
@given(jobs, candidates, weights, amounts, st.integers(0, 6), st.randoms(use_true_random=False))
def test_the_order_of_candidates_is_irrelevant_and_nobody_is_lost(
    job: Job, found: list[Candidate], by: Weights, reference: int, most: int, dice: random.Random
) -> None:
    ranked = rank(job, found, by, reference_hourly=reference, most=most)
    shuffled = dice.sample(found, len(found))
    assert rank(job, shuffled, by, reference_hourly=reference, most=most) == ranked
    everyone = [*ranked.offered, *ranked.skipped]
    assert sorted(standing.driver_id for standing in everyone) == sorted(each.rider.driver_id for each in found)
    assert len(ranked.offered) <= most
    placed = [standing for standing in everyone if standing.place is not None]
    assert [standing.place for standing in placed] == [*range(1, len(placed) + 1)]
    assert all(a.score_bp >= b.score_bp for a, b in pairwise(placed))
    assert all(standing.skip is not None for standing in ranked.skipped)


@settings(deadline=None)
@given(jobs, candidates, weights, amounts)
def test_values_stay_in_their_bounds_and_are_stored_whole(
    job: Job, found: list[Candidate], by: Weights, reference: int
) -> None:
    ranked = rank(job, found, by, reference_hourly=reference)
    for standing in (*ranked.offered, *ranked.skipped):
        told = standing.explanation
        assert all(0 <= factor.value <= 1 for factor in told.factors)
        assert 0 <= told.score_bp <= 10_000
        # Each factor's points are rounded down by itself.
        if told.factors:
            assert 0 <= told.score_bp - sum(factor.points_bp for factor in told.factors) <= len(FactorKind)
        assert Explanation.of_record(json.loads(json.dumps(told.as_record()))) == told
        assert json.dumps(standing.as_record()) == json.dumps(told.as_record())
        for language in ("id", "en"):
            assert told.words(language)
            assert all(factor.words(language) and factor.name(language) for factor in told.factors)


@settings(deadline=None)
@given(jobs, candidates, weights, st.integers(1, 100_000), st.integers(2, 1_000))
def test_prices_in_another_coin_change_nothing(
    job: Job, found: list[Candidate], by: Weights, reference: int, times_over: int
) -> None:
    """Whole hourly figures, so that no rounding comes between."""

    def earning(factor: int) -> list[Candidate]:
        return [
            replace(
                each,
                rider=replace(
                    each.rider,
                    earned=Earned(factor * (each.rider.earned.amount // 60) * 60, 3_600),
                    cash_held=0,
                    cash_limit=None,
                ),
            )
            for each in found
        ]

    once = rank(job, earning(1), by, reference_hourly=reference)
    again = rank(job, earning(times_over), by, reference_hourly=reference * times_over)
    assert [(s.driver_id, s.values) for s in once.offered] == [(s.driver_id, s.values) for s in again.offered]


@settings(deadline=None)
@given(jobs, candidates, amounts)
def test_ties_go_to_the_nearer_then_to_the_smaller_id(job: Job, found: list[Candidate], reference: int) -> None:
    alike = [
        Candidate(Rider(each.rider.driver_id, Earned(5_000, 3_600), 60), pickup_m=each.pickup_m % 3, reach_s=60)
        for each in found
    ]
    ranked = rank(replace(job, radius_m=10), alike, FAIR, reference_hourly=reference, most=99)
    order = [(standing.candidate.pickup_m, standing.driver_id) for standing in ranked.offered]
    assert order == sorted(order)


@settings(deadline=None)
@given(jobs, candidates, weights, amounts, st.data())
def test_who_earns_less_never_falls_behind_for_it(
    job: Job, found: list[Candidate], by: Weights, reference: int, data: st.DataObject
) -> None:
    before = rank(job, found, by, reference_hourly=reference, most=99).offered
    if not before:
        return
    chosen = data.draw(st.sampled_from(before)).candidate
    poorer = replace(chosen, rider=replace(chosen.rider, earned=Earned(0, chosen.rider.earned.available_s)))
    after = rank(
        job,
        [poorer if each is chosen else each for each in found],
        by,
        reference_hourly=reference,
        most=99,
    ).offered
    place = {standing.driver_id: standing.place for standing in before}
    now = {standing.driver_id: standing.place for standing in after}
    if reference or chosen.rider.earned.hourly:
        assert (now[chosen.rider.driver_id] or 0) <= (place[chosen.rider.driver_id] or 0)


@settings(deadline=None)
@given(jobs, candidates, amounts)
def test_nearest_first_is_nearest_first(job: Job, found: list[Candidate], reference: int) -> None:
    ranked = rank(replace(job, ready_in_s=0), found, NEAREST_FIRST, reference_hourly=reference, most=99)
    values = [standing.values[0] for standing in ranked.offered]
    assert values == sorted(values, reverse=True)


def test_the_example_of_the_page_for_drivers() -> None:
    """As docs/dispatch.md tells it: three drivers, goods ready in ten minutes, the middle of the co-op Rp20.000."""

    def driver(number: int, hourly: int, idle_minutes: int, pickup_m: int, reach_minutes: int) -> Candidate:
        who = Rider(UUID(int=number), Earned(5 * hourly, 5 * 3_600), 60 * idle_minutes)
        return Candidate(who, pickup_m, 60 * reach_minutes)

    ani, budi, citra = driver(1, 12_000, 40, 2_000, 8), driver(2, 30_000, 5, 400, 2), driver(3, 20_000, 20, 2_900, 18)
    ranked = rank(Job(radius_m=3_000, ready_in_s=600), [budi, citra, ani], FAIR, reference_hourly=20_000)
    told = {
        standing.driver_id.int: [f.points_bp for f in standing.explanation.factors] for standing in ranked.offered
    }
    assert [standing.driver_id.int for standing in ranked.offered] == [1, 2, 3]
    assert told == {
        1: [3_846, 285, 3_676, 250, 0],
        2: [3_960, 71, 1_538, 250, 0],
        3: [2_684, 200, 2_500, 250, 0],
    }
