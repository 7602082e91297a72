"""The nearest few of many places: measured to all of them, and put in order only as far as is asked for. Pure."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

Place = tuple[float, float]

#: So many are put in order at first: about twice as many as are mostly asked for.
FIRST = 64


class Places:
    """Places on a plane (metres), asked many times. Ties go to the smaller number."""

    def __init__(self, places: Sequence[Place]) -> None:
        import numpy  # 100 ms: not at the node's start

        self._number = len(places)
        self._xs, self._ys = numpy.array(places, dtype=float).reshape(-1, 2).T.copy()

    def near(self, place: Place, most: int) -> list[int]:
        """The numbers of the `most` nearest places, nearest first."""
        return [number for _, number in islice(self.outward(place), most)]

    def outward(self, place: Place) -> Iterator[tuple[float, int]]:
        """Distance and number of every place, nearest first."""
        distances = ((self._xs - place[0]) ** 2 + (self._ys - place[1]) ** 2) ** 0.5
        if self._number <= FIRST:
            yield from self._in_order(distances, distances >= 0)
            return
        partly = distances.copy()
        partly.partition(FIRST)
        yield from self._in_order(distances, distances <= partly[FIRST])
        yield from self._in_order(distances, distances > partly[FIRST])

    def _in_order(self, distances: Any, chosen: Any) -> Iterator[tuple[float, int]]:
        numbers = chosen.nonzero()[0]
        ordered = numbers[distances[numbers].argsort(kind="stable")]
        return zip(distances[ordered].tolist(), ordered.tolist(), strict=True)
