"""What a way costs by a co-op's tariff: zones, distance, weight, size, vehicle, hour and weather. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from marketplace.errors import Code, MarketplaceError
from marketplace.tariffs.rules import (
    Conditions,
    DeliveryPrice,
    DistanceSource,
    InForce,
    Terms,
    approach_m,
    price_delivery,
    road_distance_m,
)
from marketplace.tariffs.zones import Point, RegionOf, zones_of


class TooFar(MarketplaceError):
    """The way is {distance_m} m; the co-op carries up to {limit_m} m."""

    code = Code.OUT_OF_RADIUS
    pesan = "Jaraknya {distance_m} m; koperasi mengantar sampai {limit_m} m."


@dataclass(frozen=True, slots=True)
class Way:
    """A route's legs in metres of road, from each stop to the next, and how they are known."""

    legs_m: tuple[int, ...]
    source: DistanceSource = DistanceSource.ESTIMATED

    @property
    def distance_m(self) -> int:
        return sum(self.legs_m)


@dataclass(frozen=True, slots=True)
class Goods:
    """What is carried: grams, litres, and the kind of vehicle that was asked for."""

    weight_g: int = 0
    litres: int = 0
    vehicle: str | None = None


def estimated_way(terms: Terms, stops: Sequence[Point]) -> Way:
    """The way along these stops by straight lines and the co-op's detour."""
    return Way(tuple(road_distance_m(one, other, terms) for one, other in pairwise(stops)))


def price_way(
    tariff: InForce, stops: Sequence[Point], way: Way, goods: Goods, *, at: datetime, region_of: RegionOf
) -> DeliveryPrice:
    """The price of carrying along `way` from the first of `stops` to the others at `at`. Raises OutOfZone, TooFar."""
    terms = tariff.terms
    zones = zones_of(terms.zones, stops[1:], region_of)
    if way.distance_m > terms.max_distance_m:
        raise TooFar(distance_m=way.distance_m, limit_m=terms.max_distance_m)
    conditions = Conditions(
        at=at,
        weight_g=goods.weight_g,
        litres=goods.litres,
        vehicle=goods.vehicle,
        is_raining=tariff.is_raining(at),
        zones=zones,
        approach_m=approach_m(terms, stops[0]),
    )
    price = price_delivery(terms, way.distance_m, conditions=conditions)
    return replace(price, distance_is=way.source, tariff_id=tariff.tariff_id)
