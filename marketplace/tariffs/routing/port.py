"""The seam to routing engines."""

import math
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import httpx
import orjson

from marketplace.tariffs.zones import Point

#: An engine that did not answer is asked once more.
TRIES = 2
LARGEST_ANSWER = 1_048_576


class RoutingFailed(Exception):
    """The engine gave no way: says why, without the places."""


class Routing(Protocol):
    """Finds ways along the roads."""

    async def legs_m(self, stops: Sequence[Point], vehicle: str | None) -> Sequence[int]:
        """Metres of road from each stop to the next. Raises RoutingFailed."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class StraightLines:
    """No engine: every way is estimated."""

    async def legs_m(self, stops: Sequence[Point], vehicle: str | None) -> Sequence[int]:
        raise RoutingFailed("no engine")

    async def close(self) -> None:
        return None


async def ask(call: Callable[[], Awaitable[httpx.Response]]) -> tuple[int, dict[str, Any]]:
    """The status and the JSON object that an engine answered; asked again when it did not answer or was down.

    Raises RoutingFailed.
    """
    why = ""
    for _ in range(TRIES):
        try:
            answer = await call()
        except httpx.HTTPError as failed:
            why = type(failed).__name__
            continue
        if answer.status_code >= 500 or answer.status_code == 429:
            why = f"status {answer.status_code}"
            continue
        try:
            found = orjson.loads(answer.content) if len(answer.content) <= LARGEST_ANSWER else None
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise RoutingFailed("an answer that is no JSON object")
        return answer.status_code, found
    raise RoutingFailed(why)


def metres(value: object, times: int = 1) -> int:
    """A length that an engine gave, in whole metres. Raises RoutingFailed."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise RoutingFailed("a length that is none")
    return round(value * times)
