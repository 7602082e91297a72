"""What a courier's device tells, all at once: kept, carried out in its sequence, and answered event by event."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry

from marketplace.deliveries.courier import receiving
from marketplace.deliveries.courier.day import EventKind, EventOutcome
from marketplace.deliveries.courier.models import IncidentKind
from marketplace.deliveries.courier.receiving import Answered, SentEvent
from marketplace.deliveries.lifecycle import FailureCode, JobState
from marketplace.errors import Code, Invalid
from schema.carrying import signer_of
from schema.context import Info
from schema.costs import cost
from schema.ids import from_id, to_id
from schema.problems import Problem, intent
from schema.scalars import GeoPointInput


@strawberry.input(description="One thing that happened, as the device wrote it down. It never changes afterwards.")
class CourierEventInput:
    sequence: int = strawberry.field(description="1, 2, 3, … without gaps, a series for each device.")
    id: str = strawberry.field(description="The device's own name for it, 1 to 64 characters, of this event alone.")
    kind: EventKind = strawberry.field(description="What happened.")
    at: datetime = strawberry.field(description="When, by the device's clock.")
    job_id: strawberry.ID | None = strawberry.field(description="The DeliveryJob.", default=None)
    drop_id: strawberry.ID | None = strawberry.field(
        description="The DropStop; may be left out where there is one.", default=None
    )
    pin: str | None = strawberry.field(description="The PIN that was told; tried as it arrives.", default=None)
    place: GeoPointInput | None = strawberry.field(description="Where it happened.", default=None)
    failure_code: FailureCode | None = strawberry.field(description="Why a drop failed.", default=None)
    incident: IncidentKind | None = strawberry.field(description="What stops him.", default=None)
    phrase: str | None = strawberry.field(description="A phrase's code; see `talkPhrases`.", default=None)
    text: str | None = strawberry.field(description="In words, at most 300 characters.", default=None)
    parcel_code: str | None = strawberry.field(description="What was read from the parcel.", default=None)
    signature: str | None = strawberry.field(
        description="An SVG path of M and L on a field of 1000 by 1000, at most 8000 characters.", default=None
    )

    def sent(self) -> SentEvent:
        """The event as the service takes it; what can't be read is told event by event, and holds up no other."""
        content: dict[str, Any] = {
            "pin": self.pin,
            "code": self.failure_code.value if self.failure_code else None,
            "incident": self.incident.value if self.incident else None,
            "phrase": self.phrase,
            "text": self.text,
            "parcel_code": self.parcel_code,
            "signature": self.signature,
            "lat": self.place.lat if self.place else None,
            "lon": self.place.lon if self.place else None,
        }
        job_id = _id("DeliveryJob", self.job_id, "jobId", content)
        drop_id = _id("DropStop", self.drop_id, "dropId", content)
        content["drop_id"] = None if drop_id is None else str(drop_id)
        kept = {name: value for name, value in content.items() if value is not None}
        return SentEvent(self.sequence, self.id, self.kind, self.at, job_id, kept)


def _id(type_name: str, text: strawberry.ID | None, field: str, content: dict[str, Any]) -> UUID | None:
    try:
        return None if text is None else from_id(type_name, text, field)
    except Invalid:
        content["malformed"] = field
        return None


@strawberry.input(description="What a device has to tell; none, to ask how it stands.")
class SendCourierEventsInput:
    device_id: str = strawberry.field(description="The device's own name, 1 to 64 characters, always the same.")
    sent_at: datetime = strawberry.field(description="What the device's clock shows as it sends.")
    events: list[CourierEventInput] = strawberry.field(description="In any order, at most 100.")


@strawberry.type(description="A job as it stands, for one who holds it or has held it.")
class JobStanding:
    job_id: strawberry.ID = strawberry.field(description="The DeliveryJob.")
    state: JobState = strawberry.field(description="Where it stands.")
    version: int = strawberry.field(description="Grows with each change.")
    is_yours: bool = strawberry.field(description="Whether you hold it still.")


@strawberry.type(description="What became of one event.")
class CourierEventAnswer:
    sequence: int = strawberry.field(description="Its number.")
    id: str = strawberry.field(description="The device's own name for it.")
    outcome: EventOutcome = strawberry.field(description="What became of it.")
    code: Code | None = strawberry.field(description="Why it was a conflict.")
    message: str | None = strawberry.field(description="The same in words, in the language of Accept-Language.")
    is_time_doubted: bool = strawberry.field(
        description="Whether the device's time is not believed: its clock was off by more than two minutes, or the "
        "time lies ahead or more than a week back. It is kept; money and states go by the node's clock always."
    )
    job: JobStanding | None = strawberry.field(
        description="On a conflict: how the job stands, where you have held it."
    )

    @classmethod
    def of(cls, answer: Answered, language: str) -> "CourierEventAnswer":
        job = answer.job
        standing = None
        if job is not None:
            standing = JobStanding(
                job_id=to_id("DeliveryJob", job.pk), state=job.state, version=job.version, is_yours=answer.is_yours
            )
        return cls(
            sequence=answer.sequence,
            id=answer.name,
            outcome=answer.outcome,
            code=answer.code,
            message=None if answer.reasons is None else answer.reasons.get(language, answer.reasons["id"]),
            is_time_doubted=answer.is_time_doubted,
            job=standing,
        )


@strawberry.type(description="How a device's events stand.")
class CourierEventsReceipt:
    device_id: str = strawberry.field(description="The device's own name.")
    awaited: int = strawberry.field(description="The number that is carried out next: all before it are done.")
    waiting: int = strawberry.field(description="How many are kept behind it.")
    has_more: bool = strawberry.field(
        description="Whether events are due that this call did not come to: send again, without events even."
    )
    answers: list[CourierEventAnswer] = strawberry.field(
        description="For each event sent, and for each kept earlier that was carried out now; by number.",
        directives=[cost(rows=20)],
    )


CourierEventsResult = Annotated[
    CourierEventsReceipt | Problem, strawberry.union("CourierEventsResult", description="How they stand, or why not.")
]


@strawberry.type
class CourierEventMutation:
    @strawberry.mutation(
        description="Tell what happened while there was no network: each event is carried out once, in its number's "
        "order, in whatever order and however often it arrives. What comes after a gap is kept until the gap is "
        "filled. A conflict holds up no other event. Fails as a whole with FORBIDDEN, TOO_MANY, OUT_OF_RANGE."
    )
    @intent
    async def send_courier_events(
        self, info: Info, input: Annotated[SendCourierEventsInput, strawberry.argument(description="What happened.")]
    ) -> CourierEventsResult:
        receipt = await receiving.receive(
            info.context.actor,
            device=input.device_id,
            sent_at=input.sent_at,
            events=[event.sent() for event in input.events],
            signer=signer_of(info),
        )
        return CourierEventsReceipt(
            device_id=receipt.device,
            awaited=receipt.awaited,
            waiting=receipt.waiting,
            has_more=receipt.has_more,
            answers=[CourierEventAnswer.of(answer, info.context.language) for answer in receipt.answers],
        )
