"""Hubs of a co-op: where they are, when they are open, who keeps them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from catalog.hours import DAY_MINUTES
from cooperatives.membership import service as membership
from marketplace import clock
from marketplace.batches import lists_by, rows_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.deliveries.relay.models import Hub, HubKeeper
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.identity.models import Account
from marketplace.identity.phones import normalised
from marketplace.zones import zone_of

DISPATCHERS = OFFICERS | {Role.DISPATCHER}
MOST_HUBS, MOST_KEEPERS, MOST_SPANS = 200, 20, 28


@dataclass(frozen=True, slots=True)
class HubWish:
    """What a hub shall be. `hours`: `(weekday, opens, closes)` in minutes; None: always open."""

    name: str
    address: str
    lat: float
    lon: float
    hours: tuple[tuple[int, int, int], ...] | None
    keepers: tuple[str, ...]  # phones
    is_closed: bool = False


async def save_hub(actor: Actor, *, cooperative_id: UUID, hub_id: UUID | None, wish: HubWish, key: str) -> Hub:
    """Open a hub of one's co-op, or change one; an officer. A closed one takes nothing in any more.

    Raises NotFound, Forbidden, Invalid.
    """
    by = signed_in(actor)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    _check(wish)
    async with transaction():
        keepers = await _accounts(wish.keepers)
        found = (await membership.cooperatives_by_id([cooperative_id])).get(cooperative_id)
        if found is None:
            raise NotFound("cooperative")
        row = Hub(id=new_id(), cooperative_id=cooperative_id) if hub_id is None else await locked_one(Hub, hub_id)
        if row is None or row.cooperative_id != cooperative_id:
            raise NotFound("hub")
        earlier = await once(by, "saveHub", key, [cooperative_id, hub_id, wish], row.pk)
        if earlier is not None:
            return await Hub.get(pk=earlier)
        if hub_id is None and await Hub.filter(cooperative_id=cooperative_id).count() >= MOST_HUBS:
            raise Invalid.field(
                "cooperativeId", Code.TOO_MANY, f"at most {MOST_HUBS} hubs", f"paling banyak {MOST_HUBS}"
            )
        row.name, row.address, row.lat, row.lon = wish.name.strip(), wish.address.strip(), wish.lat, wish.lon
        row.opening_hours = None if wish.hours is None else [list(span) for span in wish.hours]
        row.zone = zone_of(found.region_code)
        row.closed_at = (row.closed_at or clock.now()) if wish.is_closed else None
        await row.save(force_create=hub_id is None)
        await HubKeeper.filter(hub_id=row.pk).delete()
        await HubKeeper.bulk_create([HubKeeper(hub_id=row.pk, account_id=id) for id in keepers])
        return row


async def keeps(actor: Actor, hub_id: UUID) -> bool:
    """Whether the actor takes in and gives out at this hub."""
    return actor.account_id is not None and await HubKeeper.exists(hub_id=hub_id, account_id=actor.account_id)


async def hubs_kept_by(account_id: UUID) -> list[Hub]:
    """The hubs that this person keeps, oldest first."""
    ids = await HubKeeper.filter(account_id=account_id).values_list("hub_id", flat=True)
    return await Hub.filter(pk__in=list(ids)).order_by("id").limit(MOST_HUBS)


async def hubs_by_cooperative(ids: Sequence[UUID]) -> Mapping[UUID, list[Hub]]:
    """The hubs of each of these co-ops that take goods in, oldest first. One statement."""
    rows = await lists_by(Hub, "cooperative_id", ids)
    return {id: [row for row in rows[id] if row.closed_at is None] for id in rows}


async def hubs_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Hub]:
    """The hubs with these ids. One statement."""
    return {row.pk: row for row in await rows_by(Hub, "id", ids)}


async def _accounts(phones: Sequence[str]) -> list[UUID]:
    wanted = {normalised(phone) for phone in phones}
    found = await Account.filter(phone__in=sorted(wanted))
    if len(found) < len(wanted):
        raise Invalid.field("keepers", Code.NOT_FOUND, "no such person", "orang itu belum terdaftar")
    return sorted(row.pk for row in found)


def _check(wish: HubWish) -> None:
    if not 1 <= len(wish.name.strip()) <= 160 or not 1 <= len(wish.address.strip()) <= 700:
        raise Invalid.field("name", Code.OUT_OF_RANGE, "a name and an address", "nama dan alamat")
    if not (-90 <= wish.lat <= 90 and -180 <= wish.lon <= 180):
        raise Invalid.field("place", Code.OUT_OF_RANGE, "a point on the earth", "titik di peta bumi")
    if not 1 <= len(wish.keepers) <= MOST_KEEPERS:
        raise Invalid.field("keepers", Code.OUT_OF_RANGE, "1 to 20 people", "1 sampai 20 orang")
    hours = wish.hours or ()
    is_odd = any(not (0 <= day <= 6 and 0 <= a < DAY_MINUTES and a < b <= a + DAY_MINUTES) for day, a, b in hours)
    if wish.hours is not None and (is_odd or not 1 <= len(hours) <= MOST_SPANS):
        raise Invalid.field("openingHours", Code.INVALID, "1 to 28 spans within a day each", "1 sampai 28 rentang")
