"""Who acts, and what they may do. Pure."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from marketplace.errors import Code, MarketplaceError, NotFound


class Role(StrEnum):
    """What someone is in a co-op, in a shop, or on the node."""

    CHAIR = "CHAIR"  # ketua
    SECRETARY = "SECRETARY"  # sekretaris
    TREASURER = "TREASURER"  # bendahara
    DISPATCHER = "DISPATCHER"
    UNIT_MANAGER = "UNIT_MANAGER"
    LOAN_OFFICER = "LOAN_OFFICER"
    SUPERVISOR = "SUPERVISOR"  # pengawas
    MEMBER = "MEMBER"
    DRIVER = "DRIVER"
    SELLER_OWNER = "SELLER_OWNER"
    SELLER_STAFF = "SELLER_STAFF"
    PLATFORM_REPRESENTATIVE = "PLATFORM_REPRESENTATIVE"  # aplikator
    GOVERNMENT_SUPERVISOR = "GOVERNMENT_SUPERVISOR"  # pembina
    NODE_OPERATOR = "NODE_OPERATOR"


#: Officers of a co-op (pengurus): they run it between meetings.
OFFICERS = frozenset({Role.CHAIR, Role.SECRETARY, Role.TREASURER})


class Unauthenticated(MarketplaceError):
    """Sign in first."""

    code = Code.UNAUTHENTICATED
    pesan = "Silakan masuk dahulu."


class Forbidden(MarketplaceError):
    """You may not do this: it needs {needs}."""

    code = Code.FORBIDDEN
    pesan = "Anda tidak berhak melakukan ini: perlu {needs}."


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in one co-op or one shop; both None for a role on the whole node."""

    role: Role
    cooperative_id: UUID | None = None
    seller_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: an account with its grants, nobody, or the system itself (worker, seed, command line).

    `scopes` bounds what an API key may do; None for a person, who may do all that the grants allow.
    `expires_at` is when the token that proved this ends; a subscription ends with it.
    """

    account_id: UUID | None = None
    session_id: UUID | None = None
    grants: frozenset[Grant] = field(default_factory=frozenset)
    scopes: frozenset[str] | None = None
    is_system: bool = False
    expires_at: datetime | None = None

    def holds(self, *roles: Role, cooperative_id: UUID | None = None, seller_id: UUID | None = None) -> bool:
        """Whether one of `roles` is held, there where an id is given."""
        return self.is_system or any(
            grant.role in roles
            and (cooperative_id is None or grant.cooperative_id == cooperative_id)
            and (seller_id is None or grant.seller_id == seller_id)
            for grant in self.grants
        )

    def cooperatives(self, *roles: Role) -> set[UUID]:
        """The co-ops in which one of `roles` is held."""
        return {g.cooperative_id for g in self.grants if g.role in roles and g.cooperative_id is not None}

    def sellers(self) -> set[UUID]:
        """The shops that the actor owns or works in."""
        return {g.seller_id for g in self.grants if g.seller_id is not None}


NOBODY = Actor()
SYSTEM = Actor(is_system=True)


def signed_in(actor: Actor) -> UUID:
    """The account that acts; raises Unauthenticated."""
    if actor.account_id is None:
        raise Unauthenticated
    return actor.account_id


def require(
    actor: Actor,
    *roles: Role,
    cooperative_id: UUID | None = None,
    seller_id: UUID | None = None,
    scope: str | None = None,
    hide: str | None = None,
) -> None:
    """Go on only when the actor holds one of `roles` (there, when an id is given).

    `hide` names a thing that the actor may not even know of: the refusal is then NotFound.
    Raises Unauthenticated, Forbidden or NotFound.
    """
    if actor.holds(*roles, cooperative_id=cooperative_id, seller_id=seller_id) and (
        scope is None or actor.scopes is None or scope in actor.scopes
    ):
        return
    if actor.account_id is None:
        raise Unauthenticated
    if hide is not None:
        raise NotFound(hide)
    raise Forbidden(needs=" / ".join(sorted(role.lower() for role in roles)))
