"""A loan follows what its dues were paid; and what is paid before it falls due, whole or in part.

Locks: the loan, its dues, then the ledger's accounts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.periods import add_months
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause, Entry
from cooperatives.loans import posting
from cooperatives.loans.access import LENDERS, hold_loan, seen_loan, today_at
from cooperatives.loans.applying import told
from cooperatives.loans.disbursing import checked_reference
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
from cooperatives.loans.lifecycle import LoanEvent, after_event
from cooperatives.loans.models import Loan, LoanInstalment, LoanPayment
from cooperatives.loans.paying_off import AfterEarly, Period, interest_to_day, rest_after_early
from cooperatives.loans.schedules import schedule
from marketplace import outbox
from marketplace.database import new_id, transaction
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, Forbidden, require, signed_in
from marketplace.money import format_rupiah
from marketplace.outbox import OutboxEvent


class DueFirst(MarketplaceError):
    """{amount} of this loan is already due: pay that first, as a due."""

    code = Code.WRONG_STATE
    pesan = "{amount} dari pinjaman ini sudah jatuh tempo: bayar itu dahulu sebagai iuran."


class EarningsTooLow(MarketplaceError):
    """The co-op owes you {available} of your earnings: pay at most that, or in another way."""

    code = Code.LIMIT_EXCEEDED
    pesan = "Koperasi berutang {available} dari penghasilan Anda: bayar paling banyak itu, atau lewat cara lain."


async def follow_due(_: object, event: OutboxEvent) -> None:
    """A due was paid: the loan whose instalment it is follows. A handler of the outbox, idempotent."""
    if event.payload["cause_kind"] != posting.INSTALMENT:
        return
    row = await LoanInstalment.get_or_none(pk=UUID(str(event.payload["cause_id"])))
    if row is not None:
        await follow_loan(row.loan_id)


async def follow_loan(loan_id: UUID) -> Loan:
    """Bring a running loan to what its dues were paid, and end it when nothing is owed."""
    async with transaction():
        loan = await hold_loan(loan_id)
        if not loan.is_running:
            return loan
        rows = await followed(loan_id)
        entries = await settle(loan, rows, await today_at(loan.cooperative_id))
        await loan.save()
        await ledger.post(entries, cause=Cause("loan.repaid", loan_id))
    return loan


@dataclass(frozen=True, slots=True)
class Payoff:
    """What ends a loan today: `amount` rupiah, of it `principal`, and `interest` of the month under way.

    Interest below zero was paid ahead and is given back. `due` is what must be paid first, as dues.
    """

    due: int
    principal: int
    interest: int
    on: date

    @property
    def amount(self) -> int:
        return self.principal + self.interest


def payoff(loan: Loan, rows: list[LoanInstalment], today: date) -> Payoff:
    """What ends the loan today. Pure; `rows` are those in force."""
    if not loan.is_running:
        return Payoff(0, 0, 0, today)
    due = sum(row.owed for row in rows if row.due_on <= today)
    coming = [row for row in rows if row.due_on > today]
    if not coming:
        return Payoff(due, 0, 0, today)
    return Payoff(due, principal_owed(coming), earned_to(coming[0], today) + interest_owed(coming), today)


def earned_to(row: LoanInstalment, today: date) -> int:
    """What the instalment under way has earned until today, and is not yet booked as earned."""
    return interest_to_day(row.interest - row.accrued, Period(row.began_on, row.due_on, today))


def earn_to(loan: Loan, rows: Sequence[LoanInstalment], today: date) -> list[Entry]:
    """The interest of the month under way, to the day, and of all months that are over, is earned."""
    fresh = 0
    for row in rows:
        if row.began_on <= today:
            earned = row.interest - row.accrued if row.due_on <= today else earned_to(row, today)
            row.accrued += earned
            fresh += earned
    return posting.accrued(loan.cooperative_id, loan.pk, fresh)


async def repay_early(
    actor: Actor,
    *,
    loan_id: UUID,
    amount: int,
    way: MoneyWay,
    choice: AfterEarly,
    reference: str | None,
    key: str,
) -> Loan:
    """Pay before it falls due: all that `payoff` says, or a part, after which the rest is smaller or shorter.

    In cash or by transfer an officer writes it down; from his earnings the member pays himself.
    Raises NotFound, Forbidden, LoanWrongState, DueFirst, Invalid, EarningsTooLow.
    """
    by = signed_in(actor)
    seen = await seen_loan(actor, loan_id)
    if way is not MoneyWay.EARNINGS:
        require(actor, *LENDERS, cooperative_id=seen.cooperative_id)
    elif seen.account_id != by:
        raise Forbidden(needs="the member himself")
    reference, payment_id = checked_reference(way, reference), new_id()
    async with transaction():
        loan = await hold_loan(loan_id)
        asked = [loan_id, amount, way, choice, reference]
        if await once(by, "repayLoanEarly", key, asked, payment_id) is not None:
            return loan
        after_event(loan.state, LoanEvent.REPAY)
        today, rows = await today_at(loan.cooperative_id), await followed(loan_id)
        full = payoff(loan, rows, today)
        _check(full, amount)
        source = posting.money_of(loan.cooperative_id, way, loan.account_id)
        if way is MoneyWay.EARNINGS:
            available = (await ledger.locked_balance(source)).available
            if available < amount:
                raise EarningsTooLow(available=format_rupiah(max(available, 0)))
        payment = await LoanPayment.create(
            id=payment_id,
            loan_id=loan_id,
            principal=amount - full.interest,
            interest=full.interest,
            way=way,
            reference=reference,
            paid_on=today,
            taken_by=by,
        )
        entries = await _take(loan, rows, payment, choice, today)
        entries += posting.paid_early(loan.cooperative_id, loan_id, source, payment.principal, payment.interest)
        await loan.save()
        await outbox.record("loan.paid_early", loan_id, told(loan) | {"amount": amount})
        await ledger.post(entries, cause=Cause("loan.paid_early", payment_id))
    return loan


def _check(full: Payoff, amount: int) -> None:
    if full.due > 0:
        raise DueFirst(amount=format_rupiah(full.due))
    least = max(full.interest, 0) + 1
    if not least <= amount <= full.amount:
        raise Invalid.field(
            "amount",
            Code.OUT_OF_RANGE,
            f"{format_rupiah(least)} to {format_rupiah(full.amount)}",
            f"{format_rupiah(least)} sampai {format_rupiah(full.amount)}",
        )


async def _take(
    loan: Loan, rows: list[LoanInstalment], payment: LoanPayment, choice: AfterEarly, today: date
) -> list[Entry]:
    """Put the coming instalments out of force, and others in their place when something is left to pay."""
    coming = [row for row in rows if row.due_on > today]
    owed, due_on = owed_of(coming), coming[0].due_on
    month = Period(add_months(due_on, -1), due_on, today)
    fresh = earned_to(coming[0], today)
    coming[0].accrued += fresh
    entries = posting.accrued(loan.cooperative_id, loan.pk, fresh)
    left, day = sum(row.principal for row in owed) - payment.principal, coming[-1].due_on.day
    rest = rest_after_early(terms_of(loan), owed, payment.principal, month, choice) if left else None
    await supersede(coming)
    if rest is None:
        return entries + await settle(loan, [], today)
    loan.version += 1
    loan.lent, loan.months = rest.principal, rest.months
    await write_rows(loan, schedule(rest), today, due_on, day)
    written = await in_force(loan.pk)
    await charge_begun(loan, written, today)
    loan.next_on = today
    return entries
