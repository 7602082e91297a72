"""What officers do with a year's surplus."""

from typing import Annotated

import strawberry

from cooperatives.surplus import service
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.surplus import SurplusAllocation

SurplusResult = Annotated[
    SurplusAllocation | Problem,
    strawberry.union("SurplusResult", description="The allocation as it now stands, or why not."),
]


@strawberry.input(description="Of which year the surplus is to be shared out.")
class ProposeSurplusInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    year: int = strawberry.field(description="In which the book year begins; its months are locked.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which allocation the members' meeting adopted.")
class PostSurplusInput:
    id: strawberry.ID = strawberry.field(description="A PROPOSED SurplusAllocation.")
    motion_id: strawberry.ID = strawberry.field(
        description="The Motion of the kind SURPLUS that names it by its number, adopted after it was proposed."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which allocation is paid.")
class PaySurplusInput:
    id: strawberry.ID = strawberry.field(description="A POSTED SurplusAllocation.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class SurplusMutation:
    @strawberry.mutation(
        description="An officer has a locked year's surplus reckoned and shared out by the by-laws of its last day; "
        "an earlier proposal is replaced. Fails with WRONG_STATE before the year is locked, for a year without a "
        "surplus or one that was shared out, AGAINST_THE_LAW where the by-laws' percentages are not the whole."
    )
    @intent
    async def propose_surplus(
        self, info: Info, input: Annotated[ProposeSurplusInput, strawberry.argument(description="Which year.")]
    ) -> SurplusResult:
        row = await service.propose_surplus(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            year=input.year,
            key=input.idempotency_key,
        )
        return SurplusAllocation.of(row)

    @strawberry.mutation(
        description="An officer has it booked as the members' meeting adopted it: into the pools, and as owed to "
        "each member. Fails with WRONG_STATE, INVALID for a motion that decided on something else."
    )
    @intent
    async def post_surplus(
        self, info: Info, input: Annotated[PostSurplusInput, strawberry.argument(description="Which, by what.")]
    ) -> SurplusResult:
        row = await service.post_surplus(
            info.context.actor,
            allocation_id=from_id("SurplusAllocation", input.id),
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            key=input.idempotency_key,
        )
        return SurplusAllocation.of(row)

    @strawberry.mutation(
        description="An officer has members' shares paid: to voluntary savings, else to what the co-op owes a member "
        "of his earnings; who has neither is paid when asked again. Fails with WRONG_STATE before it is booked."
    )
    @intent
    async def pay_surplus(
        self, info: Info, input: Annotated[PaySurplusInput, strawberry.argument(description="Which one.")]
    ) -> SurplusResult:
        row = await service.pay_surplus(
            info.context.actor, allocation_id=from_id("SurplusAllocation", input.id), key=input.idempotency_key
        )
        return SurplusAllocation.of(row)
