"""How a delivery's price comes about, line by line. Pure."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_RADIUS_M = 6_371_000
FULL_BP = 10_000


@dataclass(frozen=True, slots=True)
class Point:
    """A place, WGS84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Terms:
    """A tariff's figures: rupiah, metres, grams, basis points."""

    base_fare: int = 8_000
    base_distance_m: int = 2_000
    per_km: int = 2_500
    included_weight_g: int = 5_000
    per_kg: int = 1_000
    max_distance_m: int = 25_000
    detour_bp: int = 13_000


#: What holds for a co-op that has set no tariff of its own.
DEFAULT_TERMS = Terms()


class PriceLineKind(StrEnum):
    """What a part of the delivery price pays for."""

    BASE = "BASE"
    DISTANCE = "DISTANCE"
    WEIGHT = "WEIGHT"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One part of a delivery price: `quantity` units at `unit_price` rupiah."""

    kind: PriceLineKind
    quantity: int
    unit_price: int
    amount: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class DeliveryPrice:
    """What carrying costs, over what road distance."""

    distance_m: int
    lines: tuple[PriceLine, ...]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)


def straight_distance_m(one: Point, other: Point) -> int:
    """Great-circle distance by the haversine formula, in whole metres."""
    lat, other_lat = radians(one.lat), radians(other.lat)
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin(radians(other.lon - one.lon) / 2) ** 2
    return round(2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, half))))


def road_distance_m(one: Point, other: Point, terms: Terms) -> int:
    """The way that a rider goes, estimated: the straight line times the co-op's detour factor."""
    return straight_distance_m(one, other) * terms.detour_bp // FULL_BP


def price_delivery(terms: Terms, distance_m: int, weight_g: int = 0) -> DeliveryPrice:
    """The price of carrying `weight_g` over `distance_m` of road."""
    lines = [PriceLine(PriceLineKind.BASE, 1, terms.base_fare, terms.base_fare)]
    further_km = _begun(distance_m - terms.base_distance_m, 1_000)
    if further_km and terms.per_km:
        lines.append(PriceLine(PriceLineKind.DISTANCE, further_km, terms.per_km, further_km * terms.per_km))
    further_kg = _begun(weight_g - terms.included_weight_g, 1_000)
    if further_kg and terms.per_kg:
        lines.append(PriceLine(PriceLineKind.WEIGHT, further_kg, terms.per_kg, further_kg * terms.per_kg))
    return DeliveryPrice(distance_m, tuple(lines))


def _begun(amount: int, unit: int) -> int:
    return max(0, -(-amount // unit))
