"""Earnings an available hour, the co-op's middle, and the Gini coefficient."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.equity import Earned, gini, hourly_gini, reference_hourly

#: Rupiah, available seconds | rupiah an hour.
HOURLY = [
    (0, 0, 0),
    (30_000, 7_200, 15_000),
    (12_000, 600, 12_000),  # one job in the first ten minutes isn't Rp72.000 an hour
    (12_000, 3_600, 12_000),
    (10_000, 5_400, 6_666),
]


@pytest.mark.parametrize(("amount", "seconds", "hourly"), HOURLY)
def test_hourly(amount: int, seconds: int, hourly: int) -> None:
    assert Earned(amount, seconds).hourly == hourly


@pytest.mark.parametrize("wrong", [(-1, 0), (0, -1)])
def test_less_than_nothing_is_refused(wrong: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        Earned(*wrong)


#: Each driver's rupiah in an hour | what all are compared with.
REFERENCES = [
    ([], 0),
    ([0, 0], 0),
    ([10], 10),
    ([10, 20, 90], 20),
    ([10, 20, 30, 90], 20),  # of an even number the lower middle
    ([0, 0, 0, 40], 10),  # half have nothing: the mean
    ([0, 0, 0, 0, 0, 1], 1),  # somebody has something: never nothing
]


@pytest.mark.parametrize(("amounts", "reference"), REFERENCES)
def test_what_a_driver_is_compared_with(amounts: list[int], reference: int) -> None:
    assert reference_hourly([Earned(amount, 3_600) for amount in amounts]) == reference


#: Values | their Gini, by hand.
GINIS = [
    ([], 0.0),
    ([0, 0], 0.0),
    ([7], 0.0),
    ([5, 5, 5], 0.0),
    ([0, 1], 0.5),
    ([0, 0, 0, 1], 0.75),
    ([1, 3], 0.25),
    ([1, 2, 3, 4], 0.25),
]


@pytest.mark.parametrize(("values", "wanted"), GINIS)
def test_gini(values: list[float], wanted: float) -> None:
    assert gini(values) == pytest.approx(wanted)


def test_a_pause_counts_for_nothing_and_who_earned_nothing_counts() -> None:
    assert hourly_gini([Earned(10_000, 3_600), Earned(10_000, 3_600)]) == 0
    assert hourly_gini([Earned(10_000, 3_600), Earned(0, 3_600)]) == pytest.approx(0.5)
    assert hourly_gini([Earned(10_000, 3_600), Earned(0, 0)]) == 0
    # twice the time for twice the money
    assert hourly_gini([Earned(10_000, 3_600), Earned(20_000, 7_200)]) == 0


values = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=30)


@settings(deadline=None)
@given(values)
def test_gini_is_half_the_mean_difference_over_the_mean(found: list[int]) -> None:
    total = sum(found)
    by_pairs = sum(abs(a - b) for a in found for b in found) / (2 * len(found) * total) if total else 0
    assert gini(found) == pytest.approx(by_pairs)
    assert 0 <= gini(found) < 1


@settings(deadline=None)
@given(values, st.integers(2, 1_000), st.integers(2, 4))
def test_gini_minds_neither_coin_nor_number(found: list[int], coin: int, copies: int) -> None:
    assert gini([coin * value for value in found]) == pytest.approx(gini(found))
    assert gini(found * copies) == pytest.approx(gini(found))


@settings(deadline=None)
@given(values.filter(lambda found: len(set(found)) > 1), st.data())
def test_what_a_richer_gives_a_poorer_lowers_it(found: list[int], data: st.DataObject) -> None:
    ordered = sorted(found)
    gift = data.draw(st.integers(1, ordered[-1] - ordered[0]))
    moved = [ordered[0] + gift, *ordered[1:-1], ordered[-1] - gift]
    assert gini(moved) <= gini(found) + 1e-12


def test_a_debt_has_no_gini() -> None:
    with pytest.raises(ValueError, match="zero or more"):
        gini([-1, 2])
