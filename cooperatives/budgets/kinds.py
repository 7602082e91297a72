"""Where a budget stands, and whose pay stands in it. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from marketplace.identity.actor import OFFICERS, Role


class BudgetState(StrEnum):
    """Where a budget stands."""

    PROPOSED = "PROPOSED"
    REPLACED = "REPLACED"  # by a later one for the same year
    ADOPTED = "ADOPTED"  # by the members' meeting


#: The account of the chart on which each office's pay stands: pengurus and pengawas apart.
PAID_FROM: Mapping[Role, str] = {
    **dict.fromkeys(sorted(OFFICERS), "6-2101"),
    Role.SUPERVISOR: "6-2102",
}
