"""The motion by which the members' meeting rules on an expulsion."""

import strawberry

from cooperatives.departures import service
from cooperatives.governance.details import Ruling
from schema.context import Info
from schema.gathering import MotionResult
from schema.ids import from_id
from schema.motions import Motion
from schema.problems import KEY, intent


@strawberry.input(description="What the meeting is asked to say of an expulsion.")
class DraftRulingInput:
    expulsion_id: strawberry.ID = strawberry.field(description="The Expulsion.")
    ruling: Ruling = strawberry.field(description="How it would rule.")
    text: str = strawberry.field(description="With its reasons, 1 to 10,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class RulingMutation:
    @strawberry.mutation(
        description="Write the motion by which the members' meeting rules on an expulsion: an officer, or the member "
        "whom it concerns. Once it is adopted, what it says is carried out. Fails with AGAINST_THE_LAW where the "
        "by-laws leave it to officers, WRONG_STATE, INVALID, NOT_FOUND."
    )
    @intent
    async def draft_ruling(self, info: Info, input: DraftRulingInput) -> MotionResult:
        row = await service.draft_ruling(
            info.context.actor,
            expulsion_id=from_id("Expulsion", input.expulsion_id, "expulsionId"),
            ruling=input.ruling,
            text=input.text,
            key=input.idempotency_key,
        )
        return Motion.of(row)
