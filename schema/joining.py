"""Mutations of membership: applying, approving, alliances."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from cooperatives.departures import service as departures
from cooperatives.membership import service
from schema.context import Info
from schema.ids import from_id
from schema.memberships import Alliance, Membership
from schema.problems import Problem, intent
from schema.scalars import BasisPoints

if TYPE_CHECKING:
    from schema.alliance_terms import AllianceTermsInput


@strawberry.input(description="Which co-op to join.")
class ApplyForMembershipInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The co-op.")


@strawberry.input(description="Which application to approve.")
class ApproveMembershipInput:
    id: strawberry.ID = strawberry.field(description="The membership applied for.")


@strawberry.input(description="Which application to refuse, and why.")
class RefuseMembershipInput:
    id: strawberry.ID = strawberry.field(description="The membership applied for.")
    reason: str = strawberry.field(description="What the applicant will read, 1 to 300 characters.")


@strawberry.input(description="Which membership ends, and why.")
class EndMembershipInput:
    id: strawberry.ID = strawberry.field(description="The membership: your own, or one of your co-op's.")
    reason: str = strawberry.field(description="1 to 300 characters.")
    is_set_off: bool = strawberry.field(
        default=False, description="Whether loans that run are paid of the savings, which must cover them."
    )


@strawberry.input(description="The terms of an alliance.")
class ProposeAllianceInput:
    as_cooperative_id: strawberry.ID = strawberry.field(description="The side for which you sign.")
    seller_cooperative_id: strawberry.ID = strawberry.field(description="Whose sellers' goods are carried.")
    carrier_cooperative_id: strawberry.ID = strawberry.field(description="Whose drivers carry.")
    carrier_share: BasisPoints = strawberry.field(
        description="Of the delivery price, to the carrier's co-op; 10000 is all of it."
    )
    terms: Annotated["AllianceTermsInput", strawberry.lazy("schema.alliance_terms")] | None = strawberry.field(
        default=None, description="What it allows; left out, it has no bounds."
    )


@strawberry.input(description="Which alliance, at which share.")
class AgreeAllianceInput:
    id: strawberry.ID = strawberry.field(description="The alliance proposed.")
    carrier_share: BasisPoints = strawberry.field(
        description="The share that you have read; CONFLICT when it was changed meanwhile."
    )
    version: int | None = strawberry.field(
        default=None, description="The version of its terms that you have read; left out: it was offered without."
    )


@strawberry.input(description="Which alliance ends.")
class EndAllianceInput:
    id: strawberry.ID = strawberry.field(description="The alliance.")


MembershipResult = Annotated[
    Membership | Problem, strawberry.union("MembershipResult", description="The membership, or why not.")
]
AllianceResult = Annotated[
    Alliance | Problem, strawberry.union("AllianceResult", description="The alliance, or why not.")
]


@strawberry.type
class MembershipMutation:
    @strawberry.mutation(
        description="Apply to become a member. Asked twice, it is one application. "
        "Problems: NOT_FOUND, DUPLICATE, SUSPENDED."
    )
    @intent
    async def apply_for_membership(self, info: Info, input: ApplyForMembershipInput) -> MembershipResult:
        cooperative = from_id("Cooperative", input.cooperative_id, "cooperativeId")
        return Membership.of(await service.apply_for_membership(info.context.actor, cooperative_id=cooperative))

    @strawberry.mutation(
        description="An officer lets an applicant in, with the register's next number. "
        "Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def approve_membership(self, info: Info, input: ApproveMembershipInput) -> MembershipResult:
        id = from_id("Membership", input.id)
        return Membership.of(await service.approve_membership(info.context.actor, membership_id=id))

    @strawberry.mutation(
        description="An officer turns an applicant down, with a reason. Problems: NOT_FOUND, INVALID, WRONG_STATE."
    )
    @intent
    async def refuse_membership(self, info: Info, input: RefuseMembershipInput) -> MembershipResult:
        id = from_id("Membership", input.id)
        return Membership.of(
            await service.refuse_membership(info.context.actor, membership_id=id, reason=input.reason)
        )

    @strawberry.mutation(
        description="Leave a co-op, or end a membership as its officer; his savings are settled with it, less what "
        "he owes. Problems: NOT_FOUND, INVALID, WRONG_STATE, CONFLICT while loans run, LIMIT_EXCEEDED where savings "
        "don't cover them."
    )
    @intent
    async def end_membership(self, info: Info, input: EndMembershipInput) -> MembershipResult:
        id = from_id("Membership", input.id)
        return Membership.of(
            await departures.end_membership(
                info.context.actor, membership_id=id, reason=input.reason, is_set_off=input.is_set_off
            )
        )

    @strawberry.mutation(
        description="An officer of one co-op offers an alliance to another. "
        "Problems: INVALID, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def propose_alliance(self, info: Info, input: ProposeAllianceInput) -> AllianceResult:
        return Alliance.of(
            await service.propose_alliance(
                info.context.actor,
                as_cooperative_id=from_id("Cooperative", input.as_cooperative_id, "asCooperativeId"),
                seller_cooperative_id=from_id("Cooperative", input.seller_cooperative_id, "sellerCooperativeId"),
                carrier_cooperative_id=from_id("Cooperative", input.carrier_cooperative_id, "carrierCooperativeId"),
                carrier_share_bp=input.carrier_share,
                terms=None if input.terms is None else input.terms.read(input.carrier_share),
            )
        )

    @strawberry.mutation(
        description="An officer of the other side agrees; the alliance is in force. "
        "Problems: NOT_FOUND, FORBIDDEN, CONFLICT, WRONG_STATE."
    )
    @intent
    async def agree_alliance(self, info: Info, input: AgreeAllianceInput) -> AllianceResult:
        return Alliance.of(
            await service.agree_alliance(
                info.context.actor,
                alliance_id=from_id("Alliance", input.id),
                carrier_share_bp=input.carrier_share,
                version=input.version,
            )
        )

    @strawberry.mutation(
        description="Leave an alliance, or take back a proposal. Jobs under way go on; where its terms ask for "
        "notice it stays in force until `endsAt`. Problems: NOT_FOUND."
    )
    @intent
    async def end_alliance(self, info: Info, input: EndAllianceInput) -> AllianceResult:
        return Alliance.of(await service.end_alliance(info.context.actor, alliance_id=from_id("Alliance", input.id)))
