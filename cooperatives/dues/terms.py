"""What a co-op's by-laws say of dues, in one place. Until they say it, the values below hold."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.dues.kinds import DueKind
from cooperatives.governance.catalogue import ByLaw
from cooperatives.governance.service import value_on


@dataclass(frozen=True, slots=True)
class DuesTerms:
    """The order in which kinds of dues are served, the largest share deducted, when who is late is reminded."""

    order: tuple[DueKind, ...] = (
        DueKind.PROTECTION,  # lapses when it is late
        DueKind.LOAN,
        DueKind.PURCHASE,
        DueKind.PRINCIPAL_SAVINGS,
        DueKind.MANDATORY_SAVINGS,
        DueKind.OPERATING,
        DueKind.VOLUNTARY_SAVINGS,
    )
    largest_share_bp: int = 3_000
    remind_every_days: int = 7


async def terms_of(cooperative_id: UUID, on: date) -> DuesTerms:
    """What holds in this co-op on that day."""
    return DuesTerms(largest_share_bp=(await value_on(cooperative_id, ByLaw.DEDUCTION_SHARE, on)).value)
