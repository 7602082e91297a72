"""Dues: what members owe their co-op, what they paid of it, and what they let it deduct."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from cooperatives.dues import models as rows
from cooperatives.dues import reading, service
from cooperatives.dues.models import DueKind, DueState, PaymentWay
from cooperatives.membership import models as membership_rows
from schema.context import Info
from schema.costs import HISTORY, LISTED, RECKONED
from schema.enums import described
from schema.ids import to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.scalars import BasisPoints, Rupiah, rupiah_or_none

if TYPE_CHECKING:
    from schema.memberships import Membership

MembershipType = Annotated["Membership", strawberry.lazy("schema.memberships")]

described(
    DueKind,
    "What a due is for.",
    {
        "PRINCIPAL_SAVINGS": "Simpanan pokok, once on joining.",
        "MANDATORY_SAVINGS": "Simpanan wajib, each month.",
        "VOLUNTARY_SAVINGS": "What the member promised himself to save, or brought to the counter.",
        "LOAN": "An instalment of a loan.",
        "PROTECTION": "A month of a protection programme.",
        "PURCHASE": "Bought on credit at one of the co-op's units.",
        "OPERATING": "Iuran: what the co-op's work costs.",
    },
)
described(
    DueState,
    "Where a due stands.",
    {
        "OPEN": "Owed, whole or in part.",
        "PAID": "Paid whole.",
        "LET_GO": "No longer owed; what was paid of it stays paid.",
    },
)
described(
    PaymentWay,
    "How money for dues reached the co-op.",
    {
        "DEDUCTION": "Of the member's earnings, within the share that he agreed to.",
        "CASH": "At the counter.",
        "TRANSFER": "By a bank transfer, found on the bank's statement.",
        "VIRTUAL_ACCOUNT": "Through the payment provider, by virtual account.",
        "QRIS": "Through the payment provider, by QRIS.",
        "ONLINE": "Through the payment provider, otherwise.",
        "CREDIT": "Of what he had paid beyond what he owed.",
        "SAVINGS": "Of his voluntary savings.",
    },
    name="DuePaymentWay",
)


async def member_of(info: Info, membership_id: UUID) -> MembershipType | None:
    """The membership behind a row that its reader may see."""
    from schema.memberships import Membership

    row = await info.context.load(reading.members_by_id, membership_id)
    return None if row is None else Membership.of(row)


@strawberry.type(description="Something that a member owes his co-op by a day.")
class Due(Node):
    row: strawberry.Private[rows.Due]
    kind: DueKind = strawberry.field(description="What it is for.")
    about: str = strawberry.field(description="In a few words: `Simpanan wajib 11/2026`; may be empty.")
    amount: Rupiah = strawberry.field(description="All of it.")
    paid: Rupiah = strawberry.field(description="What was paid of it.")
    outstanding: Rupiah = strawberry.field(description="What is still owed of it.")
    opens_on: date = strawberry.field(description="From which day on it is deducted.")
    due_on: date = strawberry.field(description="By which day it is to be paid.")
    state: DueState = strawberry.field(description="Where it stands.")

    @classmethod
    def of(cls, row: rows.Due) -> "Due":
        return cls(
            id=to_id("Due", row.pk),
            row=row,
            kind=row.kind,
            about=row.about,
            amount=Rupiah(row.amount),
            paid=Rupiah(row.paid),
            outstanding=Rupiah(row.outstanding),
            opens_on=row.opens_on,
            due_on=row.due_on,
            state=row.state,
        )

    @strawberry.field(description="Who owes it.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type(description="What of a payment went to one due.")
class DuePaymentLine:
    due: Due = strawberry.field(description="Which due.")
    amount: Rupiah = strawberry.field(description="How much of the payment.")


@strawberry.type(description="Money that reached a co-op for a member's dues.")
class DuePayment(Node):
    row: strawberry.Private[rows.DuePayment]
    way: PaymentWay = strawberry.field(description="How it came.")
    amount: Rupiah = strawberry.field(description="How much.")
    credited: Rupiah = strawberry.field(description="Of it what no due took: held for the member, it pays the next.")
    received_on: date = strawberry.field(description="On which day; of a deduction the day on which he earned.")
    number: str | None = strawberry.field(description="Of the receipt; null for what came from within the co-op.")
    earned: Rupiah | None = strawberry.field(description="Of a deduction: what he earned that day.")
    receipt_path: str | None = strawberry.field(description="Where the receipt is, as a PDF; null without a number.")

    @classmethod
    def of(cls, row: rows.DuePayment) -> "DuePayment":
        id = to_id("DuePayment", row.pk)
        return cls(
            id=id,
            row=row,
            way=row.way,
            amount=Rupiah(row.amount),
            credited=Rupiah(row.credited),
            received_on=row.received_on,
            number=row.number,
            earned=rupiah_or_none(row.earned),
            receipt_path=f"/savings/receipts/{id}.pdf" if row.number else None,
        )

    @strawberry.field(description="What went to which due.", directives=[HISTORY])
    async def lines(self, info: Info) -> list[DuePaymentLine]:
        found = await info.context.load(reading.lines_by_payment, self.row.pk) or []
        return [DuePaymentLine(due=Due.of(line.due), amount=Rupiah(line.amount)) for line in found]

    @strawberry.field(description="Whose dues.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type(description="What share of his earnings a member lets his co-op keep for his dues.")
class DeductionConsent:
    share: BasisPoints = strawberry.field(description="Of each day's earnings, at most.")
    kinds: list[DueKind] = strawberry.field(description="For dues of these kinds; empty: of every kind.")
    given_at: datetime = strawberry.field(description="Since when.")

    @classmethod
    def of(cls, row: rows.DeductionConsent) -> "DeductionConsent":
        return cls(
            share=BasisPoints(row.share_bp), kinds=[DueKind(kind) for kind in row.kinds], given_at=row.given_at
        )


DueStateArgument = Annotated[DueState | None, strawberry.argument(description="Only those that stand so.")]


@strawberry.type
class MembershipDues:
    row: strawberry.Private[membership_rows.Membership]

    @strawberry.field(
        description="What this member owes and owed, newest first. Himself and officers.", directives=[LISTED]
    )
    async def dues(
        self, info: Info, state: DueStateArgument = None, first: First = 20, after: After = None
    ) -> Connection[Due]:
        page = await service.dues_of(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, Due.of, after=after)

    @strawberry.field(description="What this member paid, newest first. Himself and officers.", directives=[LISTED])
    async def due_payments(self, info: Info, first: First = 20, after: After = None) -> Connection[DuePayment]:
        page = await service.payments_of(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, DuePayment.of, after=after)

    @strawberry.field(description="What this member owes in all.", directives=[RECKONED])
    async def owed(self, info: Info) -> Rupiah:
        return Rupiah(await info.context.load(service.outstanding, self.row.pk) or 0)

    @strawberry.field(description="What this member writes on a bank transfer, so that it pays his dues by itself.")
    async def payment_reference(self) -> str:
        return service.member_reference(self.row.pk)

    @strawberry.field(
        description="What he lets be deducted from his earnings; null: nothing. Himself and officers.",
        directives=[LISTED],
    )
    async def deduction_consent(self, info: Info) -> DeductionConsent | None:
        row = await service.consent_of(info.context.actor, self.row.pk)
        return None if row is None else DeductionConsent.of(row)


@strawberry.type
class CooperativeDues:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="What members owe, oldest first. Officers, pengawas and those at the counter.",
        directives=[LISTED],
    )
    async def dues(
        self,
        info: Info,
        state: DueStateArgument = DueState.OPEN,
        kind: Annotated[DueKind | None, strawberry.argument(description="Only of this kind.")] = None,
        due_by: Annotated[date | None, strawberry.argument(description="Only due by this day.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[Due]:
        page = await service.list_dues(
            info.context.actor, self.row.pk, state=state, kind=kind, due_by=due_by, first=first, after=after
        )
        return connection_of(page, Due.of, after=after)

    @strawberry.field(
        description="What members paid, newest first. Officers, pengawas and those at the counter.",
        directives=[LISTED],
    )
    async def due_payments(
        self,
        info: Info,
        on: Annotated[date | None, strawberry.argument(description="Only of this day.")] = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DuePayment]:
        page = await service.list_payments(info.context.actor, self.row.pk, on=on, first=first, after=after)
        return connection_of(page, DuePayment.of, after=after)


@finds("Due")
async def find_due(info: Info, id: UUID) -> Due | None:
    row = await reading.visible_due(info.context.actor, id)
    return None if row is None else Due.of(row)


@finds("DuePayment")
async def find_payment(info: Info, id: UUID) -> DuePayment | None:
    row = await reading.visible_payment(info.context.actor, id)
    return None if row is None else DuePayment.of(row)
