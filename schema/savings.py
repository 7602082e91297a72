"""Members' savings: products, accounts with their passbooks, interest and withdrawals."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.savings import models as rows
from cooperatives.savings import reading, service
from cooperatives.savings.breaking import Breaking, breaking_of
from cooperatives.savings.kinds import Rollover, SavingsKind
from cooperatives.savings.terms import read_cited
from schema.context import Info
from schema.costs import LISTED, RECKONED, cost
from schema.dues import member_of
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.rules import Rule
from schema.scalars import BasisPoints, Rupiah

if TYPE_CHECKING:
    from schema.memberships import Membership
    from schema.withdrawals import SavingsWithdrawal

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]
WithdrawalType = Annotated["SavingsWithdrawal", strawberry.lazy("schema.withdrawals")]

described(
    SavingsKind,
    "What a savings account is.",
    {
        "PRINCIPAL": "Simpanan pokok: once, the co-op's own capital; back on leaving.",
        "MANDATORY": "Simpanan wajib: each month, the co-op's own capital; back on leaving.",
        "VOLUNTARY": "Simpanan sukarela: in and out as the member likes.",
        "TERM": "Simpanan berjangka: put away for some months.",
    },
)
described(
    Rollover,
    "What becomes of a deposit when its term ends.",
    {
        "TO_SAVINGS": "It goes back to the voluntary savings that it came from.",
        "AGAIN": "It stays for the same term, at the rate of that day.",
    },
)


@strawberry.type(description="Voluntary savings or deposits that a co-op offers its members.")
class SavingsProduct:
    row: strawberry.Private[rows.SavingsProduct]
    id: strawberry.ID = strawberry.field(description="To open or place by.")
    kind: SavingsKind = strawberry.field(description="VOLUNTARY or TERM.")
    name: str = strawberry.field(description="As members know it.")
    months: int | None = strawberry.field(description="How long a deposit lies; null for voluntary savings.")
    least: Rupiah = strawberry.field(description="The smallest deposit; of voluntary savings what stays in them.")
    is_retired: bool = strawberry.field(description="Whether it takes no new accounts.")

    @classmethod
    def of(cls, row: rows.SavingsProduct) -> "SavingsProduct":
        return cls(
            row=row,
            id=to_id("SavingsProduct", row.pk),
            kind=row.kind,
            name=row.name,
            months=row.months,
            least=Rupiah(row.least),
            is_retired=row.retired_at is not None,
        )

    @strawberry.field(description="What it earns a year, today.")
    async def rate(self, info: Info) -> BasisPoints:
        return BasisPoints(await info.context.load(reading.rates_now, self.row.pk) or 0)


@strawberry.type(description="One movement in a passbook.")
class PassbookLine:
    day: date = strawberry.field(description="Where the co-op is.")
    at: datetime = strawberry.field(description="When it was booked.")
    kind: str = strawberry.field(description="As the ledger names it: `savings.deposit`.")
    words: str = strawberry.field(description="What it is, in the language of Accept-Language.")
    amount: Rupiah = strawberry.field(description="In is more than zero, out is less.")
    balance: Rupiah = strawberry.field(description="What the account held after it.")


@strawberry.type(description="What an account earned in a month.")
class SavingsInterest:
    month: date = strawberry.field(description="The month, by its first day.")
    gross: Rupiah = strawberry.field(description="By the balance at the end of each day.")
    tax: Rupiah = strawberry.field(description="Final, withheld; by all that the member's savings earned.")
    net: Rupiah = strawberry.field(description="What was credited.")
    rules: list[Rule] = strawberry.field(description="The rules that it used.")

    @classmethod
    def of(cls, row: rows.InterestCredit) -> "SavingsInterest":
        return cls(
            month=row.month,
            gross=Rupiah(row.gross),
            tax=Rupiah(row.tax),
            net=Rupiah(row.gross - row.tax),
            rules=[Rule.of(read_cited(kept)) for kept in row.rules],
        )


@strawberry.type(description="A deposit that would be taken back today, before its term ends. Before tax.")
class DepositBreaking:
    given_back: Rupiah = strawberry.field(description="What goes back to the savings that it came from.")
    since: date = strawberry.field(description="From this day on it would have earned nothing.")
    forgone: Rupiah = strawberry.field(description="What it had earned from then until yesterday, and would lose.")
    by_the_end: Rupiah = strawberry.field(
        description="What it would earn from that day on if it stayed until its term ends."
    )
    rule: Rule = strawberry.field(description="The cap above which no day earns.")

    @classmethod
    def of(cls, found: Breaking) -> "DepositBreaking":
        return cls(
            given_back=Rupiah(found.given_back),
            since=found.since,
            forgone=Rupiah(found.forgone),
            by_the_end=Rupiah(found.by_the_end),
            rule=Rule.of(found.rule),
        )


@strawberry.type(description="One member's savings of one kind, with its passbook.")
class SavingsAccount(Node):
    row: strawberry.Private[rows.SavingsAccount]
    kind: SavingsKind = strawberry.field(description="What it is.")
    number: str = strawberry.field(description="As the passbook shows it: `SS-000123-1`.")
    opened_on: date = strawberry.field(description="Since when.")
    monthly_promise: Rupiah = strawberry.field(description="What the member promised himself to save each month.")
    matures_on: date | None = strawberry.field(description="When a deposit's term ends.")
    rollover: Rollover | None = strawberry.field(description="What becomes of a deposit then.")
    closed_at: datetime | None = strawberry.field(description="When it was closed.")
    passbook_path: str = strawberry.field(description="The passbook as a PDF; `.xlsx` gives a workbook.")

    @classmethod
    def of(cls, row: rows.SavingsAccount) -> "SavingsAccount":
        id = to_id("SavingsAccount", row.pk)
        return cls(
            id=id,
            row=row,
            kind=row.kind,
            number=row.number,
            opened_on=row.opened_on,
            monthly_promise=Rupiah(row.monthly_promise),
            matures_on=row.matures_on,
            rollover=row.rollover,
            closed_at=row.closed_at,
            passbook_path=f"/savings/passbooks/{id}.pdf",
        )

    @strawberry.field(description="What it holds now, by the ledger.", directives=[RECKONED])
    async def balance(self, info: Info) -> Rupiah:
        return Rupiah(await info.context.load(reading.balances_by_id, self.row.pk) or 0)

    @strawberry.field(description="What it earns a year, today.")
    async def rate(self, info: Info) -> BasisPoints:
        if self.row.kind is SavingsKind.TERM:
            return BasisPoints(await info.context.load(reading.deposit_rates_now, self.row.pk) or 0)
        if self.row.product_id is None:
            return BasisPoints(0)
        return BasisPoints(await info.context.load(reading.rates_now, self.row.product_id) or 0)

    @strawberry.field(description="Of which product; null for pokok and wajib.")
    async def product(self, info: Info) -> SavingsProduct | None:
        if self.row.product_id is None:
            return None
        row = await info.context.load(reading.products_by_id, self.row.product_id)
        return None if row is None else SavingsProduct.of(row)

    @strawberry.field(description="Whose it is.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)

    @strawberry.field(description="Every movement with the balance after it, the latest first.", directives=[LISTED])
    async def passbook(self, info: Info, first: First = 20, after: After = None) -> Connection[PassbookLine]:
        page = await service.read_passbook(info.context.actor, self.row.pk, first=first, after=after)
        language = info.context.language

        def dressed(line: service.PassbookLine) -> PassbookLine:
            return PassbookLine(
                day=line.day,
                at=line.at,
                kind=line.kind,
                words=line.words(language),
                amount=Rupiah(line.amount),
                balance=Rupiah(line.balance),
            )

        return connection_of(page, dressed, after=after)

    @strawberry.field(description="What it earned month by month, the latest first.", directives=[LISTED])
    async def interest(self, info: Info, first: First = 12, after: After = None) -> Connection[SavingsInterest]:
        page = await service.interest_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, SavingsInterest.of, after=after)

    @strawberry.field(
        description="What breaking a deposit today (`breakDeposit`) would cost; null for other savings, and once it "
        "was given back.",
        directives=[LISTED],
    )
    async def breaking(self) -> DepositBreaking | None:
        found = await breaking_of(self.row)
        return None if found is None else DepositBreaking.of(found)

    @strawberry.field(description="What was asked to be taken out, the latest first.", directives=[LISTED])
    async def withdrawals(self, info: Info, first: First = 10, after: After = None) -> Connection[WithdrawalType]:
        from schema.withdrawals import SavingsWithdrawal

        page = await service.withdrawals_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, SavingsWithdrawal.of, after=after)


@strawberry.type
class MembershipSavings:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="This member's savings, open ones first; at most 200. Himself and officers.",
        directives=[cost(5, rows=5)],
    )
    async def savings(self, info: Info) -> list[SavingsAccount]:
        return [SavingsAccount.of(row) for row in await service.savings_of(info.context.actor, self.row.pk)]


@strawberry.type
class CooperativeSavings:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="What the co-op offers its members to save, at most 50; those of it alone.",
        directives=[cost(5, rows=5)],
    )
    async def savings_products(self, info: Info) -> list[SavingsProduct]:
        return [SavingsProduct.of(row) for row in await service.products_of(info.context.actor, self.row.pk)]

    @strawberry.field(
        description="Members' open accounts, oldest first. Officers, pengawas and those at the counter.",
        directives=[LISTED],
    )
    async def savings_accounts(
        self,
        info: Info,
        kind: Annotated[SavingsKind | None, strawberry.argument(description="Only of this kind.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[SavingsAccount]:
        page = await service.list_savings(info.context.actor, self.row.pk, kind=kind, first=first, after=after)
        return connection_of(page, SavingsAccount.of, after=after)


@finds("SavingsAccount")
async def find_savings(info: Info, id: UUID) -> SavingsAccount | None:
    row = await reading.seen_savings(info.context.actor, id)
    return None if row is None else SavingsAccount.of(row)
