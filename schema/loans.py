"""Loans: a member's own, those he stands behind, and the queue and arrears of officers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.loans import access, products, reading, repaying, service
from cooperatives.loans import models as rows
from cooperatives.loans.arrears import ArrearsClass
from cooperatives.loans.kinds import GuaranteeState, MoneyWay, RestructuringState
from cooperatives.loans.lifecycle import LoanState
from cooperatives.membership import models as cooperative_rows
from schema.context import Info
from schema.costs import HISTORY, LISTED, RECKONED
from schema.enums import described
from schema.financing import LoanPurchase
from schema.ids import to_id
from schema.interest import Method
from schema.loan_products import LoanProduct
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.rules import Rule
from schema.scalars import BasisPoints, Rupiah, rupiah_or_none

if TYPE_CHECKING:
    from schema.accounts import Account

AccountType = Annotated["Account", strawberry.lazy("schema.accounts")]

described(
    LoanState,
    "Where a loan stands.",
    {
        "APPLIED": "Asked for; officers decide.",
        "APPROVED": "Agreed to; the money waits.",
        "REJECTED": "Turned down.",
        "WITHDRAWN": "The member took it back.",
        "DISBURSED": "The money went out; it is being paid back.",
        "RESTRUCTURED": "It is being paid back on new terms.",
        "REPAID": "Paid back.",
        "WRITTEN_OFF": "The members' meeting let it go.",
    },
)
described(
    ArrearsClass,
    "Kolektibilitas: how sound a loan is, by days late.",
    {
        "CURRENT": "Lancar.",
        "WATCH": "Dalam perhatian khusus.",
        "SUBSTANDARD": "Kurang lancar.",
        "DOUBTFUL": "Diragukan.",
        "LOSS": "Macet.",
    },
)
described(
    MoneyWay,
    "How money of a loan goes out, or comes in early.",
    {
        "CASH": "At the co-op's counter.",
        "TRANSFER": "By its bank.",
        "EARNINGS": "To or from what the co-op owes its driver: paid out by a payout.",
        "UNIT": "To a unit of the co-op for what the member buys there; back from it for what he returns.",
    },
    name="LoanMoneyWay",
)
described(
    GuaranteeState,
    "Whether a member stands behind another's loan.",
    {
        "ASKED": "Not yet answered.",
        "GIVEN": "He does.",
        "REFUSED": "He does not.",
        "RELEASED": "No longer: the loan ended.",
    },
)
described(
    RestructuringState,
    "Where new terms for a loan stand.",
    {"PROPOSED": "Another officer must agree.", "AGREED": "They hold.", "WITHDRAWN": "They don't."},
)


@strawberry.type(description="One instalment in force.")
class LoanInstalment:
    due_on: date = strawberry.field(description="When it falls due.")
    principal: Rupiah = strawberry.field(description="What of it pays the loan back.")
    interest: Rupiah = strawberry.field(description="What of it is interest (jasa).")
    total: Rupiah = strawberry.field(description="Both.")
    paid: Rupiah = strawberry.field(description="What of it was paid: interest first.")

    @classmethod
    def of(cls, row: rows.LoanInstalment) -> "LoanInstalment":
        return cls(
            due_on=row.due_on,
            principal=Rupiah(row.principal),
            interest=Rupiah(row.interest),
            total=Rupiah(row.total),
            paid=Rupiah(row.paid),
        )


@strawberry.type(description="What would end a loan today.")
class LoanPayoff:
    due: Rupiah = strawberry.field(description="What is already due, and is paid first, as a due.")
    amount: Rupiah = strawberry.field(description="What ends the loan beside it: `repayLoanEarly` with this.")
    principal: Rupiah = strawberry.field(description="What of it pays the loan back.")
    interest: Rupiah = strawberry.field(
        description="The interest of the month under way, to the day; below zero: paid ahead, and given back."
    )


@strawberry.type(description="New terms for a running loan.")
class LoanRestructuring:
    months: int = strawberry.field(description="Over so many months.")
    rate: BasisPoints = strawberry.field(description="At this nominal rate a year.")
    reason: str = strawberry.field(description="Why.")
    state: RestructuringState = strawberry.field(description="Where they stand.")

    @classmethod
    def of(cls, row: rows.LoanRestructuring) -> "LoanRestructuring":
        return cls(months=row.months, rate=BasisPoints(row.rate_bp), reason=row.reason, state=row.state)


@strawberry.type(description="A part of a loan, or all that was left, paid before it fell due.")
class EarlyLoanPayment:
    paid_on: date = strawberry.field(description="When.")
    amount: Rupiah = strawberry.field(description="How much.")
    way: MoneyWay = strawberry.field(description="How it came in.")

    @classmethod
    def of(cls, row: rows.LoanPayment) -> "EarlyLoanPayment":
        return cls(paid_on=row.paid_on, amount=Rupiah(row.principal + row.interest), way=row.way)


@strawberry.type(description="A member who was asked to stand behind a loan.")
class LoanGuarantee:
    row: strawberry.Private[rows.LoanGuarantee]
    state: GuaranteeState = strawberry.field(description="What he answered.")
    answered_at: datetime | None = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: rows.LoanGuarantee) -> "LoanGuarantee":
        return cls(row=row, state=row.state, answered_at=row.answered_at)

    @strawberry.field(description="Who.")
    async def guarantor(self, info: Info) -> AccountType | None:
        return await _person(info, self.row.account_id)

    @strawberry.field(description="The loan.")
    async def loan(self, info: Info) -> Annotated["Loan", strawberry.lazy("schema.loans")] | None:
        row = await info.context.load(reading.loans_by_id, self.row.loan_id)
        return None if row is None else Loan.of(row)


@strawberry.type(description="A member's loan. Seen by himself, who stands behind it, officers and pengawas.")
class Loan(LoanPurchase, Node):
    row: strawberry.Private[rows.Loan]
    number: str | None = strawberry.field(description="PJ/2026/0001: given with the money.")
    state: LoanState = strawberry.field(description="Where it stands.")
    reason: str = strawberry.field(description="What the member needs it for.")
    amount: Rupiah = strawberry.field(description="What was asked for, and lent.")
    months: int = strawberry.field(description="Over so many months; as it now stands.")
    method: Method = strawberry.field(description="How interest is reckoned.")
    rate: BasisPoints = strawberry.field(description="The nominal rate a year.")
    effective_rate: BasisPoints = strawberry.field(description="12 times the monthly rate of return.")
    compounded_rate: BasisPoints = strawberry.field(description="The same with interest on interest.")
    is_related: bool = strawberry.field(description="To an officer or pengawas: bounded by own capital.")
    refusal: str | None = strawberry.field(description="Why it was turned down.")
    applied_at: datetime = strawberry.field(description="When it was asked for.")
    decided_at: datetime | None = strawberry.field(description="When officers decided.")
    disbursed_on: date | None = strawberry.field(description="When the money went out.")
    disbursed_by_way: MoneyWay | None = strawberry.field(description="How it went out.")
    ended_at: datetime | None = strawberry.field(description="When it was paid back, written off, or not given.")
    written_off: Rupiah | None = strawberry.field(description="What the meeting let go, where it did.")
    rules: list[Rule] = strawberry.field(description="The law and by-laws that it was held against.")

    @classmethod
    def of(cls, row: rows.Loan) -> "Loan":
        return cls(
            id=to_id("Loan", row.pk),
            row=row,
            number=row.number,
            state=row.state,
            reason=row.reason,
            amount=Rupiah(row.amount),
            months=row.months,
            method=row.method,
            rate=BasisPoints(row.rate_bp),
            effective_rate=BasisPoints(row.effective_bp),
            compounded_rate=BasisPoints(row.compounded_bp),
            is_related=row.is_related,
            refusal=row.refusal,
            applied_at=row.created_at,
            decided_at=row.decided_at,
            disbursed_on=row.disbursed_on,
            disbursed_by_way=row.way,
            ended_at=row.ended_at,
            written_off=rupiah_or_none(row.written_off or None),
            rules=[Rule.of(rule) for rule in row.rules_cited],
        )

    @strawberry.field(description="The member.")
    async def borrower(self, info: Info) -> AccountType | None:
        return await _person(info, self.row.account_id)

    @strawberry.field(description="What it is a loan of.")
    async def product(self, info: Info) -> LoanProduct | None:
        row = await info.context.load(products.products_by_id, self.row.product_id)
        return None if row is None else LoanProduct.of(row)

    @strawberry.field(description="The instalments in force, in their order.", directives=[HISTORY])
    async def instalments(self, info: Info) -> list[LoanInstalment]:
        found = await info.context.load(reading.instalments_by_loan, self.row.pk)
        return [LoanInstalment.of(row) for row in found or []]

    @strawberry.field(description="What of the loan is not paid back.")
    async def outstanding(self, info: Info) -> Rupiah:
        if not self.row.is_running:
            return Rupiah(0)
        found = await info.context.load(reading.instalments_by_loan, self.row.pk)
        return Rupiah(sum(row.principal - row.principal_paid for row in found or []))

    async def _today(self, info: Info) -> date:
        found = await info.context.load(access.todays, self.row.cooperative_id)
        assert found is not None  # a loan's co-op is never removed
        return found

    @strawberry.field(description="How many days the oldest unpaid instalment is late.")
    async def days_late(self, info: Info) -> int:
        return reading.arrears_of(self.row, await self._today(info))[0]

    @strawberry.field(description="Its class by days late.")
    async def arrears_class(self, info: Info) -> ArrearsClass:
        return reading.arrears_of(self.row, await self._today(info))[1]

    @strawberry.field(description="What would end it today.", directives=[RECKONED])
    async def payoff(self, info: Info) -> LoanPayoff:
        instalments = await info.context.load(reading.instalments_by_loan, self.row.pk)
        found = repaying.payoff(self.row, instalments or [], await self._today(info))
        return LoanPayoff(
            due=Rupiah(found.due),
            amount=Rupiah(found.amount),
            principal=Rupiah(found.principal),
            interest=Rupiah(found.interest),
        )

    @strawberry.field(description="The officers who agreed to it, in their order.", directives=[HISTORY])
    async def approved_by(self, info: Info) -> list[AccountType]:
        found = await info.context.load(reading.approvals_by_loan, self.row.pk)
        people = [await _person(info, row.account_id) for row in found or []]
        return [person for person in people if person is not None]

    @strawberry.field(description="Who was asked to stand behind it.", directives=[HISTORY])
    async def guarantees(self, info: Info) -> list[LoanGuarantee]:
        found = await info.context.load(reading.guarantees_by_loan, self.row.pk)
        return [LoanGuarantee.of(row) for row in found or []]

    @strawberry.field(description="What was paid early, oldest first.", directives=[HISTORY])
    async def early_payments(self, info: Info) -> list[EarlyLoanPayment]:
        found = await info.context.load(reading.payments_by_loan, self.row.pk)
        return [EarlyLoanPayment.of(row) for row in found or []]

    @strawberry.field(description="New terms that were proposed for it, oldest first.", directives=[HISTORY])
    async def restructurings(self, info: Info) -> list[LoanRestructuring]:
        found = await info.context.load(reading.restructurings_by_loan, self.row.pk)
        return [LoanRestructuring.of(row) for row in found or []]


async def _person(info: Info, id: UUID) -> AccountType | None:
    from schema.accounts import account_of  # accounts.py builds on nouns that build on this module

    return await account_of(info, id)


@finds("Loan")
async def find_loan(info: Info, id: UUID) -> Loan | None:
    row = await access.visible_loan(info.context.actor, id)
    return None if row is None else Loan.of(row)


@strawberry.type
class ViewerLoans:
    @strawberry.field(description="Your loans in all your co-ops, newest first.", directives=[LISTED])
    async def loans(self, info: Info, first: First = 20, after: After = None) -> Connection[Loan]:
        page = await service.my_loans(info.context.actor, first=first, after=after)
        return connection_of(page, Loan.of, after=after)

    @strawberry.field(
        description="Loans of others that you were asked to stand behind, newest first.", directives=[LISTED]
    )
    async def loan_guarantees(self, info: Info, first: First = 20, after: After = None) -> Connection[LoanGuarantee]:
        page = await service.loans_behind(info.context.actor, first=first, after=after)
        return connection_of(page, LoanGuarantee.of, after=after)


@strawberry.type
class CooperativeLoans:
    """A co-op's loans; added to `Cooperative`."""

    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="Its loans, newest first; for officers, loan officers and pengawas.", directives=[LISTED]
    )
    async def loans(
        self,
        info: Info,
        states: Annotated[
            list[LoanState] | None, strawberry.argument(description="Only in these: APPLIED is the queue.")
        ] = None,
        is_late: Annotated[bool, strawberry.argument(description="Only those that are late.")] = False,
        first: First = 20,
        after: After = None,
    ) -> Connection[Loan]:
        page = await service.list_loans(
            info.context.actor, self.row.pk, states=states or [], is_late=is_late, first=first, after=after
        )
        return connection_of(page, Loan.of, after=after)
