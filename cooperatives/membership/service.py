"""Co-ops, who belongs to them, and which co-op carries for which."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from tortoise.expressions import Q

from cooperatives.membership.alliances import agree_alliance, end_alliance, propose_alliance
from cooperatives.membership.carrying import (
    carrier_terms,
    carriers_asked,
    carriers_for,
    carriers_of,
    carriers_of_all,
    carries_for,
    is_over,
    let_go,
    sellers_of,
    take,
    terms_by_alliance,
    why_not,
)
from cooperatives.membership.founding import found_cooperative
from cooperatives.membership.joining import (
    apply_for_membership,
    approve_membership,
    refuse_membership,
)
from cooperatives.membership.models import (
    SLUG_LENGTH,
    Alliance,
    AllianceState,
    Cooperative,
    CooperativeKind,
    Membership,
    MembershipState,
)
from cooperatives.membership.renewing import agree_terms, propose_terms, withdraw_terms
from marketplace import clock
from marketplace.batches import Asked, rows_by
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, Role, require
from marketplace.paging import Page, page_by_id

#: Characters of a search that count, and the largest number of a member.
MOST_SEARCHED, LARGEST_NUMBER = 60, 2**31 - 1

__all__ = [
    "agree_alliance",
    "agree_terms",
    "alliances_by_cooperative",
    "apply_for_membership",
    "approve_membership",
    "carrier_terms",
    "carriers_asked",
    "carriers_for",
    "carriers_of",
    "carriers_of_all",
    "carries_for",
    "cooperative_by_slug",
    "cooperatives_asked",
    "cooperatives_by_id",
    "end_alliance",
    "found_cooperative",
    "is_member",
    "is_over",
    "let_go",
    "list_cooperatives",
    "list_memberships",
    "member_of",
    "membership_of_id",
    "memberships_by_id",
    "memberships_of",
    "propose_alliance",
    "propose_terms",
    "refuse_membership",
    "sellers_of",
    "take",
    "terms_by_alliance",
    "visible_alliance",
    "visible_membership",
    "why_not",
    "withdraw_terms",
]


async def cooperatives_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Cooperative]:
    """The co-ops with these ids. One statement."""
    return await cooperatives_asked(ids).answer()


def cooperatives_asked(ids: Iterable[UUID]) -> Asked[Mapping[UUID, Cooperative]]:
    """`cooperatives_by_id`, to be read with other things."""
    return Asked(Cooperative, "id", set(ids), lambda rows: {row.pk: row for row in rows})


async def cooperative_by_slug(slug: str) -> Cooperative | None:
    """The co-op whose page this is."""
    return await Cooperative.get_or_none(slug=slug) if len(slug) <= SLUG_LENGTH else None


async def list_cooperatives(
    actor: Actor, *, kind: CooperativeKind | None, region_code: str | None, first: int, after: str | None
) -> Page[Cooperative]:
    """Co-ops of this kind within this region (a code takes in all that lies below it), oldest first.

    Suspended ones for the node's operator alone, who reinstates them.
    """
    found = Cooperative.all() if actor.holds(Role.NODE_OPERATOR) else Cooperative.filter(suspended_at__isnull=True)
    if kind is not None:
        found = found.filter(kind=kind)
    if region_code is not None:
        found = found.filter(region_code__startswith=region_code)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def cooperatives_named(words: Sequence[str], most: int) -> list[Cooperative]:
    """Co-ops whose names hold all these words, oldest first; none without words."""
    found = Cooperative.filter(suspended_at__isnull=True)
    for word in words:
        found = found.filter(name__icontains=word)
    return await found.order_by("id").limit(most) if words else []


async def member_of(account_id: UUID) -> list[Membership]:
    """The account's active memberships, oldest first."""
    return await Membership.filter(account_id=account_id, state=MembershipState.ACTIVE).order_by("id")


async def is_member(account_id: UUID, cooperative_id: UUID) -> bool:
    """Whether the account is an active member of this co-op."""
    return await Membership.exists(account_id=account_id, cooperative_id=cooperative_id, state=MembershipState.ACTIVE)


async def membership_of_id(membership_id: UUID) -> Membership | None:
    """The membership with this id, for handlers; people read it by `visible_membership`."""
    return await Membership.get_or_none(pk=membership_id)


async def memberships_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Membership]:
    """The memberships with these ids, for who may see what they stand in. One statement."""
    return {row.pk: row for row in await rows_by(Membership, "id", ids)}


async def memberships_of(account_id: UUID) -> list[Membership]:
    """All of the account's memberships, applications and ended ones included, oldest first."""
    return await Membership.filter(account_id=account_id).order_by("id")


async def alliances_by_cooperative(ids: Sequence[UUID]) -> Mapping[UUID, list[Alliance]]:
    """For each of these co-ops its alliances, on whichever side, that have not ended. One statement."""
    wanted = set(ids)
    found: dict[UUID, list[Alliance]] = {id: [] for id in wanted}
    rows = await Alliance.filter(Q(seller_cooperative_id__in=wanted) | Q(carrier_cooperative_id__in=wanted)).exclude(
        state=AllianceState.ENDED
    )
    now = clock.now()
    for row in sorted((row for row in rows if not is_over(row, now)), key=lambda row: row.pk):
        for side in wanted & {row.seller_cooperative_id, row.carrier_cooperative_id}:
            found[side].append(row)
    return found


async def list_memberships(
    actor: Actor,
    cooperative_id: UUID,
    *,
    state: MembershipState,
    search: str | None = None,
    first: int,
    after: str | None,
) -> Page[Membership]:
    """The co-op's memberships in this state, oldest first, for its officers and pengawas.

    With `search`, the one of this number, or those of people whose names hold all of its words.
    """
    require(actor, *OFFICERS, Role.SUPERVISOR, cooperative_id=cooperative_id)
    found = Membership.filter(cooperative_id=cooperative_id, state=state)
    words = (search or "")[:MOST_SEARCHED].split()
    if len(words) == 1 and words[0].isdecimal():
        found = found.filter(number=min(int(words[0]), LARGEST_NUMBER))
    elif words:
        found = found.filter(account_id__in=identity.accounts_named(words))
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def visible_membership(actor: Actor, membership_id: UUID) -> Membership | None:
    """The membership, when it is one's own or one is the co-op's officer or pengawas."""
    row = await Membership.get_or_none(pk=membership_id)
    if row is None or actor.account_id is None:
        return None
    is_overseer = actor.holds(*OFFICERS, Role.SUPERVISOR, cooperative_id=row.cooperative_id)
    return row if is_overseer or row.account_id == actor.account_id else None


async def visible_alliance(actor: Actor, alliance_id: UUID) -> Alliance | None:
    """The alliance: for all when it is in force, else for officers of its sides."""
    row = await Alliance.get_or_none(pk=alliance_id)
    if row is None or (row.state is AllianceState.AGREED and not is_over(row, clock.now())):
        return row
    is_side = any(
        actor.holds(*OFFICERS, cooperative_id=side)
        for side in (row.seller_cooperative_id, row.carrier_cooperative_id)
    )
    return row if is_side else None
