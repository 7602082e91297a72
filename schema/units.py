"""A co-op's businesses: workshop, parts shop and others, each with its own stock, sales and result."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.books.periods import Period
from cooperatives.membership import models as membership_rows
from cooperatives.units import models as rows
from cooperatives.units import reading, service
from cooperatives.units.kinds import UnitKind as Kind
from cooperatives.units.kinds import kinds
from cooperatives.units.result import UnitResult as Result
from marketplace.errors import Code, Invalid
from schema.charts import ChartAccount
from schema.context import Info
from schema.costs import LISTED, RECKONED, cost
from schema.financing import UnitFinancing
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah
from schema.unit_stock import StockCount, UnitItem
from schema.unit_trade import Supplier, UnitPurchase, UnitSale
from schema.workshop import UnitJobs

if TYPE_CHECKING:
    from schema.sellers import Seller

SellerType = Annotated["Seller", strawberry.lazy("schema.sellers")]


@strawberry.type(description="A kind of business that a co-op can open a unit of.")
class UnitKind:
    code: str = strawberry.field(description="To open one by: `workshop`. Never given another meaning.")
    name: str = strawberry.field(description="In the language of Accept-Language: `Bengkel`.")
    keeps_stock: bool = strawberry.field(description="Whether it buys, counts and sells items.")
    takes_jobs: bool = strawberry.field(description="Whether it works by job cards, on vehicles brought in.")
    lends: bool = strawberry.field(description="Whether what it offers are the co-op's loan products.")

    @classmethod
    def of(cls, kind: Kind, language: str) -> "UnitKind":
        return cls(
            code=kind.code,
            name=kind.name(language),
            keeps_stock=kind.keeps_stock,
            takes_jobs=kind.takes_jobs,
            lends=kind.lends,
        )


@strawberry.type(description="An account of income or expenses, and what of it is the unit's.")
class UnitResultLine:
    account: ChartAccount = strawberry.field(description="Of the co-op's chart.")
    amount: Rupiah = strawberry.field(description="In these days, on the account's own side.")


@strawberry.type(description="A unit's own profit and loss: its accounts, with the vouchers ascribed to it.")
class UnitResult:
    first_day: date = strawberry.field(description="From this day.")
    last_day: date = strawberry.field(description="To this day.")
    lines: list[UnitResultLine] = strawberry.field(description="By account, in the chart's order.")
    income: Rupiah = strawberry.field(description="What it earned.")
    expenses: Rupiah = strawberry.field(description="What it cost, the cost of what was sold included.")
    result: Rupiah = strawberry.field(description="Income less expenses.")
    stock: Rupiah = strawberry.field(description="What its stock was worth at the end of the last day.")
    claims: Rupiah = strawberry.field(description="What members owed it then.")
    debts: Rupiah = strawberry.field(description="What it owed its suppliers then.")
    at_credit_unit: Rupiah = strawberry.field(
        description="What the credit unit owed it then for what members bought with loans (rekening koran)."
    )

    @classmethod
    def of(cls, found: Result) -> "UnitResult":
        return cls(
            first_day=found.period.first,
            last_day=found.period.last,
            lines=[
                UnitResultLine(account=ChartAccount.of(line.account), amount=Rupiah(line.amount))
                for line in found.lines
            ],
            income=Rupiah(found.income),
            expenses=Rupiah(found.expenses),
            result=Rupiah(found.result),
            stock=Rupiah(found.stock),
            claims=Rupiah(found.claims),
            debts=Rupiah(found.debts),
            at_credit_unit=Rupiah(found.at_credit_unit),
        )


@strawberry.type(description="A business of a co-op, which sells through the catalogue by a shop of its own.")
class BusinessUnit(UnitJobs, UnitFinancing, Node):
    row: strawberry.Private[rows.BusinessUnit]
    name: str = strawberry.field(description="As its shop is called.")
    credit_limit: Rupiah = strawberry.field(description="What one member may owe it at most; 0: it sells no credit.")
    credit_days: int = strawberry.field(description="How long a purchase on credit may take to be paid.")
    bays: int = strawberry.field(description="How many vehicles it takes in at one time.")
    closed_at: datetime | None = strawberry.field(description="When it was closed.")

    @classmethod
    def of(cls, row: rows.BusinessUnit) -> "BusinessUnit":
        return cls(
            id=to_id("BusinessUnit", row.pk),
            row=row,
            name=row.name,
            credit_limit=Rupiah(row.credit_limit),
            credit_days=row.credit_days,
            bays=row.bays,
            closed_at=row.closed_at,
        )

    @strawberry.field(description="What it is.")
    async def kind(self, info: Info) -> UnitKind:
        return UnitKind.of(kinds()[self.row.kind], info.context.language)

    @strawberry.field(description="Its shop in the catalogue: what it offers to everyone.")
    async def shop(self, info: Info) -> SellerType:
        from schema.sellers import Seller

        row = await info.context.load(reading.sellers_by_id, self.row.seller_id)
        assert row is not None  # opened with it
        return Seller.of(row)

    @strawberry.field(
        description="What it keeps, oldest first. Officers, unit managers and pengawas.", directives=[LISTED]
    )
    async def items(
        self,
        info: Info,
        to_reorder: Annotated[
            bool, strawberry.argument(description="Only what stands at its reorder level or below.")
        ] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[UnitItem]:
        page = await reading.list_items(
            info.context.actor, self.row.pk, is_to_reorder=to_reorder, first=first, after=after
        )
        return connection_of(page, UnitItem.of, after=after)

    @strawberry.field(
        description="Suppliers' invoices, the latest first. Officers, unit managers and pengawas.",
        directives=[LISTED],
    )
    async def purchases(
        self,
        info: Info,
        owed: Annotated[bool, strawberry.argument(description="Only those not paid whole.")] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[UnitPurchase]:
        page = await reading.list_purchases(info.context.actor, self.row.pk, is_owed=owed, first=first, after=after)
        return connection_of(page, UnitPurchase.of, after=after)

    @strawberry.field(
        description="What it sold, the latest first. Officers, unit managers and pengawas.", directives=[LISTED]
    )
    async def sales(self, info: Info, first: First = 20, after: After = None) -> Connection[UnitSale]:
        page = await reading.list_sales(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, UnitSale.of, after=after)

    @strawberry.field(
        description="Its stock counts, the latest first. Officers, unit managers and pengawas.", directives=[LISTED]
    )
    async def counts(self, info: Info, first: First = 20, after: After = None) -> Connection[StockCount]:
        page = await reading.list_counts(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, StockCount.of, after=after)

    @strawberry.field(
        description="Its own profit and loss, of the book year until today when no days are given. Officers, unit "
        "managers and pengawas who read the books. Fails with WRONG_STATE while the co-op keeps no books.",
        directives=[RECKONED],
    )
    async def result(
        self,
        info: Info,
        first_day: Annotated[date | None, strawberry.argument(description="From this day; with `lastDay`.")] = None,
        last_day: Annotated[date | None, strawberry.argument(description="To this day, at most today.")] = None,
    ) -> UnitResult:
        if (first_day is None) != (last_day is None):
            raise Invalid.field("lastDay", Code.REQUIRED, "both days or none", "kedua tanggal atau tidak sama sekali")
        period = Period(first_day, last_day) if first_day is not None and last_day is not None else None
        return UnitResult.of(await service.unit_result(info.context.actor, self.row.pk, period))


@strawberry.type
class CooperativeUnits:
    """A co-op's businesses; added to `Cooperative`."""

    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="Its businesses, oldest first, closed ones too; at most 30.", directives=[cost(3, rows=4)]
    )
    async def units(self, info: Info) -> list[BusinessUnit]:
        return [BusinessUnit.of(row) for row in await reading.list_units(self.row.pk)]

    @strawberry.field(
        description="Whom its units buy from, oldest first. Officers, unit managers and pengawas.",
        directives=[LISTED],
    )
    async def suppliers(self, info: Info, first: First = 20, after: After = None) -> Connection[Supplier]:
        page = await reading.list_suppliers(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, Supplier.of, after=after)


@strawberry.type
class UnitKindQuery:
    @strawberry.field(description="Every kind of business that a co-op can open.", directives=[cost(1, rows=10)])
    async def unit_kinds(self, info: Info) -> list[UnitKind]:
        return [UnitKind.of(kind, info.context.language) for kind in kinds().values()]


@finds("BusinessUnit")
async def find_unit(info: Info, id: UUID) -> BusinessUnit | None:
    row = await info.context.load(reading.units_by_id, id)
    return None if row is None else BusinessUnit.of(row)
