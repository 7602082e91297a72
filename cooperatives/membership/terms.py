"""What an alliance allows: at which share, where, when, and how much of it. Pure.

An alliance without terms allows everything, as alliances did before there were terms.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from marketplace.errors import Code, Invalid
from marketplace.money import FULL_SHARE_BP, format_rupiah, with_points

#: Length of a degree of latitude, in metres (mean meridian of WGS84).
METRES_PER_DEGREE = 111_320
DAY_MINUTES = 1_440
MOST_REGIONS, MOST_POINTS, MOST_SPANS = 50, 200, 28
WIDEST_M = 200_000
MOST_JOBS_A_DAY, MOST_OPEN = 100_000, 100_000_000_000
MOST_FLOOR, MOST_PER_KM = 1_000_000, 100_000
LONGEST_NOTICE_DAYS = 90

Span: TypeAlias = tuple[int, int, int]  # weekday (0 Monday), opens, closes: minutes since its midnight


@dataclass(frozen=True, slots=True)
class Where:
    """A pickup (WGS84), and the region in which it lies: Kemendagri code, empty where unknown."""

    lat: float
    lon: float
    region_code: str = ""


@dataclass(frozen=True, slots=True)
class Regions:
    """Regions by Kemendagri code; each takes in all that lies below it."""

    codes: tuple[str, ...]

    def covers(self, where: Where) -> bool:
        return any(where.region_code == code or where.region_code.startswith(f"{code}.") for code in self.codes)


@dataclass(frozen=True, slots=True)
class Circle:
    """All within so many metres of a point."""

    lat: float
    lon: float
    radius_m: int

    def covers(self, where: Where) -> bool:
        north = (where.lat - self.lat) * METRES_PER_DEGREE
        east = (where.lon - self.lon) * METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        return north * north + east * east <= self.radius_m**2


@dataclass(frozen=True, slots=True)
class Polygon:
    """All within a line through these points `(lat, lon)`, closed from the last to the first."""

    points: tuple[tuple[float, float], ...]

    def covers(self, where: Where) -> bool:
        """Even-odd: a ray to the east crosses the line an odd number of times."""
        is_inside = False
        for (lat, lon), (next_lat, next_lon) in zip(self.points, (*self.points[1:], self.points[0]), strict=True):
            if (lat > where.lat) != (next_lat > where.lat):
                crossing = lon + (where.lat - lat) / (next_lat - lat) * (next_lon - lon)
                is_inside ^= where.lon < crossing
        return is_inside


Area: TypeAlias = Regions | Circle | Polygon


@dataclass(frozen=True, slots=True)
class Terms:
    """What two co-ops agree on. `None` bounds nothing; times are UTC, hours those of `zone`."""

    carrier_share_bp: int = FULL_SHARE_BP
    least: int = 0  # rupiah of a delivery's price that the carrier gets at least
    least_per_km: int = 0  # and so much more for each km of road
    area: Area | None = None  # in which goods are picked up
    hours: tuple[Span, ...] | None = None
    zone: str = "Asia/Jakarta"
    jobs_a_day: int | None = None
    open_rupiah: int | None = None  # cash of jobs under way at once
    notice_days: int = 0
    holds_from: datetime | None = None
    holds_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Used:
    """What of the limits is taken: jobs since midnight in the terms' zone, rupiah of jobs under way."""

    jobs: int = 0
    rupiah: int = 0


class Bar(StrEnum):
    """Why an ally may not carry a job."""

    NOT_ALLIED = "NOT_ALLIED"
    NOT_IN_FORCE = "NOT_IN_FORCE"
    OUTSIDE_HOURS = "OUTSIDE_HOURS"
    OUTSIDE_AREA = "OUTSIDE_AREA"
    JOBS_A_DAY = "JOBS_A_DAY"
    OPEN_RUPIAH = "OPEN_RUPIAH"


@dataclass(frozen=True, slots=True)
class Barred:
    """Why not, in both languages."""

    bar: Bar
    english: str
    indonesian: str


NOT_ALLIED = Barred(
    Bar.NOT_ALLIED, "the two co-ops have no agreed alliance", "kedua koperasi belum mempunyai persekutuan"
)


def may_carry(
    terms: Terms | None, at: datetime, place: Where | None, used: Used, *, rupiah: int = 0
) -> Barred | None:
    """Why a job picked up at `place` may not be taken at this moment under `terms`; None when it may.

    `rupiah` is the cash that the job brings. `place` None: the area is not asked.
    """
    if terms is None:
        return None
    if not holds_at(terms, at):
        return Barred(
            Bar.NOT_IN_FORCE,
            "the alliance's terms are not in force now",
            "ketentuan persekutuan sedang tidak berlaku",
        )
    if terms.hours is not None and not is_within(terms.hours, at.astimezone(ZoneInfo(terms.zone))):
        return Barred(
            Bar.OUTSIDE_HOURS, "it is outside the alliance's hours", "di luar jam yang disepakati persekutuan"
        )
    if terms.area is not None and place is not None and not terms.area.covers(place):
        return Barred(
            Bar.OUTSIDE_AREA,
            "the pickup lies outside the alliance's area",
            "tempat pengambilan di luar wilayah persekutuan",
        )
    if terms.jobs_a_day is not None and used.jobs >= terms.jobs_a_day:
        return Barred(
            Bar.JOBS_A_DAY,
            f"the alliance's {terms.jobs_a_day} jobs of today are taken",
            f"{terms.jobs_a_day} tugas hari ini menurut persekutuan sudah habis",
        )
    if terms.open_rupiah is not None and rupiah and used.rupiah + rupiah > terms.open_rupiah:
        most = format_rupiah(terms.open_rupiah)
        return Barred(
            Bar.OPEN_RUPIAH,
            f"the cash under way would pass the alliance's {most}",
            f"uang tunai yang sedang dibawa akan melewati batas persekutuan {most}",
        )
    return None


def holds_at(terms: Terms, at: datetime) -> bool:
    """Whether the terms are in force at this moment."""
    begun = terms.holds_from is None or terms.holds_from <= at
    return begun and (terms.holds_until is None or at < terms.holds_until)


def is_within(hours: Sequence[Span], local: datetime) -> bool:
    """Whether a local moment falls into one of the week's spans; one past midnight belongs to the day it begins."""
    minute, today = local.hour * 60 + local.minute, local.weekday()
    yesterday = (today - 1) % 7
    return any(
        (weekday == today and opens <= minute < closes)
        or (weekday == yesterday and opens <= minute + DAY_MINUTES < closes)
        for weekday, opens, closes in hours
    )


def day_began(at: datetime, zone: str) -> datetime:
    """The midnight before `at` in the zone."""
    return at.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)


def share_of(terms: Terms | None, legacy_bp: int, *, price: int, distance_m: int) -> int:
    """The carrier's share of a delivery at this price over this way, in basis points.

    A least sum is said as the smallest share that reaches it, so that every split stays one of shares.
    """
    if terms is None:
        return legacy_bp
    least = min(terms.least + terms.least_per_km * distance_m // 1_000, price)
    reaching = 0 if price <= 0 else -(-least * FULL_SHARE_BP // price)
    return max(terms.carrier_share_bp, reaching)


def check(terms: Terms, now: datetime) -> None:
    """Raises Invalid, naming the field, when the terms can't be agreed to."""
    if not 0 <= terms.carrier_share_bp <= FULL_SHARE_BP:
        raise Invalid.field("carrierShare", Code.OUT_OF_RANGE, "0 to 100 %", "0 sampai 100 %")
    _bounded("terms.least", terms.least, MOST_FLOOR)
    _bounded("terms.leastPerKm", terms.least_per_km, MOST_PER_KM)
    _bounded("terms.noticeDays", terms.notice_days, LONGEST_NOTICE_DAYS)
    if terms.jobs_a_day is not None:
        _bounded("terms.jobsADay", terms.jobs_a_day, MOST_JOBS_A_DAY, least=1)
    if terms.open_rupiah is not None:
        _bounded("terms.openRupiah", terms.open_rupiah, MOST_OPEN)
    if terms.area is not None:
        _check_area(terms.area)
    if terms.hours is not None:
        _check_hours(terms.hours)
    if terms.holds_until is not None and terms.holds_until <= max(now, terms.holds_from or now):
        raise Invalid.field("terms.until", Code.OUT_OF_RANGE, "later than it begins", "sesudah mulai berlaku")


def _bounded(field: str, value: int, most: int, *, least: int = 0) -> None:
    if not least <= value <= most:
        raise Invalid.field(field, Code.OUT_OF_RANGE, f"{least} to {most:,}", f"{least} sampai {with_points(most)}")


def _check_area(area: Area) -> None:
    if isinstance(area, Regions):
        if not 1 <= len(area.codes) <= MOST_REGIONS:
            raise Invalid.field(
                "terms.area.regions",
                Code.OUT_OF_RANGE,
                f"1 to {MOST_REGIONS} regions",
                f"1 sampai {MOST_REGIONS} wilayah",
            )
        return
    points = [(area.lat, area.lon)] if isinstance(area, Circle) else area.points
    if any(not (-90 <= lat <= 90 and -180 <= lon <= 180) for lat, lon in points):
        raise Invalid.field("terms.area", Code.OUT_OF_RANGE, "points on the earth", "titik di peta bumi")
    if isinstance(area, Circle):
        if not 100 <= area.radius_m <= WIDEST_M:
            raise Invalid.field("terms.area.radius", Code.OUT_OF_RANGE, "100 m to 200 km", "100 m sampai 200 km")
    elif not 3 <= len(area.points) <= MOST_POINTS:
        raise Invalid.field(
            "terms.area.polygon", Code.OUT_OF_RANGE, f"3 to {MOST_POINTS} points", f"3 sampai {MOST_POINTS} titik"
        )


def _check_hours(hours: Sequence[Span]) -> None:
    if not 1 <= len(hours) <= MOST_SPANS:
        raise Invalid.field(
            "terms.hours",
            Code.OUT_OF_RANGE,
            f"1 to {MOST_SPANS} spans a week",
            f"1 sampai {MOST_SPANS} rentang seminggu",
        )
    for weekday, opens, closes in hours:
        if not (0 <= weekday <= 6 and 0 <= opens < DAY_MINUTES and opens < closes <= opens + DAY_MINUTES):
            raise Invalid.field(
                "terms.hours",
                Code.INVALID,
                "closes after it opens, within 24 hours",
                "tutup sesudah buka, dalam 24 jam",
            )


def area_as_json(area: Area | None) -> dict[str, Any] | None:
    """The area as a row keeps it."""
    if area is None:
        return None
    if isinstance(area, Regions):
        return {"regions": list(area.codes)}
    if isinstance(area, Circle):
        return {"lat": area.lat, "lon": area.lon, "radius_m": area.radius_m}
    return {"points": [list(point) for point in area.points]}


def area_of_json(kept: dict[str, Any] | None) -> Area | None:
    """The reverse of `area_as_json`."""
    if kept is None:
        return None
    if "regions" in kept:
        return Regions(tuple(kept["regions"]))
    if "radius_m" in kept:
        return Circle(kept["lat"], kept["lon"], kept["radius_m"])
    return Polygon(tuple((lat, lon) for lat, lon in kept["points"]))


@dataclass(frozen=True, slots=True)
class Standing:
    """How one co-op stands to another for whose sellers it may carry; `terms` None: an alliance without bounds."""

    legacy_bp: int
    terms: Terms | None = None
    used: Used = field(default_factory=Used)

    def bar(self, at: datetime, place: Where | None, *, rupiah: int = 0) -> Barred | None:
        """`may_carry` under these terms with what is used of them."""
        return may_carry(self.terms, at, place, self.used, rupiah=rupiah)


def since(at: datetime) -> datetime:
    """A moment before every zone's midnight before `at`."""
    return at - timedelta(hours=24)
