"""What carrying costs: by distance and by weight, each unit begun counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.tariffs.rules import Point, Terms, price_delivery, road_distance_m, straight_distance_m

TERMS = Terms(base_fare=8_000, base_distance_m=2_000, per_km=2_500, included_weight_g=5_000, per_kg=1_000)

PRICES = [
    # metres, grams, rupiah
    (0, 0, 8_000),
    (2_000, 5_000, 8_000),
    (2_001, 0, 10_500),
    (3_000, 0, 10_500),
    (3_001, 0, 13_000),
    (1_000, 5_001, 9_000),
    (4_500, 7_000, 8_000 + 3 * 2_500 + 2 * 1_000),
]


@pytest.mark.parametrize(("distance_m", "weight_g", "rupiah"), PRICES)
def test_prices(distance_m: int, weight_g: int, rupiah: int) -> None:
    price = price_delivery(TERMS, distance_m, weight_g)
    assert price.total == rupiah
    assert all(line.amount == line.quantity * line.unit_price for line in price.lines)


def test_distance_is_the_great_circle_times_the_detour() -> None:
    monas, kota = Point(-6.1754, 106.8272), Point(-6.1376, 106.8130)
    assert straight_distance_m(monas, kota) == pytest.approx(4_490, rel=0.01)
    assert road_distance_m(monas, kota, Terms(detour_bp=13_000)) == straight_distance_m(monas, kota) * 13 // 10


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.integers(0, 50_000), st.integers(0, 50_000))
def test_further_or_heavier_never_costs_less(one: int, more: int, weight: int, heavier: int) -> None:
    assert price_delivery(TERMS, one + more, weight + heavier).total >= price_delivery(TERMS, one, weight).total
