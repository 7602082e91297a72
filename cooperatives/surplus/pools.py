"""Into which pools a year's surplus (SHU) goes: by the adopted percentages, non-members' business apart. Pure.

Whole rupiah; percentages in basis points. Source: UU 25/1992 art. 5 and 45, and the co-op's by-laws.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from cooperatives.governance.bylaws import ByLaws, check_surplus
from cooperatives.governance.catalogue import ByLaw
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.money import FULL_SHARE_BP, LARGEST_RUPIAH, allocate
from marketplace.vocabulary import POOLS


class Pool(StrEnum):
    """What a part of the surplus is for."""

    RESERVE = "RESERVE"  # cadangan
    PATRONAGE = "PATRONAGE"  # jasa usaha: to members by their transactions
    CAPITAL = "CAPITAL"  # jasa modal: to members by their pokok and wajib
    OFFICERS = "OFFICERS"
    EDUCATION = "EDUCATION"
    SOCIAL = "SOCIAL"
    DEVELOPMENT = "DEVELOPMENT"
    NON_MEMBER = "NON_MEMBER"  # from business with non-members: kept whole, never shared out among members


#: The by-law that sets each pool's percentage; business with non-members has none.
SET_BY: Mapping[Pool, ByLaw] = {
    Pool.RESERVE: ByLaw.SURPLUS_RESERVE,
    Pool.PATRONAGE: ByLaw.SURPLUS_PATRONAGE,
    Pool.CAPITAL: ByLaw.SURPLUS_CAPITAL,
    Pool.OFFICERS: ByLaw.SURPLUS_OFFICERS,
    Pool.EDUCATION: ByLaw.SURPLUS_EDUCATION,
    Pool.SOCIAL: ByLaw.SURPLUS_SOCIAL,
    Pool.DEVELOPMENT: ByLaw.SURPLUS_DEVELOPMENT,
}


class NoSurplus(MarketplaceError):
    """The year made no surplus ({amount} rupiah): there is nothing to share out."""

    code = Code.WRONG_STATE
    pesan = "Tahun buku ini tidak menghasilkan SHU ({amount} rupiah): tidak ada yang dibagikan."


@dataclass(frozen=True, slots=True)
class Surplus:
    """A year's surplus in rupiah: from members' business, and from business with non-members."""

    from_members: int
    from_others: int

    @property
    def total(self) -> int:
        return self.from_members + self.from_others


def told_apart(total: int, *, member_income: int, other_income: int) -> Surplus:
    """The surplus by whose business made it: in the proportion of the incomes, each in rupiah.

    An income below zero (more was given back than came in) counts as none. Where there is neither, nothing tells
    that members made it: all of it goes to the non-members' pool.
    """
    weights = {"members": max(0, member_income), "others": max(0, other_income)}
    if not any(weights.values()):
        return Surplus(0, total)
    parts = allocate(total, weights)
    return Surplus(parts["members"], parts["others"])


def percentages_of(laws: ByLaws) -> dict[Pool, int]:
    """The percentages that the by-laws say on their day, in basis points."""
    return {pool: laws[name] for pool, name in SET_BY.items()}


def check_percentages(percentages: Mapping[Pool, int], on: date) -> None:
    """Go on when the surplus may be split so on that day.

    Raises AgainstTheLaw (UU 25/1992 art. 45) where they don't make up exactly the whole, Invalid for a pool that
    no percentage is set for, or a percentage below zero or above the whole.
    """
    for pool, basis_points in percentages.items():
        indonesian, english = POOLS[pool]
        if pool not in SET_BY:
            raise Invalid.field(
                "percentages", Code.INVALID, f"no percentage for {english}", f"tanpa persentase untuk {indonesian}"
            )
        if not 0 <= basis_points <= FULL_SHARE_BP:
            raise Invalid.field(
                "percentages",
                Code.OUT_OF_RANGE,
                f"{english}: 0 to 100 %",
                f"{indonesian}: 0 sampai 100 %",
            )
    check_surplus(sum(percentages.values()), on)


def pools_of(surplus: Surplus, percentages: Mapping[Pool, int], on: date) -> dict[Pool, int]:
    """Every pool and its rupiah; together exactly the surplus.

    Raises NoSurplus for a loss or nothing, AgainstTheLaw and Invalid as `check_percentages`.
    """
    check_percentages(percentages, on)
    if surplus.total <= 0 or surplus.from_members < 0 or surplus.from_others < 0:
        raise NoSurplus(amount=surplus.total)
    if surplus.total > LARGEST_RUPIAH:
        raise Invalid.field(
            "surplus", Code.OUT_OF_RANGE, f"at most {LARGEST_RUPIAH}", f"paling banyak {LARGEST_RUPIAH}"
        )
    parts = allocate(surplus.from_members, percentages)
    return {pool: surplus.from_others if pool is Pool.NON_MEMBER else parts.get(pool, 0) for pool in Pool}
