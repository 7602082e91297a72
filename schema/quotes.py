"""Quotes: what an order would cost, line by line."""

from datetime import datetime
from typing import Any
from uuid import UUID

import strawberry

from marketplace.orders import models as rows
from marketplace.orders.lifecycle import Fulfilment
from marketplace.tariffs.rules import DistanceSource
from schema.channels import ChannelOffer, channels_to
from schema.context import Info
from schema.costs import RECKONED
from schema.fares import DeliveryPriceLine, distance_source_of
from schema.ids import to_id
from schema.scalars import Metres, Rupiah


@strawberry.type(description="A line of a quote.")
class QuoteLine:
    variant_id: strawberry.ID = strawberry.field(description="The Variant.")
    title: str = strawberry.field(description="What it is.")
    quantity: int = strawberry.field(description="How many.")
    unit_price: Rupiah = strawberry.field(description="For one, options included.")
    total: Rupiah = strawberry.field(description="For all.")


@strawberry.type(description="What one seller's part would cost.")
class QuotePart:
    seller_id: strawberry.ID = strawberry.field(description="The Seller.")
    fulfilment: Fulfilment = strawberry.field(description="How you get it.")
    lines: list[QuoteLine] = strawberry.field(description="The lines.")
    goods: Rupiah = strawberry.field(description="The lines together.")
    packing: Rupiah = strawberry.field(description="The seller's packing fee.")
    delivery: Rupiah = strawberry.field(description="The delivery.")
    delivery_lines: list[DeliveryPriceLine] = strawberry.field(description="How the delivery's price comes about.")
    distance: Metres = strawberry.field(description="The way that it is for.")
    distance_is: DistanceSource = strawberry.field(description="How the distance is known.")
    zone: str | None = strawberry.field(
        description="The zone of the co-op's tariff that it goes to, where it has any."
    )
    tip: Rupiah = strawberry.field(description="For the driver.")
    total: Rupiah = strawberry.field(description="All of it.")

    @classmethod
    def of(cls, part: dict[str, Any]) -> "QuotePart":
        return cls(
            seller_id=to_id("Seller", UUID(part["seller_id"])),
            fulfilment=Fulfilment(part["fulfilment"]),
            lines=[
                QuoteLine(
                    variant_id=to_id("Variant", UUID(line["variant_id"])),
                    title=line["title"],
                    quantity=line["quantity"],
                    unit_price=line["unit_price"],
                    total=line["total"],
                )
                for line in part["lines"]
            ],
            goods=part["goods"],
            packing=part["packing"],
            delivery=part["delivery"],
            delivery_lines=[DeliveryPriceLine.of(line) for line in part["delivery_lines"]],
            distance=part["distance_m"],
            distance_is=distance_source_of(part.get("delivery_basis")),
            zone=next(iter((part.get("delivery_basis") or {}).get("zones", ())), None),
            tip=part["tip"],
            total=part["total"],
        )


@strawberry.type(description="What an order would cost. Binding for you alone until it expires; holds no stock.")
class Quote:
    row: strawberry.Private[rows.Quote]
    id: strawberry.ID = strawberry.field(description="Pass it to placeOrder.")
    parts: list[QuotePart] = strawberry.field(description="One a seller.")
    total: Rupiah = strawberry.field(description="All of it.")
    expires_at: datetime = strawberry.field(description="Until when it binds.")

    @classmethod
    def of(cls, row: rows.Quote) -> "Quote":
        return cls(
            row=row,
            id=to_id("Quote", row.id),
            parts=[QuotePart.of(part) for part in row.parts],
            total=Rupiah(row.total),
            expires_at=row.expires_at,
        )

    @strawberry.field(
        description="Over what all of it can be paid online in one payment. None where a shop takes no payment "
        "online, or its shops' co-ops each collect for themselves.",
        directives=[RECKONED],
    )
    async def payment_channels(self, info: Info) -> list[ChannelOffer]:
        return await channels_to(info, {UUID(part["seller_id"]) for part in self.row.parts})
