"""Recorded days as three tables (CSV or XLSX): orders, couriers and restaurants, each line naming its `instance`.

Columns: `instance, order_id, restaurant_id, dropoff_x_m, dropoff_y_m, placed_min, ready_min`;
`instance, courier_id, start_x_m, start_y_m, on_min, off_min`; `instance, restaurant_id, x_m, y_m`. Whole metres on a
plane, minutes from the start of the day.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from marketplace import tables
from marketplace.deliveries.dispatch.replay.days import Courier, Day, Order, Place
from marketplace.errors import Code, FieldFault, Invalid
from marketplace.tables import Line

#: Faults told of a table; who has more mends these first.
MOST_FAULTS = 20
FURTHEST = 10_000_000
LAST_MINUTE = 2 * 24 * 60


@dataclass(frozen=True, slots=True)
class Pay:
    """What a ride is worth to its courier: rupiah for each, and for each metre from pickup to drop."""

    base: int = 5_000
    a_metre: int = 2

    def of(self, start: Place, end: Place) -> int:
        return self.base + self.a_metre * round(math.dist(start, end))


def read(orders: Path, couriers: Path, restaurants: Path, pay: Pay) -> list[Day]:
    """The days by name. Raises UnreadableFile, or Invalid with each wrong cell's table, line and column."""
    table = _Table("restaurants")
    shops = {
        (table.word(line, "instance"), table.word(line, "restaurant_id")): table.place(line, "x_m", "y_m")
        for line in tables.lines(restaurants)
    }
    table.end()
    by_day: dict[str, list[Order]] = defaultdict(list)
    table = _Table("orders")
    for line in tables.lines(orders):
        day, order = _order(table, line, shops, pay)
        by_day[day].append(order)
    table.end()
    standing: dict[str, list[Courier]] = defaultdict(list)
    table = _Table("couriers")
    for line in tables.lines(couriers):
        day, courier = _courier(table, line)
        standing[day].append(courier)
    table.end()
    return [Day(name, tuple(by_day[name]), tuple(standing[name])) for name in sorted({*by_day, *standing})]


def _order(table: "_Table", line: Line, shops: Mapping[tuple[str, str], Place], pay: Pay) -> tuple[str, Order]:
    day, shop = table.word(line, "instance"), table.word(line, "restaurant_id")
    pickup = shops.get((day, shop))
    if pickup is None and shop:
        table.refuse(
            line, "restaurant_id", f"no restaurant {shop} on this day", f"tidak ada restoran {shop} hari itu"
        )
    drop = table.place(line, "dropoff_x_m", "dropoff_y_m")
    placed, ready = table.minute(line, "placed_min"), table.minute(line, "ready_min")
    if ready < placed:
        table.refuse(line, "ready_min", "ready before it was ordered", "siap sebelum dipesan")
    start = pickup or (0, 0)
    return day, Order(table.word(line, "order_id"), start, drop, placed, ready, pay.of(start, drop))


def _courier(table: "_Table", line: Line) -> tuple[str, Courier]:
    on, off = table.minute(line, "on_min"), table.minute(line, "off_min")
    if off <= on:
        table.refuse(line, "off_min", "a shift ends after it began", "tugas berakhir setelah mulai")
    start = table.place(line, "start_x_m", "start_y_m")
    return table.word(line, "instance"), Courier(table.word(line, "courier_id"), start, on, off)


class _Table:
    """Cells of one table, with what is wrong of them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[FieldFault] = []

    def refuse(self, line: Line, column: str, message: str, pesan: str) -> None:
        self.faults.append(FieldFault((self.name, str(line.number), column), Code.INVALID, message, pesan))
        if len(self.faults) >= MOST_FAULTS:
            self.end()

    def end(self) -> None:
        if self.faults:
            raise Invalid(faults=self.faults)

    def word(self, line: Line, column: str) -> str:
        found = line.cells.get(column, "")
        if not found:
            self.refuse(line, column, "it may not be empty", "tidak boleh kosong")
        return found

    def minute(self, line: Line, column: str) -> int:
        """Seconds of a whole minute of the day or of the night after it."""
        return 60 * self._whole(line, column, 0, LAST_MINUTE)

    def place(self, line: Line, *columns: str) -> Place:
        east, north = (self._whole(line, column, -FURTHEST, FURTHEST) for column in columns)
        return east, north

    def _whole(self, line: Line, column: str, least: int, most: int) -> int:
        text = line.cells.get(column, "")
        try:
            found = int(text)
        except ValueError:
            found = most + 1
        if not least <= found <= most:
            self.refuse(
                line, column, f"a whole number from {least} to {most}", f"bilangan bulat {least} sampai {most}"
            )
            return 0
        return found
