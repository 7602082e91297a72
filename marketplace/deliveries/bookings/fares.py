"""What a booked route costs, and each drop's part of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from marketplace.money import allocate
from marketplace.tariffs.pricing import Goods, Way, price_way
from marketplace.tariffs.rules import DeliveryPrice, InForce
from marketplace.tariffs.zones import Point, RegionOf


@dataclass(frozen=True, slots=True)
class FareQuote:
    """What a delivery with these drops costs: in rupiah, over metres; one part a drop, summing to the price."""

    price: int
    legs_m: tuple[int, ...]
    parts: tuple[int, ...]
    reckoned: DeliveryPrice


def fare_of(price: DeliveryPrice, legs_m: Sequence[int]) -> FareQuote:
    """The price shared out over its legs."""
    parts = allocate(price.total, {f"{index:04d}": max(leg, 1) for index, leg in enumerate(legs_m)})
    return FareQuote(price.total, tuple(legs_m), tuple(parts[key] for key in sorted(parts)), price)


def fare_along(
    tariff: InForce, stops: Sequence[Point], way: Way, goods: Goods, *, at: datetime, region_of: RegionOf
) -> FareQuote:
    """The fare of a route pickup → drop → drop by the tariff over its whole length. Raises OutOfZone, TooFar."""
    return fare_of(price_way(tariff, stops, way, goods, at=at, region_of=region_of), way.legs_m)
