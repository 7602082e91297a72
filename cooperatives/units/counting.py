"""Stock counts (opname): what is on the shelf against what the books say, and the difference posted."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.models import Variant
from cooperatives.dues.paying import today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.units.access import MOST_QUANTITY, check_lines, check_number, check_text, hold_unit, require_stock
from cooperatives.units.kinds import MoveKind
from cooperatives.units.models import StockCount, UnitItem
from cooperatives.units.posting import counted
from cooperatives.units.stock import Change, items_of, move
from cooperatives.units.valuing import found_value
from marketplace.database import locked, new_id, transaction
from marketplace.errors import Code, Invalid
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: The cause under which a count's differences stand in the ledger.
COUNTED = "unit.counted"
EXPLANATION_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of an item were found on the shelf."""

    item_id: UUID
    quantity: int


async def record_stock_count(
    actor: Actor, *, unit_id: UUID, lines: Sequence[Counted], explanation: str, key: str
) -> StockCount:
    """A keeper counts items: what lies in the shop, without what was set aside for orders that are paid. What differs
    is posted: less is an expense at the average, more is taken off it. A difference needs an explanation.

    Raises NotFound, Forbidden, Invalid, NotOfThisKind.
    """
    by, id = signed_in(actor), new_id()
    explanation = check_text("explanation", explanation, 0, EXPLANATION_LENGTH)
    check_lines(len(lines))
    for place, line in enumerate(lines):
        check_number(("lines", str(place), "counted"), line.quantity, 0, MOST_QUANTITY)
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        asked = [unit_id, [[line.item_id, line.quantity] for line in lines], explanation]
        if (earlier := await once(by, "recordStockCount", key, asked, id)) is not None:
            return await StockCount.get(pk=earlier)
        require_stock(unit)
        known = await items_of(unit, [line.item_id for line in lines])
        variants = await locked(Variant, [row.variant_id for row in known.values()])
        items = await locked(UnitItem, known)
        changes, kept = [], []
        for place, line in enumerate(lines):
            item = items[line.item_id]
            variant = variants[item.variant_id]
            expected = variant.on_hand or 0
            if line.quantity < variant.reserved:
                raise Invalid.field(
                    f"lines.{place}.counted",
                    Code.CONFLICT,
                    f"orders hold {variant.reserved}: end them first",
                    f"{variant.reserved} dipesan pembeli: selesaikan pesanannya dahulu",
                )
            differs = line.quantity - expected
            value = found_value(item.held, differs, item.last_cost) if differs > 0 else -item.held.cost_of(-differs)
            changes.append(Change(item.pk, differs, value))
            kept.append(
                {
                    "item": str(item.pk),
                    "name": item.name,
                    "expected": expected,
                    "counted": line.quantity,
                    "value": value,
                }
            )
        if any(change.quantity for change in changes) and not explanation:
            raise Invalid.field("explanation", Code.REQUIRED, "say why it differs", "jelaskan mengapa berbeda")
        row = StockCount(
            id=id,
            unit_id=unit_id,
            cooperative_id=unit.cooperative_id,
            counted_on=await today_of(unit.cooperative_id),
            lines=kept,
            short=-sum(change.value or 0 for change in changes if change.quantity < 0),
            over=sum(change.value or 0 for change in changes if change.quantity > 0),
            explanation=explanation,
            counted_by=by,
        )
        await row.save(force_create=True)
        cause = Cause(COUNTED, id)
        await move(unit, changes, kind=MoveKind.COUNT, cause=cause, moved_on=row.counted_on)
        await ledger.post(counted(unit.cooperative_id, unit.pk, row.short, row.over), cause=cause)
        return row
