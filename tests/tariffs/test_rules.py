"""What carrying costs: each unit begun counts, surcharges by hour, day and weather, and one line alone rounds."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.tariffs.rules import (
    Conditions,
    Holiday,
    InForce,
    Point,
    PriceLineKind,
    PriceUnit,
    Rounding,
    Surcharge,
    Terms,
    TimeBand,
    VehicleRate,
    Zone,
    line_of,
    price_delivery,
    road_distance_m,
    straight_distance_m,
    waiting_line,
)
from marketplace.tariffs.words import in_words

K = PriceLineKind
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


RAINY = Surcharge(2_000, 500)
RUSH = TimeBand("sibuk", 17 * 60, 20 * 60, Surcharge(3_000, 0), (1, 2, 3, 4, 5))
NIGHT = TimeBand("malam", 22 * 60, 5 * 60, Surcharge(0, 1_000), (5,))
FAR = Zone("Timur", base_fare=12_000, per_km=3_000, surcharge=1_500)
NEAR = Zone("Pusat")
FULL = replace(
    TERMS,
    included_litres=40,
    per_litre=50,
    vehicles=(VehicleRate("CAR", Surcharge(5_000, 1_000)),),
    bands=(RUSH, NIGHT),
    rain=RAINY,
    holiday=Surcharge(4_000, 0),
    holidays=(Holiday(date(2026, 12, 25), "Natal"),),
    approach_free_m=1_000,
    approach_per_km=1_000,
    stands=(Point(0, 0),),
)


def at(text: str) -> datetime:
    """A moment in Jakarta, which is seven hours ahead of UTC."""
    return datetime.fromisoformat(text + "+07:00").astimezone(UTC)


#: What holds | the lines beside base 8,000 and distance 2,500 (over 3 km of road): kind, quantity, unit price.
LINES: list[tuple[Conditions, list[tuple[K, int, int]]]] = [
    (Conditions(), []),
    (Conditions(weight_g=6_001, litres=45), [(K.WEIGHT, 2, 1_000), (K.SIZE, 5, 50)]),
    (Conditions(vehicle="CAR"), [(K.VEHICLE, 1, 5_000), (K.VEHICLE, 3, 1_000)]),
    (Conditions(vehicle="VAN"), []),
    (Conditions(is_raining=True), [(K.RAIN, 1, 2_000), (K.RAIN, 3, 500)]),
    (Conditions(at=at("2026-11-25T16:59")), []),
    (Conditions(at=at("2026-11-25T17:00")), [(K.TIME_OF_DAY, 1, 3_000)]),
    (Conditions(at=at("2026-11-25T19:59")), [(K.TIME_OF_DAY, 1, 3_000)]),
    (Conditions(at=at("2026-11-25T20:00")), []),
    (Conditions(at=at("2026-11-28T17:30")), []),  # a Saturday
    (Conditions(at=at("2026-11-27T23:00")), [(K.TIME_OF_DAY, 3, 1_000)]),  # Friday night …
    (Conditions(at=at("2026-11-28T04:59")), [(K.TIME_OF_DAY, 3, 1_000)]),  # … until the morning
    (Conditions(at=at("2026-11-28T05:00")), []),
    (Conditions(at=at("2026-11-29T04:00")), []),  # Saturday's night is none
    (Conditions(at=at("2026-12-25T00:00")), [(K.HOLIDAY, 1, 4_000)]),
    (Conditions(at=at("2026-12-24T23:59")), []),
    (Conditions(approach_m=1_000), []),
    (Conditions(approach_m=2_500), [(K.APPROACH, 2, 1_000)]),
    (Conditions(zones=(NEAR,)), []),
]


@pytest.mark.parametrize(("given_", "more"), LINES)
def test_lines(given_: Conditions, more: list[tuple[K, int, int]]) -> None:
    price = price_delivery(FULL, 3_000, conditions=given_)
    found = [(line.kind, line.quantity, line.unit_price) for line in price.lines]
    assert found == [(K.BASE, 1, 8_000), (K.DISTANCE, 1, 2_500), *more]


def test_the_dearest_zone_sets_base_and_kilometre_and_each_drop_pays_its_own() -> None:
    price = price_delivery(FULL, 3_000, conditions=Conditions(zones=(FAR, NEAR, FAR)))
    found = [(line.kind, line.quantity, line.unit_price, line.name) for line in price.lines]
    assert found == [(K.BASE, 1, 12_000, ""), (K.DISTANCE, 1, 3_000, ""), (K.ZONE, 2, 1_500, "Timur")]
    assert price.zones == ("Timur", "Pusat", "Timur")


ROUNDED = [
    # minimum, to, way, rupiah of 10,500
    (0, 1, Rounding.UP, 10_500),
    (0, 1_000, Rounding.UP, 11_000),
    (0, 1_000, Rounding.DOWN, 10_000),
    (0, 1_000, Rounding.NEAREST, 11_000),
    (0, 5_000, Rounding.NEAREST, 10_000),
    (15_000, 1_000, Rounding.DOWN, 15_000),
]


@pytest.mark.parametrize(("minimum", "to", "way", "rupiah"), ROUNDED)
def test_minimum_and_rounding(minimum: int, to: int, way: Rounding, rupiah: int) -> None:
    price = price_delivery(replace(TERMS, minimum=minimum, round_to=to, rounding=way), 3_000)
    assert price.total == rupiah == sum(line.amount for line in price.lines)


WAITED = [(0, None), (10, None), (11, 500), (40, 15_000), (120, 25_000), (600, 25_000)]


@pytest.mark.parametrize(("minutes", "rupiah"), WAITED)
def test_waiting_is_charged_beyond_the_free_minutes_up_to_the_most(minutes: int, rupiah: int | None) -> None:
    terms = replace(TERMS, waiting_free_minutes=10, waiting_per_minute=500, waiting_most_minutes=60)
    line = waiting_line(terms, minutes)
    assert (None if line is None else line.amount) == rupiah


def test_distance_is_the_great_circle_times_the_detour() -> None:
    monas, kota = Point(-6.1754, 106.8272), Point(-6.1376, 106.8130)
    assert straight_distance_m(monas, kota) == pytest.approx(4_490, rel=0.01)
    assert road_distance_m(monas, kota, Terms(detour_bp=13_000)) == straight_distance_m(monas, kota) * 13 // 10


def test_rain_ends_by_itself() -> None:
    until = at("2026-11-25T18:00")
    tariff = InForce(FULL, rain_until=until)
    assert tariff.is_raining(at("2026-11-25T17:59"))
    assert not tariff.is_raining(until)
    assert not InForce(FULL).is_raining(until)


surcharges = st.builds(Surcharge, st.integers(0, 10_000), st.integers(0, 3_000))
tariffs = st.builds(
    lambda to, **figures: Terms(round_to=to, minimum=figures.pop("least") * to, **figures),
    st.sampled_from([1, 100, 500, 1_000]),
    least=st.integers(0, 30),
    base_fare=st.integers(0, 20_000),
    base_distance_m=st.integers(0, 5_000),
    per_km=st.integers(0, 5_000),
    included_weight_g=st.integers(0, 10_000),
    per_kg=st.integers(0, 3_000),
    per_litre=st.integers(0, 100),
    rain=surcharges,
    rounding=st.sampled_from(Rounding),
    vehicles=st.tuples(st.builds(VehicleRate, st.just("CAR"), surcharges)),
    bands=st.tuples(st.builds(TimeBand, st.just("x"), st.just(0), st.just(1_440), surcharges)),
    approach_per_km=st.integers(0, 2_000),
)
conditions = st.builds(
    Conditions,
    at=st.none() | st.just(at("2026-11-25T12:00")),
    weight_g=st.integers(0, 50_000),
    litres=st.integers(0, 500),
    vehicle=st.sampled_from([None, "CAR"]),
    is_raining=st.booleans(),
    zones=st.lists(st.sampled_from([FAR, NEAR]), max_size=4).map(tuple),
    approach_m=st.integers(0, 20_000),
)
distances = st.integers(0, 100_000)


@given(tariffs, distances, conditions)
def test_lines_sum_to_a_price_that_is_never_negative(terms: Terms, distance_m: int, given_: Conditions) -> None:
    price = price_delivery(terms, distance_m, conditions=given_)
    assert price.total == sum(line.amount for line in price.lines)
    assert price.total >= terms.minimum >= 0
    assert price.total % terms.round_to == 0
    for line in price.lines:
        assert line.amount == line.quantity * line.unit_price
        assert line.amount >= 0 or line.kind is K.ROUNDING
        assert abs(line.amount) < terms.round_to or line.kind is not K.ROUNDING
        assert line_of(line.as_json()) == line


@given(tariffs, distances, st.integers(0, 50_000), conditions, st.integers(0, 50_000))
def test_further_or_heavier_never_costs_less(
    terms: Terms, one: int, further: int, given_: Conditions, heavier: int
) -> None:
    lighter = price_delivery(terms, one, conditions=given_)
    assert price_delivery(terms, one + further, conditions=given_).total >= lighter.total
    more = replace(given_, weight_g=given_.weight_g + heavier)
    assert price_delivery(terms, one, conditions=more).total >= lighter.total


WORDS = [
    ((K.BASE, 1, 8_000, PriceUnit.DELIVERY, ""), "Tarif dasar", "Base fare"),
    (
        (K.DISTANCE, 3, 2_500, PriceUnit.KM, ""),
        "Jarak selebihnya: 3 km × Rp2.500",
        "Further distance: 3 km × Rp2.500",
    ),
    ((K.VEHICLE, 1, 5_000, PriceUnit.DELIVERY, "CAR"), "Kendaraan mobil", "Vehicle car"),
    (
        (K.ZONE, 2, 1_500, PriceUnit.DROP, "Timur"),
        "Zona Timur: 2 tujuan × Rp1.500",
        "Zone Timur: 2 drops × Rp1.500",
    ),
    ((K.HOLIDAY, 1, 4_000, PriceUnit.DELIVERY, "Natal"), "Hari libur Natal", "Holiday Natal"),
]


@pytest.mark.parametrize(("line", "indonesian", "english"), WORDS)
def test_words(line: tuple[K, int, int, PriceUnit, str], indonesian: str, english: str) -> None:
    kind, quantity, unit_price, unit, name = line
    kept = {"kind": kind, "quantity": quantity, "unit_price": unit_price, "amount": 1, "unit": unit, "name": name}
    assert in_words(line_of(kept), "id") == indonesian
    assert in_words(line_of(kept), "en") == english


def test_a_line_of_an_earlier_release_is_read() -> None:
    line = line_of({"kind": "DISTANCE", "quantity": 2, "unit_price": 2_500, "amount": 5_000})
    assert (line.unit, line.name) == (PriceUnit.KM, "")
