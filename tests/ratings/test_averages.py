"""What several ratings come to."""

from hypothesis import given
from hypothesis import strategies as st

from marketplace.ratings.averages import FLOOR, Summary


def test_fewer_than_five_have_no_average() -> None:
    assert [Summary(n, 5 * n).average for n in range(7)] == [None] * FLOOR + [5.0, 5.0]


def test_half_a_tenth_goes_up() -> None:
    assert Summary(20, 85).average == 4.3  # 4.25
    assert Summary(6, 26).average == 4.3  # 4.333…
    assert Summary(6, 29).average == 4.8  # 4.833…


@given(st.lists(st.integers(1, 5), min_size=FLOOR, max_size=60))
def test_it_lies_among_what_was_given(stars: list[int]) -> None:
    average = Summary(len(stars), sum(stars)).average
    assert average is not None
    assert min(stars) <= average <= max(stars)
    assert abs(average - sum(stars) / len(stars)) <= 0.05 + 1e-9
