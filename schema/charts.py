"""The chart of accounts of a co-op: an account, and what officers change of it."""

from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.books import books, chart
from cooperatives.books.lines import LINES, CashFlow, Line
from cooperatives.ledger.accounts import AccountType, Purpose
from schema import ledger as ledger  # describes AccountType and Purpose to the schema
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent

described(
    CashFlow,
    "Where an account stands in the cash flow statement (arus kas).",
    {
        "OPERATING": "Aktivitas operasi.",
        "INVESTING": "Aktivitas investasi.",
        "FINANCING": "Aktivitas pendanaan.",
    },
)
described(
    Line,
    "A line of the SAK EP statements; an account stands on one.",
    {line.name: f"{stands.title_id}: {stands.title_en} ({stands.type.lower()})." for line, stands in LINES.items()},
    name="StatementLine",
)


@strawberry.type(description="An account of a co-op's chart (bagan akun).")
class ChartAccount:
    id: strawberry.ID = strawberry.field(description="Opaque; name it in a voucher's lines.")
    number: str = strawberry.field(description="Like 1-1201: its first digit says what it is.")
    name: str = strawberry.field(description="In Bahasa Indonesia.")
    name_in_english: str = strawberry.field(description="In English.")
    type: AccountType = strawberry.field(description="Where it stands in the books.")
    line: Line = strawberry.field(description="Its line in the neraca or the perhitungan hasil usaha.")
    cash_flow: CashFlow = strawberry.field(description="Where cash that meets it stands in the arus kas.")
    purpose: Purpose | None = strawberry.field(
        description="What the marketplace posts here; null for an account of the chart alone."
    )
    is_cash: bool = strawberry.field(description="Whether it is money at hand or in a bank.")
    takes_vouchers: bool = strawberry.field(
        description="Whether a voucher may move it; no: the marketplace alone does, or it is retired."
    )
    is_retired: bool = strawberry.field(description="Whether it takes nothing new.")

    @classmethod
    def of(cls, account: chart.Account) -> "ChartAccount":
        return cls(
            id=to_id("ChartAccount", account.id),
            number=account.number,
            name=account.name_id,
            name_in_english=account.name_en,
            type=account.type,
            line=account.line,
            cash_flow=account.cash_flow,
            purpose=account.purpose,
            is_cash=account.is_cash,
            takes_vouchers=account.takes_vouchers,
            is_retired=account.is_retired,
        )


async def chart_account_of(info: Info, id: UUID) -> ChartAccount:
    """The account with this id, loaded together with all others that the request asks for."""
    account = await info.context.load(books.accounts_by_id, id)
    assert account is not None  # an account is never removed
    return ChartAccount.of(account)


ChartAccountResult = Annotated[
    ChartAccount | Problem, strawberry.union("ChartAccountResult", description="The account, or why not.")
]


@strawberry.input(description="An account to add to a co-op's chart.")
class AddAccountInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative whose books it is for.")
    number: str = strawberry.field(description="Like 1-1203 or 1-1203.01; not yet in the chart.")
    name: str = strawberry.field(description="In Bahasa Indonesia, 1 to 120 characters.")
    name_in_english: str | None = strawberry.field(description="In English; left out: the same.", default=None)
    line: Line = strawberry.field(description="On which line of the statements it stands; it says the type too.")
    cash_flow: CashFlow | None = strawberry.field(
        description="Where its cash stands in the arus kas; left out: where its line does.", default=None
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A change of an account; what is left out stays.")
class ChangeAccountInput:
    id: strawberry.ID = strawberry.field(description="The ChartAccount.")
    name: str | None = strawberry.field(description="In Bahasa Indonesia.", default=None)
    name_in_english: str | None = strawberry.field(description="In English.", default=None)
    is_retired: bool | None = strawberry.field(
        description="True: takes nothing new. False: taken back into use.", default=None
    )


@strawberry.type
class ChartMutation:
    @strawberry.mutation(
        description="An officer adds an account to the chart. Fails with INVALID, DUPLICATE, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def add_account(
        self, info: Info, input: Annotated[AddAccountInput, strawberry.argument(description="The account.")]
    ) -> ChartAccountResult:
        account = await books.add_account(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            number=input.number,
            name_id=input.name,
            name_en=input.name_in_english,
            line=input.line,
            cash_flow=input.cash_flow,
            key=input.idempotency_key,
        )
        return ChartAccount.of(account)

    @strawberry.mutation(
        description="An officer renames an account or retires it. Fails with INVALID, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def change_account(
        self, info: Info, input: Annotated[ChangeAccountInput, strawberry.argument(description="What changes.")]
    ) -> ChartAccountResult:
        account = await books.change_account(
            info.context.actor,
            account_id=from_id("ChartAccount", input.id),
            name_id=input.name,
            name_en=input.name_in_english,
            is_retired=input.is_retired,
        )
        return ChartAccount.of(account)
