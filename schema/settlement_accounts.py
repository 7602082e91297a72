"""The bank accounts between which co-ops settle."""

from datetime import datetime
from typing import Annotated

import strawberry

from cooperatives.settlements import accounts, plan_files
from cooperatives.settlements import models as rows
from schema.context import Info
from schema.ids import from_id, to_id
from schema.problems import KEY, Problem, intent


@strawberry.type(description="A co-op's bank account for settlement between co-ops.")
class SettlementAccount:
    id: strawberry.ID = strawberry.field(description="Opaque.")
    institution: str = strawberry.field(description="The bank's short code: `bri`.")
    bank: str = strawberry.field(description="The bank's name.")
    number: str = strawberry.field(description="The account's number, digits alone.")
    holder: str = strawberry.field(description="In whose name it is.")
    proposed_at: datetime = strawberry.field(description="When an officer proposed it.")
    confirmed_at: datetime | None = strawberry.field(
        description="When another officer confirmed it; null: payments don't go there yet."
    )

    @classmethod
    def of(cls, row: rows.SettlementAccount) -> "SettlementAccount":
        return cls(
            id=to_id("SettlementAccount", row.id),
            institution=row.institution,
            bank=plan_files.institutions()[row.institution].name,
            number=row.number,
            holder=row.holder,
            proposed_at=row.created_at,
            confirmed_at=row.confirmed_at,
        )


SettlementAccountResult = Annotated[
    SettlementAccount | Problem,
    strawberry.union("SettlementAccountResult", description="The account as it now stands, or why not."),
]


@strawberry.input(description="Where your co-op is to be paid in settlement.")
class ProposeSettlementAccountInput:
    cooperative_id: strawberry.ID = strawberry.field(description="Your Cooperative.")
    institution: str = strawberry.field(description="The bank's short code: `bca`, `bri`, `bsi`.")
    number: str = strawberry.field(description="The account's number, 5 to 20 digits.")
    holder: str = strawberry.field(description="In whose name it is, as the bank has it; 3 to 60 letters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Which proposed account another officer confirms.")
class ConfirmSettlementAccountInput:
    account_id: strawberry.ID = strawberry.field(description="The SettlementAccount that was proposed last.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class SettlementAccountMutation:
    @strawberry.mutation(
        description="Propose where your co-op is paid in settlement; another officer confirms it. Officer."
    )
    @intent
    async def propose_settlement_account(
        self, info: Info, input: Annotated[ProposeSettlementAccountInput, strawberry.argument(description="Where.")]
    ) -> SettlementAccountResult:
        row = await accounts.propose_account(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            institution=input.institution,
            number=input.number,
            holder=input.holder,
            key=input.idempotency_key,
        )
        info.context.forget()
        return SettlementAccount.of(row)

    @strawberry.mutation(
        description="Confirm the account that another officer of your co-op proposed. Fails with NEEDS_TWO_OFFICERS."
    )
    @intent
    async def confirm_settlement_account(
        self, info: Info, input: Annotated[ConfirmSettlementAccountInput, strawberry.argument(description="Which.")]
    ) -> SettlementAccountResult:
        row = await accounts.confirm_account(
            info.context.actor,
            account_id=from_id("SettlementAccount", input.account_id, "accountId"),
            key=input.idempotency_key,
        )
        info.context.forget()
        return SettlementAccount.of(row)
