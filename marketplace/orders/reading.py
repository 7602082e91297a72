"""Reading orders: for whom, and many at once."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace.batches import lists_by, rows_by
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders.access import SELLING, STAFF, may_see, visible_to
from marketplace.orders.lifecycle import AWAITING_SELLER, SubOrderState
from marketplace.orders.models import Order, OrderLine, StateChange, SubOrder
from marketplace.paging import Page, page_by_id

#: What a seller still has to do with.
OPEN_FOR_SELLER = AWAITING_SELLER | {
    SubOrderState.ACCEPTED,
    SubOrderState.PREPARING,
    SubOrderState.READY,
    SubOrderState.IN_SERVICE,
}


async def find_sub_order(actor: Actor, sub_order_id: UUID) -> SubOrder:
    """A sub-order that the actor may see; raises NotFound."""
    row = await SubOrder.get_or_none(id=sub_order_id)
    if row is None or not may_see(actor, row):
        raise NotFound("order")
    return row


async def find_order(actor: Actor, order_id: UUID) -> Order:
    """An order of which the actor may see a part; raises NotFound."""
    row = await Order.get_or_none(id=order_id)
    if row is None or not (
        (actor.account_id is not None and row.buyer_id == actor.account_id)
        or await SubOrder.filter(visible_to(actor), order_id=order_id).exists()
    ):
        raise NotFound("order")
    return row


async def orders_of(actor: Actor, *, first: int, after: str | None) -> Page[Order]:
    """What the actor has bought, newest first."""
    return await page_by_id(Order.filter(buyer_id=signed_in(actor)), first=first, after=after)


async def sub_orders_of_seller(
    actor: Actor, seller_id: UUID, cooperative_id: UUID, *, state: SubOrderState | None, first: int, after: str | None
) -> Page[SubOrder]:
    """A shop's sub-orders, newest first: for its people and its co-op's officers, else none to be seen."""
    if not (actor.holds(*SELLING, seller_id=seller_id) or actor.holds(*STAFF, cooperative_id=cooperative_id)):
        raise NotFound("seller")
    found = SubOrder.filter(seller_id=seller_id)
    return await page_by_id(found.filter(state=state) if state else found, first=first, after=after)


async def incoming(actor: Actor, *, first: int, after: str | None) -> Page[SubOrder]:
    """What waits on the actor in all of his shops, oldest first."""
    found = SubOrder.filter(seller_id__in=actor.sellers(), state__in=list(OPEN_FOR_SELLER))
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def orders_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Order]:
    """The orders with these ids. One statement; no check of who asks."""
    return {row.id: row for row in await rows_by(Order, "id", ids)}


async def sub_orders_by_id(ids: Sequence[UUID]) -> Mapping[UUID, SubOrder]:
    """The sub-orders with these ids. One statement; no check of who asks."""
    return {row.id: row for row in await rows_by(SubOrder, "id", ids)}


async def sub_orders_by_order(order_ids: Sequence[UUID]) -> Mapping[UUID, list[SubOrder]]:
    """Each order's sub-orders, in order. One statement."""
    return await lists_by(SubOrder, "order_id", order_ids)


async def lines_by_sub_order(ids: Sequence[UUID]) -> Mapping[UUID, list[OrderLine]]:
    """Each sub-order's lines, in order. One statement."""
    return await lists_by(OrderLine, "sub_order_id", ids)


async def history_by_sub_order(ids: Sequence[UUID]) -> Mapping[UUID, list[StateChange]]:
    """Each sub-order's steps, oldest first. One statement."""
    return await lists_by(StateChange, "sub_order_id", ids, order="version,id")
