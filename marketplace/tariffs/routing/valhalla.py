"""Ways by a Valhalla server. Source: Valhalla's documentation, "Turn-by-turn routing API", POST /route."""

from collections.abc import Sequence

import httpx

from marketplace import outgoing
from marketplace.tariffs.routing.port import RoutingFailed, ask, metres
from marketplace.tariffs.zones import Point

#: By which costing each kind of vehicle goes; what is not here goes as most do.
COSTINGS = {"BICYCLE": "bicycle", "TRICYCLE": "motor_scooter", "CAR": "auto", "VAN": "auto", "TRUCK": "truck"}
USUAL = "motorcycle"
#: Places that a server takes in one request unless its operator set more.
AT_ONCE = 20


class Valhalla:
    """`Routing` by Valhalla."""

    def __init__(self, url: str, timeout_s: float) -> None:
        self._client = outgoing.http(
            base_url=url.rstrip("/") + "/", timeout=timeout_s, limits=httpx.Limits(max_connections=20)
        )

    async def legs_m(self, stops: Sequence[Point], vehicle: str | None) -> list[int]:
        """Metres of road from each stop to the next. Raises RoutingFailed."""
        costing = COSTINGS.get(vehicle or "", USUAL)
        legs: list[int] = []
        for first in range(0, len(stops) - 1, AT_ONCE - 1):
            legs += await self._legs(stops[first : first + AT_ONCE], costing)
        return legs

    async def _legs(self, stops: Sequence[Point], costing: str) -> list[int]:
        asked = {
            "locations": [{"lat": stop.lat, "lon": stop.lon, "type": "break"} for stop in stops],
            "costing": costing,
            "units": "kilometers",
            "directions_type": "none",
        }
        status, found = await ask(lambda: self._client.post("route", json=asked))
        trip = found.get("trip")
        if status != 200 or not isinstance(trip, dict) or trip.get("status") != 0:
            raise RoutingFailed(f"Valhalla: {str(found.get('error_code', status))[:40]}")
        try:
            return [metres(leg["summary"]["length"], 1_000) for leg in trip["legs"]]
        except (KeyError, TypeError) as unclear:
            raise RoutingFailed("Valhalla: no legs") from unclear

    async def close(self) -> None:
        await self._client.aclose()
