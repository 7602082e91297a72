"""Setting a tariff: what is refused, what is kept, which version holds; and the rain."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace import clock
from marketplace.errors import Invalid
from marketplace.identity.actor import Forbidden, Role
from marketplace.tariffs import details, service
from marketplace.tariffs.models import RainSpell, Tariff
from marketplace.tariffs.rules import (
    DEFAULT_TERMS,
    Holiday,
    Rounding,
    Surcharge,
    Terms,
    TimeBand,
    VehicleRate,
)
from marketplace.tariffs.service import NoRainTerms
from marketplace.tariffs.zones import MOST_POINTS, Point, Zone
from tests.deliveries import stage
from tests.deliveries.bookings.shop import Shop, at

pytestmark = pytest.mark.anyio

RING = (Point(0, 0), Point(0, 1), Point(1, 1))
LONG = tuple(Point(0, number / 1_000) for number in range(MOST_POINTS + 1))
BAND = TimeBand("sibuk", 60, 120, Surcharge(1))

#: What is set | where the fault is; None: none.
FAULTS: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    ({"base_fare": -1}, "baseFare"),
    ({"max_distance_m": 99}, "maxDistance"),
    ({"detour_bp": 9_999}, "detour"),
    ({"per_litre": 100_001}, "size.perLitre"),
    ({"waiting_free_minutes": 241}, "waiting.freeMinutes"),
    ({"round_to": 7}, "rounding.to"),
    ({"round_to": 500, "minimum": 9_250}, "minimum"),
    ({"round_to": 500, "minimum": 9_500}, None),
    ({"time_zone": "Mars/Olympus"}, "timeZone"),
    ({"time_zone": "../../etc/passwd"}, "timeZone"),
    ({"time_zone": "Asia/Jayapura"}, None),
    ({"zones": (Zone("A", (RING,)),)}, None),
    ({"zones": (Zone("A"),)}, "zones.0"),
    ({"zones": (Zone("", (RING,)),)}, "zones.0.name"),
    ({"zones": (Zone("A", (RING,)), Zone("A", (RING,)))}, "zones"),
    ({"zones": (Zone("A", (RING[:2],)),)}, "zones.0.rings.0"),
    ({"zones": (Zone("A", ((RING[0],) * 5,)),)}, "zones.0.rings.0"),
    ({"zones": (Zone("A", ((*RING, Point(91, 0)),)),)}, "zones.0.rings.0.3"),
    ({"zones": (Zone("A", ((*RING, Point(float("nan"), 0)),)),)}, "zones.0.rings.0.3"),
    ({"zones": (Zone("A", (LONG,)),)}, "zones"),
    ({"zones": (Zone("A", (RING,) * 11),)}, "zones.0"),
    ({"zones": tuple(Zone(f"Z{n}", (RING,)) for n in range(21))}, "zones"),
    ({"zones": (Zone("A", (RING,), base_fare=-1),)}, "zones.0.baseFare"),
    ({"vehicles": (VehicleRate("CAR", Surcharge()), VehicleRate("CAR", Surcharge()))}, "vehicles"),
    ({"vehicles": (VehicleRate("CAR", Surcharge(-1)),)}, "vehicles.0.surcharge.flat"),
    ({"bands": (BAND,)}, None),
    ({"bands": (BAND,) * 21}, "timeBands"),
    ({"bands": (replace(BAND, until_minute=60),)}, "timeBands.0"),
    ({"bands": (replace(BAND, until_minute=1_441),)}, "timeBands.0"),
    ({"bands": (replace(BAND, weekdays=(8,)),)}, "timeBands.0"),
    ({"rain": Surcharge(0, 100_001)}, "rain.perKm"),
    ({"holidays": (Holiday(date(2026, 1, 1), "x" * 61),)}, "holidays.0.name"),
    ({"holidays": (Holiday(date(2026, 1, 1), "x"),) * 61}, "holidays"),
    ({"stands": (Point(0, 181),)}, "approach.stands.0"),
]


@pytest.mark.parametrize(("figures", "where"), FAULTS)
def test_what_is_refused_is_named_as_in_the_input(figures: dict[str, Any], where: str | None) -> None:
    found = {".".join(fault.path) for fault in details.faults(replace(DEFAULT_TERMS, **figures))}
    assert found == (set() if where is None else {where})


points = st.builds(Point, st.floats(-90, 90), st.floats(-180, 180))
surcharges = st.builds(Surcharge, st.integers(0, 1_000), st.integers(0, 1_000))
terms = st.builds(
    Terms,
    base_fare=st.integers(0, 1_000),
    zones=st.lists(
        st.builds(Zone, st.text(max_size=5), st.lists(st.lists(points).map(tuple)).map(tuple), st.just(("35",))),
        max_size=3,
    ).map(tuple),
    vehicles=st.lists(st.builds(VehicleRate, st.just("CAR"), surcharges), max_size=2).map(tuple),
    bands=st.lists(
        st.builds(TimeBand, st.text(max_size=5), st.integers(0, 9), st.integers(0, 9), surcharges, st.just((1, 7))),
        max_size=2,
    ).map(tuple),
    rain=surcharges,
    holidays=st.lists(st.builds(Holiday, st.dates(), st.text(max_size=5)), max_size=2).map(tuple),
    stands=st.lists(points, max_size=2).map(tuple),
    rounding=st.sampled_from(Rounding),
    minimum=st.integers(0, 9),
)


@given(terms)
def test_terms_are_kept_whole(given_: Terms) -> None:
    columns = {name: getattr(given_, name) for name in details.COLUMNS}
    assert details.with_details(columns, details.details_json(given_)) == given_


async def test_a_version_takes_the_place_of_the_one_before(db: object) -> None:
    shop = await Shop.open()
    for number in range(3):
        await shop.tariff(f"k{number}", base_fare=number)
    await shop.tariff("k2", base_fare=2)  # sent again
    rows = await Tariff.all().order_by("id")
    assert [(row.base_fare, row.is_current, row.details) for row in rows] == [
        (0, False, None),
        (1, False, None),
        (2, True, None),
    ]
    page = await service.versions_of(shop.coop.pk, first=2, after=None)
    assert [row.base_fare for row in page.rows] == [2, 1]
    bare = await stage.cooperative("NIL")
    assert (await service.in_force_by_cooperative([bare.pk]))[bare.pk].terms == DEFAULT_TERMS


async def test_few_versions_wait_for_their_day(db: object) -> None:
    shop = await Shop.open()
    soon = clock.now() + timedelta(days=1)
    for number in range(service.MOST_TO_COME):
        await shop.tariff(f"w{number}", since=soon + timedelta(days=number), base_fare=number)
    with pytest.raises(Invalid):
        await shop.tariff("one too many", since=soon)
    for since in (clock.now() - timedelta(days=1), clock.now() + timedelta(days=400)):
        with pytest.raises(Invalid):
            await shop.tariff("odd", since=since)
    with at(soon + timedelta(days=2, minutes=1)):
        assert (await service.in_force_by_cooperative([shop.coop.pk]))[shop.coop.pk].terms.base_fare == 2
        await shop.tariff("now", base_fare=99)
        assert (await service.in_force_by_cooperative([shop.coop.pk]))[shop.coop.pk].terms.base_fare == 99
    assert await Tariff.filter(is_current=True).count() == 3  # the one in force, and two to come


async def test_a_zone_names_regions_that_there_are(db: object) -> None:
    shop = await Shop.open()
    with pytest.raises(Invalid) as refused:
        await shop.tariff(zones=(Zone("A", region_codes=("35.78", "99")),))
    assert refused.value.faults[0].path == ("zones", "0", "regionCodes")


async def test_rain_is_switched_on_for_a_time_and_goes_on_over_a_new_version(db: object) -> None:
    shop = await Shop.open()
    with pytest.raises(NoRainTerms):
        await service.switch_rain(shop.chair, cooperative_id=shop.coop.pk, minutes=30)
    await shop.tariff(rain=Surcharge(2_000))
    dispatcher = await stage.officer(shop.coop, Role.DISPATCHER)
    with pytest.raises(Forbidden):
        await service.switch_rain(shop.seller, cooperative_id=shop.coop.pk, minutes=30)
    for minutes in (-1, 721):
        with pytest.raises(Invalid):
            await service.switch_rain(dispatcher, cooperative_id=shop.coop.pk, minutes=minutes)
    row = await service.switch_rain(dispatcher, cooperative_id=shop.coop.pk, minutes=30)
    assert row.rain_until is not None
    await shop.tariff("t2", rain=Surcharge(3_000))
    tariff = (await service.in_force_by_cooperative([shop.coop.pk]))[shop.coop.pk]
    assert tariff.is_raining(clock.now())
    assert not tariff.is_raining(clock.now() + timedelta(minutes=31))
    await service.switch_rain(dispatcher, cooperative_id=shop.coop.pk, minutes=0)
    spells = await RainSpell.all().order_by("id")
    assert [(spell.until is None, spell.by_id) for spell in spells] == [
        (False, dispatcher.account_id),
        (True, dispatcher.account_id),
    ]
