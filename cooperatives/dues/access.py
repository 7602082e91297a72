"""Who sees and does what with dues: a member his own, a co-op's officers and those at its counter their members'."""

from uuid import UUID

from cooperatives.membership.models import Membership
from marketplace.errors import NotFound
from marketplace.identity.actor import OFFICERS, Actor, Role, Unauthenticated, require, signed_in

#: Who takes money at the counter, and who looks at what members owe.
CASHIERS = frozenset({Role.CHAIR, Role.TREASURER, Role.UNIT_MANAGER})
READERS = OFFICERS | CASHIERS | {Role.LOAN_OFFICER, Role.SUPERVISOR}
#: Who says what a co-op offers its members and what it costs, and moves what they have paid.
SETTERS = frozenset({Role.CHAIR, Role.TREASURER})


async def membership_for(actor: Actor, membership_id: UUID, roles: frozenset[Role]) -> Membership:
    """The membership, for one who holds such a role in its co-op. Raises Unauthenticated, NotFound, Forbidden."""
    row = await _seen(actor, membership_id)
    require(actor, *roles, cooperative_id=row.cooperative_id)
    return row


async def own_membership(actor: Actor, membership_id: UUID) -> Membership:
    """The actor's own membership. Raises Unauthenticated, NotFound."""
    account_id = signed_in(actor)
    row = await Membership.get_or_none(pk=membership_id)
    if row is None or row.account_id != account_id:
        raise NotFound("membership")
    return row


async def readable_membership(actor: Actor, membership_id: UUID) -> Membership:
    """The membership, when it is one's own or one reads its co-op's dues. Raises Unauthenticated, NotFound."""
    return await _seen(actor, membership_id)


async def _seen(actor: Actor, membership_id: UUID) -> Membership:
    if not actor.is_system:
        signed_in(actor)
    row = await Membership.get_or_none(pk=membership_id)
    is_own = row is not None and row.account_id == actor.account_id
    if row is None or not (is_own or actor.holds(*READERS, cooperative_id=row.cooperative_id)):
        raise NotFound("membership")
    return row


async def may_read(actor: Actor, membership_id: UUID) -> bool:
    """Whether these dues and savings are one's own or of a co-op whose members' one reads."""
    try:
        await _seen(actor, membership_id)
    except (NotFound, Unauthenticated):
        return False
    return True


def require_reader(actor: Actor, cooperative_id: UUID) -> None:
    """Go on for one who reads this co-op's dues. Raises Unauthenticated, NotFound."""
    require(actor, *READERS, cooperative_id=cooperative_id, hide="cooperative")


def require_setter(actor: Actor, cooperative_id: UUID) -> UUID:
    """Go on for a chair or treasurer, and answer who it is. Raises Unauthenticated, NotFound, Forbidden for others
    of the co-op."""
    by = signed_in(actor)
    require(actor, *OFFICERS, Role.SUPERVISOR, Role.MEMBER, cooperative_id=cooperative_id, hide="cooperative")
    require(actor, *SETTERS, cooperative_id=cooperative_id)
    return by
