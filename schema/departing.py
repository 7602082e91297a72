"""Mutations of departures: death and heirs, expulsion with its hearing, and what is never done: a transfer."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.departures import service
from cooperatives.membership.entries import Heir
from schema.context import Info
from schema.ids import from_id
from schema.leaving import Departure, Expulsion, HeirClaim
from schema.memberships import Membership
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

EXPULSION = "The Expulsion."
MOTION = "A motion of kind OTHER that the members' meeting adopted"


@strawberry.input(description="Which member has died.")
class RecordDeathInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership.")
    died_on: date = strawberry.field(description="The day.")
    document: str = strawberry.field(description="Number of the certificate (akta kematian), 3 to 120 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What an heir is to be paid.")
class ClaimForHeirInput:
    departure_id: strawberry.ID = strawberry.field(description="The Departure of the member who died.")
    savings_id: strawberry.ID = strawberry.field(description="The SavingsAccount that it is paid of.")
    amount: Rupiah = strawberry.field(description="How much.")
    name: str = strawberry.field(description="The heir's name, 1 to 120 characters.")
    relation: str = strawberry.field(description="Husband, wife, child: 1 to 40 characters.")
    national_id: str = strawberry.field(default="", description="His NIK; kept sealed.")
    document: str = strawberry.field(description="Number of the heirs' certificate (surat keterangan ahli waris).")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A membership that someone wishes to give to another.")
class TransferMembershipInput:
    id: strawberry.ID = strawberry.field(description="The Membership.")


@strawberry.input(description="Why a member is to leave, and when he is heard.")
class CallToHearingInput:
    membership_id: strawberry.ID = strawberry.field(description="The Membership.")
    grounds: str = strawberry.field(description="What he is to answer, 10 to 2000 characters.")
    hearing_at: datetime = strawberry.field(description="By-law `member.hearing_notice` days from now, or later.")
    place: str = strawberry.field(description="Where, 1 to 200 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What a member answers.")
class WriteDefenceInput:
    id: strawberry.ID = strawberry.field(description=EXPULSION)
    defence: str = strawberry.field(description="In his own words, 1 to 4000 characters.")


@strawberry.input(description="What was said at a hearing.")
class RecordHearingInput:
    id: strawberry.ID = strawberry.field(description=EXPULSION)
    was_present: bool = strawberry.field(description="Whether he came.")
    minutes: str = strawberry.field(description="1 to 4000 characters.")


@strawberry.input(description="That a member is expelled.")
class DecideExpulsionInput:
    id: strawberry.ID = strawberry.field(description=EXPULSION)
    decision: str = strawberry.field(description="What, and why, 1 to 2000 characters.")
    motion_id: strawberry.ID | None = strawberry.field(
        default=None, description=f"{MOTION}, where the by-laws leave it to the meeting."
    )


@strawberry.input(description="That a member stays.")
class DropExpulsionInput:
    id: strawberry.ID = strawberry.field(description=EXPULSION)
    motion_id: strawberry.ID | None = strawberry.field(default=None, description=f"{MOTION}, after an appeal.")


@strawberry.input(description="A member's appeal.")
class AppealExpulsionInput:
    id: strawberry.ID = strawberry.field(description=EXPULSION)
    appeal: str = strawberry.field(description="1 to 4000 characters.")


@strawberry.input(description="That the members' meeting upheld an expulsion.")
class UpholdExpulsionInput:
    id: strawberry.ID = strawberry.field(description=EXPULSION)
    motion_id: strawberry.ID = strawberry.field(description=f"{MOTION}.")


DepartureResult = Annotated[
    Departure | Problem, strawberry.union("DepartureResult", description="The departure, or why not.")
]
HeirClaimResult = Annotated[
    HeirClaim | Problem, strawberry.union("HeirClaimResult", description="The claim, or why not.")
]
ExpulsionResult = Annotated[
    Expulsion | Problem, strawberry.union("ExpulsionResult", description="The expulsion, or why not.")
]
TransferResult = Annotated[
    Membership | Problem, strawberry.union("TransferResult", description="Why not: it is never done.")
]


@strawberry.type
class DepartureMutation:
    @strawberry.mutation(
        description="An officer records that a member has died: his savings become one sum less what he owed, loans "
        "are set off as far as it reaches. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE, INVALID."
    )
    @intent
    async def record_death(self, info: Info, input: RecordDeathInput) -> DepartureResult:
        return Departure.of(
            await service.record_death(
                info.context.actor,
                membership_id=from_id("Membership", input.membership_id, "membershipId"),
                died_on=input.died_on,
                document=input.document,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="One at the counter writes down what an heir is to be paid, and by which paper; it is then "
        "approved and paid as the withdrawal of its id. Problems: NOT_FOUND, FORBIDDEN, INVALID, LIMIT_EXCEEDED."
    )
    @intent
    async def claim_for_heir(self, info: Info, input: ClaimForHeirInput) -> HeirClaimResult:
        return HeirClaim.of(
            await service.claim_for_heir(
                info.context.actor,
                departure_id=from_id("Departure", input.departure_id, "departureId"),
                savings_id=from_id("SavingsAccount", input.savings_id, "savingsId"),
                heir=Heir(input.name, input.relation, national_id=input.national_id),
                document=input.document,
                amount=input.amount,
                vault=info.context.adapters.rails.vault,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="Never done: a membership can't be transferred (UU 25/1992 art. 19(3)). "
        "Problems: NOT_FOUND, AGAINST_THE_LAW."
    )
    @intent
    async def transfer_membership(self, info: Info, input: TransferMembershipInput) -> TransferResult:
        await service.refuse_transfer(info.context.actor, membership_id=from_id("Membership", input.id))

    @strawberry.mutation(
        description="An officer tells a member why he is to leave, and when he is heard. Problems: NOT_FOUND, "
        "FORBIDDEN, WRONG_STATE, DUPLICATE, INVALID, AGAINST_THE_LAW before the by-laws' notice."
    )
    @intent
    async def call_to_hearing(self, info: Info, input: CallToHearingInput) -> ExpulsionResult:
        return Expulsion.of(
            await service.call_to_hearing(
                info.context.actor,
                membership_id=from_id("Membership", input.membership_id, "membershipId"),
                grounds=input.grounds,
                hearing_at=input.hearing_at,
                place=input.place,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="The member answers in writing, until it is decided. Problems: NOT_FOUND, WRONG_STATE, INVALID."
    )
    @intent
    async def write_defence(self, info: Info, input: WriteDefenceInput) -> ExpulsionResult:
        id = from_id("Expulsion", input.id)
        return Expulsion.of(await service.write_defence(info.context.actor, expulsion_id=id, defence=input.defence))

    @strawberry.mutation(
        description="An officer writes down what was said at the hearing. Problems: NOT_FOUND, FORBIDDEN, "
        "WRONG_STATE, INVALID."
    )
    @intent
    async def record_hearing(self, info: Info, input: RecordHearingInput) -> ExpulsionResult:
        id = from_id("Expulsion", input.id)
        row = await service.record_hearing(
            info.context.actor, expulsion_id=id, was_present=input.was_present, minutes=input.minutes
        )
        return Expulsion.of(row)

    @strawberry.mutation(
        description="Decide that he leaves: two officers one after the other, or the members' meeting where the "
        "by-laws say so. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE, INVALID."
    )
    @intent
    async def decide_expulsion(self, info: Info, input: DecideExpulsionInput) -> ExpulsionResult:
        row = await service.decide_expulsion(
            info.context.actor,
            expulsion_id=from_id("Expulsion", input.id),
            decision=input.decision,
            motion_id=None if input.motion_id is None else from_id("Motion", input.motion_id, "motionId"),
        )
        return Expulsion.of(row)

    @strawberry.mutation(
        description="He stays: by an officer before an appeal, after one by a motion. Problems: NOT_FOUND, "
        "FORBIDDEN, WRONG_STATE, INVALID."
    )
    @intent
    async def drop_expulsion(self, info: Info, input: DropExpulsionInput) -> ExpulsionResult:
        motion = None if input.motion_id is None else from_id("Motion", input.motion_id, "motionId")
        row = await service.drop_expulsion(
            info.context.actor, expulsion_id=from_id("Expulsion", input.id), motion_id=motion
        )
        return Expulsion.of(row)

    @strawberry.mutation(
        description="The member asks the members' meeting to decide, until `appealUntil`. Problems: NOT_FOUND, "
        "WRONG_STATE, EXPIRED, INVALID."
    )
    @intent
    async def appeal_expulsion(self, info: Info, input: AppealExpulsionInput) -> ExpulsionResult:
        id = from_id("Expulsion", input.id)
        return Expulsion.of(await service.appeal_expulsion(info.context.actor, expulsion_id=id, appeal=input.appeal))

    @strawberry.mutation(
        description="The members' meeting upheld it: his membership ends and his savings are settled. "
        "Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def uphold_expulsion(self, info: Info, input: UpholdExpulsionInput) -> ExpulsionResult:
        row = await service.uphold_expulsion(
            info.context.actor,
            expulsion_id=from_id("Expulsion", input.id),
            motion_id=from_id("Motion", input.motion_id, "motionId"),
        )
        return Expulsion.of(row)
