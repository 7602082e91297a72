"""What goes wrong on a job, and the remedy that a dispatcher accepts."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import drivers, reading
from marketplace.deliveries import models as job_rows
from marketplace.deliveries.courier import incidents
from marketplace.deliveries.courier import models as rows
from marketplace.deliveries.courier.models import IncidentKind, Remedy
from marketplace.deliveries.courier.remedies import suggested
from marketplace.deliveries.reading import Sight
from schema.context import Info
from schema.costs import HISTORY, LISTED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.named import OfJob
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPoint, GeoPointInput, Rupiah
from schema.shifts import place_of

if TYPE_CHECKING:
    from schema.drivers import Driver

described(
    IncidentKind,
    "What stops a driver on his way.",
    {
        "FLAT_TYRE": "A flat tyre.",
        "BREAKDOWN": "The vehicle broke down.",
        "ACCIDENT": "An accident.",
        "SHOP_CLOSED": "The shop is closed.",
        "GOODS_NOT_READY": "The goods are not ready.",
        "GOODS_DAMAGED": "The goods are damaged.",
        "UNSAFE_PLACE": "It is not safe there.",
        "ROAD_BLOCKED": "The road is blocked: flood, procession, demonstration.",
        "ILLNESS": "The driver has fallen ill.",
        "OTHER": "Something else: say what in `text`.",
    },
)
described(
    Remedy,
    "What is done about an incident.",
    {
        "WAIT": "Nothing yet: the driver goes on when he can.",
        "REASSIGN": "Before the pickup: another driver takes the job.",
        "HAND_OVER": "On the road: another driver is offered the goods.",
        "TURN_BACK": "On the road: what is carried goes back to the shop.",
        "CANCEL": "Before the pickup: the order, or the delivery booked alone, is called off.",
    },
)


@strawberry.type(description="Something that went wrong on a job.")
class Incident(Node):
    row: strawberry.Private[rows.Incident]
    kind: IncidentKind = strawberry.field(description="What happened.")
    text: str = strawberry.field(description="In the driver's words; may be empty.")
    place: GeoPoint | None = strawberry.field(description="Where.")
    job_id: strawberry.ID = strawberry.field(description="The DeliveryJob.")
    reported_at: datetime = strawberry.field(description="When the node heard of it.")
    happened_at: datetime | None = strawberry.field(description="When, by the device's clock.")
    remedy: Remedy | None = strawberry.field(description="What was done; null while nothing was.")
    decided_at: datetime | None = strawberry.field(description="When.")
    reason: str | None = strawberry.field(description="Why.")

    @classmethod
    def of(cls, row: rows.Incident) -> "Incident":
        has_place = row.lat is not None and row.lon is not None
        return cls(
            id=to_id("Incident", row.pk),
            row=row,
            kind=row.kind,
            text=row.text,
            place=GeoPoint(lat=row.lat or 0.0, lon=row.lon or 0.0) if has_place else None,
            job_id=to_id("DeliveryJob", row.job_id),
            reported_at=row.created_at,
            happened_at=row.happened_at,
            remedy=row.remedy,
            decided_at=row.decided_at,
            reason=row.reason,
        )

    @strawberry.field(description="What may be done about it now, best first; empty once something was done.")
    async def remedies(self, info: Info) -> list[Remedy]:
        job = await info.context.load(reading.jobs_by_id, self.row.job_id)
        return [] if job is None or self.row.remedy is not None else list(suggested(self.row.kind, job.state))

    @strawberry.field(description="Whom it stopped.")
    async def driver(self, info: Info) -> Annotated["Driver", strawberry.lazy("schema.drivers")] | None:
        from schema.drivers import driver_for  # cooperatives.py builds on both

        row = await info.context.load(drivers.drivers_by_id, self.row.driver_id)
        return None if row is None else driver_for(info, row, is_reachable=True)


@finds("Incident")
async def find_incident(info: Info, id: UUID) -> Incident | None:
    row = await incidents.incident_seen(info.context.actor, id)
    return None if row is None else Incident.of(row)


@strawberry.type
class JobIncidents:
    """The part of a DeliveryJob that tells what went wrong."""

    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="What went wrong on it, oldest first; its driver, officers and dispatchers. Else empty.",
        directives=[HISTORY],
    )
    async def incidents(self, info: Info) -> list[Incident]:
        if not (self.sight.holds or self.sight.watches):
            return []
        found = await info.context.load(incidents.incidents_by_job, self.row.pk) or []
        return [Incident.of(row) for row in found]


@strawberry.type
class CooperativeIncidents:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="What went wrong on its drivers' jobs, newest first. Its officers and dispatchers only.",
        directives=[LISTED],
    )
    async def incidents(
        self,
        info: Info,
        open_only: Annotated[bool, strawberry.argument(description="Only where nothing was done yet.")] = True,
        first: First = 20,
        after: After = None,
    ) -> Connection[Incident]:
        actor = info.context.actor
        page = await incidents.incidents_of(actor, self.row.pk, open_only=open_only, first=first, after=after)
        return connection_of(page, Incident.of, after=after)


@strawberry.input(description="What stops you.")
class ReportIncidentInput(OfJob):
    kind: IncidentKind = strawberry.field(description="What happened.")
    text: str = strawberry.field(description="In words, at most 300; needed with OTHER.", default="")
    place: GeoPointInput | None = strawberry.field(description="Where.", default=None)


@strawberry.input(description="What is to be done about an incident.")
class AcceptRemedyInput:
    incident_id: strawberry.ID = strawberry.field(description="The Incident.")
    remedy: Remedy = strawberry.field(description="One of its `remedies`.")
    driver_id: strawberry.ID | None = strawberry.field(
        description="With REASSIGN and HAND_OVER: the Driver who takes it.", default=None
    )
    giver_part: Rupiah = strawberry.field(
        default=Rupiah(0), description="With HAND_OVER: for the first driver's part of the way."
    )
    reason: str = strawberry.field(description="1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


IncidentResult = Annotated[
    Incident | Problem, strawberry.union("IncidentResult", description="The incident, or why not.")
]


@strawberry.type
class IncidentMutation:
    @strawberry.mutation(
        description="Say what stops you on a job that you hold; dispatchers hear and choose what is done. "
        "Fails with REQUIRED, TOO_MANY, NOT_FOUND."
    )
    @intent
    async def report_incident(
        self, info: Info, input: Annotated[ReportIncidentInput, strawberry.argument(description="What happened.")]
    ) -> IncidentResult:
        place = None if input.place is None else place_of(input.place)
        row = await incidents.report_incident(
            info.context.actor, **input.job(), kind=input.kind, text=input.text, place=place
        )
        return Incident.of(row)

    @strawberry.mutation(
        description="Choose what is done about an incident, and have it done. Officers and dispatchers of the "
        "driver's co-op or the shop's. Fails with CONFLICT, WRONG_STATE, REQUIRED, NOT_FOUND, "
        "and as what it does."
    )
    @intent
    async def accept_remedy(
        self, info: Info, input: Annotated[AcceptRemedyInput, strawberry.argument(description="Which, and what.")]
    ) -> IncidentResult:
        row = await incidents.accept_remedy(
            info.context.actor,
            incident_id=from_id("Incident", input.incident_id, "incidentId"),
            remedy=input.remedy,
            driver_id=None if input.driver_id is None else from_id("Driver", input.driver_id, "driverId"),
            giver_part=int(input.giver_part),
            reason=input.reason,
            key=input.idempotency_key,
            dispatch=info.context.adapters.dispatch,
        )
        info.context.forget()
        return Incident.of(row)
