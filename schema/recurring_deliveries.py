"""Deliveries that come again every week."""

from datetime import date, datetime
from typing import Annotated, Any

import strawberry

from marketplace.deliveries.bookings import models as rows
from marketplace.deliveries.bookings import recurring
from marketplace.deliveries.bookings.recurring import Pattern
from marketplace.deliveries.models import FarePayer, VehicleKind
from schema import opening_hours
from schema.bookings import CarriedInput
from schema.context import Info
from schema.costs import HISTORY, LISTED
from schema.dispatching import DropInput
from schema.ids import from_id, to_id
from schema.opening_hours import Weekday
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Grams


@strawberry.type(description="A day of a recurring delivery that was dealt with.")
class RecurringDeliveryDay:
    on: date = strawberry.field(description="Which day.")
    job_id: strawberry.ID | None = strawberry.field(description="The DeliveryJob made of it; null: none was made.")
    why_not: str | None = strawberry.field(description="Why none was made, in the language of Accept-Language.")


@strawberry.type(description="A delivery that a shop has carried again every week, until it is stopped.")
class RecurringDelivery:
    row: strawberry.Private[rows.RecurringDelivery]
    id: strawberry.ID = strawberry.field(description="Names it in stopRecurringDelivery.")
    weekdays: list[Weekday] = strawberry.field(description="On which days.")
    at: str = strawberry.field(description="When its pickup window begins, by the shop's clock: `06:30`.")
    window_minutes: int = strawberry.field(description="How long the window is.")
    until: date | None = strawberry.field(description="The last day on which it may come.")
    skips_holidays: bool = strawberry.field(
        description="Whether it stays away on the holidays of the co-op's tariff."
    )
    drops: int = strawberry.field(description="How many drops it has.")
    weight: Grams = strawberry.field(description="Of all goods.")
    vehicle: VehicleKind | None = strawberry.field(description="The vehicle that it asks for.")
    fare_payer: FarePayer = strawberry.field(description="How each is paid.")
    next_on: date | None = strawberry.field(description="The next day that it comes; null: it is stopped.")
    stopped_at: datetime | None = strawberry.field(description="Since when nothing comes of it any more.")

    @classmethod
    def of(cls, row: rows.RecurringDelivery) -> "RecurringDelivery":
        return cls(
            row=row,
            id=to_id("RecurringDelivery", row.pk),
            weekdays=[Weekday(day - 1) for day in row.weekdays],
            at=opening_hours.write(row.at_minute),
            window_minutes=row.window_minutes,
            until=row.until,
            skips_holidays=row.skips_holidays,
            drops=len(row.drops),
            weight=Grams(row.weight_g),
            vehicle=row.vehicle,
            fare_payer=row.fare_payer,
            next_on=None if row.stopped_at else row.next_on,
            stopped_at=row.stopped_at,
        )

    @strawberry.field(
        description="Its days of the last month that were dealt with, newest first. A day's job is made 24 hours "
        "before its window, by the tariff of that moment.",
        directives=[HISTORY],
    )
    async def days(self, info: Info) -> list[RecurringDeliveryDay]:
        found = await info.context.load(recurring.occurrences_by_recurring, self.row.pk) or []
        is_english = info.context.language == "en"
        return [
            RecurringDeliveryDay(
                on=day.on,
                job_id=None if day.job_id is None else to_id("DeliveryJob", day.job_id),
                why_not=day.why_en if is_english else day.why_id,
            )
            for day in found
        ]


RecurringDeliveryResult = Annotated[
    RecurringDelivery | Problem,
    strawberry.union("RecurringDeliveryResult", description="What comes again, or why not."),
]


@strawberry.input(description="What a shop wants carried every week. Its `pickupWindow` is left out.")
class SetUpRecurringDeliveryInput(CarriedInput):
    seller_id: strawberry.ID = strawberry.field(description="The shop, where the goods are picked up.")
    drops: list[DropInput] = strawberry.field(description="Where to, in the order of the route: 1 to 20.")
    fare_payer: FarePayer = strawberry.field(
        description="CASH_AT_PICKUP or SELLER_PAYABLE.", default=FarePayer.SELLER_PAYABLE
    )
    weekdays: list[Weekday] = strawberry.field(description="On which days.")
    at: str = strawberry.field(description="When the pickup window begins, by the shop's clock: `06:30`.")
    window_minutes: int = strawberry.field(description="How long the window is: 15 to 720.", default=60)
    first_on: date = strawberry.field(description="Not before this day: today to in a year.")
    until: date | None = strawberry.field(
        description="The last day on which it may come; null: until stopped.", default=None
    )
    skips_holidays: bool = strawberry.field(
        description="Whether it stays away on the holidays of the co-op's tariff.", default=False
    )
    idempotency_key: str = strawberry.field(description=KEY)

    def pattern(self) -> Pattern:
        """Raises Invalid when the time is not one."""
        start, _ = opening_hours.read(self.at, "24:00", "at")
        weekdays = tuple(sorted({day.value + 1 for day in self.weekdays}))
        return Pattern(weekdays, start, self.window_minutes, self.first_on, self.until, self.skips_holidays)


@strawberry.input(description="What shall not come again.")
class StopRecurringDeliveryInput:
    id: strawberry.ID = strawberry.field(description="The RecurringDelivery.")


@strawberry.type
class SellerRecurringDeliveries:
    """Fields that recurring deliveries add to `Seller`."""

    row: strawberry.Private[Any]

    @strawberry.field(
        description="What it has carried every week, newest first, the stopped ones too; the shop's people only.",
        directives=[LISTED],
    )
    async def recurring_deliveries(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[RecurringDelivery]:
        page = await recurring.recurring_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, RecurringDelivery.of, after=after)


@strawberry.type
class RecurringDeliveryMutation:
    @strawberry.mutation(
        description="A shop has the same carried every week. Fails with OUT_OF_ZONE, OUT_OF_RADIUS, SUSPENDED, "
        "NOT_FOUND, TOO_MANY, INVALID."
    )
    @intent
    async def set_up_recurring_delivery(
        self, info: Info, input: SetUpRecurringDeliveryInput
    ) -> RecurringDeliveryResult:
        row = await recurring.set_up_recurring(
            info.context.actor,
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            pattern=input.pattern(),
            drops=[drop.wish() for drop in input.drops],
            load=input.load(),
            fare_payer=input.fare_payer,
            key=input.idempotency_key,
        )
        return RecurringDelivery.of(row)

    @strawberry.mutation(
        description="Let it come no more; jobs already made stand, and may be cancelled each. Fails with NOT_FOUND."
    )
    @intent
    async def stop_recurring_delivery(self, info: Info, input: StopRecurringDeliveryInput) -> RecurringDeliveryResult:
        id = from_id("RecurringDelivery", input.id)
        return RecurringDelivery.of(await recurring.stop_recurring(info.context.actor, recurring_id=id))
