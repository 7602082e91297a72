"""Vouchers of a co-op's books: kas masuk, kas keluar, memorial."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.books import lining, reading
from cooperatives.books import models as rows
from cooperatives.books.lining import VoucherKind
from cooperatives.books.models import VoucherSource, VoucherState
from schema.charts import ChartAccount, chart_account_of
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.scalars import Rupiah

if TYPE_CHECKING:
    from schema.accounts import Account

AccountType = Annotated["Account", strawberry.lazy("schema.accounts")]

described(
    VoucherKind,
    "Which book of original entry a voucher belongs to.",
    {
        "CASH_IN": "Bukti kas masuk (BKM): cash or a bank account is debited.",
        "CASH_OUT": "Bukti kas keluar (BKK): cash or a bank account is credited.",
        "MEMORIAL": "Bukti memorial (BM): no cash moves.",
    },
)
described(
    VoucherState,
    "Where a voucher stands.",
    {
        "PROPOSED": "Waits for an officer, or for a second one.",
        "POSTED": "Numbered and in the ledger; mended only by a reversal.",
        "REFUSED": "Turned down; it has no number and moved nothing.",
    },
)
described(
    VoucherSource,
    "What a voucher came of.",
    {
        "HAND": "A person recorded it.",
        "OPENING": "Opening balances taken over.",
        "RECURRING": "It comes again every so many months.",
        "DEPRECIATION": "What a month takes off the fixed assets.",
        "ACCRUAL_REVERSAL": "Takes an accrual back on the first of the next month.",
        "REVERSAL": "Takes a posted voucher back.",
        "CASH_COUNT": "The difference that a cash count found.",
        "BANK_STATEMENT": "Booked from a line of a bank statement.",
        "ASSET_DISPOSAL": "A fixed asset left the co-op.",
    },
)


@strawberry.type(description="One side of one account in a voucher.")
class VoucherLine:
    row: strawberry.Private[rows.VoucherLine]
    debit: Rupiah = strawberry.field(description="Zero when it is a credit.")
    credit: Rupiah = strawberry.field(description="Zero when it is a debit.")
    memo: str = strawberry.field(description="What it is for; may be empty.")

    @classmethod
    def of(cls, row: rows.VoucherLine) -> "VoucherLine":
        return cls(row=row, debit=Rupiah(row.debit), credit=Rupiah(row.credit), memo=row.memo)

    @strawberry.field(description="The account.")
    async def account(self, info: Info) -> ChartAccount:
        return await chart_account_of(info, self.row.account_id)


@strawberry.input(description="One side of one account: a debit or a credit, not both.")
class VoucherLineInput:
    account_id: strawberry.ID = strawberry.field(description="A ChartAccount that takes vouchers.")
    debit: Rupiah = strawberry.field(description="More than zero, when it is a debit.", default=Rupiah(0))
    credit: Rupiah = strawberry.field(description="More than zero, when it is a credit.", default=Rupiah(0))
    memo: str = strawberry.field(description="What it is for, up to 200 characters.", default="")

    def line(self, where: str) -> lining.Line:
        id = from_id("ChartAccount", self.account_id, f"{where}.accountId")
        return lining.Line(id, int(self.debit), int(self.credit), self.memo)


@strawberry.type(description="A receipt or letter kept behind a voucher.")
class VoucherAttachment:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    name: str = strawberry.field(description="The file's name as it was uploaded.")
    media_type: str = strawberry.field(description="image/jpeg, image/png, image/webp or application/pdf.")
    size: int = strawberry.field(description="In bytes.")
    url: str = strawberry.field(description="Where it lies on this node; fetch it with your token.")

    @classmethod
    def of(cls, row: rows.VoucherAttachment) -> "VoucherAttachment":
        id = to_id("VoucherAttachment", row.pk)
        return cls(id=id, name=row.name, media_type=row.media_type, size=row.size, url=f"/books/attachments/{id}")


@strawberry.type(description="A bukti of a co-op's books. Posted, it is never changed; it is reversed.")
class Voucher(Node):
    row: strawberry.Private[rows.Voucher]
    kind: VoucherKind = strawberry.field(description="Kas masuk, kas keluar or memorial.")
    source: VoucherSource = strawberry.field(description="What it came of.")
    state: VoucherState = strawberry.field(description="Where it stands.")
    number: str | None = strawberry.field(description="BKK/2026/11/0001: given when it is posted.")
    booked_on: date = strawberry.field(description="The day to which it belongs, where the co-op is.")
    description: str = strawberry.field(description="What it is for.")
    party: str | None = strawberry.field(description="From whom the money came, or to whom it went.")
    reference: str | None = strawberry.field(description="The receipt's or the bank's own number.")
    total: Rupiah = strawberry.field(description="The sum of its debits, which is that of its credits.")
    is_reversed_next_month: bool = strawberry.field(description="An accrual: taken back on the first of next month.")
    posted_at: datetime | None = strawberry.field(description="When it went into the ledger.")
    reason: str | None = strawberry.field(description="Why it was refused.")

    @classmethod
    def of(cls, row: rows.Voucher) -> "Voucher":
        return cls(
            id=to_id("Voucher", row.pk),
            row=row,
            kind=row.kind,
            source=row.source,
            state=row.state,
            number=row.number,
            booked_on=row.booked_on,
            description=row.description,
            party=row.party,
            reference=row.reference,
            total=Rupiah(row.total),
            is_reversed_next_month=row.is_reversed_next_month,
            posted_at=row.posted_at,
            reason=row.reason,
        )

    @strawberry.field(description="Its lines, in their order.")
    async def lines(self, info: Info) -> list[VoucherLine]:
        found = await info.context.load(reading.lines_by_voucher, self.row.pk)
        return [VoucherLine.of(row) for row in found or []]

    @strawberry.field(
        description="The receipts behind it; add one by `POST /books/attachments?voucher=<id>&name=<file name>`."
    )
    async def attachments(self, info: Info) -> list[VoucherAttachment]:
        found = await info.context.load(reading.attachments_by_voucher, self.row.pk)
        return [VoucherAttachment.of(row) for row in found or []]

    @strawberry.field(description="Who recorded it; null: the books themselves.")
    async def proposed_by(self, info: Info) -> AccountType | None:
        return await _person(info, self.row.proposed_by)

    @strawberry.field(description="The officer who approved it.")
    async def approved_by(self, info: Info) -> AccountType | None:
        return await _person(info, self.row.approved_by)

    @strawberry.field(description="The second officer, where it took two.")
    async def second_approved_by(self, info: Info) -> AccountType | None:
        return await _person(info, self.row.second_approved_by)

    @strawberry.field(description="The voucher that this one takes back.")
    async def reverses(self, info: Info) -> Annotated["Voucher", strawberry.lazy("schema.vouchers")] | None:
        if self.row.reverses_id is None:
            return None
        row = await info.context.load(reading.vouchers_by_id, self.row.reverses_id)
        return None if row is None else Voucher.of(row)

    @strawberry.field(description="The voucher that takes this one back.")
    async def reversed_by(self, info: Info) -> Annotated["Voucher", strawberry.lazy("schema.vouchers")] | None:
        row = await info.context.load(reading.reversals_by_voucher, self.row.pk)
        return None if row is None else Voucher.of(row)


async def _person(info: Info, id: UUID | None) -> AccountType | None:
    from schema.accounts import account_of

    return None if id is None else await account_of(info, id)


@finds("Voucher")
async def find_voucher(info: Info, id: UUID) -> Voucher | None:
    row = await reading.visible_voucher(info.context.actor, id)
    return None if row is None else Voucher.of(row)
