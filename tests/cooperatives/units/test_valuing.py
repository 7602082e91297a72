"""The moving average: to the rupiah, whatever is bought and sold in whatever order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.units.valuing import Held, found_value

BOUGHT = [
    # quantity and cost bought, then how many are taken and what they cost
    ([(10, 350_000)], 4, 140_000),
    ([(10, 350_000), (5, 200_000)], 3, 110_000),  # 550,000 of 15
    ([(3, 100)], 1, 33),
    ([(3, 100)], 3, 100),  # the last takes what rounding left
    ([(2, 1)], 1, 0),
    ([(7, 0)], 7, 0),
]


@pytest.mark.parametrize(("bought", "taken", "cost"), BOUGHT)
def test_what_goes_takes_its_part_of_the_value(bought: list[tuple[int, int]], taken: int, cost: int) -> None:
    held = Held()
    for quantity, paid in bought:
        held = held.moved(quantity, paid)
    assert held.cost_of(taken) == cost


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 10**9), st.floats(0, 1)), min_size=1, max_size=30))
def test_no_rupiah_is_lost_or_made(steps: list[tuple[int, int, float]]) -> None:
    held, paid, used = Held(), 0, 0
    for quantity, cost, part in steps:
        held = held.moved(quantity, cost)
        paid += cost
        taken = int(held.quantity * part)
        went = held.cost_of(taken)
        assert 0 <= went <= held.value
        held, used = held.moved(-taken, -went), used + went
    used += held.cost_of(held.quantity)
    assert used == paid


def test_more_than_there_are_is_refused_and_what_is_found_costs_the_average() -> None:
    with pytest.raises(ValueError, match="3 of 2"):
        Held(2, 10).cost_of(3)
    with pytest.raises(ValueError, match="worth"):
        Held(0, 5)
    assert found_value(Held(3, 100), 2, 999) == 66
    assert found_value(Held(), 2, 40_000) == 80_000
