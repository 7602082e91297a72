"""Which co-op may carry for which, under what terms, and how much of them is used."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.membership import terms as rules
from cooperatives.membership.models import Alliance, AllianceState, AllianceTerms, AllianceUse, TermsState
from cooperatives.membership.terms import Barred, Standing, Terms, Used, Where
from marketplace import clock
from marketplace.batches import Asked, lists_by, rows_by
from marketplace.database import locked_one
from marketplace.errors import Code, MarketplaceError, NotFound
from marketplace.money import FULL_SHARE_BP


class OutsideAlliance(MarketplaceError):
    """Your co-op may not carry this now: {why}."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Koperasi Anda tidak dapat mengantar ini sekarang: {mengapa}."

    def __init__(self, barred: Barred) -> None:
        self.barred = barred
        super().__init__(why=barred.english, mengapa=barred.indonesian)


async def carriers_for(
    cooperative_id: UUID, *, at: datetime | None = None, where: Where | None = None, rupiah: int = 0
) -> list[UUID]:
    """Whose drivers may carry for this co-op's sellers: its own, and those of agreed alliances.

    With `at`: those whose terms allow a job picked up there (`where`), that brings so much cash, at that moment.
    One statement; where alliances have terms one more, and where these have limits one more.
    """
    if at is None:
        return (await carriers_asked([cooperative_id]).answer())[cooperative_id]
    standings = await carriers_of(cooperative_id, at=at)
    allied = [id for id, standing in standings.items() if standing.bar(at, where, rupiah=rupiah) is None]
    return [cooperative_id, *sorted(allied)]


def carriers_asked(cooperative_ids: Iterable[UUID]) -> Asked[Mapping[UUID, list[UUID]]]:
    """`carriers_for` of several co-ops at whatever time, to be read with other things."""
    wanted = set(cooperative_ids)

    def carriers(allied: list[Alliance]) -> Mapping[UUID, list[UUID]]:
        found: dict[UUID, set[UUID]] = {id: set() for id in wanted}
        for row in allied:
            if not is_over(row, clock.now()):
                found[row.seller_cooperative_id].add(row.carrier_cooperative_id)
        return {id: [id, *sorted(others)] for id, others in found.items()}

    return Asked(Alliance, "seller_cooperative_id", wanted, carriers, equal={"state": AllianceState.AGREED.value})


async def carries_for(cooperative_id: UUID, *, at: datetime | None = None, where: Where | None = None) -> list[UUID]:
    """For whose sellers this co-op's drivers may carry: its own, and those of agreed alliances: as `carriers_for`."""
    moment = clock.now() if at is None else at
    standings = await sellers_of(cooperative_id, at=moment)
    allied = [id for id, standing in standings.items() if at is None or standing.bar(at, where) is None]
    return [cooperative_id, *sorted(allied)]


async def carriers_of(cooperative_id: UUID, *, at: datetime) -> Mapping[UUID, Standing]:
    """How each co-op allied to carry for this one's sellers stands: its terms in force and what is used of them."""
    rows = await rows_by(
        Alliance, "seller_cooperative_id", [cooperative_id], order="id", state=AllianceState.AGREED.value
    )
    return {row.carrier_cooperative_id: standing for row, standing in await _standings(rows, at)}


async def carriers_of_all(cooperative_ids: Iterable[UUID], *, at: datetime) -> Mapping[UUID, Mapping[UUID, Standing]]:
    """`carriers_of` for several co-ops, in as many statements as for one."""
    wanted = sorted(set(cooperative_ids))
    rows = await rows_by(Alliance, "seller_cooperative_id", wanted, order="id", state=AllianceState.AGREED.value)
    found: dict[UUID, dict[UUID, Standing]] = {id: {} for id in wanted}
    for row, standing in await _standings(rows, at):
        found[row.seller_cooperative_id][row.carrier_cooperative_id] = standing
    return found


async def sellers_of(cooperative_id: UUID, *, at: datetime) -> Mapping[UUID, Standing]:
    """How this co-op stands to each for whose sellers it is allied to carry. As many statements as `carriers_of`."""
    rows = await rows_by(
        Alliance, "carrier_cooperative_id", [cooperative_id], order="id", state=AllianceState.AGREED.value
    )
    return {row.seller_cooperative_id: standing for row, standing in await _standings(rows, at)}


async def why_not(
    seller_cooperative_id: UUID,
    carrier_cooperative_id: UUID,
    *,
    at: datetime,
    where: Where | None,
    rupiah: int = 0,
) -> Barred | None:
    """Why the carrier's drivers may not take a job of the seller's co-op now, in words; None when they may."""
    if seller_cooperative_id == carrier_cooperative_id:
        return None
    standing = (await carriers_of(seller_cooperative_id, at=at)).get(carrier_cooperative_id)
    return rules.NOT_ALLIED if standing is None else standing.bar(at, where, rupiah=rupiah)


async def take(
    seller_cooperative_id: UUID,
    carrier_cooperative_id: UUID,
    *,
    carried_id: UUID,
    price: int,
    distance_m: int,
    rupiah: int,
    where: Where | None,
    is_bound: bool = True,
) -> int:
    """Note that the carrier takes this under the alliance, and at which share, in basis points. Caller's transaction.

    The alliance is locked where its terms have limits, so that two can't both take the last of them; call it after
    the job and before the settlement window. `is_bound` false: goods already on the road, whose hours and limits
    were asked when they set out. Raises NotFound, OutsideAlliance.
    """
    if seller_cooperative_id == carrier_cooperative_id:
        await AllianceUse.filter(pk=carried_id, ended_at__isnull=True).delete()
        return FULL_SHARE_BP
    now = clock.now()
    alliance = await _agreed(seller_cooperative_id, carrier_cooperative_id, now)
    if alliance.terms_version is not None:
        await locked_one(Alliance, alliance.pk)
    ((_, standing),) = await _standings([alliance], now, besides=carried_id)
    barred = standing.bar(now, where, rupiah=rupiah) if is_bound else None
    if barred is not None:
        raise OutsideAlliance(barred)
    share_bp = rules.share_of(standing.terms, standing.legacy_bp, price=price, distance_m=distance_m)
    use = AllianceUse(
        id=carried_id,
        alliance_id=alliance.pk,
        carrier_cooperative_id=carrier_cooperative_id,
        terms_version=alliance.terms_version,
        carrier_share_bp=share_bp,
        rupiah=rupiah,
        taken_at=now,
    )
    changed = ["alliance_id", "carrier_cooperative_id", "terms_version", "carrier_share_bp", "rupiah", "taken_at"]
    await AllianceUse.bulk_create([use], on_conflict=["id"], update_fields=[*changed, "ended_at"])
    return share_bp


async def let_go(carried_id: UUID, *, was_carried: bool = True) -> None:
    """It is under way no more: its cash counts no longer; given up before the pickup, nor does the job itself."""
    use = AllianceUse.filter(pk=carried_id, ended_at__isnull=True)
    await (use.update(ended_at=clock.now()) if was_carried else use.delete())


async def carrier_terms(
    seller_cooperative_id: UUID, carrier_cooperative_id: UUID, *, carried_id: UUID | None = None
) -> int:
    """The carrier co-op's share of the delivery price, in basis points; its own drivers': all of it.

    Of what it carries (`carried_id`) the share at which it was taken, whatever was agreed or ended since. Raises
    NotFound when the two have no agreed alliance.
    """
    if seller_cooperative_id == carrier_cooperative_id:
        return FULL_SHARE_BP
    if carried_id is not None:
        use = await AllianceUse.get_or_none(pk=carried_id, carrier_cooperative_id=carrier_cooperative_id)
        if use is not None:
            return use.carrier_share_bp
    return (await _agreed(seller_cooperative_id, carrier_cooperative_id, clock.now())).carrier_share_bp


def is_over(row: Alliance, at: datetime) -> bool:
    """Whether an alliance has ended, by notice or at once."""
    return row.state is AllianceState.ENDED or (row.ends_at is not None and row.ends_at <= at)


def terms_of(row: AllianceTerms) -> Terms:
    """What a version says."""
    return Terms(
        carrier_share_bp=row.carrier_share_bp,
        least=row.least,
        least_per_km=row.least_per_km,
        area=rules.area_of_json(row.area),
        hours=None if row.hours is None else tuple((day, opens, closes) for day, opens, closes in row.hours),
        zone=row.zone,
        jobs_a_day=row.jobs_a_day,
        open_rupiah=row.open_rupiah,
        notice_days=row.notice_days,
        holds_from=row.holds_from,
        holds_until=row.holds_until,
    )


def in_force(versions: Iterable[AllianceTerms], at: datetime) -> AllianceTerms | None:
    """Of an alliance's agreed versions the newest that holds now."""
    agreed = [row for row in versions if row.state is TermsState.AGREED and rules.holds_at(terms_of(row), at)]
    return max(agreed, key=lambda row: row.version, default=None)


async def terms_by_alliance(ids: Sequence[UUID]) -> Mapping[UUID, list[AllianceTerms]]:
    """Each alliance's versions, oldest first. One statement."""
    return await lists_by(AllianceTerms, "alliance_id", ids, order="version")


async def _agreed(seller_cooperative_id: UUID, carrier_cooperative_id: UUID, at: datetime) -> Alliance:
    row = await Alliance.get_or_none(
        seller_cooperative_id=seller_cooperative_id,
        carrier_cooperative_id=carrier_cooperative_id,
        state=AllianceState.AGREED,
    )
    if row is None or is_over(row, at):
        raise NotFound("alliance")
    return row


async def _standings(
    rows: Sequence[Alliance], at: datetime, *, besides: UUID | None = None
) -> list[tuple[Alliance, Standing]]:
    """Each of these alliances that is not over, with its terms and their use, `besides` one that is being renewed."""
    live = [row for row in rows if not is_over(row, at)]
    bound = [row.pk for row in live if row.terms_version is not None]
    versions = await terms_by_alliance(bound) if bound else {}
    terms = {id: _holding(found, at) for id, found in versions.items()}
    limited = {id: held for id, held in terms.items() if held.jobs_a_day is not None or held.open_rupiah is not None}
    used = await _used(limited, at, besides) if limited else {}
    return [(row, Standing(row.carrier_share_bp, terms.get(row.pk), used.get(row.pk, Used()))) for row in live]


def _holding(versions: Sequence[AllianceTerms], at: datetime) -> Terms:
    """The version in force; where none is, the last that was agreed, which then says that it is not."""
    held = in_force(versions, at)
    agreed = [row for row in versions if row.state is TermsState.AGREED]
    return terms_of(held or max(agreed, key=lambda row: row.version))


async def _used(limited: Mapping[UUID, Terms], at: datetime, besides: UUID | None) -> dict[UUID, Used]:
    """Jobs since midnight, and cash under way. One statement."""
    counts = Q(taken_at__gte=rules.since(at)) | Q(ended_at__isnull=True)
    rows = await AllianceUse.filter(counts, alliance_id__in=list(limited))
    found = {}
    for id, terms in limited.items():
        mine = [row for row in rows if row.alliance_id == id and row.pk != besides]
        midnight = rules.day_began(at, terms.zone)
        found[id] = Used(
            jobs=sum(row.taken_at >= midnight for row in mine),
            rupiah=sum(row.rupiah for row in mine if row.ended_at is None),
        )
    return found
