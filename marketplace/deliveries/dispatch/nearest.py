"""The nearest few of many places, without measuring against all. Pure."""

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

Place = tuple[float, float]


class Grid:
    """Places on a plane (metres), laid out once in square cells; asked many times. Ties go to the smaller number."""

    def __init__(self, places: Sequence[Place], *, a_cell: int = 2) -> None:
        """About `a_cell` places in each cell, where they lie evenly: a third of how many are mostly asked for."""
        self._places = places
        xs, ys = [x for x, _ in places] or [0.0], [y for _, y in places] or [0.0]
        self._left, self._bottom = min(xs), min(ys)
        width, height = max(xs) - self._left, max(ys) - self._bottom
        self._size = max(1.0, math.sqrt(width * height * a_cell / max(len(places), 1)), max(width, height) / 1_000)
        self._columns, self._rows = int(width // self._size), int(height // self._size)
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            self._cells[self._cell(place)].append(number)

    def near(self, place: Place, most: int) -> list[int]:
        """The numbers of the `most` nearest places, nearest first."""
        return [number for _, number in islice(self.outward(place), most)]

    def outward(self, place: Place) -> Iterator[tuple[float, int]]:
        """Distance and number of every place, nearest first; measured only as far out as is asked for."""
        column, row = self._cell(place)
        # From outside, the first rings lie outside too.
        ring = max(0, -column, -row, column - self._columns, row - self._rows)
        found: list[tuple[float, int]] = []
        left = len(self._places)
        while left:
            for cell in self._ring(column, row, ring):
                numbers = self._cells.get(cell, ())
                left -= len(numbers)
                found += [(math.dist(place, self._places[n]), n) for n in numbers]
            # Whatever lies in farther rings is at least this far away.
            found.sort()
            sure = bisect_left(found, (ring * self._size,))
            yield from found[:sure]
            del found[:sure]
            ring += 1
        yield from found

    def _ring(self, column: int, row: int, ring: int) -> Iterator[tuple[int, int]]:
        """The grid's cells at `ring` steps around one."""
        columns = range(max(0, column - ring), min(self._columns, column + ring) + 1)
        for y in {row - ring, row + ring}:
            if 0 <= y <= self._rows:
                yield from ((x, y) for x in columns)
        rows = range(max(0, row - ring + 1), min(self._rows, row + ring - 1) + 1)
        for x in {column - ring, column + ring}:
            if 0 <= x <= self._columns:
                yield from ((x, y) for y in rows)

    def _cell(self, place: Place) -> tuple[int, int]:
        return int((place[0] - self._left) // self._size), int((place[1] - self._bottom) // self._size)
