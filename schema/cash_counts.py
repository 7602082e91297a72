"""Cash counts: what lay in a box beside what the book said."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books import cash_counts, reading
from cooperatives.books import models as rows
from schema.charts import ChartAccount, chart_account_of
from schema.context import Info
from schema.costs import LISTED
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.vouchers import Voucher


@strawberry.type(description="How many of a note or coin.")
class CashPiece:
    piece: Rupiah = strawberry.field(description="What one is worth.")
    number: int = strawberry.field(description="How many.")


@strawberry.type(description="Cash counted in a box (berita acara penghitungan kas).")
class CashCount:
    row: strawberry.Private[rows.CashCount]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    counted_on: date = strawberry.field(description="At the end of which day.")
    counted: Rupiah = strawberry.field(description="What was there.")
    expected: Rupiah = strawberry.field(description="What the book said.")
    difference: Rupiah = strawberry.field(description="Counted less expected; it was booked, or waits for approval.")
    explanation: str | None = strawberry.field(description="Why they differed.")
    pieces: list[CashPiece] = strawberry.field(description="Note by note, the largest first.")

    @classmethod
    def of(cls, row: rows.CashCount) -> "CashCount":
        pieces = sorted(((int(piece), number) for piece, number in row.pieces.items()), reverse=True)
        return cls(
            row=row,
            id=to_id("CashCount", row.pk),
            counted_on=row.counted_on,
            counted=Rupiah(row.counted),
            expected=Rupiah(row.expected),
            difference=Rupiah(row.counted - row.expected),
            explanation=row.explanation,
            pieces=[CashPiece(piece=Rupiah(piece), number=number) for piece, number in pieces],
        )

    @strawberry.field(description="The cash account.")
    async def account(self, info: Info) -> ChartAccount:
        return await chart_account_of(info, self.row.account_id)

    @strawberry.field(description="The voucher of the difference, where there was one.")
    async def voucher(self, info: Info) -> Voucher | None:
        if self.row.voucher_id is None:
            return None
        row = await info.context.load(reading.vouchers_by_id, self.row.voucher_id)
        return None if row is None else Voucher.of(row)


CashCountResult = Annotated[
    CashCount | Problem, strawberry.union("CashCountResult", description="The count, or why not.")
]


@strawberry.input(description="How many of a note or coin were counted.")
class CashPieceInput:
    piece: Rupiah = strawberry.field(description="What one is worth: 100000, 75000, 50000, … 100, 50.")
    number: int = strawberry.field(description="How many.")


@strawberry.input(description="Cash counted in a box.")
class RecordCashCountInput:
    account_id: strawberry.ID = strawberry.field(description="The cash ChartAccount.")
    counted_on: date = strawberry.field(description="At the end of which day.")
    pieces: list[CashPieceInput] = strawberry.field(description="Note by note; none: the box was empty.")
    explanation: str | None = strawberry.field(
        description="Why it differs from the book, up to 300 characters; needed when it does.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class AccountingCashCounts:
    row: strawberry.Private[rows.AccountingBook]

    @strawberry.field(description="Cash counts, newest first.", directives=[LISTED])
    async def cash_counts(
        self,
        info: Info,
        first: First = 50,
        after: After = None,
    ) -> Connection[CashCount]:
        page = await cash_counts.list_counts(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, CashCount.of, after=after)


@strawberry.type
class CashCountMutation:
    @strawberry.mutation(
        description="An officer counts a cash box; a difference is booked with its explanation, or proposed above "
        "the threshold. Fails with INVALID, PERIOD_LOCKED, FORBIDDEN."
    )
    @intent
    async def record_cash_count(
        self, info: Info, input: Annotated[RecordCashCountInput, strawberry.argument(description="The count.")]
    ) -> CashCountResult:
        pieces: dict[int, int] = {}
        for one in input.pieces[: len(cash_counts.PIECES) * 2]:
            pieces[int(one.piece)] = pieces.get(int(one.piece), 0) + one.number
        row = await cash_counts.record_cash_count(
            info.context.actor,
            account_id=from_id("ChartAccount", input.account_id, "accountId"),
            counted_on=input.counted_on,
            pieces=pieces,
            explanation=input.explanation,
            key=input.idempotency_key,
        )
        return CashCount.of(row)
