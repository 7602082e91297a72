"""Routing engines that answer as their documentation says, and fail as told: OSRM's GET, Valhalla's POST."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from marketplace.tariffs.rules import straight_distance_m
from marketplace.tariffs.zones import Point

#: Roads are so much longer than the straight line here.
ROADS = 1.5
MOST_LOCATIONS = 20  # Valhalla's service_limits as they are shipped


def legs_m(stops: Sequence[Point]) -> list[float]:
    """The length of each leg on this country's roads."""
    return [straight_distance_m(one, other) * ROADS for one, other in pairwise(stops)]


@dataclass
class Engines:
    """Both engines. `failing`: what the next answers are instead, one after the other."""

    asked: list[dict[str, Any]] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)
    sea: bool = False  # no road leads there

    @property
    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/route/v1/{profile}/{places}", self._osrm),
                Route("/valhalla/route", self._valhalla, methods=["POST"]),
            ]
        )

    async def _osrm(self, request: Request) -> Response:
        self.asked.append({"profile": request.path_params["profile"], **request.query_params})
        if (failed := await self._fail()) is not None:
            return failed
        places = request.path_params["places"]
        if not re.fullmatch(r"-?[\d.]+,-?[\d.]+(;-?[\d.]+,-?[\d.]+)+", places):
            return JSONResponse({"code": "InvalidQuery", "message": "Query string malformed"}, 400)
        if self.sea:
            return JSONResponse({"code": "NoRoute", "message": "Impossible route between points"}, 400)
        stops = [Point(float(lat), float(lon)) for lon, lat in (place.split(",") for place in places.split(";"))]
        legs = [{"distance": leg, "duration": leg / 6, "summary": "", "steps": []} for leg in legs_m(stops)]
        route = {"legs": legs, "distance": sum(leg["distance"] for leg in legs), "weight_name": "routability"}
        return JSONResponse({"code": "Ok", "routes": [route], "waypoints": []})

    async def _valhalla(self, request: Request) -> Response:
        asked = orjson.loads(await request.body())
        self.asked.append(asked)
        if (failed := await self._fail()) is not None:
            return failed
        if len(asked["locations"]) > MOST_LOCATIONS:
            return self._refused(150, "Exceeded max locations: 20")
        if self.sea:
            return self._refused(442, "No path could be found for input")
        stops = [Point(one["lat"], one["lon"]) for one in asked["locations"]]
        legs = [{"summary": {"length": round(leg / 1_000, 3), "time": leg / 6}} for leg in legs_m(stops)]
        trip = {"status": 0, "status_message": "Found route between points", "units": "kilometers", "legs": legs}
        return JSONResponse({"trip": trip})

    def _refused(self, code: int, error: str) -> Response:
        return JSONResponse({"error_code": code, "error": error, "status_code": 400, "status": "Bad Request"}, 400)

    async def _fail(self) -> Response | None:
        how = self.failing.pop(0) if self.failing else ""
        if how == "down":
            return Response("upstream", 502)
        if how == "busy":
            return JSONResponse({"message": "Too Many Requests"}, 429)
        if how == "slow":
            await asyncio.sleep(2)
        if how == "garbage":
            return Response("<html>")
        if how == "negative":
            legs = [{"distance": -5, "summary": {"length": -5}}]
            return JSONResponse({"code": "Ok", "routes": [{"legs": legs}], "trip": {"status": 0, "legs": legs}})
        if how == "absurd":
            legs = [{"distance": 9e6, "summary": {"length": 9e3}}]
            return JSONResponse({"code": "Ok", "routes": [{"legs": legs}], "trip": {"status": 0, "legs": legs}})
        return None
