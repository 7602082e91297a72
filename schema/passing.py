"""Handing over on the road: offered, withdrawn, taken by the giver's PIN."""

from typing import Annotated

import strawberry

from marketplace.deliveries import passing
from schema.carrying import ClaimJobInput, DeliveryJobResult, dress_job, place_given, signer_of
from schema.context import Info
from schema.named import OfJob
from schema.problems import intent
from schema.scalars import GeoPointInput, PhoneNumber, Rupiah


@strawberry.input(description="To whom goods on the road are to go.")
class OfferHandOverInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="The job, picked up and not ended.")
    phone: PhoneNumber = strawberry.field(description="Of the driver who is to take them.")
    giver_part: Rupiah = strawberry.field(
        default=Rupiah(0),
        description="For the giver's part of the way, out of the taker's account; at most the driver's part.",
    )
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="The giver's PIN for the goods that you take over.")
class TakeOverJobInput(OfJob):
    job_id: strawberry.ID = strawberry.field(description="The job offered to you.")
    pin: str = strawberry.field(description="What the giver tells you.")
    place: GeoPointInput | None = strawberry.field(description="Where you are, for the receipt.", default=None)


@strawberry.type
class PassingMutation:
    @strawberry.mutation(
        description="Offer goods on the road to another driver, of your co-op or of one that carries for the shop's. "
        "The holder, or a dispatcher of his co-op. Fails with WRONG_STATE, CONFLICT, OUT_OF_RANGE, NOT_FOUND."
    )
    @intent
    async def offer_hand_over(
        self, info: Info, input: Annotated[OfferHandOverInput, strawberry.argument(description="Which, to whom.")]
    ) -> DeliveryJobResult:
        row = await passing.offer_hand_over(
            info.context.actor,
            **input.job(),
            phone=input.phone,
            giver_part=int(input.giver_part),
            reason=input.reason,
            dispatch=info.context.adapters.dispatch,
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Take back an offered hand-over, or turn it down: giver, taker, dispatcher. Fails: WRONG_STATE."
    )
    @intent
    async def withdraw_hand_over(
        self, info: Info, input: Annotated[ClaimJobInput, strawberry.argument(description="Which job.")]
    ) -> DeliveryJobResult:
        row = await passing.withdraw_hand_over(info.context.actor, **input.job())
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Take goods over on the road by the giver's PIN: job, custody and books change together. Fails "
        "with WRONG_PIN, TOO_MANY, NOT_ON_SHIFT, AT_JOB_LIMIT, CASH_LIMIT, LIMIT_EXCEEDED, NET_DEBIT_CAP, NOT_FOUND."
    )
    @intent
    async def take_over_job(
        self, info: Info, input: Annotated[TakeOverJobInput, strawberry.argument(description="The job and the PIN.")]
    ) -> DeliveryJobResult:
        row = await passing.take_over_job(
            info.context.actor,
            **input.job(),
            pin=input.pin,
            place=place_given(input.place),
            signer=signer_of(info),
        )
        return await dress_job(info, row)
