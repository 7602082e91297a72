"""Documents for tests: a warung in Surabaya unless said otherwise."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from marketplace.database import new_id
from search.documents import ListingDocument
from search.places import Point
from search.week import WEEK_MINUTES

TUGU_PAHLAWAN = Point(-7.2458, 112.7378)
#: A Tuesday, 12:00 in Jakarta, 05:00 UTC.
NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
FOOD_COOPERATIVE, MARKET_COOPERATIVE = new_id(), new_id()


def north(metres: float) -> Point:
    """A point so far north of Tugu Pahlawan."""
    return Point(TUGU_PAHLAWAN.lat + metres / 111_195, TUGU_PAHLAWAN.lon)


def listing(title: str, price: int = 15_000, **values: Any) -> ListingDocument:
    base: dict[str, Any] = {
        "id": new_id(),
        "seller_id": new_id(),
        "cooperative_id": FOOD_COOPERATIVE,
        "kind": "FOOD",
        "title": title,
        "description": "",
        "seller_name": "Warung Bu Siti",
        "categories": ("masakan", "makanan"),
        "category_names": ("Masakan", "Makanan"),
        "region_code": "35.78.01",
        "place": TUGU_PAHLAWAN,
        "price_min": price,
        "price_max": price,
        "open_minutes": ((0, WEEK_MINUTES),),
    }
    return ListingDocument(**{**base, **values})


def ids(documents: list[ListingDocument]) -> list[UUID]:
    return [document.id for document in documents]
