"""Cash in drivers' hands: handed in, kept, advanced at the pickup, missing; the fund for cash orders that fail."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.membership import models as membership
from marketplace.deliveries import cash
from marketplace.deliveries import models as delivery_rows
from marketplace.deliveries.models import CashClearing
from marketplace.payments import advances, cash_trust, shortages
from marketplace.payments import models as rows
from marketplace.payments.models import ShortageState
from schema.context import Info
from schema.costs import LISTED, RECKONED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.orders import SubOrder
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.selling import SubOrderResult

described(
    CashClearing,
    "How cash left a driver's hands.",
    {
        "HANDED_IN": "Counted into the co-op's cash box.",
        "SET_OFF": "Kept by the driver as what the co-op owes him for carrying.",
    },
)
described(
    ShortageState,
    "What became of cash that a driver should hold and does not.",
    {
        "OPEN": "Not settled: the co-op's claim on the driver.",
        "DEDUCTED": "Taken from what he has earned.",
        "PAID": "Paid by him in cash.",
        "BORNE": "Borne by the co-op; another officer agreed.",
    },
)


@strawberry.type(description="Cash that a driver no longer owes his co-op.")
class CashReceipt:
    id: strawberry.ID = strawberry.field(description="Names the receipt.")
    clearing: CashClearing = strawberry.field(description="How it left his hands.")
    amount: Rupiah = strawberry.field(description="How much.")
    at: datetime = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: delivery_rows.CashReceipt) -> "CashReceipt":
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


@strawberry.type(description="A case of cash that a driver should hold and does not.")
class CashShortage:
    id: strawberry.ID = strawberry.field(description="Names it.")
    driver_account_id: strawberry.ID = strawberry.field(description="The driver's Account.")
    amount: Rupiah = strawberry.field(description="How much is missing.")
    note: str = strawberry.field(description="What the officer wrote.")
    state: ShortageState = strawberry.field(description="What became of it.")
    opened_at: datetime = strawberry.field(description="When it was opened.")
    ended_at: datetime | None = strawberry.field(description="When it was ended.")

    @classmethod
    def of(cls, row: rows.CashShortage) -> "CashShortage":
        return cls(
            id=to_id("CashShortage", row.id),
            driver_account_id=to_id("Account", row.driver_account_id),
            amount=Rupiah(row.amount),
            note=row.note,
            state=row.state,
            opened_at=row.created_at,
            ended_at=row.ended_at,
        )


@strawberry.type(description="A co-op's fund that pays sellers and drivers when a cash order fails by its buyer.")
class CashOrderFund:
    held: Rupiah = strawberry.field(description="What it holds.")


@strawberry.type
class CooperativeCash:
    """What a co-op says of its cash; added to `Cooperative`."""

    row: strawberry.Private[membership.Cooperative]

    @strawberry.field(
        description="Cases of missing cash, newest first; for its officers and supervisors.", directives=[LISTED]
    )
    async def cash_shortages(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[CashShortage]:
        page = await shortages.list_shortages(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, CashShortage.of, after=after)

    @strawberry.field(
        description="Its fund for cash orders that fail; for its officers and supervisors.", directives=[RECKONED]
    )
    async def cash_order_fund(self, info: Info) -> CashOrderFund:
        return CashOrderFund(held=Rupiah(await cash_trust.fund_of(info.context.actor, self.row.pk)))


@strawberry.input(description="An order that its driver has paid at the pickup.")
class ConfirmPaidAtPickupInput:
    sub_order_id: strawberry.ID = strawberry.field(description="The SubOrder, collected, to be paid in cash.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Less was counted than the books say that a driver holds.")
class ReportCashShortageInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The driver's Cooperative.")
    account_id: strawberry.ID = strawberry.field(description="The driver's Account.")
    amount: Rupiah = strawberry.field(description="What is missing.")
    note: str = strawberry.field(description="What happened: 3 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="How a case of missing cash ends.")
class EndCashShortageInput:
    id: strawberry.ID = strawberry.field(description="The CashShortage.")
    end: ShortageState = strawberry.field(description="DEDUCTED, PAID or BORNE.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Put by for cash orders that fail.")
class ContributeToCashOrderFundInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    amount: Rupiah = strawberry.field(description="How much.")
    note: str = strawberry.field(description="By which decision: 3 to 120 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


CashShortageResult = Annotated[
    CashShortage | Problem, strawberry.union("CashShortageResult", description="The case, or why not.")
]
CashOrderFundResult = Annotated[
    CashOrderFund | Problem, strawberry.union("CashOrderFundResult", description="The fund, or why not.")
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

    @strawberry.mutation(
        description="Talangan: the shop says that the driver has paid it goods and packing out of his own pocket as "
        "he took them; he keeps what the buyer gives him. Problems: NOT_FOUND, WRONG_STATE, NET_DEBIT_CAP."
    )
    @intent
    async def confirm_paid_at_pickup(self, info: Info, input: ConfirmPaidAtPickupInput) -> SubOrderResult:
        id = from_id("SubOrder", input.sub_order_id, "subOrderId")
        row = await advances.confirm_advance(info.context.actor, sub_order_id=id, key=input.idempotency_key)
        info.context.forget()
        return SubOrder.of(row)

    @strawberry.mutation(
        description="An officer counted less than the books say that a driver holds: it becomes a case. Problems: "
        "NOT_FOUND, INVALID, LIMIT_EXCEEDED."
    )
    @intent
    async def report_cash_shortage(self, info: Info, input: ReportCashShortageInput) -> CashShortageResult:
        row = await shortages.report_shortage(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            driver_account_id=from_id("Account", input.account_id, "accountId"),
            amount=int(input.amount),
            note=input.note,
            key=input.idempotency_key,
        )
        return CashShortage.of(row)

    @strawberry.mutation(
        description="An officer ends a case of missing cash. Problems: NOT_FOUND, WRONG_STATE, INVALID, "
        "LIMIT_EXCEEDED (he has not earned so much), NEEDS_TWO_OFFICERS (BORNE)."
    )
    @intent
    async def end_cash_shortage(self, info: Info, input: EndCashShortageInput) -> CashShortageResult:
        row = await shortages.end_shortage(
            info.context.actor,
            shortage_id=from_id("CashShortage", input.id),
            end=input.end,
            key=input.idempotency_key,
        )
        return CashShortage.of(row)

    @strawberry.mutation(
        description="The treasurer puts by for cash orders that fail by their buyers. Problems: FORBIDDEN, INVALID."
    )
    @intent
    async def contribute_to_cash_order_fund(
        self, info: Info, input: ContributeToCashOrderFundInput
    ) -> CashOrderFundResult:
        held = await cash_trust.contribute_to_fund(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            amount=int(input.amount),
            note=input.note,
            key=input.idempotency_key,
        )
        return CashOrderFund(held=Rupiah(held))
