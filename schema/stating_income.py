"""Mutations of income: what a member reports of other platforms, and the statements that he has written down."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books.periods import Period
from cooperatives.income import issuing, reporting
from schema.context import Info
from schema.ids import from_id
from schema.income import IncomeStatement, PlatformIncome
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah


@strawberry.input(description="What another platform paid you.")
class ReportPlatformIncomeInput:
    membership_id: strawberry.ID = strawberry.field(description="Your Membership.")
    platform: str = strawberry.field(description="Which one, 2 to 40 characters.")
    first_on: date = strawberry.field(description="The first day.")
    last_on: date = strawberry.field(description="The last day: past, within a year of the first.")
    amount: Rupiah = strawberry.field(description="What it paid you in these days.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which report you take back.")
class WithdrawPlatformIncomeInput:
    report_id: strawberry.ID = strawberry.field(description="The PlatformIncome.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A statement to have.")
class IssueIncomeStatementInput:
    membership_id: strawberry.ID = strawberry.field(description="Your Membership.")
    first_on: date = strawberry.field(description="The first day.")
    last_on: date = strawberry.field(description="The last day: past or today, at most five years on.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which statement nobody can check any more.")
class RevokeIncomeStatementInput:
    statement_id: strawberry.ID = strawberry.field(description="Your IncomeStatement.")
    idempotency_key: str = strawberry.field(description=KEY)


PlatformIncomeResult = Annotated[
    PlatformIncome | Problem, strawberry.union("PlatformIncomeResult", description="The report, or why not.")
]
IncomeStatementResult = Annotated[
    IncomeStatement | Problem, strawberry.union("IncomeStatementResult", description="The statement, or why not.")
]


@strawberry.type
class IncomeMutation:
    @strawberry.mutation(
        description="Report what another platform paid you: it stands on your statement as your own word, apart from "
        "what the ledger proves. Fails with DUPLICATE for days of that platform that you have reported."
    )
    @intent
    async def report_platform_income(self, info: Info, input: ReportPlatformIncomeInput) -> PlatformIncomeResult:
        row = await reporting.report(
            info.context.actor,
            membership_id=from_id("Membership", input.membership_id, "membershipId"),
            platform=input.platform,
            first_on=input.first_on,
            last_on=input.last_on,
            amount=int(input.amount),
            key=input.idempotency_key,
        )
        return PlatformIncome.of(row)

    @strawberry.mutation(
        description="Take a report of yours back; statements given out keep it. Fails with NOT_FOUND."
    )
    @intent
    async def withdraw_platform_income(self, info: Info, input: WithdrawPlatformIncomeInput) -> PlatformIncomeResult:
        id = from_id("PlatformIncome", input.report_id, "reportId")
        return PlatformIncome.of(
            await reporting.take_back(info.context.actor, report_id=id, key=input.idempotency_key)
        )

    @strawberry.mutation(
        description="Have a statement of your income written down, to show to a bank: with a code by which it can be "
        "checked for 90 days. Fails with OUT_OF_RANGE."
    )
    @intent
    async def issue_income_statement(self, info: Info, input: IssueIncomeStatementInput) -> IncomeStatementResult:
        row = await issuing.issue(
            info.context.actor,
            membership_id=from_id("Membership", input.membership_id, "membershipId"),
            days=Period(input.first_on, input.last_on),
            key=input.idempotency_key,
        )
        return IncomeStatement.of(row)

    @strawberry.mutation(description="From now on nobody can check your statement. Fails with NOT_FOUND.")
    @intent
    async def revoke_income_statement(self, info: Info, input: RevokeIncomeStatementInput) -> IncomeStatementResult:
        id = from_id("IncomeStatement", input.statement_id, "statementId")
        return IncomeStatement.of(
            await issuing.revoke(info.context.actor, statement_id=id, key=input.idempotency_key)
        )
