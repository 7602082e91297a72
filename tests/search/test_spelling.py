"""Words that were meant."""

from functools import cache

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


@cache
def by_the_book(one: str, other: str) -> int:
    """Optimal string alignment as it is defined, from the ends."""
    if not one or not other:
        return len(one) + len(other)
    ways = [by_the_book(one[:-1], other) + 1, by_the_book(one, other[:-1]) + 1]
    ways.append(by_the_book(one[:-1], other[:-1]) + (one[-1] != other[-1]))
    if one[-2:] == other[-2:][::-1] and len(one) > 1 < len(other):
        ways.append(by_the_book(one[:-2], other[:-2]) + 1)
    return min(ways)


@given(WORDS, WORDS)
def test_slips_are_counted_as_defined(one: str, other: str) -> None:
    assert distance(one, other, 99) == by_the_book(one, other)


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
