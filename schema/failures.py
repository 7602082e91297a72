"""What a failed drop costs and who bears it, and the rules by which a co-op's jobs are carried."""

from typing import Annotated

import strawberry

from cooperatives.membership import models as cooperative_rows
from marketplace.deliveries import models as job_rows
from marketplace.deliveries.courier import failures, retrying, rules
from marketplace.deliveries.courier.failures import Bearer
from marketplace.deliveries.courier.models import SufficientProof
from marketplace.deliveries.lifecycle import FailureCode
from marketplace.deliveries.reading import Sight
from schema import proofs as proofs  # describes SufficientProof
from schema import stops as stops  # describes FailureCode
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.scalars import BasisPoints, Rupiah

described(
    Bearer,
    "Out of whose pocket something is paid.",
    {
        "NOBODY": "It costs nothing, or is not paid.",
        "BUYER": "The buyer.",
        "SELLER": "The shop.",
        "SELLERS_COOPERATIVE": "The shop's co-op: its fund for cash orders where that suffices.",
        "CARRIER": "Who carries, or his co-op.",
    },
    name="CostBearer",
)


@strawberry.type(description="What it would mean if this drop failed by this code, in rupiah.")
class FailureTerms:
    code: FailureCode = strawberry.field(description="Why it fails.")
    may_retry: bool = strawberry.field(description="Whether the drop may then be tried again.")
    retries_left: int = strawberry.field(description="How often.")
    retry_pay: Rupiah = strawberry.field(description="What coming to the door again brings the driver.")
    retry_borne_by: Bearer = strawberry.field(description="Who pays that; CARRIER: it is his own effort.")
    ride_pay: Rupiah = strawberry.field(
        description="What carrying still brings when the goods go back, to be shared by carrier and driver."
    )
    ride_borne_by: Bearer = strawberry.field(description="Who pays that.")
    goods_lost_by: Bearer = strawberry.field(
        description="Who loses goods that can't be sold again; NOBODY where they can."
    )
    calls_needed: int = strawberry.field(description="Tries to reach the receiver that the co-op's rules ask for.")
    calls_made: int = strawberry.field(description="Tries made until now.")

    @classmethod
    def of(cls, terms: failures.FailureTerms) -> "FailureTerms":
        return cls(
            code=terms.code,
            may_retry=terms.may_retry,
            retries_left=terms.retries_left,
            retry_pay=Rupiah(terms.retry_pay),
            retry_borne_by=terms.retry_borne_by,
            ride_pay=Rupiah(terms.ride_pay),
            ride_borne_by=terms.ride_borne_by,
            goods_lost_by=terms.goods_lost_by,
            calls_needed=terms.calls_needed,
            calls_made=terms.calls_made,
        )


@strawberry.type
class JobFailures:
    """The part of a DeliveryJob that tells what a failure would cost."""

    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="What each code would cost for a drop, and who would bear it: show it before he confirms. For "
        "who carries it or answers for it; else empty.",
        directives=[cost(5, rows=len(FailureCode))],
    )
    async def failure_terms(
        self,
        info: Info,
        drop_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Which drop; may be left out where there is one.")
        ] = None,
    ) -> list[FailureTerms]:
        if not self.sight.is_full:
            return []
        id = None if drop_id is None else from_id("DropStop", drop_id, "dropId")
        found = await retrying.failure_terms(info.context.actor, job_id=self.row.pk, drop_id=id)
        return [FailureTerms.of(terms) for terms in found]


@strawberry.type(description="How the jobs of a co-op's sellers are carried.")
class CarryingRules:
    cooperative_id: strawberry.ID = strawberry.field(description="Whose rules.")
    proof: SufficientProof = strawberry.field(description="What stands in for a receiver's PIN.")
    is_for_all: bool = strawberry.field(
        description="Whether it does so for receivers with an account too, who have a PIN of their own."
    )
    attempts: int = strawberry.field(description="How often a drop may be tried, the first time included.")
    retry_share: BasisPoints = strawberry.field(
        description="Of the drop's price, to who comes again for a buyer who was not there; paid by the co-op."
    )
    calls: int = strawberry.field(description="Tries to reach the receiver before he counts as not there.")

    @classmethod
    def of(cls, cooperative_id: strawberry.ID, found: rules.Rules) -> "CarryingRules":
        return cls(
            cooperative_id=cooperative_id,
            proof=found.proof,
            is_for_all=found.is_for_all,
            attempts=found.attempts,
            retry_share=BasisPoints(found.retry_share_bp),
            calls=found.calls,
        )


@strawberry.type
class CooperativeCarryingRules:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(description="How the jobs of its sellers are carried: proofs, retries, calls.")
    async def carrying_rules(self, info: Info) -> CarryingRules:
        found = await info.context.load(rules.rules_by_cooperative, self.row.pk)
        return CarryingRules.of(to_id("Cooperative", self.row.pk), found or rules.DEFAULTS)
