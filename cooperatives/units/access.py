"""Who runs a co-op's units, who reads their figures, and the refusals that all of them share."""

from datetime import date
from uuid import UUID

from cooperatives.dues.paying import today_of
from cooperatives.units.kinds import UnitKind, kinds
from cooperatives.units.models import BusinessUnit
from marketplace.database import locked_one
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in

#: Who buys, sells and counts at a unit.
KEEPERS = OFFICERS | {Role.UNIT_MANAGER}
READERS = KEEPERS | {Role.SUPERVISOR}
#: So many lines a sale, purchase or count has at most.
MOST_LINES = 100
MOST_QUANTITY = 1_000_000
MOST_PRICE = 100_000_000_000


class UnitClosed(MarketplaceError):
    """The unit {name} is closed: it neither buys nor sells."""

    code = Code.WRONG_STATE
    pesan = "Unit {name} sudah ditutup: tidak lagi membeli atau menjual."


class NotOfThisKind(MarketplaceError):
    """A unit of the kind "{kind}" does not do this."""

    code = Code.WRONG_STATE
    pesan = 'Unit jenis "{kind}" tidak melakukan hal ini.'


async def hold_unit(actor: Actor, unit_id: UUID) -> BusinessUnit:
    """The unit, locked, for one who keeps it. Raises Unauthenticated, NotFound, Forbidden, UnitClosed."""
    signed_in(actor)
    unit = await locked_one(BusinessUnit, unit_id)
    if unit is None:
        raise NotFound("unit")
    require(actor, *KEEPERS, cooperative_id=unit.cooperative_id)
    if unit.closed_at is not None:
        raise UnitClosed(name=unit.name)
    return unit


async def read_unit(actor: Actor, unit_id: UUID) -> BusinessUnit:
    """The unit, for one who reads its figures. Raises Unauthenticated, NotFound."""
    unit = await BusinessUnit.get_or_none(pk=unit_id)
    if unit is None:
        signed_in(actor)
        raise NotFound("unit")
    require_reader(actor, unit.cooperative_id, hide="unit")
    return unit


def require_reader(actor: Actor, cooperative_id: UUID, *, hide: str = "cooperative") -> None:
    """Go on for one who reads the figures of this co-op's units. Raises Unauthenticated, NotFound."""
    require(actor, *READERS, cooperative_id=cooperative_id, hide=hide)


def kind_of(unit: BusinessUnit) -> UnitKind:
    """What the unit is."""
    return kinds()[unit.kind]


def require_stock(unit: BusinessUnit) -> None:
    """Go on for a unit that keeps stock. Raises NotOfThisKind."""
    if not kind_of(unit).keeps_stock:
        raise NotOfThisKind(kind=kind_of(unit).name_id)


def check_number(field: tuple[str, ...], value: int, least: int, most: int) -> None:
    """Raises Invalid for a number outside."""
    if not least <= value <= most:
        said = f"{least} to {most}", f"{least} sampai {most}"
        raise Invalid.field(".".join(field), Code.OUT_OF_RANGE, *said)


def check_text(field: str, text: str, least: int, most: int) -> str:
    """The text without spare spaces. Raises Invalid."""
    kept = " ".join(text.split())
    if not least <= len(kept) <= most:
        raise Invalid.field(
            field, Code.OUT_OF_RANGE, f"{least} to {most} characters", f"{least} sampai {most} karakter"
        )
    return kept


def check_lines(count: int) -> None:
    """Raises Invalid for none, or more than are taken at once."""
    if not 1 <= count <= MOST_LINES:
        raise Invalid.field("lines", Code.OUT_OF_RANGE, f"1 to {MOST_LINES} lines", f"1 sampai {MOST_LINES} baris")


async def check_past(cooperative_id: UUID, field: str, day: date) -> None:
    """Raises Invalid for a day that is still to come."""
    today = await today_of(cooperative_id)
    if day > today:
        raise Invalid.field(field, Code.OUT_OF_RANGE, f"at the latest today, {today}", f"paling lambat {today}")
