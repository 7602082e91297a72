"""Months are locked once they are over; afterwards what was wrong is reversed in an open month.

The marketplace posts as things happen, with the present moment, so that it never reaches into a month that is
over: only what is back-dated by hand can, and that is what the lock refuses.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books import movements
from cooperatives.books.balances import sides_of
from cooperatives.books.books import chart_of, hold_book, read_book
from cooperatives.books.models import (
    AccountingBook,
    BankLine,
    CashCount,
    ChartAccount,
    LockedMonth,
    MonthTotal,
    Voucher,
    VoucherState,
)
from cooperatives.books.periods import add_months, after, day_before, last_day, moment, month_of
from cooperatives.ledger.models import ChainLink
from marketplace import clock
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.idempotency import once
from marketplace.identity.actor import Actor, signed_in

#: A posting that began before midnight has ended by then.
GRACE = timedelta(hours=1)


class MonthNotOver(MarketplaceError):
    """This month is not over yet: it can be locked from one hour after its end."""

    code = Code.WRONG_STATE
    pesan = "Bulan ini belum berakhir: dapat dikunci satu jam setelah bulan berakhir."


class VouchersWaiting(MarketplaceError):
    """{count} vouchers up to {day} still wait for approval: approve or refuse them first."""

    code = Code.WRONG_STATE
    pesan = "{count} bukti sampai {day} masih menunggu persetujuan: setujui atau tolak dulu."


@dataclass(frozen=True, slots=True)
class Checklist:
    """What one looks at before a month is locked. Only waiting vouchers hold the lock back."""

    month: date
    waiting_vouchers: int
    unmatched_bank_lines: int
    uncounted_cash_accounts: tuple[str, ...]
    is_locked: bool


async def lock_month(actor: Actor, *, cooperative_id: UUID, month: date, key: str) -> AccountingBook:
    """Lock a month and all before it: an officer. What each account moved is written down, with the last seal.

    Locked again it stays as it is. Raises NotFound, Forbidden, BooksNotOpen, MonthNotOver, VouchersWaiting.
    """
    first = month_of(month)
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        asked = {"book": cooperative_id, "month": first}
        if await once(signed_in(actor), "lockMonth", key, asked, cooperative_id) is not None:
            return book
        last = last_day(first)
        if book.locked_through is not None and last <= book.locked_through:
            return book
        if last < month_of(book.opened_on):
            day = book.opened_on
            raise Invalid.field("month", Code.OUT_OF_RANGE, f"the books begin on {day}", f"pembukuan dimulai {day}")
        if clock.now() < moment(after(last), ZoneInfo(book.time_zone)) + GRACE:
            raise MonthNotOver
        waiting = await _waiting(cooperative_id, last)
        if waiting:
            raise VouchersWaiting(count=waiting, day=last)
        await _write_down(book, last, signed_in(actor))
        book.locked_through = last
        await book.save(update_fields=["locked_through"])
    return book


async def _waiting(cooperative_id: UUID, last: date) -> int:
    return await Voucher.filter(
        cooperative_id=cooperative_id, state=VoucherState.PROPOSED, booked_on__lte=last
    ).count()


async def _write_down(book: AccountingBook, last: date, account_id: UUID) -> None:
    """Each month not yet locked, from the evening before the books begin, with what its accounts moved."""
    chart = await chart_of(book.pk)
    begins = after(book.locked_through) if book.locked_through else day_before(book.opened_on)
    head = await ChainLink.filter(cooperative_id=book.pk).order_by("-seq").first()
    month = month_of(begins)
    while month <= last:
        sides = sides_of(chart, await movements.totals(book, month, last_day(month)))
        await LockedMonth.create(
            cooperative_id=book.pk,
            month=month,
            locked_by=account_id,
            chain_seq=head.seq if head else None,
            chain_hash=head.hash if head else None,
        )
        await MonthTotal.bulk_create(
            [
                MonthTotal(
                    cooperative_id=book.pk,
                    month=month,
                    account_id=id,
                    debits=sides.debits.get(id, 0),
                    credits=sides.credits.get(id, 0),
                )
                for id in {*sides.debits, *sides.credits}
            ]
        )
        month = add_months(month, 1)


async def checklist(actor: Actor, cooperative_id: UUID, month: date) -> Checklist:
    """What still stands open in a month."""
    book = await read_book(actor, cooperative_id)
    first, last = month_of(month), last_day(month_of(month))
    accounts = await ChartAccount.filter(cooperative_id=cooperative_id)
    cash = [row for row in accounts if row.as_account().is_cash and row.retired_at is None]
    counted = await CashCount.filter(
        cooperative_id=cooperative_id, counted_on__gte=first, counted_on__lte=last
    ).values_list("account_id", flat=True)
    of_cash = BankLine.filter(account_id__in=[row.pk for row in cash])
    with_statement = await of_cash.distinct().values_list("account_id", flat=True)
    seen = {UUID(str(id)) for id in [*counted, *with_statement]}
    return Checklist(
        month=first,
        waiting_vouchers=await _waiting(cooperative_id, last),
        unmatched_bank_lines=await of_cash.filter(booked_on__lte=last, match_id__isnull=True).count(),
        uncounted_cash_accounts=tuple(sorted(row.number for row in cash if row.pk not in seen)),
        is_locked=book.locked_through is not None and last <= book.locked_through,
    )
