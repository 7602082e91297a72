"""A recorded day: who ordered what from where, and which couriers stood ready. Pure.

Places are metres on a plane, times seconds from the start of the day, pay whole rupiah.
"""

import hashlib
import math
from collections.abc import Iterable
from dataclasses import astuple, dataclass

#: East, north.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is the same for every policy of a replay."""

    metres_a_minute: int = 320
    pickup_s: int = 240
    """At the shop, once goods and courier are there."""
    dropoff_s: int = 240
    opens_before_s: int = 300
    """So long before its goods are ready a job is put before couriers, but never before it was ordered."""
    gives_up_s: int = 5_400
    """Who has no courier so long after ordering gets nothing: the order counts as not delivered."""

    def ride_s(self, start: Place, end: Place) -> int:
        """Seconds to ride from one place to the other."""
        return math.ceil(math.dist(start, end) * 60 / self.metres_a_minute)


@dataclass(frozen=True, slots=True)
class Order:
    """One order; `pay` is what its ride is worth to the courier."""

    id: str
    pickup: Place
    drop: Place
    placed_s: int
    ready_s: int
    pay: int

    @property
    def ride_m(self) -> int:
        return round(math.dist(self.pickup, self.drop))


@dataclass(frozen=True, slots=True)
class Courier:
    """One courier's shift. He takes nothing new that he couldn't pick up before its end; he brings what he has."""

    id: str
    start: Place
    on_s: int
    off_s: int
    pauses: tuple[tuple[int, int], ...] = ()
    """From and to, within the shift and apart: then he takes nothing, and the time counts for nothing."""

    @property
    def available_s(self) -> int:
        return self.stood_ready_s(self.off_s)

    def stood_ready_s(self, until: int) -> int:
        """Of his shift, the seconds before `until` in which he stood ready."""
        end = min(until, self.off_s)
        away = sum(max(0, min(stop, end) - start) for start, stop in self.pauses)
        return max(0, end - self.on_s - away)

    def takes_at(self, now: int) -> bool:
        """Whether he stands ready: on shift, and no pause."""
        return self.on_s <= now < self.off_s and not any(start <= now < stop for start, stop in self.pauses)


@dataclass(frozen=True, slots=True)
class Day:
    """Orders and couriers of one day, each in a fixed order."""

    name: str
    orders: tuple[Order, ...]
    couriers: tuple[Courier, ...]

    @property
    def load(self) -> float:
        """Orders for each hour that a courier stood ready, over the whole day."""
        hours = sum(courier.available_s for courier in self.couriers) / 3_600
        return len(self.orders) / hours if hours else 0.0


def digest(days: Iterable[Day]) -> str:
    """SHA-256 over all that stands in these days: the same figures give the same name."""
    found = hashlib.sha256()
    for day in days:
        found.update(repr((day.name, *map(astuple, day.orders), *map(astuple, day.couriers))).encode())
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Trip:
    """How one order reached its door; indices into the day's tuples, seconds of the day."""

    order: int
    courier: int
    taken_s: int
    picked_s: int
    """Goods in hand, the time at the shop over."""
    door_s: int
    """Handed over, the time at the door over."""
    is_bundled: bool = False
    """Another order was on board with it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A day under one policy: its trips by order, and the seconds each courier was under way for a job."""

    trips: tuple[Trip, ...]
    busy_s: tuple[int, ...]
    ridden_m: int
    """Metres ridden by all, to pickups and to doors."""
