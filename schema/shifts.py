"""Shifts: starting, pausing, going on, ending, and saying where one is."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace import clock
from marketplace.deliveries import hours, shifts
from marketplace.deliveries import models as rows
from marketplace.deliveries.custody import Place
from marketplace.deliveries.models import ShiftState
from marketplace.deliveries.roster.models import SpanKind
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node
from schema.problems import Problem, intent
from schema.scalars import GeoPoint, GeoPointInput

described(
    ShiftState,
    "Whether a driver on shift takes jobs now.",
    {
        "ACTIVE": "He takes jobs.",
        "PAUSED": "He takes none for a while: a meal, a ride for another platform.",
        "ENDED": "He has gone home.",
    },
)

described(
    SpanKind,
    "What a driver does with a stretch of his shift.",
    {
        "AVAILABLE": "He takes jobs: these hours count in what he earns an hour.",
        "BREAK": "He takes none: a meal, a prayer, a puncture.",
        "OTHER_PLATFORM": "He takes none: he rides for another platform ('sedang di aplikasi lain').",
    },
    name="ShiftSpanKind",
)


@strawberry.type(description="How long a driver did what.")
class DriverHours:
    available_seconds: int = strawberry.field(description="Ready for jobs, or at one: what counts.")
    break_seconds: int = strawberry.field(description="On a break.")
    other_platform_seconds: int = strawberry.field(description="Riding for another platform.")

    @classmethod
    def of(cls, hours: hours.Hours) -> "DriverHours":
        return cls(
            available_seconds=hours.available,
            break_seconds=hours.on_break,
            other_platform_seconds=hours.on_other_platform,
        )


@strawberry.type(description="A stretch of time in which a driver stands ready.")
class Shift(Node):
    row: strawberry.Private[rows.Shift]
    state: ShiftState = strawberry.field(description="Whether he takes jobs now.")
    place: GeoPoint = strawberry.field(description="Where he was last, to about a hundred metres.")
    placed_at: datetime = strawberry.field(description="When he was there.")
    started_at: datetime = strawberry.field(description="When it began.")
    paused_seconds: int = strawberry.field(description="How long he paused, without a pause still running.")
    ended_at: datetime | None = strawberry.field(description="When it ended.")

    @classmethod
    def of(cls, row: rows.Shift) -> "Shift":
        return cls(
            id=to_id("Shift", row.pk),
            row=row,
            state=row.state,
            place=GeoPoint(lat=row.lat, lon=row.lon),
            placed_at=row.placed_at,
            started_at=row.created_at,
            paused_seconds=row.paused_s,
            ended_at=row.ended_at,
        )

    @strawberry.field(description="What he does now; null once it has ended.")
    async def doing(self, info: Info) -> SpanKind | None:
        spans = await info.context.load(hours.spans_by_shift, self.row.pk) or []
        return spans[-1].kind if spans and spans[-1].ended_at is None else None

    @strawberry.field(description="How long he did what in it, until now.")
    async def hours(self, info: Info) -> DriverHours:
        spans = await info.context.load(hours.spans_by_shift, self.row.pk) or []
        return DriverHours.of(hours.Hours.of(spans, self.row.created_at, self.row.ended_at or clock.now()))


@strawberry.input(description="Where you are. Kept to about a hundred metres, at most every ten seconds.")
class PlaceInput:
    place: GeoPointInput = strawberry.field(description="Where you are.")


@strawberry.input(description="Which shift. You have at most one that runs.")
class OwnShiftInput:
    id: strawberry.ID | None = strawberry.field(
        description="Your shift, to be sure that it is the one you mean; else the running one.", default=None
    )


ShiftResult = Annotated[Shift | Problem, strawberry.union("ShiftResult", description="The shift, or why not.")]


def _meant(input: OwnShiftInput) -> UUID | None:
    return None if input.id is None else from_id("Shift", input.id)


def place_of(point: GeoPointInput) -> Place:
    """The place that a client named."""
    return Place(point.lat, point.lon)


@strawberry.type
class ShiftMutation:
    @strawberry.mutation(
        description="Stand ready for jobs. A running shift is answered as it is. Fails with FORBIDDEN, EXPIRED."
    )
    @intent
    async def start_shift(
        self, info: Info, input: Annotated[PlaceInput, strawberry.argument(description="Where you start.")]
    ) -> ShiftResult:
        return Shift.of(await shifts.start_shift(info.context.actor, place=place_of(input.place)))

    @strawberry.mutation(
        description="Take no jobs for a while; paused already, only the reason changes. Fails with NOT_ON_SHIFT."
    )
    @intent
    async def pause_shift(
        self,
        info: Info,
        input: Annotated[OwnShiftInput, strawberry.argument(description="Which one.")],
        reason: Annotated[
            SpanKind, strawberry.argument(description="BREAK, or OTHER_PLATFORM: 'sedang di aplikasi lain'.")
        ] = SpanKind.BREAK,
    ) -> ShiftResult:
        row = await shifts.pause_shift(info.context.actor, shift_id=_meant(input), reason=reason)
        return Shift.of(row)

    @strawberry.mutation(description="Take jobs again. Fails with NOT_ON_SHIFT.")
    @intent
    async def resume_shift(
        self, info: Info, input: Annotated[OwnShiftInput, strawberry.argument(description="Which one.")]
    ) -> ShiftResult:
        return Shift.of(await shifts.resume_shift(info.context.actor, shift_id=_meant(input)))

    @strawberry.mutation(description="Go home. Fails with WRONG_STATE while you hold a job, NOT_ON_SHIFT.")
    @intent
    async def end_shift(
        self, info: Info, input: Annotated[OwnShiftInput, strawberry.argument(description="Which one.")]
    ) -> ShiftResult:
        return Shift.of(await shifts.end_shift(info.context.actor, shift_id=_meant(input)))

    @strawberry.mutation(description="Say where you are; sooner than ten seconds after the last changes nothing.")
    @intent
    async def report_position(
        self, info: Info, input: Annotated[PlaceInput, strawberry.argument(description="Where you are.")]
    ) -> ShiftResult:
        return Shift.of(await shifts.report_position(info.context.actor, place=place_of(input.place)))
