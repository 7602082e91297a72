"""The work plan and budget of a year (RK/RAPB), and what officers are paid, as every member reads them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.budgets import models as rows
from cooperatives.budgets import planning, reading
from cooperatives.budgets.kinds import BudgetState
from cooperatives.membership import models as cooperative_rows
from marketplace.identity.actor import Role
from schema.charts import ChartAccount, chart_account_of
from schema.context import Info
from schema.costs import LISTED, cost
from schema.dues import member_of
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.memberships import Membership

described(
    BudgetState,
    "Where a budget stands.",
    {
        "PROPOSED": "By an officer; the members' meeting decides on it.",
        "REPLACED": "By a later one for the same year.",
        "ADOPTED": "By the members' meeting: it counts.",
    },
)


@strawberry.type(description="What an account shall bring or take in a year.")
class BudgetLine:
    row: strawberry.Private[rows.BudgetLine]
    months: list[Rupiah] = strawberry.field(description="Twelve, the book year's first month first.")
    note: str = strawberry.field(description="What it is for; may be empty.")

    @classmethod
    def of(cls, row: rows.BudgetLine) -> "BudgetLine":
        return cls(row=row, months=[Rupiah(amount) for amount in row.months], note=row.note)

    @strawberry.field(description="Income, an expense, or what is bought to keep.")
    async def account(self, info: Info) -> ChartAccount:
        return await chart_account_of(info, self.row.account_id)


@strawberry.type(description="What an officer or pengawas is paid (honorarium) by a budget.")
class OfficerPay:
    row: strawberry.Private[rows.OfficerPay]
    role: Role = strawberry.field(description="For which office.")
    monthly: Rupiah = strawberry.field(description="A month.")
    yearly: Rupiah = strawberry.field(description="Twelve months.")

    @classmethod
    def of(cls, row: rows.OfficerPay) -> "OfficerPay":
        yearly = Rupiah(row.monthly * planning.MONTHS)
        return cls(row=row, role=row.role, monthly=Rupiah(row.monthly), yearly=yearly)

    @strawberry.field(description="Who is paid.")
    async def name(self, info: Info) -> str:
        from schema.accounts import account_of

        found = await account_of(info, self.row.account_id)
        return "" if found is None else found.name

    @strawberry.field(description="His membership.")
    async def member(self, info: Info) -> Annotated["Membership", strawberry.lazy("schema.memberships")] | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type(description="Sums of a year: as planned, or as it happened.")
class BudgetTotals:
    income: Rupiah = strawberry.field(description="Pendapatan.")
    expenses: Rupiah = strawberry.field(description="Belanja.")
    surplus: Rupiah = strawberry.field(description="Income less expenses.")
    investments: Rupiah = strawberry.field(description="What is bought to keep.")

    @classmethod
    def of(cls, found: planning.Totals) -> "BudgetTotals":
        return cls(
            income=Rupiah(found.income),
            expenses=Rupiah(found.expenses),
            surplus=Rupiah(found.surplus),
            investments=Rupiah(found.investments),
        )


@strawberry.type(description="An account's budget against what happened.")
class BudgetUseRow:
    account: ChartAccount = strawberry.field(description="The account.")
    year: Rupiah = strawberry.field(description="Planned for the whole year; zero: nobody planned it.")
    until: Rupiah = strawberry.field(description="Planned for the year's months that are over.")
    actual: Rupiah = strawberry.field(description="What came or went since the year began.")
    left: Rupiah = strawberry.field(description="What of the year's is left; below zero: more than was planned.")

    @classmethod
    def of(cls, row: planning.Use) -> "BudgetUseRow":
        return cls(
            account=ChartAccount.of(row.account),
            year=Rupiah(row.year),
            until=Rupiah(row.until),
            actual=Rupiah(row.actual),
            left=Rupiah(row.left),
        )


@strawberry.type(description="A budget against what the books say.")
class BudgetUse:
    until: date | None = strawberry.field(
        description="Up to which day: today for those who keep the books, for members the last locked month's end; "
        "null: no month of it is locked."
    )
    rows: list[BudgetUseRow] = strawberry.field(description="By account number.")
    year: BudgetTotals = strawberry.field(description="The whole year's budget.")
    actual: BudgetTotals = strawberry.field(description="What happened until then.")


@strawberry.type(description="The work plan and budget of a book year (RK/RAPB).")
class Budget(Node):
    row: strawberry.Private[rows.Budget]
    number: str = strawberry.field(description="The motion names it: `RAPB/2027/1`.")
    begins_on: date = strawberry.field(description="The book year's first day.")
    ends_on: date = strawberry.field(description="Its last day.")
    state: BudgetState = strawberry.field(description="Where it stands.")
    plan: str = strawberry.field(description="The work plan (rencana kerja).")
    totals: BudgetTotals = strawberry.field(description="Of the whole year.")
    motion_id: strawberry.ID | None = strawberry.field(description="The Motion that adopted it.")
    adopted_at: datetime | None = strawberry.field(description="When it came to count.")

    @classmethod
    def of(cls, row: rows.Budget) -> "Budget":
        return cls(
            id=to_id("Budget", row.pk),
            row=row,
            number=row.number,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            state=row.state,
            plan=row.plan,
            totals=BudgetTotals.of(planning.Totals(row.income, row.expenses, row.investments)),
            motion_id=None if row.motion_id is None else to_id("Motion", row.motion_id),
            adopted_at=row.adopted_at,
        )

    @strawberry.field(description="By account, with pay summed up.", directives=[cost(2, rows=30)])
    async def lines(self, info: Info) -> list[BudgetLine]:
        found = await info.context.load(reading.lines_by_budget, self.row.pk)
        return [BudgetLine.of(row) for row in found or []]

    @strawberry.field(description="What each officer and pengawas is paid.", directives=[cost(2, rows=8)])
    async def pay(self, info: Info) -> list[OfficerPay]:
        found = await info.context.load(reading.pay_by_budget, self.row.pk)
        return [OfficerPay.of(row) for row in found or []]

    @strawberry.field(description="Budget against actual.", directives=[cost(20)])
    async def use(self, info: Info) -> BudgetUse:
        found = await reading.use_of(info.context.actor, self.row)
        return BudgetUse(
            until=found.until,
            rows=[BudgetUseRow.of(row) for row in found.rows],
            year=BudgetTotals.of(found.year),
            actual=BudgetTotals.of(found.actual),
        )


@strawberry.type
class CooperativeBudgets:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Its budgets (RK/RAPB), the latest first; its members, officers and pengawas, and the pembina; "
        "else empty. Replaced ones for officers and pengawas.",
        directives=[LISTED],
    )
    async def budgets(self, info: Info, first: First = 5, after: After = None) -> Connection[Budget]:
        page = await reading.list_budgets(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, Budget.of, after=after)

    @strawberry.field(
        description="What each officer and pengawas is paid by the budget adopted for this year; for "
        "its members, officers and pengawas, and the pembina; else empty.",
        directives=[cost(5, rows=8)],
    )
    async def officers_pay(self, info: Info) -> list[OfficerPay]:
        return [OfficerPay.of(row) for row in await reading.officers_pay(info.context.actor, self.row.pk)]


@finds("Budget")
async def find_budget(info: Info, id: UUID) -> Budget | None:
    row = await reading.seen_budget(info.context.actor, id)
    return None if row is None else Budget.of(row)
