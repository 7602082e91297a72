"""What of a member's money a rule can change. Pure."""

from enum import StrEnum


class Part(StrEnum):
    """What a member had, or was charged, of a period."""

    CAPITAL = "CAPITAL"  # jasa modal
    PATRONAGE = "PATRONAGE"  # jasa usaha
    DELIVERIES = "DELIVERIES"  # the driver's share of delivery prices
    MANDATORY_SAVINGS = "MANDATORY_SAVINGS"  # charged, and his own


#: These come to him; what is saved is his too, but he pays it in.
GAINED = frozenset({Part.CAPITAL, Part.PATRONAGE, Part.DELIVERIES})
