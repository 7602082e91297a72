"""A tariff's details as JSON, to be kept in its row, and what bounds them. Pure."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from marketplace.errors import Code, FieldFault
from marketplace.money import with_points
from marketplace.tariffs.rules import (
    DEFAULT_TERMS,
    Holiday,
    Rounding,
    Surcharge,
    Terms,
    TimeBand,
    VehicleRate,
)
from marketplace.tariffs.zones import MOST_POINTS, MOST_REGIONS, MOST_RINGS, MOST_ZONES, Point, Zone

MOST_BANDS = 20
MOST_HOLIDAYS = 60
MOST_STANDS = 20
NAME_LENGTH = 60
MINUTES_A_DAY = 1_440
ROUND_TO = (1, 10, 50, 100, 500, 1_000, 5_000)

#: The columns of a tariff's row, with the name of each in the API and its bounds: nothing negative, nothing absurd.
COLUMNS: dict[str, tuple[str, int, int]] = {
    "base_fare": ("baseFare", 0, 1_000_000),
    "base_distance_m": ("baseDistance", 0, 100_000),
    "per_km": ("perKm", 0, 100_000),
    "included_weight_g": ("includedWeight", 0, 1_000_000),
    "per_kg": ("perKg", 0, 100_000),
    "max_distance_m": ("maxDistance", 100, 200_000),
    "detour_bp": ("detour", 10_000, 30_000),
}
#: The same of the figures that stand in the details.
FIGURES: dict[str, tuple[str, int, int]] = {
    "included_litres": ("size.includedLitres", 0, 10_000),
    "per_litre": ("size.perLitre", 0, 100_000),
    "approach_free_m": ("approach.free", 0, 100_000),
    "approach_per_km": ("approach.perKm", 0, 100_000),
    "waiting_free_minutes": ("waiting.freeMinutes", 0, 240),
    "waiting_per_minute": ("waiting.perMinute", 0, 10_000),
    "waiting_most_minutes": ("waiting.mostMinutes", 0, 600),
    "minimum": ("minimum", 0, 1_000_000),
}
_FLAT, _PER_KM = 1_000_000, 100_000


def details_json(terms: Terms) -> dict[str, Any] | None:
    """What the row keeps beside its columns; None where nothing goes beyond the default."""
    if all(getattr(terms, name) == getattr(DEFAULT_TERMS, name) for name in Terms.__slots__ if name not in COLUMNS):
        return None
    return {
        **{name: getattr(terms, name) for name in (*FIGURES, "round_to", "time_zone")},
        "waits_for_orders": terms.waits_for_orders,
        "rounding": terms.rounding.value,
        "zones": [_zone_json(zone) for zone in terms.zones],
        "vehicles": [[rate.kind, *_pair(rate.surcharge)] for rate in terms.vehicles],
        "bands": [
            [band.name, band.from_minute, band.until_minute, *_pair(band.surcharge), list(band.weekdays)]
            for band in terms.bands
        ],
        "rain": _pair(terms.rain),
        "holiday": _pair(terms.holiday),
        "holidays": [[day.on.isoformat(), day.name] for day in terms.holidays],
        "stands": _ring_json(terms.stands),
    }


def with_details(columns: dict[str, Any], kept: dict[str, Any] | None) -> Terms:
    """The terms that a row's columns and details make up."""
    if not kept:
        return Terms(**columns)
    return Terms(
        **columns,
        **{name: kept[name] for name in (*FIGURES, "round_to", "time_zone")},
        waits_for_orders=kept.get("waits_for_orders", False),
        rounding=Rounding(kept["rounding"]),
        zones=tuple(_zone(zone) for zone in kept["zones"]),
        vehicles=tuple(VehicleRate(kind, Surcharge(*pair)) for kind, *pair in kept["vehicles"]),
        bands=tuple(
            TimeBand(name, start, end, Surcharge(flat, per_km), tuple(weekdays))
            for name, start, end, flat, per_km, weekdays in kept["bands"]
        ),
        rain=Surcharge(*kept["rain"]),
        holiday=Surcharge(*kept["holiday"]),
        holidays=tuple(Holiday(date.fromisoformat(on), name) for on, name in kept["holidays"]),
        stands=_ring(kept["stands"]),
    )


def _pair(surcharge: Surcharge) -> list[int]:
    return [surcharge.flat, surcharge.per_km]


def _ring_json(ring: tuple[Point, ...]) -> list[list[float]]:
    return [[point.lon, point.lat] for point in ring]


def _ring(kept: list[list[float]]) -> tuple[Point, ...]:
    return tuple(Point(lat, lon) for lon, lat in kept)


def _zone_json(zone: Zone) -> dict[str, Any]:
    return {
        "name": zone.name,
        "rings": [_ring_json(ring) for ring in zone.rings],
        "regions": list(zone.region_codes),
        "base_fare": zone.base_fare,
        "per_km": zone.per_km,
        "surcharge": zone.surcharge,
    }


def _zone(kept: dict[str, Any]) -> Zone:
    return Zone(
        kept["name"],
        tuple(_ring(ring) for ring in kept["rings"]),
        tuple(kept["regions"]),
        kept["base_fare"],
        kept["per_km"],
        kept["surcharge"],
    )


def faults(terms: Terms) -> list[FieldFault]:
    """What is out of bounds, each by its name in the API. Whether region codes are known is for the caller."""
    figures = [(*bound, getattr(terms, name)) for name, bound in (COLUMNS | FIGURES).items()]
    found = [_out(path, low, high) for path, low, high, value in figures if not low <= value <= high]
    return [*found, *_of_rounding(terms), *_of_lists(terms), *_of_zones(terms), *_of_surcharges(terms)]


def _out(path: str, low: int, high: int) -> FieldFault:
    return FieldFault(
        tuple(path.split(".")),
        Code.OUT_OF_RANGE,
        f"{low:,} to {high:,}",
        f"{with_points(low)} sampai {with_points(high)}",
    )


def _fault(path: str, message: str, pesan: str, code: Code = Code.INVALID) -> FieldFault:
    return FieldFault(tuple(path.split(".")), code, message, pesan)


def _of_rounding(terms: Terms) -> Iterator[FieldFault]:
    if terms.round_to not in ROUND_TO:
        allowed = ", ".join(map(str, ROUND_TO))
        yield _fault("rounding.to", f"one of {allowed}", f"salah satu dari {allowed}")
    elif terms.minimum % terms.round_to:
        yield _fault("minimum", "a multiple of what is rounded to", "kelipatan dari pembulatan")
    try:
        ZoneInfo(terms.time_zone)
    except (KeyError, ValueError, OSError):
        yield _fault("timeZone", "Asia/Jakarta, Asia/Makassar or Asia/Jayapura", "zona waktu tidak dikenal")


def _of_lists(terms: Terms) -> Iterator[FieldFault]:
    for path, number, most in (
        ("timeBands", len(terms.bands), MOST_BANDS),
        ("holidays", len(terms.holidays), MOST_HOLIDAYS),
        ("approach.stands", len(terms.stands), MOST_STANDS),
        ("zones", len(terms.zones), MOST_ZONES),
    ):
        if number > most:
            yield _fault(path, f"at most {most}", f"paling banyak {most}", Code.TOO_MANY)
    if len({rate.kind for rate in terms.vehicles}) < len(terms.vehicles):
        yield _fault("vehicles", "each kind once", "setiap jenis sekali saja", Code.DUPLICATE)
    for index, point in enumerate(terms.stands[:MOST_STANDS]):
        yield from _of_point(f"approach.stands.{index}", point)
    for index, day in enumerate(terms.holidays[:MOST_HOLIDAYS]):
        yield from _of_name(f"holidays.{index}.name", day.name)
    for index, band in enumerate(terms.bands[:MOST_BANDS]):
        yield from _of_name(f"timeBands.{index}.name", band.name)
        if not (0 <= band.from_minute < MINUTES_A_DAY and 0 < band.until_minute <= MINUTES_A_DAY):
            yield _fault(f"timeBands.{index}", "from 00:00 to 24:00", "dari 00:00 sampai 24:00")
        if band.from_minute == band.until_minute or not set(band.weekdays) <= set(range(1, 8)):
            yield _fault(f"timeBands.{index}", "some hours of some days", "sebagian jam pada sebagian hari")


def _of_zones(terms: Terms) -> Iterator[FieldFault]:
    if sum(len(ring) for zone in terms.zones for ring in zone.rings) > MOST_POINTS:
        yield _fault("zones", f"at most {MOST_POINTS} points", f"paling banyak {MOST_POINTS} titik", Code.TOO_MANY)
        return
    if len({zone.name for zone in terms.zones}) < len(terms.zones):
        yield _fault("zones", "each name once", "setiap nama sekali saja", Code.DUPLICATE)
    for index, zone in enumerate(terms.zones[:MOST_ZONES]):
        path = f"zones.{index}"
        yield from _of_name(f"{path}.name", zone.name)
        if not zone.rings and not zone.region_codes:
            yield _fault(path, "draw rings or name regions", "gambarkan batas atau sebutkan wilayah", Code.REQUIRED)
        if len(zone.rings) > MOST_RINGS or len(zone.region_codes) > MOST_REGIONS:
            yield _fault(path, "at most 10 rings and 50 regions", "paling banyak 10 batas, 50 wilayah", Code.TOO_MANY)
        for number, ring in enumerate(zone.rings):
            if len(set(ring)) < 3:
                yield _fault(f"{path}.rings.{number}", "3 different points or more", "paling sedikit 3 titik")
            for place, point in enumerate(ring):
                yield from _of_point(f"{path}.rings.{number}.{place}", point)
        for figure, value, most in (
            ("baseFare", zone.base_fare, _FLAT),
            ("perKm", zone.per_km, _PER_KM),
            ("surcharge", zone.surcharge, _FLAT),
        ):
            if value is not None and not 0 <= value <= most:
                yield _out(f"{path}.{figure}", 0, most)


def _of_surcharges(terms: Terms) -> Iterator[FieldFault]:
    for path, surcharge in (
        ("rain", terms.rain),
        ("holiday", terms.holiday),
        *((f"timeBands.{index}.surcharge", band.surcharge) for index, band in enumerate(terms.bands)),
        *((f"vehicles.{index}.surcharge", rate.surcharge) for index, rate in enumerate(terms.vehicles)),
    ):
        if not 0 <= surcharge.flat <= _FLAT:
            yield _out(f"{path}.flat", 0, _FLAT)
        if not 0 <= surcharge.per_km <= _PER_KM:
            yield _out(f"{path}.perKm", 0, _PER_KM)


def _of_point(path: str, point: Point) -> Iterator[FieldFault]:
    if not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
        yield _fault(path, "a point on the earth", "titik di peta bumi", Code.OUT_OF_RANGE)


def _of_name(path: str, name: str) -> Iterator[FieldFault]:
    if not 1 <= len(name.strip()) <= NAME_LENGTH:
        yield _fault(path, f"1 to {NAME_LENGTH} characters", f"1 sampai {NAME_LENGTH} huruf", Code.OUT_OF_RANGE)
