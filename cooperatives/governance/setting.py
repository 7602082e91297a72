"""A co-op's by-laws as rows: founding values, changes by an adopted motion, and what counts on a day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.governance.bylaws import Adopted, ByLaws, InForce, check_together
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.models import ByLawValue
from cooperatives.membership.joining import lock_cooperative
from cooperatives.membership.models import Cooperative, CooperativeLevel
from marketplace import clock, outbox
from marketplace.batches import rows_by
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.zones import zone_of

DECISION_LENGTH = 300


class ByLawsAreSet(MarketplaceError):
    """The by-laws of this co-op were set already: only an adopted motion changes them."""

    code = Code.WRONG_STATE
    pesan = "AD/ART koperasi ini sudah ditetapkan: hanya keputusan rapat yang dapat mengubahnya."


async def by_laws_on(cooperative_id: UUID, on: date) -> ByLaws:
    """All that the co-op's by-laws say on that day; defaults where it set nothing. One or two statements."""
    return (await by_laws_of([cooperative_id], on))[cooperative_id]


async def value_on(cooperative_id: UUID, name: ByLaw, on: date) -> InForce:
    """What one by-law says on that day; its `value` is in the unit that the catalogue gives."""
    return (await by_laws_on(cooperative_id, on)).in_force[name]


async def by_laws_of(cooperative_ids: Sequence[UUID], on: date) -> Mapping[UUID, ByLaws]:
    """Of each of these co-ops what its by-laws say on that day. Two statements."""
    adopted: dict[UUID, list[Adopted]] = {id: [] for id in cooperative_ids}
    for row in await rows_by(ByLawValue, "cooperative_id", set(cooperative_ids), order="id"):
        motion = None if row.motion_id is None else str(row.motion_id)
        adopted[row.cooperative_id].append(Adopted(ByLaw(row.name), row.value, row.since, motion))
    levels = {row.pk: row.level for row in await rows_by(Cooperative, "id", set(cooperative_ids))}
    return {
        id: ByLaws.on(on, values, is_secondary=levels.get(id) is CooperativeLevel.SECONDARY)
        for id, values in adopted.items()
    }


async def history_of(cooperative_id: UUID) -> list[ByLawValue]:
    """Every value that the co-op gave itself, oldest first; a by-law changes once a meeting, so they are few."""
    return await ByLawValue.filter(cooperative_id=cooperative_id).order_by("id")


async def set_founding_by_laws(
    actor: Actor, *, cooperative_id: UUID, values: Mapping[ByLaw, int], since: date, deed: str, key: str
) -> ByLaws:
    """Write down the by-laws with which the co-op was founded: once, by its chair or the node's operator.

    `deed` names the deed of founding (akta); `since` is its day. Raises NotFound, Forbidden, Invalid,
    AgainstTheLaw, ByLawsAreSet.
    """
    by = signed_in(actor)
    if not actor.holds(Role.NODE_OPERATOR):
        require(actor, Role.CHAIR, cooperative_id=cooperative_id)
    deed = deed.strip()
    if not 1 <= len(deed) <= DECISION_LENGTH:
        raise Invalid.field("deed", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 huruf")
    async with transaction():
        cooperative = await lock_cooperative(cooperative_id)
        asked = [cooperative_id, sorted(values.items()), since, deed]
        today = today_of(cooperative)
        if await once(by, "setFoundingByLaws", key, asked, new_id()) is not None:
            return await by_laws_on(cooperative_id, today)
        if not date(1945, 1, 1) <= since <= today:
            raise Invalid.field("since", Code.OUT_OF_RANGE, "a day until today", "tanggal sampai hari ini")
        if await ByLawValue.exists(cooperative_id=cooperative_id):
            raise ByLawsAreSet
        await write_by_laws(cooperative, values, since=since, decision=deed, by=by)
    return await by_laws_on(cooperative_id, today)


async def write_by_laws(
    cooperative: Cooperative,
    values: Mapping[ByLaw, int],
    *,
    since: date,
    decision: str,
    by: UUID | None,
    motion_id: UUID | None = None,
) -> None:
    """Let these values count from that day on. Caller's transaction and lock. Raises AgainstTheLaw, Invalid.

    The law is asked as it stands today: by-laws of long ago are bounded by what holds now (`ByLaws.on`).
    """
    is_secondary = cooperative.level is CooperativeLevel.SECONDARY
    before = await by_laws_on(cooperative.pk, max(since, today_of(cooperative)))
    check_together(values, before, is_secondary=is_secondary)
    await ByLawValue.bulk_create(
        ByLawValue(
            cooperative_id=cooperative.pk,
            name=name,
            value=value,
            since=since,
            motion_id=motion_id,
            decision=decision,
            set_by=by,
        )
        for name, value in sorted(values.items())
    )
    await outbox.record("by_laws.changed", cooperative.pk, {"motion_id": str(motion_id or "")})


def today_of(cooperative: Cooperative) -> date:
    """The day that it is where the co-op has its seat."""
    return day_in(cooperative, clock.now())


def day_in(cooperative: Cooperative, moment: datetime) -> date:
    """The day of that moment where the co-op has its seat."""
    return moment.astimezone(ZoneInfo(zone_of(cooperative.region_code))).date()
