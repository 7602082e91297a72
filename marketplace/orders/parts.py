"""What is wanted, and what a seller's part of it costs, line by line. Reads nothing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from catalog.models import ListingKind
from catalog.sale import SaleOption, SaleVariant
from marketplace.orders.lifecycle import Fulfilment
from marketplace.tariffs.rules import DeliveryPrice

DEFAULT_PREPARATION_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line as it is asked for."""

    variant_id: UUID
    quantity: int
    options: tuple[UUID, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """Where and to whom to carry it."""

    lat: float
    lon: float
    name: str
    phone: str
    text: str


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with what it costs."""

    wanted: Wanted
    offer: SaleVariant
    options: tuple[SaleOption, ...]
    unit_price: int

    @property
    def total(self) -> int:
        return self.unit_price * self.wanted.quantity

    @property
    def title(self) -> str:
        name = self.offer.name
        return f"{self.offer.title} ({name})" if name and name != self.offer.title else self.offer.title


@dataclass(frozen=True, slots=True)
class PricedPart:
    """What one seller's part of an order costs."""

    lines: tuple[PricedLine, ...]
    fulfilment: Fulfilment
    delivery: DeliveryPrice | None
    tip: int

    @property
    def seller(self) -> SaleVariant:
        """Any of its offers: the seller's facts are the same in all."""
        return self.lines[0].offer

    @property
    def goods(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def packing(self) -> int:
        return 0 if self.fulfilment is Fulfilment.SERVICE else self.seller.packing_fee

    @property
    def carrying(self) -> int:
        return self.delivery.total if self.delivery else 0

    @property
    def total(self) -> int:
        return self.goods + self.packing + self.carrying + self.tip

    @property
    def weight_g(self) -> int:
        return weight_g(self.lines)

    @property
    def quantities(self) -> Mapping[UUID, int]:
        """How many of each variant, over all lines."""
        found: Counter[UUID] = Counter()
        for line in self.lines:
            found[line.wanted.variant_id] += line.wanted.quantity
        return found

    @property
    def preparation_minutes(self) -> int:
        given = [line.offer.preparation_minutes for line in self.lines]
        return max(DEFAULT_PREPARATION_MINUTES if minutes is None else minutes for minutes in given)

    @property
    def is_perishable(self) -> bool:
        return any(line.offer.kind is ListingKind.FOOD for line in self.lines)

    def as_json(self) -> dict[str, Any]:
        """For a stored quote."""
        return {
            "seller_id": str(self.seller.seller_id),
            "fulfilment": self.fulfilment.value,
            "goods": self.goods,
            "packing": self.packing,
            "delivery": self.carrying,
            "tip": self.tip,
            "total": self.total,
            "distance_m": self.delivery.distance_m if self.delivery else 0,
            "delivery_lines": [line.as_json() for line in self.delivery.lines] if self.delivery else [],
            "delivery_basis": self.delivery.basis if self.delivery else None,
            "lines": [
                {
                    "variant_id": str(line.wanted.variant_id),
                    "title": line.title,
                    "quantity": line.wanted.quantity,
                    "unit_price": line.unit_price,
                    "total": line.total,
                    "options": options_json(line.options),
                    "note": line.wanted.note,
                }
                for line in self.lines
            ],
        }


def options_json(options: Sequence[SaleOption]) -> list[dict[str, Any]]:
    """Chosen options as they are kept with a line."""
    return [{"id": str(o.id), "name": o.name, "price_delta": o.price_delta} for o in options]


def weight_g(lines: Sequence[PricedLine]) -> int:
    """What the lines weigh; those whose weight nobody gave weigh nothing."""
    return sum((line.offer.weight_g or 0) * line.wanted.quantity for line in lines)
