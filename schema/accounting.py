"""Pembukuan of one co-op: its chart, its vouchers, its reports."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.books import books, months, reading
from cooperatives.books import models as rows
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import VoucherState
from cooperatives.membership.models import CooperativeKind
from schema.assets import AccountingAssets
from schema.bank_statements import AccountingBanks
from schema.bank_templates import AccountingTemplates
from schema.cash_counts import AccountingCashCounts
from schema.charts import ChartAccount
from schema.context import Info
from schema.costs import LISTED, cost
from schema.ids import to_id
from schema.paging import After, Connection, First, connection_of
from schema.recurring import AccountingRecurring
from schema.scalars import Rupiah, rupiah_or_none
from schema.statements import AccountingReports
from schema.taxes import AccountingTaxes
from schema.vouchers import Voucher


@strawberry.type(description="What one looks at before a month is locked. Waiting vouchers hold the lock back.")
class MonthChecklist:
    month: date = strawberry.field(description="Its first day.")
    is_locked: bool = strawberry.field(description="Whether nothing is booked there any more.")
    waiting_vouchers: int = strawberry.field(description="Vouchers until its end that wait for approval.")
    unmatched_bank_lines: int = strawberry.field(description="Lines of bank statements not yet matched.")
    uncounted_accounts: list[str] = strawberry.field(
        description="Cash and bank accounts, by number, with neither a count in the month nor a bank statement."
    )

    @classmethod
    def of(cls, found: months.Checklist) -> "MonthChecklist":
        return cls(
            month=found.month,
            is_locked=found.is_locked,
            waiting_vouchers=found.waiting_vouchers,
            unmatched_bank_lines=found.unmatched_bank_lines,
            uncounted_accounts=list(found.uncounted_cash_accounts),
        )


@strawberry.type(description="Pembukuan: what a co-op books beside the marketplace, and what its books say.")
class Accounting(
    AccountingReports,
    AccountingBanks,
    AccountingTemplates,
    AccountingAssets,
    AccountingRecurring,
    AccountingCashCounts,
    AccountingTaxes,
):
    id: strawberry.ID = strawberry.field(description="Opaque.")
    template: CooperativeKind = strawberry.field(description="With whose chart it began.")
    opened_on: date = strawberry.field(description="The first day booked here.")
    year_starts_month: int = strawberry.field(description="The book year's first month.")
    time_zone: str = strawberry.field(description="The zone that says to which day something belongs.")
    locked_through: date | None = strawberry.field(description="Nothing is booked on or before this day any more.")
    two_officers_above: Rupiah = strawberry.field(description="A voucher of more than this takes two officers.")
    proposed_threshold: Rupiah | None = strawberry.field(
        description="A higher threshold that one officer asked for and a second has yet to."
    )

    @classmethod
    def of(cls, row: rows.AccountingBook) -> "Accounting":
        return cls(
            row=row,
            id=to_id("Accounting", row.pk),
            template=row.template,
            opened_on=row.opened_on,
            year_starts_month=row.year_starts_month,
            time_zone=row.time_zone,
            locked_through=row.locked_through,
            two_officers_above=Rupiah(row.two_officers_above),
            proposed_threshold=rupiah_or_none(row.proposed_threshold),
        )

    @strawberry.field(description="The chart of accounts, by number.", directives=[cost(10)])
    async def chart(
        self,
        retired: Annotated[bool, strawberry.argument(description="Retired accounts too.")] = False,
    ) -> list[ChartAccount]:
        found = await books.chart_of(self.row.pk)
        return [ChartAccount.of(account) for account in found.accounts if retired or not account.is_retired]

    @strawberry.field(description="What still stands open in a month, before it is locked.", directives=[cost(5)])
    async def month(
        self, info: Info, of: Annotated[date, strawberry.argument(description="Any day of the month.")]
    ) -> MonthChecklist:
        return MonthChecklist.of(await months.checklist(info.context.actor, self.row.pk, of))

    @strawberry.field(description="The vouchers, the latest day first.", directives=[LISTED])
    async def vouchers(
        self,
        info: Info,
        state: Annotated[VoucherState | None, strawberry.argument(description="Only in this state.")] = None,
        kind: Annotated[VoucherKind | None, strawberry.argument(description="Only of this kind.")] = None,
        from_: Annotated[
            date | None, strawberry.argument(name="from", description="Booked on this day or later.")
        ] = None,
        to: Annotated[date | None, strawberry.argument(description="Booked on this day or before.")] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Voucher]:
        page = await reading.list_vouchers(
            info.context.actor,
            self.row.pk,
            state=state,
            kind=kind,
            first_day=from_,
            last_day=to,
            first=first,
            after=after,
        )
        return connection_of(page, Voucher.of, after=after)


async def accounting_of(info: Info, cooperative_id: UUID) -> Accounting | None:
    """The co-op's books, or None when they are not open; the caller may read them (his `Book` says so)."""
    row = await info.context.load(books.books_by_id, cooperative_id)
    return None if row is None else Accounting.of(row)
