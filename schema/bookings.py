"""Deliveries that a shop books alone: what they would cost, when they are picked up, what a dispatcher adjusts."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries.bookings import models as rows
from marketplace.deliveries.bookings import quoting, supplements
from marketplace.deliveries.bookings.wishes import Load, Window
from marketplace.deliveries.models import VehicleKind
from marketplace.tariffs.rules import DistanceSource
from marketplace.tariffs.zones import Point
from schema.carrying import DeliveryJobResult, dress_job
from schema.context import Info
from schema.fares import DeliveryPriceLine
from schema.ids import from_id, to_id
from schema.job_prices import PickupWindow
from schema.named import OfJob
from schema.problems import Problem, intent
from schema.scalars import GeoPoint, GeoPointInput, Grams, Metres, Rupiah


@strawberry.input(description="When goods are to be picked up: 15 minutes to 12 hours, within 30 days.")
class PickupWindowInput:
    starts_at: datetime = strawberry.field(description="Not before. It is put out 45 minutes earlier.")
    ends_at: datetime = strawberry.field(description="Not after.")


@strawberry.input
class CarriedInput:
    """What is carried, by what, and when."""

    weight: Grams = strawberry.field(description="Of all goods; 0 where not known.", default=Grams(0))
    litres: int = strawberry.field(description="Their size; 0 where not known.", default=0)
    vehicle: VehicleKind | None = strawberry.field(
        description="Only drivers with this vehicle may take it; null: any that carries the weight.", default=None
    )
    pickup_window: PickupWindowInput | None = strawberry.field(
        description="When it is to be picked up; null: now.", default=None
    )

    def load(self) -> Load:
        given = self.pickup_window
        window = None if given is None else Window(given.starts_at, given.ends_at)
        return Load(int(self.weight), self.litres, self.vehicle, window)


@strawberry.input(description="What a shop would have carried.")
class QuoteDeliveryInput(CarriedInput):
    seller_id: strawberry.ID = strawberry.field(description="The shop, where the goods are picked up.")
    places: list[GeoPointInput] = strawberry.field(description="Where to, in the order of the route: 1 to 20.")


@strawberry.type(description="What a delivery would cost. Binding for you alone until it expires.")
class DeliveryQuote:
    id: strawberry.ID = strawberry.field(description="Pass it to bookDelivery.")
    total: Rupiah = strawberry.field(description="The price.")
    lines: list[DeliveryPriceLine] = strawberry.field(description="How it comes about.")
    distance: Metres = strawberry.field(description="Of road from the pickup to the last drop.")
    distance_is: DistanceSource = strawberry.field(description="How the distance is known.")
    places: list[GeoPoint] = strawberry.field(description="Where to.")
    zones: list[str] = strawberry.field(description="The zone of each drop; empty where the tariff has none.")
    weight: Grams = strawberry.field(description="Of all goods.")
    litres: int = strawberry.field(description="Their size.")
    vehicle: VehicleKind | None = strawberry.field(description="The vehicle that was asked for.")
    pickup_window: PickupWindow | None = strawberry.field(description="When it would be picked up; null: now.")
    tariff_since: datetime | None = strawberry.field(
        description="Since when the version of the tariff holds; null: the co-op has set none."
    )
    priced_at: datetime = strawberry.field(description="The moment whose hours, holiday and weather count.")
    expires_at: datetime = strawberry.field(description="Until when it binds.")

    @classmethod
    def of(cls, row: rows.DeliveryQuote) -> "DeliveryQuote":
        return cls(
            id=to_id("DeliveryQuote", row.pk),
            total=Rupiah(row.total),
            lines=[DeliveryPriceLine.of(line) for line in row.lines],
            distance=Metres(sum(row.legs_m)),
            distance_is=row.distance_is,
            places=[GeoPoint(lat=lat, lon=lon) for lat, lon in row.places],
            zones=row.zones,
            weight=Grams(row.weight_g),
            litres=row.litres,
            vehicle=row.vehicle,
            pickup_window=PickupWindow.between(row.window_starts_at, row.window_ends_at),
            tariff_since=row.tariff_since,
            priced_at=row.priced_at,
            expires_at=row.expires_at,
        )


DeliveryQuoteResult = Annotated[
    DeliveryQuote | Problem, strawberry.union("DeliveryQuoteResult", description="The quote, or why not.")
]


@strawberry.input(description="What is added to a delivery's price, or taken off it.")
class AddSupplementInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="A job booked alone, not yet picked up.")
    name: str = strawberry.field(description="What it is for, as its shop reads it: 1 to 60 characters.")
    amount: Rupiah = strawberry.field(description="Up to 1,000,000; below zero: a discount, up to the price.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="Which supplement is taken away, and why.")
class RemoveSupplementInput(OfJob):
    supplement_id: strawberry.ID = strawberry.field(description="The DeliverySupplement.")
    reason: str = strawberry.field(description="1 to 300 characters.")


def quote_id_of(id: strawberry.ID | None) -> UUID | None:
    """The quote that is named, if any."""
    return None if id is None else from_id("DeliveryQuote", id, "quoteId")


@strawberry.type
class BookingMutation:
    @strawberry.mutation(
        description="What carrying from a shop would cost, each line shown; binding for 15 minutes, for you alone. "
        "Fails with OUT_OF_ZONE, OUT_OF_RADIUS, SUSPENDED, NOT_FOUND, INVALID."
    )
    @intent
    async def quote_delivery(self, info: Info, input: QuoteDeliveryInput) -> DeliveryQuoteResult:
        row = await quoting.quote_delivery(
            info.context.actor,
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            places=[Point(place.lat, place.lon) for place in input.places],
            load=input.load(),
            routing=info.context.adapters.routing,
        )
        return DeliveryQuote.of(row)

    @strawberry.mutation(
        description="An officer or dispatcher of the shop's co-op adds to the price of a booked delivery before its "
        "pickup, or takes off; it stays when drops are taken out. Fails with NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def add_supplement(self, info: Info, input: AddSupplementInput) -> DeliveryJobResult:
        row = await supplements.add_supplement(
            info.context.actor, **input.job(), name=input.name, amount=int(input.amount), reason=input.reason
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Take a supplement away before the pickup. Fails with NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def remove_supplement(self, info: Info, input: RemoveSupplementInput) -> DeliveryJobResult:
        supplement_id = from_id("DeliverySupplement", input.supplement_id, "supplementId")
        row = await supplements.remove_supplement(
            info.context.actor, **input.job(), supplement_id=supplement_id, reason=input.reason
        )
        return await dress_job(info, row)
