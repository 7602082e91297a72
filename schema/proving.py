"""Proofs added, a hand-over by proofs, a drop tried again, and the rules for these."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.deliveries.courier import proofs, retrying, rules
from marketplace.deliveries.courier.models import ProofKind, ProofMoment, SufficientProof
from marketplace.deliveries.courier.proofs import Taken
from marketplace.deliveries.courier.rules import Rules
from schema.carrying import DeliveryJobResult, dress_job, place_given, signer_of
from schema.context import Info
from schema.failures import CarryingRules
from schema.ids import from_id
from schema.named import OfDrop
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, GeoPointInput


@strawberry.input(description="A signature, or a code read from a parcel. Photos go to `POST /uploads/proofs`.")
class AddProofInput(OfDrop):
    kind: ProofKind = strawberry.field(description="SIGNATURE or PARCEL_CODE.")
    moment: ProofMoment = strawberry.field(description="When it was taken.")
    text: str = strawberry.field(
        description="The code, or an SVG path of M and L on a field of 1000 by 1000, at most 8000 characters."
    )
    name: str = strawberry.field(description="The device's own id of it, 1 to 64 of A-Z a-z 0-9 . _ : -")
    taken_at: datetime | None = strawberry.field(description="When, by the device's clock.", default=None)
    place: GeoPointInput | None = strawberry.field(description="Where.", default=None)


@strawberry.input(description="A hand-over without a PIN, by the proofs of the drop.")
class DropOffByProofInput(OfDrop):
    place: GeoPointInput | None = strawberry.field(description="Where you are, for the receipt.", default=None)


@strawberry.input(description="Which drop is tried again.")
class RetryDropOffInput(OfDrop):
    pass


@strawberry.input(description="How the jobs of a co-op's sellers are to be carried from now on.")
class SetCarryingRulesInput:
    cooperative_id: strawberry.ID = strawberry.field(description="Whose rules.")
    proof: SufficientProof = strawberry.field(description="What stands in for a receiver's PIN.")
    is_for_all: bool = strawberry.field(
        description="Whether for receivers with an account too, who have a PIN of their own.", default=False
    )
    attempts: int = strawberry.field(description="How often a drop may be tried: 1 to 3.", default=2)
    retry_share: BasisPoints = strawberry.field(
        description="Of the drop's price, to who comes again for a buyer who was not there.", default=BasisPoints(0)
    )
    calls: int = strawberry.field(
        description="Tries to reach the receiver before he counts as not there: 0 to 5.", default=0
    )
    idempotency_key: str = strawberry.field(description=KEY)


CarryingRulesResult = Annotated[
    CarryingRules | Problem, strawberry.union("CarryingRulesResult", description="The rules, or why not.")
]


@strawberry.type
class ProvingMutation:
    @strawberry.mutation(
        description="Add a signature or a parcel's code to the job that you carry. A code read at a drop must be one "
        "that was read at the pickup. Fails with CONFLICT, TOO_MANY, INVALID, NOT_FOUND."
    )
    @intent
    async def add_proof(
        self, info: Info, input: Annotated[AddProofInput, strawberry.argument(description="What proves what.")]
    ) -> DeliveryJobResult:
        taken = Taken(input.name, input.moment, input.drop(), input.taken_at, place_given(input.place))
        row = await proofs.add_proof(info.context.actor, **input.job(), kind=input.kind, text=input.text, taken=taken)
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Hand the goods over without a PIN, where the rules of the shop's co-op let the drop's proofs "
        "suffice; else as `confirmDropOff`. Fails with FORBIDDEN, REQUIRED, WRONG_STATE, NET_DEBIT_CAP, NOT_FOUND."
    )
    @intent
    async def confirm_drop_off_by_proof(
        self, info: Info, input: Annotated[DropOffByProofInput, strawberry.argument(description="Which drop.")]
    ) -> DeliveryJobResult:
        row = await proofs.drop_off_by_proof(
            info.context.actor,
            **input.job(),
            drop_id=input.drop(),
            place=place_given(input.place),
            signer=signer_of(info),
        )
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Try a failed drop again instead of bringing it back, as often as the rules of the shop's co-op "
        "say. Fails with LIMIT_EXCEEDED, CASH_LIMIT, NET_DEBIT_CAP, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def retry_drop_off(
        self, info: Info, input: Annotated[RetryDropOffInput, strawberry.argument(description="Which drop.")]
    ) -> DeliveryJobResult:
        row = await retrying.retry_drop_off(info.context.actor, **input.job(), drop_id=input.drop())
        return await dress_job(info, row)

    @strawberry.mutation(
        description="Set how the jobs of a co-op's sellers are carried. Its officers. Fails with OUT_OF_RANGE."
    )
    @intent
    async def set_carrying_rules(
        self, info: Info, input: Annotated[SetCarryingRulesInput, strawberry.argument(description="The rules.")]
    ) -> CarryingRulesResult:
        found = await rules.set_rules(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            rules=Rules(input.proof, input.is_for_all, input.attempts, int(input.retry_share), input.calls),
            key=input.idempotency_key,
        )
        return CarryingRules.of(input.cooperative_id, found)
