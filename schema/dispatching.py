"""What others than the driver do with a delivery: book it, cancel it, answer, reassign, hand over at the counter."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from marketplace.deliveries import counter, mending, opening
from marketplace.deliveries.mending import UnservedAnswer
from marketplace.deliveries.models import FarePayer
from marketplace.deliveries.opening import DropWish
from marketplace.orders.models import SubOrder as SubOrderRow
from schema.bookings import CarriedInput, quote_id_of
from schema.carrying import DeliveryJobResult, JobReasonInput, dress_job
from schema.context import Info
from schema.enums import described
from schema.ids import from_id
from schema.named import OfJob, OfSubOrder
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPointInput, PhoneNumber, Rupiah

if TYPE_CHECKING:
    from schema.orders import SubOrder

described(
    UnservedAnswer,
    "What shall be done when no driver came in time.",
    {
        "WAIT": "Look on for a driver.",
        "FETCH": "You fetch it yourself; delivery and tip are not paid, or given back.",
        "CANCEL": "Cancel, free.",
    },
)


@strawberry.input(description="Where something is to be brought.")
class DropInput:
    name: str = strawberry.field(description="Who receives it, 1 to 120 characters.")
    phone: PhoneNumber = strawberry.field(description="How the driver reaches the receiver.")
    address: str = strawberry.field(description="How to find the door, patokan included, 1 to 700 characters.")
    place: GeoPointInput = strawberry.field(description="Where it is.")
    note: str = strawberry.field(description="What else the driver should know, at most 300.", default="")
    cash_to_collect: Rupiah = strawberry.field(
        description="What the driver collects here for you.", default=Rupiah(0)
    )

    def wish(self) -> DropWish:
        return DropWish(
            name=self.name,
            phone=str(self.phone),
            address=self.address,
            note=self.note,
            lat=self.place.lat,
            lon=self.place.lon,
            cash_to_collect=int(self.cash_to_collect),
        )


@strawberry.input(description="What a shop wants carried.")
class BookDeliveryInput(CarriedInput):
    seller_id: strawberry.ID = strawberry.field(description="The shop, where the goods are picked up.")
    drops: list[DropInput] = strawberry.field(description="Where to, in the order of the route: 1 to 20.")
    fare_payer: FarePayer = strawberry.field(
        description="CASH_AT_PICKUP or SELLER_PAYABLE.", default=FarePayer.SELLER_PAYABLE
    )
    quote_id: strawberry.ID | None = strawberry.field(
        description="Your DeliveryQuote, whose price and load hold: the drops must be its places; leave the rest "
        "out. Null: today's tariff prices it.",
        default=None,
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which driver takes over which job, and why.")
class ReassignJobInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="The job, not yet picked up.")
    driver_id: strawberry.ID = strawberry.field(description="A driver on shift.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="Which drop to take out, and why.")
class CancelDropInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="The job, not yet picked up.")
    drop_id: strawberry.ID = strawberry.field(description="The drop.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="What shall be done with a delivery that nobody took.")
class AnswerUnservedInput(OfJob):
    answer: UnservedAnswer = strawberry.field(description="Wait, fetch or cancel.")


@strawberry.input(description="The buyer's PIN for what he takes at the counter, or for the service done.")
class CounterInput(OfSubOrder):
    pin: str = strawberry.field(description="What the buyer tells you.")


@strawberry.input(description="Of which order the buyer's PIN may be tried again, and why.")
class ReleaseCounterPinsInput(OfSubOrder):
    reason: str = strawberry.field(description="1 to 300 characters.")


CounterResult = Annotated[
    Annotated["SubOrder", strawberry.lazy("schema.orders")] | Problem,
    strawberry.union("CounterResult", description="The sub-order, or why not."),
]


async def _dress_order(info: Info, row: SubOrderRow) -> "SubOrder":
    from schema.orders import SubOrder  # orders.py shows jobs, so it builds on this module's neighbours

    info.context.forget()
    return SubOrder.of(row)


@strawberry.type
class DispatchMutation:
    @strawberry.mutation(
        description="A shop has something carried that no order here stands for; its co-op's tariff prices it, or a "
        "quote of yours. With a window that begins later it is a DRAFT, and put out 45 minutes before. "
        "Fails with OUT_OF_ZONE, OUT_OF_RADIUS, SUSPENDED, INVALID; of a quote NOT_FOUND (another's too), EXPIRED, "
        "WRONG_STATE (used)."
    )
    @intent
    async def book_delivery(self, info: Info, input: BookDeliveryInput) -> DeliveryJobResult:
        row = await opening.book_delivery(
            info.context.actor,
            seller_id=from_id("Seller", input.seller_id, "sellerId"),
            drops=[drop.wish() for drop in input.drops],
            weight_g=int(input.weight),
            fare_payer=input.fare_payer,
            key=input.idempotency_key,
            load=input.load(),
            quote_id=quote_id_of(input.quote_id),
            routing=info.context.adapters.routing,
        )
        return await dress_job(info, row)

    @strawberry.mutation(description="Call off a booked delivery before its pickup, free. Fails with WRONG_STATE.")
    @intent
    async def cancel_delivery(self, info: Info, input: JobReasonInput) -> DeliveryJobResult:
        row = await mending.cancel_delivery(info.context.actor, **input.job(), reason=input.reason)
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Take one drop out of a booked delivery before its pickup; the tariff prices the way that is "
        "left, supplements stay. Fails with WRONG_STATE."
    )
    @intent
    async def cancel_drop(self, info: Info, input: CancelDropInput) -> DeliveryJobResult:
        drop_id = from_id("DropStop", input.drop_id, "dropId")
        row = await mending.cancel_drop(info.context.actor, **input.job(), drop_id=drop_id, reason=input.reason)
        return await dress_job(info, row)

    @strawberry.mutation(description="The buyer says what shall be done when no driver came. Fails with WRONG_STATE.")
    @intent
    async def answer_unserved(self, info: Info, input: AnswerUnservedInput) -> DeliveryJobResult:
        row = await mending.answer_unserved(info.context.actor, **input.job(), answer=input.answer)
        return await dress_job(info, row)

    @strawberry.mutation(
        description="A dispatcher gives a job, not yet picked up, to a driver on shift. "
        "Fails with NOT_ON_SHIFT, AT_JOB_LIMIT, CASH_LIMIT, WRONG_STATE, FORBIDDEN."
    )
    @intent
    async def reassign_job(self, info: Info, input: ReassignJobInput) -> DeliveryJobResult:
        row = await mending.reassign_job(
            info.context.actor,
            **input.job(),
            driver_id=from_id("Driver", input.driver_id, "driverId"),
            reason=input.reason,
            dispatch=info.context.adapters.dispatch,
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="A dispatcher lets PINs of a job be tried again after too many wrong ones. Fails with FORBIDDEN."
    )
    @intent
    async def release_pins(self, info: Info, input: JobReasonInput) -> DeliveryJobResult:
        row = await mending.release_pins(info.context.actor, **input.job(), reason=input.reason)
        return await dress_job(info, row)

    @strawberry.mutation(
        description="The shop gives the buyer what he fetches, by his PIN; DELIVERED and settled. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE."
    )
    @intent
    async def hand_over(self, info: Info, input: CounterInput) -> CounterResult:
        row = await counter.hand_over(info.context.actor, **input.sub_order(), pin=input.pin)
        return await _dress_order(info, row)

    @strawberry.mutation(
        description="The shop says that a booked service was done, by the buyer's PIN; DELIVERED and settled. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE."
    )
    @intent
    async def complete_service(self, info: Info, input: CounterInput) -> CounterResult:
        row = await counter.complete_service(info.context.actor, **input.sub_order(), pin=input.pin)
        return await _dress_order(info, row)

    @strawberry.mutation(
        description="A dispatcher lets a buyer's PIN be tried again at the counter. Fails with NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def release_counter_pins(self, info: Info, input: ReleaseCounterPinsInput) -> CounterResult:
        row = await counter.release_counter_pins(info.context.actor, **input.sub_order(), reason=input.reason)
        return await _dress_order(info, row)
