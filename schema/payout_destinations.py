"""Where a co-op pays its sellers and drivers."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import strawberry

from marketplace.identity.actor import signed_in
from marketplace.payments.payouts import destinations
from marketplace.payments.payouts import models as rows
from marketplace.payments.payouts.lifecycle import PayeeKind
from schema.context import Info
from schema.ids import from_id
from schema.problems import KEY, Problem, intent


@strawberry.type(description="Where a seller or driver is paid.")
class PayoutDestination:
    to: str = strawberry.field(description="With the number's last digits: `bca …3826 (Bu Sri)`.")
    is_wallet: bool = strawberry.field(description="Whether it is an e-wallet.")
    set_at: datetime = strawberry.field(description="Since when.")

    @classmethod
    def of(cls, row: rows.PayoutDestination) -> "PayoutDestination":
        return cls(to=row.masked, is_wallet=row.is_wallet, set_at=row.set_at)


@strawberry.input(description="A bank account or an e-wallet.")
class DestinationInput:
    institution: str = strawberry.field(description="The bank or wallet, in small letters: `bca`, `gopay`.")
    number: str = strawberry.field(description="The account's number; of a wallet its telephone number: `0812…`.")
    holder: str = strawberry.field(description="Whose it is, as the bank writes it: 3 to 60 characters.")


@strawberry.input(description="Where a shop, or the driver who asks, is paid by a co-op.")
class SetPayoutDestinationInput:
    cooperative_id: strawberry.ID = strawberry.field(description="The Cooperative that pays.")
    seller_id: strawberry.ID | None = strawberry.field(
        default=None, description="The Seller; null: you yourself, as a driver of the co-op."
    )
    to: DestinationInput = strawberry.field(description="Where to.")
    idempotency_key: str = strawberry.field(description=KEY)


PayoutDestinationResult = Annotated[
    PayoutDestination | Problem,
    strawberry.union("PayoutDestinationResult", description="The destination, or why not."),
]


@strawberry.type
class PayoutDestinationMutation:
    @strawberry.mutation(
        description="Say where you, or your shop, are paid. Problems: NOT_FOUND, INVALID (with the field), "
        "WRONG_STATE (the shop of a unit, which is the co-op's own)."
    )
    @intent
    async def set_payout_destination(self, info: Info, input: SetPayoutDestinationInput) -> PayoutDestinationResult:
        payee, payee_id = payee_of(info, input.seller_id)
        row = await destinations.set_destination(
            info.context.actor,
            cooperative_id=from_id("Cooperative", input.cooperative_id, "cooperativeId"),
            payee=payee,
            payee_id=payee_id,
            to=destinations.checked(input.to.institution, input.to.number, input.to.holder),
            vault=info.context.adapters.rails.vault,
            key=input.idempotency_key,
        )
        return PayoutDestination.of(row)


def payee_of(info: Info, seller_id: strawberry.ID | None) -> tuple[PayeeKind, UUID]:
    """Who is meant: the shop that is named, else the driver who asks."""
    if seller_id is not None:
        return PayeeKind.SELLER, from_id("Seller", seller_id, "sellerId")
    return PayeeKind.DRIVER, signed_in(info.context.actor)
