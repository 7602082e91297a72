"""Moving in: what other packages call."""

from cooperatives.moving.models import MovingSet, MovingState
from cooperatives.moving.taking import bring, confirm, sets_of, withdraw

__all__ = ["MovingSet", "MovingState", "bring", "confirm", "sets_of", "withdraw"]
