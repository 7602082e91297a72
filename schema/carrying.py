"""What a driver does with a job: claim, give up, arrive, pick up, drop off, fail, bring back."""

from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.deliveries import models as rows
from marketplace.deliveries import service
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.reading import Sight
from schema.context import Info
from schema.ids import from_id
from schema.jobs import DeliveryJob, job_seen
from schema.problems import KEY, Problem, intent
from schema.scalars import GeoPointInput
from schema.shifts import place_of


@strawberry.input(description="Which job to take.")
class ClaimJobInput:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which job, and why.")
class JobReasonInput:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    reason: str = strawberry.field(description="1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="At which stop you are.")
class ArriveInput:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    drop_id: strawberry.ID | None = strawberry.field(
        description="Which drop; may be left out at the pickup and when there is one.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The seller's PIN for the goods he hands over, or takes back.")
class SellerPinInput:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    pin: str = strawberry.field(description="What the seller tells you.")
    place: GeoPointInput | None = strawberry.field(description="Where you are, for the receipt.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The receiver's PIN for the goods he takes.")
class ConfirmDropOffInput:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    drop_id: strawberry.ID | None = strawberry.field(
        description="Which drop; may be left out when there is one.", default=None
    )
    pin: str = strawberry.field(description="What the receiver tells you.")
    place: GeoPointInput | None = strawberry.field(description="Where you are, for the receipt.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Why a drop can't be made.")
class FailDropOffInput:
    job_id: strawberry.ID = strawberry.field(description="The job.")
    drop_id: strawberry.ID | None = strawberry.field(
        description="Which drop; may be left out when there is one.", default=None
    )
    code: FailureCode = strawberry.field(description="Why.")
    text: str = strawberry.field(description="In words, at most 300; needed with OTHER.", default="")
    idempotency_key: str = strawberry.field(description=KEY)


DeliveryJobResult = Annotated[
    DeliveryJob | Problem, strawberry.union("DeliveryJobResult", description="The job, or why not.")
]


def job_id_of(input: ClaimJobInput | JobReasonInput | ArriveInput | SellerPinInput) -> UUID:
    """The job that the input names."""
    return from_id("DeliveryJob", input.job_id, "jobId")


def _drop(id: strawberry.ID | None) -> UUID | None:
    return None if id is None else from_id("DropStop", id, "dropId")


def place_given(point: GeoPointInput | None) -> Place | None:
    """The place that a driver's device told, if any."""
    return None if point is None else place_of(point)


def signer_of(info: Info) -> Signer:
    """The node's key for custody receipts."""
    return Signer.of(info.context.settings)


async def dress_job(info: Info, row: rows.DeliveryJob) -> DeliveryJob:
    """The job as it stands now; who gave it up sees it as it lies on the board."""
    info.context.forget()
    return await job_seen(info, row) or DeliveryJob.of(row, Sight(may_take=True))


@strawberry.type
class CarryingMutation:
    @strawberry.mutation(
        description="Take an open job: of all who try at once exactly one holds it. "
        "Fails with JOB_TAKEN, NOT_ON_SHIFT, AT_JOB_LIMIT, CASH_LIMIT, LIMIT_EXCEEDED, NET_DEBIT_CAP, NOT_FOUND."
    )
    @intent
    async def claim_job(
        self, info: Info, input: Annotated[ClaimJobInput, strawberry.argument(description="Which job.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.claim_job(
                info.context.actor,
                job_id=job_id_of(input),
                key=input.idempotency_key,
                dispatch=info.context.adapters.dispatch,
            ),
        )

    @strawberry.mutation(
        description="Put a job back on the board before its pickup; costs nothing. Fails with WRONG_STATE."
    )
    @intent
    async def give_up_job(
        self, info: Info, input: Annotated[JobReasonInput, strawberry.argument(description="Which job, and why.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.give_up_job(
                info.context.actor,
                job_id=job_id_of(input),
                reason=input.reason,
                key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(description="Say that you stand at the seller's. Fails with WRONG_STATE.")
    @intent
    async def arrive_at_pickup(
        self, info: Info, input: Annotated[ArriveInput, strawberry.argument(description="Which job.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.arrive_at_pickup(
                info.context.actor,
                job_id=job_id_of(input),
                key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(
        description="Take the goods over by the seller's PIN; the sub-order is COLLECTED. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE."
    )
    @intent
    async def confirm_pickup(
        self, info: Info, input: Annotated[SellerPinInput, strawberry.argument(description="The job and the PIN.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.confirm_pickup(
                info.context.actor,
                job_id=job_id_of(input),
                pin=input.pin,
                place=place_given(input.place),
                key=input.idempotency_key,
                signer=signer_of(info),
            ),
        )

    @strawberry.mutation(description="Say that you stand at a receiver's. Fails with WRONG_STATE.")
    @intent
    async def arrive_at_drop_off(
        self, info: Info, input: Annotated[ArriveInput, strawberry.argument(description="Which job and drop.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.arrive_at_drop_off(
                info.context.actor,
                job_id=job_id_of(input),
                drop_id=_drop(input.drop_id),
                key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(
        description="Hand the goods over by the receiver's PIN, collecting cash: "
        "custody, order, books change together. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE, NET_DEBIT_CAP."
    )
    @intent
    async def confirm_drop_off(
        self,
        info: Info,
        input: Annotated[ConfirmDropOffInput, strawberry.argument(description="The drop and the PIN.")],
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.confirm_drop_off(
                info.context.actor,
                job_id=from_id("DeliveryJob", input.job_id, "jobId"),
                drop_id=_drop(input.drop_id),
                pin=input.pin,
                place=place_given(input.place),
                key=input.idempotency_key,
                signer=signer_of(info),
            ),
        )

    @strawberry.mutation(
        description="Say that a drop can't be made; with nothing left to carry the job turns back. "
        "Fails with WRONG_STATE, REQUIRED."
    )
    @intent
    async def fail_drop_off(
        self, info: Info, input: Annotated[FailDropOffInput, strawberry.argument(description="The drop, and why.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.fail_drop_off(
                info.context.actor,
                job_id=from_id("DeliveryJob", input.job_id, "jobId"),
                drop_id=_drop(input.drop_id),
                code=input.code,
                text=input.text,
                key=input.idempotency_key,
            ),
        )

    @strawberry.mutation(
        description="Give the goods back by the seller's PIN; the sub-order is RETURNED. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE."
    )
    @intent
    async def confirm_return(
        self, info: Info, input: Annotated[SellerPinInput, strawberry.argument(description="The job and the PIN.")]
    ) -> DeliveryJobResult:
        return await dress_job(
            info,
            await service.confirm_return(
                info.context.actor,
                job_id=job_id_of(input),
                pin=input.pin,
                place=place_given(input.place),
                key=input.idempotency_key,
                signer=signer_of(info),
            ),
        )
