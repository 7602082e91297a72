"""What devices have told of a job, by their clock and by the node's: evidence when something is disputed."""

from datetime import datetime

import strawberry

from marketplace.deliveries import models as job_rows
from marketplace.deliveries.courier import models as rows
from marketplace.deliveries.courier import past_events
from marketplace.deliveries.courier.day import EventKind, EventOutcome
from marketplace.deliveries.reading import Sight
from marketplace.errors import Code
from schema.context import Info
from schema.costs import HISTORY
from schema.enums import described
from schema.ids import to_id

described(
    EventKind,
    "What a courier's device tells. Each needs what the mutation of its name needs.",
    {
        "ARRIVE_AT_PICKUP": "He stands at the shop's. `jobId`.",
        "PICK_UP": "He took the goods over. `jobId`, `pin`; `parcelCode` where one was read.",
        "ARRIVE_AT_DROP_OFF": "He stands at a receiver's. `jobId`, `dropId` where there are several.",
        "DROP_OFF": "He handed over. `jobId`, `dropId`; `pin`, or the proofs that the co-op's rules let suffice.",
        "FAIL": "A drop could not be made. `jobId`, `dropId`, `failureCode`; `text` with OTHER.",
        "RETRY": "He tries a failed drop again. `jobId`, `dropId`.",
        "RETURN": "The shop has the goods back. `jobId`, `pin`.",
        "GIVE_UP": "He puts the job back before its pickup. `jobId`, `text`: why.",
        "POSITION": "Where he is. `place`.",
        "PAUSE": "He takes no jobs for a while.",
        "RESUME": "He takes jobs again.",
        "MESSAGE": "He said something. `jobId`, `dropId` for a receiver; `phrase` or `text`.",
        "CALL": "He tried to reach someone by his own phone. `jobId`, `dropId` for a receiver.",
        "INCIDENT": "Something stops him. `jobId`, `incident`; `text` with OTHER.",
        "SOS": "He calls for help. `place`; `text`.",
        "SKIPPED": "The device has lost the event of this number: go on behind it.",
    },
    name="CourierEventKind",
)
described(
    EventOutcome,
    "What became of an event.",
    {
        "APPLIED": "Carried out, once. Forget it.",
        "CONFLICT": "Not carried out, for what stands is otherwise: see `code`, `message`, `job`. Forget it; what "
        "mends it (another PIN) is a new event.",
        "WAITING": "Kept; an event with an earlier number is awaited. Forget it once it is APPLIED or a CONFLICT.",
        "NOT_KEPT": "Too far ahead of the awaited number: keep it, and send it again later.",
    },
    name="CourierEventOutcome",
)


@strawberry.type(description="What a device told of a job.")
class DeviceEvent:
    sequence: int = strawberry.field(description="Its number in the device's series.")
    kind: EventKind = strawberry.field(description="What happened.")
    outcome: EventOutcome = strawberry.field(description="What became of it.")
    code: Code | None = strawberry.field(description="Why it was a conflict.")
    drop_id: strawberry.ID | None = strawberry.field(description="The DropStop that it concerned.")
    at: datetime = strawberry.field(description="When it happened, by the device's clock.")
    is_time_doubted: bool = strawberry.field(description="Whether that time is not believed.")
    received_at: datetime = strawberry.field(description="When the node first had it.")
    applied_at: datetime | None = strawberry.field(description="When the node came to it.")

    @classmethod
    def of(cls, row: rows.CourierEvent) -> "DeviceEvent":
        drop_id = row.content.get("drop_id")
        return cls(
            sequence=row.sequence,
            kind=row.kind,
            outcome=row.outcome,
            code=None if row.code is None else Code(row.code),
            drop_id=None if drop_id is None else to_id("DropStop", drop_id),
            at=row.device_at,
            is_time_doubted=row.is_time_doubted,
            received_at=row.created_at,
            applied_at=row.applied_at,
        )


@strawberry.type
class JobDeviceEvents:
    """The part of a DeliveryJob that tells what devices told of it."""

    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="What drivers' devices told of it, by their clock and the node's: for who carries it, and "
        "officers and dispatchers. Kept for 90 days.",
        directives=[HISTORY],
    )
    async def device_events(self, info: Info) -> list[DeviceEvent]:
        if not (self.sight.holds or self.sight.watches):
            return []
        found = await info.context.load(past_events.events_by_job, self.row.pk) or []
        return [DeviceEvent.of(row) for row in found]
