"""Vouchers: recorded by an officer, approved, numbered within their month and posted as one compound.

Locks: the book's row, then the ledger's accounts. A voucher above the book's threshold waits for a second
officer; below it one officer's word posts it at once. A posted voucher is never changed: it is reversed.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cooperatives.books.books import chart_of, hold_book, today_in
from cooperatives.books.chart import Chart
from cooperatives.books.lining import Line, VoucherKind, faults, total
from cooperatives.books.models import (
    AccountingBook,
    Voucher,
    VoucherLine,
    VoucherSource,
    VoucherState,
)
from cooperatives.books.texts import fits
from cooperatives.books.voucher_posting import DESCRIPTION_LENGTH, mirrored, post_voucher, undo, write_lines
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.identity.seconding import Awaiting, ask_second

PARTY_LENGTH, REFERENCE_LENGTH, REASON_LENGTH, REVERSAL_LENGTH = 120, 60, 300, 200
#: Of these a line may move cash in a memorial: they set balances, they don't tell of a receipt or payment.
FREE = frozenset({VoucherSource.OPENING, VoucherSource.REVERSAL, VoucherSource.CASH_COUNT})


class MonthLocked(MarketplaceError):
    """The books are locked through {day}: date it later, or reverse what is there in an open month."""

    code = Code.PERIOD_LOCKED
    pesan = "Pembukuan terkunci sampai {day}: pakai tanggal sesudahnya, atau buat jurnal balik di bulan terbuka."


class VoucherWrongState(MarketplaceError):
    """This voucher is {state}: that can't be done with it."""

    code = Code.WRONG_STATE
    pesan = "Bukti ini berstatus {state}: tidak bisa dilakukan."


class NeedsAnotherOfficer(MarketplaceError):
    """You approved this voucher already: above the threshold it takes another officer."""

    code = Code.NEEDS_TWO_OFFICERS
    pesan = "Anda sudah menyetujui bukti ini: di atas ambang perlu pengurus lain."


class AlreadyReversed(MarketplaceError):
    """This voucher was already reversed."""

    code = Code.DUPLICATE
    pesan = "Bukti ini sudah dijurnal balik."


async def record_voucher(
    actor: Actor,
    *,
    cooperative_id: UUID,
    kind: VoucherKind,
    booked_on: date,
    description: str,
    lines: Sequence[Line],
    party: str | None = None,
    reference: str | None = None,
    is_reversed_next_month: bool = False,
    key: str,
) -> Voucher:
    """Record a voucher. Posted at once when one officer's word is enough, else PROPOSED.

    `is_reversed_next_month` makes an accrual: it is taken back on the first day of the next month.
    Raises NotFound, Forbidden, BooksNotOpen, Invalid, MonthLocked.
    """
    id = new_id()
    asked = [cooperative_id, kind, booked_on, description, list(lines), party, reference, is_reversed_next_month]
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        if (earlier := await once(signed_in(actor), "recordVoucher", key, asked, id)) is not None:
            return await Voucher.get(pk=earlier)
        voucher = Voucher(
            id=id,
            cooperative_id=cooperative_id,
            kind=kind,
            booked_on=booked_on,
            description=description.strip(),
            party=(party or "").strip() or None,
            reference=(reference or "").strip() or None,
            is_reversed_next_month=is_reversed_next_month,
            proposed_by=actor.account_id,
        )
        return await enter(book, await chart_of(cooperative_id), voucher, lines)


async def enter(book: AccountingBook, chart: Chart, voucher: Voucher, lines: Sequence[Line]) -> Voucher:
    """Check a new voucher, write it, and post it when its proposer's word is enough. Book locked."""
    _check_texts(voucher)
    _check_day(book, voucher)
    is_free = voucher.source in FREE
    if wrong := faults(voucher.kind, lines, chart.by_id, is_free=is_free):
        raise Invalid(faults=wrong)
    if voucher.is_reversed_next_month and voucher.kind is not VoucherKind.MEMORIAL:
        raise Invalid.field(
            "reversedNextMonth", Code.INVALID, "only a MEMORIAL accrues", "hanya memorial yang bisa akrual"
        )
    voucher.total = total(lines)
    voucher.approved_by = voucher.proposed_by
    await voucher.save(force_create=True)
    await write_lines(voucher.pk, lines)
    if voucher.proposed_by is not None and voucher.total <= book.two_officers_above:
        await post_voucher(book, chart, voucher, lines)
    else:
        by, id = voucher.proposed_by, voucher.cooperative_id
        await ask_second(Awaiting.VOUCHER, voucher.pk, cooperative_id=id, by=by, amount=voucher.total)
    return voucher


def _check_texts(voucher: Voucher) -> None:
    rules = [
        ("description", voucher.description, 1, DESCRIPTION_LENGTH),
        ("party", voucher.party, 1, PARTY_LENGTH),
        ("reference", voucher.reference, 1, REFERENCE_LENGTH),
    ]
    found = [
        FieldFault((name,), Code.OUT_OF_RANGE, f"{least} to {most} characters", f"{least} sampai {most} karakter")
        for name, text, least, most in rules
        if text is not None and not fits(text, least, most)
    ]
    if found:
        raise Invalid(faults=found)


def _check_day(book: AccountingBook, voucher: Voucher) -> None:
    day, today = voucher.booked_on, today_in(book)
    if voucher.source is not VoucherSource.OPENING and day < book.opened_on:
        raise Invalid.field(
            "bookedOn",
            Code.OUT_OF_RANGE,
            f"the books begin on {book.opened_on}",
            f"pembukuan dimulai {book.opened_on}",
        )
    if voucher.source is not VoucherSource.ACCRUAL_REVERSAL and day > today:
        raise Invalid.field("bookedOn", Code.OUT_OF_RANGE, f"at the latest today, {today}", f"paling lambat {today}")
    require_open(book, day)


def require_open(book: AccountingBook, day: date) -> None:
    """Go on when the day's month is not locked. Raises MonthLocked."""
    if book.locked_through is not None and day <= book.locked_through:
        raise MonthLocked(day=book.locked_through)


async def approve_voucher(actor: Actor, *, voucher_id: UUID, key: str) -> Voucher:
    """An officer's word for a proposed voucher; the last one that it takes posts it.

    Raises NotFound, Forbidden, VoucherWrongState, NeedsAnotherOfficer, MonthLocked.
    """
    async with transaction():
        book, voucher = await _hold(actor, voucher_id)
        if await once(signed_in(actor), "approveVoucher", key, {"voucher": voucher_id}, voucher_id) is not None:
            return voucher
        if voucher.state is not VoucherState.PROPOSED:
            raise VoucherWrongState(state=voucher.state.value)
        if voucher.approved_by is None:
            voucher.approved_by = actor.account_id
        elif voucher.total > book.two_officers_above:
            if voucher.approved_by == actor.account_id:
                raise NeedsAnotherOfficer
            voucher.second_approved_by = actor.account_id
        is_enough = voucher.total <= book.two_officers_above or voucher.second_approved_by is not None
        if not is_enough:
            await voucher.save(update_fields=["approved_by"])
            return voucher
        require_open(book, voucher.booked_on)
        chart = await chart_of(voucher.cooperative_id)
        lines = await lines_of(voucher.pk)
        if wrong := faults(voucher.kind, lines, chart.by_id, is_free=voucher.source in FREE):
            raise Invalid(faults=wrong)  # an account was retired meanwhile
        await post_voucher(book, chart, voucher, lines)
        return voucher


async def refuse_voucher(actor: Actor, *, voucher_id: UUID, reason: str) -> Voucher:
    """Turn a proposed voucher down, or take one's own back; it keeps no number. Raises Invalid, VoucherWrongState."""
    reason = reason.strip()
    if not fits(reason, 1, REASON_LENGTH):
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 300 characters", "1 sampai 300 karakter")
    async with transaction():
        _, voucher = await _hold(actor, voucher_id)
        if voucher.state is VoucherState.REFUSED:
            return voucher
        if voucher.state is not VoucherState.PROPOSED:
            raise VoucherWrongState(state=voucher.state.value)
        voucher.state, voucher.refused_by, voucher.reason = VoucherState.REFUSED, actor.account_id, reason
        voucher.reverses_id = None  # what it would have reversed can be reversed anew
        await undo(voucher_id)
        await voucher.save()
        return voucher


async def reverse_voucher(actor: Actor, *, voucher_id: UUID, booked_on: date, reason: str, key: str) -> Voucher:
    """Take a posted voucher back by its mirror, dated in an open month; both stay.

    Raises NotFound, Invalid, VoucherWrongState, AlreadyReversed, MonthLocked.
    """
    if not fits(reason.strip(), 1, REVERSAL_LENGTH):
        raise Invalid.field("reason", Code.OUT_OF_RANGE, "1 to 200 characters", "1 sampai 200 karakter")
    id = new_id()
    asked = {"voucher": voucher_id, "on": booked_on, "reason": reason}
    async with transaction():
        book, voucher = await _hold(actor, voucher_id)
        if (earlier := await once(signed_in(actor), "reverseVoucher", key, asked, id)) is not None:
            return await Voucher.get(pk=earlier)
        if voucher.state is not VoucherState.POSTED:
            raise VoucherWrongState(state=voucher.state.value)
        if await Voucher.exists(reverses_id=voucher_id):
            raise AlreadyReversed
        if booked_on < voucher.booked_on:
            raise Invalid.field(
                "bookedOn",
                Code.OUT_OF_RANGE,
                f"not before the voucher itself, {voucher.booked_on}",
                f"tidak sebelum tanggal bukti itu, {voucher.booked_on}",
            )
        # Opening balances are taken back where they stand, before the first day booked here.
        is_opening = voucher.source is VoucherSource.OPENING
        mirror = Voucher(
            id=id,
            cooperative_id=voucher.cooperative_id,
            kind=voucher.kind,
            source=VoucherSource.OPENING if is_opening else VoucherSource.REVERSAL,
            booked_on=voucher.booked_on if is_opening else booked_on,
            description=f"Jurnal balik {voucher.number}: {reason.strip()}"[:DESCRIPTION_LENGTH],
            party=voucher.party,
            reverses_id=voucher_id,
            proposed_by=actor.account_id,
        )
        chart = await chart_of(voucher.cooperative_id)
        return await enter(book, chart, mirror, mirrored(await lines_of(voucher_id)))


async def lines_of(voucher_id: UUID) -> list[Line]:
    """The voucher's lines, in their order."""
    rows = await VoucherLine.filter(voucher_id=voucher_id).order_by("ordinal")
    return [Line(row.account_id, row.debit, row.credit, row.memo) for row in rows]


async def _hold(actor: Actor, voucher_id: UUID) -> tuple[AccountingBook, Voucher]:
    """The voucher's book and the voucher, locked in this order, for an officer."""
    seen = await Voucher.get_or_none(pk=voucher_id)
    if seen is None:
        raise NotFound("voucher")
    book = await hold_book(actor, seen.cooperative_id)
    voucher = await locked_one(Voucher, voucher_id)
    assert voucher is not None  # never removed
    return book, voucher
