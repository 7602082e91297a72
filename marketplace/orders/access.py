"""Who may see a sub-order, and on whose behalf they act on it."""

from uuid import UUID

from tortoise.expressions import Q

from marketplace.database import locked_one
from marketplace.errors import NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, signed_in
from marketplace.orders.lifecycle import TABLE, Side, SubOrderEvent
from marketplace.orders.models import SubOrder

#: Who runs the day in a co-op.
STAFF = OFFICERS | {Role.DISPATCHER, Role.UNIT_MANAGER}
#: Who may look into it.
WATCHERS = STAFF | {Role.SUPERVISOR}
SELLING = (Role.SELLER_OWNER, Role.SELLER_STAFF)

_WHO = {step.event: step.who for step in TABLE}


def sides_of(actor: Actor, sub_order: SubOrder) -> set[Side]:
    """On whose behalf the actor may act on this sub-order; empty when on nobody's."""
    sides: set[Side] = set()
    if actor.is_system:
        sides.add(Side.SYSTEM)
    if actor.account_id is not None and actor.account_id == sub_order.buyer_id:
        sides.add(Side.BUYER)
    if actor.holds(*SELLING, seller_id=sub_order.seller_id):
        sides.add(Side.SELLER)
    if actor.holds(*STAFF, cooperative_id=sub_order.cooperative_id):
        sides.add(Side.OFFICER)
    if actor.account_id is not None and actor.account_id == sub_order.driver_account_id:
        sides.add(Side.DRIVER)
    return sides


def may_see(actor: Actor, sub_order: SubOrder) -> bool:
    """Buyer, seller, driver, and the people of the seller's co-op and of the carrier."""
    return (
        bool(sides_of(actor, sub_order))
        or actor.holds(*WATCHERS, cooperative_id=sub_order.cooperative_id)
        or (sub_order.carrier_id is not None and actor.holds(*WATCHERS, cooperative_id=sub_order.carrier_id))
    )


def visible_to(actor: Actor) -> Q:
    """The sub-orders that `may_see` allows, as a condition of a query."""
    watched = actor.cooperatives(*WATCHERS)
    condition = Q(seller_id__in=actor.sellers()) | Q(cooperative_id__in=watched) | Q(carrier_id__in=watched)
    if actor.account_id is not None:
        condition |= Q(buyer_id=actor.account_id) | Q(driver_account_id=actor.account_id)
    return Q() if actor.is_system else condition


async def lock_for(actor: Actor, sub_order_id: UUID, event: SubOrderEvent) -> tuple[SubOrder, Side]:
    """The sub-order, locked, and the side on which the actor may bring about `event`.

    Raises Unauthenticated; NotFound when the actor may not see it. Where no side of the actor's may do this,
    one of them is answered and the lifecycle refuses it.
    """
    signed_in(actor)
    sub_order = await locked_one(SubOrder, sub_order_id)
    if sub_order is None or not may_see(actor, sub_order):
        raise NotFound("order")
    sides = sides_of(actor, sub_order)
    allowed = sides & _WHO[event]
    return sub_order, min(allowed or sides or {Side.DRIVER})
