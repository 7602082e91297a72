"""What a unit buys and sells: suppliers and their invoices, sales to members and others."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.units import models as rows
from cooperatives.units import reading
from cooperatives.units.financing.reading import loan_numbers_by_sale
from cooperatives.units.kinds import SaleWay, SupplyWay
from schema.context import Info
from schema.costs import HISTORY, LISTED
from schema.dues import member_of
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah
from schema.unit_stock import StockMove, UnitItem

if TYPE_CHECKING:
    from schema.memberships import Membership

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]

described(
    SaleWay,
    "How a unit's sale is paid.",
    {
        "CASH": "At the counter.",
        "TRANSFER": "To the co-op's bank account.",
        "CREDIT": "Later: a due of the member, deducted from his earnings or paid in any other way.",
        "FINANCED": "By a loan of the co-op's credit unit, which the member pays back to it.",
        "ORDER": "Through the catalogue, as its order was paid.",
    },
    name="UnitSaleWay",
)
described(
    SupplyWay,
    "How a unit pays its supplier.",
    {
        "CASH": "Out of the cash box.",
        "TRANSFER": "From the co-op's bank account.",
        "CREDIT": "Later, by the day agreed (tempo).",
    },
)


@strawberry.type(description="Whom a co-op's units buy from.")
class Supplier(Node):
    name: str = strawberry.field(description="Unique in the co-op.")
    phone: str | None = strawberry.field(description="As written down.")
    credit_days: int = strawberry.field(description="How long he lets invoices wait (tempo); 0: paid at once.")

    @classmethod
    def of(cls, row: rows.Supplier) -> "Supplier":
        return cls(id=to_id("Supplier", row.pk), name=row.name, phone=row.phone, credit_days=row.credit_days)


@strawberry.type(description="One item of an invoice.")
class UnitPurchaseLine:
    move: strawberry.Private[rows.StockMove]
    quantity: int = strawberry.field(description="How many came.")
    cost: Rupiah = strawberry.field(description="What they cost together.")

    @strawberry.field(description="What came.")
    async def item(self, info: Info) -> UnitItem | None:
        row = await info.context.load(reading.items_by_id, self.move.item_id)
        return None if row is None else UnitItem.of(row)


@strawberry.type(description="A supplier's invoice: what it brought is in stock, what is not yet paid is owed.")
class UnitPurchase(Node):
    row: strawberry.Private[rows.UnitPurchase]
    reference: str = strawberry.field(description="The supplier's own number.")
    received_on: date = strawberry.field(description="When the goods came.")
    way: SupplyWay = strawberry.field(description="How it is paid.")
    total: Rupiah = strawberry.field(description="What it says.")
    paid: Rupiah = strawberry.field(description="What was paid of it.")
    outstanding: Rupiah = strawberry.field(description="What is still owed.")
    due_on: date | None = strawberry.field(description="Until when it is to be paid; null: paid at once.")
    awaited_payment: Rupiah = strawberry.field(
        description="What one officer asked to be paid and another must agree to, by asking for the same; 0: nothing."
    )

    @classmethod
    def of(cls, row: rows.UnitPurchase) -> "UnitPurchase":
        return cls(
            id=to_id("UnitPurchase", row.pk),
            row=row,
            reference=row.reference,
            received_on=row.received_on,
            way=row.way,
            total=Rupiah(row.total),
            paid=Rupiah(row.paid),
            outstanding=Rupiah(row.outstanding),
            due_on=row.due_on,
            awaited_payment=Rupiah(row.paying),
        )

    @strawberry.field(description="Who brought it.")
    async def supplier(self, info: Info) -> Supplier | None:
        row = await info.context.load(reading.suppliers_by_id, self.row.supplier_id)
        return None if row is None else Supplier.of(row)

    @strawberry.field(description="What it brought.", directives=[HISTORY])
    async def lines(self, info: Info) -> list[UnitPurchaseLine]:
        found = await info.context.load(reading.moves_by_cause, self.row.pk)
        return [
            UnitPurchaseLine(move=move, quantity=move.quantity, cost=StockMove.of(move).value) for move in found or ()
        ]


@strawberry.type(description="One line of a sale: goods, or work.")
class UnitSaleLine:
    name: str = strawberry.field(description="As it was called then.")
    quantity: int = strawberry.field(description="How many.")
    price: Rupiah = strawberry.field(description="For one.")
    total: Rupiah = strawberry.field(description="Both multiplied.")
    item_id: strawberry.ID | None = strawberry.field(description="The UnitItem; null for work.")

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "UnitSaleLine":
        """A line as rows keep it."""
        return cls(
            name=line["name"],
            quantity=line["quantity"],
            price=Rupiah(line["price"]),
            total=Rupiah(line["total"]),
            item_id=to_id("UnitItem", UUID(line["item"])) if "item" in line else None,
        )


@strawberry.type(description="What one buyer took at once at a unit.")
class UnitSale(Node):
    row: strawberry.Private[rows.UnitSale]
    number: str = strawberry.field(description="On the receipt: `PJ/2026/000001`, without a gap in its unit.")
    sold_on: date = strawberry.field(description="When.")
    way: SaleWay = strawberry.field(description="How it is paid.")
    total: Rupiah = strawberry.field(description="What it came to.")
    due_on: date | None = strawberry.field(description="Until when it is to be paid, on credit.")
    returned_at: datetime | None = strawberry.field(description="When all of it was taken back.")
    return_reason: str = strawberry.field(description="Why it was taken back.")
    lines: list[UnitSaleLine] = strawberry.field(description="What was taken.")

    @classmethod
    def of(cls, row: rows.UnitSale) -> "UnitSale":
        return cls(
            id=to_id("UnitSale", row.pk),
            row=row,
            number=row.number,
            sold_on=row.sold_on,
            way=row.way,
            total=Rupiah(row.total),
            due_on=row.due_on,
            returned_at=row.returned_at,
            return_reason=row.return_reason,
            lines=[UnitSaleLine.of(line) for line in row.lines],
        )

    @strawberry.field(description="What the goods had cost; null but for who reads the unit's figures.")
    async def cost(self, info: Info) -> Rupiah | None:
        is_shown = reading.reads(info.context.actor, self.row.cooperative_id)
        return Rupiah(self.row.cost) if is_shown else None

    @strawberry.field(description="The member who bought; null: somebody else.")
    async def member(self, info: Info) -> MembershipType | None:
        return None if self.row.membership_id is None else await member_of(info, self.row.membership_id)

    @strawberry.field(description="What of it came back, a part or all.")
    async def returned(self, info: Info) -> Rupiah:
        if self.row.returned_at is not None:
            return Rupiah(self.row.total)
        total, _ = await info.context.load(reading.returned_of, self.row.pk) or (0, 0)
        return Rupiah(total)

    @strawberry.field(description="The number of the loan that paid it, where one did.")
    async def loan_number(self, info: Info) -> str | None:
        if self.row.way is not SaleWay.FINANCED:
            return None
        return await info.context.load(loan_numbers_by_sale, self.row.pk)

    @strawberry.field(description="The unit's name.")
    async def unit_name(self, info: Info) -> str:
        row = await info.context.load(reading.units_by_id, self.row.unit_id)
        return row.name if row is not None else ""


async def sale_of(info: Info, id: UUID) -> UnitSale | None:
    """The sale behind a row that its reader may see."""
    row = await info.context.load(reading.sales_by_id, id)
    return None if row is None else UnitSale.of(row)


@strawberry.type
class MembershipUnits:
    """What a member bought; added to `Membership`."""

    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="What this member bought at his co-op's units, the latest first. Himself and who reads its dues.",
        directives=[LISTED],
    )
    async def unit_purchases(self, info: Info, first: First = 20, after: After = None) -> Connection[UnitSale]:
        page = await reading.purchases_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, UnitSale.of, after=after)


@finds("UnitPurchase")
async def find_purchase(info: Info, id: UUID) -> UnitPurchase | None:
    row = await reading.seen_purchase(info.context.actor, id)
    return None if row is None else UnitPurchase.of(row)


@finds("UnitSale")
async def find_sale(info: Info, id: UUID) -> UnitSale | None:
    row = await reading.seen_sale(info.context.actor, id)
    return None if row is None else UnitSale.of(row)
