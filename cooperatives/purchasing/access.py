"""Who runs a round, who commits to it, and the refusals that all of them share."""

from uuid import UUID

from cooperatives.purchasing.lifecycle import STEPS, RoundEvent
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.units.access import KEEPERS, READERS
from marketplace.database import locked_one
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in


class RoundWrongState(MarketplaceError):
    """This round is {state}: that can't be done now."""

    code = Code.WRONG_STATE
    pesan = "Pembelian bersama ini berstatus {state}: hal itu tidak dapat dilakukan sekarang."


async def hold_round(actor: Actor, round_id: UUID) -> PurchaseRound:
    """The round, locked, for an officer of who runs it. Raises Unauthenticated, NotFound, Forbidden."""
    signed_in(actor)
    row = await locked_one(PurchaseRound, round_id)
    if row is None:
        raise NotFound("round")
    require(actor, *OFFICERS, cooperative_id=row.cooperative_id)
    return row


def take(row: PurchaseRound, event: RoundEvent) -> None:
    """Move a locked round one step on. Raises RoundWrongState."""
    after = STEPS.get((row.state, event))
    if after is None:
        raise RoundWrongState(state=row.state.value)
    row.state = after


def reads_round(actor: Actor, row: PurchaseRound) -> bool:
    """Whether the actor sees what everyone took and owes of it."""
    return actor.holds(*READERS, cooperative_id=row.cooperative_id)


def reads_commitment(actor: Actor, row: Commitment) -> bool:
    """Whether the actor is on the side of who committed."""
    is_shop = row.seller_id is not None and row.seller_id in actor.sellers()
    return is_shop or actor.holds(*READERS, cooperative_id=row.cooperative_id)


def may_commit(actor: Actor, cooperative_id: UUID) -> bool:
    """Whether the actor buys for this co-op's units."""
    return actor.holds(*KEEPERS, cooperative_id=cooperative_id)
