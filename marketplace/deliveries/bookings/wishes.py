"""What a shop wants carried, and what bounds it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from marketplace.deliveries.models import FarePayer, VehicleKind
from marketplace.errors import Code, Invalid
from marketplace.tariffs.pricing import Goods
from marketplace.tariffs.zones import Point

MOST_DROPS = 20
MOST_CASH = 100_000_000
HEAVIEST_G = 10_000_000
LARGEST_LITRES = 100_000
SHORTEST_WINDOW, LONGEST_WINDOW = timedelta(minutes=15), timedelta(hours=12)
FURTHEST_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DropWish:
    """Where a seller wants something brought: `cash_to_collect` rupiah are taken there on his behalf."""

    name: str
    phone: str
    address: str
    note: str
    lat: float
    lon: float
    cash_to_collect: int = 0

    @property
    def point(self) -> Point:
        return Point(self.lat, self.lon)


@dataclass(frozen=True, slots=True)
class Window:
    """When goods are to be picked up."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be carried, by what, and when; without a window, now."""

    weight_g: int = 0
    litres: int = 0
    vehicle: VehicleKind | None = None
    window: Window | None = None

    @property
    def goods(self) -> Goods:
        return Goods(self.weight_g, self.litres, None if self.vehicle is None else self.vehicle.value)

    @property
    def more(self) -> list[Any]:
        """What was asked beyond the weight: kept out of an intent that asks for nothing more."""
        return [self.litres, self.vehicle, self.window] if self.litres or self.vehicle or self.window else []


def check_places(places: Sequence[Point]) -> None:
    """Raises Invalid unless there are 1 to 20 places on the earth."""
    if not 1 <= len(places) <= MOST_DROPS:
        raise Invalid.field("drops", Code.OUT_OF_RANGE, "1 to 20 drops", "1 sampai 20 tujuan")
    for index, place in enumerate(places):
        if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):
            path = f"drops.{index}.place"
            raise Invalid.field(path, Code.OUT_OF_RANGE, "a point on the earth", "titik di peta bumi")


def check_load(load: Load, now: datetime) -> None:
    """Raises Invalid naming what is out of bounds."""
    if not 0 <= load.weight_g <= HEAVIEST_G:
        raise Invalid.field("weight", Code.OUT_OF_RANGE, "0 g to 10 t", "0 g sampai 10 ton")
    if not 0 <= load.litres <= LARGEST_LITRES:
        raise Invalid.field("litres", Code.OUT_OF_RANGE, "0 to 100,000", "0 sampai 100.000")
    window = load.window
    if window is None:
        return
    if not SHORTEST_WINDOW <= window.ends_at - window.starts_at <= LONGEST_WINDOW:
        raise Invalid.field(
            "pickupWindow", Code.OUT_OF_RANGE, "15 minutes to 12 hours long", "selama 15 menit sampai 12 jam"
        )
    if not (now < window.ends_at and window.starts_at <= now + FURTHEST_AHEAD):
        raise Invalid.field("pickupWindow", Code.OUT_OF_RANGE, "within 30 days from now", "dalam 30 hari ke depan")


def check_drops(drops: Sequence[DropWish], fare_payer: FarePayer) -> None:
    """Raises Invalid naming what is out of bounds."""
    if fare_payer is FarePayer.ORDER:
        raise Invalid.field(
            "farePayer", Code.INVALID, "an order pays its own delivery", "ongkir pesanan ikut pesanan"
        )
    check_places([drop.point for drop in drops])
    for index, drop in enumerate(drops):
        _check_drop(drop, f"drops.{index}")


def _check_drop(drop: DropWish, path: str) -> None:
    if not 1 <= len(drop.name.strip()) <= 120:
        raise Invalid.field(f"{path}.name", Code.OUT_OF_RANGE, "1 to 120 characters", "1 sampai 120 huruf")
    if not 1 <= len(drop.address.strip()) <= 700:
        raise Invalid.field(f"{path}.address", Code.OUT_OF_RANGE, "1 to 700 characters", "1 sampai 700 huruf")
    if len(drop.note) > 300:
        raise Invalid.field(f"{path}.note", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    if not 0 <= drop.cash_to_collect <= MOST_CASH:
        raise Invalid.field(f"{path}.cashToCollect", Code.OUT_OF_RANGE, "0 to 100,000,000", "0 sampai 100.000.000")
