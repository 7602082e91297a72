"""Where the allocation of a year's surplus stands. Pure."""

from enum import StrEnum


class SurplusState(StrEnum):
    """Where an allocation stands."""

    PROPOSED = "PROPOSED"
    REPLACED = "REPLACED"  # by a later proposal for the same year
    POSTED = "POSTED"  # the members' meeting adopted it, and it stands in the books
    PAID = "PAID"  # every member has his share
