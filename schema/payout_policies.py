"""What a co-op's members have decided about payouts."""

from typing import Annotated

import strawberry

from marketplace.payments.payouts import destinations
from marketplace.payments.payouts import models as rows
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah


@strawberry.type(description="What a co-op's members have decided about payouts.")
class PayoutPolicy:
    daily_limit: Rupiah = strawberry.field(description="What goes out in a day without an officer's hand.")
    two_officers_from: Rupiah = strawberry.field(description="From here on two officers must agree.")
    decision: str = strawberry.field(description="Where it was decided; empty while nothing was.")

    @classmethod
    def of(cls, row: rows.PayoutPolicy) -> "PayoutPolicy":
        return cls(
            daily_limit=Rupiah(row.daily_limit),
            two_officers_from=Rupiah(row.two_officers_from),
            decision=row.decision,
        )


@strawberry.input(description="What the members have decided about payouts.")
class SetPayoutPolicyInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    daily_limit: Rupiah = strawberry.field(description="What goes out a day without an officer's hand; 0: nothing.")
    two_officers_from: Rupiah = strawberry.field(description="From here on two officers must agree: 10,000 or more.")
    decision: str = strawberry.field(description="Where it was decided: `RAT 2026, keputusan 4`.")
    idempotency_key: str = strawberry.field(description=KEY)


PayoutPolicyResult = Annotated[
    PayoutPolicy | Problem, strawberry.union("PayoutPolicyResult", description="The policy, or why not.")
]


@strawberry.type
class PayoutPolicyMutation:
    @strawberry.mutation(
        description="The chair enters what the members have decided about payouts. Problems: FORBIDDEN, INVALID."
    )
    @intent
    async def set_payout_policy(self, info: Info, input: SetPayoutPolicyInput) -> PayoutPolicyResult:
        row = await destinations.set_policy(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            daily_limit=int(input.daily_limit),
            two_officers_from=int(input.two_officers_from),
            decision=input.decision,
            key=input.idempotency_key,
        )
        return PayoutPolicy.of(row)
