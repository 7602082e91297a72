"""The life of a round of joint purchasing. Pure."""

from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    OPEN = "OPEN"  # commitments are taken
    ORDERED = "ORDERED"  # closed: the supplier was told
    RECEIVED = "RECEIVED"  # the goods came, and each owes his part
    CANCELLED = "CANCELLED"


class RoundEvent(StrEnum):
    """What happens to a round."""

    ORDER = "ORDER"
    RECEIVE = "RECEIVE"
    CANCEL = "CANCEL"


STEPS: dict[tuple[RoundState, RoundEvent], RoundState] = {
    (RoundState.OPEN, RoundEvent.ORDER): RoundState.ORDERED,
    (RoundState.OPEN, RoundEvent.CANCEL): RoundState.CANCELLED,
    (RoundState.ORDERED, RoundEvent.RECEIVE): RoundState.RECEIVED,
    (RoundState.ORDERED, RoundEvent.CANCEL): RoundState.CANCELLED,  # the supplier could not deliver
}
