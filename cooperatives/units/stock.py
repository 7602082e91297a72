"""How stock moves: what can be sold (the catalogue's), what is owned and what it cost (the unit's), in one step.

Stands in the caller's transaction, the unit locked. Locks: variants, then items, each by id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from catalog import stock as catalogue
from cooperatives.ledger.accounts import Cause
from cooperatives.units.models import BusinessUnit, MoveKind, StockMove, UnitItem
from marketplace import outbox
from marketplace.batches import rows_by
from marketplace.database import locked
from marketplace.errors import Code, Invalid, NotFound

#: An item has fallen to the quantity at which it is bought again.
LOW = "unit.item_low"


@dataclass(frozen=True, slots=True)
class Change:
    """So many of an item come (below zero: go). `value` None: what goes takes its part of the average."""

    item_id: UUID
    quantity: int
    value: int | None = None


async def items_of(unit: BusinessUnit, ids: Sequence[UUID]) -> Mapping[UUID, UnitItem]:
    """These items of the unit, each named once. Raises NotFound, Invalid."""
    if len(set(ids)) < len(ids):
        raise Invalid.field("lines", Code.DUPLICATE, "each item once", "setiap barang satu kali")
    found = {row.pk: row for row in await rows_by(UnitItem, "id", ids) if row.unit_id == unit.pk}
    if len(found) < len(ids):
        raise NotFound("item")
    return found


async def move(
    unit: BusinessUnit,
    changes: Sequence[Change],
    *,
    kind: MoveKind,
    cause: Cause,
    moved_on: date,
    is_off_shelf: bool = False,
) -> list[StockMove]:
    """Move these items; answers a line of the stock card for each, in their order, with what went at its cost.

    `is_off_shelf`: the catalogue has counted them already (an order's). Raises NotFound, OutOfStock, Invalid.
    """
    wanted = [change for change in changes if change.quantity or change.value]
    known = await items_of(unit, [change.item_id for change in wanted])
    if not is_off_shelf:
        await catalogue.change_booked(
            {known[change.item_id].variant_id: change.quantity for change in wanted if change.quantity}
        )
    items = await locked(UnitItem, known)
    moves = []
    for change in wanted:
        item = items[change.item_id]
        value = change.value if change.value is not None else -item.held.cost_of(-change.quantity)
        after = item.held.moved(change.quantity, value)
        if item.reorder_level is not None and after.quantity <= item.reorder_level < item.quantity:
            told = {"unit": unit.name, "item": item.name, "quantity": after.quantity}
            await outbox.record(LOW, item.pk, {**told, "cooperative_id": str(unit.cooperative_id)})
        item.quantity, item.value = after.quantity, after.value
        if kind in (MoveKind.OPENING, MoveKind.PURCHASE):
            item.last_cost = value // change.quantity
        moves.append(
            StockMove(
                item_id=item.pk,
                unit_id=unit.pk,
                kind=kind,
                quantity=change.quantity,
                value=value,
                quantity_after=after.quantity,
                value_after=after.value,
                cause_kind=cause.kind,
                cause_id=cause.id,
                moved_on=moved_on,
            )
        )
    if moves:
        await UnitItem.bulk_update(list(items.values()), fields=["quantity", "value", "last_cost"], batch_size=200)
        await StockMove.bulk_create(moves)
    return moves
