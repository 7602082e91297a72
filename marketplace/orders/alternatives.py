"""A smaller order: the seller has not all of it and proposes what he has; the buyer answers.

What the seller lacks does not go back on sale. What the buyer paid for it does go back.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tortoise.expressions import F

from catalog import stock
from marketplace import clock
from marketplace.database import transaction
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.orders import lifecycle
from marketplace.orders.access import lock_for
from marketplace.orders.lifecycle import Side, SubOrderEvent, SubOrderState, WrongState
from marketplace.orders.models import Order, OrderLine, SubOrder
from marketplace.orders.steps import ANSWER_WAIT, advance_sub_order, tell

NOTE_LENGTH = 300


async def propose_alternative(
    actor: Actor, *, sub_order_id: UUID, quantities: Mapping[UUID, int], note: str, key: str
) -> SubOrder:
    """The seller offers these quantities of the lines instead; lines left out stay as they are.

    The buyer has ten minutes. Raises NotFound, WrongState, Invalid.
    """
    if len(note) > NOTE_LENGTH:
        raise Invalid.field("note", Code.TOO_LONG, "at most 300 characters", "paling banyak 300 huruf")
    async with transaction():
        input = [sub_order_id, sorted(quantities.items()), note]
        if await once(signed_in(actor), "proposeAlternative", key, input, sub_order_id) is not None:
            return await SubOrder.get(id=sub_order_id)
        sub_order, side = await lock_for(actor, sub_order_id, SubOrderEvent.ACCEPT)
        lifecycle.advance(sub_order.state, SubOrderEvent.ACCEPT, side=side)
        lines = await OrderLine.filter(sub_order_id=sub_order.id).order_by("id")
        wanted = _check(lines, quantities)
        goods = sum(line.unit_price * wanted[line.id] for line in lines)
        sub_order.proposal = {
            "lines": [{"line_id": str(id), "quantity": quantity} for id, quantity in wanted.items()],
            "goods": goods,
            "total": sub_order.total - sub_order.goods + goods,
            "note": note,
        }
        sub_order.due_at = clock.now() + ANSWER_WAIT
        sub_order.version += 1
        await sub_order.save(update_fields=["proposal", "due_at", "version"])
        await tell(sub_order, "proposed")
        return sub_order


def _check(lines: list[OrderLine], quantities: Mapping[UUID, int]) -> dict[UUID, int]:
    """All lines with their new quantities, once these make a smaller order, but an order."""
    known = {line.id: line.quantity for line in lines}
    if not set(quantities) <= set(known):
        raise Invalid.field("lines", Code.NOT_FOUND, "no such line", "baris tidak ada")
    wanted = {**known, **quantities}
    if any(not 0 <= wanted[id] <= known[id] for id in known):
        raise Invalid.field("lines", Code.OUT_OF_RANGE, "0 to what was ordered", "0 sampai yang dipesan")
    if wanted == known or not any(wanted.values()):
        raise Invalid.field(
            "lines", Code.INVALID, "less than ordered, but not nothing", "kurang, tetapi tidak kosong"
        )
    return wanted


async def take_alternative(actor: Actor, sub_order_id: UUID) -> tuple[SubOrder, int]:
    """The buyer takes the smaller order, which is accepted with it. Caller's transaction.

    Answers what is spared; giving that back is for payments. Raises NotFound, WrongState.
    """
    sub_order, proposal = await _proposed(actor, sub_order_id)
    spared = sub_order.total - int(proposal["total"])
    await _shrink_lines(sub_order, {UUID(line["line_id"]): line["quantity"] for line in proposal["lines"]})
    sub_order.goods, sub_order.total, sub_order.proposal = proposal["goods"], proposal["total"], None
    await Order.filter(id=sub_order.order_id).update(total=F("total") - spared)
    await advance_sub_order(sub_order, SubOrderEvent.ACCEPT, by=actor.account_id, also=("goods", "total", "proposal"))
    return sub_order, spared


async def refuse_alternative(actor: Actor, *, sub_order_id: UUID, key: str) -> SubOrder:
    """The buyer does not take the smaller order; all that was paid goes back. Raises NotFound, WrongState."""
    async with transaction():
        if await once(signed_in(actor), "refuseAlternative", key, [sub_order_id], sub_order_id) is not None:
            return await SubOrder.get(id=sub_order_id)
        sub_order, _ = await _proposed(actor, sub_order_id)
        sub_order.proposal = None
        return await advance_sub_order(
            sub_order,
            SubOrderEvent.CANCEL,
            by=actor.account_id,
            side=Side.BUYER,
            reason="the smaller order was refused",
            also=("proposal",),
        )


async def _proposed(actor: Actor, sub_order_id: UUID) -> tuple[SubOrder, dict[str, Any]]:
    sub_order, side = await lock_for(actor, sub_order_id, SubOrderEvent.CANCEL)
    if side is not Side.BUYER:
        raise lifecycle.NotYours(who=Side.BUYER.lower())
    if sub_order.proposal is None or sub_order.state not in (SubOrderState.PAID, SubOrderState.CASH_AGREED):
        raise WrongState(state=sub_order.state.value)
    return sub_order, sub_order.proposal


async def _shrink_lines(sub_order: SubOrder, quantities: Mapping[UUID, int]) -> None:
    left: dict[UUID, int] = {}
    for line in await OrderLine.filter(sub_order_id=sub_order.id):
        line.quantity = quantities[line.id]
        line.total = line.unit_price * line.quantity
        await line.save(update_fields=["quantity", "total"])
        left[line.variant_id] = left.get(line.variant_id, 0) + line.quantity
    await stock.shrink(sub_order.id, left)
