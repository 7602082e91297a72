"""How a loan ends, or goes on, after its instalments moved. All stand in the transaction of who holds the loan."""

from collections.abc import Sequence
from datetime import date

from cooperatives.ledger.accounts import Entry
from cooperatives.loans import posting
from cooperatives.loans.applying import release_guarantees, told
from cooperatives.loans.instalments import interest_owed, late_since, principal_owed
from cooperatives.loans.lifecycle import LoanEvent, after_event
from cooperatives.loans.models import Loan, LoanInstalment
from marketplace import clock, outbox


async def settle(loan: Loan, rows: Sequence[LoanInstalment], today: date) -> list[Entry]:
    """Bring the loan to where its instalments in force stand; answers what the ledger is to hold of it.

    Wholly paid, it ends: what was paid ahead of interest is earned, what was set aside is let go.
    """
    loan.late_since = late_since(rows, today)
    if loan.late_since is None:
        loan.reminded_after = 0
    if any(row.owed > 0 for row in rows):
        loan.state = after_event(loan.state, LoanEvent.REPAY)
        return []
    book_id, unearned = loan.cooperative_id, -interest_owed(rows)
    for row in rows:
        if row.accrued != row.interest_paid:
            row.accrued = row.interest_paid
            await row.save(update_fields=["accrued"])
    assert principal_owed(rows) == 0
    loan.state = after_event(loan.state, LoanEvent.REPAY_ALL)
    loan.next_on, loan.ended_at = None, clock.now()
    entries = posting.accrued(book_id, loan.pk, unearned) + posting.reserved(book_id, loan.reserved, 0)
    loan.reserved = 0
    await outbox.record("loan.repaid", loan.pk, told(loan))
    await release_guarantees(loan)
    return entries
