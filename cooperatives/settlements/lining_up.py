"""Two co-ops' books held against each other, line by line. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cooperatives.settlements.reading_off import LARGEST_FEE

#: A line: why it was posted, and the obligation or payment that it is.
Key = tuple[str, UUID]


@dataclass(frozen=True, slots=True)
class Compared:
    """One line as both see it, in whole rupiah: above zero `here` claims it, below it owes; None: not there."""

    key: Key
    here: int | None
    there: int | None

    @property
    def kind(self) -> str | None:
        """AMOUNT, FEE, MISSING_HERE or MISSING_THERE; None when both agree."""
        if self.here == self.there:
            return None
        if self.here is None:
            return "MISSING_HERE"
        if self.there is None:
            return "MISSING_THERE"
        # A bank takes its fee from what comes in, on whichever side that is.
        return "FEE" if 0 < abs(abs(self.here) - abs(self.there)) <= LARGEST_FEE else "AMOUNT"


def compare(here: Mapping[Key, int], there: Mapping[Key, int]) -> list[Compared]:
    """Every line of either book, in order of its key. `there` is as the other sees it: its signs are turned."""
    return [
        Compared(key, here.get(key), None if key not in there else -there[key])
        for key in sorted({*here, *there}, key=lambda key: (key[0], str(key[1])))
    ]
