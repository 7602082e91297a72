"""Papers of drivers: shown by them, looked at by their officers. The photo goes and comes by HTTP."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import models as rows
from marketplace.deliveries.roster import models as roster_rows
from marketplace.deliveries.roster import papers
from marketplace.deliveries.roster.models import PaperKind, PaperState
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent

described(
    PaperKind,
    "A paper that a driver rides with.",
    {
        "SIM": "His licence.",
        "STNK": "The vehicle's registration.",
        "INSURANCE": "His insurance.",
        "HEALTH": "A health certificate (surat keterangan sehat).",
    },
    name="DriverPaperKind",
)
described(
    PaperState,
    "Where a driver's paper stands.",
    {
        "INCOMPLETE": "Its photo is missing.",
        "SUBMITTED": "An officer looks at it.",
        "APPROVED": "It counts: once it has ended, he can start no shift.",
        "REFUSED": "An officer declined it, with a reason.",
    },
    name="DriverPaperState",
)


@strawberry.type(description="A paper that a driver showed. Of its number only the last signs are kept.")
class DriverPaper:
    id: strawberry.ID = strawberry.field(description="To decide on it, or to send its photo, by.")
    driver_id: strawberry.ID = strawberry.field(description="Whose it is.")
    kind: PaperKind = strawberry.field(description="What it is.")
    vehicle_id: strawberry.ID | None = strawberry.field(description="Of which vehicle, for an STNK.")
    number: str = strawberry.field(
        description="All but its last signs covered; empty where he named nothing but its day as he applied."
    )
    expires_on: date = strawberry.field(description="The last day on which it holds.")
    state: PaperState = strawberry.field(description="Where it stands.")
    reason: str | None = strawberry.field(description="Why it was refused.")
    photo_url: str | None = strawberry.field(
        description="Where its photo is, relative to the node's address, with your token; null until it was sent, "
        "and once it was erased."
    )
    decided_at: datetime | None = strawberry.field(description="When an officer decided.")

    @classmethod
    def of(cls, row: roster_rows.DriverPaper) -> "DriverPaper":
        id = to_id("DriverPaper", row.pk)
        return cls(
            id=id,
            driver_id=to_id("Driver", row.driver_id),
            kind=row.kind,
            vehicle_id=None if row.vehicle_id is None else to_id("DriverVehicle", row.vehicle_id),
            number=row.masked_number,
            expires_on=row.expires_on,
            state=row.state,
            reason=row.reason,
            photo_url=None if row.photo_hash is None else f"/driver-papers/{id}",
            decided_at=row.decided_at,
        )


@strawberry.type
class DriverPapers:
    row: strawberry.Private[rows.Driver]
    is_full: strawberry.Private[bool]

    @strawberry.field(
        description="His papers but those that a later one replaced, newest first; himself and officers only.",
        directives=[cost(2, rows=5)],
    )
    async def papers(self, info: Info) -> list[DriverPaper] | None:
        if not self.is_full:
            return None
        found = await info.context.load(papers.papers_by_driver, self.row.pk) or []
        return [DriverPaper.of(row) for row in found]


@strawberry.type
class CooperativePapers:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Drivers' papers that wait for an officer, newest first; its officers only.", directives=[LISTED]
    )
    async def papers_to_check(self, info: Info, first: First = 20, after: After = None) -> Connection[DriverPaper]:
        page = await papers.papers_to_check(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, DriverPaper.of, after=after)


@strawberry.input(description="A paper of yours. Send its photo to `/uploads/driver-papers/<id>` afterwards.")
class SubmitPaperInput:
    kind: PaperKind = strawberry.field(description="What it is.")
    number: str = strawberry.field(description="Its number, 4 to 40 signs; only the last four are kept.")
    expires_on: date = strawberry.field(description="The last day on which it holds, today or later.")
    vehicle_id: strawberry.ID | None = strawberry.field(
        description="Your vehicle: needed with an STNK, and only there.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which paper is in order.")
class ApprovePaperInput:
    id: strawberry.ID = strawberry.field(description="The paper.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which paper is not, and why.")
class RefusePaperInput:
    id: strawberry.ID = strawberry.field(description="The paper.")
    reason: str = strawberry.field(description="What the driver will read, 1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


PaperResult = Annotated[DriverPaper | Problem, strawberry.union("PaperResult", description="The paper, or why not.")]


@strawberry.type
class PaperMutation:
    @strawberry.mutation(
        description="Show a paper to your co-op; it comes before the officers with its photo. Fails with NOT_FOUND, "
        "TOO_MANY, EXPIRED."
    )
    @intent
    async def submit_paper(
        self, info: Info, input: Annotated[SubmitPaperInput, strawberry.argument(description="Which paper.")]
    ) -> PaperResult:
        vehicle_id = None if input.vehicle_id is None else from_id("DriverVehicle", input.vehicle_id, "vehicleId")
        row = await papers.submit_paper(
            info.context.actor,
            kind=input.kind,
            number=input.number,
            expires_on=input.expires_on,
            vehicle_id=vehicle_id,
            key=input.idempotency_key,
        )
        return DriverPaper.of(row)

    @strawberry.mutation(
        description="An officer finds a paper in order: its day counts from now on. Fails: WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def approve_paper(
        self, info: Info, input: Annotated[ApprovePaperInput, strawberry.argument(description="Which paper.")]
    ) -> PaperResult:
        paper_id = from_id("DriverPaper", input.id)
        row = await papers.approve_paper(info.context.actor, paper_id=paper_id, key=input.idempotency_key)
        return DriverPaper.of(row)

    @strawberry.mutation(description="An officer declines a paper. Fails with WRONG_STATE, NOT_FOUND, OUT_OF_RANGE.")
    @intent
    async def refuse_paper(
        self, info: Info, input: Annotated[RefusePaperInput, strawberry.argument(description="Which, and why.")]
    ) -> PaperResult:
        row = await papers.refuse_paper(
            info.context.actor,
            paper_id=from_id("DriverPaper", input.id),
            reason=input.reason,
            key=input.idempotency_key,
        )
        return DriverPaper.of(row)
