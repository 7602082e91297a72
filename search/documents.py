"""What an engine knows of a listing. Pure; built from catalogue rows in `search.projector`."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from search.places import Point
from search.week import Interval


@dataclass(frozen=True, slots=True)
class ListingDocument:
    """One published listing of one approved seller, flat.

    Prices are rupiah, of the cheapest and the dearest variant. `open_minutes` are the minutes of the week in
    UTC in which it can be ordered (`search.week`); `closed_spells` and `opened_spells`, in minutes since
    1970, are where that week does not hold. `categories` goes from the listing's own category to its root.
    `region_code` is Kemendagri's, dotted. `reliability` is the seller's, in permille; `listed_at` when it was first
    put up.
    """

    id: UUID
    seller_id: UUID
    cooperative_id: UUID | None
    kind: str
    title: str
    description: str
    seller_name: str
    categories: tuple[str, ...]
    category_names: tuple[str, ...]
    region_code: str
    place: Point
    price_min: int
    price_max: int
    open_minutes: tuple[Interval, ...] = ()
    closed_spells: tuple[Interval, ...] = ()
    opened_spells: tuple[Interval, ...] = ()
    paused_until: datetime | None = None
    reliability: int = 0
    is_member: bool = False
    listed_at: datetime | None = None

    @property
    def regions(self) -> tuple[str, ...]:
        """The region's code and those of the regions around it: 35.78.01 lies in 35.78 and in 35."""
        parts = self.region_code.split(".")
        return tuple(".".join(parts[:length]) for length in range(1, len(parts) + 1)) if parts != [""] else ()
