"""Points on the earth: distances, and the cells by which an index finds what is near. Pure."""

import math
from dataclasses import dataclass

import h3

EARTH_RADIUS_M = 6_371_000
#: H3 resolutions kept in the index: hexagons of about 170 m, 1.2 km, 8.5 km, 60 km edge.
RESOLUTIONS = (9, 7, 5, 3)
#: Discs of at most this many rings (547 cells) stand in a query.
MOST_RINGS = 13


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84, in degrees."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """A map's window, in degrees: south <= north, west <= east."""

    south: float
    west: float
    north: float
    east: float

    def holds(self, point: Point) -> bool:
        return self.south <= point.lat <= self.north and self.west <= point.lon <= self.east

    @property
    def centre(self) -> Point:
        return Point((self.south + self.north) / 2, (self.west + self.east) / 2)

    @property
    def reach_m(self) -> float:
        """From the centre to the farthest corner: the wider edge lies nearer to the equator."""
        edges = (Point(self.south, self.west), Point(self.north, self.west), Point(0, self.west))
        return max(distance_m(self.centre, edge) for edge in edges if self.south <= edge.lat <= self.north)


def distance_m(a: Point, b: Point) -> float:
    """Great-circle distance in metres (haversine on a sphere; within 0.5 % of the ellipsoid)."""
    return haversine_m(a.lat, a.lon, b.lat, b.lon)


def haversine_m(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    chord = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(chord)))


def cells_of(point: Point) -> tuple[str, ...]:
    """The cell that holds the point, at each resolution kept."""
    return tuple(h3.latlng_to_cell(point.lat, point.lon, resolution) for resolution in RESOLUTIONS)


def disc(point: Point, radius_m: float) -> list[str] | None:
    """Cells that together cover the circle, at the finest resolution that keeps them few; None: too wide.

    A ring of hexagons of edge e reaches at least 1.5 e further; H3's cells differ in size by about 2×
    over the globe, so the average edge is taken at 0.7 of its length.
    """
    for resolution in RESOLUTIONS:
        edge_m = h3.average_hexagon_edge_length(resolution, unit="m") * 0.7
        rings = math.ceil(radius_m / (1.5 * edge_m)) + 1
        if rings <= MOST_RINGS:
            return list(h3.grid_disk(h3.latlng_to_cell(point.lat, point.lon, resolution), rings))
    return None
