"""The week's plan of shifts, and the way home."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import homeward
from marketplace.deliveries import models as rows
from marketplace.deliveries.roster import models as roster_rows
from marketplace.deliveries.roster import slots
from marketplace.deliveries.roster.slots import PLANNERS, SlotWish
from schema.context import Info
from schema.costs import LISTED, cost
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPoint, GeoPointInput
from schema.shifts import place_of


@strawberry.type(description="A driver's place in a planned shift.")
class SlotBooking:
    id: strawberry.ID = strawberry.field(description="To give back, offer or take it by.")
    slot_id: strawberry.ID = strawberry.field(description="In which slot.")
    driver_name: str = strawberry.field(description="Whose it is.")
    is_mine: bool = strawberry.field(description="Whether it is yours.")
    starts_at: datetime = strawberry.field(description="From when.")
    ends_at: datetime = strawberry.field(description="Until when.")
    offered_at: datetime | None = strawberry.field(description="Since when a colleague may take it.")
    cancelled_at: datetime | None = strawberry.field(description="When it was given back.")
    started_at: datetime | None = strawberry.field(description="When he stood ready in it.")

    @classmethod
    def of(cls, info: Info, row: roster_rows.SlotBooking) -> "SlotBooking":
        return cls(
            id=to_id("SlotBooking", row.pk),
            slot_id=to_id("ShiftSlot", row.slot_id),
            driver_name=row.name,
            is_mine=row.account_id == info.context.actor.account_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            offered_at=row.offered_at,
            cancelled_at=row.cancelled_at,
            started_at=row.started_at,
        )


@strawberry.type(description="A stretch of time for which a co-op wants so many drivers.")
class ShiftSlot:
    row: strawberry.Private[roster_rows.ShiftSlot]
    id: strawberry.ID = strawberry.field(description="To book or call it off by.")
    starts_at: datetime = strawberry.field(description="From when.")
    ends_at: datetime = strawberry.field(description="Until when.")
    wanted: int = strawberry.field(description="How many drivers are wanted.")
    booked: int = strawberry.field(description="How many places are taken.")
    note: str = strawberry.field(description="What the co-op says of it.")
    cancelled_at: datetime | None = strawberry.field(description="When it was called off.")
    reason: str | None = strawberry.field(description="Why it was called off.")

    @classmethod
    def of(cls, row: roster_rows.ShiftSlot) -> "ShiftSlot":
        return cls(
            row=row,
            id=to_id("ShiftSlot", row.pk),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            wanted=row.wanted,
            booked=row.booked,
            note=row.note,
            cancelled_at=row.cancelled_at,
            reason=row.reason,
        )

    @strawberry.field(
        description="Its places: all for those who plan; for a driver his own, and those that colleagues offer.",
        directives=[cost(2, rows=10)],
    )
    async def bookings(self, info: Info) -> list[SlotBooking]:
        actor = info.context.actor
        sees_all = actor.holds(*PLANNERS, cooperative_id=self.row.cooperative_id)
        found = await info.context.load(slots.bookings_by_slot, self.row.pk) or []
        return [
            SlotBooking.of(info, row)
            for row in found
            if sees_all or row.account_id == actor.account_id or row.offered_at is not None
        ]


@strawberry.type(description="Towards where a driver goes home. Only he sees it.")
class HomeDirection:
    place: GeoPoint = strawberry.field(description="The place, to about a hundred metres.")
    until: datetime = strawberry.field(description="Until when jobs that lead there suit him better.")

    @classmethod
    def of(cls, row: roster_rows.HomeDirection) -> "HomeDirection":
        return cls(place=GeoPoint(lat=row.lat, lon=row.lon), until=row.until)


@strawberry.type
class DriverRoster:
    row: strawberry.Private[rows.Driver]
    is_full: strawberry.Private[bool]

    @strawberry.field(
        description="His places in planned shifts not ended yet, by their beginning; himself and officers only.",
        directives=[cost(5, rows=10)],
    )
    async def bookings(self, info: Info) -> list[SlotBooking] | None:
        if not self.is_full:
            return None
        return [SlotBooking.of(info, row) for row in await slots.bookings_ahead(self.row.pk)]

    @strawberry.field(description="Towards where he goes home now; himself only.", directives=[cost(2)])
    async def home_direction(self, info: Info) -> HomeDirection | None:
        if info.context.actor.account_id != self.row.account_id:
            return None
        row = await homeward.home_of(self.row.pk)
        return None if row is None else HomeDirection.of(row)


@strawberry.type
class CooperativeRoster:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Its planned shifts by their beginning; its drivers, officers, dispatchers and pengawas only.",
        directives=[LISTED],
    )
    async def shift_slots(
        self,
        info: Info,
        since: Annotated[datetime | None, strawberry.argument(description="That end after then; null: now.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ShiftSlot]:
        page = await slots.slots_of(info.context.actor, self.row.pk, since=since, first=first, after=after)
        return connection_of(page, ShiftSlot.of, after=after)


@strawberry.input(description="A stretch of time for which you want drivers.")
class ShiftSlotInput:
    starts_at: datetime = strawberry.field(description="From when, at most 60 days ahead.")
    ends_at: datetime = strawberry.field(description="Until when, 30 minutes to 16 hours later.")
    wanted: int = strawberry.field(description="How many drivers, 1 to 500.")
    note: str = strawberry.field(description="At most 200 characters.", default="")


@strawberry.input(description="A plan of shifts, a week's or so.")
class PostShiftSlotsInput:
    cooperative_id: strawberry.ID = strawberry.field(description="Whose drivers.")
    slots: list[ShiftSlotInput] = strawberry.field(description="1 to 100 of them; posted all or none.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which planned shift to call off, and why.")
class CancelShiftSlotInput:
    id: strawberry.ID = strawberry.field(description="The slot.")
    reason: str = strawberry.field(description="What those who booked it will read, 1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which planned shift to book.")
class BookShiftSlotInput:
    id: strawberry.ID = strawberry.field(description="The slot.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which place in a planned shift.")
class SlotBookingInput:
    id: strawberry.ID = strawberry.field(description="The booking.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Towards where you go home.")
class GoHomeInput:
    place: GeoPointInput = strawberry.field(description="Towards here; kept to about a hundred metres.")
    until: datetime = strawberry.field(description="Until then, at most 12 hours from now.")


@strawberry.type(description="Planned shifts that were posted.")
class ShiftSlots:
    slots: list[ShiftSlot] = strawberry.field(description="Each of them.", directives=[cost(rows=10)])


ShiftSlotsResult = Annotated[
    ShiftSlots | Problem, strawberry.union("ShiftSlotsResult", description="The slots, or why not.")
]
ShiftSlotResult = Annotated[
    ShiftSlot | Problem, strawberry.union("ShiftSlotResult", description="The slot, or why not.")
]
SlotBookingResult = Annotated[
    SlotBooking | Problem, strawberry.union("SlotBookingResult", description="The place, or why not.")
]
HomeDirectionResult = Annotated[
    HomeDirection | Problem, strawberry.union("HomeDirectionResult", description="The direction, or why not.")
]


@strawberry.type
class RosterMutation:
    @strawberry.mutation(
        description="Post a plan of shifts for your drivers to book. Officers and dispatchers. Fails with FORBIDDEN."
    )
    @intent
    async def post_shift_slots(
        self, info: Info, input: Annotated[PostShiftSlotsInput, strawberry.argument(description="The plan.")]
    ) -> ShiftSlotsResult:
        found = await slots.post_slots(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            slots=[SlotWish(slot.starts_at, slot.ends_at, slot.wanted, slot.note) for slot in input.slots],
            key=input.idempotency_key,
        )
        return ShiftSlots(slots=[ShiftSlot.of(row) for row in found])

    @strawberry.mutation(
        description="Call a planned shift off; who booked it is told. Officers, dispatchers. Fails with WRONG_STATE."
    )
    @intent
    async def cancel_shift_slot(
        self, info: Info, input: Annotated[CancelShiftSlotInput, strawberry.argument(description="Which, and why.")]
    ) -> ShiftSlotResult:
        slot_id = from_id("ShiftSlot", input.id)
        row = await slots.cancel_slot(
            info.context.actor, slot_id=slot_id, reason=input.reason, key=input.idempotency_key
        )
        return ShiftSlot.of(row)

    @strawberry.mutation(
        description="Take a place in a planned shift. Fails with SLOT_TAKEN, CONFLICT, WRONG_STATE, TOO_MANY."
    )
    @intent
    async def book_shift_slot(
        self, info: Info, input: Annotated[BookShiftSlotInput, strawberry.argument(description="Which shift.")]
    ) -> SlotBookingResult:
        slot_id = from_id("ShiftSlot", input.id)
        row = await slots.book_slot(info.context.actor, slot_id=slot_id, key=input.idempotency_key)
        return SlotBooking.of(info, row)

    @strawberry.mutation(description="Give a place back before it begins; costs nothing. Fails with WRONG_STATE.")
    @intent
    async def give_back_shift_slot(
        self, info: Info, input: Annotated[SlotBookingInput, strawberry.argument(description="Which place.")]
    ) -> SlotBookingResult:
        id = from_id("SlotBooking", input.id)
        row = await slots.give_back_booking(info.context.actor, booking_id=id, key=input.idempotency_key)
        return SlotBooking.of(info, row)

    @strawberry.mutation(
        description="Offer a place to your colleagues; until one takes it, it stays yours. Fails with WRONG_STATE."
    )
    @intent
    async def offer_shift_slot(
        self, info: Info, input: Annotated[SlotBookingInput, strawberry.argument(description="Which place.")]
    ) -> SlotBookingResult:
        id = from_id("SlotBooking", input.id)
        row = await slots.offer_booking(info.context.actor, booking_id=id, key=input.idempotency_key)
        return SlotBooking.of(info, row)

    @strawberry.mutation(
        description="Take the place that a colleague offers; of all one gets it. Fails with WRONG_STATE, CONFLICT."
    )
    @intent
    async def take_shift_slot(
        self, info: Info, input: Annotated[SlotBookingInput, strawberry.argument(description="Which place.")]
    ) -> SlotBookingResult:
        id = from_id("SlotBooking", input.id)
        row = await slots.take_booking(info.context.actor, booking_id=id, key=input.idempotency_key)
        return SlotBooking.of(info, row)

    @strawberry.mutation(
        description="Say that you go home towards a place: jobs that lead there suit you better, as far as your "
        "co-op's policy says. Fails with NOT_ON_SHIFT, OUT_OF_RANGE."
    )
    @intent
    async def go_home(
        self, info: Info, input: Annotated[GoHomeInput, strawberry.argument(description="Where to, until when.")]
    ) -> HomeDirectionResult:
        row = await homeward.go_home(info.context.actor, place=place_of(input.place), until=input.until)
        return HomeDirection.of(row)

    @strawberry.mutation(description="Say that you go home no more. Fails with NOT_ON_SHIFT, NOT_FOUND.")
    @intent
    async def stay_out(self, info: Info) -> HomeDirectionResult:
        return HomeDirection.of(await homeward.stay_out(info.context.actor))
