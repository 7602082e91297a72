"""What a round's goods cost, and what each who committed to it has of them. Pure; whole rupiah.

The price is that of the highest tier which all commitments together reach. What came is shared out by what each
committed to, by largest remainder, so that a short delivery is short for all alike; each pays for what he gets, and
carriage goes by that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from marketplace.money import allocate


@dataclass(frozen=True, slots=True)
class Tier:
    """From so many on one costs so much."""

    least: int
    price: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one has of a round: so many, what they cost, and his part of the carriage."""

    quantity: int
    goods: int
    carriage: int

    @property
    def total(self) -> int:
        return self.goods + self.carriage


def tier_at(tiers: Sequence[Tier], quantity: int) -> Tier | None:
    """The tier that this quantity reaches; None when it is below the first."""
    reached = [tier for tier in tiers if tier.least <= quantity]
    return max(reached, key=lambda tier: tier.least) if reached else None


def faulty(tiers: Sequence[Tier]) -> bool:
    """Whether the tiers are none, out of order, or dearer for more."""
    is_wrong = any(later.least <= tier.least or later.price > tier.price for tier, later in pairwise(tiers))
    return not tiers or is_wrong or any(tier.least < 1 or tier.price < 0 for tier in tiers)


def shared(committed: Mapping[UUID, int], received: int, price: int, carriage: int) -> dict[UUID, Part]:
    """Each one's part of what came. The parts sum to `received`, `received * price` and `carriage` exactly.

    Raises ValueError when more came than was committed to, or nothing.
    """
    if not 0 < received <= sum(committed.values()):
        raise ValueError(f"{received} of {sum(committed.values())} can't be shared out")
    quantities = allocate(received, committed)
    carried = allocate(carriage, quantities)
    return {id: Part(quantity, quantity * price, carried[id]) for id, quantity in quantities.items()}
