"""A motion's rule tried on past months, before the vote."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.replays import replaying
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.replays import RuleReplay
from schema.scalars import BasisPoints

RuleReplayResult = Annotated[
    RuleReplay | Problem,
    strawberry.union("RuleReplayResult", description="What came of it, or why not."),
]


@strawberry.input(description="Which motion is tried on which months.")
class ReplayMotionInput:
    motion_id: strawberry.ID = strawberry.field(description="A DRAFT or TABLED motion.")
    first_month: date = strawberry.field(description="The first month: any of its days.")
    last_month: date = strawberry.field(description="The last one, locked; 24 months at most.")
    carrier_share: BasisPoints | None = strawberry.field(
        description="Where the motion proposes another share of the co-op in delivery prices: that share.",
        default=None,
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class ReplayMutation:
    @strawberry.mutation(
        description="Try what a motion proposes (by-laws on the surplus, active members or simpanan wajib, or a "
        "share of deliveries) on locked months: who wrote it, or an officer, before its vote. Members read their own "
        "line. Fails with INVALID when it changes nothing that can be tried, WRONG_STATE, AGAINST_THE_LAW, FORBIDDEN."
    )
    @intent
    async def replay_motion(
        self, info: Info, input: Annotated[ReplayMotionInput, strawberry.argument(description="What is tried.")]
    ) -> RuleReplayResult:
        row = await replaying.replay_motion(
            info.context.actor,
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            first_month=input.first_month,
            last_month=input.last_month,
            carrier_share_bp=None if input.carrier_share is None else int(input.carrier_share),
            key=input.idempotency_key,
        )
        info.context.forget()
        return RuleReplay.of(row)
