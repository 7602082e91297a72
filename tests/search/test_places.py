"""Distances, and cells that cover every circle."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.places import MOST_RINGS, Bounds, Point, cells_of, disc, distance_m

JAKARTA, SURABAYA = Point(-6.1754, 106.8272), Point(-7.2458, 112.7378)


def test_jakarta_to_surabaya() -> None:
    assert distance_m(JAKARTA, SURABAYA) == pytest.approx(663_000, rel=0.005)
    assert distance_m(JAKARTA, JAKARTA) == 0


@given(st.floats(-11, 6), st.floats(95, 141), st.floats(0, 2 * math.pi), st.floats(0, 1), st.floats(50, 250_000))
def test_a_disc_misses_nothing_within_the_circle(
    lat: float, lon: float, bearing: float, part: float, radius_m: float
) -> None:
    """Over the whole of Indonesia."""
    centre = Point(lat, lon)
    north_m, east_m = math.cos(bearing) * radius_m * part, math.sin(bearing) * radius_m * part
    point = Point(lat + north_m / 111_195, lon + east_m / (111_195 * math.cos(math.radians(lat))))
    cells = disc(centre, radius_m)
    if cells is not None and distance_m(centre, point) <= radius_m:
        assert set(cells) & set(cells_of(point))


def test_a_disc_is_bounded_and_gives_up_on_a_continent() -> None:
    cells = disc(SURABAYA, 30_000)
    assert cells is not None
    assert len(cells) <= 3 * MOST_RINGS * (MOST_RINGS + 1) + 1
    assert disc(SURABAYA, 5_000_000) is None


@pytest.mark.parametrize(
    ("bounds", "corner"),
    [
        (Bounds(-8, 112, -7, 113), Point(-7, 112)),
        (Bounds(-1, 112, 1, 113), Point(0, 112)),
        (Bounds(1, 1, 1, 1), None),
    ],
)
def test_a_window_reaches_to_its_farthest_corner(bounds: Bounds, corner: Point | None) -> None:
    assert bounds.holds(bounds.centre)
    corners = [Point(lat, lon) for lat in (bounds.south, bounds.north) for lon in (bounds.west, bounds.east)]
    assert all(distance_m(bounds.centre, one) <= bounds.reach_m + 1 for one in corners)
    assert bounds.reach_m >= (distance_m(bounds.centre, corner) if corner and bounds.holds(corner) else 0)
