"""The months of a co-op's books that every member reads."""

from datetime import date, datetime

import strawberry

from cooperatives.books import models as rows
from cooperatives.books import open_months
from cooperatives.membership import models as cooperative_rows
from schema.context import Info
from schema.costs import LISTED, cost
from schema.paging import After, Connection, First, connection_of
from schema.statements import AccountTrialBalance, Statement


@strawberry.type(description="A locked month of a co-op's books, as every member reads it: nothing changes in it.")
class OpenMonth:
    row: strawberry.Private[rows.LockedMonth]
    month: date = strawberry.field(description="Its first day.")
    locked_at: datetime = strawberry.field(description="When it was locked.")
    seal: str | None = strawberry.field(description="The last seal of the books then: SHA-256 of their chain.")

    @classmethod
    def of(cls, row: rows.LockedMonth) -> "OpenMonth":
        return cls(row=row, month=row.month, locked_at=row.created_at, seal=row.chain_hash)

    @strawberry.field(description="Neraca saldo of the month, by account.", directives=[cost(20)])
    async def trial_balance(self) -> AccountTrialBalance:
        return AccountTrialBalance.of(await open_months.trial_balance(self.row))

    @strawberry.field(description="Neraca at the month's end.", directives=[cost(20)])
    async def balance_sheet(self, info: Info) -> Statement:
        return Statement.of(await open_months.balance_sheet(self.row), info.context.language)

    @strawberry.field(description="Perhitungan hasil usaha of the month.", directives=[cost(20)])
    async def surplus_statement(self, info: Info) -> Statement:
        return Statement.of(await open_months.surplus_statement(self.row), info.context.language)


@strawberry.type
class CooperativeOpenMonths:
    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="The locked months of its books, the latest first; its members, officers and pengawas, and the "
        "pembina; else empty.",
        directives=[LISTED],
    )
    async def open_months(self, info: Info, first: First = 12, after: After = None) -> Connection[OpenMonth]:
        page = await open_months.open_months(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, OpenMonth.of, after=after)
