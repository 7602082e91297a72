"""A node's weights, and what they make of a hit."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.errors import Invalid
from search.ranking.weights import FRESH_S, LIFTS, MOST_LIFT_PERCENT, Ranking, Weights, lift, nearness
from tests.search.documents import NOON


@pytest.mark.parametrize(
    "values",
    [
        {"sponsored_percent": 10},
        {"open_percent": -1},
        {"open_percent": 51},
        {"open_percent": "20"},
        {"open_percent": True},
        {"open_percent": 30, "reliability_percent": 30},
        {"half_worth_m": 100},
        {"half_worth_m": 60_000},
    ],
)
def test_a_policy_that_is_no_policy_is_refused(values: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        Weights.checked(values)


def test_there_is_nothing_to_pay_for_among_the_weights() -> None:
    assert {field.name for field in fields(Weights)} == {*LIFTS, "half_worth_m"}
    assert Weights.checked({"members_percent": 10}) == Weights(members_percent=10)


@given(
    st.lists(st.integers(0, MOST_LIFT_PERCENT), min_size=4, max_size=4).filter(lambda parts: sum(parts) <= 50),
    st.booleans(),
    st.integers(0, 1_000),
    st.integers(-FRESH_S, 10 * FRESH_S),
    st.booleans(),
)
def test_all_lifts_together_stay_within_their_bound(
    parts: list[int], is_open: bool, reliability: int, age_s: int, is_member: bool
) -> None:
    ranking = Ranking.now(Weights(*parts), NOON)
    listed_s = int(NOON.timestamp()) - age_s
    found = lift(ranking, is_open=is_open, reliability=reliability, listed_s=listed_s, is_member=is_member)
    assert 1 <= found <= 1.5
    better = lift(ranking, is_open=True, reliability=1_000, listed_s=listed_s, is_member=True)
    assert better >= found


def test_half_as_much_at_half_worth() -> None:
    assert [nearness(metres, 5_000) for metres in (0, 5_000, 15_000)] == [1, 0.5, 0.25]


def test_an_answer_is_of_a_minute() -> None:
    assert Ranking.now(Weights(), NOON + timedelta(seconds=59)) == Ranking.now(Weights(), NOON)
