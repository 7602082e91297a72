"""What an alliance allows: area, hours, limits, the least that a carrier gets; and where a place lies."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import regions
from cooperatives.membership.terms import (
    Area,
    Bar,
    Circle,
    Polygon,
    Regions,
    Terms,
    Used,
    Where,
    area_as_json,
    area_of_json,
    check,
    day_began,
    may_carry,
    share_of,
)
from marketplace.errors import Invalid
from marketplace.money import share

#: A Monday, 10:00 in Surabaya.
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
HERE = Where(-7.26, 112.75, "35.78.12")
SQUARE = Polygon(((-7.3, 112.7), (-7.3, 112.8), (-7.2, 112.8), (-7.2, 112.7)))


@pytest.mark.parametrize(
    ("terms", "used", "rupiah", "bar"),
    [
        (None, Used(), 0, None),
        (Terms(), Used(1_000, 10**9), 10**9, None),
        (Terms(holds_from=MONDAY), Used(), 0, None),
        (Terms(holds_from=MONDAY + timedelta(seconds=1)), Used(), 0, Bar.NOT_IN_FORCE),
        (Terms(holds_until=MONDAY), Used(), 0, Bar.NOT_IN_FORCE),
        (Terms(hours=((0, 600, 660),)), Used(), 0, None),
        (Terms(hours=((0, 601, 660),)), Used(), 0, Bar.OUTSIDE_HOURS),
        (Terms(hours=((0, 540, 600),)), Used(), 0, Bar.OUTSIDE_HOURS),
        (Terms(hours=((1, 600, 660),)), Used(), 0, Bar.OUTSIDE_HOURS),
        (Terms(hours=((6, 1_200, 1_440 + 601),)), Used(), 0, None),  # Sunday 20:00 to Monday 10:01
        (Terms(hours=((0, 600, 660),), zone="Asia/Jayapura"), Used(), 0, Bar.OUTSIDE_HOURS),  # 12:00 there
        (Terms(area=Circle(-7.26, 112.75, 100)), Used(), 0, None),
        (Terms(area=Circle(-7.27, 112.75, 1_000)), Used(), 0, Bar.OUTSIDE_AREA),
        (Terms(area=SQUARE), Used(), 0, None),
        (Terms(area=Polygon(SQUARE.points[1:])), Used(), 0, Bar.OUTSIDE_AREA),  # the half without this corner
        (Terms(area=Regions(("35.78",))), Used(), 0, None),
        (Terms(area=Regions(("35.7", "35.15"))), Used(), 0, Bar.OUTSIDE_AREA),
        (Terms(jobs_a_day=3), Used(2), 0, None),
        (Terms(jobs_a_day=3), Used(3), 0, Bar.JOBS_A_DAY),
        (Terms(open_rupiah=100), Used(0, 40), 60, None),
        (Terms(open_rupiah=100), Used(0, 40), 61, Bar.OPEN_RUPIAH),
        (Terms(open_rupiah=0), Used(), 0, None),
    ],
)
def test_may_carry(terms: Terms | None, used: Used, rupiah: int, bar: Bar | None) -> None:
    found = may_carry(terms, MONDAY, HERE, used, rupiah=rupiah)
    assert (None if found is None else found.bar) is bar
    assert found is None or (found.english and found.indonesian and found.english != found.indonesian)


@given(
    price=st.integers(0, 1_000_000),
    distance_m=st.integers(0, 50_000),
    bp=st.integers(0, 10_000),
    least=st.integers(0, 50_000),
    per_km=st.integers(0, 5_000),
)
def test_the_least_is_reached_and_the_price_never_passed(
    price: int, distance_m: int, bp: int, least: int, per_km: int
) -> None:
    terms = Terms(carrier_share_bp=bp, least=least, least_per_km=per_km)
    found = share(price, share_of(terms, 0, price=price, distance_m=distance_m))
    assert min(least + per_km * distance_m // 1_000, price) <= found <= price
    assert found >= share(price, bp)


@pytest.mark.parametrize("area", [None, SQUARE, Circle(-7.0, 112.0, 500), Regions(("35", "51.71"))])
def test_an_area_is_kept_as_it_was(area: Area | None) -> None:
    assert area_of_json(area_as_json(area)) == area


@given(lat=st.floats(-7.5, -7.0), lon=st.floats(112.5, 113.0))
def test_a_square_holds_what_lies_in_it(lat: float, lon: float) -> None:
    on_line = lat in (-7.3, -7.2) or lon in (112.7, 112.8)
    assert on_line or SQUARE.covers(Where(lat, lon)) == (-7.3 < lat < -7.2 and 112.7 < lon < 112.8)


@pytest.mark.parametrize(
    ("terms", "path"),
    [
        (Terms(carrier_share_bp=10_001), "carrierShare"),
        (Terms(least=-1), "terms.least"),
        (Terms(jobs_a_day=0), "terms.jobsADay"),
        (Terms(notice_days=91), "terms.noticeDays"),
        (Terms(area=Regions(())), "terms.area.regions"),
        (Terms(area=Circle(-7, 112, 99)), "terms.area.radius"),
        (Terms(area=Circle(-97, 112, 500)), "terms.area"),
        (Terms(area=Polygon(SQUARE.points[:2])), "terms.area.polygon"),
        (Terms(hours=()), "terms.hours"),
        (Terms(hours=((0, 600, 600),)), "terms.hours"),
        (Terms(holds_until=MONDAY), "terms.until"),
    ],
)
def test_terms_that_nobody_can_agree_to(terms: Terms, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(terms, MONDAY)
    assert refused.value.faults[0].path == tuple(path.split(".")) or ".".join(refused.value.faults[0].path) == path


def test_a_day_begins_at_midnight_where_the_sellers_are() -> None:
    assert day_began(MONDAY, "Asia/Jakarta") == datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
    assert day_began(MONDAY, "Asia/Jayapura") == datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lat", "lon", "code"), [(-7.2575, 112.7521, "35.78"), (-6.1754, 106.8272, "31.71"), (-8.65, 115.2167, "51.71")]
)
def test_a_place_lies_in_the_nearest_district(lat: float, lon: float, code: str) -> None:
    found = regions.nearest(lat, lon)
    assert found is not None
    assert found.code.startswith(code)
    districts = [one for one in regions.all_regions().values() if one.level is regions.RegionLevel.DISTRICT]
    by_all = min(districts, key=lambda one: (one.lat - lat) ** 2 + (one.lon - lon) ** 2)
    assert abs(by_all.lat - found.lat) + abs(by_all.lon - found.lon) < 0.05


def test_far_out_at_sea_lies_no_district() -> None:
    assert regions.nearest(-20.0, 90.0) is None
