"""The money goes out: the loan gets its number and its instalments, and the first is charged.

Locks: the book, the loan, then the ledger's accounts.
"""

from datetime import date
from uuid import UUID

from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import add_months
from cooperatives.books.texts import fits
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import Cause
from cooperatives.ledger.compounds import Compound
from cooperatives.loans import posting
from cooperatives.loans.access import book_of, hold_loan, hold_to_decide, require_unconcerned, today_of
from cooperatives.loans.applying import PaysUnits, told
from cooperatives.loans.bounds import bounds_of
from cooperatives.loans.deciding import note_related, require_related_bound
from cooperatives.loans.instalments import charge_begun, in_force, terms_of, write_rows
from cooperatives.loans.kinds import MoneyWay
from cooperatives.loans.lifecycle import LoanEvent, after_event
from cooperatives.loans.models import Loan, LoanProduct
from cooperatives.loans.schedules import schedule
from marketplace import clock, outbox
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import Actor, Role, signed_in

REFERENCE_LENGTH = 60


async def disburse_loan(actor: Actor, *, loan_id: UUID, way: MoneyWay, reference: str | None, key: str) -> Loan:
    """Give the money of an approved loan: at the counter, by the bank, or to what the co-op owes the driver.

    What was added to a driver's earnings he has paid out like them, by a payout. `reference` is that of the receipt
    or of the bank. Raises NotFound, Forbidden, OwnLoan, LoanWrongState, PaysUnits, Invalid, AgainstTheLaw.
    """
    async with transaction():
        book, loan = await hold_to_decide(actor, loan_id)
        by, reference = signed_in(actor), checked_reference(way, reference)
        if await once(by, "disburseLoan", key, [loan_id, way, reference], loan_id) is not None:
            return loan
        after_event(loan.state, LoanEvent.DISBURSE)
        if (await LoanProduct.get(pk=loan.product_id)).finances_purchases:
            raise PaysUnits
        await _require_driver(loan, way)
        await _give_out(book, loan, way, reference, by)
        source = posting.money_of(loan.cooperative_id, way, loan.account_id)
        entries = posting.disbursed(loan.cooperative_id, loan_id, source, loan.amount)
        await ledger.post(entries, cause=Cause("loan.disbursed", loan_id))
    return loan


async def pay_unit(actor: Actor, *, loan_id: UUID, unit_id: UUID) -> Compound:
    """An approved loan pays a unit of its co-op, which sells to the borrower in this same transaction and posts what
    is answered. The caller has authorised who sells; nobody does for himself. Locks the book, the loan.

    Raises NotFound, OwnLoan, LoanWrongState, AgainstTheLaw, BooksNotOpen.
    """
    by, known = signed_in(actor), await Loan.get_or_none(pk=loan_id)
    if known is None:
        raise NotFound("loan")
    book = await book_of(known.cooperative_id)
    loan = await hold_loan(loan_id)
    await require_unconcerned(actor, loan)
    await _give_out(book, loan, MoneyWay.UNIT, None, by)
    entries = posting.disbursed(book.pk, loan_id, posting.current_of(book.pk, unit_id), loan.amount)
    return Compound(Cause("loan.disbursed", loan_id), tuple(entries))


async def _give_out(book: AccountingBook, loan: Loan, way: MoneyWay, reference: str | None, by: UUID) -> None:
    """The locked loan gets its number and its instalments, the first of them charged.

    Raises LoanWrongState, AgainstTheLaw.
    """
    loan.state = after_event(loan.state, LoanEvent.DISBURSE)
    await note_related(loan)
    today = today_of(book)
    if loan.is_related:
        await require_related_bound(await bounds_of(book.pk, today), book.pk, loan.amount, but=loan.pk)
    loan.number = await _number(book, today)
    loan.disbursed_at, loan.disbursed_on, loan.disbursed_by = clock.now(), today, by
    loan.way, loan.reference, loan.next_on = way, reference, today
    await loan.save()
    await write_rows(loan, schedule(terms_of(loan)), today, add_months(today, 1), today.day)
    await charge_begun(loan, await in_force(loan.pk), today)
    await outbox.record("loan.disbursed", loan.pk, told(loan))


def checked_reference(way: MoneyWay, reference: str | None) -> str | None:
    """The reference, trimmed: money that went by hand or bank has one. Raises Invalid."""
    text = (reference or "").strip()
    if way is MoneyWay.UNIT:
        raise Invalid.field("way", Code.INVALID, "CASH, TRANSFER or EARNINGS", "CASH, TRANSFER, atau EARNINGS")
    if way is MoneyWay.EARNINGS and not text:
        return None
    if not fits(text, 1, REFERENCE_LENGTH):
        raise Invalid.field(
            "reference",
            Code.REQUIRED if not text else Code.OUT_OF_RANGE,
            "the number of the receipt or transfer, 1 to 60 characters",
            "nomor kuitansi atau transfer, 1 sampai 60 karakter",
        )
    return text


async def _require_driver(loan: Loan, way: MoneyWay) -> None:
    """Only a driver of the co-op has earnings there. Raises Invalid."""
    if way is MoneyWay.EARNINGS and not await identity.holds_any(
        loan.account_id, {Role.DRIVER}, cooperative_id=loan.cooperative_id
    ):
        raise Invalid.field(
            "way",
            Code.INVALID,
            "the member is no driver of this co-op: give it in cash or by transfer",
            "anggota ini bukan pengemudi koperasi: berikan tunai atau lewat transfer",
        )


async def _number(book: AccountingBook, today: date) -> str:
    """The next of the year; the book's lock keeps two from taking the same."""
    series = f"PJ/{today.year}/"
    taken = await Loan.filter(cooperative_id=book.pk, number__startswith=series).count()
    return f"{series}{taken + 1:04}"
