"""A co-op's books: opened once, with a chart that it extends, and a threshold above which two officers agree."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.chart import NUMBER, Account, Chart, template_for
from cooperatives.books.lines import LINES, CashFlow, Line
from cooperatives.books.models import AccountingBook, ChartAccount
from cooperatives.books.periods import day_at
from cooperatives.books.texts import fits
from cooperatives.ledger.reading import require_reader
from cooperatives.membership.models import Cooperative, CooperativeKind
from marketplace import clock
from marketplace.database import locked_one, new_id, transaction
from marketplace.errors import Code, FieldFault, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, require, signed_in
from marketplace.identity.seconding import Awaiting, ask_second
from marketplace.money import LARGEST_RUPIAH
from marketplace.zones import zone_of

NAME_LENGTH = 120
MOST_ACCOUNTS = 1_000


class BooksNotOpen(MarketplaceError):
    """This co-op keeps no books here yet: an officer opens them with openBooks."""

    code = Code.WRONG_STATE
    pesan = "Koperasi ini belum membuka pembukuan di sini: pengurus membukanya dengan openBooks."


class BooksOpen(MarketplaceError):
    """The books of this co-op were opened already, on {day}."""

    code = Code.DUPLICATE
    pesan = "Pembukuan koperasi ini sudah dibuka pada {day}."


class AccountExists(MarketplaceError):
    """The chart already has an account {number}: choose another number."""

    code = Code.DUPLICATE
    pesan = "Bagan akun sudah punya akun {number}: pilih nomor lain."


class AccountInUse(MarketplaceError):
    """The books themselves post to {number}: it can be renamed, not retired."""

    code = Code.WRONG_STATE
    pesan = "Akun {number} dipakai oleh pembukuan sendiri: bisa diganti nama, tidak bisa ditutup."


async def open_books(
    actor: Actor,
    *,
    cooperative_id: UUID,
    opened_on: date,
    template: CooperativeKind | None = None,
    year_starts_month: int = 1,
    key: str,
) -> AccountingBook:
    """Begin to keep a co-op's books from that day on, with the chart for its kind. An officer.

    Raises NotFound, Forbidden, Invalid, BooksOpen.
    """
    account_id = signed_in(actor)
    require_reader(actor, cooperative_id)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    if not 1 <= year_starts_month <= 12:
        raise Invalid.field("yearStartsMonth", Code.OUT_OF_RANGE, "1 to 12", "1 sampai 12")
    asked = {"cooperative": cooperative_id, "on": opened_on, "template": template, "month": year_starts_month}
    async with transaction():
        if await once(account_id, "openBooks", key, asked, cooperative_id) is not None:
            return await AccountingBook.get(pk=cooperative_id)
        cooperative = await locked_one(Cooperative, cooperative_id)
        if cooperative is None:
            raise NotFound("cooperative")
        earlier = await AccountingBook.get_or_none(pk=cooperative_id)
        if earlier is not None:
            raise BooksOpen(day=earlier.opened_on)
        zone = zone_of(cooperative.region_code)
        today = day_at(clock.now(), ZoneInfo(zone))
        if not date(today.year - 10, 1, 1) <= opened_on <= today:
            raise Invalid.field(
                "openedOn", Code.OUT_OF_RANGE, "a day of the last ten years", "tanggal dalam sepuluh tahun terakhir"
            )
        kind = template or cooperative.kind
        book = await AccountingBook.create(
            id=cooperative_id,
            template=kind,
            time_zone=zone,
            opened_on=opened_on,
            opened_by=actor.account_id,
            year_starts_month=year_starts_month,
        )
        await ChartAccount.bulk_create(
            [
                ChartAccount(
                    cooperative_id=cooperative_id,
                    number=account.number,
                    name_id=account.name_id,
                    name_en=account.name_en,
                    line=account.line,
                    cash_flow=LINES[account.line].cash_flow,
                    purpose=account.purpose,
                    role=account.role,
                )
                for account in template_for(kind)
            ]
        )
        return book


async def hold_book(actor: Actor, cooperative_id: UUID) -> AccountingBook:
    """The book, locked, for an officer of its co-op. Raises Unauthenticated, NotFound, Forbidden, BooksNotOpen."""
    signed_in(actor)
    require_reader(actor, cooperative_id)
    require(actor, *OFFICERS, cooperative_id=cooperative_id)
    book = await locked_one(AccountingBook, cooperative_id)
    if book is None:
        raise BooksNotOpen
    return book


async def read_book(actor: Actor, cooperative_id: UUID) -> AccountingBook:
    """The book, for one who may read it. Raises NotFound, BooksNotOpen."""
    require_reader(actor, cooperative_id)
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    if book is None:
        raise BooksNotOpen
    return book


def today_in(book: AccountingBook) -> date:
    """Which day it is where the co-op is."""
    return day_at(clock.now(), ZoneInfo(book.time_zone))


async def chart_of(cooperative_id: UUID) -> Chart:
    """The co-op's chart. One statement."""
    rows = await ChartAccount.filter(cooperative_id=cooperative_id)
    return Chart(cooperative_id, [row.as_account() for row in rows])


async def add_account(
    actor: Actor,
    *,
    cooperative_id: UUID,
    number: str,
    name_id: str,
    name_en: str | None = None,
    line: Line,
    cash_flow: CashFlow | None = None,
    key: str,
) -> Account:
    """Add an account to the chart. An officer. Raises Invalid, AccountExists."""
    number, name_id = number.strip(), name_id.strip()
    name_en = (name_en or "").strip() or name_id
    _check_account(number, name_id, name_en)
    id = new_id()
    asked = {"book": cooperative_id, "number": number, "id": name_id, "en": name_en, "line": line, "flow": cash_flow}
    async with transaction():
        await hold_book(actor, cooperative_id)
        if (earlier := await once(signed_in(actor), "addAccount", key, asked, id)) is not None:
            return (await ChartAccount.get(pk=earlier)).as_account()
        chart = await chart_of(cooperative_id)
        if number in chart.by_number:
            raise AccountExists(number=number)
        if len(chart.accounts) >= MOST_ACCOUNTS:
            most = MOST_ACCOUNTS
            raise Invalid.field("number", Code.TOO_MANY, f"at most {most} accounts", f"paling banyak {most} akun")
        row = await ChartAccount.create(
            id=id,
            cooperative_id=cooperative_id,
            number=number,
            name_id=name_id,
            name_en=name_en,
            line=line,
            cash_flow=cash_flow or LINES[line].cash_flow,
        )
    return row.as_account()


def _check_account(number: str, name_id: str, name_en: str) -> None:
    faults = []
    if not NUMBER.fullmatch(number):
        like = "like 1-1203 or 1-1203.01", "seperti 1-1203 atau 1-1203.01"
        faults.append(FieldFault(("number",), Code.INVALID, *like))
    for field, name in (("nameId", name_id), ("nameEn", name_en)):
        if not fits(name, 1, NAME_LENGTH):
            faults.append(FieldFault((field,), Code.OUT_OF_RANGE, "1 to 120 characters", "1 sampai 120 karakter"))
    if faults:
        raise Invalid(faults=faults)


async def change_account(
    actor: Actor,
    *,
    account_id: UUID,
    name_id: str | None = None,
    name_en: str | None = None,
    is_retired: bool | None = None,
) -> Account:
    """Rename an account, retire it, or take it back. Its number and line stay: statements already printed name them.

    An officer. Raises NotFound, Invalid, AccountInUse.
    """
    seen = await ChartAccount.get_or_none(pk=account_id)
    if seen is None:
        raise NotFound("account")
    async with transaction():
        await hold_book(actor, seen.cooperative_id)
        row = await ChartAccount.get(pk=account_id)
        row.name_id = (name_id or row.name_id).strip()
        row.name_en = (name_en or row.name_en).strip()
        _check_account(row.number, row.name_id, row.name_en)
        account = row.as_account()
        if is_retired and (account.purpose or account.role):
            raise AccountInUse(number=row.number)
        if is_retired is not None:
            row.retired_at = clock.now() if is_retired else None
        await row.save()
    return row.as_account()


async def set_threshold(actor: Actor, *, cooperative_id: UUID, amount: int) -> AccountingBook:
    """Above which amount a voucher takes two officers. Lowered at once; raised when a second officer asks the same.

    Raises Invalid, Forbidden, BooksNotOpen.
    """
    if not 0 <= amount <= LARGEST_RUPIAH:
        raise Invalid.field("amount", Code.OUT_OF_RANGE, "zero or more rupiah", "nol rupiah atau lebih")
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        is_second = book.proposed_threshold == amount and book.threshold_proposed_by != actor.account_id
        if amount <= book.two_officers_above or is_second:
            book.two_officers_above = amount
            book.proposed_threshold = book.threshold_proposed_by = None
        else:
            by = signed_in(actor)
            if (book.proposed_threshold, book.threshold_proposed_by) != (amount, by):
                what = Awaiting.VOUCHER_THRESHOLD
                await ask_second(what, new_id(), cooperative_id=cooperative_id, by=by, amount=amount)
            book.proposed_threshold, book.threshold_proposed_by = amount, by
        await book.save()
    return book


async def accounts_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Account]:
    """The accounts with these ids. One statement."""
    return {row.pk: row.as_account() for row in await ChartAccount.filter(pk__in=list(ids))}


async def books_by_id(ids: Sequence[UUID]) -> Mapping[UUID, AccountingBook]:
    """The books of these co-ops, of those that opened them. One statement."""
    return {row.pk: row for row in await AccountingBook.filter(pk__in=list(ids))}
