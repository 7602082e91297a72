"""A co-op's accounts with payment providers, and money there that no payment explains."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from cooperatives.membership import models as membership
from marketplace.payments import collecting, strays
from marketplace.payments import models as rows
from marketplace.payments.models import RailKind, RailState, StrayState
from marketplace.payments.rails import accounts
from marketplace.payments.rails.accounts import RailWish
from schema.channels import ChannelOffer, offers_of
from schema.collecting import CollectingConsent
from schema.context import Info
from schema.costs import LISTED, cost
from schema.enums import described
from schema.ids import from_id, to_id
from schema.paging import After, Connection, First, connection_of
from schema.problems import KEY, Problem, intent
from schema.scalars import Rupiah

described(
    RailKind,
    "A payment provider.",
    {"STRIPE": "Cards by Stripe.", "MIDTRANS": "QRIS, virtual accounts, e-wallets and payouts by Midtrans."},
)
described(
    RailState,
    "Where a co-op's account with a provider stands.",
    {
        "PROPOSED": "Set by one officer; a second has not agreed.",
        "ACTIVE": "Takes payments.",
        "RETIRED": "Takes no new payments.",
    },
)
described(
    StrayState,
    "What became of money that no payment explains.",
    {"OPEN": "An officer must look.", "RETURNED": "Given back.", "KEPT": "Explained, and kept as other income."},
)


@strawberry.type(description="A co-op's account with a payment provider. Its secrets are never shown.")
class RailAccount:
    id: strawberry.ID = strawberry.field(description="Names it.")
    rail: RailKind = strawberry.field(description="The provider.")
    state: RailState = strawberry.field(description="Where it stands.")
    options: JSON = strawberry.field(description="Its settings that are no secret.")
    webhook_url: str = strawberry.field(description="Give this to the provider as the address of its callbacks.")
    has_proposal: bool = strawberry.field(description="Whether new keys wait for a second officer.")
    proposed_by: strawberry.ID | None = strawberry.field(description="The Account that proposed last.")
    set_at: datetime | None = strawberry.field(description="When its keys were last agreed to.")

    @classmethod
    def of(cls, row: rows.RailAccount, info: Info) -> "RailAccount":
        base = info.context.settings.public_url.rstrip("/")
        return cls(
            id=to_id("RailAccount", row.id),
            rail=row.rail,
            state=row.state,
            options=JSON(row.options or row.proposed_options or {}),
            webhook_url=f"{base}/webhooks/{row.rail.value.lower()}/{row.id}",
            has_proposal=row.proposed_sealed is not None,
            proposed_by=to_id("Account", row.proposed_by) if row.proposed_by else None,
            set_at=row.set_at,
        )


@strawberry.type(description="Money at a provider that no payment of ours explains, or of another amount.")
class StrayMoney:
    id: strawberry.ID = strawberry.field(description="Names it.")
    amount: Rupiah = strawberry.field(description="How much.")
    reference: str = strawberry.field(description="The provider's own reference: look it up in its dashboard.")
    why: str = strawberry.field(description="UNKNOWN: of no payment. WRONG_AMOUNT: of a payment of another amount.")
    state: StrayState = strawberry.field(description="What became of it.")
    note: str = strawberry.field(description="What the officer said who kept it.")
    found_at: datetime = strawberry.field(description="When it was found.")

    @classmethod
    def of(cls, row: rows.StrayMoney) -> "StrayMoney":
        return cls(
            id=to_id("StrayMoney", row.id),
            amount=Rupiah(row.amount),
            reference=row.reference,
            why=row.why,
            state=row.state,
            note=row.note,
            found_at=row.created_at,
        )


@strawberry.type
class CooperativeRails:
    """What a co-op says of its payments; added to `Cooperative`."""

    row: strawberry.Private[membership.Cooperative]

    @strawberry.field(description="Over what its shops' orders can be paid online.", directives=[cost(2)])
    async def payment_channels(self, info: Info) -> list[ChannelOffer]:
        return offers_of(await info.context.adapters.rails.offered(self.row.pk))

    @strawberry.field(
        description="Its accounts with payment providers; for its officers and supervisors.", directives=[cost(2)]
    )
    async def rail_accounts(self, info: Info) -> list[RailAccount]:
        return [RailAccount.of(row, info) for row in await accounts.rails_of(info.context.actor, self.row.pk)]

    @strawberry.field(
        description="Whether others may collect for it; for its officers and supervisors.", directives=[cost(2)]
    )
    async def collecting_consent(self, info: Info) -> CollectingConsent:
        return CollectingConsent.of(await collecting.consent_of(info.context.actor, self.row.pk))

    @strawberry.field(
        description="Money at providers that no payment explains, newest first; for its officers and supervisors.",
        directives=[LISTED],
    )
    async def stray_money(
        self,
        info: Info,
        first: First = 20,
        after: After = None,
    ) -> Connection[StrayMoney]:
        page = await strays.list_strays(info.context.actor, self.row.pk, first=first, after=after)
        return connection_of(page, StrayMoney.of, after=after)


@strawberry.input(description="A secret that the provider gave, by name.")
class SecretInput:
    name: str = strawberry.field(
        description="STRIPE: secret_key, webhook_secret. MIDTRANS: server_key, payout_creator_key, "
        "payout_approver_key, payout_merchant_key (the last three for payouts only)."
    )
    value: str = strawberry.field(description="As the provider shows it. Sealed at once, and never shown again.")


@strawberry.input(description="Set or turn over a co-op's account with a provider.")
class SetRailAccountInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative.")
    rail: RailKind = strawberry.field(description="The provider.")
    secrets: list[SecretInput] = strawberry.field(description="All of its secrets.")
    options: JSON | None = strawberry.field(
        default=None,
        description="STRIPE: {publishable_key, manual_capture, connect}. MIDTRANS: {environment: sandbox|production, "
        "acquirer, fees: [{channel, up_to, bp, flat}], payout_fee}.",
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="An account with a provider.")
class RailAccountInput:
    id: strawberry.ID = strawberry.field(description="The RailAccount.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Stray money to give back.")
class ReturnStrayMoneyInput:
    id: strawberry.ID = strawberry.field(description="The StrayMoney.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Stray money that an officer can explain.")
class KeepStrayMoneyInput:
    id: strawberry.ID = strawberry.field(description="The StrayMoney.")
    note: str = strawberry.field(description="What it was: 3 to 200 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


RailAccountResult = Annotated[
    RailAccount | Problem, strawberry.union("RailAccountResult", description="The account, or why not.")
]
StrayMoneyResult = Annotated[
    StrayMoney | Problem, strawberry.union("StrayMoneyResult", description="The money, or why not.")
]


@strawberry.type
class RailMutation:
    @strawberry.mutation(
        description="A chair or treasurer sets the co-op's account with a provider, or turns its keys over. It "
        "counts once a second one agrees. Problems: FORBIDDEN, INVALID (with the field), TOO_MANY."
    )
    @intent
    async def set_rail_account(self, info: Info, input: SetRailAccountInput) -> RailAccountResult:
        options: Any = input.options or {}
        wish = RailWish(
            input.rail,
            {secret.name: secret.value for secret in input.secrets},
            options if isinstance(options, dict) else {"options": "not an object"},
        )
        row = await accounts.propose_rail(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            wish=wish,
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return RailAccount.of(row, info)

    @strawberry.mutation(
        description="Another chair or treasurer agrees: payments go there from now on; callbacks signed with the "
        "keys before are believed for another day. Problems: NOT_FOUND, NEEDS_TWO_OFFICERS, INVALID."
    )
    @intent
    async def agree_to_rail_account(self, info: Info, input: RailAccountInput) -> RailAccountResult:
        id = from_id("RailAccount", input.id)
        row = await accounts.agree_to_rail(info.context.actor, account_id=id, key=input.idempotency_key)
        return RailAccount.of(row, info)

    @strawberry.mutation(description="Take no new payments with an account. Problems: NOT_FOUND.")
    @intent
    async def retire_rail_account(self, info: Info, input: RailAccountInput) -> RailAccountResult:
        id = from_id("RailAccount", input.id)
        row = await accounts.retire_rail(info.context.actor, account_id=id, key=input.idempotency_key)
        return RailAccount.of(row, info)

    @strawberry.mutation(
        description="Let the provider give stray money back to who paid it. Problems: NOT_FOUND, WRONG_STATE, "
        "INVALID (the provider can't), UNAVAILABLE."
    )
    @intent
    async def return_stray_money(self, info: Info, input: ReturnStrayMoneyInput) -> StrayMoneyResult:
        row = await strays.return_stray(
            info.context.actor,
            stray_id=from_id("StrayMoney", input.id),
            rails=info.context.adapters.rails,
            key=input.idempotency_key,
        )
        return StrayMoney.of(row)

    @strawberry.mutation(
        description="Explain stray money: it becomes other income. Problems: NOT_FOUND, INVALID, WRONG_STATE."
    )
    @intent
    async def keep_stray_money(self, info: Info, input: KeepStrayMoneyInput) -> StrayMoneyResult:
        row = await strays.keep_stray(
            info.context.actor, stray_id=from_id("StrayMoney", input.id), note=input.note, key=input.idempotency_key
        )
        return StrayMoney.of(row)
