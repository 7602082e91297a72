"""What a pass decides, whatever the jobs and drivers: within limits, each driver told why, nobody asked twice."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.around import Stander
from marketplace.deliveries.dispatch.equity import Earned
from marketplace.deliveries.dispatch.passes import plan_each
from marketplace.deliveries.dispatch.planning import (
    GRACE,
    MOST_CONSIDERED,
    OpenOffer,
    Outcome,
    Plan,
    Rules,
    Wanting,
)
from marketplace.deliveries.dispatch.policy import FAIR, Rider

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
COOP = UUID(int=1)


def rules(**changed: object) -> Rules:
    wanted: dict[str, object] = {
        "weights": FAIR,
        "offers_at_once": 3,
        "expires": timedelta(seconds=20),
        "radius_m": 2_000,
        "radius_growth_m": 1_000,
        "most_rounds": 3,
        "allies_from_round": 4,
        "is_board_after": True,
    }
    return Rules(**{**wanted, **changed})  # type: ignore[arg-type]  # a table's values


def stander(number: int, *, metres: float = 0.0, **rider: object) -> Stander:
    known: dict[str, object] = {"driver_id": UUID(int=number), "earned": Earned(0, 0), "idle_s": 0, "offer_limit": 2}
    whole = Rider(**{**known, **rider})  # type: ignore[arg-type]  # a table's values
    return Stander(whole, UUID(int=number + 10_000), COOP, -7.26 + metres / 111_320, 112.75)


def wanting(number: int, *, of: Rules | None = None, **changed: object) -> Wanting:
    known: dict[str, object] = {
        "id": UUID(int=number),
        "version": 1,
        "cooperative_id": COOP,
        "carriers": (COOP,),
        "lat": -7.26,
        "lon": 112.75,
        "ready_in_s": 0,
        "ride_m": 3_000,
        "weight_g": 500,
        "cash": 0,
        "drops": 1,
        "rules": of or rules(),
        "round": 0,
        "round_ends_at": None,
        "seen_next_at": NOW,
    }
    return Wanting(**{**known, **changed})  # type: ignore[arg-type]  # a table's values


def asked(plan: Plan) -> list[int]:
    return [proposal.standing.driver_id.int for proposal in plan.proposals]


drivers = st.lists(
    st.builds(
        lambda number, metres, held, open_, paused, cash: (number, metres, held, open_, paused, cash),
        st.integers(1, 30),
        st.integers(0, 6_000),
        st.integers(0, 2),
        st.integers(0, 2),
        st.booleans(),
        st.integers(0, 200_000),
    ),
    max_size=20,
    unique_by=lambda one: one[0],
)


@settings(deadline=None)  # the first batch loads the solver
@given(drivers, st.integers(1, 8), st.sampled_from([None, 2]))
def test_a_pass_keeps_every_limit_and_tells_everyone_why(
    found: list[tuple[int, int, int, int, bool, int]], number: int, batch_from: int | None
) -> None:
    crowd = [
        stander(n, metres=far, jobs_held=held, job_limit=2, offers_open=open_, is_paused=paused, cash_held=cash)
        for n, far, held, open_, paused, cash in found
    ]
    before = {one.rider.driver_id: one.rider for one in crowd}
    jobs = [wanting(1_000 + n, of=rules(batch_from=batch_from), cash=100_000 * (n % 2)) for n in range(number)]
    plans = list(plan_each(jobs, {COOP: crowd}, {COOP: 20_000}, NOW))
    given_out = Counter(id for plan in plans for id in asked(plan))
    for id, times in given_out.items():
        rider = before[UUID(int=id)]
        assert not rider.is_paused
        assert rider.jobs_held < rider.job_limit
        assert rider.offers_open + times <= rider.offer_limit
    for plan in plans:
        assert len(asked(plan)) <= 3
        told = [*asked(plan), *(standing.driver_id.int for standing in plan.skipped)]
        assert sorted(told) == sorted(one.rider.driver_id.int for one in crowd)  # each once: asked, or told why not
        for standing in plan.skipped:
            assert standing.skip is not None
            assert standing.skip.words("id") != standing.skip.words("en")
        assert plan.next_at is not None
        assert plan.next_at > NOW


def test_only_the_nearest_are_looked_at_and_the_able_before_the_others() -> None:
    resting = [stander(n, metres=n, is_paused=True) for n in range(1, 2 * MOST_CONSIDERED)]
    ready = stander(999, metres=1_400)
    (plan,) = plan_each([wanting(1)], {COOP: [*resting, ready]}, {}, NOW)
    assert asked(plan) == [999]
    assert len(plan.skipped) == MOST_CONSIDERED - 1


def test_a_search_goes_through_its_rounds() -> None:
    """Per line: round before, its offers (driver, seconds until it ends), who said no; then round, asked, outcome."""
    crowd = [stander(n, metres=100 * n) for n in (1, 2, 3, 4)]
    table: list[tuple[int, dict[int, int], set[int], int, list[int], Outcome]] = [
        (0, {}, set(), 1, [1, 2, 3], Outcome.SEARCHING),
        (1, {1: 10, 2: 10, 3: 10}, set(), 1, [], Outcome.SEARCHING),  # nothing to do yet
        (1, {2: 10, 3: 10}, {1}, 1, [4], Outcome.SEARCHING),  # a place came free
        (1, {}, {1, 2, 3, 4}, 2, [], Outcome.SEARCHING),  # nobody is left: farther out at once
        (2, {1: -5, 2: -5, 3: -5}, set(), 3, [4, 1, 2], Outcome.SEARCHING),  # those not asked yet come first
        (3, {1: -5}, set(), 3, [], Outcome.BOARD),
        (3, {1: 5, 2: -5}, set(), 3, [3, 4], Outcome.SEARCHING),  # the last round lasts as long as an offer
    ]
    for round, offers, no, then, wanted, outcome in table:
        job = wanting(
            1,
            round=round,
            round_ends_at=None if not round else NOW + timedelta(seconds=min([*offers.values(), 10])),
            offers=tuple(
                OpenOffer(UUID(int=50 + n), UUID(int=n), UUID(int=60 + n), NOW + timedelta(seconds=left))
                for n, left in offers.items()
            ),
            declined=frozenset(UUID(int=n) for n in no),
            in_round=frozenset(UUID(int=n) for n in {*offers, *no}),
        )
        (plan,) = plan_each([job], {COOP: [stander(n, metres=100 * n) for n in range(1, len(crowd) + 1)]}, {}, NOW)
        assert (plan.round, asked(plan), plan.outcome) == (then, wanted, outcome), (round, offers, no)
        assert {offer.driver_id.int for offer in plan.expired} == {
            n for n, left in offers.items() if timedelta(seconds=left) + GRACE <= timedelta()
        }


def test_allies_are_called_from_their_round_on() -> None:
    ally = UUID(int=2)
    own, other = stander(1, metres=100), stander(2, metres=50)
    other.cooperative_id = ally
    crowds = {COOP: [own], ally: [other]}
    of = rules(allies_from_round=2)
    (first,) = plan_each([wanting(1, of=of, carriers=(COOP, ally))], crowds, {}, NOW)
    assert asked(first) == [1]
    later = wanting(1, of=of, carriers=(COOP, ally), round=1, round_ends_at=NOW)
    (second,) = plan_each([later], {COOP: [stander(1, metres=100)], ally: [other]}, {}, NOW)
    assert (second.is_allied, sorted(asked(second))) == (True, [1, 2])
