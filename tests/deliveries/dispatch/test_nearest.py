"""The nearest few, against measuring to all."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.deliveries.dispatch.nearest import Places

places = st.tuples(st.integers(-50, 50) | st.integers(-20_000, 20_000), st.integers(-50, 50))


@settings(deadline=None)
@given(st.lists(places, max_size=150), places, st.integers(1, 8))
def test_near(found: list[tuple[int, int]], place: tuple[int, int], most: int) -> None:
    wanted = sorted(range(len(found)), key=lambda number: (math.dist(found[number], place), number))
    assert Places(found).near(place, most) == wanted[:most]


def test_nobody_is_near_where_nobody_is() -> None:
    assert Places([]).near((0, 0), 3) == []
