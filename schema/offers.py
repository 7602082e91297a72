"""Offers: a job put before one driver, and his answer."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries import drivers, reading
from marketplace.deliveries import models as delivery_rows
from marketplace.deliveries.candidates import Candidate, candidates
from marketplace.deliveries.dispatch import keeping, offering
from marketplace.deliveries.dispatch import models as rows
from marketplace.deliveries.dispatch.models import OfferState, Outcome
from marketplace.deliveries.reading import ANSWERABLE, Sight
from schema.context import Info
from schema.costs import HISTORY, LISTED, cost
from schema.enums import described
from schema.explanations import DispatchExplanation, explanation_of
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Metres, Rupiah

if TYPE_CHECKING:
    from schema.drivers import Driver
    from schema.jobs import DeliveryJob

DriverType = Annotated["Driver", strawberry.lazy("schema.drivers")]
JobType = Annotated["DeliveryJob", strawberry.lazy("schema.jobs")]

described(
    OfferState,
    "What became of an offer.",
    {
        "OPEN": "It lies before the driver.",
        "ACCEPTED": "He took the job by it.",
        "DECLINED": "He said no; that costs nothing.",
        "EXPIRED": "He did not answer in time; that costs nothing either.",
        "WITHDRAWN": "It was taken back: another has the job, it was called off, he paused, or his hands are full.",
    },
    name="JobOfferState",
)


@strawberry.type(description="A driver to whom a dispatcher may give a job by hand.")
class JobCandidate:
    row: strawberry.Private[Candidate]
    distance_to_pickup: Metres = strawberry.field(description="As the crow flies, from his last place.")
    placed_at: datetime = strawberry.field(description="When he was there.")

    @strawberry.field(description="Who he is.")
    async def driver(self, info: Info) -> DriverType:
        from schema.drivers import Driver  # drivers.py builds on this module

        return Driver.of(self.row.driver)


@strawberry.type(description="A job put before one driver, with all that he should know before he answers.")
class JobOffer:
    row: strawberry.Private[rows.JobOffer]
    id: strawberry.ID = strawberry.field(description="To answer it by.")
    state: OfferState = strawberry.field(description="What became of it.")
    round: int = strawberry.field(description="In which round of the search.")
    price: Rupiah = strawberry.field(description="What carrying brings, to be shared by carrier and driver.")
    own_share: Rupiah = strawberry.field(description="The driver's own part of it, as the shares stand now.")
    distance_to_pickup: Metres = strawberry.field(description="From where he is to the pickup, by road, estimated.")
    wait_seconds: int = strawberry.field(description="How long he waits there until the goods are ready, estimated.")
    cash_to_carry: Rupiah = strawberry.field(description="Cash that passes through his hands.")
    offered_at: datetime = strawberry.field(description="When it was put before him.")
    expires_at: datetime = strawberry.field(description="Until when he may answer.")
    ended_at: datetime | None = strawberry.field(description="When it was answered, ran out or was taken back.")
    reason: str | None = strawberry.field(description="Why he declined, if he said.")

    @classmethod
    def of(cls, row: rows.JobOffer) -> "JobOffer":
        return cls(
            id=to_id("JobOffer", row.pk),
            row=row,
            state=row.state,
            round=row.round,
            price=Rupiah(row.price),
            own_share=Rupiah(row.own_share),
            distance_to_pickup=Metres(row.distance_m),
            wait_seconds=row.wait_s,
            cash_to_carry=Rupiah(row.cash),
            offered_at=row.created_at,
            expires_at=row.expires_at,
            ended_at=row.ended_at,
            reason=row.reason,
        )

    @strawberry.field(description="Why this driver: each factor of his place.", directives=[cost()])
    async def why(self, info: Info) -> DispatchExplanation:
        return DispatchExplanation.of(self.row, Outcome.OFFERED, self.row.created_at, info.context.language)

    @strawberry.field(description="The job; null when it is no more before you.")
    async def job(self, info: Info) -> JobType | None:
        from schema.jobs import DeliveryJob, job_seen  # jobs.py builds on this module

        job = await info.context.load(reading.jobs_by_id, self.row.job_id)
        if job is None:
            return None
        is_mine = info.context.actor.account_id == self.row.driver_account_id and self.row.state is OfferState.OPEN
        seen = await job_seen(info, job)
        return seen or (DeliveryJob.of(job, Sight(may_take=True)) if is_mine else None)

    @strawberry.field(description="Before whom it lies.")
    async def driver(self, info: Info) -> DriverType | None:
        from schema.drivers import driver_for  # drivers.py builds on this module

        row = await info.context.load(drivers.drivers_by_id, self.row.driver_id)
        return None if row is None else driver_for(info, row)


@strawberry.type
class DriverOffers:
    row: strawberry.Private[delivery_rows.Driver]

    @strawberry.field(
        description="Jobs that lie before him now, the first to end first, 50 at most; himself only.",
        directives=[cost(5, rows=3)],
    )
    async def offers(self, info: Info) -> list[JobOffer]:
        if info.context.actor.account_id != self.row.account_id:
            return []
        return [JobOffer.of(row) for row in await offering.offers_before(self.row.pk)]

    @strawberry.field(
        description="For which jobs he was considered, and what came of it and why, newest first; kept for 14 days. "
        "Himself only.",
        directives=[LISTED],
    )
    async def considerations(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DispatchExplanation] | None:
        if info.context.actor.account_id != self.row.account_id:
            return None
        page = await keeping.considered_of_driver(self.row.pk, first=first, after=after)
        return connection_of(page, lambda row: explanation_of(info, row), after=after)


@strawberry.type
class JobOffers:
    row: strawberry.Private[delivery_rows.DeliveryJob]

    @strawberry.field(
        description="Before whom it was put, oldest first; officers and dispatchers of the shop's co-op only.",
        directives=[HISTORY],
    )
    async def offers(self, info: Info) -> list[JobOffer]:
        if not _answers(info, self.row.cooperative_id):
            return []
        return [JobOffer.of(row) for row in await info.context.load(offering.offers_by_job, self.row.pk) or []]

    @strawberry.field(
        description="Which drivers were considered for it, and why each was offered it or not, kept for 14 days; "
        "officers and dispatchers of the shop's co-op only.",
        directives=[LISTED],
    )
    async def considerations(
        self, info: Info, first: First = 20, after: After = None
    ) -> Connection[DispatchExplanation] | None:
        if not _answers(info, self.row.cooperative_id):
            return None
        page = await keeping.considered_for_job(self.row.pk, first=first, after=after)
        return connection_of(page, lambda row: explanation_of(info, row), after=after)

    @strawberry.field(
        description="To whom it may be given by hand (reassignJob): drivers who take jobs now, the nearest first, at "
        "most 20; officers and dispatchers of the shop's co-op, and of the carrier's for its own drivers.",
        directives=[cost(10, rows=20)],
    )
    async def candidates(self, info: Info) -> list[JobCandidate]:
        found = await candidates(info.context.actor, self.row, info.context.adapters.dispatch)
        return [
            JobCandidate(row=one, distance_to_pickup=Metres(one.metres), placed_at=one.placed_at) for one in found
        ]


def _answers(info: Info, cooperative_id: UUID) -> bool:
    return info.context.actor.holds(*ANSWERABLE, cooperative_id=cooperative_id)


@strawberry.input(description="Which offer to take.")
class AcceptOfferInput:
    offer_id: strawberry.ID = strawberry.field(description="The JobOffer.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which offer to decline.")
class DeclineOfferInput:
    offer_id: strawberry.ID = strawberry.field(description="The JobOffer.")
    reason: str | None = strawberry.field(description="Why, at most 300 characters; need not be said.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


AcceptedJobResult = Annotated[
    Annotated["DeliveryJob", strawberry.lazy("schema.jobs")] | Problem,
    strawberry.union("AcceptedJobResult", description="The job that you hold now, or why not."),
]
JobOfferResult = Annotated[
    JobOffer | Problem, strawberry.union("JobOfferResult", description="The offer, or why not.")
]


@strawberry.type
class OfferMutation:
    @strawberry.mutation(
        description="Take the job that was offered to you: of all who accept at once exactly one holds it. Fails "
        "with JOB_TAKEN, WRONG_STATE when it is over, NOT_ON_SHIFT, AT_JOB_LIMIT, CASH_LIMIT, LIMIT_EXCEEDED, "
        "EXPIRED, NET_DEBIT_CAP, NOT_FOUND."
    )
    @intent
    async def accept_offer(self, info: Info, input: AcceptOfferInput) -> AcceptedJobResult:
        from schema.carrying import dress_job  # carrying.py builds on jobs.py, which builds on this module

        row = await offering.accept_offer(
            info.context.actor,
            offer_id=from_id("JobOffer", input.offer_id, "offerId"),
            key=input.idempotency_key,
            dispatch=info.context.adapters.dispatch,
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Say no to an offer: it costs nothing, and the job goes to the next at once. One that is over "
        "is answered as it is. Fails with NOT_FOUND."
    )
    @intent
    async def decline_offer(self, info: Info, input: DeclineOfferInput) -> JobOfferResult:
        row = await offering.decline_offer(
            info.context.actor,
            offer_id=from_id("JobOffer", input.offer_id, "offerId"),
            reason=input.reason,
            key=input.idempotency_key,
        )
        info.context.forget()
        return JobOffer.of(row)
