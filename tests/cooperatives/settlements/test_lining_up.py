"""Two books held against each other, as a table."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.settlements.lining_up import Key, compare

A: Key = ("sub_order.released", UUID(int=1))

TABLE = [
    # here, there as the other writes it, the difference
    (50_000, -50_000, None),
    (-50_000, 50_000, None),
    (50_000, 50_000, "AMOUNT"),
    (50_000, -47_500, "FEE"),
    (-50_000, 47_500, "FEE"),
    (50_000, -85_000, "FEE"),
    (50_000, -85_001, "AMOUNT"),
    (50_000, None, "MISSING_THERE"),
    (None, -50_000, "MISSING_HERE"),
]


@pytest.mark.parametrize(("here", "there", "kind"), TABLE)
def test_kinds(here: int | None, there: int | None, kind: str | None) -> None:
    (line,) = compare({} if here is None else {A: here}, {} if there is None else {A: there})
    assert line.kind == kind


books = st.dictionaries(st.tuples(st.sampled_from(["a", "b"]), st.uuids()), st.integers(-(10**9), 10**9), max_size=8)


@given(books, books)
def test_each_side_sees_the_mirror_of_the_other(here: dict[Key, int], there: dict[Key, int]) -> None:
    turned = {"MISSING_HERE": "MISSING_THERE", "MISSING_THERE": "MISSING_HERE"}
    ours = {line.key: line.kind for line in compare(here, there)}
    theirs = {line.key: turned.get(line.kind or "", line.kind) for line in compare(there, here)}
    assert ours == theirs
    assert [line.kind for line in compare(here, {key: -amount for key, amount in here.items()})] == [None] * len(here)
