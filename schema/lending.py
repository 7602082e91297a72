"""What members and officers do with loans."""

from typing import Annotated

import strawberry

from cooperatives.loans import service
from cooperatives.loans.kinds import MoneyWay
from cooperatives.loans.paying_off import AfterEarly
from schema.context import Info
from schema.enums import described
from schema.ids import from_id
from schema.loans import Loan
from schema.problems import KEY, Problem, intent
from schema.scalars import BasisPoints, Rupiah

described(
    AfterEarly,
    "What a part paid early makes smaller.",
    {
        "INSTALMENT": "Each coming instalment; the loan ends when it would have.",
        "TERM": "The number of instalments; none is larger than before.",
    },
    name="LoanAfterEarly",
)

LoanResult = Annotated[
    Loan | Problem, strawberry.union("LoanResult", description="The loan as it now stands, or why not.")
]


@strawberry.input(description="Which loan.")
class LoanInput:
    id: strawberry.ID = strawberry.field(description="The Loan.")


@strawberry.input(description="Whether you stand behind a member's loan.")
class AnswerLoanGuaranteeInput:
    id: strawberry.ID = strawberry.field(description="The Loan, of which you were told.")
    is_given: bool = strawberry.field(description="Whether you do.")


@strawberry.input(description="Which loan is turned down, and why.")
class RejectLoanInput:
    id: strawberry.ID = strawberry.field(description="An APPLIED or APPROVED Loan.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="How the money of an approved loan goes out.")
class DisburseLoanInput:
    id: strawberry.ID = strawberry.field(description="An APPROVED Loan.")
    way: MoneyWay = strawberry.field(description="How.")
    reference: str | None = strawberry.field(
        description="The number of the receipt or transfer; needed but for EARNINGS.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What is paid before it falls due.")
class RepayLoanEarlyInput:
    id: strawberry.ID = strawberry.field(description="A running Loan.")
    amount: Rupiah = strawberry.field(description="A part, or the loan's `payoff.amount`.")
    way: MoneyWay = strawberry.field(description="CASH and TRANSFER an officer writes down; EARNINGS the member.")
    choice: AfterEarly = strawberry.field(description="What a part makes smaller.", default=AfterEarly.INSTALMENT)
    reference: str | None = strawberry.field(
        description="The number of the receipt or transfer; needed but for EARNINGS.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="New terms for a running loan.")
class ProposeLoanRestructuringInput:
    id: strawberry.ID = strawberry.field(description="A running Loan.")
    months: int = strawberry.field(description="Over so many months from the day of agreement, 1 to 120.")
    rate: BasisPoints = strawberry.field(description="The nominal rate a year, within the cap.")
    reason: str = strawberry.field(description="Why, 1 to 300 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Whether proposed terms hold.")
class AnswerLoanRestructuringInput:
    id: strawberry.ID = strawberry.field(description="The Loan.")
    is_agreed: bool = strawberry.field(description="Another officer agrees; false: what was proposed is withdrawn.")


@strawberry.input(description="Which loan the members' meeting lets go.")
class WriteOffLoanInput:
    id: strawberry.ID = strawberry.field(description="A running Loan.")
    motion_id: strawberry.ID = strawberry.field(description="The adopted Motion that names it by its number.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class LendingMutation:
    @strawberry.mutation(description="The member takes it back before the money went out. Fails with WRONG_STATE.")
    @intent
    async def withdraw_loan(
        self, info: Info, input: Annotated[LoanInput, strawberry.argument(description="Which one.")]
    ) -> LoanResult:
        return Loan.of(await service.withdraw_application(info.context.actor, loan_id=from_id("Loan", input.id)))

    @strawberry.mutation(
        description="A member who was asked stands behind a loan, or does not. Fails with NOT_FOUND, WRONG_STATE "
        "once it is approved, TOO_MANY."
    )
    @intent
    async def answer_loan_guarantee(
        self, info: Info, input: Annotated[AnswerLoanGuaranteeInput, strawberry.argument(description="Your answer.")]
    ) -> LoanResult:
        id = from_id("Loan", input.id)
        return Loan.of(await service.answer_guarantee(info.context.actor, loan_id=id, is_given=input.is_given))

    @strawberry.mutation(
        description="An officer agrees to a loan: enough up to the co-op's threshold, above it two must. Fails with "
        "NEEDS_TWO_OFFICERS for one's second word, FORBIDDEN for one's own loan, AGAINST_THE_LAW, WRONG_STATE."
    )
    @intent
    async def approve_loan(
        self, info: Info, input: Annotated[LoanInput, strawberry.argument(description="Which one.")]
    ) -> LoanResult:
        return Loan.of(await service.approve_loan(info.context.actor, loan_id=from_id("Loan", input.id)))

    @strawberry.mutation(description="An officer turns a loan down. Fails with FORBIDDEN, WRONG_STATE, INVALID.")
    @intent
    async def reject_loan(
        self, info: Info, input: Annotated[RejectLoanInput, strawberry.argument(description="Which one, and why.")]
    ) -> LoanResult:
        id = from_id("Loan", input.id)
        return Loan.of(await service.reject_loan(info.context.actor, loan_id=id, reason=input.reason))

    @strawberry.mutation(
        description="An officer gives the money. Its instalments then stand among the member's dues. Fails with "
        "FORBIDDEN, WRONG_STATE, INVALID, AGAINST_THE_LAW."
    )
    @intent
    async def disburse_loan(
        self, info: Info, input: Annotated[DisburseLoanInput, strawberry.argument(description="Which one, and how.")]
    ) -> LoanResult:
        row = await service.disburse_loan(
            info.context.actor,
            loan_id=from_id("Loan", input.id),
            way=input.way,
            reference=input.reference,
            key=input.idempotency_key,
        )
        return Loan.of(row)

    @strawberry.mutation(
        description="Pay before it falls due: a part, or all. What is already due is paid first, as a due. Fails "
        "with WRONG_STATE, INVALID, LIMIT_EXCEEDED when the earnings don't hold so much, FORBIDDEN."
    )
    @intent
    async def repay_loan_early(
        self, info: Info, input: Annotated[RepayLoanEarlyInput, strawberry.argument(description="How much, how.")]
    ) -> LoanResult:
        row = await service.repay_early(
            info.context.actor,
            loan_id=from_id("Loan", input.id),
            amount=int(input.amount),
            way=input.way,
            choice=input.choice,
            reference=input.reference,
            key=input.idempotency_key,
        )
        return Loan.of(row)

    @strawberry.mutation(
        description="An officer proposes new terms for a running loan. Fails with AGAINST_THE_LAW, DUPLICATE while "
        "others wait, WRONG_STATE, INVALID, FORBIDDEN."
    )
    @intent
    async def propose_loan_restructuring(
        self,
        info: Info,
        input: Annotated[ProposeLoanRestructuringInput, strawberry.argument(description="The terms.")],
    ) -> LoanResult:
        row = await service.propose_restructuring(
            info.context.actor,
            loan_id=from_id("Loan", input.id),
            months=input.months,
            rate_bp=int(input.rate),
            reason=input.reason,
            key=input.idempotency_key,
        )
        return Loan.of(row)

    @strawberry.mutation(
        description="Another officer agrees to new terms, which then hold; or any withdraws them. Fails with "
        "NEEDS_TWO_OFFICERS for who proposed them, NOT_FOUND, FORBIDDEN."
    )
    @intent
    async def answer_loan_restructuring(
        self,
        info: Info,
        input: Annotated[AnswerLoanRestructuringInput, strawberry.argument(description="The answer.")],
    ) -> LoanResult:
        id = from_id("Loan", input.id)
        return Loan.of(await service.answer_restructuring(info.context.actor, loan_id=id, is_agreed=input.is_agreed))

    @strawberry.mutation(
        description="An officer carries out what the members' meeting decided: the loan is let go, out of what was "
        "set aside for it. Fails with FORBIDDEN, NOT_FOUND, WRONG_STATE when the motion was not adopted, CONFLICT "
        "when it names another loan."
    )
    @intent
    async def write_off_loan(
        self, info: Info, input: Annotated[WriteOffLoanInput, strawberry.argument(description="Which, by what.")]
    ) -> LoanResult:
        row = await service.write_off_loan(
            info.context.actor,
            loan_id=from_id("Loan", input.id),
            motion_id=from_id("Motion", input.motion_id, "motionId"),
            key=input.idempotency_key,
        )
        return Loan.of(row)
