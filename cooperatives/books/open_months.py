"""What every member reads of his co-op's books: the months that are locked, each with its figures.

A locked month can't change any more, so what members read is what stays.
"""

from uuid import UUID

from cooperatives.books import reports
from cooperatives.books.models import LockedMonth
from cooperatives.books.periods import last_day
from cooperatives.books.reports import TrialBalance
from cooperatives.books.statements import Statement
from cooperatives.governance.reading import sees
from marketplace.identity.actor import SYSTEM, Actor
from marketplace.paging import Page, page_by_id


async def open_months(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[LockedMonth]:
    """The locked months, the latest first; for who has to do with the co-op, else none."""
    if not sees(actor, cooperative_id):
        return Page([], [], False)
    return await page_by_id(LockedMonth.filter(cooperative_id=cooperative_id), first=first, after=after)


async def trial_balance(row: LockedMonth) -> TrialBalance:
    """Neraca saldo of the month. The caller has authorised (`open_months`)."""
    return await reports.trial_balance(SYSTEM, row.cooperative_id, row.month, last_day(row.month))


async def balance_sheet(row: LockedMonth) -> Statement:
    """Neraca at the month's end. The caller has authorised."""
    return await reports.balance_sheet(SYSTEM, row.cooperative_id, last_day(row.month), compared=False)


async def surplus_statement(row: LockedMonth) -> Statement:
    """Perhitungan hasil usaha of the month. The caller has authorised."""
    return await reports.surplus_statement(SYSTEM, row.cooperative_id, row.month, last_day(row.month), compared=False)
