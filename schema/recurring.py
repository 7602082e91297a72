"""Vouchers that come again."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.books import lining, recurring
from cooperatives.books import models as rows
from cooperatives.books.lining import VoucherKind
from schema.context import Info
from schema.costs import LISTED
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah
from schema.vouchers import VoucherLineInput


@strawberry.type(description="A voucher that comes again every so many months.")
class RecurringVoucher:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    kind: VoucherKind = strawberry.field(description="Kas masuk, kas keluar or memorial.")
    description: str = strawberry.field(description="What it is for.")
    party: str | None = strawberry.field(description="From or to whom.")
    total: Rupiah = strawberry.field(description="The sum of its debits.")
    every_months: int = strawberry.field(description="After how many months it comes again.")
    next_on: date = strawberry.field(description="When it comes next.")
    until: date | None = strawberry.field(description="The last day on which it may come.")
    stopped_at: datetime | None = strawberry.field(description="Since when nothing comes of it any more.")

    @classmethod
    def of(cls, row: rows.RecurringVoucher) -> "RecurringVoucher":
        return cls(
            id=to_id("RecurringVoucher", row.pk),
            kind=row.kind,
            description=row.description,
            party=row.party,
            total=Rupiah(row.total),
            every_months=row.every_months,
            next_on=row.next_on,
            until=row.until,
            stopped_at=row.stopped_at,
        )


RecurringVoucherResult = Annotated[
    RecurringVoucher | Problem,
    strawberry.union("RecurringVoucherResult", description="What comes again, or why not."),
]


@strawberry.input(description="A voucher that shall come again.")
class SetUpRecurringVoucherInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    kind: VoucherKind = strawberry.field(description="Kas masuk, kas keluar or memorial.")
    description: str = strawberry.field(description="What it is for, 1 to 300 characters.")
    lines: list[VoucherLineInput] = strawberry.field(description="2 to 200.")
    every_months: int = strawberry.field(description="1 to 60.", default=1)
    first_on: date = strawberry.field(description="When it comes first; then on that day of the month, or its last.")
    until: date | None = strawberry.field(description="The last day on which it may come.", default=None)
    party: str | None = strawberry.field(description="From or to whom, up to 120 characters.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What shall not come again.")
class StopRecurringVoucherInput:
    id: strawberry.ID = strawberry.field(description="The RecurringVoucher.")


@strawberry.type
class AccountingRecurring:
    row: strawberry.Private[rows.AccountingBook]

    @strawberry.field(description="What comes again, oldest first, the stopped ones too.", directives=[LISTED])
    async def recurring_vouchers(
        self,
        info: Info,
        first: First = 50,
        after: After = None,
    ) -> Connection[RecurringVoucher]:
        page = await recurring.list_recurring(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, RecurringVoucher.of, after=after)


@strawberry.type
class RecurringMutation:
    @strawberry.mutation(
        description="An officer has a voucher come again; each is posted up to the threshold, else proposed. "
        "Fails with INVALID, FORBIDDEN."
    )
    @intent
    async def set_up_recurring_voucher(
        self, info: Info, input: Annotated[SetUpRecurringVoucherInput, strawberry.argument(description="What.")]
    ) -> RecurringVoucherResult:
        row = await recurring.set_up_recurring(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            kind=input.kind,
            description=input.description,
            lines=[line.line(f"lines.{n}") for n, line in enumerate(input.lines[: lining.MOST_LINES + 1])],
            every_months=input.every_months,
            first_on=input.first_on,
            until=input.until,
            party=input.party,
            key=input.idempotency_key,
        )
        return RecurringVoucher.of(row)

    @strawberry.mutation(description="An officer stops what comes again. Fails with NOT_FOUND, FORBIDDEN.")
    @intent
    async def stop_recurring_voucher(
        self, info: Info, input: Annotated[StopRecurringVoucherInput, strawberry.argument(description="Which.")]
    ) -> RecurringVoucherResult:
        row = await recurring.stop_recurring(info.context.actor, recurring_id=from_id("RecurringVoucher", input.id))
        return RecurringVoucher.of(row)
