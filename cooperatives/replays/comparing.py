"""What members had of a period under the rules as they stand, and would have had under others. Pure; whole rupiah.

The surplus is shared out twice with the same books and the same members; a delivery's price is split twice with the
same jobs; mandatory savings are charged twice for the same months.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cooperatives.governance.bylaws import ByLaws
from cooperatives.governance.catalogue import SURPLUS_SHARES, ByLaw
from cooperatives.replays.kinds import GAINED, Part
from cooperatives.surplus.pools import Pool, Surplus
from cooperatives.surplus.sharing import ACTIVE_TEST, MemberYear, Share, Sharing, WhyNot, share_out
from marketplace.errors import Code, MarketplaceError
from marketplace.money import FULL_SHARE_BP
from marketplace.rule_words import title_of

#: By-laws that decide what members have of a surplus, or are charged each month.
OF_SURPLUS = frozenset({*SURPLUS_SHARES, *ACTIVE_TEST})
TRIED = OF_SURPLUS | {ByLaw.SAVINGS_MANDATORY_MONTHLY}

_POOLED = {Part.CAPITAL: Pool.CAPITAL, Part.PATRONAGE: Pool.PATRONAGE}


class NothingToReplay(MarketplaceError):
    """This motion changes nothing that can be tried on past months: it needs one of these by-laws: {names}."""

    code = Code.INVALID
    pesan = "Usul ini tidak mengubah apa pun yang dapat dicoba pada bulan lalu: perlu salah satu ketentuan: {nama}."


@dataclass(frozen=True, slots=True)
class Past:
    """What the recorded days hold of a member: his year for the surplus, deliveries, and months of wajib charged.

    `fares`: the prices of deliveries that his co-op carried by him; `earned`: what he had of them.
    """

    year: MemberYear
    fares: int = 0
    earned: int = 0
    months_charged: int = 0
    charged: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What is tried: by-laws, and the co-op's share of a delivery's price, None: as each delivery was split."""

    laws: ByLaws
    carrier_share_bp: int | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A member before and after."""

    id: UUID
    parts: Mapping[Part, tuple[int, int]]
    excluded: tuple[WhyNot | None, WhyNot | None]

    @property
    def gained(self) -> int:
        """How much more he would have had; below zero: less."""
        return sum(after - before for part, (before, after) in self.parts.items() if part in GAINED)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All members by their ids, and the surplus's pools; both before and after. No pools: the surplus is no part."""

    members: tuple[Compared, ...]
    pools: Mapping[Pool, tuple[int, int]]
    sharings: tuple[Sharing, ...]

    def totals(self) -> dict[Part, tuple[int, int]]:
        """All members together, of each part that was tried."""
        found: dict[Part, tuple[int, int]] = {}
        for member in self.members:
            for part, (before, after) in member.parts.items():
                sums = found.get(part, (0, 0))
                found[part] = (sums[0] + before, sums[1] + after)
        return found


def compare(
    surplus: Surplus, past: Iterable[Past], now: Rules, then: Rules, *, changed: frozenset[ByLaw]
) -> Comparison:
    """Try `then` beside `now` on the same past. Raises NothingToReplay, NoSurplus, AgainstTheLaw, Invalid."""
    if not changed & TRIED and then.carrier_share_bp is None:
        told = {language: "; ".join(title_of(name, language) for name in sorted(TRIED)) for language in ("en", "id")}
        raise NothingToReplay(names=told["en"], nama=told["id"])
    people = sorted(past, key=lambda one: one.year.id)
    sharings: tuple[Sharing, ...] = ()
    if changed & OF_SURPLUS:
        years = [one.year for one in people]
        sharings = (share_out(surplus, years, now.laws), share_out(surplus, years, then.laws))
    shares = [{share.member.id: share for share in sharing.shares} for sharing in sharings]
    members = []
    for one in people:
        parts: dict[Part, tuple[int, int]] = {}
        before, after = (each[one.year.id] for each in shares) if shares else (None, None)
        if before is not None and after is not None:
            parts |= {part: (_of(before, pool), _of(after, pool)) for part, pool in _POOLED.items()}
        if then.carrier_share_bp is not None:
            parts[Part.DELIVERIES] = (one.earned, _driver(one.fares, then.carrier_share_bp))
        if ByLaw.SAVINGS_MANDATORY_MONTHLY in changed:
            each_month = then.laws[ByLaw.SAVINGS_MANDATORY_MONTHLY]
            parts[Part.MANDATORY_SAVINGS] = (one.charged, one.months_charged * each_month)
        why = (before.excluded if before else None, after.excluded if after else None)
        members.append(Compared(one.year.id, parts, why))
    pools = {pool: (sharings[0].pools[pool], sharings[1].pools[pool]) for pool in Pool} if sharings else {}
    return Comparison(tuple(members), pools, sharings)


def _of(share: Share, pool: Pool) -> int:
    return sum(line.amount for line in share.lines if line.pool is pool)


def _driver(fares: int, carrier_share_bp: int) -> int:
    """The driver's part of these prices: what the co-op's share, rounded down, leaves."""
    return fares - fares * carrier_share_bp // FULL_SHARE_BP
