"""How far it is along the roads: by a routing engine where the operator has one, else estimated.

Called before a transaction, never inside one. Whatever an engine says or fails to say, there is an answer: the
straight line times the co-op's detour, which the price shows as ESTIMATED.
"""

from collections.abc import Sequence

import structlog

from marketplace.database import in_transaction_now
from marketplace.settings import Settings
from marketplace.tariffs.pricing import Way, estimated_way
from marketplace.tariffs.routing.osrm import Osrm
from marketplace.tariffs.routing.port import Routing, RoutingFailed, StraightLines
from marketplace.tariffs.routing.valhalla import Valhalla
from marketplace.tariffs.rules import FULL_BP, DistanceSource, Terms
from marketplace.tariffs.zones import Point

__all__ = ["STRAIGHT", "Routing", "RoutingFailed", "build", "find_way"]

STRAIGHT = StraightLines()
#: A leg longer than this many times its straight line, and this much further, is an engine's mistake or an island
#: with no bridge; nor can a road be much shorter than the straight line.
MOST_TIMES, MOST_BEYOND_M = 10, 20_000
SNAPPED_M = 2_000
log = structlog.get_logger()


def build(settings: Settings) -> Routing:
    """The engine that the settings name, or straight lines."""
    if settings.osrm_url:
        return Osrm(settings.osrm_url, settings.osrm_profile, settings.routing_timeout_s)
    if settings.valhalla_url:
        return Valhalla(settings.valhalla_url, settings.routing_timeout_s)
    return STRAIGHT


async def find_way(routing: Routing, stops: Sequence[Point], terms: Terms, vehicle: str | None = None) -> Way:
    """The way along these stops, routed where the engine answers soundly, else estimated. Never raises for that."""
    estimated = estimated_way(terms, stops)
    if routing is STRAIGHT:
        return estimated
    if in_transaction_now():
        raise RuntimeError("a routing engine is asked before a transaction, never inside one")
    if estimated.distance_m * FULL_BP // terms.detour_bp > terms.max_distance_m:
        return estimated  # too far as the crow flies: no engine need search half the country
    try:
        legs = await routing.legs_m(stops, vehicle)
    except RoutingFailed as failed:
        log.warning("way not routed", why=str(failed))
        return estimated
    if len(legs) != len(estimated.legs_m) or not all(map(_is_sound, legs, estimated.legs_m)):
        log.warning("way not routed", why="legs that can't be")
        return estimated
    return Way(tuple(legs), DistanceSource.ROUTED)


def _is_sound(leg_m: int, estimated_m: int) -> bool:
    # The estimate is at least the straight line and at most three times it.
    return estimated_m // 3 - SNAPPED_M <= leg_m <= estimated_m * MOST_TIMES + MOST_BEYOND_M
