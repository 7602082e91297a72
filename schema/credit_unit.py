"""The savings-and-loan unit of a co-op: its portfolio, and its books apart from the others."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books.periods import Period
from cooperatives.books.reports import TrialLine
from cooperatives.loans import service, unit_books
from cooperatives.loans.arrears import ArrearsClass, Portfolio, Share
from cooperatives.membership import models as cooperative_rows
from marketplace.errors import Code, Invalid
from schema.borrowings import CooperativeBorrowings
from schema.charts import ChartAccount
from schema.context import Info
from schema.costs import cost
from schema.loan_products import CooperativeLoanProducts
from schema.loans import CooperativeLoans
from schema.scalars import BasisPoints, Rupiah


@strawberry.type(description="A part of a co-op's loans.")
class LoanShare:
    loans: int = strawberry.field(description="How many.")
    outstanding: Rupiah = strawberry.field(description="What is owed of them.")
    of_all: BasisPoints = strawberry.field(description="Of all that is owed.")
    reserved: Rupiah = strawberry.field(description="What is set aside for their loss.")

    @classmethod
    def of(cls, found: Share) -> "LoanShare":
        return cls(
            loans=found.loans,
            outstanding=Rupiah(found.owed),
            of_all=BasisPoints(found.of_all_bp),
            reserved=Rupiah(found.reserved),
        )


@strawberry.type(description="Loans of one class.")
class LoansOfClass:
    arrears_class: ArrearsClass = strawberry.field(description="The class.")
    share: LoanShare = strawberry.field(description="How much of all is in it.")


@strawberry.type(description="Loans that are late by so many days or more: all that is owed of them.")
class LoansAtRisk:
    days: int = strawberry.field(description="1, 30 or 90.")
    share: LoanShare = strawberry.field(description="How much of all is at risk.")


@strawberry.type(description="All running loans of a co-op, as of today.")
class LoanPortfolio:
    loans: int = strawberry.field(description="How many.")
    outstanding: Rupiah = strawberry.field(description="What is owed of them.")
    reserved: Rupiah = strawberry.field(description="What is set aside for their loss.")
    by_class: list[LoansOfClass] = strawberry.field(description="Each class of arrears.")
    at_risk: list[LoansAtRisk] = strawberry.field(description="Portfolio at risk (PAR) after 1, 30 and 90 days.")
    non_performing: LoanShare = strawberry.field(description="Kurang lancar, diragukan and macet (NPL).")

    @classmethod
    def of(cls, found: Portfolio) -> "LoanPortfolio":
        return cls(
            loans=found.loans,
            outstanding=Rupiah(found.owed),
            reserved=Rupiah(found.reserved),
            by_class=[
                LoansOfClass(arrears_class=one, share=LoanShare.of(part)) for one, part in found.by_class.items()
            ],
            at_risk=[LoansAtRisk(days=days, share=LoanShare.of(part)) for days, part in found.at_risk.items()],
            non_performing=LoanShare.of(found.non_performing),
        )


@strawberry.type(description="An account of the unit. Balances are debits less credits.")
class CreditUnitLine:
    account: ChartAccount = strawberry.field(description="The account.")
    opening: Rupiah = strawberry.field(description="Before the first day.")
    debits: Rupiah = strawberry.field(description="In these days.")
    credits: Rupiah = strawberry.field(description="In these days.")
    closing: Rupiah = strawberry.field(description="At the end of the last day.")

    @classmethod
    def of(cls, line: TrialLine) -> "CreditUnitLine":
        return cls(
            account=ChartAccount.of(line.account),
            opening=Rupiah(line.opening),
            debits=Rupiah(line.debits),
            credits=Rupiah(line.credits),
            closing=Rupiah(line.closing),
        )


@strawberry.type(description="What passed between the unit and another account of its co-op.")
class CreditUnitCrossing:
    account: ChartAccount = strawberry.field(description="The account outside the unit.")
    came_in: Rupiah = strawberry.field(description="What the unit was given out of it: its accounts were debited.")
    went_out: Rupiah = strawberry.field(description="What the unit gave it: its accounts were credited.")

    @classmethod
    def of(cls, found: unit_books.Crossed) -> "CreditUnitCrossing":
        return cls(
            account=ChartAccount.of(found.account),
            came_in=Rupiah(found.came_in),
            went_out=Rupiah(found.went_out),
        )


@strawberry.type(description="The savings-and-loan unit's own trial balance and result.")
class CreditUnitBooks:
    first_day: date = strawberry.field(description="From this day.")
    last_day: date = strawberry.field(description="To this day.")
    lines: list[CreditUnitLine] = strawberry.field(description="Its accounts.")
    current_account_opening: Rupiah = strawberry.field(
        description="What the unit owed the rest of the co-op before the first day (rekening koran)."
    )
    current_account: Rupiah = strawberry.field(description="The same at the end of the last day.")
    crossings: list[CreditUnitCrossing] = strawberry.field(description="What moved it, by the account outside.")
    is_balanced: bool = strawberry.field(description="Whether its accounts come to just its current account.")
    income: Rupiah = strawberry.field(description="What the unit earned in these days.")
    expenses: Rupiah = strawberry.field(description="What it spent, what was set aside for losses included.")
    result: Rupiah = strawberry.field(description="Income less expenses.")

    @classmethod
    def of(cls, found: unit_books.UnitBooks) -> "CreditUnitBooks":
        return cls(
            first_day=found.period.first,
            last_day=found.period.last,
            lines=[CreditUnitLine.of(line) for line in found.lines],
            current_account_opening=Rupiah(found.opening),
            current_account=Rupiah(found.current_account),
            crossings=[CreditUnitCrossing.of(one) for one in found.crossed],
            is_balanced=found.is_balanced,
            income=Rupiah(found.income),
            expenses=Rupiah(found.expenses),
            result=Rupiah(found.result),
        )


@strawberry.type
class CooperativeCreditUnit(CooperativeLoanProducts, CooperativeLoans, CooperativeBorrowings):
    """The credit unit; added to `Cooperative`."""

    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="All its running loans added up; for officers, loan officers and pengawas.",
        directives=[cost(10)],
    )
    async def loan_portfolio(self, info: Info) -> LoanPortfolio:
        return LoanPortfolio.of(await service.portfolio_of(info.context.actor, self.row.pk))

    @strawberry.field(
        description="The savings-and-loan unit's books apart from the co-op's others, of the book year until today "
        "when no days are given; for those who read the books.",
        directives=[cost(10)],
    )
    async def credit_unit_books(
        self,
        info: Info,
        first_day: Annotated[date | None, strawberry.argument(description="From this day; with `lastDay`.")] = None,
        last_day: Annotated[date | None, strawberry.argument(description="To this day, at most today.")] = None,
    ) -> CreditUnitBooks:
        if (first_day is None) != (last_day is None):
            raise Invalid.field("lastDay", Code.REQUIRED, "both days or none", "kedua tanggal atau tidak sama sekali")
        period = Period(first_day, last_day) if first_day is not None and last_day is not None else None
        return CreditUnitBooks.of(await service.unit_books(info.context.actor, self.row.pk, period))
