"""What several ratings come to. Pure."""

from dataclasses import dataclass

#: Fewer ratings than these have no average: one angry evening would be all that is known of somebody.
FLOOR = 5
FEWEST_STARS, MOST_STARS = 1, 5


@dataclass(frozen=True, slots=True)
class Summary:
    """How many ratings stand, and the sum of their stars."""

    count: int = 0
    stars: int = 0

    @property
    def average(self) -> float | None:
        """To a tenth of a star, half up; None below the floor."""
        if self.count < FLOOR:
            return None
        tenths, rest = divmod(self.stars * 10, self.count)
        return (tenths + (rest * 2 >= self.count)) / 10
