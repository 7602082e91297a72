"""Cash in drivers' hands: handed in, or kept as earnings."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.deliveries import cash
from marketplace.deliveries import models as rows
from marketplace.deliveries.models import CashClearing
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

described(
    CashClearing,
    "How cash left a driver's hands.",
    {
        "HANDED_IN": "Counted into the co-op's cash box.",
        "SET_OFF": "Kept by the driver as what the co-op owes him for carrying.",
    },
)


@strawberry.type(description="Cash that a driver no longer owes his co-op.")
class CashReceipt:
    id: strawberry.ID = strawberry.field(description="Names the receipt.")
    clearing: CashClearing = strawberry.field(description="How it left his hands.")
    amount: Rupiah = strawberry.field(description="How much.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: rows.CashReceipt) -> "CashReceipt":
        return cls(
            id=to_id("CashReceipt", row.pk), clearing=row.clearing, amount=Rupiah(row.amount), at=row.created_at
        )


@strawberry.input(description="Whose cash, and how much.")
class DriverCashInput:
    driver_id: strawberry.ID = strawberry.field(description="The driver.")
    amount: Rupiah = strawberry.field(description="How much, at most what he holds.")
    idempotency_key: str = strawberry.field(description=KEY)


CashReceiptResult = Annotated[
    CashReceipt | Problem, strawberry.union("CashReceiptResult", description="The receipt, or why not.")
]


@strawberry.type
class CashMutation:
    @strawberry.mutation(
        description="An officer or dispatcher took cash from a driver. Fails with LIMIT_EXCEEDED, FORBIDDEN."
    )
    @intent
    async def hand_in_cash(
        self, info: Info, input: Annotated[DriverCashInput, strawberry.argument(description="What was counted.")]
    ) -> CashReceiptResult:
        row = await cash.hand_in_cash(
            info.context.actor,
            driver_id=from_id("Driver", input.driver_id, "driverId"),
            amount=int(input.amount),
            key=input.idempotency_key,
        )
        return CashReceipt.of(row)

    @strawberry.mutation(
        description="A driver, or his officer, lets him keep cash as earnings due to him. Fails with LIMIT_EXCEEDED."
    )
    @intent
    async def set_off_cash(
        self, info: Info, input: Annotated[DriverCashInput, strawberry.argument(description="How much he keeps.")]
    ) -> CashReceiptResult:
        row = await cash.set_off_cash(
            info.context.actor,
            driver_id=from_id("Driver", input.driver_id, "driverId"),
            amount=int(input.amount),
            key=input.idempotency_key,
        )
        return CashReceipt.of(row)
