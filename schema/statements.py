"""What a co-op's books say: general ledger, trial balance, and the statements of SAK EP."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from cooperatives.books import books, changes, movements, reports, statements
from cooperatives.books import models as rows
from cooperatives.books.statements import RowKind
from schema.charts import ChartAccount
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.paging import After, Connection, connection_of
from schema.scalars import Rupiah, rupiah_or_none

described(
    RowKind,
    "What a row of a statement is.",
    {
        "HEADING": "A title; it has no amount.",
        "LINE": "A line, made of accounts.",
        "SUBTOTAL": "A sum of what stands above it.",
        "TOTAL": "A sum with which the statement, or one of its sides, ends.",
    },
    name="StatementRowKind",
)

FROM = strawberry.argument(name="from", description="The first day.")
TO = strawberry.argument(description="The last day.")
COMPARED = strawberry.argument(description="With the same days a year before beside it.")


@strawberry.type(description="What one account gives to a row; `generalLedger` opens it to its entries.")
class StatementPart:
    account: ChartAccount = strawberry.field(description="The account.")
    amount: Rupiah = strawberry.field(description="In this period.")
    previous: Rupiah | None = strawberry.field(description="A year before, when it was asked for.")

    @classmethod
    def of(cls, part: statements.Part) -> "StatementPart":
        return cls(
            account=ChartAccount.of(part.account), amount=Rupiah(part.amount), previous=rupiah_or_none(part.previous)
        )


@strawberry.type(description="A row of a statement.")
class StatementRow:
    row: strawberry.Private[statements.StatementRow]
    kind: RowKind = strawberry.field(description="Heading, line, subtotal or total.")
    key: str = strawberry.field(description="Names the row in any language: `ASSETS`, `CASH`; empty: a heading.")
    label: str = strawberry.field(description="In the language of Accept-Language.")
    level: int = strawberry.field(description="How far it stands in, from 0.")
    amount: Rupiah | None = strawberry.field(description="In this period; null for a heading.")
    previous: Rupiah | None = strawberry.field(description="A year before, when it was asked for.")

    @classmethod
    def of(cls, row: statements.StatementRow, language: str) -> "StatementRow":
        return cls(
            row=row,
            kind=row.kind,
            key=row.key,
            label=row.label(language),
            level=row.level,
            amount=rupiah_or_none(row.amount),
            previous=rupiah_or_none(row.previous),
        )

    @strawberry.field(description="The accounts that it is made of; none for a sum.")
    def parts(self) -> list[StatementPart]:
        return [StatementPart.of(part) for part in self.row.parts]


@strawberry.type(description="A statement, row by row.")
class Statement:
    rows: list[StatementRow] = strawberry.field(description="Top to bottom.")
    is_balanced: bool = strawberry.field(description="Whether it proves right: both sides of the neraca are equal.")

    @classmethod
    def of(cls, made: statements.Statement, language: str) -> "Statement":
        return cls(rows=[StatementRow.of(row, language) for row in made.rows], is_balanced=made.is_balanced)


@strawberry.type(description="How one component of equity changed in a period; the last row is their sum.")
class EquityChange:
    row: strawberry.Private[changes.EquityRow]
    key: str = strawberry.field(description="The statement line, or `EQUITY` for the sum.")
    label: str = strawberry.field(description="In the language of Accept-Language.")
    opening: Rupiah = strawberry.field(description="At the beginning.")
    additions: Rupiah = strawberry.field(description="Credited in the period.")
    deductions: Rupiah = strawberry.field(description="Debited in the period.")
    surplus: Rupiah = strawberry.field(description="The period's surplus (SHU).")
    closing: Rupiah = strawberry.field(description="At the end.")

    @classmethod
    def of(cls, row: changes.EquityRow, language: str) -> "EquityChange":
        return cls(
            row=row,
            key=row.key,
            label=row.label(language),
            opening=Rupiah(row.opening),
            additions=Rupiah(row.additions),
            deductions=Rupiah(row.deductions),
            surplus=Rupiah(row.surplus),
            closing=Rupiah(row.closing),
        )

    @strawberry.field(description="The accounts that its closing is made of.")
    def parts(self) -> list[StatementPart]:
        return [StatementPart.of(part) for part in self.row.parts]


@strawberry.type(description="An account in the trial balance. Balances are debits less credits.")
class AccountTrial:
    account: ChartAccount = strawberry.field(description="The account.")
    opening: Rupiah = strawberry.field(description="As the first day begins; income, expenses: each year from zero.")
    debits: Rupiah = strawberry.field(description="In the period.")
    credits: Rupiah = strawberry.field(description="In the period.")
    closing: Rupiah = strawberry.field(description="As the last day ends.")


@strawberry.type(description="Neraca saldo of a period, by account. Debits equal credits.")
class AccountTrialBalance:
    lines: list[AccountTrial] = strawberry.field(description="By account number.")
    earlier_result: Rupiah = strawberry.field(description="The surplus of earlier years, which no account holds.")
    debits: Rupiah = strawberry.field(description="All debits of the period.")
    credits: Rupiah = strawberry.field(description="All credits of the period.")
    closing_debits: Rupiah = strawberry.field(description="All closing balances on the debit side.")
    closing_credits: Rupiah = strawberry.field(description="All closing balances on the credit side.")

    @classmethod
    def of(cls, found: reports.TrialBalance) -> "AccountTrialBalance":
        return cls(
            lines=[
                AccountTrial(
                    account=ChartAccount.of(line.account),
                    opening=Rupiah(line.opening),
                    debits=Rupiah(line.debits),
                    credits=Rupiah(line.credits),
                    closing=Rupiah(line.closing),
                )
                for line in found.lines
            ],
            earlier_result=Rupiah(found.earlier_result),
            debits=Rupiah(found.debits),
            credits=Rupiah(found.credits),
            closing_debits=Rupiah(found.closing_debits),
            closing_credits=Rupiah(found.closing_credits),
        )


@strawberry.type(description="All that one cause moved on an account on one day.")
class GeneralLedgerEntry:
    day: date = strawberry.field(description="The day to which it belongs.")
    posted_at: datetime = strawberry.field(description="When it was posted.")
    voucher_number: str | None = strawberry.field(description="Of the voucher; null: the marketplace posted it.")
    description: str | None = strawberry.field(description="Of the voucher.")
    cause_kind: str = strawberry.field(description="Why it was posted: `voucher.posted`, `sub_order.released`.")
    cause: strawberry.ID = strawberry.field(description="What caused it: `transfers(cause:)` shows all of it.")
    debit: Rupiah = strawberry.field(description="Debited.")
    credit: Rupiah = strawberry.field(description="Credited.")
    balance: Rupiah = strawberry.field(description="Debits less credits, after it.")

    @classmethod
    def of(cls, entry: movements.LedgerEntry) -> "GeneralLedgerEntry":
        return cls(
            day=entry.day,
            posted_at=entry.posted_at,
            voucher_number=entry.voucher_number,
            description=entry.description,
            cause_kind=entry.cause_kind,
            cause=to_id("Voucher", entry.cause_id) if entry.voucher_number else strawberry.ID(str(entry.cause_id)),
            debit=Rupiah(entry.debit),
            credit=Rupiah(entry.credit),
            balance=Rupiah(entry.balance),
        )


@strawberry.type(description="Buku besar: one account in a period. Balances are debits less credits.")
class GeneralLedger:
    account: ChartAccount = strawberry.field(description="The account.")
    opening: Rupiah = strawberry.field(description="As the first day begins.")
    debits: Rupiah = strawberry.field(description="In the whole period.")
    credits: Rupiah = strawberry.field(description="In the whole period.")
    closing: Rupiah = strawberry.field(description="As the last day ends.")
    entries: Connection[GeneralLedgerEntry] = strawberry.field(description="This page's entries, oldest first.")


@strawberry.type
class AccountingReports:
    row: strawberry.Private[rows.AccountingBook]

    @strawberry.field(description="Buku besar of one account, oldest entry first.", directives=[cost(5)])
    async def general_ledger(
        self,
        info: Info,
        account: Annotated[strawberry.ID, strawberry.argument(description="A ChartAccount.")],
        from_: Annotated[
            date | None,
            strawberry.argument(name="from", description="The first day; left out: the day the books were opened."),
        ] = None,
        to: Annotated[date | None, strawberry.argument(description="The last day; left out: today.")] = None,
        first: Annotated[int, strawberry.argument(description="How many entries, 1 to 100.")] = 50,
        after: After = None,
    ) -> GeneralLedger:
        found = await reports.general_ledger(
            info.context.actor,
            self.row.pk,
            account_id=from_id("ChartAccount", account, "account"),
            first_day=from_ or self.row.opened_on,
            last_day=to or books.today_in(self.row),
            first=first,
            after=after,
        )
        return GeneralLedger(
            account=ChartAccount.of(found.account),
            opening=Rupiah(found.opening),
            debits=Rupiah(found.debits),
            credits=Rupiah(found.credits),
            closing=Rupiah(found.closing),
            entries=connection_of(found.page, GeneralLedgerEntry.of, after=after),
        )

    @strawberry.field(description="Neraca saldo of these days, by account.", directives=[cost(20)])
    async def trial_balance(
        self, info: Info, from_: Annotated[date, FROM], to: Annotated[date, TO]
    ) -> AccountTrialBalance:
        return AccountTrialBalance.of(await reports.trial_balance(info.context.actor, self.row.pk, from_, to))

    @strawberry.field(description="Neraca: the balance sheet at the end of a day.", directives=[cost(20)])
    async def balance_sheet(
        self,
        info: Info,
        on: Annotated[date, strawberry.argument(description="The day.")],
        compared: Annotated[bool, COMPARED] = False,
    ) -> Statement:
        made = await reports.balance_sheet(info.context.actor, self.row.pk, on, compared=compared)
        return Statement.of(made, info.context.language)

    @strawberry.field(
        description="Perhitungan hasil usaha: income and expenses; what expenses take away is negative.",
        directives=[cost(20)],
    )
    async def surplus_statement(
        self,
        info: Info,
        from_: Annotated[date, FROM],
        to: Annotated[date, TO],
        compared: Annotated[bool, COMPARED] = False,
    ) -> Statement:
        made = await reports.surplus_statement(info.context.actor, self.row.pk, from_, to, compared=compared)
        return Statement.of(made, info.context.language)

    @strawberry.field(description="Perubahan ekuitas: how each component of equity changed.", directives=[cost(20)])
    async def equity_changes(
        self, info: Info, from_: Annotated[date, FROM], to: Annotated[date, TO]
    ) -> list[EquityChange]:
        found = await reports.equity_changes(info.context.actor, self.row.pk, from_, to)
        return [EquityChange.of(row, info.context.language) for row in found]

    @strawberry.field(description="Arus kas: cash flows by the direct method.", directives=[cost(20)])
    async def cash_flow(
        self,
        info: Info,
        from_: Annotated[date, FROM],
        to: Annotated[date, TO],
        compared: Annotated[bool, COMPARED] = False,
    ) -> Statement:
        made = await reports.cash_flow(info.context.actor, self.row.pk, from_, to, compared=compared)
        return Statement.of(made, info.context.language)
