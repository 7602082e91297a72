"""A member's income: what the ledger proves of any period, what he reports himself, and statements given out."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.books.periods import Period
from cooperatives.income import adding, issuing, reporting
from cooperatives.income import models as rows
from cooperatives.income.adding import Item, Section
from cooperatives.income.files import PATH
from cooperatives.membership import models as membership_rows
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah

described(
    Section,
    "A part of an income statement.",
    {
        "EARNED": "What he earned through the co-op.",
        "DEDUCTED": "What of it was kept for his dues.",
        "SAVINGS": "What he holds as savings.",
        "LOANS": "What he borrowed of the co-op.",
        "PROTECTION": "What was paid for his protection.",
        "SURPLUS": "His share of the co-op's surplus.",
    },
    name="IncomeSection",
)
described(
    Item,
    "What a line of an income statement is.",
    {
        "DELIVERIES": "Credited for deliveries.",
        "TIPS": "Tips.",
        "SALES": "Credited for his shop's sales, after commission.",
        "DEDUCTED_PROTECTION": "Deducted for protection.",
        "DEDUCTED_LOAN": "Deducted for loans.",
        "DEDUCTED_SAVINGS": "Deducted for savings.",
        "DEDUCTED_PURCHASE": "Deducted for purchases on credit.",
        "DEDUCTED_OPERATING": "Deducted for operating dues.",
        "SAVED_BEFORE": "Savings before the first day.",
        "SAVED_IN": "Put in.",
        "SAVED_OUT": "Taken out.",
        "SAVED_AFTER": "Savings at the end of the last day.",
        "LOAN_RECEIVED": "Lent to him.",
        "LOAN_REPAID": "Principal paid back.",
        "LOAN_INTEREST": "Interest paid.",
        "LOAN_LEFT": "Principal left at the end of the last day.",
        "PROTECTION_PAID": "Contributions that he paid, whichever way.",
        "PROTECTION_CARRIED": "What the solidarity fund paid of these months.",
        "SURPLUS_PAID": "Surplus (SHU) paid to him.",
    },
    name="IncomeItem",
)


@strawberry.type(description="A line that the ledger proves.")
class IncomeLine:
    section: Section = strawberry.field(description="To which part it belongs.")
    item: Item = strawberry.field(description="What it is.")
    amount: Rupiah = strawberry.field(description="How much.")


@strawberry.type(description="What was earned in a month, or the part of it in the period.")
class IncomeMonth:
    first_on: date = strawberry.field(description="Its first day in the period.")
    deliveries: Rupiah = strawberry.field(description="For deliveries.")
    tips: Rupiah = strawberry.field(description="Tips.")
    sales: Rupiah = strawberry.field(description="Of his shop.")
    total: Rupiah = strawberry.field(description="All three.")


@strawberry.type(description="What a member says that another platform paid him. Nobody has proven it.")
class ReportedIncome:
    platform: str = strawberry.field(description="Which one.")
    first_on: date = strawberry.field(description="The first day.")
    last_on: date = strawberry.field(description="The last day.")
    amount: Rupiah = strawberry.field(description="How much, as he says.")


@strawberry.type(description="A member's income of a period: proven by the ledger, and apart what he reports.")
class MemberIncome:
    first_on: date = strawberry.field(description="The first day.")
    last_on: date = strawberry.field(description="The last day.")
    earned: Rupiah = strawberry.field(description="All that the ledger proves that he earned.")
    deducted: Rupiah = strawberry.field(description="What of it was kept for his dues.")
    monthly: Rupiah = strawberry.field(description="Earned in an average month of the period.")
    lines: list[IncomeLine] = strawberry.field(description="What is not zero, part by part.")
    months: list[IncomeMonth] = strawberry.field(description="Earnings month by month.")
    reported: list[ReportedIncome] = strawberry.field(
        description="His own reports of days that lie wholly in the period: no part of any sum above."
    )
    reported_total: Rupiah = strawberry.field(description="Their sum. NOT proven.")

    @classmethod
    def of(cls, income: adding.Income) -> "MemberIncome":
        return cls(
            first_on=income.first_on,
            last_on=income.last_on,
            earned=Rupiah(income.earned),
            deducted=Rupiah(income.deducted),
            monthly=Rupiah(income.monthly),
            lines=[
                IncomeLine(section=item.section, item=item, amount=Rupiah(amount))
                for item in Item
                if (amount := income.items.get(item, 0))
            ],
            months=[
                IncomeMonth(
                    first_on=month.first_on,
                    deliveries=Rupiah(month.deliveries),
                    tips=Rupiah(month.tips),
                    sales=Rupiah(month.sales),
                    total=Rupiah(month.total),
                )
                for month in income.months
            ],
            reported=[
                ReportedIncome(
                    platform=row.platform, first_on=row.first_on, last_on=row.last_on, amount=Rupiah(row.amount)
                )
                for row in income.reported
            ],
            reported_total=Rupiah(income.reported_total),
        )


@strawberry.type(description="A report of what another platform paid, by the member himself.")
class PlatformIncome:
    id: strawberry.ID = strawberry.field(description="To take it back by.")
    platform: str = strawberry.field(description="Which one.")
    first_on: date = strawberry.field(description="The first day.")
    last_on: date = strawberry.field(description="The last day.")
    amount: Rupiah = strawberry.field(description="How much, as he says.")
    is_withdrawn: bool = strawberry.field(description="Whether he has taken it back.")

    @classmethod
    def of(cls, row: rows.PlatformIncome) -> "PlatformIncome":
        return cls(
            id=to_id("PlatformIncome", row.pk),
            platform=row.platform,
            first_on=row.first_on,
            last_on=row.last_on,
            amount=Rupiah(row.amount),
            is_withdrawn=row.withdrawn_at is not None,
        )


@strawberry.type(description="A statement given out: its figures stay as they were on that day.")
class IncomeStatement(Node):
    row: strawberry.Private[rows.IncomeStatement]
    check_code: str = strawberry.field(description="By which whoever holds it checks it: `ABCD-EFGH-…`.")
    check_path: str = strawberry.field(description="The page on which it is checked, by anybody.")
    pdf_path: str = strawberry.field(description="To print, with its code; `.xlsx` gives a workbook.")
    issued_at: datetime = strawberry.field(description="When.")
    expires_at: datetime = strawberry.field(description="Until when it can be checked.")
    is_revoked: bool = strawberry.field(description="Whether the member has revoked it.")
    income: MemberIncome = strawberry.field(description="Its figures.")

    @classmethod
    def of(cls, row: rows.IncomeStatement) -> "IncomeStatement":
        id = to_id("IncomeStatement", row.pk)
        return cls(
            id=id,
            row=row,
            check_code=issuing.spelled(row.code),
            check_path=f"{PATH}{row.code}",
            pdf_path=f"/income/statements/{id}.pdf",
            issued_at=row.created_at,
            expires_at=row.expires_at,
            is_revoked=row.revoked_at is not None,
            income=MemberIncome.of(issuing.told(row)),
        )


@strawberry.type(description="What anybody who holds a statement's code is told of it.")
class CheckedIncomeStatement:
    member: str = strawberry.field(description="The member's name.")
    member_number: int | None = strawberry.field(description="His number in the register.")
    cooperative: str = strawberry.field(description="The co-op's name.")
    registration_number: str | None = strawberry.field(description="Its NIK Koperasi.")
    issued_at: datetime = strawberry.field(description="When it was given out.")
    expires_at: datetime = strawberry.field(description="Until when it can be checked.")
    seal: str = strawberry.field(description="The last seal of the co-op's book then; empty where it had none.")
    income: MemberIncome = strawberry.field(description="Its figures: others mean that it was altered.")


@strawberry.type
class MembershipIncome:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="This member's income of any period of at most five years: himself, and who lends in his co-op "
        "while he has or asks for a loan. Fails with NOT_FOUND for others.",
        directives=[cost(20)],
    )
    async def income(
        self,
        info: Info,
        first_on: Annotated[date, strawberry.argument(description="The first day.")],
        last_on: Annotated[date, strawberry.argument(description="The last day: past or today.")],
    ) -> MemberIncome:
        return MemberIncome.of(await issuing.income(info.context.actor, self.row.pk, Period(first_on, last_on)))

    @strawberry.field(
        description="What he reports of other platforms, latest first: himself alone.", directives=[cost(5, rows=12)]
    )
    async def platform_income(self, info: Info) -> list[PlatformIncome]:
        found = await reporting.reports_of(info.context.actor, self.row.pk)
        return [PlatformIncome.of(row) for row in found]

    @strawberry.field(
        description="The statements that he had given out, latest first: himself alone.", directives=[LISTED]
    )
    async def income_statements(
        self, info: Info, first: First = 10, after: After = None
    ) -> Connection[IncomeStatement]:
        page = await issuing.statements_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, IncomeStatement.of, after=after)


@strawberry.type
class IncomeQuery:
    @strawberry.field(
        description="Check a statement by its code: for a bank, without signing in. Null: the code is wrong, the "
        "statement was revoked, or its time is over.",
        directives=[cost(10)],
    )
    async def check_income_statement(
        self,
        code: Annotated[str, strawberry.argument(description="As it is printed; blanks and dashes don't count.")],
    ) -> CheckedIncomeStatement | None:
        row = await issuing.checked(code[:100])
        if row is None:
            return None
        of = await issuing.whose(row)
        return CheckedIncomeStatement(
            member=of.name,
            member_number=of.number,
            cooperative=of.cooperative,
            registration_number=of.registration_number,
            issued_at=row.created_at,
            expires_at=row.expires_at,
            seal=row.seal,
            income=MemberIncome.of(issuing.told(row)),
        )


@finds("IncomeStatement")
async def find_statement(info: Info, id: UUID) -> IncomeStatement | None:
    row = await issuing.own_statement(info.context.actor, id)
    return None if row is None else IncomeStatement.of(row)
