"""Goods that a loan paid for come back to their unit: what they had cost pays the loan.

Principal first, the oldest; then interest earned until that day; what is left then is held for the member. What is
still owed of instalments already due stays due on their day, the coming ones become smaller. Locks: the loan, its
dues, then the ledger's accounts.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cooperatives.books.periods import add_months
from cooperatives.dues.allocating import Part, entries
from cooperatives.dues.paying import credit_of
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.compounds import Compound
from cooperatives.loans import posting
from cooperatives.loans.access import hold_loan, today_at
from cooperatives.loans.ending import settle
from cooperatives.loans.instalments import (
    charge_begun,
    followed,
    in_force,
    interest_owed,
    owed_of,
    principal_owed,
    supersede,
    terms_of,
    write_rows,
)
from cooperatives.loans.kinds import MoneyWay
from cooperatives.loans.lifecycle import LoanEvent, LoanState, after_event
from cooperatives.loans.models import Loan, LoanInstalment, LoanPayment
from cooperatives.loans.paying_off import AfterEarly, Period, Returned, principal_first, rest_after_early
from cooperatives.loans.repaying import earn_to
from cooperatives.loans.schedules import Instalment, schedule
from marketplace.errors import Code, MarketplaceError

KIND = "loan.returned"


class GoodsAreHis(MarketplaceError):
    """The meeting wrote off the loan that paid for this: it stays the member's. Buy from him what he brings."""

    code = Code.WRONG_STATE
    pesan = (
        "Rapat anggota sudah menghapusbukukan pinjaman yang membayar barang ini, jadi barangnya tetap milik anggota. "
        "Bila ia mengembalikannya juga, catat sebagai pembelian dari anggota itu."
    )


async def pay_by_return(loan_id: UUID, *, unit_id: UUID, amount: int, payment_id: UUID, by: UUID) -> Compound:
    """The unit gives `amount` rupiah back for goods; answers what is to be posted. Caller's transaction.

    Of a loan that was paid back all is the member's. Raises GoodsAreHis for one that was written off.
    """
    loan = await hold_loan(loan_id)
    book_id, cause = loan.cooperative_id, Cause(KIND, payment_id)
    source, member = posting.current_of(book_id, unit_id), credit_of(book_id, loan.membership_id)
    if loan.state is LoanState.REPAID:
        return Compound(cause, tuple(entries([(source, amount)], [Part(member, amount, KIND)])))
    if loan.state is LoanState.WRITTEN_OFF:
        raise GoodsAreHis
    after_event(loan.state, LoanEvent.REPAY)
    today, rows = await today_at(book_id), await followed(loan_id)
    owed = [row for row in rows if row.owed > 0 or row.due_on > today]
    posted = earn_to(loan, owed, today)
    found = principal_first(amount, principal_owed(owed), interest_owed(owed))
    await LoanPayment.create(
        id=payment_id,
        loan_id=loan_id,
        principal=found.principal,
        interest=found.interest,
        way=MoneyWay.UNIT,
        paid_on=today,
        taken_by=by,
    )
    await _write_rest(loan, owed, found, today)
    written = await in_force(loan_id)
    await charge_begun(loan, written, today)
    posted += await settle(loan, written if any(row.owed > 0 for row in written) else [], today)
    await loan.save()
    principal, interest = posting.principal_of(book_id, loan_id), posting.interest_of(book_id, loan_id)
    posted += entries(
        [(source, amount), (interest, max(-found.interest, 0))],
        [
            Part(principal, found.principal, KIND),
            Part(interest, max(found.interest, 0), KIND),
            Part(member, found.over, KIND),
        ],
    )
    return Compound(cause, tuple(posted))


async def _write_rest(loan: Loan, owed: Sequence[LoanInstalment], found: Returned, today: date) -> None:
    """Put what was owed out of force, and what of it is left in its place."""
    late, coming = [row for row in owed if row.due_on <= today], [row for row in owed if row.due_on > today]
    left_late = max(principal_owed(late) - found.principal, 0)
    left = principal_owed(owed) - found.principal - left_late
    carried = max(interest_owed(owed) - found.interest, 0)
    terms, parts = terms_of(loan), owed_of(coming)
    _carry_away(owed, carried)
    await supersede(owed)
    if left_late or (late and carried):
        loan.version += 1
        due_on = late[0].due_on
        await write_rows(loan, [Instalment(left_late, 0)], late[0].began_on, due_on, due_on.day, carried)
        carried = 0
    if not coming or not left + carried:
        return
    due_on, day, rest = coming[0].due_on, coming[-1].due_on.day, [Instalment(0, 0)]
    if left:
        month = Period(add_months(due_on, -1), due_on, today)
        early = sum(part.principal for part in parts) - left
        after = rest_after_early(terms, parts, early, month, AfterEarly.INSTALMENT)
        loan.lent, loan.months, rest = after.principal, after.months, schedule(after)
    loan.version += 1
    loan.next_on = today
    await write_rows(loan, rest, today, due_on, day, carried)


def _carry_away(rows: Sequence[LoanInstalment], carried: int) -> None:
    """So much interest that was earned on these and not paid stands on another instalment from now on."""
    for row in rows:
        taken = min(max(row.accrued - row.interest_paid, 0), carried)
        row.accrued -= taken
        carried -= taken
