"""Rupiah as whole numbers, shares as basis points, and splits that lose nothing.

Pure: no framework. Amounts are `int` rupiah; a share is an `int` of basis points (1/100 of a percent).
"""

from collections.abc import Mapping
from typing import TypeVar

FULL_SHARE_BP = 10_000
#: The largest whole number that a JSON client keeps exactly (2^53 - 1).
LARGEST_RUPIAH = 9_007_199_254_740_991


K = TypeVar("K")


def allocate(total: int, weights: Mapping[K, int]) -> dict[K, int]:
    """Split `total` rupiah by `weights` so that the parts sum to it exactly.

    Largest remainder (Hamilton): each part is its floor, and the rupiah left over go to the largest
    remainders, ties to the smaller key. A negative total is split as its positive and negated.
    Raises ValueError when weights are negative or sum to zero.
    """
    if total < 0:
        return {key: -part for key, part in allocate(-total, weights).items()}
    whole = sum(weights.values())
    if whole <= 0 or any(weight < 0 for weight in weights.values()):
        raise ValueError("weights must be zero or more, and not all zero")
    parts = {key: total * weight // whole for key, weight in weights.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: (-(total * weights[key] % whole), str(key)))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts


def share(amount: int, basis_points: int) -> int:
    """The `basis_points` share of `amount`, by largest remainder; ties stay with the one who gives."""
    if not 0 <= basis_points <= FULL_SHARE_BP:
        raise ValueError("a share is between nothing and all")
    if amount < 0:
        return -share(-amount, basis_points)
    floor, remainder = divmod(amount * basis_points, FULL_SHARE_BP)
    return floor + (2 * remainder > FULL_SHARE_BP)


def with_points(number: int) -> str:
    """`1234567` as it is written in Indonesia: `1.234.567`."""
    return f"{number:,}".replace(",", ".")


def percent(basis_points: int, language: str = "id") -> str:
    """`825` as people write it: `8,25 %`, in English `8.25 %`; without noughts at its end."""
    written = f"{basis_points / 100:.2f}".rstrip("0").rstrip(".")
    return f"{written if language == 'en' else written.replace('.', ',')} %"


def format_rupiah(amount: int) -> str:
    """`1234567` as it is written in Indonesia: `Rp1.234.567`, without a blank (EYD V)."""
    return ("-" if amount < 0 else "") + "Rp" + with_points(abs(amount))
