"""New terms for a running loan, and the end of one that will not be paid.

An officer proposes new terms and another agrees; only the members' meeting writes a loan off, by a motion.
Locks: the book, the loan, its dues, then the ledger's accounts.
"""

from datetime import date
from uuid import UUID, uuid5

from cooperatives.books.periods import add_months
from cooperatives.books.texts import fits
from cooperatives.governance.adopted import adopted, names
from cooperatives.governance.lifecycle import MotionKind
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.loans import posting
from cooperatives.loans.access import OtherOfficer, hold_loan, hold_to_decide, today_of
from cooperatives.loans.applying import REASON_LENGTH, release_guarantees, told
from cooperatives.loans.bounds import bounds_of
from cooperatives.loans.instalments import (
    charge_begun,
    followed,
    in_force,
    interest_owed,
    principal_owed,
    supersede,
    terms_of,
    write_rows,
)
from cooperatives.loans.kinds import RestructuringState
from cooperatives.loans.lifecycle import LoanEvent, after_event
from cooperatives.loans.models import Loan, LoanInstalment, LoanRestructuring
from cooperatives.loans.models.loans import kept
from cooperatives.loans.paying_off import rest_after_restructuring
from cooperatives.loans.pledging import release
from cooperatives.loans.products import LONGEST_MONTHS
from cooperatives.loans.rates import require_within_cap
from cooperatives.loans.repaying import earn_to
from cooperatives.loans.schedules import Instalment, Terms
from marketplace import clock, outbox
from marketplace.database import new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.seconding import Awaiting, ask_second


class AlreadyProposed(MarketplaceError):
    """New terms for this loan wait for another officer: agree to them or withdraw them first."""

    code = Code.DUPLICATE
    pesan = "Syarat baru untuk pinjaman ini menunggu pengurus lain: setujui atau tarik dahulu."


class MotionOfAnother(MarketplaceError):
    """The motion does not name loan {number}: members decided about another one."""

    code = Code.CONFLICT
    pesan = "Keputusan rapat itu tidak menyebut pinjaman {number}: yang diputuskan pinjaman lain."


async def propose_restructuring(
    actor: Actor, *, loan_id: UUID, months: int, rate_bp: int, reason: str, key: str
) -> Loan:
    """Propose to spread what is owed anew, over so many months from the day that another officer agrees.

    Raises NotFound, Forbidden, OwnLoan, LoanWrongState, Invalid, AgainstTheLaw, AlreadyProposed.
    """
    reason = reason.strip()
    rules = [
        (1 <= months <= LONGEST_MONTHS, "months", "1 to 120", "1 sampai 120"),
        (0 <= rate_bp <= 10_000, "rateBp", "0 to 10,000", "0 sampai 10.000"),
        (fits(reason, 1, REASON_LENGTH), "reason", "1 to 300 characters", "1 sampai 300 karakter"),
    ]
    faults = [FieldFault((name,), Code.OUT_OF_RANGE, en, id) for holds, name, en, id in rules if not holds]
    if faults:
        raise Invalid(faults=faults)
    row_id = new_id()
    async with transaction():
        book, loan = await hold_to_decide(actor, loan_id)
        by = signed_in(actor)
        if await once(by, "proposeRestructuring", key, [loan_id, months, rate_bp, reason], row_id) is not None:
            return loan
        after_event(loan.state, LoanEvent.RESTRUCTURE)
        owed = principal_owed(await followed(loan_id))
        bounds = await bounds_of(loan.cooperative_id, today_of(book))
        require_within_cap(Terms(max(owed, 1), months, rate_bp, loan.method, loan.multiple), bounds.rate_cap)
        if await LoanRestructuring.exists(loan_id=loan_id, state=RestructuringState.PROPOSED):
            raise AlreadyProposed
        await LoanRestructuring.create(
            id=row_id, loan_id=loan_id, months=months, rate_bp=rate_bp, reason=reason, proposed_by=by
        )
        id = loan.cooperative_id
        await ask_second(Awaiting.LOAN_RESTRUCTURING, loan_id, cooperative_id=id, by=by, amount=owed)
    return loan


async def answer_restructuring(actor: Actor, *, loan_id: UUID, is_agreed: bool) -> Loan:
    """Another officer agrees, and the new terms hold from today; or any of them withdraws what was proposed.

    Raises NotFound, Forbidden, OwnLoan, OtherOfficer, LoanWrongState, AgainstTheLaw.
    """
    async with transaction():
        book, loan = await hold_to_decide(actor, loan_id)
        row = await LoanRestructuring.get_or_none(loan_id=loan_id, state=RestructuringState.PROPOSED)
        if row is None:
            raise NotFound("restructuring")
        row.decided_by, row.decided_at = signed_in(actor), clock.now()
        row.state = RestructuringState.AGREED if is_agreed else RestructuringState.WITHDRAWN
        if is_agreed:
            if row.proposed_by == actor.account_id:
                raise OtherOfficer
            await _carry_out(loan, row, today_of(book))
            await outbox.record("loan.restructured", loan_id, told(loan))
        await row.save()
    return loan


async def _carry_out(loan: Loan, row: LoanRestructuring, today: date) -> None:
    """Spread what is owed anew. Interest that was earned and not paid is carried, never lent."""
    loan.state = after_event(loan.state, LoanEvent.RESTRUCTURE)
    owed, carried, entries = await _reckon(loan, today)
    terms = Terms(owed, row.months, row.rate_bp, loan.method, loan.multiple)
    rule = (await bounds_of(loan.cooperative_id, today)).rate_cap
    rate = require_within_cap(terms, rule)
    instalments = rest_after_restructuring(terms_of(loan), owed, row.months, row.rate_bp)
    loan.version += 1
    loan.lent, loan.months, loan.rate_bp = owed, row.months, row.rate_bp
    loan.effective_bp, loan.compounded_bp = rate.nominal_bp, rate.compounded_bp
    loan.rules = [one for one in loan.rules if one["name"] != rule.name] + [kept(rule)]
    await write_rows(loan, instalments, today, add_months(today, 1), today.day, carried)
    await charge_begun(loan, await in_force(loan.pk), today)
    loan.late_since, loan.reminded_after, loan.next_on = None, 0, today
    await loan.save()
    await ledger.post(entries, cause=Cause("loan.restructured", row.pk))


async def call_in(loan_id: UUID, today: date) -> Loan:
    """All that is owed of a running loan falls due today, as one due, and no savings are kept for it any more: its
    member leaves. Caller's transaction; locks the loan, then the ledger's accounts."""
    loan = await hold_loan(loan_id)
    after_event(loan.state, LoanEvent.REPAY)
    await release(loan)
    owed, carried, entries = await _reckon(loan, today)
    loan.version += 1
    loan.lent, loan.months, loan.next_on = max(owed, 1), 1, today
    await write_rows(loan, [Instalment(owed, 0)], today, today, today.day, carried)
    await charge_begun(loan, await in_force(loan_id), today)
    await loan.save()
    await ledger.post(entries, cause=Cause("loan.called_in", uuid5(loan_id, f"called in:{loan.version}")))
    return loan


async def _reckon(loan: Loan, today: date) -> tuple[int, int, list[Entry]]:
    """Put what is not paid out of force; answers its principal, the interest earned on it, and entries."""
    old = [one for one in await followed(loan.pk) if one.owed > 0 or one.due_on > today]
    entries = earn_to(loan, old, today)
    owed, carried = principal_owed(old), interest_owed(old)
    if carried < 0:  # paid ahead: it pays principal instead
        entries += posting.paid_ahead(loan.cooperative_id, loan.pk, -carried)
        owed, carried = owed + carried, 0
    await _close(old)
    return owed, carried, entries


async def _close(rows: list[LoanInstalment]) -> None:
    """Put them out of force; what was earned on them and not paid is carried elsewhere."""
    for row in rows:
        row.accrued = row.interest_paid
    await supersede(rows)


async def write_off_loan(actor: Actor, *, loan_id: UUID, motion_id: UUID, key: str) -> Loan:
    """A motion that the members' meeting adopted lets the loan go: out of what was set aside, the rest an expense.

    The motion names the loan by its number. Raises NotFound, Forbidden, OwnLoan, LoanWrongState, NotAdopted,
    MotionOfAnother.
    """
    async with transaction():
        _, loan = await hold_to_decide(actor, loan_id)
        if await once(signed_in(actor), "writeOffLoan", key, [loan_id, motion_id], loan_id) is not None:
            return loan
        loan.state = after_event(loan.state, LoanEvent.WRITE_OFF)
        motion = await adopted(motion_id, MotionKind.LOAN_WRITE_OFF, cooperative_id=loan.cooperative_id)
        if not names(f"{motion.title}\n{motion.text}", loan.number or ""):
            raise MotionOfAnother(number=loan.number)
        rows = [row for row in await followed(loan_id) if row.owed > 0]
        owed, interest = principal_owed(rows), interest_owed(rows)
        entries: list[Entry] = []
        if interest < 0:
            entries += posting.paid_ahead(loan.cooperative_id, loan_id, -interest)
            owed, interest = owed + interest, 0
        await _close(rows)
        entries += posting.written_off(loan.cooperative_id, loan_id, owed, interest, loan.reserved)
        loan.written_off, loan.reserved, loan.motion_id = owed + interest, 0, motion_id
        loan.late_since, loan.next_on, loan.ended_at = None, None, clock.now()
        await loan.save()
        await release_guarantees(loan)
        await outbox.record("loan.written_off", loan_id, told(loan) | {"motion_id": str(motion_id)})
        await ledger.post(entries, cause=Cause("loan.written_off", loan_id))
    return loan
