"""Vouchers that come again every so many months: rent, wages, insurance."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from cooperatives.books.books import chart_of, hold_book, read_book, today_in
from cooperatives.books.lining import Line, VoucherKind, faults, total
from cooperatives.books.models import AccountingBook, RecurringVoucher, Voucher, VoucherSource
from cooperatives.books.periods import add_months, after, day_at, last_day, month_of
from cooperatives.books.texts import fits
from cooperatives.books.voucher_posting import DESCRIPTION_LENGTH
from cooperatives.books.vouchers import PARTY_LENGTH, enter
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity import service as identity
from marketplace.identity.actor import OFFICERS, Actor, signed_in
from marketplace.paging import Page, page_by_id

#: So many are carried out in one sweep.
BATCH = 100
LONGEST_PACE = 60
log = structlog.get_logger()


async def set_up_recurring(
    actor: Actor,
    *,
    cooperative_id: UUID,
    kind: VoucherKind,
    description: str,
    lines: Sequence[Line],
    every_months: int,
    first_on: date,
    until: date | None = None,
    party: str | None = None,
    key: str,
) -> RecurringVoucher:
    """Have a voucher recorded again every so many months, from `first_on` on, on that day of the month.

    Whoever sets it up gives an officer's word for each: up to the threshold they are posted by themselves.
    Raises Invalid, Forbidden, BooksNotOpen.
    """
    id, description = new_id(), description.strip()
    asked = [cooperative_id, kind, description, list(lines), every_months, first_on, until, party]
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        if (earlier := await once(signed_in(actor), "setUpRecurringVoucher", key, asked, id)) is not None:
            return await RecurringVoucher.get(pk=earlier)
        wrong = faults(kind, lines, (await chart_of(cooperative_id)).by_id, is_free=False)
        today = today_in(book)
        rules = [
            (fits(description, 1, DESCRIPTION_LENGTH), "description", ("1 to 300 characters", "1 sampai 300 huruf")),
            (fits(party or "", 0, PARTY_LENGTH), "party", ("at most 120 characters", "paling banyak 120 huruf")),
            (1 <= every_months <= LONGEST_PACE, "everyMonths", (f"1 to {LONGEST_PACE}", f"1 sampai {LONGEST_PACE}")),
            (first_on >= month_of(today), "firstOn", ("not before this month", "tidak sebelum bulan ini")),
            (until is None or until >= first_on, "until", ("not before the first", "tidak sebelum yang pertama")),
        ]
        wrong += [FieldFault((field,), Code.INVALID, *said) for holds, field, said in rules if not holds]
        if wrong:
            raise Invalid(faults=wrong)
        return await RecurringVoucher.create(
            id=id,
            cooperative_id=cooperative_id,
            kind=kind,
            description=description,
            party=(party or "").strip() or None,
            lines=[
                {"account": str(one.account_id), "debit": one.debit, "credit": one.credit, "memo": one.memo}
                for one in lines
            ],
            total=total(lines),
            every_months=every_months,
            day=first_on.day,
            next_on=first_on,
            until=until,
            set_by=signed_in(actor),
        )


async def stop_recurring(actor: Actor, *, recurring_id: UUID) -> RecurringVoucher:
    """Nothing comes of it any more. An officer. Raises NotFound, Forbidden."""
    seen = await RecurringVoucher.get_or_none(pk=recurring_id)
    if seen is None:
        raise NotFound("recurring voucher")
    async with transaction():
        await hold_book(actor, seen.cooperative_id)
        row = await RecurringVoucher.get(pk=recurring_id)
        if row.stopped_at is None:
            row.stopped_at = clock.now()
            await row.save(update_fields=["stopped_at"])
    return row


async def list_recurring(
    actor: Actor, cooperative_id: UUID, *, first: int, after: str | None
) -> Page[RecurringVoucher]:
    """What comes again, oldest first, the stopped ones too, for those who may read the book."""
    await read_book(actor, cooperative_id)
    found = RecurringVoucher.filter(cooperative_id=cooperative_id)
    return await page_by_id(found, first=first, after=after, newest_first=False)


async def sweep(_: object) -> int:
    """Record what is due, each in its own transaction. For the timetable; answers how many were recorded."""
    # The easternmost zone is nine hours ahead: what is due there is due.
    latest = day_at(clock.now(), ZoneInfo("Asia/Jayapura"))
    due = (
        await RecurringVoucher.filter(stopped_at__isnull=True, next_on__lte=latest)
        .order_by("next_on", "id")
        .limit(BATCH)
    )
    recorded = 0
    for row in due:
        try:
            recorded += await _carry_out(row.pk, row.cooperative_id)
        except MarketplaceError as refused:  # one book's trouble does not hold back the others'
            log.warning("recurring voucher not recorded", id=str(row.pk), why=refused.message("en"))
    return recorded


async def _carry_out(id: UUID, cooperative_id: UUID) -> int:
    async with transaction():
        book = await locked_one(AccountingBook, cooperative_id)
        row = await locked_one(RecurringVoucher, id)
        assert book is not None  # never removed, nor is what comes again
        assert row is not None
        today = today_in(book)
        if row.stopped_at is not None or row.next_on > today:
            return 0
        lines = [Line(UUID(one["account"]), one["debit"], one["credit"], one["memo"]) for one in row.lines]
        chart = await chart_of(cooperative_id)
        wrong = faults(row.kind, lines, chart.by_id, is_free=False)
        if wrong or (row.until is not None and row.next_on > row.until):
            if wrong:
                log.warning("recurring voucher stopped", id=str(id), why=wrong[0].message)
            row.stopped_at = clock.now()
            await row.save(update_fields=["stopped_at"])
            return 0
        is_officer = await identity.holds_any(row.set_by, OFFICERS, cooperative_id=cooperative_id)
        voucher = Voucher(
            cooperative_id=cooperative_id,
            kind=row.kind,
            source=VoucherSource.RECURRING,
            booked_on=_day_of(row, book),
            description=row.description,
            party=row.party,
            proposed_by=row.set_by if is_officer else None,
        )
        await enter(book, chart, voucher, lines)
        coming = add_months(month_of(row.next_on), row.every_months)
        row.next_on = coming.replace(day=min(row.day, last_day(coming).day))
        await row.save(update_fields=["next_on"])
        return 1


def _day_of(row: RecurringVoucher, book: AccountingBook) -> date:
    """Its day; the first open one when its month was locked while no worker ran."""
    if book.locked_through is not None and row.next_on <= book.locked_through:
        return after(book.locked_through)
    return row.next_on
