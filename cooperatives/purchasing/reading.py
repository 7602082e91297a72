"""Rounds as everyone sees them, and parts of them as those concerned do."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Sum

from catalog.models import Seller
from cooperatives.purchasing.access import reads_commitment, reads_round
from cooperatives.purchasing.lifecycle import RoundState
from cooperatives.purchasing.models import Commitment, PurchaseRound
from cooperatives.units.access import READERS, require_reader
from marketplace.batches import rows_by
from marketplace.identity.actor import Actor, signed_in
from marketplace.paging import Page, page_by_id


async def open_rounds(actor: Actor, *, first: int, after: str | None) -> Page[PurchaseRound]:
    """Rounds of the whole node that take commitments, the latest first, for who is signed in."""
    signed_in(actor)
    return await page_by_id(PurchaseRound.filter(state=RoundState.OPEN), first=first, after=after)


async def rounds_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[PurchaseRound]:
    """The rounds that a co-op ran, the latest first. Raises NotFound."""
    require_reader(actor, cooperative_id)
    return await page_by_id(PurchaseRound.filter(cooperative_id=cooperative_id), first=first, after=after)


async def commitments_of(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[Commitment]:
    """What a co-op's units and sellers committed to, the latest first. Raises NotFound."""
    require_reader(actor, cooperative_id)
    return await page_by_id(Commitment.filter(cooperative_id=cooperative_id), first=first, after=after)


async def commitments_of_shop(actor: Actor, shop: Seller, *, first: int, after: str | None) -> Page[Commitment]:
    """What a shop committed to, the latest first, for who sells there and who reads its co-op's. Raises NotFound."""
    if shop.pk not in actor.sellers():
        require_reader(actor, shop.cooperative_id, hide="seller")
    return await page_by_id(
        Commitment.filter(cooperative_id=shop.cooperative_id, seller_id=shop.pk), first=first, after=after
    )


async def parts_of(actor: Actor, row: PurchaseRound, *, first: int, after: str | None) -> Page[Commitment]:
    """The commitments of a round: all for who reads it, else those of one's own side."""
    signed_in(actor)
    found = Commitment.filter(round_id=row.pk)
    if not reads_round(actor, row):
        own = Q(cooperative_id__in=list(actor.cooperatives(*READERS)))
        found = found.filter(own | Q(seller_id__in=list(actor.sellers())))
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def seen_round(actor: Actor, round_id: UUID) -> PurchaseRound | None:
    """A round, for who is signed in."""
    return None if actor.account_id is None else await PurchaseRound.get_or_none(pk=round_id)


async def seen_commitment(actor: Actor, commitment_id: UUID) -> Commitment | None:
    """A commitment, for its own side and who ran the round."""
    part = await Commitment.get_or_none(pk=commitment_id).select_related("round")
    if part is None or actor.account_id is None:
        return None
    return part if reads_commitment(actor, part) or reads_round(actor, part.round) else None


async def rounds_by_id(ids: Sequence[UUID]) -> Mapping[UUID, PurchaseRound]:
    """These rounds. One statement. Everyone sees a round."""
    return {row.pk: row for row in await rows_by(PurchaseRound, "id", set(ids))}


async def committed_by_round(ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many all together committed to. One statement."""
    rows = (
        await Commitment.filter(round_id__in=list(ids), is_refused=False)
        .annotate(committed=Sum("quantity"))
        .group_by("round_id")
        .values("round_id", "committed")
    )
    return {UUID(str(row["round_id"])): int(row["committed"]) for row in rows}
