"""How a delivery's price comes about, line by line. Pure.

Every line is a quantity times a price of one, in whole rupiah; the lines sum to the price. Only the line ROUNDING
rounds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from marketplace.tariffs.zones import Point, Zone

__all__ = ["Point", "Zone"]

EARTH_RADIUS_M = 6_371_000
FULL_BP = 10_000


@dataclass(frozen=True, slots=True)
class Surcharge:
    """What is added in rupiah: once, and for each kilometre begun of the whole way."""

    flat: int = 0
    per_km: int = 0


@dataclass(frozen=True, slots=True)
class VehicleRate:
    """What is added when a vehicle of this kind is asked for."""

    kind: str
    surcharge: Surcharge


@dataclass(frozen=True, slots=True)
class TimeBand:
    """Hours of the day with a surcharge: minutes after midnight, from the first to before the last.

    A band that ends before it begins goes on past midnight. `weekdays`: 1 Monday … 7 Sunday; empty: every day.
    """

    name: str
    from_minute: int
    until_minute: int
    surcharge: Surcharge
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day with a name."""

    on: date
    name: str


class Rounding(StrEnum):
    """Which way a price goes to a multiple."""

    UP = "UP"
    NEAREST = "NEAREST"
    DOWN = "DOWN"


@dataclass(frozen=True, slots=True)
class Terms:
    """A tariff's figures: rupiah, metres, grams, litres, minutes, basis points."""

    base_fare: int = 8_000
    base_distance_m: int = 2_000
    per_km: int = 2_500
    included_weight_g: int = 5_000
    per_kg: int = 1_000
    max_distance_m: int = 25_000
    detour_bp: int = 13_000
    zones: tuple[Zone, ...] = ()  # with any, a drop must lie in one
    included_litres: int = 0
    per_litre: int = 0
    vehicles: tuple[VehicleRate, ...] = ()
    bands: tuple[TimeBand, ...] = ()
    rain: Surcharge = Surcharge()
    holiday: Surcharge = Surcharge()
    holidays: tuple[Holiday, ...] = ()
    stands: tuple[Point, ...] = ()  # pangkalan, from where drivers come to the pickup
    approach_free_m: int = 0
    approach_per_km: int = 0
    waiting_free_minutes: int = 10
    waiting_per_minute: int = 0
    waiting_most_minutes: int = 120
    waits_for_orders: bool = False  # whether a seller pays it too whose order keeps its driver waiting
    minimum: int = 0
    round_to: int = 1
    rounding: Rounding = Rounding.UP
    time_zone: str = "Asia/Jakarta"


#: What holds for a co-op that has set no tariff of its own.
DEFAULT_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class InForce:
    """A co-op's tariff as it holds at a moment; `tariff_id` is None where it has set none."""

    terms: Terms = DEFAULT_TERMS
    tariff_id: UUID | None = None
    rain_until: datetime | None = None
    since: datetime | None = None

    def is_raining(self, at: datetime) -> bool:
        """Whether a dispatcher has switched the rain on for this moment."""
        return self.rain_until is not None and at < self.rain_until


class PriceLineKind(StrEnum):
    """What a part of the delivery price pays for."""

    BASE = "BASE"
    DISTANCE = "DISTANCE"
    WEIGHT = "WEIGHT"
    SIZE = "SIZE"
    VEHICLE = "VEHICLE"
    ZONE = "ZONE"
    APPROACH = "APPROACH"
    TIME_OF_DAY = "TIME_OF_DAY"
    RAIN = "RAIN"
    HOLIDAY = "HOLIDAY"
    MINIMUM = "MINIMUM"
    ROUNDING = "ROUNDING"
    WAITING = "WAITING"  # at the end, by the minutes that were waited
    SUPPLEMENT = "SUPPLEMENT"  # a dispatcher's, with his reason
    FAILED_DROPS = "FAILED_DROPS"  # taken off for drops that could not be made


class PriceUnit(StrEnum):
    """In what a line's quantity is counted."""

    DELIVERY = "DELIVERY"
    KM = "KM"
    KG = "KG"
    LITRE = "LITRE"
    DROP = "DROP"
    MINUTE = "MINUTE"
    RUPIAH = "RUPIAH"


#: The unit of lines that were written down without one.
USUAL_UNITS = {
    PriceLineKind.BASE: PriceUnit.DELIVERY,
    PriceLineKind.DISTANCE: PriceUnit.KM,
    PriceLineKind.WEIGHT: PriceUnit.KG,
}


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One part of a delivery price: `quantity` units at `unit_price` rupiah. `name`: of the zone, band or day."""

    kind: PriceLineKind
    quantity: int
    unit_price: int
    amount: int
    unit: PriceUnit = PriceUnit.DELIVERY
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def line_of(kept: dict[str, Any]) -> PriceLine:
    """A line as it was written down; those of earlier releases have no unit and no name."""
    kind = PriceLineKind(kept["kind"])
    unit = PriceUnit(kept.get("unit") or USUAL_UNITS.get(kind, PriceUnit.DELIVERY))
    return PriceLine(kind, kept["quantity"], kept["unit_price"], kept["amount"], unit, kept.get("name", ""))


def make_line(kind: PriceLineKind, quantity: int, unit_price: int, unit: PriceUnit, name: str = "") -> PriceLine:
    """A line of so many units at so much."""
    return PriceLine(kind, quantity, unit_price, quantity * unit_price, unit, name)


class DistanceSource(StrEnum):
    """How a distance is known."""

    ESTIMATED = "ESTIMATED"  # the straight line times the detour
    ROUTED = "ROUTED"  # along the roads, by a routing engine


@dataclass(frozen=True, slots=True)
class DeliveryPrice:
    """What carrying costs, over what road distance, and by what it was reckoned."""

    distance_m: int
    lines: tuple[PriceLine, ...]
    distance_is: DistanceSource = DistanceSource.ESTIMATED
    tariff_id: UUID | None = None
    zones: tuple[str, ...] = ()  # one a drop

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def basis(self) -> dict[str, Any]:
        """By what it was reckoned, as JSON to be kept with the price."""
        return {
            "tariff_id": None if self.tariff_id is None else str(self.tariff_id),
            "distance_is": self.distance_is.value,
            "zones": list(self.zones),
        }


@dataclass(frozen=True, slots=True)
class Conditions:
    """When and how something is carried: `at` in any zone, weight in grams, size in litres.

    `zones`: the zone of each drop; empty where the tariff has none. `approach_m`: from the nearest stand to the
    pickup.
    """

    at: datetime | None = None
    weight_g: int = 0
    litres: int = 0
    vehicle: str | None = None
    is_raining: bool = False
    zones: tuple[Zone, ...] = ()
    approach_m: int = 0


def straight_distance_m(one: Point, other: Point) -> int:
    """Great-circle distance by the haversine formula, in whole metres."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half))))


def road_distance_m(one: Point, other: Point, terms: Terms) -> int:
    """The way that a rider goes, estimated: the straight line times the co-op's detour factor."""
    return straight_distance_m(one, other) * terms.detour_bp // FULL_BP


def approach_m(terms: Terms, pickup: Point) -> int:
    """The estimated way to the pickup from the nearest of the co-op's stands; 0 where it charges none."""
    if not terms.approach_per_km:
        return 0
    return min((road_distance_m(stand, pickup, terms) for stand in terms.stands), default=0)


def price_delivery(
    terms: Terms, distance_m: int, weight_g: int = 0, *, conditions: Conditions | None = None
) -> DeliveryPrice:
    """The price of carrying over `distance_m` of road; `conditions` say more than the weight alone would."""
    given = conditions or Conditions(weight_g=weight_g)
    lines = [line for line in _lines(terms, distance_m, given) if line.amount or line.kind is PriceLineKind.BASE]
    short = terms.minimum - sum(line.amount for line in lines)
    if short > 0:
        lines.append(make_line(PriceLineKind.MINIMUM, short, 1, PriceUnit.RUPIAH))
    rounded = _rounding(terms, sum(line.amount for line in lines))
    if rounded:
        lines.append(make_line(PriceLineKind.ROUNDING, rounded, 1, PriceUnit.RUPIAH))
    return DeliveryPrice(distance_m, tuple(lines), zones=tuple(zone.name for zone in given.zones))


def _lines(terms: Terms, distance_m: int, given: Conditions) -> Iterator[PriceLine]:
    kind, unit = PriceLineKind, PriceUnit
    # Over several zones the dearest base and the dearest kilometre hold for the whole way.
    fares = [terms.base_fare if zone.base_fare is None else zone.base_fare for zone in given.zones]
    rates = [terms.per_km if zone.per_km is None else zone.per_km for zone in given.zones]
    yield make_line(kind.BASE, 1, max(fares, default=terms.base_fare), unit.DELIVERY)
    further_km = _begun(distance_m - terms.base_distance_m, 1_000)
    yield make_line(kind.DISTANCE, further_km, max(rates, default=terms.per_km), unit.KM)
    further_kg = _begun(given.weight_g - terms.included_weight_g, 1_000)
    yield make_line(kind.WEIGHT, further_kg, terms.per_kg, unit.KG)
    yield make_line(kind.SIZE, max(0, given.litres - terms.included_litres), terms.per_litre, unit.LITRE)
    whole_km = _begun(distance_m, 1_000)
    for rate in terms.vehicles:
        if rate.kind == given.vehicle:
            yield from _surcharged(kind.VEHICLE, rate.surcharge, whole_km, rate.kind)
    for zone in dict.fromkeys(given.zones):
        yield make_line(kind.ZONE, given.zones.count(zone), zone.surcharge, unit.DROP, zone.name)
    approached_km = _begun(given.approach_m - terms.approach_free_m, 1_000)
    yield make_line(kind.APPROACH, approached_km, terms.approach_per_km, unit.KM)
    if given.is_raining:
        yield from _surcharged(kind.RAIN, terms.rain, whole_km)
    if given.at is not None:
        yield from _by_time(terms, given.at.astimezone(ZoneInfo(terms.time_zone)), whole_km)


def _by_time(terms: Terms, local: datetime, whole_km: int) -> Iterator[PriceLine]:
    for band in terms.bands:
        if holds_at(band, local):
            yield from _surcharged(PriceLineKind.TIME_OF_DAY, band.surcharge, whole_km, band.name)
    day = holiday_on(terms.holidays, local.date())
    if day is not None:
        yield from _surcharged(PriceLineKind.HOLIDAY, terms.holiday, whole_km, day.name)


def _surcharged(kind: PriceLineKind, surcharge: Surcharge, whole_km: int, name: str = "") -> Iterator[PriceLine]:
    yield make_line(kind, 1, surcharge.flat, PriceUnit.DELIVERY, name)
    yield make_line(kind, whole_km, surcharge.per_km, PriceUnit.KM, name)


def holds_at(band: TimeBand, local: datetime) -> bool:
    """Whether the band holds at this moment of local time. What goes past midnight belongs to the day it began."""
    minute = local.hour * 60 + local.minute

    def on(day: datetime) -> bool:
        return not band.weekdays or day.isoweekday() in band.weekdays

    if band.from_minute < band.until_minute:
        return band.from_minute <= minute < band.until_minute and on(local)
    return (minute >= band.from_minute and on(local)) or (
        minute < band.until_minute and on(local - timedelta(days=1))
    )


def holiday_on(holidays: Sequence[Holiday], day: date) -> Holiday | None:
    """The holiday on this day."""
    return next((holiday for holiday in holidays if holiday.on == day), None)


def waiting_line(terms: Terms, minutes: int) -> PriceLine | None:
    """What waiting so many whole minutes costs beyond the free ones, up to the most; None where nothing."""
    charged = max(0, min(minutes, terms.waiting_most_minutes) - terms.waiting_free_minutes)
    line = make_line(PriceLineKind.WAITING, charged, terms.waiting_per_minute, PriceUnit.MINUTE)
    return line if line.amount else None


def _rounding(terms: Terms, total: int) -> int:
    """What brings the total to a multiple of `round_to`; half goes up."""
    above = -total % terms.round_to
    below = total % terms.round_to
    if terms.rounding is Rounding.UP or (terms.rounding is Rounding.NEAREST and above <= below):
        return above
    return -below


def _begun(amount: int, unit: int) -> int:
    return max(0, -(-amount // unit))
