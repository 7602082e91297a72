"""Who is an active member by the by-laws, as the surplus tests it, over the twelve months before today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.books.books import today_in
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import year_earlier
from cooperatives.governance.service import by_laws_on
from cooperatives.membership.models import Membership
from cooperatives.surplus.gathering import members_of
from cooperatives.surplus.sharing import ACTIVE_TEST, WhyNot, why_not
from marketplace.batches import rows_by
from marketplace.rules import RuleValue


@dataclass(frozen=True, slots=True)
class Standing:
    """How a member did in those months, why that is not active by the by-laws (None: it is), and the by-laws."""

    transactions: int
    arrears_months: int
    why_not: WhyNot | None
    rules: tuple[RuleValue, ...]


async def standings_by_membership(ids: Sequence[UUID]) -> Mapping[UUID, Standing]:
    """Of these memberships, where their co-op keeps its books here. As many statements for one member as for all."""
    rows = await rows_by(Membership, "id", set(ids))
    found: dict[UUID, Standing] = {}
    for cooperative_id in sorted({row.cooperative_id for row in rows}):
        found |= await _standings(cooperative_id)
    return found


async def _standings(cooperative_id: UUID) -> dict[UUID, Standing]:
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    if book is None:
        return {}
    today = today_in(book)
    laws = await by_laws_on(cooperative_id, today)
    rules = laws.cited(*ACTIVE_TEST)
    years = await members_of(book, year_earlier(today), today)
    return {
        row.pk: Standing(year.transactions, year.arrears_months, why_not(year, laws), rules)
        for row, year in years.items()
    }
