"""What time does to loans: interest is earned, instalments are charged, the late are told, losses are set aside.

Each loan in a transaction of its own, at most `BATCH` a sweep; whatever a killed run left undone the next one does.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from cooperatives.books.periods import add_months, day_at, month_of
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.compounds import Compound
from cooperatives.loans import posting
from cooperatives.loans.access import hold_loan, today_at
from cooperatives.loans.applying import told
from cooperatives.loans.arrears import bounds_on, days_late, next_reminder, reserve_for
from cooperatives.loans.ending import settle
from cooperatives.loans.instalments import charge_begun, followed, interest_owed, principal_owed
from cooperatives.loans.lifecycle import RUNNING
from cooperatives.loans.models import Borrowing, Loan, LoanInstalment
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import MarketplaceError

#: So many loans are looked at in one sweep.
BATCH = 200
log = structlog.get_logger()


async def sweep(_: object) -> int:
    """Look at the loans whose day has come; answers how many."""
    ready = Loan.filter(state__in=list(RUNNING), next_on__lte=latest_day()).order_by("next_on", "id").limit(BATCH)
    return await carry_on(await ready, look_at)


def latest_day() -> date:
    """What is due by this day is due somewhere: the easternmost zone is ahead."""
    return day_at(clock.now(), ZoneInfo("Asia/Jayapura"))


async def carry_on(ready: Sequence[Loan] | Sequence[Borrowing], look: Callable[[UUID], Awaitable[object]]) -> int:
    """Look at each in a transaction of its own; answers how many. One's trouble, tried tomorrow, holds back none."""
    for row in ready:
        try:
            await look(row.pk)
        except MarketplaceError as refused:
            log.warning("not carried on", what=type(row).__name__, id=str(row.pk), why=refused.message("en"))
            await type(row).filter(pk=row.pk).update(next_on=latest_day() + timedelta(days=1))
    return len(ready)


async def look_at(loan_id: UUID) -> Loan:
    """Do for one loan what its day brings. Done again on the same day it changes nothing."""
    async with transaction():
        loan = await hold_loan(loan_id)
        today = await today_at(loan.cooperative_id)
        if not loan.is_running or loan.next_on is None:
            return loan
        if loan.next_on > today:
            return loan
        rows = await followed(loan_id)
        compounds = await _earn(loan, rows, today)
        ending = await settle(loan, rows, today)
        if loan.is_running:
            await charge_begun(loan, rows, today)
            compounds += await _set_aside(loan, rows, today)
            await _remind(loan, today)
            loan.next_on = _next_day(loan, rows, today)
        await loan.save()
        await ledger.post_batch([*compounds, Compound(Cause("loan.repaid", loan_id), tuple(ending))])
    return loan


async def _earn(loan: Loan, rows: list[LoanInstalment], today: date) -> list[Compound]:
    """The interest of the months that are over."""
    compounds = []
    for row in rows:
        fresh = row.interest - row.accrued
        if row.due_on <= today and fresh > 0:
            entries = posting.accrued(loan.cooperative_id, loan.pk, fresh)
            compounds.append(Compound(Cause("loan.interest", row.pk), tuple(entries)))
            row.accrued = row.interest
            await row.save(update_fields=["accrued"])
    return compounds


async def _set_aside(loan: Loan, rows: list[LoanInstalment], today: date) -> list[Compound]:
    """Once a month: what the loan's class asks to be set aside for its loss."""
    month = month_of(today)
    if loan.reserved_in is not None and loan.reserved_in >= month:
        return []
    owed = principal_owed(rows) + max(interest_owed(rows), 0)
    found = bounds_on(today).of(days_late(loan.late_since, today))
    wanted, _ = reserve_for(owed, found, today)
    entries = posting.reserved(loan.cooperative_id, loan.reserved, wanted)
    loan.reserved, loan.reserved_in = wanted, month
    return [Compound(posting.reserve_cause(loan.pk, month), tuple(entries))]


async def _remind(loan: Loan, today: date) -> None:
    """Tell the member, and those behind him, when the loan has become later by a stage."""
    late = days_late(loan.late_since, today)
    stage = next_reminder(loan.reminded_after, late)
    if stage is not None:
        loan.reminded_after = stage
        await outbox.record("loan.late", loan.pk, told(loan) | {"days": late})


def _next_day(loan: Loan, rows: list[LoanInstalment], today: date) -> date:
    """When something happens next: at the latest on the first of a month, for a late loan tomorrow."""
    tomorrow = today + timedelta(days=1)
    if loan.late_since is not None or any(row.due_on <= today and row.owed > 0 for row in rows):
        return tomorrow
    coming = [row.due_on for row in rows if row.due_on > today] + [add_months(month_of(today), 1)]
    return min(coming)
