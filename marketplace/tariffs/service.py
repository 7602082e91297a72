"""The tariffs that co-ops set, and the one in force."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace import clock
from marketplace.batches import Asked
from marketplace.database import new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.tariffs.models import Tariff
from marketplace.tariffs.rules import DEFAULT_TERMS, Terms

FIGURES = (
    "base_fare",
    "base_distance_m",
    "per_km",
    "included_weight_g",
    "per_kg",
    "max_distance_m",
    "detour_bp",
)
#: The bounds of each figure: nothing negative, nothing absurd.
BOUNDS: dict[str, tuple[int, int]] = {
    "base_fare": (0, 1_000_000),
    "base_distance_m": (0, 100_000),
    "per_km": (0, 100_000),
    "included_weight_g": (0, 1_000_000),
    "per_kg": (0, 100_000),
    "max_distance_m": (100, 200_000),
    "detour_bp": (10_000, 30_000),
}


def terms_of(row: Tariff) -> Terms:
    """The row's figures."""
    return Terms(**{name: getattr(row, name) for name in FIGURES})


async def terms_by_cooperative(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, Terms]:
    """The terms in force now; DEFAULT_TERMS for a co-op that set none. One statement."""
    return await terms_asked(cooperative_ids).answer()


def terms_asked(cooperative_ids: Sequence[UUID]) -> Asked[Mapping[UUID, Terms]]:
    """`terms_by_cooperative`, to be read with other things."""
    wanted = set(cooperative_ids)

    def in_force(rows: list[Tariff]) -> Mapping[UUID, Terms]:
        found, now = dict.fromkeys(wanted, DEFAULT_TERMS), clock.now()
        for row in rows:
            if row.since <= now:
                found[row.cooperative_id] = terms_of(row)
        return found

    return Asked(Tariff, "cooperative_id", wanted, in_force, order="since,id")


async def tariffs_by_cooperative(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, Tariff]:
    """The tariff row in force now of each co-op that set one. One statement."""
    rows = await Tariff.filter(cooperative_id__in=set(cooperative_ids), since__lte=clock.now()).order_by(
        "since", "id"
    )
    return {row.cooperative_id: row for row in rows}


async def set_tariff(actor: Actor, *, cooperative_id: UUID, terms: Terms, key: str) -> Tariff:
    """Let these terms hold for the co-op's deliveries from now on. For its officers.

    Quotes already given keep their price. Raises Invalid naming each figure out of bounds.
    """
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    by = signed_in(actor)
    faults = [
        FieldFault((name,), Code.OUT_OF_RANGE, f"{low} to {high}", f"{low} sampai {high}")
        for name, (low, high) in BOUNDS.items()
        if not low <= getattr(terms, name) <= high
    ]
    if faults:
        raise Invalid(faults=faults)
    row = Tariff(
        id=new_id(),
        cooperative_id=cooperative_id,
        since=clock.now(),
        set_by=by,
        **{name: getattr(terms, name) for name in FIGURES},
    )
    async with transaction():
        earlier = await once(by, "setTariff", key, [cooperative_id, terms], row.id)
        if earlier is not None:
            return await Tariff.get(id=earlier)
        await row.save(force_create=True)
    return row
