"""What officers do with the books: open them, record, approve, refuse and reverse vouchers."""

from datetime import date
from typing import Annotated

import strawberry

from cooperatives.books import lining, months, service
from cooperatives.books.lining import VoucherKind
from cooperatives.membership.models import CooperativeKind
from schema.accounting import Accounting
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.vouchers import Voucher, VoucherLineInput

AccountingResult = Annotated[
    Accounting | Problem, strawberry.union("AccountingResult", description="The books, or why not.")
]
VoucherResult = Annotated[
    Voucher | Problem, strawberry.union("VoucherResult", description="The voucher as it now stands, or why not.")
]


@strawberry.input(description="From when on, and how, a co-op keeps its books here.")
class OpenBooksInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    opened_on: date = strawberry.field(
        description="The first day booked here. Opening balances are those of the evening before."
    )
    template: CooperativeKind | None = strawberry.field(
        description="Whose chart to begin with; left out: the co-op's own kind.", default=None
    )
    year_starts_month: int = strawberry.field(description="The book year's first month, 1 to 12.", default=1)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Above which amount a voucher takes two officers.")
class SetVoucherThresholdInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    amount: Rupiah = strawberry.field(
        description="Lowered at once; raised once a second officer asks for the same amount."
    )


@strawberry.input(description="A voucher. Its debits equal its credits.")
class RecordVoucherInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative whose books they are.")
    kind: VoucherKind = strawberry.field(description="Kas masuk, kas keluar or memorial.")
    booked_on: date = strawberry.field(description="The day to which it belongs: in an open month, at most today.")
    description: str = strawberry.field(description="What it is for, 1 to 300 characters.")
    lines: list[VoucherLineInput] = strawberry.field(description="2 to 200; an account stands on one side only.")
    party: str | None = strawberry.field(
        description="From whom the money came, or to whom it went; up to 120 characters.", default=None
    )
    reference: str | None = strawberry.field(
        description="The receipt's or the bank's own number, up to 60 characters.", default=None
    )
    is_reversed_next_month: bool = strawberry.field(
        description="A MEMORIAL that accrues: taken back on the first of next month.", default=False
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which voucher an officer approves.")
class ApproveVoucherInput:
    id: strawberry.ID = strawberry.field(description="A PROPOSED Voucher.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which voucher is turned down, and why.")
class RefuseVoucherInput:
    id: strawberry.ID = strawberry.field(description="A PROPOSED Voucher.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="Which voucher is taken back, when and why.")
class ReverseVoucherInput:
    id: strawberry.ID = strawberry.field(description="A POSTED Voucher.")
    booked_on: date = strawberry.field(
        description="A day of an open month, not before the voucher's; opening balances go back on their own day."
    )
    reason: str = strawberry.field(description="Why, 1 to 200 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which month is closed for good.")
class LockMonthInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    month: date = strawberry.field(description="Any day of the month; all months before it are locked too.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class VoucherMutation:
    @strawberry.mutation(
        description="An officer opens the co-op's books. Fails with FORBIDDEN, INVALID, DUPLICATE when they are open."
    )
    @intent
    async def open_books(
        self, info: Info, input: Annotated[OpenBooksInput, strawberry.argument(description="From when on.")]
    ) -> AccountingResult:
        row = await service.open_books(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            opened_on=input.opened_on,
            template=input.template,
            year_starts_month=input.year_starts_month,
            key=input.idempotency_key,
        )
        return Accounting.of(row)

    @strawberry.mutation(description="An officer sets the threshold for two officers. Fails with FORBIDDEN.")
    @intent
    async def set_voucher_threshold(
        self, info: Info, input: Annotated[SetVoucherThresholdInput, strawberry.argument(description="The amount.")]
    ) -> AccountingResult:
        row = await service.set_threshold(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            amount=int(input.amount),
        )
        return Accounting.of(row)

    @strawberry.mutation(
        description="An officer records a voucher: posted at once up to the threshold, else PROPOSED. "
        "Fails with INVALID, FORBIDDEN, PERIOD_LOCKED, WRONG_STATE when the books are not open."
    )
    @intent
    async def record_voucher(
        self, info: Info, input: Annotated[RecordVoucherInput, strawberry.argument(description="The voucher.")]
    ) -> VoucherResult:
        row = await service.record_voucher(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            kind=input.kind,
            booked_on=input.booked_on,
            description=input.description,
            lines=[line.line(f"lines.{n}") for n, line in enumerate(input.lines[: lining.MOST_LINES + 1])],
            party=input.party,
            reference=input.reference,
            is_reversed_next_month=input.is_reversed_next_month,
            key=input.idempotency_key,
        )
        return Voucher.of(row)

    @strawberry.mutation(
        description="An officer approves a voucher; the last word that it takes posts it. "
        "Fails with NEEDS_TWO_OFFICERS, PERIOD_LOCKED, WRONG_STATE, FORBIDDEN."
    )
    @intent
    async def approve_voucher(
        self, info: Info, input: Annotated[ApproveVoucherInput, strawberry.argument(description="Which.")]
    ) -> VoucherResult:
        row = await service.approve_voucher(
            info.context.actor, voucher_id=from_id("Voucher", input.id), key=input.idempotency_key
        )
        info.context.forget()
        return Voucher.of(row)

    @strawberry.mutation(
        description="An officer turns a proposed voucher down, his own too. Fails with WRONG_STATE, FORBIDDEN."
    )
    @intent
    async def refuse_voucher(
        self, info: Info, input: Annotated[RefuseVoucherInput, strawberry.argument(description="Which, and why.")]
    ) -> VoucherResult:
        row = await service.refuse_voucher(
            info.context.actor, voucher_id=from_id("Voucher", input.id), reason=input.reason
        )
        info.context.forget()
        return Voucher.of(row)

    @strawberry.mutation(
        description="An officer takes a posted voucher back by its mirror in an open month; answers the mirror. "
        "Fails with DUPLICATE, PERIOD_LOCKED, WRONG_STATE, FORBIDDEN."
    )
    @intent
    async def reverse_voucher(
        self, info: Info, input: Annotated[ReverseVoucherInput, strawberry.argument(description="Which, and when.")]
    ) -> VoucherResult:
        row = await service.reverse_voucher(
            info.context.actor,
            voucher_id=from_id("Voucher", input.id),
            booked_on=input.booked_on,
            reason=input.reason,
            key=input.idempotency_key,
        )
        info.context.forget()
        return Voucher.of(row)

    @strawberry.mutation(
        description="An officer locks a month that is over, and all before it: nothing is booked there any more, and "
        "there is no way back. Fails with WRONG_STATE while vouchers wait, FORBIDDEN."
    )
    @intent
    async def lock_month(
        self, info: Info, input: Annotated[LockMonthInput, strawberry.argument(description="Which month.")]
    ) -> AccountingResult:
        row = await months.lock_month(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            month=input.month,
            key=input.idempotency_key,
        )
        info.context.forget()
        return Accounting.of(row)
