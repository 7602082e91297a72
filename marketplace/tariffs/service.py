"""The tariffs that co-ops set, the one in force, and the rain that a dispatcher switches on."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from catalog import regions
from marketplace import clock
from marketplace.batches import Asked
from marketplace.database import new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.paging import Page, page_by_id
from marketplace.tariffs import details
from marketplace.tariffs.models import RainSpell, Tariff
from marketplace.tariffs.rules import InForce, Surcharge, Terms
from marketplace.tariffs.zones import Point

#: Versions that may wait for their day.
MOST_TO_COME = 5
FURTHEST = timedelta(days=366)
LONGEST_RAIN = timedelta(hours=12)
#: Who may say that it rains.
RAIN_WATCHERS = OFFICERS | {Role.DISPATCHER}


class NoRainTerms(MarketplaceError):
    """The co-op's tariff has no rain surcharge to switch on: set one first."""

    code = Code.WRONG_STATE
    pesan = "Tarif koperasi belum memuat tambahan hujan: tetapkan dahulu."


def terms_of(row: Tariff) -> Terms:
    """The row's figures."""
    return details.with_details({name: getattr(row, name) for name in details.COLUMNS}, row.details)


def in_force_of(row: Tariff) -> InForce:
    """The row as it prices."""
    return InForce(terms_of(row), row.id, row.rain_until, row.since)


def region_of(point: Point) -> str:
    """The code of the district around a point; empty far out at sea."""
    district = regions.nearest(point.lat, point.lon)
    return "" if district is None else district.code


async def in_force_by_cooperative(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, InForce]:
    """The tariff in force now; the default one for a co-op that set none. One statement."""
    return await in_force_asked(cooperative_ids).answer()


def in_force_asked(cooperative_ids: Sequence[UUID]) -> Asked[Mapping[UUID, InForce]]:
    """`in_force_by_cooperative`, to be read with other things."""
    wanted = set(cooperative_ids)

    def in_force(rows: list[Tariff]) -> Mapping[UUID, InForce]:
        return {id: InForce() for id in wanted} | {id: in_force_of(row) for id, row in _latest(rows).items()}

    return Asked(Tariff, "cooperative_id", wanted, in_force, order="since,id", equal={"is_current": True})


async def tariffs_by_cooperative(cooperative_ids: Sequence[UUID]) -> Mapping[UUID, Tariff]:
    """The tariff row in force now of each co-op that set one. One statement."""
    return await Asked(
        Tariff, "cooperative_id", set(cooperative_ids), _latest, order="since,id", equal={"is_current": True}
    ).answer()


def _latest(rows: Sequence[Tariff]) -> dict[UUID, Tariff]:
    now = clock.now()
    return {row.cooperative_id: row for row in rows if row.since <= now}


async def tariff_by_id(tariff_id: UUID | None) -> InForce:
    """A version as it was; the default where there is none."""
    row = None if tariff_id is None else await Tariff.get_or_none(pk=tariff_id)
    return InForce() if row is None else in_force_of(row)


async def versions_of(cooperative_id: UUID, *, first: int, after: str | None) -> Page[Tariff]:
    """All versions of a co-op's tariff, newest first, those that wait for their day too."""
    return await page_by_id(Tariff.filter(cooperative_id=cooperative_id), first=first, after=after)


async def set_tariff(
    actor: Actor, *, cooperative_id: UUID, terms: Terms, key: str, since: datetime | None = None
) -> Tariff:
    """Let these terms hold for the co-op's deliveries from now on, or from `since`. For its officers.

    Quotes already given keep their price. Raises Invalid naming each figure out of bounds.
    """
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    by, now = signed_in(actor), clock.now()
    faults = details.faults(terms)
    for index, zone in enumerate(terms.zones):
        if any(regions.find(code) is None for code in zone.region_codes):
            path = ("zones", str(index), "regionCodes")
            faults.append(FieldFault(path, Code.NOT_FOUND, "no region has this code", "kode wilayah tidak dikenal"))
    if since is not None and not now - timedelta(minutes=5) <= since <= now + FURTHEST:
        faults.append(FieldFault(("since",), Code.OUT_OF_RANGE, "now to in a year", "sekarang sampai setahun lagi"))
    if faults:
        raise Invalid(faults=faults)
    kept = details.details_json(terms)
    row = Tariff(
        id=new_id(),
        cooperative_id=cooperative_id,
        since=max(since or now, now),
        set_by=by,
        details=kept,
        is_current=True,
        **{name: getattr(terms, name) for name in details.COLUMNS},
    )
    figures = {name: getattr(terms, name) for name in details.COLUMNS}
    input = [cooperative_id, figures] if kept is None and since is None else [cooperative_id, figures, kept, since]
    async with transaction():
        earlier = await once(by, "setTariff", key, input, row.id)
        if earlier is not None:
            return await Tariff.get(id=earlier)
        await _supersede(row)
        await row.save(force_create=True)
    return row


async def _supersede(row: Tariff) -> None:
    """Make room for a new version: those before the one in force price nothing any more; the rain goes on."""
    current = await Tariff.filter(cooperative_id=row.cooperative_id, is_current=True).order_by("since", "id")
    past = [one for one in current if one.since <= clock.now()]
    if row.since > clock.now():
        if len(current) - len(past) >= MOST_TO_COME:
            most = str(MOST_TO_COME)
            raise Invalid.field(
                "since", Code.TOO_MANY, f"{most} versions wait already", f"sudah {most} yang menunggu"
            )
        gone = past[:-1]
    else:
        gone = past
    if past:
        row.rain_until = past[-1].rain_until
    if gone:
        await Tariff.filter(id__in=[one.id for one in gone]).update(is_current=False)


async def switch_rain(actor: Actor, *, cooperative_id: UUID, minutes: int) -> Tariff:
    """Say that it rains for so many minutes from now, 0 that it does not any more. For officers and dispatchers.

    Prices given keep theirs. Raises Invalid, Forbidden, NoRainTerms.
    """
    require(actor, *RAIN_WATCHERS, cooperative_id=cooperative_id)
    by, most = signed_in(actor), int(LONGEST_RAIN.total_seconds() // 60)
    if not 0 <= minutes <= most:
        raise Invalid.field("minutes", Code.OUT_OF_RANGE, f"0 to {most}", f"0 sampai {most}")
    until = clock.now() + timedelta(minutes=minutes) if minutes else None
    async with transaction():
        rows = await Tariff.filter(cooperative_id=cooperative_id, is_current=True).order_by("since", "id")
        row = _latest(rows).get(cooperative_id)
        if row is None or terms_of(row).rain == Surcharge():
            raise NoRainTerms
        await Tariff.filter(id__in=[one.id for one in rows]).update(rain_until=until)
        await RainSpell.create(cooperative_id=cooperative_id, until=until, by_id=by)
        row.rain_until = until
    return row
