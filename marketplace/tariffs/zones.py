"""Zones of a tariff: where a co-op carries, and what it costs there. Pure.

A zone is drawn as rings of points, as GeoJSON draws polygons (the first around it, others leave holes out or add
islands), or named by region codes, whose districts are told apart by their nearest centre. Both may be given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marketplace.errors import Code, MarketplaceError

MOST_ZONES = 20
MOST_RINGS = 10
MOST_REGIONS = 50
#: Points of all rings of a tariff: they are read with every price.
MOST_POINTS = 600


class OutOfZone(MarketplaceError):
    """Drop {number} lies outside of the zones that the co-op serves: {zones}."""

    code = Code.OUT_OF_ZONE
    pesan = "Tujuan {number} di luar zona yang dilayani koperasi: {zones}."


@dataclass(frozen=True, slots=True)
class Point:
    """A place, WGS84."""

    lat: float
    lon: float


Ring = tuple[Point, ...]
#: The code of the district around a point; asked for only where a zone is named by regions.
RegionOf = Callable[[Point], str]


@dataclass(frozen=True, slots=True)
class Zone:
    """An area with prices of its own: `base_fare` and `per_km` in place of the tariff's, `surcharge` a drop in it."""

    name: str
    rings: tuple[Ring, ...] = ()
    region_codes: tuple[str, ...] = ()
    base_fare: int | None = None
    per_km: int | None = None
    surcharge: int = 0


def is_inside(rings: Sequence[Ring], point: Point) -> bool:
    """Whether a line from the point to the east crosses the rings an odd number of times.

    Source: the even-odd rule. Each edge holds its lower end and not its upper one, so that a point is in exactly one
    of two polygons that share an edge. Rings may be closed by repeating the first point, or not.
    """
    inside = False
    for ring in rings:
        before = ring[-1]
        for after in ring:
            if (after.lat > point.lat) is not (before.lat > point.lat):
                along = (point.lat - before.lat) / (after.lat - before.lat)
                if point.lon < before.lon + along * (after.lon - before.lon):
                    inside = not inside
            before = after
    return inside


def is_within(code: str, region_codes: Sequence[str]) -> bool:
    """Whether the region with this code is one of these or lies in one: `35.78.19` lies in `35.78`."""
    return any(code == region or code.startswith(f"{region}.") for region in region_codes)


def zone_of(zones: Sequence[Zone], point: Point, region_of: RegionOf) -> Zone | None:
    """The first of these zones that the point lies in."""
    for zone in zones:
        if zone.rings and is_inside(zone.rings, point):
            return zone
        if zone.region_codes and is_within(region_of(point), zone.region_codes):
            return zone
    return None


def zones_of(zones: Sequence[Zone], drops: Sequence[Point], region_of: RegionOf) -> tuple[Zone, ...]:
    """The zone of each drop; none where the tariff has no zones. Raises OutOfZone."""
    if not zones:
        return ()
    found = []
    for number, drop in enumerate(drops, start=1):
        zone = zone_of(zones, drop, region_of)
        if zone is None:
            raise OutOfZone(number=number, zones=", ".join(one.name for one in zones))
        found.append(zone)
    return tuple(found)
