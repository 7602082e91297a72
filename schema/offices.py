"""Offices of a co-op: given, ended, and confirmed by a second officer."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from cooperatives.membership import models as rows
from cooperatives.membership import offices
from cooperatives.membership.models import OfficeChangeState
from marketplace.identity.actor import Role
from schema.context import Info
from schema.enums import described
from schema.ids import from_id, to_id
from schema.problems import Problem, intent

if TYPE_CHECKING:
    from schema.accounts import Account
    from schema.cooperatives import Cooperative

described(
    OfficeChangeState,
    "Where a change of office stands.",
    {
        "PROPOSED": "Waits for a second officer.",
        "DONE": "Carried out.",
        "WITHDRAWN": "Taken back or turned down.",
    },
)


@strawberry.type(description="An office given or ended.")
class OfficeChange:
    row: strawberry.Private[rows.OfficeChange]
    id: strawberry.ID = strawberry.field(description="For `confirmOffice` and `withdrawOffice`.")
    role: Role = strawberry.field(description="Which office.")
    is_grant: bool = strawberry.field(description="Given, or ended.")
    state: OfficeChangeState = strawberry.field(description="Where it stands.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    decided_at: datetime | None = strawberry.field(description="When it was carried out or withdrawn.")

    @classmethod
    def of(cls, row: rows.OfficeChange) -> "OfficeChange":
        return cls(
            row=row,
            id=to_id("OfficeChange", row.pk),
            role=row.role,
            is_grant=row.is_grant,
            state=row.state,
            proposed_at=row.created_at,
            decided_at=row.decided_at,
        )

    @strawberry.field(description="Whose office it is.")
    async def account(self, info: Info) -> Annotated["Account", strawberry.lazy("schema.accounts")] | None:
        from schema.accounts import account_of

        return await account_of(info, self.row.account_id)

    @strawberry.field(description="In which co-op.")
    async def cooperative(
        self, info: Info
    ) -> Annotated["Cooperative", strawberry.lazy("schema.cooperatives")] | None:
        from schema.cooperatives import cooperative_of

        return await cooperative_of(info, self.row.cooperative_id)


@strawberry.input(description="Which office is given to whom.")
class GrantOfficeInput:
    cooperative_id: strawberry.ID = strawberry.field(description="In which co-op.")
    account_id: strawberry.ID = strawberry.field(description="Whose.")
    role: Role = strawberry.field(description="Which; not MEMBER, DRIVER or a seller's role.")


@strawberry.input(description="Whose office ends.")
class EndOfficeInput(GrantOfficeInput):
    pass


@strawberry.input(description="Which change of office is confirmed.")
class ConfirmOfficeInput:
    id: strawberry.ID = strawberry.field(description="The change that waits.")


@strawberry.input(description="Which change of office is withdrawn.")
class WithdrawOfficeInput:
    id: strawberry.ID = strawberry.field(description="The change that waits.")


OfficeChangeResult = Annotated[
    OfficeChange | Problem, strawberry.union("OfficeChangeResult", description="The change, or why not.")
]


@strawberry.type
class CooperativeOffices:
    row: strawberry.Private[rows.Cooperative]

    @strawberry.field(description="Changes of office that wait for a second officer. Officers only.")
    async def office_changes(self, info: Info) -> list[OfficeChange]:
        found = await offices.office_changes(info.context.actor, self.row.pk)
        return [OfficeChange.of(row) for row in found]


@strawberry.type
class OfficeMutation:
    @strawberry.mutation(
        description="The chair or the node's operator gives a member an office. Chair, treasurer and loan "
        "officer move money: PROPOSED until a second officer confirms. Problems: INVALID, FORBIDDEN."
    )
    @intent
    async def grant_office(self, info: Info, input: GrantOfficeInput) -> OfficeChangeResult:
        row = await offices.grant_office(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            account_id=from_id("Account", input.account_id, "accountId"),
            role=input.role,
        )
        return OfficeChange.of(row)

    @strawberry.mutation(
        description="End an office as `grantOffice` gives one, or lay down your own. Problems: INVALID, FORBIDDEN."
    )
    @intent
    async def end_office(self, info: Info, input: EndOfficeInput) -> OfficeChangeResult:
        row = await offices.end_office(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            account_id=from_id("Account", input.account_id, "accountId"),
            role=input.role,
        )
        return OfficeChange.of(row)

    @strawberry.mutation(
        description="The second officer's word; it is carried out. Problems: NOT_FOUND, FORBIDDEN, WRONG_STATE."
    )
    @intent
    async def confirm_office(self, info: Info, input: ConfirmOfficeInput) -> OfficeChangeResult:
        id = from_id("OfficeChange", input.id)
        return OfficeChange.of(await offices.confirm_office(info.context.actor, change_id=id))

    @strawberry.mutation(description="Take a proposal back, or turn it down. Problems: NOT_FOUND, WRONG_STATE.")
    @intent
    async def withdraw_office(self, info: Info, input: WithdrawOfficeInput) -> OfficeChangeResult:
        id = from_id("OfficeChange", input.id)
        return OfficeChange.of(await offices.withdraw_office(info.context.actor, change_id=id))
