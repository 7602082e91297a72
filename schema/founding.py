"""The node's operator founds and suspends co-ops."""

from typing import Annotated

import strawberry

from cooperatives.membership import founding
from cooperatives.membership.models import CooperativeKind, CooperativeLevel
from marketplace.identity.actor import Role
from schema.context import Info
from schema.cooperatives import Cooperative
from schema.ids import from_id
from schema.problems import Problem, intent
from schema.scalars import BasisPoints


@strawberry.input(description="A co-op with its first three officers, who become its first members.")
class FoundCooperativeInput:
    slug: str = strawberry.field(description="For links: small letters, digits, hyphens.")
    code: str = strawberry.field(description="2 to 12 capitals or digits, for documents and settlement.")
    name: str = strawberry.field(description="The registered name.")
    kind: CooperativeKind = strawberry.field(description="What its members do.")
    region_code: str = strawberry.field(description="Its seat: a Kemendagri code, `35.78`.")
    chair_id: strawberry.ID = strawberry.field(description="The chair's account (ketua).")
    secretary_id: strawberry.ID = strawberry.field(description="The secretary's account (sekretaris).")
    treasurer_id: strawberry.ID = strawberry.field(description="The treasurer's account (bendahara).")
    level: CooperativeLevel = strawberry.field(
        default=CooperativeLevel.PRIMARY, description="Whether people or co-ops are its members."
    )
    commission: BasisPoints = strawberry.field(
        default=BasisPoints(500), description="Its share of its sellers' goods."
    )
    carrier_share: BasisPoints = strawberry.field(
        default=BasisPoints(800), description="Its share of its drivers' deliveries."
    )
    founder_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Its other founders' accounts, where it is founded now: with the officers at least 9 people; of "
        "a SECONDARY co-op chairs of at least 3 co-ops. Left out: it was founded before and moves in.",
    )
    registration_number: str | None = strawberry.field(default=None, description="NIK Koperasi, 16 digits.")


@strawberry.input(description="Which co-op is stopped, and why.")
class SuspendCooperativeInput:
    id: strawberry.ID = strawberry.field(description="The co-op.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="Which co-op goes on.")
class ReinstateCooperativeInput:
    id: strawberry.ID = strawberry.field(description="The co-op.")


CooperativeResult = Annotated[
    Cooperative | Problem, strawberry.union("CooperativeResult", description="The co-op, or why not.")
]


@strawberry.type
class CooperativeMutation:
    @strawberry.mutation(
        description="Found a co-op, with its book. The node's operator only. Problems: FORBIDDEN, INVALID, "
        "DUPLICATE, AGAINST_THE_LAW with too few founders."
    )
    @intent
    async def found_cooperative(self, info: Info, input: FoundCooperativeInput) -> CooperativeResult:
        row = await founding.found_cooperative(
            info.context.actor,
            slug=input.slug,
            code=input.code,
            name=input.name,
            kind=input.kind,
            level=input.level,
            region_code=input.region_code,
            commission_bp=input.commission,
            carrier_share_bp=input.carrier_share,
            registration_number=input.registration_number,
            founders=None
            if input.founder_ids is None
            else [from_id("Account", id, f"founderIds.{n}") for n, id in enumerate(input.founder_ids[:1_000])],
            officers={
                Role.CHAIR: from_id("Account", input.chair_id, "chairId"),
                Role.SECRETARY: from_id("Account", input.secretary_id, "secretaryId"),
                Role.TREASURER: from_id("Account", input.treasurer_id, "treasurerId"),
            },
        )
        return Cooperative.of(row)

    @strawberry.mutation(
        description="Stop a co-op: it takes nobody in and is not listed. The operator only. "
        "Problems: FORBIDDEN, NOT_FOUND, INVALID."
    )
    @intent
    async def suspend_cooperative(self, info: Info, input: SuspendCooperativeInput) -> CooperativeResult:
        id = from_id("Cooperative", input.id)
        return Cooperative.of(
            await founding.suspend_cooperative(info.context.actor, cooperative_id=id, reason=input.reason)
        )

    @strawberry.mutation(
        description="Let a suspended co-op go on. The operator only. Problems: FORBIDDEN, NOT_FOUND."
    )
    @intent
    async def reinstate_cooperative(self, info: Info, input: ReinstateCooperativeInput) -> CooperativeResult:
        id = from_id("Cooperative", input.id)
        return Cooperative.of(await founding.reinstate_cooperative(info.context.actor, cooperative_id=id))
