"""What a co-op itself borrows, from LPDB, a bank or another co-op."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.loans import borrowing, borrowing_interest, on_lending, service
from cooperatives.loans import models as rows
from cooperatives.loans.borrowing import Contract
from cooperatives.loans.kinds import BorrowingState, Lender
from cooperatives.membership import models as cooperative_rows
from schema.context import Info
from schema.costs import HISTORY, LISTED, RECKONED
from schema.enums import described
from schema.ids import from_id, to_id
from schema.interest import Method
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, Rupiah

described(
    Lender,
    "Who lends to a co-op.",
    {
        "LPDB": "LPDB-KUMKM, the government's revolving fund.",
        "BANK": "A bank.",
        "COOPERATIVE": "Another co-op.",
        "OTHER": "Someone else.",
    },
)
described(
    BorrowingState,
    "Where what a co-op borrowed stands.",
    {
        "PROPOSED": "Recorded; another officer must agree, and nothing is booked.",
        "RUNNING": "Booked; it is being paid back.",
        "REPAID": "Paid back.",
        "WITHDRAWN": "Not booked.",
    },
)


@strawberry.type(description="One instalment that the co-op pays.")
class BorrowingInstalment:
    due_on: date = strawberry.field(description="When it falls due.")
    principal: Rupiah = strawberry.field(description="What of it pays the loan back.")
    interest: Rupiah = strawberry.field(description="What of it is interest.")
    paid_on: date | None = strawberry.field(description="When it was paid.")
    bank_reference: str | None = strawberry.field(description="The bank's own, once paid.")

    @classmethod
    def of(cls, row: rows.BorrowingInstalment) -> "BorrowingInstalment":
        return cls(
            due_on=row.due_on,
            principal=Rupiah(row.principal),
            interest=Rupiah(row.interest),
            paid_on=row.paid_on,
            bank_reference=row.bank_reference,
        )


@strawberry.type(description="A part of what a co-op borrowed that came in after the first.")
class BorrowingDraw:
    amount: Rupiah = strawberry.field(description="How much.")
    received_on: date = strawberry.field(description="When it came to the bank: interest is for the days since.")
    bank_reference: str = strawberry.field(description="The bank's own.")
    state: BorrowingState = strawberry.field(description="PROPOSED, RUNNING once it is booked, or WITHDRAWN.")

    @classmethod
    def of(cls, row: rows.BorrowingDraw) -> "BorrowingDraw":
        return cls(
            amount=Rupiah(row.amount),
            received_on=row.received_on,
            bank_reference=row.bank_reference,
            state=row.state,
        )


@strawberry.type(description="What members owe of money that the co-op borrowed.")
class OnLent:
    loans: int = strawberry.field(description="How many loans run on it.")
    outstanding: Rupiah = strawberry.field(description="What is owed of them.")
    late: Rupiah = strawberry.field(description="What is owed of those that are late.")


@strawberry.type(description="Money that a co-op borrowed.")
class Borrowing:
    row: strawberry.Private[rows.Borrowing]
    id: strawberry.ID = strawberry.field(description="Names it.")
    lender: Lender = strawberry.field(description="Who lent it.")
    lender_name: str = strawberry.field(description="By name.")
    reference: str = strawberry.field(description="The contract's number.")
    amount: Rupiah = strawberry.field(description="What the lender agreed to.")
    months: int = strawberry.field(description="Over so many months.")
    method: Method = strawberry.field(description="How interest is reckoned.")
    rate: BasisPoints = strawberry.field(description="The nominal rate a year.")
    effective_rate: BasisPoints = strawberry.field(description="12 times the monthly rate of return.")
    received_on: date = strawberry.field(description="When it came in, or the first part of it.")
    state: BorrowingState = strawberry.field(description="Where it stands.")
    ended_at: datetime | None = strawberry.field(description="When it was paid back.")

    @classmethod
    def of(cls, row: rows.Borrowing) -> "Borrowing":
        return cls(
            row=row,
            id=to_id("Borrowing", row.pk),
            lender=row.lender,
            lender_name=row.lender_name,
            reference=row.reference,
            amount=Rupiah(row.amount),
            months=row.months,
            method=row.method,
            rate=BasisPoints(row.rate_bp),
            effective_rate=BasisPoints(row.effective_bp),
            received_on=row.received_on,
            state=row.state,
            ended_at=row.ended_at,
        )

    @strawberry.field(description="What is paid back when, in its order.", directives=[HISTORY])
    async def instalments(self, info: Info) -> list[BorrowingInstalment]:
        found = await info.context.load(borrowing.instalments_by_borrowing, self.row.pk)
        return [BorrowingInstalment.of(row) for row in found or []]

    @strawberry.field(description="What of it came in: the first part, and all draws that were agreed to.")
    async def drawn(self, info: Info) -> Rupiah:
        found = await info.context.load(service.draws_by_borrowing, self.row.pk) or []
        return Rupiah(self.row.came_first + sum(one.amount for one in found if one.state is BorrowingState.RUNNING))

    @strawberry.field(description="What came in after the first part, oldest first.", directives=[HISTORY])
    async def draws(self, info: Info) -> list[BorrowingDraw]:
        found = await info.context.load(service.draws_by_borrowing, self.row.pk)
        return [BorrowingDraw.of(row) for row in found or []]

    @strawberry.field(description="What the co-op still owes of it.")
    async def outstanding(self, info: Info) -> Rupiah:
        found = await info.context.load(borrowing.instalments_by_borrowing, self.row.pk)
        return Rupiah(borrowing.outstanding(self.row, found or []))

    @strawberry.field(description="Interest that it has cost by the days gone by, and that is not yet paid.")
    async def interest_due(self, info: Info) -> Rupiah:
        return Rupiah(await info.context.load(borrowing_interest.interest_due_by_borrowing, self.row.pk) or 0)

    @strawberry.field(description="What members owe of it: loans of products that lend it on.", directives=[RECKONED])
    async def on_lent(self, info: Info) -> OnLent:
        found = await info.context.load(on_lending.on_lent_by_borrowing, self.row.pk)
        assert found is not None  # answered for every id
        return OnLent(loans=found.loans, outstanding=Rupiah(found.owed), late=Rupiah(found.late))


@strawberry.type
class CooperativeBorrowings:
    """What a co-op borrowed; added to `Cooperative`."""

    row: strawberry.Private[cooperative_rows.Cooperative]

    @strawberry.field(
        description="What it borrowed, newest first; for officers, loan officers and pengawas.", directives=[LISTED]
    )
    async def borrowings(self, info: Info, first: First = 20, after: After = None) -> Connection[Borrowing]:
        page = await service.list_borrowings(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, Borrowing.of, after=after)


BorrowingResult = Annotated[
    Borrowing | Problem,
    strawberry.union("BorrowingResult", description="The borrowing as it now stands, or why not."),
]


@strawberry.input(description="What the co-op agreed with its lender.")
class RecordBorrowingInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    lender: Lender = strawberry.field(description="Who lends.")
    lender_name: str = strawberry.field(description="By name, 1 to 120 characters.")
    reference: str = strawberry.field(description="The contract's number, 1 to 60 characters.")
    amount: Rupiah = strawberry.field(description="How much.")
    months: int = strawberry.field(description="Over so many months, 1 to 120.")
    method: Method = strawberry.field(description="How interest is reckoned.")
    rate: BasisPoints = strawberry.field(description="The nominal rate a year.")
    received_on: date = strawberry.field(description="When it came to the bank, at most today.")
    multiple: Rupiah = strawberry.field(description="Instalments are multiples of this.", default=Rupiah(1))
    first_drawn: Rupiah | None = strawberry.field(
        description="What of the amount came in then; null: all. The rest comes by `drawBorrowing`.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whether what was recorded is booked.")
class AnswerBorrowingInput:
    id: strawberry.ID = strawberry.field(description="A Borrowing that is PROPOSED, or of which a draw is.")
    is_agreed: bool = strawberry.field(description="Another officer agrees; false: the record is withdrawn.")


@strawberry.input(description="That the next instalment was paid.")
class PayBorrowingInput:
    id: strawberry.ID = strawberry.field(description="A RUNNING Borrowing.")
    paid_on: date = strawberry.field(description="When, at most today.")
    bank_reference: str = strawberry.field(description="The bank's own, 1 to 60 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class BorrowingMutation:
    @strawberry.mutation(
        description="An officer records what the co-op borrowed; another agrees before it is booked. Fails with "
        "FORBIDDEN, INVALID, WRONG_STATE while no books are kept."
    )
    @intent
    async def record_borrowing(
        self, info: Info, input: Annotated[RecordBorrowingInput, strawberry.argument(description="The contract.")]
    ) -> BorrowingResult:
        contract = Contract(
            lender=input.lender,
            lender_name=input.lender_name,
            reference=input.reference,
            amount=int(input.amount),
            months=input.months,
            rate_bp=int(input.rate),
            method=input.method,
            received_on=input.received_on,
            multiple=int(input.multiple),
            first_drawn=None if input.first_drawn is None else int(input.first_drawn),
        )
        row = await service.record_borrowing(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            contract=contract,
            key=input.idempotency_key,
        )
        return Borrowing.of(row)

    @strawberry.mutation(
        description="Another officer agrees, and the money is booked at the bank; or any withdraws the record. Fails "
        "with NEEDS_TWO_OFFICERS for who recorded it, WRONG_STATE, NOT_FOUND."
    )
    @intent
    async def answer_borrowing(
        self, info: Info, input: Annotated[AnswerBorrowingInput, strawberry.argument(description="The answer.")]
    ) -> BorrowingResult:
        id = from_id("Borrowing", input.id)
        row = await service.answer_borrowing(info.context.actor, borrowing_id=id, is_agreed=input.is_agreed)
        return Borrowing.of(row)

    @strawberry.mutation(
        description="An officer books the next instalment as paid from the bank. Fails with WRONG_STATE, INVALID, "
        "NOT_FOUND."
    )
    @intent
    async def pay_borrowing(
        self, info: Info, input: Annotated[PayBorrowingInput, strawberry.argument(description="Which, when.")]
    ) -> BorrowingResult:
        row = await service.pay_borrowing(
            info.context.actor,
            borrowing_id=from_id("Borrowing", input.id),
            paid_on=input.paid_on,
            bank_reference=input.bank_reference,
            key=input.idempotency_key,
        )
        return Borrowing.of(row)
