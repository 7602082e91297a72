"""Tips given after a delivery."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from marketplace.deliveries import models as job_rows
from marketplace.deliveries.courier import models as rows
from marketplace.deliveries.courier import tips
from marketplace.deliveries.courier.models import TipState
from marketplace.deliveries.reading import Sight
from marketplace.payments import tipping
from schema.context import Info
from schema.costs import HISTORY
from schema.enums import described
from schema.ids import to_id
from schema.named import OfJob
from schema.problems import Problem, intent
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.payments import PayByInput, Payment

described(
    TipState,
    "Where a tip stands.",
    {
        "WAITING": "Its payment is under way.",
        "GIVEN": "The driver has it, or it is due to him.",
        "FAILED": "It was not paid.",
    },
)


@strawberry.type(description="What a receiver gives his driver after the delivery; all of it is the driver's.")
class DriverTip:
    row: strawberry.Private[rows.DriverTip]
    id: strawberry.ID = strawberry.field(description="Names it.")
    amount: Rupiah = strawberry.field(description="How much.")
    is_cash: bool = strawberry.field(description="Whether it was given from hand to hand, as the receiver says.")
    state: TipState = strawberry.field(description="Where it stands.")
    given_at: datetime | None = strawberry.field(description="When it was the driver's.")

    @classmethod
    def of(cls, row: rows.DriverTip) -> "DriverTip":
        return cls(
            row=row,
            id=to_id("DriverTip", row.pk),
            amount=Rupiah(row.amount),
            is_cash=row.is_cash,
            state=row.state,
            given_at=row.given_at,
        )

    @strawberry.field(description="Its payment, with what its giver needs to pay; null for cash and for others.")
    async def payment(self, info: Info) -> Annotated["Payment", strawberry.lazy("schema.payments")] | None:
        from schema.payments import Payment  # payments.py builds on orders.py, which builds on this module

        if self.row.payment_id is None or self.row.giver_id != info.context.actor.account_id:
            return None
        row = await info.context.load(tipping.payments_by_id, self.row.payment_id)
        return None if row is None else Payment.of(row)


@strawberry.type
class JobTips:
    """The part of a DeliveryJob that tells of tips."""

    row: strawberry.Private[job_rows.DeliveryJob]
    sight: strawberry.Private[Sight]

    @strawberry.field(
        description="Tips given after it, oldest first: the driver and his co-op see those that were given, their "
        "giver all of his own.",
        directives=[HISTORY],
    )
    async def tips(self, info: Info) -> list[DriverTip]:
        found = await info.context.load(tips.tips_by_job, self.row.pk) or []
        account_id = info.context.actor.account_id
        is_told = self.sight.holds or self.sight.watches
        return [
            DriverTip.of(row)
            for row in found
            if (account_id is not None and row.giver_id == account_id) or (is_told and row.state is TipState.GIVEN)
        ]


@strawberry.input(description="A tip for the driver of a delivery that reached you.")
class TipDriverInput(OfJob):
    amount: Rupiah = strawberry.field(description="1 to 1,000,000 rupiah.")
    is_cash: bool = strawberry.field(
        description="True: you gave it from hand to hand, and it is noted; false: you pay it online now.",
        default=False,
    )
    by: Annotated["PayByInput", strawberry.lazy("schema.payments")] | None = strawberry.field(
        description="Online: over what; null: the co-op's first channel.", default=None
    )


TipResult = Annotated[DriverTip | Problem, strawberry.union("TipResult", description="The tip, or why not.")]


@strawberry.type
class TipMutation:
    @strawberry.mutation(
        description="Give the driver a tip within seven days after the delivery, three times at most; all of it is "
        "his. Fails with WRONG_STATE, TOO_MANY, OUT_OF_RANGE, PAYMENT_METHOD_UNAVAILABLE, NOT_FOUND."
    )
    @intent
    async def tip_driver(
        self, info: Info, input: Annotated[TipDriverInput, strawberry.argument(description="How much, for what.")]
    ) -> TipResult:
        from schema.payments import paying_by  # as above

        row = await tips.tip_driver(
            info.context.actor,
            **input.job(),
            amount=int(input.amount),
            is_cash=input.is_cash,
            rails=info.context.adapters.rails,
            **paying_by(info, input.by),
        )
        return DriverTip.of(row)
