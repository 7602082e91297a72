"""Whether a job leads home. Pure."""

import math

from marketplace.tariffs.rules import Point

#: Length of a degree of latitude, in metres (mean meridian of WGS84).
METRES_PER_DEGREE = 111_320


def gain_m(home: Point, start: Point, end: Point) -> int:
    """By how many metres `end` is nearer home than `start`; negative: farther. On the tangent plane at home."""
    return round(_distance_m(start, home) - _distance_m(end, home))


def _distance_m(one: Point, other: Point) -> float:
    dy = (one.lat - other.lat) * METRES_PER_DEGREE
    dx = (one.lon - other.lon) * METRES_PER_DEGREE * math.cos(math.radians(other.lat))
    return math.hypot(dx, dy)
