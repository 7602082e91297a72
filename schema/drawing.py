"""What a co-op borrowed comes in by parts."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.loans import service
from schema.borrowings import AnswerBorrowingInput, Borrowing, BorrowingResult
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, intent
from schema.scalars import Rupiah


@strawberry.input(description="That a further part of what was agreed came in.")
class DrawBorrowingInput:
    id: strawberry.ID = strawberry.field(description="A RUNNING Borrowing.")
    amount: Rupiah = strawberry.field(description="At most what was agreed and not yet drawn.")
    received_on: date = strawberry.field(description="When, at most today; after the last instalment that was paid.")
    bank_reference: str = strawberry.field(description="The bank's own, 1 to 60 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class BorrowingDrawMutation:
    @strawberry.mutation(
        description="An officer records that a further part came in; another agrees before it is booked. Fails with "
        "LIMIT_EXCEEDED beyond what was agreed, DUPLICATE while one waits, WRONG_STATE, INVALID, NOT_FOUND."
    )
    @intent
    async def draw_borrowing(
        self, info: Info, input: Annotated[DrawBorrowingInput, strawberry.argument(description="Which, how much.")]
    ) -> BorrowingResult:
        row = await service.draw_borrowing(
            info.context.actor,
            borrowing_id=from_id("Borrowing", input.id),
            amount=int(input.amount),
            received_on=input.received_on,
            bank_reference=input.bank_reference,
            key=input.idempotency_key,
        )
        return Borrowing.of(row)

    @strawberry.mutation(
        description="Another officer agrees to the part that waits: it is booked at the bank, bears interest from "
        "its day and is spread over the instalments to come. Or any withdraws it. Fails with NEEDS_TWO_OFFICERS for "
        "who recorded it, INVALID, NOT_FOUND."
    )
    @intent
    async def answer_borrowing_draw(
        self, info: Info, input: Annotated[AnswerBorrowingInput, strawberry.argument(description="The answer.")]
    ) -> BorrowingResult:
        id = from_id("Borrowing", input.id)
        return Borrowing.of(await service.answer_draw(info.context.actor, borrowing_id=id, is_agreed=input.is_agreed))
