"""Ways by an OSRM server. Source: OSRM's documentation of its HTTP API v1, "Route service"."""

from collections.abc import Sequence

import httpx

from marketplace import outgoing
from marketplace.tariffs.routing.port import RoutingFailed, ask, metres
from marketplace.tariffs.zones import Point


class Osrm:
    """`Routing` by OSRM. A server knows one profile, with which its data was prepared; the vehicle is not asked."""

    def __init__(self, url: str, profile: str, timeout_s: float) -> None:
        self._profile = profile
        self._client = outgoing.http(
            base_url=url.rstrip("/") + "/", timeout=timeout_s, limits=httpx.Limits(max_connections=20)
        )

    async def legs_m(self, stops: Sequence[Point], vehicle: str | None) -> list[int]:
        """Metres of road from each stop to the next. Raises RoutingFailed."""
        places = ";".join(f"{stop.lon:.6f},{stop.lat:.6f}" for stop in stops)
        path = f"route/v1/{self._profile}/{places}"
        query = {"overview": "false", "steps": "false", "alternatives": "false", "generate_hints": "false"}
        status, found = await ask(lambda: self._client.get(path, params=query))
        if status != 200 or found.get("code") != "Ok":
            raise RoutingFailed(f"OSRM: {str(found.get('code'))[:40]}")
        try:
            return [metres(leg["distance"]) for leg in found["routes"][0]["legs"]]
        except (KeyError, IndexError, TypeError) as unclear:
            raise RoutingFailed("OSRM: no legs") from unclear

    async def close(self) -> None:
        await self._client.aclose()
