"""Taking savings out: what was asked for, who agreed, and how it was paid."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import strawberry

from cooperatives.membership import models as membership_rows
from cooperatives.savings import models as rows
from cooperatives.savings import reading, service
from cooperatives.savings.kinds import WithdrawalState, WithdrawalWay
from schema.context import Info
from schema.costs import LISTED
from schema.dues import member_of
from schema.enums import described
from schema.ids import from_id, to_id
from schema.nodes import Node, finds
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.savings import MembershipType
from schema.scalars import Rupiah

described(
    WithdrawalState,
    "Where a withdrawal of savings stands.",
    {
        "REQUESTED": "Waits for its day, for a second officer, or to be paid.",
        "PAID": "Paid.",
        "CANCELLED": "The member took it back.",
        "REFUSED": "An officer refused it, with a reason.",
    },
    name="SavingsWithdrawalState",
)
described(
    WithdrawalWay,
    "How a member gets what he takes out.",
    {
        "CASH": "At the counter.",
        "EARNINGS": "To what the co-op owes him of his earnings, from where it is paid out like these.",
    },
    name="SavingsWithdrawalWay",
)


@strawberry.type(description="Some of a member's voluntary savings that he takes out.")
class SavingsWithdrawal(Node):
    row: strawberry.Private[rows.SavingsWithdrawal]
    amount: Rupiah = strawberry.field(description="How much.")
    way: WithdrawalWay = strawberry.field(description="How he gets it.")
    state: WithdrawalState = strawberry.field(description="Where it stands.")
    payable_from: date = strawberry.field(description="The notice that the by-laws ask for ends here.")
    needs_two: bool = strawberry.field(description="Whether it takes two officers: one agrees, another pays.")
    is_agreed: bool = strawberry.field(description="Whether one has agreed, where it takes two.")
    requested_at: datetime = strawberry.field(description="When it was asked for.")
    ended_at: datetime | None = strawberry.field(description="When it was paid, taken back or refused.")
    reason: str = strawberry.field(description="Why it was refused; else empty.")

    @classmethod
    def of(cls, row: rows.SavingsWithdrawal) -> "SavingsWithdrawal":
        return cls(
            id=to_id("SavingsWithdrawal", row.pk),
            row=row,
            amount=Rupiah(row.amount),
            way=row.way,
            state=row.state,
            payable_from=row.payable_from,
            needs_two=row.needs_two,
            is_agreed=row.approved_by is not None,
            requested_at=row.created_at,
            ended_at=row.ended_at,
            reason=row.reason,
        )

    @strawberry.field(description="Who takes it out.")
    async def member(self, info: Info) -> MembershipType | None:
        return await member_of(info, self.row.membership_id)


@strawberry.type
class CooperativeWithdrawals:
    row: strawberry.Private[membership_rows.Cooperative]

    @strawberry.field(
        description="Withdrawals of savings that stand so, oldest first. Officers and those at the counter.",
        directives=[LISTED],
    )
    async def savings_withdrawals(
        self,
        info: Info,
        state: Annotated[
            WithdrawalState, strawberry.argument(description="Where they stand.")
        ] = WithdrawalState.REQUESTED,
        first: First = 20,
        after: After = None,
    ) -> Connection[SavingsWithdrawal]:
        page = await service.list_withdrawals(info.context.actor, self.row.pk, state=state, first=first, after=after)
        return connection_of(page, SavingsWithdrawal.of, after=after)


@strawberry.input(description="What to take out of voluntary savings.")
class RequestSavingsWithdrawalInput:
    savings_id: strawberry.ID = strawberry.field(description="The SavingsAccount.")
    amount: Rupiah = strawberry.field(description="How much.")
    way: WithdrawalWay = strawberry.field(description="How the member gets it.", default=WithdrawalWay.CASH)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which withdrawal.")
class SavingsWithdrawalInput:
    withdrawal_id: strawberry.ID = strawberry.field(description="The SavingsWithdrawal.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which withdrawal is not to be paid.")
class EndSavingsWithdrawalInput:
    withdrawal_id: strawberry.ID = strawberry.field(description="The SavingsWithdrawal.")
    reason: str = strawberry.field(description="An officer's, 3 to 300 characters; a member needs none.", default="")
    idempotency_key: str = strawberry.field(description=KEY)


WithdrawalResult = Annotated[
    SavingsWithdrawal | Problem,
    strawberry.union("SavingsWithdrawalResult", description="The withdrawal, or why not."),
]


@strawberry.type
class WithdrawalMutation:
    @strawberry.mutation(
        description="A member, or one at the counter for him, asks to take voluntary savings out. To his earnings it "
        "goes at once where neither notice nor a second officer is needed. Fails with LIMIT_EXCEEDED, and with "
        "AGAINST_THE_LAW for pokok and wajib, which stay while he is a member."
    )
    @intent
    async def request_savings_withdrawal(self, info: Info, input: RequestSavingsWithdrawalInput) -> WithdrawalResult:
        return SavingsWithdrawal.of(
            await service.request_withdrawal(
                info.context.actor,
                savings_id=from_id("SavingsAccount", input.savings_id, "savingsId"),
                amount=int(input.amount),
                way=input.way,
                key=input.idempotency_key,
            )
        )

    @strawberry.mutation(
        description="Chair or treasurer agree to a withdrawal above the by-laws' threshold; another officer pays it. "
        "Fails with WRONG_STATE, NEEDS_TWO_OFFICERS for one's own."
    )
    @intent
    async def approve_savings_withdrawal(self, info: Info, input: SavingsWithdrawalInput) -> WithdrawalResult:
        id = from_id("SavingsWithdrawal", input.withdrawal_id, "withdrawalId")
        row = await service.approve_withdrawal(info.context.actor, withdrawal_id=id, key=input.idempotency_key)
        return SavingsWithdrawal.of(row)

    @strawberry.mutation(
        description="Chair, treasurer or unit manager pay a withdrawal out; not their own, and above the threshold "
        "not what they agreed to themselves. Fails with WRONG_STATE, NEEDS_TWO_OFFICERS, LIMIT_EXCEEDED."
    )
    @intent
    async def pay_savings_withdrawal(self, info: Info, input: SavingsWithdrawalInput) -> WithdrawalResult:
        id = from_id("SavingsWithdrawal", input.withdrawal_id, "withdrawalId")
        row = await service.pay_withdrawal(info.context.actor, withdrawal_id=id, key=input.idempotency_key)
        return SavingsWithdrawal.of(row)

    @strawberry.mutation(
        description="The member takes his request back, or an officer refuses it with a reason. "
        "Fails with WRONG_STATE."
    )
    @intent
    async def end_savings_withdrawal(self, info: Info, input: EndSavingsWithdrawalInput) -> WithdrawalResult:
        return SavingsWithdrawal.of(
            await service.end_withdrawal(
                info.context.actor,
                withdrawal_id=from_id("SavingsWithdrawal", input.withdrawal_id, "withdrawalId"),
                reason=input.reason,
                key=input.idempotency_key,
            )
        )


@finds("SavingsWithdrawal")
async def find_withdrawal(info: Info, id: UUID) -> SavingsWithdrawal | None:
    row = await reading.seen_withdrawal(info.context.actor, id)
    return None if row is None else SavingsWithdrawal.of(row)
