"""A driver's call for help, and those who answer it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import drivers
from marketplace.deliveries.courier import models as rows
from marketplace.deliveries.courier import sos
from marketplace.deliveries.courier.models import SosState
from schema.context import Info
from schema.costs import LISTED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPoint, GeoPointInput
from schema.shifts import place_of

if TYPE_CHECKING:
    from schema.drivers import Driver

described(
    SosState,
    "Where a call for help stands.",
    {
        "RAISED": "Nobody has answered yet.",
        "ACKNOWLEDGED": "Someone of the co-op acts.",
        "CLOSED": "It is over.",
    },
)


@strawberry.type(description="A driver calls for help.")
class SosAlert(Node):
    row: strawberry.Private[rows.SosAlert]
    state: SosState = strawberry.field(description="Where it stands.")
    place: GeoPoint = strawberry.field(
        description="Where the driver is, exactly while it lasts; to about a hundred metres once it is closed."
    )
    placed_at: datetime = strawberry.field(description="When he was there.")
    text: str = strawberry.field(description="What he says; may be empty.")
    job_id: strawberry.ID | None = strawberry.field(description="The DeliveryJob that he carries.")
    raised_at: datetime = strawberry.field(description="When he called.")
    acknowledged_at: datetime | None = strawberry.field(description="When someone of the co-op answered.")
    closed_at: datetime | None = strawberry.field(description="When it was closed.")
    reason: str | None = strawberry.field(description="How it ended.")

    @classmethod
    def of(cls, row: rows.SosAlert) -> "SosAlert":
        return cls(
            id=to_id("SosAlert", row.pk),
            row=row,
            state=row.state,
            place=GeoPoint(lat=row.lat, lon=row.lon),
            placed_at=row.placed_at,
            text=row.text,
            job_id=None if row.job_id is None else to_id("DeliveryJob", row.job_id),
            raised_at=row.created_at,
            acknowledged_at=row.acknowledged_at,
            closed_at=row.closed_at,
            reason=row.reason,
        )

    @strawberry.field(description="Who calls, with his phone.")
    async def driver(self, info: Info) -> Annotated["Driver", strawberry.lazy("schema.drivers")] | None:
        from schema.drivers import driver_for  # cooperatives.py builds on both

        row = await info.context.load(drivers.drivers_by_id, self.row.driver_id)
        return None if row is None else driver_for(info, row, is_reachable=True)


@finds("SosAlert")
async def find_sos_alert(info: Info, id: UUID) -> SosAlert | None:
    row = await sos.alert_seen(info.context.actor, id)
    return None if row is None else SosAlert.of(row)


@strawberry.type
class CooperativeSos:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Calls for help of its drivers, newest first. Its officers and dispatchers only.",
        directives=[LISTED],
    )
    async def sos_alerts(
        self,
        info: Info,
        open_only: Annotated[bool, strawberry.argument(description="Only those not closed.")] = True,
        first: First = 20,
        after: After = None,
    ) -> Connection[SosAlert]:
        actor = info.context.actor
        page = await sos.alerts_of(actor, self.row.pk, open_only=open_only, first=first, after=after)
        return connection_of(page, SosAlert.of, after=after)


@strawberry.input(description="Where you need help.")
class RaiseSosInput:
    place: GeoPointInput = strawberry.field(description="Where you are, as exactly as your device knows.")
    text: str = strawberry.field(description="What happened, at most 300 characters; may be empty.", default="")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which call for help.")
class SosInput:
    id: strawberry.ID = strawberry.field(description="The SosAlert.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which call for help, and how it ended.")
class CloseSosInput(SosInput):
    reason: str = strawberry.field(description="1 to 300 characters.")


SosResult = Annotated[SosAlert | Problem, strawberry.union("SosResult", description="The call, or why not.")]


@strawberry.type
class SosMutation:
    @strawberry.mutation(
        description="Call for help: officers and dispatchers of your co-op, and of the one whose goods you carry, "
        "are rung at once. While a call stands, another moves its place. Every driver, on shift or not. "
        "Fails: FORBIDDEN."
    )
    @intent
    async def raise_sos(
        self, info: Info, input: Annotated[RaiseSosInput, strawberry.argument(description="Where.")]
    ) -> SosResult:
        row = await sos.raise_sos(
            info.context.actor, place=place_of(input.place), text=input.text, key=input.idempotency_key
        )
        return SosAlert.of(row)

    @strawberry.mutation(
        description="Say that you have seen a call for help and act: officers and dispatchers. Fails: WRONG_STATE."
    )
    @intent
    async def acknowledge_sos(
        self, info: Info, input: Annotated[SosInput, strawberry.argument(description="Which.")]
    ) -> SosResult:
        id = from_id("SosAlert", input.id)
        return SosAlert.of(await sos.acknowledge_sos(info.context.actor, sos_id=id, key=input.idempotency_key))

    @strawberry.mutation(
        description="Close a call for help and say how it ended: officers and dispatchers. Fails: WRONG_STATE."
    )
    @intent
    async def close_sos(
        self, info: Info, input: Annotated[CloseSosInput, strawberry.argument(description="Which, and how.")]
    ) -> SosResult:
        row = await sos.close_sos(
            info.context.actor, sos_id=from_id("SosAlert", input.id), reason=input.reason, key=input.idempotency_key
        )
        return SosAlert.of(row)
