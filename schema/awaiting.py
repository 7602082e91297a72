"""What waits for the signed-in person as a second officer."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from marketplace.identity.seconding import Awaiting
from marketplace.notices import awaiting
from marketplace.notices.awaiting import Waiting
from schema.context import Info
from schema.costs import cost
from schema.enums import described
from schema.ids import to_id
from schema.scalars import Rupiah, rupiah_or_none

if TYPE_CHECKING:
    from schema.cooperatives import Cooperative

described(
    Awaiting,
    "What a second officer may have to agree to, and the mutation by which he does.",
    {
        "VOUCHER": "A voucher above the co-op's threshold, or one that its books made: approveVoucher.",
        "PAYOUT": "A large payout: approvePayout.",
        "PAYOUT_OUTCOME": "What one officer found out about a payout that nobody answered for: endPayout.",
        "RAIL_ACCOUNT": "New keys of a payment provider: agreeToRailAccount.",
        "COLLECTING_CONSENT": "That other co-ops may collect for this one: setCollectingConsent.",
        "SETTLEMENT_ACCOUNT": "Where the co-op is paid in settlement: confirmSettlementAccount.",
        "VOUCHER_THRESHOLD": "A higher threshold above which a voucher takes two: setVoucherThreshold.",
        "SAVINGS_WITHDRAWAL": "A large withdrawal of savings: approveSavingsWithdrawal.",
        "REMITTANCE": "A large remittance of members' protection contributions: approveRemittance.",
        "BENEFIT": "A large payment of a benefit to a member or heir: answerProtectionBenefitPayment.",
        "LOAN": "A loan above the by-laws' threshold: approveLoan.",
        "LOAN_RESTRUCTURING": "New terms for a loan: answerLoanRestructuring.",
        "BORROWING": "What the co-op borrowed: answerBorrowing; a later part of it: answerBorrowingDraw.",
        "MOVING_SET": "Sheets by which the co-op moves in: confirmMovingSet.",
        "OFFICE": "An office given or ended: confirmOffice.",
    },
)

#: The GraphQL type of each; of a setting it is the co-op.
TYPES = {
    Awaiting.VOUCHER: "Voucher",
    Awaiting.PAYOUT: "Payout",
    Awaiting.PAYOUT_OUTCOME: "Payout",
    Awaiting.RAIL_ACCOUNT: "RailAccount",
    Awaiting.COLLECTING_CONSENT: "Cooperative",
    Awaiting.SETTLEMENT_ACCOUNT: "SettlementAccount",
    Awaiting.VOUCHER_THRESHOLD: "Cooperative",
    Awaiting.SAVINGS_WITHDRAWAL: "SavingsWithdrawal",
    Awaiting.REMITTANCE: "ProtectionBatch",
    Awaiting.BENEFIT: "ProtectionBenefitPayment",
    Awaiting.LOAN: "Loan",
    Awaiting.LOAN_RESTRUCTURING: "Loan",
    Awaiting.BORROWING: "Borrowing",
    Awaiting.MOVING_SET: "MovingSet",
    Awaiting.OFFICE: "OfficeChange",
}
MOST = 100


@strawberry.type(description="One thing that waits for a second officer's word: yours would count.")
class AwaitingApproval:
    row: strawberry.Private[Waiting]
    what: Awaiting = strawberry.field(description="What it is, and so by which mutation you agree.")
    subject_id: strawberry.ID = strawberry.field(
        description="Its id, for that mutation; of COLLECTING_CONSENT and VOUCHER_THRESHOLD the Cooperative's."
    )
    amount: Rupiah | None = strawberry.field(description="What it is about, in rupiah; null for what has no amount.")
    about: str = strawberry.field(description="In a few words, as it was proposed; may be empty.")
    proposed_by: strawberry.ID | None = strawberry.field(description="The Account; null: the books themselves.")
    since: datetime = strawberry.field(description="Since when it waits.")

    @classmethod
    def of(cls, row: Waiting) -> "AwaitingApproval":
        return cls(
            row=row,
            what=row.what,
            subject_id=to_id(TYPES[row.what], row.id),
            amount=rupiah_or_none(row.amount),
            about=row.about,
            proposed_by=to_id("Account", row.proposed_by) if row.proposed_by else None,
            since=row.since,
        )

    @strawberry.field(description="Whose it is.")
    async def cooperative(
        self, info: Info
    ) -> Annotated["Cooperative", strawberry.lazy("schema.cooperatives")] | None:
        from schema.cooperatives import cooperative_of  # cooperatives.py builds on this module

        return await cooperative_of(info, self.row.cooperative_id)


@strawberry.type
class ViewerAwaiting:
    @strawberry.field(
        description="What waits for your word as a second officer, in all your co-ops, oldest first, at most 100. "
        "What you proposed or have agreed to is not in it.",
        directives=[cost(10, rows=20)],
    )
    async def awaiting_approval(self, info: Info) -> list[AwaitingApproval]:
        return [AwaitingApproval.of(row) for row in await awaiting.awaiting(info.context.actor, first=MOST)]
