"""The nearest few of many places, without measuring against all. Pure."""

import math
from collections import defaultdict
from collections.abc import Sequence

Place = tuple[float, float]


class Grid:
    """Places on a plane (metres), laid out once in square cells; asked many times. Ties go to the smaller number."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._places = places
        xs, ys = [x for x, _ in places] or [0.0], [y for _, y in places] or [0.0]
        self._left, self._bottom = min(xs), min(ys)
        width, height = max(xs) - self._left, max(ys) - self._bottom
        # About two places a cell where they lie evenly.
        self._size = max(1.0, math.sqrt(width * height * 2 / max(len(places), 1)), max(width, height) / 1_000)
        self._reach = int(max(width, height) / self._size) + 1
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, place in enumerate(places):
            self._cells[self._cell(place)].append(number)

    def near(self, place: Place, most: int) -> list[int]:
        """The numbers of the `most` nearest places, nearest first."""
        column, row = self._cell(place)
        found: list[tuple[float, int]] = []
        # From outside the grid the first rings are empty: start where it begins.
        outside = max(0, -column, -row, column - self._reach, row - self._reach)
        ring, sure = outside, 0
        while ring <= outside + 2 * self._reach + 1:
            for cell in _ring(column, row, ring) if ring else [(column, row)]:
                found += [(math.dist(place, self._places[n]), n) for n in self._cells.get(cell, ())]
            # Whatever lies in farther rings is at least this far away.
            sure = sum(distance <= ring * self._size for distance, _ in found)
            if sure >= most or len(found) == len(self._places):
                break
            ring += 1
        return [number for _, number in sorted(found)[:most]]

    def _cell(self, place: Place) -> tuple[int, int]:
        return int((place[0] - self._left) // self._size), int((place[1] - self._bottom) // self._size)


def _ring(column: int, row: int, ring: int) -> list[tuple[int, int]]:
    """The cells at `ring` steps around one."""
    top = [(x, y) for x in range(column - ring, column + ring + 1) for y in (row - ring, row + ring)]
    sides = [(x, y) for y in range(row - ring + 1, row + ring) for x in (column - ring, column + ring)]
    return top + sides
