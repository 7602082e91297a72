"""Which line of the bank is which entry of the book."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cooperatives.books.matching import Side, suggestions, sure

FIRST = date(2026, 11, 1)


def side(key: str, day: int, amount: int, words: str = "", *references: str) -> Side[str]:
    return Side(key, FIRST + timedelta(days=day), amount, words, references)


def test_an_amount_that_stands_alone_is_sure() -> None:
    assert sure([side("b", 3, 500)], [side("e", 1, 500), side("other", 1, 501)]) == [("b", "e")]


def test_two_of_the_same_amount_are_not_sure_unless_a_reference_tells_them_apart() -> None:
    lines = [side("b1", 3, 500, "TRF INV-00017 SITI"), side("b2", 3, 500, "TRF BUDI")]
    entries = [side("e1", 2, 500, "", "INV-00016"), side("e2", 2, 500, "", "INV 00017")]
    assert sure(lines, entries) == [("b1", "e2"), ("b2", "e1")]
    assert sure(lines, [side("e1", 2, 500), side("e2", 2, 500)]) == []


def test_what_lies_too_far_apart_is_not_sure_but_suggested() -> None:
    line, entry = side("b", 9, 500, "LISTRIK PLN"), side("e", 1, 500, "Bayar listrik")
    assert sure([line], [entry]) == []
    assert suggestions(line, [side("x", 8, 500), entry, side("y", 9, 400)]) == ["x", "e"]
    assert sure([side("b", 9, 500, "", "REF123456")], [side("e", 1, 500, "", "ref-123456")]) == [("b", "e")]


sides = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.sampled_from(["", "REF-11111", "REF-22222"])))


@given(sides, sides)
def test_each_is_matched_at_most_once_and_only_with_the_same_amount(
    lines: list[tuple[int, int, str]], entries: list[tuple[int, int, str]]
) -> None:
    left = [side(f"b{n}", day, amount, word) for n, (day, amount, word) in enumerate(lines)]
    right = [
        side(f"e{n}", day, amount, "", *([word] if word else [])) for n, (day, amount, word) in enumerate(entries)
    ]
    found = sure(left, right)
    assert len({line for line, _ in found}) == len({entry for _, entry in found}) == len(found)
    by_key = {one.key: one for one in [*left, *right]}
    for line, entry in found:
        assert by_key[line].amount == by_key[entry].amount
        assert abs((by_key[line].day - by_key[entry].day).days) <= 10
