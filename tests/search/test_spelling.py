"""Words that were meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.spelling import distance, likeliest, slips_allowed

WORDS = st.text("abcdr", max_size=8)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("bakso", "bakso", 0),
        ("bkaso", "bakso", 1),
        ("bakos", "bakso", 1),
        ("baks", "bakso", 1),
        ("rndnag", "rendang", 2),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 3) == slips
    assert distance(other, one, 3) == slips


@given(WORDS, WORDS)
def test_a_bound_changes_nothing_below_it(one: str, other: str) -> None:
    true = distance(one, other, 99)
    assert abs(len(one) - len(other)) <= true <= max(len(one), len(other))
    for most in range(4):
        assert distance(one, other, most) == min(true, most + 1)


def test_the_nearer_and_then_the_more_frequent_word_is_likelier() -> None:
    known = [("bakso", 5), ("bakwan", 900), ("baksu", 7), ("basi", 3), ("b4kso", 1)]
    assert likeliest("bakos", known, 3) == ["bakso", "baksu"]
    assert likeliest("bakso", known, 3) == ["baksu", "basi"]
    assert [slips_allowed(word) for word in ("es", "teh", "1kgs", "bakso", "martabakk")] == [0, 0, 0, 2, 3]
