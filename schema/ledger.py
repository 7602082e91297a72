"""Books of co-ops: accounts, transfers, the trial balance."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.ledger import chain, reading
from cooperatives.ledger import models as rows
from cooperatives.ledger.accounts import CHART, AccountType, Phase, Purpose
from cooperatives.membership import models as membership_rows
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import from_id, parse_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.accounting import Accounting
    from schema.cooperatives import Cooperative

CooperativeType = Annotated["Cooperative", strawberry.lazy("schema.cooperatives")]
AccountingType = Annotated["Accounting", strawberry.lazy("schema.accounting")]

described(
    AccountType,
    "Where an account stands in the books.",
    {
        "ASSET": "Aset: what the co-op has or is owed.",
        "LIABILITY": "Kewajiban: what it owes.",
        "EQUITY": "Ekuitas: its own capital.",
        "INCOME": "Pendapatan: what it earns.",
        "EXPENSE": "Beban: what it spends.",
    },
)
described(
    Purpose,
    "What an account is for.",
    {purpose.name: f"{posts.title} ({posts.type.value.lower()})." for purpose, posts in CHART.items()},
    name="AccountPurpose",
)
described(
    Phase,
    "Where a transfer stands between intent and fact.",
    {
        "SINGLE": "A fact at once.",
        "PENDING": "An intent: counts against limits, not yet in the balance.",
        "POST": "A pending transfer became a fact, whole or in part.",
        "VOID": "A pending transfer was let go.",
        "EXPIRE": "A pending transfer ran out of time.",
    },
    name="TransferPhase",
)


@strawberry.type(description="An account of a co-op's book. Amounts are whole rupiah.")
class LedgerAccount:
    id: strawberry.ID = strawberry.field(description="Opaque; pass it to `transfers(account:)`.")
    purpose: Purpose = strawberry.field(description="What it is for.")
    title: str = strawberry.field(description="Its name in Bahasa Indonesia, as bookkeepers write it.")
    type: AccountType = strawberry.field(description="Where it stands in the books.")
    subject: strawberry.ID | None = strawberry.field(
        description="The uuid of whom or what it is about (a seller, driver, order, co-op), where it is."
    )
    debits: Rupiah = strawberry.field(description="All debits posted.")
    credits: Rupiah = strawberry.field(description="All credits posted.")
    pending_debits: Rupiah = strawberry.field(description="Debits that wait to become facts.")
    pending_credits: Rupiah = strawberry.field(description="Credits that wait to become facts.")
    balance: Rupiah = strawberry.field(
        description="On the account's own side: debits less credits for assets and expenses, else the reverse."
    )

    @classmethod
    def of(cls, account: reading.BookAccount) -> "LedgerAccount":
        balance = account.balance
        return cls(
            id=to_id("LedgerAccount", account.id),
            purpose=account.purpose,
            title=CHART[account.purpose].title,
            type=account.type,
            subject=None if account.subject_id is None else strawberry.ID(str(account.subject_id)),
            debits=Rupiah(balance.debits_posted),
            credits=Rupiah(balance.credits_posted),
            pending_debits=Rupiah(balance.debits_pending),
            pending_credits=Rupiah(balance.credits_pending),
            balance=Rupiah(balance.amount),
        )


@strawberry.type(description="One side of a transfer.")
class TransferSide:
    purpose: Purpose = strawberry.field(description="The account's purpose.")
    title: str = strawberry.field(description="The account's name in Bahasa Indonesia.")
    subject: strawberry.ID | None = strawberry.field(description="The uuid of whom or what it is about.")


async def _side(info: Info, account_id: UUID) -> TransferSide:
    row = await info.context.load(reading.accounts_by_id, account_id)
    assert row is not None  # an account is never removed
    subject = None if row.subject_id is None else strawberry.ID(str(row.subject_id))
    return TransferSide(purpose=row.purpose, title=CHART[row.purpose].title, subject=subject)


@strawberry.type(description="A transfer's place in its book's sealed chain.")
class Seal:
    number: int = strawberry.field(description="The transfer's place, from 1.")
    hash: str = strawberry.field(description="SHA-256, hexadecimal, over the transfer and the seal before.")

    @classmethod
    def of(cls, link: rows.ChainLink) -> "Seal":
        return cls(number=link.seq, hash=link.hash)


@strawberry.type(description="One debit and one credit. Never changed; mended only by further transfers.")
class Transfer:
    row: strawberry.Private[rows.Transfer]
    id: strawberry.ID = strawberry.field(description="Opaque.")
    amount: Rupiah = strawberry.field(description="More than zero.")
    kind: str = strawberry.field(description="What it is within its cause: `commission`, `settlement.close`.")
    cause_kind: str = strawberry.field(description="Why it was posted: `settlement_window.closed`.")
    cause: strawberry.ID = strawberry.field(description="The uuid of what caused it.")
    phase: Phase = strawberry.field(description="Whether it is a fact, an intent, or the end of one.")
    posted_at: datetime = strawberry.field(description="When it was posted.")

    @classmethod
    def of(cls, row: rows.Transfer) -> "Transfer":
        return cls(
            row=row,
            id=to_id("Transfer", row.id),
            amount=Rupiah(row.amount),
            kind=row.kind,
            cause_kind=row.cause_kind,
            cause=strawberry.ID(str(row.cause_id)),
            phase=row.phase,
            posted_at=row.created_at,
        )

    @strawberry.field(description="The account debited.")
    async def debit(self, info: Info) -> TransferSide:
        return await _side(info, self.row.debit_account_id)

    @strawberry.field(description="The account credited.")
    async def credit(self, info: Info) -> TransferSide:
        return await _side(info, self.row.credit_account_id)

    @strawberry.field(description="Its seal; null until it is sealed, seconds after it was posted.")
    async def seal(self, info: Info) -> Seal | None:
        link = await info.context.load(reading.links_by_transfer, self.row.id)
        return None if link is None else Seal.of(link)


@strawberry.type(description="Every account that was moved, at one moment. Debits equal credits.")
class TrialBalance:
    lines: list[LedgerAccount] = strawberry.field(description="In the order of the chart of accounts.")
    debits: Rupiah = strawberry.field(description="The sum of all debits.")
    credits: Rupiah = strawberry.field(description="The sum of all credits.")


@strawberry.type(description="The ledger of one co-op, for its officers and its supervisors (pengawas).")
class Book(Node):
    cooperative_id: strawberry.Private[UUID]

    @classmethod
    def of(cls, cooperative_id: UUID) -> "Book":
        return cls(id=to_id("Book", cooperative_id), cooperative_id=cooperative_id)

    @strawberry.field(description="Whose book it is.")
    async def cooperative(self, info: Info) -> CooperativeType | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.cooperative_id)

    @strawberry.field(
        description="Pembukuan: chart, vouchers and statements; null until an officer opens them (`openBooks`)."
    )
    async def accounting(self, info: Info) -> AccountingType | None:
        from schema.accounting import accounting_of

        return await accounting_of(info, self.cooperative_id)

    @strawberry.field(description="The accounts in the order of the chart.", directives=[cost(10)])
    async def accounts(
        self,
        info: Info,
        type: Annotated[AccountType | None, strawberry.argument(description="Only of this type.")] = None,
        at: Annotated[
            datetime | None, strawberry.argument(description="With their balances as they stood then; now.")
        ] = None,
    ) -> list[LedgerAccount]:
        found = await reading.list_accounts(info.context.actor, self.cooperative_id, type=type, at=at)
        return [LedgerAccount.of(account) for account in found]

    @strawberry.field(description="The transfers, newest first.", directives=[LISTED])
    async def transfers(
        self,
        info: Info,
        account: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only of this LedgerAccount.")
        ] = None,
        cause: Annotated[
            strawberry.ID | None,
            strawberry.argument(description="Only those that this caused: its global id or its uuid."),
        ] = None,
        first: First = 50,
        after: After = None,
    ) -> Connection[Transfer]:
        page = await reading.list_transfers(
            info.context.actor,
            self.cooperative_id,
            account_id=None if account is None else from_id("LedgerAccount", account, "account"),
            cause_id=None if cause is None else _cause(cause),
            first=first,
            after=after,
        )
        return connection_of(page, Transfer.of, after=after)

    @strawberry.field(
        description="Neraca saldo: every account's sums, now or at a past moment.", directives=[cost(20)]
    )
    async def trial_balance(
        self,
        info: Info,
        at: Annotated[datetime | None, strawberry.argument(description="As it stood then; now.")] = None,
    ) -> TrialBalance:
        found = await reading.trial_balance(info.context.actor, self.cooperative_id, at)
        return TrialBalance(
            lines=[LedgerAccount.of(line) for line in found.lines],
            debits=Rupiah(found.debits),
            credits=Rupiah(found.credits),
        )

    @strawberry.field(
        description="The last seal: note it down, and nothing before it can be changed without your knowing."
    )
    async def last_seal(self, info: Info) -> Seal | None:
        link = await reading.chain_head(info.context.actor, self.cooperative_id)
        return None if link is None else Seal.of(link)

    @strawberry.field(description="For how many seconds the oldest transfer of the node waits for its seal.")
    async def seal_lag_seconds(self) -> int:
        return int((await chain.lag()).total_seconds())


def _cause(text: str) -> UUID:
    parsed = parse_id(text) if len(text) <= 200 else None
    if parsed is not None:
        return parsed[1]
    try:
        return UUID(text)
    except ValueError:
        return from_id("Order", text, "cause")


@finds("Book")
async def find_book(info: Info, id: UUID) -> Book | None:
    return Book.of(id) if reading.may_read(info.context.actor, id) else None


@strawberry.type
class CooperativeBook:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(description="The co-op's ledger; null unless you are its officer or supervisor.")
    def book(self, info: Info) -> Book | None:
        return Book.of(self.row.pk) if reading.may_read(info.context.actor, self.row.pk) else None
