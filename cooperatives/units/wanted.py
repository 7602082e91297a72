"""What a file of units is asked for, and the columns that several of them share."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cooperatives.books.papers.statements import for_period
from cooperatives.books.periods import Period
from marketplace.identity.actor import Actor

UNIT = ("Unit", "Unit", 1.4, False)
DAY = ("Tanggal", "Day", 0.9, False)
ITEM = ("Barang", "Item", 2, False)
TOTAL = ("Jumlah", "Total", 1.1, True)
WAY = ("Cara", "Way", 0.9, False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose units a file is of, for which days (None: all), in which language."""

    actor: Actor
    cooperative_id: UUID
    units: Mapping[UUID, str]
    days: Period | None
    language: str

    @property
    def period(self) -> str:
        return for_period(self.days, self.language) if self.days else ""

    def between(self, field: str) -> dict[str, object]:
        """The days, as a filter of rows by this field."""
        return {f"{field}__gte": self.days.first, f"{field}__lte": self.days.last} if self.days else {}
