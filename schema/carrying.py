"""What a driver does with a job: claim, give up, arrive, pick up, drop off, fail, bring back."""

from typing import Annotated

import strawberry

from marketplace.deliveries import models as rows
from marketplace.deliveries import service
from marketplace.deliveries.custody import Place, Signer
from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.reading import Sight
from schema.context import Info
from schema.jobs import DeliveryJob, job_seen
from schema.named import OfDrop, OfJob
from schema.problems import Problem, intent
from schema.scalars import GeoPointInput
from schema.shifts import place_of


@strawberry.input(description="Which job to take.")
class ClaimJobInput(OfJob):
    pass


@strawberry.input(description="Which job, and why.")
class JobReasonInput(OfJob):
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="At which stop you are.")
class ArriveInput(OfDrop):
    pass


@strawberry.input(description="The seller's PIN for the goods he hands over, or takes back.")
class SellerPinInput(OfJob):
    pin: str = strawberry.field(description="What the seller tells you.")
    place: GeoPointInput | None = strawberry.field(description="Where you are, for the receipt.", default=None)


@strawberry.input(description="The receiver's PIN for the goods he takes.")
class ConfirmDropOffInput(OfDrop):
    pin: str = strawberry.field(description="What the receiver tells you.")
    place: GeoPointInput | None = strawberry.field(description="Where you are, for the receipt.", default=None)


@strawberry.input(description="Why a drop can't be made.")
class FailDropOffInput(OfDrop):
    code: FailureCode = strawberry.field(description="Why.")
    text: str = strawberry.field(description="In words, at most 300; needed with OTHER.", default="")


DeliveryJobResult = Annotated[
    DeliveryJob | Problem, strawberry.union("DeliveryJobResult", description="The job, or why not.")
]


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
    async def claim_job(self, info: Info, input: ClaimJobInput) -> DeliveryJobResult:
        dispatch = info.context.adapters.dispatch
        row = await service.claim_job(info.context.actor, **input.job(), dispatch=dispatch)
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Put a job back on the board before its pickup; costs nothing. Fails with WRONG_STATE."
    )
    @intent
    async def give_up_job(self, info: Info, input: JobReasonInput) -> DeliveryJobResult:
        row = await service.give_up_job(info.context.actor, **input.job(), reason=input.reason)
        return await dress_job(info, row)

    @strawberry.mutation(description="Say that you stand at the seller's. Fails with WRONG_STATE.")
    @intent
    async def arrive_at_pickup(self, info: Info, input: ArriveInput) -> DeliveryJobResult:
        return await dress_job(info, await service.arrive_at_pickup(info.context.actor, **input.job()))

    @strawberry.mutation(
        description="Take the goods over by the seller's PIN; the sub-order is COLLECTED. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE."
    )
    @intent
    async def confirm_pickup(self, info: Info, input: SellerPinInput) -> DeliveryJobResult:
        row = await service.confirm_pickup(
            info.context.actor, **input.job(), pin=input.pin, place=place_given(input.place), signer=signer_of(info)
        )
        return await dress_job(info, row)

    @strawberry.mutation(description="Say that you stand at a receiver's. Fails with WRONG_STATE.")
    @intent
    async def arrive_at_drop_off(self, info: Info, input: ArriveInput) -> DeliveryJobResult:
        row = await service.arrive_at_drop_off(info.context.actor, **input.job(), drop_id=input.drop())
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Hand the goods over by the receiver's PIN, collecting cash: "
        "custody, order, books change together. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE, NET_DEBIT_CAP."
    )
    @intent
    async def confirm_drop_off(self, info: Info, input: ConfirmDropOffInput) -> DeliveryJobResult:
        row = await service.confirm_drop_off(
            info.context.actor,
            **input.job(),
            drop_id=input.drop(),
            pin=input.pin,
            place=place_given(input.place),
            signer=signer_of(info),
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Say that a drop can't be made; with nothing left to carry the job turns back. "
        "Fails with WRONG_STATE, REQUIRED."
    )
    @intent
    async def fail_drop_off(self, info: Info, input: FailDropOffInput) -> DeliveryJobResult:
        row = await service.fail_drop_off(
            info.context.actor, **input.job(), drop_id=input.drop(), code=input.code, text=input.text
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Give the goods back by the seller's PIN; the sub-order is RETURNED. "
        "Fails with WRONG_PIN, TOO_MANY, WRONG_STATE."
    )
    @intent
    async def confirm_return(self, info: Info, input: SellerPinInput) -> DeliveryJobResult:
        row = await service.confirm_return(
            info.context.actor, **input.job(), pin=input.pin, place=place_given(input.place), signer=signer_of(info)
        )
        return await dress_job(info, row)
