"""How a delivery's price is shown: line by line, with its unit and its words."""

from collections.abc import Mapping
from typing import Any

import strawberry

from marketplace.tariffs.rules import DistanceSource, PriceLine, PriceUnit, line_of
from marketplace.tariffs.words import in_words
from schema.enums import described
from schema.scalars import Rupiah

described(
    PriceUnit,
    "In what a line of a delivery's price is counted.",
    {
        "DELIVERY": "The delivery as a whole.",
        "KM": "Kilometres begun.",
        "KG": "Kilograms begun.",
        "LITRE": "Litres.",
        "DROP": "Drops.",
        "MINUTE": "Whole minutes.",
        "RUPIAH": "Rupiah.",
    },
    name="DeliveryPriceUnit",
)
described(
    DistanceSource,
    "How a distance is known.",
    {
        "ESTIMATED": "The straight line times the co-op's detour: no routing engine answered, or the node has none.",
        "ROUTED": "Along the roads, by the node's routing engine.",
    },
)


@strawberry.type(description="One part of a delivery's price. The parts sum to it.")
class DeliveryPriceLine:
    kind: str = strawberry.field(
        description="`BASE`, `DISTANCE` (beyond what the base covers), `WEIGHT`, `SIZE`, `VEHICLE`, `ZONE`, "
        "`APPROACH` (the way to the pickup), `TIME_OF_DAY`, `RAIN`, `HOLIDAY`, `MINIMUM` (what it was short of), "
        "`ROUNDING`; of a booked delivery also `WAITING`, `SUPPLEMENT` (a dispatcher's) and `FAILED_DROPS` (off)."
    )
    quantity: int = strawberry.field(description="How many units; below zero where something is rounded off.")
    unit: PriceUnit = strawberry.field(description="In what it is counted.")
    unit_price: Rupiah = strawberry.field(description="For one.")
    amount: Rupiah = strawberry.field(description="For all.")
    name: str | None = strawberry.field(description="Of the zone, the hours, the holiday, the vehicle or supplement.")
    indonesian: str = strawberry.field(description="The line in words, in Bahasa Indonesia.")
    english: str = strawberry.field(description="The line in words, in English.")

    @classmethod
    def shown(cls, line: PriceLine) -> "DeliveryPriceLine":
        return cls(
            kind=line.kind.value,
            quantity=line.quantity,
            unit=line.unit,
            unit_price=Rupiah(line.unit_price),
            amount=Rupiah(line.amount),
            name=line.name or None,
            indonesian=in_words(line, "id"),
            english=in_words(line, "en"),
        )

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "DeliveryPriceLine":
        """A line as it was written down."""
        return cls.shown(line_of(kept))


def distance_source_of(basis: Mapping[str, Any] | None) -> DistanceSource:
    """How the distance of an order's delivery is known; those of earlier releases were estimated."""
    return DistanceSource((basis or {}).get("distance_is", DistanceSource.ESTIMATED))
