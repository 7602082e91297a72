"""A lost phone recovered, and accounts suspended by the operator."""

from datetime import datetime
from typing import Annotated

import strawberry

from marketplace.identity import models as rows
from marketplace.identity import recovery, suspension
from marketplace.identity.actor import OFFICERS, signed_in
from marketplace.identity.models import NumberChangeState
from marketplace.identity.phones import masked
from schema.accounts import Account, AccountResult
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import Problem, intent

described(
    NumberChangeState,
    "Where a change of number stands.",
    {
        "REQUESTED": "Waits for two officers of the member's co-op.",
        "COOLING_OFF": "Approved; takes effect after 48 hours unless cancelled.",
        "DONE": "The account has the new number.",
        "CANCELLED": "Stopped.",
    },
)


@strawberry.type(description="Someone asks for an account under a new phone number.")
class NumberChange:
    id: strawberry.ID = strawberry.field(description="For approving and cancelling.")
    state: NumberChangeState = strawberry.field(description="Where it stands.")
    old_phone: str = strawberry.field(description="Masked, but for who may approve.")
    new_phone: str = strawberry.field(description="Masked, but for who may approve.")
    approvals: int = strawberry.field(description="How many officers vouch: two are needed.")
    requested_at: datetime = strawberry.field(description="When it was asked for.")
    effective_at: datetime | None = strawberry.field(description="When it takes effect unless cancelled.")
    reason: str | None = strawberry.field(description="Why it was stopped.")

    @classmethod
    def of(cls, info: Info, row: rows.NumberChange) -> "NumberChange":
        is_officer = info.context.actor.holds(*OFFICERS, cooperative_id=row.cooperative_id)
        show = str if is_officer else masked
        return cls(
            id=to_id("NumberChange", row.pk),
            state=row.state,
            old_phone=show(row.old_phone),
            new_phone=show(row.new_phone),
            approvals=sum(by is not None for by in (row.first_approved_by, row.second_approved_by)),
            requested_at=row.created_at,
            effective_at=row.effective_at,
            reason=row.reason,
        )


@strawberry.input(description="An old number, lost, and a new one, proved by a code.")
class RequestNumberChangeInput:
    old_phone: str = strawberry.field(description="The account's present number.")
    new_phone: str = strawberry.field(description="The number to have; ask `requestCode` for it first.")
    code: str = strawberry.field(description="The code sent to the new number.")
    cooperative_id: strawberry.ID = strawberry.field(description="A co-op where you are a member.")


@strawberry.input(description="Which change of number.")
class ApproveNumberChangeInput:
    id: strawberry.ID = strawberry.field(description="The change asked for.")


@strawberry.input(description="Which change of number stops, and why.")
class CancelNumberChangeInput:
    id: strawberry.ID = strawberry.field(description="The change.")
    reason: str = strawberry.field(default="", description="Up to 300 characters.")


@strawberry.input(description="Which account is closed, and why.")
class SuspendAccountInput:
    id: strawberry.ID = strawberry.field(description="The account.")
    reason: str = strawberry.field(description="1 to 300 characters.")


@strawberry.input(description="Which account is opened again.")
class ReinstateAccountInput:
    id: strawberry.ID = strawberry.field(description="The account.")


NumberChangeResult = Annotated[
    NumberChange | Problem, strawberry.union("NumberChangeResult", description="The change, or why not.")
]


@strawberry.type
class ViewerRecovery:
    @strawberry.field(description="Changes of number under way: your own, and those for you to vouch for.")
    async def number_changes(self, info: Info) -> list[NumberChange]:
        signed_in(info.context.actor)
        return [NumberChange.of(info, row) for row in await recovery.open_changes(info.context.actor)]


@strawberry.type
class RecoveryMutation:
    @strawberry.mutation(
        description="Ask for your account under a new number. Needs no sign-in. "
        "Problems: WRONG_CODE, DUPLICATE, NOT_FOUND, RATE_LIMITED."
    )
    @intent
    async def request_number_change(self, info: Info, input: RequestNumberChangeInput) -> NumberChangeResult:
        row = await recovery.request_number_change(
            old_phone=input.old_phone,
            new_phone=input.new_phone,
            code=input.code,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            address=info.context.address,
        )
        return NumberChange.of(info, row)

    @strawberry.mutation(
        description="An officer vouches for the member; the second one starts 48 hours. "
        "Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def approve_number_change(self, info: Info, input: ApproveNumberChangeInput) -> NumberChangeResult:
        id = from_id("NumberChange", input.id)
        return NumberChange.of(info, await recovery.approve_number_change(info.context.actor, change_id=id))

    @strawberry.mutation(
        description="Stop a change of number: the account's owner, or an officer. Problems: NOT_FOUND, WRONG_STATE."
    )
    @intent
    async def cancel_number_change(self, info: Info, input: CancelNumberChangeInput) -> NumberChangeResult:
        row = await recovery.cancel_number_change(
            info.context.actor, change_id=from_id("NumberChange", input.id), reason=input.reason
        )
        return NumberChange.of(info, row)

    @strawberry.mutation(
        description="The operator closes an account: its tokens and keys stop at once. "
        "Problems: FORBIDDEN, NOT_FOUND, INVALID."
    )
    @intent
    async def suspend_account(self, info: Info, input: SuspendAccountInput) -> AccountResult:
        id = from_id("Account", input.id)
        return Account.of(await suspension.suspend_account(info.context.actor, account_id=id, reason=input.reason))

    @strawberry.mutation(description="The operator opens a suspended account again. Problems: FORBIDDEN, NOT_FOUND.")
    @intent
    async def reinstate_account(self, info: Info, input: ReinstateAccountInput) -> AccountResult:
        id = from_id("Account", input.id)
        return Account.of(await suspension.reinstate_account(info.context.actor, account_id=id))
