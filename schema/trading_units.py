"""What a unit's keepers do day by day: buy, pay, sell, take back, count."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.units import service
from cooperatives.units.kinds import SaleWay, SupplyWay
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.unit_stock import StockCount
from schema.unit_trade import Supplier, UnitPurchase, UnitSale

SupplierResult = Annotated[
    Supplier | Problem, strawberry.union("SupplierResult", description="The supplier, or why not.")
]
UnitPurchaseResult = Annotated[
    UnitPurchase | Problem,
    strawberry.union("UnitPurchaseResult", description="The invoice as it now stands, or why not."),
]
UnitSaleResult = Annotated[
    UnitSale | Problem, strawberry.union("UnitSaleResult", description="The sale as it now stands, or why not.")
]
StockCountResult = Annotated[
    StockCount | Problem, strawberry.union("StockCountResult", description="The count, or why not.")
]


@strawberry.input(description="Whom units buy from.")
class AddSupplierInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    name: str = strawberry.field(description="2 to 120 characters, unique in the co-op.")
    phone: str | None = strawberry.field(default=None, description="5 to 16 characters.")
    credit_days: int = strawberry.field(default=0, description="How long he lets invoices wait, 0 to 365.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="One item of an invoice.")
class UnitPurchaseLineInput:
    item_id: strawberry.ID = strawberry.field(description="A UnitItem of the unit.")
    quantity: int = strawberry.field(description="How many came, 1 to 1,000,000.")
    cost: Rupiah = strawberry.field(description="What they cost together, discounts and carriage shared out.")


@strawberry.input(description="A supplier's invoice whose goods have come.")
class RecordUnitPurchaseInput:
    unit_id: strawberry.ID = strawberry.field(description="The BusinessUnit.")
    supplier_id: strawberry.ID = strawberry.field(description="The Supplier.")
    reference: str = strawberry.field(description="His own number, 1 to 60 characters; recorded once.")
    received_on: date = strawberry.field(description="When the goods came, at most today.")
    way: SupplyWay = strawberry.field(description="How it is paid; above the co-op's threshold CREDIT alone.")
    due_on: date | None = strawberry.field(default=None, description="On CREDIT; the supplier's days when left out.")
    lines: list[UnitPurchaseLineInput] = strawberry.field(description="1 to 100, each item once.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What is paid of an invoice.")
class PayUnitSupplierInput:
    id: strawberry.ID = strawberry.field(description="The UnitPurchase.")
    amount: Rupiah = strawberry.field(description="At most what is owed.")
    way: SupplyWay = strawberry.field(description="CASH or TRANSFER.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="One item of a sale.")
class UnitSaleLineInput:
    item_id: strawberry.ID = strawberry.field(description="A UnitItem of the unit.")
    quantity: int = strawberry.field(description="How many, 1 to 1,000,000.")


@strawberry.input(description="A sale at the counter.")
class SellAtUnitInput:
    unit_id: strawberry.ID = strawberry.field(description="The BusinessUnit.")
    membership_id: strawberry.ID | None = strawberry.field(
        default=None, description="The Membership that buys, at the member's price; null: somebody else."
    )
    way: SaleWay = strawberry.field(description="CASH, TRANSFER, or CREDIT for a member; FINANCED with `loanId`.")
    due_on: date | None = strawberry.field(default=None, description="On CREDIT; the unit's days when left out.")
    loan_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="FINANCED: the APPROVED Loan that pays just these lines, at the prices quoted for it.",
    )
    lines: list[UnitSaleLineInput] = strawberry.field(description="1 to 100, each item once.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A sale of which goods come back, or all.")
class TakeBackUnitSaleInput:
    id: strawberry.ID = strawberry.field(description="The UnitSale.")
    lines: list[UnitSaleLineInput] = strawberry.field(
        description="Which goods; none: all that is left of it, as always for a sale on CREDIT.", default_factory=list
    )
    reason: str = strawberry.field(description="Why, 3 to 200 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What was found of an item.")
class StockCountLineInput:
    item_id: strawberry.ID = strawberry.field(description="A UnitItem of the unit.")
    counted: int = strawberry.field(description="How many lie in the shop, without what paid orders wait for.")


@strawberry.input(description="A count of items (opname).")
class RecordStockCountInput:
    unit_id: strawberry.ID = strawberry.field(description="The BusinessUnit.")
    lines: list[StockCountLineInput] = strawberry.field(description="1 to 100, each item once.")
    explanation: str = strawberry.field(default="", description="Why it differs; needed where it does.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class UnitTradeMutation:
    @strawberry.mutation(
        description="An officer or unit manager writes down whom the units buy from. Fails with NOT_FOUND, INVALID."
    )
    @intent
    async def add_supplier(
        self, info: Info, input: Annotated[AddSupplierInput, strawberry.argument(description="Who.")]
    ) -> SupplierResult:
        row = await service.add_supplier(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            name=input.name,
            phone=input.phone,
            credit_days=input.credit_days,
            key=input.idempotency_key,
        )
        return Supplier.of(row)

    @strawberry.mutation(
        description="An officer or unit manager records goods that came: into stock at their cost, paid or owed. "
        "Fails with NOT_FOUND, FORBIDDEN, INVALID, NEEDS_TWO_OFFICERS above the threshold unless on CREDIT."
    )
    @intent
    async def record_unit_purchase(
        self, info: Info, input: Annotated[RecordUnitPurchaseInput, strawberry.argument(description="The invoice.")]
    ) -> UnitPurchaseResult:
        row = await service.record_purchase(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.unit_id, "unitId"),
            supplier_id=from_id("Supplier", input.supplier_id, "supplierId"),
            reference=input.reference,
            received_on=input.received_on,
            way=input.way,
            due_on=input.due_on,
            lines=[
                service.Bought(
                    from_id("UnitItem", line.item_id, f"lines.{place}.itemId"), line.quantity, int(line.cost)
                )
                for place, line in enumerate(input.lines)
            ],
            key=input.idempotency_key,
        )
        return UnitPurchase.of(row)

    @strawberry.mutation(
        description="An officer pays of an invoice. Above the threshold it is asked for, and paid when another "
        "officer asks for the same. Fails with NOT_FOUND, FORBIDDEN, INVALID, NEEDS_TWO_OFFICERS for who asked."
    )
    @intent
    async def pay_unit_supplier(
        self, info: Info, input: Annotated[PayUnitSupplierInput, strawberry.argument(description="What of which.")]
    ) -> UnitPurchaseResult:
        row = await service.pay_supplier(
            info.context.actor,
            purchase_id=from_id("UnitPurchase", input.id),
            amount=int(input.amount),
            way=input.way,
            key=input.idempotency_key,
        )
        return UnitPurchase.of(row)

    @strawberry.mutation(
        description="An officer or unit manager sells at the counter: at the member's price to a member, who may "
        "also buy on credit, or with an approved loan, which pays the unit at that moment. Fails with NOT_FOUND, "
        "FORBIDDEN, INVALID, OUT_OF_STOCK, LIMIT_EXCEEDED; on a loan CONFLICT for other goods than were asked for, "
        "WRONG_STATE when it isn't approved or was used."
    )
    @intent
    async def sell_at_unit(
        self, info: Info, input: Annotated[SellAtUnitInput, strawberry.argument(description="What to whom.")]
    ) -> UnitSaleResult:
        member = input.membership_id
        row = await service.sell(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.unit_id, "unitId"),
            lines=[
                service.SaleLine(line.quantity, from_id("UnitItem", line.item_id, f"lines.{place}.itemId"))
                for place, line in enumerate(input.lines)
            ],
            way=input.way,
            membership_id=None if member is None else from_id("Membership", member, "membershipId"),
            due_on=input.due_on,
            loan_id=None if input.loan_id is None else from_id("Loan", input.loan_id, "loanId"),
            key=input.idempotency_key,
        )
        return UnitSale.of(row)

    @strawberry.mutation(
        description="An officer or unit manager takes a sale back, or some of its goods: these at what they had "
        "cost, the money as it came; on credit the rest is owed no more, what was paid is held for the member; what "
        "a loan paid goes to the loan, principal first, and what is left over is held for the member. Fails with "
        "NOT_FOUND, FORBIDDEN, INVALID, DUPLICATE, WRONG_STATE for an order of the catalogue and for a part of what "
        "was sold on credit."
    )
    @intent
    async def take_back_unit_sale(
        self, info: Info, input: Annotated[TakeBackUnitSaleInput, strawberry.argument(description="Which, why.")]
    ) -> UnitSaleResult:
        row = await service.take_back_sale(
            info.context.actor,
            sale_id=from_id("UnitSale", input.id),
            reason=input.reason,
            lines=[
                service.SaleLine(line.quantity, from_id("UnitItem", line.item_id, f"lines.{place}.itemId"))
                for place, line in enumerate(input.lines)
            ],
            key=input.idempotency_key,
        )
        return UnitSale.of(row)

    @strawberry.mutation(
        description="An officer or unit manager counts items; what differs is posted at the average. Fails with "
        "NOT_FOUND, FORBIDDEN, INVALID without an explanation of a difference."
    )
    @intent
    async def record_stock_count(
        self, info: Info, input: Annotated[RecordStockCountInput, strawberry.argument(description="What was found.")]
    ) -> StockCountResult:
        row = await service.record_stock_count(
            info.context.actor,
            unit_id=from_id("BusinessUnit", input.unit_id, "unitId"),
            lines=[
                service.Counted(from_id("UnitItem", line.item_id, f"lines.{place}.itemId"), line.counted)
                for place, line in enumerate(input.lines)
            ],
            explanation=input.explanation,
            key=input.idempotency_key,
        )
        return StockCount.of(row)
