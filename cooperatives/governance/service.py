"""How a co-op governs itself: what others build on. Public functions stand in the files named here."""

from cooperatives.governance.adopted import NotAdopted, adopted
from cooperatives.governance.setting import (
    ByLawsAreSet,
    by_laws_of,
    by_laws_on,
    history_of,
    set_founding_by_laws,
    today_of,
    value_on,
    write_by_laws,
)

__all__ = [
    "ByLawsAreSet",
    "NotAdopted",
    "adopted",
    "by_laws_of",
    "by_laws_on",
    "history_of",
    "set_founding_by_laws",
    "today_of",
    "value_on",
    "write_by_laws",
]
