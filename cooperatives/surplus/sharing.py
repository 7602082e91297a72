"""What each member has of a year's surplus, and why. Pure; whole rupiah.

Jasa modal goes by pokok and wajib times the days that they were held, jasa usaha by transactions on every side
(deliveries, sales, purchases); both to those alone who are active members by the by-laws' test. Splits are by
largest remainder, ties by the member's id, so that neither order nor chance decides. Source: UU 25/1992 art. 5, 45.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import ByLaw
from cooperatives.surplus.pools import SET_BY, Pool, Surplus, percentages_of, pools_of
from marketplace import rules
from marketplace.money import allocate
from marketplace.rules import RuleValue


class Business(StrEnum):
    """On which side of the co-op's business a member stood."""

    DELIVERIES = "DELIVERIES"  # what he carried as a driver
    SALES = "SALES"  # what he sold
    PURCHASES = "PURCHASES"  # what he bought


@dataclass(frozen=True, slots=True)
class MemberYear:
    """What a member did in the book year.

    `capital_days`: over its days the sum of what his pokok and wajib held at each one's end, in rupiah-days;
    `business`: rupiah a side; `transactions`: how many they were; `arrears_months`: how many months of wajib he owed
    at the year's end; `is_member`: whether he was a member then.
    """

    id: UUID
    capital_days: int
    business: Mapping[Business, int]
    transactions: int
    arrears_months: int = 0
    is_member: bool = True
    is_full: bool = True  # an associate or candidate has no part in the surplus

    def __post_init__(self) -> None:
        if min(self.capital_days, self.transactions, self.arrears_months, *self.business.values()) < 0:
            raise ValueError("what a member held, did and owed in a year is zero or more")

    @property
    def volume(self) -> int:
        """All his business of the year, in rupiah."""
        return sum(self.business.values())

    def weight(self, pool: Pool) -> int:
        """By what he shares in a pool."""
        return self.capital_days if pool is Pool.CAPITAL else self.volume


class WhyNot(StrEnum):
    """Why a member has no part."""

    LEFT = "LEFT"
    FEW_TRANSACTIONS = "FEW_TRANSACTIONS"
    IN_ARREARS = "IN_ARREARS"
    NOT_FULL = "NOT_FULL"


#: These pools are shared out among members, the others are kept by the co-op.
SHARED = (Pool.CAPITAL, Pool.PATRONAGE)
#: The by-laws' test of who is an active member.
ACTIVE_TEST = (ByLaw.ACTIVE_TRANSACTIONS, ByLaw.ACTIVE_ARREARS)


def why_not(member: MemberYear, laws: ByLaws) -> WhyNot | None:
    """Why this member is not active by the by-laws' test; None: he is."""
    if not member.is_member:
        return WhyNot.LEFT
    if not member.is_full:
        return WhyNot.NOT_FULL
    if member.transactions < laws[ByLaw.ACTIVE_TRANSACTIONS]:
        return WhyNot.FEW_TRANSACTIONS
    if member.arrears_months > laws[ByLaw.ACTIVE_ARREARS]:
        return WhyNot.IN_ARREARS
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """One step of an explanation: `amount` of `pool_amount` rupiah, as `own` stands to `everyones`.

    Of jasa modal these two are rupiah-days, of jasa usaha rupiah. `rules`: those that set the pool.
    """

    pool: Pool
    pool_amount: int
    own: int
    everyones: int
    amount: int
    rules: tuple[RuleValue, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one member has, line by line, and by which rules he was found active, or why he has nothing."""

    member: MemberYear
    lines: tuple[Line, ...]
    excluded: WhyNot | None
    rules: tuple[RuleValue, ...]

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class Sharing:
    """A year's surplus as it is shared out: the pools, together exactly the surplus, and each member's share.

    `unclaimed`: what of a shared pool nobody had a claim to; it went to the reserve.
    """

    surplus: Surplus
    pools: Mapping[Pool, int]
    shares: tuple[Share, ...]
    rules: tuple[RuleValue, ...]
    unclaimed: Mapping[Pool, int] = field(default_factory=dict)


def share_out(surplus: Surplus, members: Iterable[MemberYear], laws: ByLaws) -> Sharing:
    """Share out a year's surplus by the by-laws of their day. The shares stand in the order of the members' ids.

    Raises NoSurplus, AgainstTheLaw with the article, Invalid; ValueError where a member comes twice.
    """
    asked = sorted(members, key=lambda member: member.id)
    excluded = {member.id: why_not(member, laws) for member in asked}
    if len(excluded) < len(asked):
        raise ValueError("each member once")
    active = [member for member in asked if excluded[member.id] is None]
    pools, unclaimed = pools_of(surplus, percentages_of(laws), laws.day), {}
    totals = {pool: sum(member.weight(pool) for member in active) for pool in SHARED}
    for pool in SHARED:
        if pools[pool] and not totals[pool]:
            unclaimed[pool] = pools[pool]
            pools[Pool.RESERVE] += pools[pool]
            pools[pool] = 0
    whole = rules.value_on("surplus.percentages_total", laws.day)
    found: dict[UUID, list[Line]] = {member.id: [] for member in asked}
    for pool in SHARED:
        weights = {member.id: member.weight(pool) for member in active}
        parts = allocate(pools[pool], weights) if totals[pool] else weights
        cited = (*laws.cited(SET_BY[pool]), whole)
        for id, own in weights.items():
            found[id].append(Line(pool, pools[pool], own, totals[pool], parts[id], cited))
    tested = laws.cited(*ACTIVE_TEST)
    shares = tuple(Share(member, tuple(found[member.id]), excluded[member.id], tested) for member in asked)
    return Sharing(surplus, pools, shares, (*laws.cited(*SET_BY.values()), *tested, whole), unclaimed)
