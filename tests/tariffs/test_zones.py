"""Where a co-op carries: rings, regions, and what lies outside of all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import regions
from marketplace.tariffs.zones import OutOfZone, Point, Zone, is_inside, is_within, zones_of

SQUARE = tuple(Point(lat, lon) for lat, lon in ((0, 0), (0, 4), (4, 4), (4, 0)))
CLOSED = (*SQUARE, SQUARE[0])
HOLE = tuple(Point(lat, lon) for lat, lon in ((1, 1), (1, 2), (2, 2), (2, 1)))
EAST = tuple(Point(lat, lon) for lat, lon in ((0, 4), (0, 8), (4, 8), (4, 4)))
#: Shaped like a U: its inner bay is outside.
BAY = tuple(Point(lat, lon) for lat, lon in ((0, 0), (0, 4), (4, 4), (4, 3), (1, 3), (1, 1), (4, 1), (4, 0)))

INSIDE = [
    ((SQUARE,), Point(2, 3), True),
    ((SQUARE,), Point(5, 3), False),
    ((SQUARE,), Point(2, -1), False),
    ((CLOSED,), Point(2, 3), True),
    ((SQUARE, HOLE), Point(1.5, 1.5), False),
    ((SQUARE, HOLE), Point(3, 3), True),
    ((SQUARE, EAST), Point(2, 6), True),
    ((BAY,), Point(3, 2), False),
    ((BAY,), Point(3, 3.5), True),
    ((BAY,), Point(0.5, 2), True),
]


@pytest.mark.parametrize(("rings", "point", "inside"), INSIDE)
def test_inside(rings: tuple[tuple[Point, ...], ...], point: Point, inside: bool) -> None:
    assert is_inside(rings, point) is inside


@given(st.floats(0, 3.999), st.floats(0, 7.999))
def test_a_point_is_in_exactly_one_of_two_that_share_an_edge(lat: float, lon: float) -> None:
    point = Point(lat, lon)
    assert is_inside((SQUARE,), point) is not is_inside((EAST,), point)


@given(st.floats(-1, 5), st.floats(-1, 5), st.integers(0, 3), st.booleans())
def test_it_does_not_matter_where_a_ring_begins_nor_which_way_it_goes(
    lat: float, lon: float, first: int, back: bool
) -> None:
    turned = SQUARE[first:] + SQUARE[:first]
    assert is_inside((turned[::-1] if back else turned,), Point(lat, lon)) is is_inside((SQUARE,), Point(lat, lon))


def test_a_region_holds_what_lies_below_it() -> None:
    assert is_within("35.78.19", ["35.78"])
    assert is_within("35.78.19", ["35.78.19"])
    assert not is_within("35.7", ["35.78"])
    assert not is_within("35.78", ["35.7"])


def district(point: Point) -> str:
    found = regions.nearest(point.lat, point.lon)
    return found.code if found else ""


def test_each_drop_has_the_first_zone_that_holds_it() -> None:
    drawn, surabaya = Zone("Gambar", rings=(SQUARE,)), Zone("Surabaya", region_codes=("35.78",))
    in_surabaya = Point(-7.26, 112.75)
    assert zones_of([drawn, surabaya], [Point(2, 2), in_surabaya], district) == (drawn, surabaya)
    assert zones_of([], [Point(9, 9)], district) == ()


def test_outside_of_all_is_refused_with_the_zones_that_are_served() -> None:
    zones = [Zone("Pusat", rings=(SQUARE,)), Zone("Malang", region_codes=("35.73",))]
    with pytest.raises(OutOfZone) as refused:
        zones_of(zones, [Point(2, 2), Point(-7.26, 112.75)], district)
    assert refused.value.message("id") == "Tujuan 2 di luar zona yang dilayani koperasi: Pusat, Malang."
