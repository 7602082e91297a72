"""What stock is worth: the moving average, in whole rupiah. Pure.

An item is a quantity and a value. What comes in adds both; what goes out takes its part of the value, rounded down,
and the last of it takes all that is left. So the items' values add up to the ledger's account at every moment, and no
rupiah of rounding is left behind by an item that is sold out.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """What is there of an item, and what it cost altogether."""

    quantity: int = 0
    value: int = 0

    def __post_init__(self) -> None:
        if self.quantity < 0 or self.value < 0 or (self.quantity == 0 and self.value):
            raise ValueError(f"{self.quantity} items can't be worth {self.value}")

    @property
    def average(self) -> int:
        """What one costs, rounded down."""
        return self.value // self.quantity if self.quantity else 0

    def cost_of(self, quantity: int) -> int:
        """What of the value goes with so many. Raises ValueError for more than there are."""
        if not 0 <= quantity <= self.quantity:
            raise ValueError(f"{quantity} of {self.quantity} can't be taken")
        return self.value if quantity == self.quantity else self.value * quantity // self.quantity

    def moved(self, quantity: int, value: int) -> "Held":
        """After so many came (or went, below zero) with that value."""
        return Held(self.quantity + quantity, self.value + value)


def found_value(held: Held, quantity: int, last_cost: int) -> int:
    """What so many more are worth that a count found: the average, else what was last paid for one."""
    return quantity * (held.average if held.quantity else last_cost)
