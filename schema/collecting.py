"""Whether a co-op lets others collect its part of a buyer's one payment."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.payments import collecting
from marketplace.payments import models as rows
from schema.context import Info
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent


@strawberry.type(
    description="Whether other co-ops may collect this one's part of a payment for shops of several. The collector "
    "owes it at once, within its net debit cap; each bears its part of the provider's fee."
)
class CollectingConsent:
    is_given: bool = strawberry.field(description="Whether they may.")
    proposed_by: strawberry.ID | None = strawberry.field(
        description="The Account of the officer who would give it; a second chair or treasurer has to agree."
    )
    set_at: datetime | None = strawberry.field(description="When it was last given or withdrawn.")

    @classmethod
    def of(cls, row: rows.CollectingConsent) -> "CollectingConsent":
        return cls(
            is_given=row.is_given,
            proposed_by=to_id("Account", row.proposed_by) if row.proposed_by else None,
            set_at=row.set_at,
        )


@strawberry.input(description="Let other co-ops collect for this one, or no longer.")
class SetCollectingConsentInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    is_given: bool = strawberry.field(
        description="True: counts once a second chair or treasurer sends the same. False: counts at once."
    )
    idempotency_key: str = strawberry.field(description=KEY)


CollectingConsentResult = Annotated[
    CollectingConsent | Problem,
    strawberry.union("CollectingConsentResult", description="How it now stands, or why it doesn't."),
]


@strawberry.type
class CollectingMutation:
    @strawberry.mutation(
        description="A chair or treasurer lets other co-ops collect this one's part of a payment, once a second one "
        "agrees; or ends that alone. What buyers have begun to pay goes on. Problems: FORBIDDEN."
    )
    @intent
    async def set_collecting_consent(self, info: Info, input: SetCollectingConsentInput) -> CollectingConsentResult:
        row = await collecting.set_consent(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            is_given=input.is_given,
            key=input.idempotency_key,
        )
        return CollectingConsent.of(row)
