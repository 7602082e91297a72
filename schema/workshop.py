"""A workshop's job cards: booked in, estimated, agreed to, done and billed."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.units import reading as units_reading
from cooperatives.units import service
from cooperatives.units.kinds import SaleWay
from cooperatives.units.models import BusinessUnit as BusinessUnitRow
from cooperatives.units.workshop import reading
from cooperatives.units.workshop.access import seen_job
from cooperatives.units.workshop.lifecycle import JobState
from cooperatives.units.workshop.models import JobCard as Row
from schema.context import Info
from schema.costs import LISTED
from schema.dues import member_of
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah, rupiah_or_none
from schema.unit_trade import UnitSale, UnitSaleLine, sale_of

if TYPE_CHECKING:
    from schema.memberships import Membership
    from schema.units import BusinessUnit

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]
BusinessUnitType = Annotated["BusinessUnit", strawberry.lazy("schema.units")]

described(
    JobState,
    "Where a job stands.",
    {
        "BOOKED": "A time is kept for it.",
        "RECEIVED": "The vehicle is in the workshop.",
        "ESTIMATED": "The customer is asked whether it may cost so much; work waits.",
        "WORKING": "He agreed, and its parts are set aside.",
        "BILLED": "Done; its sale stands.",
        "CANCELLED": "Called off before any work.",
    },
    name="JobCardState",
)


@strawberry.type(description="One visit of a vehicle to a workshop.")
class JobCard(Node):
    row: strawberry.Private[Row]
    number: str = strawberry.field(description="On the card: `SPK/2026/00001`.")
    customer: str = strawberry.field(description="Whose vehicle it is, by name.")
    vehicle: str = strawberry.field(description="Plate and make.")
    complaint: str = strawberry.field(description="What is wrong with it.")
    booked_for: datetime = strawberry.field(description="When it comes in.")
    state: JobState = strawberry.field(description="Where it stands.")
    lines: list[UnitSaleLine] = strawberry.field(description="Labour and parts, as last estimated.")
    total: Rupiah = strawberry.field(description="What they come to.")
    agreed: Rupiah | None = strawberry.field(description="What the customer agreed to; null: nothing yet.")
    agreed_at: datetime | None = strawberry.field(description="When he did.")
    ended_at: datetime | None = strawberry.field(description="When it was billed or called off.")

    @classmethod
    def of(cls, row: Row) -> "JobCard":
        return cls(
            id=to_id("JobCard", row.pk),
            row=row,
            number=row.number,
            customer=row.customer,
            vehicle=row.vehicle,
            complaint=row.complaint,
            booked_for=row.booked_for,
            state=row.state,
            lines=[UnitSaleLine.of(line) for line in row.lines],
            total=Rupiah(row.total),
            agreed=rupiah_or_none(row.agreed),
            agreed_at=row.agreed_at,
            ended_at=row.ended_at,
        )

    @strawberry.field(description="The workshop.")
    async def unit(self, info: Info) -> BusinessUnitType:
        from schema.units import BusinessUnit  # which shows its jobs

        row = await info.context.load(units_reading.units_by_id, self.row.unit_id)
        assert row is not None  # a unit is never removed
        return BusinessUnit.of(row)

    @strawberry.field(description="The member whose vehicle it is; null: somebody else.")
    async def member(self, info: Info) -> MembershipType | None:
        return None if self.row.membership_id is None else await member_of(info, self.row.membership_id)

    @strawberry.field(description="Its bill, once there is one.")
    async def sale(self, info: Info) -> UnitSale | None:
        return None if self.row.sale_id is None else await sale_of(info, self.row.sale_id)


@strawberry.type
class UnitJobs:
    """A unit's job cards; added to `BusinessUnit`."""

    row: strawberry.Private[BusinessUnitRow]

    @strawberry.field(
        description="Its job cards, the latest first. Officers, unit managers and pengawas.", directives=[LISTED]
    )
    async def jobs(
        self,
        info: Info,
        state: Annotated[JobState | None, strawberry.argument(description="Only in this state.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[JobCard]:
        page = await reading.list_jobs(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, JobCard.of, after=after)


@strawberry.type
class MembershipJobs:
    """A member's vehicles in the workshop; added to `Membership`."""

    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="This member's job cards, the latest first. Himself and who reads his dues.", directives=[LISTED]
    )
    async def job_cards(self, info: Info, first: First = 10, after: After = None) -> Connection[JobCard]:
        page = await reading.jobs_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, JobCard.of, after=after)


@finds("JobCard")
async def find_job(info: Info, id: UUID) -> JobCard | None:
    row = await seen_job(info.context.actor, id)
    return None if row is None else JobCard.of(row)


JobCardResult = Annotated[
    JobCard | Problem, strawberry.union("JobCardResult", description="The job as it now stands, or why not.")
]


@strawberry.input(description="A vehicle that is to come in.")
class BookWorkshopJobInput:
    unit_id: strawberry.ID = strawberry.field(description="A BusinessUnit that takes jobs.")
    membership_id: strawberry.ID | None = strawberry.field(
        default=None, description="The Membership whose vehicle it is; null, by a keeper alone: somebody else's."
    )
    customer: str = strawberry.field(default="", description="Who it is, where he is no member; 2 to 120 characters.")
    vehicle: str = strawberry.field(description="Plate and make, 2 to 120 characters.")
    complaint: str = strawberry.field(description="What is wrong with it, 2 to 500 characters.")
    booked_for: datetime = strawberry.field(description="While the unit's shop is open, within 60 days.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which job.")
class ReceiveWorkshopJobInput:
    id: strawberry.ID = strawberry.field(description="A BOOKED JobCard.")


@strawberry.input(description="A line of an estimate: a part by its item, or labour by name and price.")
class JobLineInput:
    item_id: strawberry.ID | None = strawberry.field(
        default=None, description="A UnitItem of the unit, at the customer's price."
    )
    name: str = strawberry.field(default="", description="Of labour, 2 to 160 characters.")
    price: Rupiah = strawberry.field(default=Rupiah(0), description="Of labour, each.")
    quantity: int = strawberry.field(default=1, description="How many, 1 to 1,000,000.")


@strawberry.input(description="All that a job takes.")
class EstimateWorkshopJobInput:
    id: strawberry.ID = strawberry.field(description="A RECEIVED, ESTIMATED or WORKING JobCard.")
    lines: list[JobLineInput] = strawberry.field(description="1 to 100: they replace those that stood.")


@strawberry.input(description="The customer's word on an estimate.")
class AnswerJobEstimateInput:
    id: strawberry.ID = strawberry.field(description="An ESTIMATED JobCard.")
    is_agreed: bool = strawberry.field(description="False: what was agreed to before stands.")


@strawberry.input(description="How a finished job is paid.")
class BillWorkshopJobInput:
    id: strawberry.ID = strawberry.field(description="A WORKING JobCard.")
    way: SaleWay = strawberry.field(description="CASH, TRANSFER, or CREDIT for a member; FINANCED with `loanId`.")
    due_on: date | None = strawberry.field(default=None, description="On CREDIT; the unit's days when left out.")
    loan_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="FINANCED: the APPROVED Loan that pays this job, at what it cost when it was asked for.",
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which job.")
class CancelWorkshopJobInput:
    id: strawberry.ID = strawberry.field(description="A JobCard of which nothing was agreed to yet.")


@strawberry.type
class WorkshopMutation:
    @strawberry.mutation(
        description="A member books his vehicle in, or a keeper anybody's. Fails with NOT_FOUND, FORBIDDEN, INVALID, "
        "SLOT_TAKEN when all bays are taken then, SHOP_CLOSED, WRONG_STATE for a unit that takes no jobs."
    )
    @intent
    async def book_workshop_job(
        self, info: Info, input: Annotated[BookWorkshopJobInput, strawberry.argument(description="Which, when.")]
    ) -> JobCardResult:
        member = input.membership_id
        row = await service.book_job(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.unit_id, "unitId"),
            membership_id=None if member is None else from_id("Membership", member, "membershipId"),
            customer=input.customer,
            vehicle=input.vehicle,
            complaint=input.complaint,
            booked_for=input.booked_for,
            key=input.idempotency_key,
        )
        return JobCard.of(row)

    @strawberry.mutation(description="A keeper has the vehicle. Fails with NOT_FOUND, FORBIDDEN, WRONG_STATE.")
    @intent
    async def receive_workshop_job(
        self, info: Info, input: Annotated[ReceiveWorkshopJobInput, strawberry.argument(description="Which.")]
    ) -> JobCardResult:
        return JobCard.of(await service.receive_job(info.context.actor, job_id=from_id("JobCard", input.id)))

    @strawberry.mutation(
        description="A keeper says what the job takes. Beyond what the customer agreed to he is asked, and told in a "
        "notice, and work waits; within it, work goes on. Fails with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE, "
        "OUT_OF_STOCK."
    )
    @intent
    async def estimate_workshop_job(
        self, info: Info, input: Annotated[EstimateWorkshopJobInput, strawberry.argument(description="All lines.")]
    ) -> JobCardResult:
        lines = [
            service.SaleLine(
                line.quantity,
                None if line.item_id is None else from_id("UnitItem", line.item_id, f"lines.{place}.itemId"),
                line.name,
                int(line.price),
            )
            for place, line in enumerate(input.lines)
        ]
        row = await service.estimate_job(info.context.actor, job_id=from_id("JobCard", input.id), lines=lines)
        return JobCard.of(row)

    @strawberry.mutation(
        description="The member agrees to an estimate, so that work goes on and parts are set aside, or not. For "
        "who is no member a keeper writes down his word. Fails with NOT_FOUND, FORBIDDEN, WRONG_STATE, OUT_OF_STOCK."
    )
    @intent
    async def answer_job_estimate(
        self, info: Info, input: Annotated[AnswerJobEstimateInput, strawberry.argument(description="His word.")]
    ) -> JobCardResult:
        row = await service.answer_estimate(
            info.context.actor, job_id=from_id("JobCard", input.id), is_agreed=input.is_agreed
        )
        return JobCard.of(row)

    @strawberry.mutation(
        description="A keeper bills a finished job: a sale of its labour and parts, paid at once, on credit or by an "
        "approved loan. Fails with NOT_FOUND, FORBIDDEN, INVALID, WRONG_STATE, OUT_OF_STOCK, LIMIT_EXCEEDED, "
        "CONFLICT when the loan was agreed to for something else."
    )
    @intent
    async def bill_workshop_job(
        self, info: Info, input: Annotated[BillWorkshopJobInput, strawberry.argument(description="How.")]
    ) -> JobCardResult:
        row = await service.bill_job(
            info.context.actor,
            job_id=from_id("JobCard", input.id),
            way=input.way,
            due_on=input.due_on,
            loan_id=None if input.loan_id is None else from_id("Loan", input.loan_id, "loanId"),
            key=input.idempotency_key,
        )
        return JobCard.of(row)

    @strawberry.mutation(
        description="The member, or a keeper, calls a job off before anything was agreed to, and with it what "
        "loan was asked for to pay it. Fails with NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def cancel_workshop_job(
        self, info: Info, input: Annotated[CancelWorkshopJobInput, strawberry.argument(description="Which.")]
    ) -> JobCardResult:
        return JobCard.of(await service.cancel_job(info.context.actor, job_id=from_id("JobCard", input.id)))
