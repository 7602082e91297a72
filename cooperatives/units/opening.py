"""Stock that was there before the unit's books began here: taken in once, at what it had cost."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from uuid import UUID, uuid5

from cooperatives.dues.paying import today_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.units.access import MOST_PRICE, MOST_QUANTITY, check_lines, check_number, hold_unit, require_stock
from cooperatives.units.models import BusinessUnit, MoveKind, StockMove, UnitItem
from cooperatives.units.posting import stocked
from cooperatives.units.stock import Change, items_of, move
from marketplace.database import transaction
from marketplace.errors import Code, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: The cause under which opening stock stands in the ledger.
OPENED = "unit.opened"
BATCH = 500


class AlreadyMoved(MarketplaceError):
    """{name} has moved already: opening stock comes before anything else; count it instead."""

    code = Code.WRONG_STATE
    pesan = "{name} sudah pernah bergerak: persediaan awal harus paling dahulu; lakukan opname saja."


@dataclass(frozen=True, slots=True)
class OpeningStock:
    """So many of an item were there, and what one had cost, in rupiah."""

    item_id: UUID
    quantity: int
    unit_cost: int


async def take_opening_stock(actor: Actor, *, unit_id: UUID, lines: Sequence[OpeningStock], key: str) -> BusinessUnit:
    """A keeper takes in what was there before; it stands against the opening balance.

    Raises NotFound, Forbidden, Invalid, AlreadyMoved, NotOfThisKind.
    """
    by = signed_in(actor)
    async with transaction():
        unit = await hold_unit(actor, unit_id)
        asked = [unit_id, [asdict(line) for line in lines]]
        if await once(by, "takeOpeningStock", key, asked, unit_id) is None:
            changes = _checked(lines)
            cause = Cause(OPENED, uuid5(unit_id, f"{by}:{key}"))
            await ledger.post(await enter_opening_stock(unit, changes, cause=cause), cause=cause)
        return unit


def _checked(lines: Sequence[OpeningStock]) -> list[Change]:
    check_lines(len(lines))
    for place, line in enumerate(lines):
        check_number(("lines", str(place), "quantity"), line.quantity, 1, MOST_QUANTITY)
        check_number(("lines", str(place), "unitCost"), line.unit_cost, 0, MOST_PRICE)
    return [Change(line.item_id, line.quantity, line.quantity * line.unit_cost) for line in lines]


async def enter_opening_stock(
    unit: BusinessUnit, changes: Sequence[Change], *, cause: Cause, against: AccountRef | None = None
) -> list[Entry]:
    """Take in what was there of items that have not moved yet, each with its value. Any number of changes.

    In the caller's transaction, the unit locked; answers what the caller posts, which comes last there. `against` is
    credited with the value: the opening balance, unless the opening trial balance brought the stock in another
    account of the same book, which is then told apart (UNIT_STOCK without a subject, or a CHART_ASSET).
    Raises NotFound, Invalid, AlreadyMoved, NotOfThisKind.
    """
    require_stock(unit)
    await _require_untouched(await items_of(unit, [change.item_id for change in changes]))
    today = await today_of(unit.cooperative_id)
    value = 0
    for begins in range(0, len(changes), BATCH):
        few = changes[begins : begins + BATCH]
        moves = await move(unit, few, kind=MoveKind.OPENING, cause=cause, moved_on=today)
        value += sum(one.value for one in moves)
    source = against or AccountRef(unit.cooperative_id, Purpose.OPENING_BALANCE)
    return stocked(unit.cooperative_id, unit.pk, source, value, "unit.opening")


async def _require_untouched(items: Mapping[UUID, UnitItem]) -> None:
    ids = list(items)
    for begins in range(0, len(ids), BATCH):
        moved = await StockMove.filter(item_id__in=ids[begins : begins + BATCH]).first()
        if moved is not None:
            raise AlreadyMoved(name=items[moved.item_id].name)
