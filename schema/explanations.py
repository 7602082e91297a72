"""Why a driver was offered a job, or passed over: every factor, and a reason in words."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from marketplace.deliveries import drivers, reading
from marketplace.deliveries.dispatch import models as rows
from marketplace.deliveries.dispatch.explaining import Explanation, FactorKind, Reason
from marketplace.deliveries.dispatch.keeping import Consideration
from marketplace.deliveries.dispatch.models import Outcome
from schema.context import Info
from schema.enums import described
from schema.ids import to_id
from schema.scalars import BasisPoints

if TYPE_CHECKING:
    from schema.drivers import Driver
    from schema.jobs import DeliveryJob

DriverType = Annotated["Driver", strawberry.lazy("schema.drivers")]
JobType = Annotated["DeliveryJob", strawberry.lazy("schema.jobs")]

described(
    Outcome,
    "Whether a driver who was considered for a job was offered it.",
    {"OFFERED": "He was.", "SKIPPED": "He was passed over: see the reason."},
    name="ConsiderationOutcome",
)
described(
    FactorKind,
    "What may speak for a driver.",
    {
        "NEARNESS": "How soon he stands at the pickup, measured against when the goods are ready.",
        "SINCE_LAST_JOB": "How long he has stood ready without a job.",
        "EQUITY": "What he earned an available hour, against the co-op's median.",
        "HOME": "Whether the job leads towards his home, where he said so.",
        "ACCEPTANCE": "The share of offers that he took; weighs nothing unless the members decided otherwise.",
    },
    name="DispatchFactorKind",
)
described(
    Reason,
    "Why a driver was passed over.",
    {
        "NOT_MEMBER": "He is no active member of a co-op that carries this job.",
        "DOCUMENTS": "Licence, insurance or vehicle papers have run out or await their check.",
        "OFF_SHIFT": "He was not on shift.",
        "PAUSED": "He had paused his offers.",
        "BLOCKED": "He, the seller or the buyer asked not to meet again.",
        "DECLINED": "He declined this job before, or gave it back.",
        "UNANSWERED": "He left an earlier offer of it unanswered, and the places went to those not asked yet.",
        "TOO_FAR": "He stood outside the round's radius.",
        "VEHICLE": "His kind of vehicle does not fit.",
        "TOO_HEAVY": "The goods are too heavy for his vehicle.",
        "AT_JOB_LIMIT": "He held as many jobs as he may.",
        "OFFERS_OPEN": "As many offers as he may have at once waited for his answer.",
        "CASH_LIMIT": "The cash in his hands would pass his limit.",
        "SHIFT_ENDS": "His planned shift ends before the job would.",
        "OUTRANKED": "Others stood before him.",
        "BATCHED": "Many jobs were assigned together, and this one fell to another.",
        "NO_PLACE": "It fitted nowhere into his way: its window, his load or the end of his shift forbade it.",
    },
    name="SkipReason",
)


@strawberry.type(description="One factor's part in a driver's place.")
class DispatchFactor:
    kind: FactorKind = strawberry.field(description="What it is.")
    name: str = strawberry.field(description="Its name, in the language of Accept-Language.")
    value: BasisPoints = strawberry.field(description="0: nothing speaks for him, 10,000: all does.")
    weight: BasisPoints = strawberry.field(description="How much the members let it count.")
    points: BasisPoints = strawberry.field(description="What it added to his score: value times weight.")
    words: str = strawberry.field(description="What it was made of, in the language of Accept-Language.")


@strawberry.type(description="What came of a driver's consideration for a job, and why.")
class DispatchExplanation:
    consideration: strawberry.Private[Consideration | rows.JobOffer | rows.DispatchAppeal]
    outcome: Outcome = strawberry.field(description="Whether he was offered it.")
    round: int = strawberry.field(description="In which round of the search.")
    place: int | None = strawberry.field(description="His place, 1 before all others; null: something barred him.")
    score: BasisPoints = strawberry.field(description="The sum of his factors' points.")
    reason: Reason | None = strawberry.field(description="Why he was passed over.")
    words: str = strawberry.field(description="The outcome as a sentence, in the language of Accept-Language.")
    factors: list[DispatchFactor] = strawberry.field(description="Every factor; empty when something barred him.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(
        cls,
        row: Consideration | rows.JobOffer | rows.DispatchAppeal,
        outcome: Outcome,
        at: datetime,
        language: str,
    ) -> "DispatchExplanation":
        told = Explanation.of_record(row.explanation)
        return cls(
            consideration=row,
            outcome=outcome,
            round=row.round,
            place=told.place,
            score=BasisPoints(told.score_bp),
            reason=None if told.skip is None else told.skip.reason,
            words=told.words(language),
            factors=[
                DispatchFactor(
                    kind=factor.kind,
                    name=factor.name(language),
                    value=BasisPoints(factor.value_bp),
                    weight=BasisPoints(factor.weight_bp),
                    points=BasisPoints(factor.points_bp),
                    words=factor.words(language),
                )
                for factor in told.factors
            ],
            at=at,
        )

    @strawberry.field(description="The DeliveryJob, for `appealDispatch`.")
    async def job_id(self) -> strawberry.ID:
        return to_id("DeliveryJob", self.consideration.job_id)

    @strawberry.field(description="The job, as far as you may see it.")
    async def job(self, info: Info) -> JobType | None:
        from schema.jobs import job_seen  # jobs.py builds on this module

        row = await info.context.load(reading.jobs_by_id, self.consideration.job_id)
        return None if row is None else await job_seen(info, row)

    @strawberry.field(description="The driver.")
    async def driver(self, info: Info) -> DriverType | None:
        from schema.drivers import driver_for  # drivers.py builds on this module

        row = await info.context.load(drivers.drivers_by_id, self.consideration.driver_id)
        return None if row is None else driver_for(info, row)


def explanation_of(info: Info, row: Consideration) -> DispatchExplanation:
    """What is kept of a consideration."""
    return DispatchExplanation.of(row, row.outcome, row.at, info.context.language)
