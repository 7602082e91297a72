"""Bank statements, and reconciliation: what the bank says beside what the book holds."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.books import bank_statements, matched, reading, reconciling
from cooperatives.books import models as rows
from cooperatives.books.voucher_posting import POSTED
from schema.charts import ChartAccount
from schema.context import Info
from schema.costs import LISTED, cost
from schema.ids import from_id, parse_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah, rupiah_or_none
from schema.statements import GeneralLedgerEntry
from schema.vouchers import Voucher


@strawberry.type(description="An entry of the book that a match says is the bank's.")
class MatchedEntry:
    row: strawberry.Private[rows.MatchedEntry]
    cause_kind: str = strawberry.field(description="Why it was posted: `voucher.posted`, `sub_order.released`.")
    amount: Rupiah = strawberry.field(description="More than zero came in, less went out.")

    @classmethod
    def of(cls, row: rows.MatchedEntry) -> "MatchedEntry":
        return cls(row=row, cause_kind=row.cause_kind, amount=Rupiah(row.amount))

    @strawberry.field(description="By which it was booked; null: the marketplace posted it.")
    async def voucher(self, info: Info) -> Voucher | None:
        if self.row.cause_kind != POSTED:
            return None
        row = await info.context.load(reading.vouchers_by_id, self.row.cause_id)
        return None if row is None else Voucher.of(row)


@strawberry.type(description="A line of a bank statement.")
class BankLine:
    row: strawberry.Private[rows.BankLine]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    booked_on: date = strawberry.field(description="The bank's day.")
    amount: Rupiah = strawberry.field(description="More than zero came in, less went out.")
    description: str = strawberry.field(description="The bank's words.")
    reference: str = strawberry.field(description="The bank's or the payer's reference; may be empty.")
    is_matched: bool = strawberry.field(description="Whether the book has it.")

    @classmethod
    def of(cls, row: rows.BankLine) -> "BankLine":
        return cls(
            row=row,
            id=to_id("BankLine", row.pk),
            booked_on=row.booked_on,
            amount=Rupiah(row.amount),
            description=row.description,
            reference=row.reference,
            is_matched=row.match_id is not None,
        )

    @strawberry.field(description="With what it is matched; null: nothing.")
    async def match(self, info: Info) -> Annotated["BankMatch", strawberry.lazy("schema.bank_statements")] | None:
        if self.row.match_id is None:
            return None
        row = await info.context.load(matched.matches_by_id, self.row.match_id)
        return None if row is None else BankMatch.of(row)


@strawberry.type(description="A line that the book lacks, with entries that it may be.")
class UnmatchedBankLine:
    line: BankLine = strawberry.field(description="The bank's line.")
    suggestions: list[GeneralLedgerEntry] = strawberry.field(
        description="Entries of the same amount, the likeliest first; empty: book it with bookBankLine."
    )


@strawberry.type(description="A bank statement taken in.")
class BankStatement:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    form: str = strawberry.field(description="Whose form it had: `bca`, `bri`, `mandiri`, `bni`, `camt.053`.")
    starts_on: date = strawberry.field(description="Its first day.")
    ends_on: date = strawberry.field(description="Its last day.")
    opening: Rupiah | None = strawberry.field(description="The balance with which it begins, where it says so.")
    closing: Rupiah | None = strawberry.field(description="The balance with which it ends.")

    @classmethod
    def of(cls, row: rows.BankStatement) -> "BankStatement":
        return cls(
            id=to_id("BankStatement", row.pk),
            form=row.form,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            opening=rupiah_or_none(row.opening),
            closing=rupiah_or_none(row.closing),
        )


@strawberry.type(
    description="A bank account at the end of a day: book balance + lines the book lacks - entries the bank lacks "
    "= bank balance, but for what is unexplained."
)
class Reconciliation:
    account: ChartAccount = strawberry.field(description="The account.")
    on: date = strawberry.field(description="At the end of which day.")
    bank_balance: Rupiah | None = strawberry.field(description="The bank's; null: no statement says it.")
    book_balance: Rupiah = strawberry.field(description="The book's.")
    lines: list[UnmatchedBankLine] = strawberry.field(description="At the bank, not in the book.")
    entries: list[GeneralLedgerEntry] = strawberry.field(description="In the book, not at the bank.")
    unexplained: Rupiah | None = strawberry.field(description="What of the difference nothing here explains.")
    is_reconciled: bool = strawberry.field(description="Whether nothing differs.")

    @classmethod
    def of(cls, found: reconciling.Reconciliation) -> "Reconciliation":
        return cls(
            account=ChartAccount.of(found.account),
            on=found.on,
            bank_balance=rupiah_or_none(found.bank_balance),
            book_balance=Rupiah(found.book_balance),
            lines=[
                UnmatchedBankLine(
                    line=BankLine.of(one.line),
                    suggestions=[GeneralLedgerEntry.of(entry) for entry in one.suggestions],
                )
                for one in found.lines
            ],
            entries=[GeneralLedgerEntry.of(entry) for entry in found.entries],
            unexplained=rupiah_or_none(found.unexplained),
            is_reconciled=found.is_reconciled,
        )


@strawberry.type(description="Lines of a bank and entries of a book that are the same money.")
class BankMatch:
    row: strawberry.Private[rows.BankMatch]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    amount: Rupiah = strawberry.field(description="To what each side sums.")
    is_automatic: bool = strawberry.field(description="Made by itself, beyond doubt; else by an officer.")

    @classmethod
    def of(cls, row: rows.BankMatch) -> "BankMatch":
        return cls(row=row, id=to_id("BankMatch", row.pk), amount=Rupiah(row.amount), is_automatic=row.is_automatic)

    @strawberry.field(description="The book's side, 1 to 100.", directives=[cost(1, rows=3)])
    async def entries(self, info: Info) -> list[MatchedEntry]:
        found = await info.context.load(matched.entries_by_match, self.row.pk)
        return [MatchedEntry.of(row) for row in found or []]


BankMatchResult = Annotated[
    BankMatch | Problem, strawberry.union("BankMatchResult", description="The match, or why not.")
]
BankLineResult = Annotated[
    BankLine | Problem, strawberry.union("BankLineResult", description="The line, or why not.")
]
BookedLineResult = Annotated[
    Voucher | Problem, strawberry.union("BookedLineResult", description="The voucher made of the line, or why not.")
]


@strawberry.input(description="An entry of the book, as `generalLedger` and `reconciliation` name it.")
class LedgerCauseInput:
    cause_kind: str = strawberry.field(description="The entry's causeKind.")
    cause: strawberry.ID = strawberry.field(description="The entry's cause.")

    def key(self, where: str) -> tuple[str, UUID]:
        if self.cause_kind == POSTED:
            return POSTED, from_id("Voucher", self.cause, where)
        try:
            return self.cause_kind[:60], UUID(self.cause)
        except ValueError:
            parsed = parse_id(self.cause)
            return self.cause_kind[:60], parsed[1] if parsed else from_id("Voucher", self.cause, where)


@strawberry.input(description="Which lines of a bank are which entries of the book.")
class MatchBankLinesInput:
    account_id: strawberry.ID = strawberry.field(description="The bank's ChartAccount.")
    line_ids: list[strawberry.ID] = strawberry.field(description="1 to 100 BankLines that nothing is matched with.")
    entries: list[LedgerCauseInput] = strawberry.field(description="1 to 100 entries that sum to the same.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which line's match is undone.")
class UnmatchBankLineInput:
    line_id: strawberry.ID = strawberry.field(
        description="A matched BankLine; all that its match joins is free again."
    )
    reason: str | None = strawberry.field(
        description="Why, 3 to 300 characters: it stands in the audit log.", default=None
    )


@strawberry.input(description="How a line that the book lacks is booked.")
class BookBankLineInput:
    line_id: strawberry.ID = strawberry.field(description="A BankLine that nothing is matched with.")
    account_id: strawberry.ID = strawberry.field(description="The ChartAccount against which it is booked.")
    description: str = strawberry.field(description="What it was for, 1 to 300 characters.")
    party: str | None = strawberry.field(description="From or to whom, up to 120 characters.", default=None)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class AccountingBanks:
    row: strawberry.Private[rows.AccountingBook]

    @strawberry.field(
        description="How the bank and the book differ on an account at the end of a day.", directives=[cost(20)]
    )
    async def reconciliation(
        self,
        info: Info,
        account: Annotated[strawberry.ID, strawberry.argument(description="The bank's ChartAccount.")],
        on: Annotated[date, strawberry.argument(description="At the end of which day.")],
    ) -> Reconciliation:
        id = from_id("ChartAccount", account, "account")
        return Reconciliation.of(await reconciling.reconciliation(info.context.actor, id, on))

    @strawberry.field(description="The statements taken in for an account, the latest first.", directives=[cost(5)])
    async def bank_statements(
        self,
        info: Info,
        account: Annotated[strawberry.ID, strawberry.argument(description="The bank's ChartAccount.")],
    ) -> list[BankStatement]:
        id = from_id("ChartAccount", account, "account")
        return [BankStatement.of(row) for row in await bank_statements.statements_of(info.context.actor, id)]

    @strawberry.field(
        description="An account's lines that the book has, those of the latest statement first.", directives=[LISTED]
    )
    async def matched_bank_lines(
        self,
        info: Info,
        account: Annotated[strawberry.ID, strawberry.argument(description="The bank's ChartAccount.")],
        first: First = 20,
        after: After = None,
    ) -> Connection[BankLine]:
        id = from_id("ChartAccount", account, "account")
        page = await matched.matched_lines(info.context.actor, id, first=first, after=after)
        return connection_of(page, BankLine.of, after=after)


@strawberry.type
class BankStatementMutation:
    @strawberry.mutation(
        description="An officer says which bank lines are which entries. Fails with CONFLICT when the sums differ, "
        "WRONG_STATE when one is matched already, FORBIDDEN."
    )
    @intent
    async def match_bank_lines(
        self, info: Info, input: Annotated[MatchBankLinesInput, strawberry.argument(description="Which.")]
    ) -> BankMatchResult:
        most = reconciling.MOST_JOINED + 1
        row = await reconciling.match_lines(
            info.context.actor,
            account_id=from_id("ChartAccount", input.account_id, "accountId"),
            line_ids=[from_id("BankLine", id, f"lineIds.{n}") for n, id in enumerate(input.line_ids[:most])],
            causes=[one.key(f"entries.{n}.cause") for n, one in enumerate(input.entries[:most])],
            key=input.idempotency_key,
        )
        info.context.forget()
        return BankMatch.of(row)

    @strawberry.mutation(description="An officer undoes a match. Fails with NOT_FOUND, FORBIDDEN, INVALID.")
    @intent
    async def unmatch_bank_line(
        self, info: Info, input: Annotated[UnmatchBankLineInput, strawberry.argument(description="Which.")]
    ) -> BankLineResult:
        id = from_id("BankLine", input.line_id, "lineId")
        row = await matched.unmatch(info.context.actor, line_id=id, reason=input.reason)
        info.context.forget()
        return BankLine.of(row)

    @strawberry.mutation(
        description="An officer books a bank line that the book lacks, and matches it. Fails with WRONG_STATE when "
        "it is matched already, INVALID, PERIOD_LOCKED, FORBIDDEN."
    )
    @intent
    async def book_bank_line(
        self, info: Info, input: Annotated[BookBankLineInput, strawberry.argument(description="How.")]
    ) -> BookedLineResult:
        row = await reconciling.book_line(
            info.context.actor,
            line_id=from_id("BankLine", input.line_id, "lineId"),
            account_id=from_id("ChartAccount", input.account_id, "accountId"),
            description=input.description,
            party=input.party,
            key=input.idempotency_key,
        )
        return Voucher.of(row)
