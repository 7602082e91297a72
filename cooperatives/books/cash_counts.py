"""Cash counted in a box, note by note; what differs from the book is booked, with its explanation."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from cooperatives.books.balances import Opened, balance_on
from cooperatives.books.books import chart_of, hold_book, read_book
from cooperatives.books.chart import AccountRole, Chart
from cooperatives.books.lining import Line, VoucherKind
from cooperatives.books.models import AccountingBook, CashCount, ChartAccount, Voucher, VoucherSource
from cooperatives.books.texts import fits
from cooperatives.books.vouchers import enter
from marketplace.database import new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in
from marketplace.paging import Page, page_by_id

#: Bank Indonesia's notes and coins in use, in rupiah.
PIECES = (100_000, 75_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50)
MOST_PIECES = 1_000_000
EXPLANATION_LENGTH = 300


def counted(pieces: Mapping[int, int]) -> int:
    """What so many of each note and coin are worth. Raises Invalid."""
    wrong = [piece for piece, number in pieces.items() if piece not in PIECES or not 0 <= number <= MOST_PIECES]
    if wrong:
        told = ", ".join(map(str, wrong))
        raise Invalid.field("pieces", Code.INVALID, f"no such notes or numbers: {told}", f"pecahan salah: {told}")
    return sum(piece * number for piece, number in pieces.items())


async def record_cash_count(
    actor: Actor,
    *,
    account_id: UUID,
    counted_on: date,
    pieces: Mapping[int, int],
    explanation: str | None = None,
    key: str,
) -> CashCount:
    """Count a cash box at the end of a day. A difference is booked at once, or proposed above the threshold.

    Raises NotFound, Forbidden, BooksNotOpen, Invalid (no cash account, or a difference that nobody explains),
    MonthLocked.
    """
    amount, told = counted(pieces), (explanation or "").strip()
    if not fits(told, 0, EXPLANATION_LENGTH):
        raise Invalid.field(
            "explanation",
            Code.TOO_LONG,
            f"at most {EXPLANATION_LENGTH} characters",
            f"paling banyak {EXPLANATION_LENGTH} karakter",
        )
    row = await ChartAccount.get_or_none(pk=account_id)
    if row is None:
        raise NotFound("account")
    id = new_id()
    asked = [account_id, counted_on, sorted(pieces.items()), told]
    async with transaction():
        book = await hold_book(actor, row.cooperative_id)
        if (earlier := await once(signed_in(actor), "recordCashCount", key, asked, id)) is not None:
            return await CashCount.get(pk=earlier)
        if not row.as_account().is_cash:
            raise Invalid.field("accountId", Code.INVALID, "not a cash account", "bukan akun kas")
        chart = await chart_of(book.pk)
        expected = await balance_on(Opened(book, chart), account_id, counted_on)
        voucher = None
        if amount != expected:
            if not told:
                raise Invalid(faults=[_unexplained(amount - expected)])
            voucher = await _book(book, chart, account_id, counted_on, amount - expected, told, signed_in(actor))
        return await CashCount.create(
            id=id,
            cooperative_id=book.pk,
            account_id=account_id,
            counted_on=counted_on,
            pieces={str(piece): number for piece, number in pieces.items() if number},
            counted=amount,
            expected=expected,
            explanation=told or None,
            voucher_id=voucher.pk if voucher else None,
            counted_by=signed_in(actor),
        )


def _unexplained(difference: int) -> FieldFault:
    return FieldFault(
        ("explanation",),
        Code.REQUIRED,
        f"counted {difference:+d} against the book: say why, in 1 to {EXPLANATION_LENGTH} characters",
        f"hasil hitung selisih {difference:+d} dari buku: jelaskan dalam 1 sampai {EXPLANATION_LENGTH} karakter",
    )


async def _book(
    book: AccountingBook, chart: Chart, cash_id: UUID, day: date, difference: int, told: str, by: UUID
) -> Voucher:
    is_over = difference > 0
    other = chart.with_role(AccountRole.CASH_OVER if is_over else AccountRole.CASH_SHORT)
    sides = (cash_id, other.id) if is_over else (other.id, cash_id)
    voucher = Voucher(
        cooperative_id=book.pk,
        kind=VoucherKind.CASH_IN if is_over else VoucherKind.CASH_OUT,
        source=VoucherSource.CASH_COUNT,
        booked_on=day,
        description=f"Selisih penghitungan kas: {told}"[:300],
        proposed_by=by,
    )
    amount = abs(difference)
    return await enter(book, chart, voucher, [Line(sides[0], debit=amount), Line(sides[1], credit=amount)])


async def list_counts(actor: Actor, cooperative_id: UUID, *, first: int, after: str | None) -> Page[CashCount]:
    """The co-op's cash counts, newest first, for those who may read its book."""
    await read_book(actor, cooperative_id)
    return await page_by_id(CashCount.filter(cooperative_id=cooperative_id), first=first, after=after)
