"""What the co-op itself borrows, from LPDB, a bank or another co-op: booked by two officers, paid back by schedule.

What members owe of it, where products lend it on, is in `on_lending`. Locks: the book, the borrowing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.periods import add_months
from cooperatives.books.texts import fits
from cooperatives.ledger import service as ledger
from cooperatives.ledger.accounts import AccountRef, Cause, Entry, Purpose
from cooperatives.ledger.compounds import Compound
from cooperatives.loans.access import READERS, OtherOfficer, hold_book, today_at, today_of
from cooperatives.loans.borrowing_interest import accrue, accrued_by_instalment, interest_of
from cooperatives.loans.kinds import BorrowingState, Lender
from cooperatives.loans.models import Borrowing, BorrowingInstalment
from cooperatives.loans.products import LONGEST_MONTHS
from cooperatives.loans.rates import effective_rate
from cooperatives.loans.schedules import Method, Terms, due_days, schedule
from marketplace import clock
from marketplace.batches import lists_by
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import with_points
from marketplace.paging import Page, page_by_id

LARGEST = 1_000_000_000_000
NAME_LENGTH, REFERENCE_LENGTH = 120, 60
HIGHEST_RATE_BP, LARGEST_MULTIPLE = 10_000, 1_000_000


class BorrowingWrongState(MarketplaceError):
    """This borrowing is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Pinjaman koperasi ini berstatus {state}: tidak bisa dilakukan."


def _between(least: int, most: int, of: str = "") -> tuple[str, str]:
    return f"{least} to {most:,}{of}", f"{least} sampai {with_points(most)}{of}"


def _characters(most: int) -> tuple[str, str]:
    return f"1 to {most} characters", f"1 sampai {most} huruf"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the co-op agreed with its lender: rupiah, months, basis points a year."""

    lender: Lender
    lender_name: str
    reference: str
    amount: int
    months: int
    rate_bp: int
    method: Method
    received_on: date
    multiple: int = 1
    first_drawn: int | None = None  # what of the amount came in on `received_on`; None: all

    @property
    def came_in(self) -> int:
        return self.amount if self.first_drawn is None else self.first_drawn

    def check(self, today: date) -> None:
        """Raises Invalid."""
        rules = [
            (fits(self.lender_name.strip(), 1, NAME_LENGTH), "lenderName", _characters(NAME_LENGTH)),
            (fits(self.reference.strip(), 1, REFERENCE_LENGTH), "reference", _characters(REFERENCE_LENGTH)),
            (0 < self.amount <= LARGEST, "amount", _between(1, LARGEST, " rupiah")),
            (0 < self.came_in <= self.amount, "firstDrawn", ("1 to the amount", "1 sampai jumlah pinjaman")),
            (0 < self.months <= LONGEST_MONTHS, "months", _between(1, LONGEST_MONTHS)),
            (0 <= self.rate_bp <= HIGHEST_RATE_BP, "rateBp", _between(0, HIGHEST_RATE_BP)),
            (1 <= self.multiple <= LARGEST_MULTIPLE, "multiple", _between(1, LARGEST_MULTIPLE, " rupiah")),
            (
                add_months(today, -LONGEST_MONTHS) <= self.received_on <= today,
                "receivedOn",
                ("a day of the last ten years, until today", "hari dalam sepuluh tahun terakhir, sampai hari ini"),
            ),
        ]
        faults = [FieldFault((name,), Code.OUT_OF_RANGE, *said) for holds, name, said in rules if not holds]
        if faults:
            raise Invalid(faults=faults)


async def record_borrowing(actor: Actor, *, cooperative_id: UUID, contract: Contract, key: str) -> Borrowing:
    """Record what the co-op borrowed; nothing is booked until another officer agrees.

    Raises Forbidden, BooksNotOpen, Invalid.
    """
    id, by = new_id(), signed_in(actor)
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        if (earlier := await once(by, "recordBorrowing", key, [cooperative_id, contract], id)) is not None:
            return await Borrowing.get(pk=earlier)
        contract.check(today_of(book))
        terms = Terms(contract.came_in, contract.months, contract.rate_bp, contract.method, contract.multiple)
        row = await Borrowing.create(
            id=id,
            cooperative_id=cooperative_id,
            lender=contract.lender,
            lender_name=contract.lender_name.strip(),
            reference=contract.reference.strip(),
            amount=contract.amount,
            first_drawn=None if contract.came_in == contract.amount else contract.came_in,
            months=contract.months,
            rate_bp=contract.rate_bp,
            method=contract.method,
            multiple=contract.multiple,
            effective_bp=effective_rate(terms).nominal_bp,
            received_on=contract.received_on,
            proposed_by=by,
        )
        days = due_days(add_months(row.received_on, 1), row.months, row.received_on.day)
        await BorrowingInstalment.bulk_create(
            [
                BorrowingInstalment(
                    borrowing_id=id, ordinal=n, due_on=day, principal=one.principal, interest=one.interest
                )
                for n, (one, day) in enumerate(zip(schedule(terms), days, strict=True), start=1)
            ]
        )
        await ask_second(Awaiting.BORROWING, id, cooperative_id=cooperative_id, by=by, amount=row.came_first)
    return row


async def answer_borrowing(actor: Actor, *, borrowing_id: UUID, is_agreed: bool) -> Borrowing:
    """Another officer agrees, and the money is booked as received at the bank; or any withdraws the record.

    Raises NotFound, Forbidden, OtherOfficer, BorrowingWrongState.
    """
    async with transaction():
        row = await hold_borrowing(actor, borrowing_id)
        coming = BorrowingState.RUNNING if is_agreed else BorrowingState.WITHDRAWN
        if row.state is coming:
            return row
        if row.state is not BorrowingState.PROPOSED:
            raise BorrowingWrongState(state=row.state.value)
        if is_agreed and row.proposed_by == actor.account_id:
            raise OtherOfficer
        row.state, row.agreed_by, row.agreed_at = coming, signed_in(actor), clock.now()
        await row.save()
        if is_agreed:
            book = row.cooperative_id
            entry = Entry(AccountRef(book, Purpose.BANK), owed_of(row), row.came_first, "borrowing.received")
            await ledger.post([entry], cause=Cause("borrowing.received", borrowing_id))
    return row


async def pay_borrowing(
    actor: Actor, *, borrowing_id: UUID, paid_on: date, bank_reference: str, key: str
) -> Borrowing:
    """Book the next instalment as paid from the bank. Its amount is the schedule's, agreed to by two.

    Raises NotFound, Forbidden, Invalid, BorrowingWrongState.
    """
    bank_reference, by = bank_reference.strip(), signed_in(actor)
    async with transaction():
        row = await hold_borrowing(actor, borrowing_id)
        if await once(by, "payBorrowing", key, [borrowing_id, paid_on, bank_reference], borrowing_id) is not None:
            return row
        if row.state is not BorrowingState.RUNNING:
            raise BorrowingWrongState(state=row.state.value)
        if not fits(bank_reference, 1, REFERENCE_LENGTH):
            raise Invalid.field("bankReference", Code.REQUIRED, "1 to 60 characters", "1 sampai 60 karakter")
        today = await today_at(row.cooperative_id)
        if not row.received_on <= paid_on <= today:
            raise Invalid.field("paidOn", Code.OUT_OF_RANGE, "a day until today", "tanggal sampai hari ini")
        open_ones = await BorrowingInstalment.filter(borrowing_id=borrowing_id, paid_on=None).order_by("ordinal")
        one = open_ones[0]
        one.paid_on, one.paid_by, one.bank_reference = paid_on, by, bank_reference
        await one.save()
        if len(open_ones) == 1:
            row.state, row.ended_at = BorrowingState.REPAID, clock.now()
            await row.save(update_fields=["state", "ended_at"])
        posted = (await accrued_by_instalment([one.pk]))[one.pk]
        rest = await accrue(row, one, one.interest - posted, today)
        bank = AccountRef(row.cooperative_id, Purpose.BANK)
        paid = (
            Entry(owed_of(row), bank, one.principal, "borrowing.paid"),
            Entry(interest_of(row), bank, one.interest, "borrowing.interest_paid"),
        )
        await ledger.post_batch([*rest, Compound(Cause("borrowing.paid", one.pk), paid)])
    return row


def owed_of(row: Borrowing) -> AccountRef:
    """What the co-op owes of it."""
    return AccountRef(row.cooperative_id, Purpose.BORROWED, row.pk)


async def hold_borrowing(actor: Actor, borrowing_id: UUID) -> Borrowing:
    """It, locked, for one who lends. Raises Unauthenticated, NotFound, Forbidden, BooksNotOpen."""
    seen = await Borrowing.get_or_none(pk=borrowing_id)
    if seen is None or not actor.holds(*READERS, cooperative_id=seen.cooperative_id):
        signed_in(actor)
        raise NotFound("borrowing")
    await hold_book(actor, seen.cooperative_id)
    row = await locked_one(Borrowing, borrowing_id)
    assert row is not None  # never removed
    return row


async def list_borrowings(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[Borrowing]:
    """What the co-op borrowed, newest first, for those who lend and the pengawas. Raises Forbidden."""
    require(actor, *READERS, cooperative_id=cooperative_id)
    return await page_by_id(Borrowing.filter(cooperative_id=cooperative_id), first=first, after=after)


async def instalments_by_borrowing(ids: Sequence[UUID]) -> Mapping[UUID, list[BorrowingInstalment]]:
    """Of each what is paid back when. One statement."""
    return await lists_by(BorrowingInstalment, "borrowing_id", ids, order="ordinal")


def outstanding(row: Borrowing, instalments: Sequence[BorrowingInstalment]) -> int:
    """What the co-op still owes of it, in rupiah; nothing before it came in and after it was paid back."""
    if row.state is not BorrowingState.RUNNING:
        return 0
    return sum(one.principal for one in instalments if one.paid_on is None)
