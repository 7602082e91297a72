"""What of a sale is still with its buyer, and what of it comes back. Pure; lines are as a sale's row keeps them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from marketplace.errors import Code, Invalid

SoldLine = Mapping[str, Any]


def remaining(sold: Sequence[SoldLine], returned: Iterable[SoldLine]) -> list[dict[str, Any]]:
    """The lines of a sale without what came back before. An item stands on one line; work comes back with all."""
    back: dict[str, tuple[int, int]] = {}
    for line in returned:
        quantity, cost = back.get(line["item"], (0, 0))
        back[line["item"]] = quantity + line["quantity"], cost + line["cost"]
    found = []
    for line in sold:
        quantity, cost = back.get(line.get("item", ""), (0, 0))
        if line["quantity"] > quantity:
            found.append(_part(line, line["quantity"] - quantity, line.get("cost", 0) - cost))
    return found


def coming_back(left: Sequence[SoldLine], wanted: Mapping[UUID, int]) -> list[dict[str, Any]]:
    """So many of these items, each at its part of what it had cost; nothing wanted: all. Raises Invalid."""
    if not wanted:
        return [dict(line) for line in left]
    lines = {UUID(line["item"]): line for line in left if "item" in line}
    for item_id, quantity in wanted.items():
        most = lines[item_id]["quantity"] if item_id in lines else 0
        if not 1 <= quantity <= most:
            said = f"1 to {most} of this item", f"1 sampai {most} dari barang ini"
            raise Invalid.field("lines", Code.OUT_OF_RANGE, *said)
    return [
        _part(line, quantity, line["cost"] * quantity // line["quantity"])
        for item_id, quantity in wanted.items()
        for line in (lines[item_id],)
    ]


def _part(line: SoldLine, quantity: int, cost: int) -> dict[str, Any]:
    part = {**line, "quantity": quantity, "total": quantity * line["price"]}
    return part | {"cost": cost} if "item" in line else part
