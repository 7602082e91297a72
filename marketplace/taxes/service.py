"""Sellers' declarations, what each month withholds from them, and its posting.

The turnover is what was delivered in the month where the co-op is: goods and packing, less what went back to
buyers. It is withheld once the month is over, where the tax office has designated the node: what the co-op owes the
seller goes to the tax payable, from which an ordinary voucher pays it in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from catalog.models import Seller
from cooperatives.books.books import chart_of, hold_book, read_book, today_in
from cooperatives.books.chart import AccountRole
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import add_months, after, day_before, last_day, moment, month_of
from cooperatives.books.texts import fits
from cooperatives.ledger.models import Transfer
from cooperatives.ledger.service import AccountRef, Cause, Entry, Purpose, post
from marketplace import rules
from marketplace.database import connection, is_postgres, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import LARGEST_RUPIAH
from marketplace.taxes.due import Terms, withheld
from marketplace.taxes.models import SellerTaxDeclaration

LETTER_LENGTH = 60
#: PMK 37/2025 is in force since then.
FIRST_YEAR = 2025
WITHHELD = "seller_tax.withheld"


class NotDesignated(MarketplaceError):
    """This node is not designated to withhold in that month: LUMBUNG_TAX_DESIGNATED_SINCE says since when."""

    code = Code.WRONG_STATE
    pesan = "Node ini belum ditunjuk memungut pajak pada bulan itu: lihat LUMBUNG_TAX_DESIGNATED_SINCE."


class MonthGoesOn(MarketplaceError):
    """This month is not over yet: its tax is withheld afterwards."""

    code = Code.WRONG_STATE
    pesan = "Bulan ini belum berakhir: pajaknya dipungut sesudahnya."


@dataclass(frozen=True, slots=True)
class SellerMonth:
    """A seller's turnover of a month, that of the year before it, and what the month withholds."""

    seller_id: UUID
    name: str
    gross: int
    before: int
    is_declared: bool
    tax: int


@dataclass(frozen=True, slots=True)
class TaxMonth:
    """The monthly report: its sellers by name, whether it was withheld, and by which rule."""

    month: date
    lines: tuple[SellerMonth, ...]
    is_withheld: bool
    rule: rules.RuleValue

    @property
    def gross(self) -> int:
        return sum(line.gross for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)


async def declare_turnover(
    actor: Actor, *, cooperative_id: UUID, seller_id: UUID, year: int, letter: str | None = None
) -> SellerTaxDeclaration:
    """A seller's word that his turnover of a year stays within what is free: his own, or by an officer.

    Said again it is the same; said after it ended, it holds anew. Raises NotFound, Forbidden, Invalid.
    """
    signed_in(actor)
    letter = (letter or "").strip() or None
    if letter is not None and not fits(letter, 1, LETTER_LENGTH):
        raise Invalid.field("letter", Code.TOO_LONG, "at most 60 characters", "paling banyak 60 karakter")
    async with transaction():
        book = await _book_for(actor, cooperative_id, seller_id)
        today = today_in(book)
        if not FIRST_YEAR <= year <= today.year + 1:
            raise Invalid.field("year", Code.OUT_OF_RANGE, f"{FIRST_YEAR} to next year", f"{FIRST_YEAR} sampai depan")
        row = await SellerTaxDeclaration.get_or_none(cooperative_id=cooperative_id, seller_id=seller_id, year=year)
        if row is None:
            return await SellerTaxDeclaration.create(
                cooperative_id=cooperative_id,
                seller_id=seller_id,
                year=year,
                declared_on=today,
                letter=letter,
                recorded_by=signed_in(actor),
            )
        if row.ended_on is not None:
            row.declared_on, row.ended_on, row.letter = today, None, letter
            await row.save()
        return row


async def end_declaration(actor: Actor, *, cooperative_id: UUID, seller_id: UUID, year: int) -> SellerTaxDeclaration:
    """The declaration holds no more: what was not yet withheld from is taxed. Raises NotFound, Forbidden."""
    signed_in(actor)
    async with transaction():
        book = await _book_for(actor, cooperative_id, seller_id)
        row = await SellerTaxDeclaration.get_or_none(cooperative_id=cooperative_id, seller_id=seller_id, year=year)
        if row is None:
            raise NotFound("declaration")
        if row.ended_on is None:
            row.ended_on = today_in(book)
            await row.save(update_fields=["ended_on"])
        return row


async def _book_for(actor: Actor, cooperative_id: UUID, seller_id: UUID) -> AccountingBook:
    """The co-op's book, for its officer or the owner of one of its shops. Raises NotFound, Forbidden."""
    seller = await Seller.get_or_none(pk=seller_id, cooperative_id=cooperative_id)
    if seller is None:
        raise NotFound("seller")
    if not actor.holds(Role.SELLER_OWNER, seller_id=seller_id):
        require(actor, *OFFICERS, cooperative_id=cooperative_id, hide="seller")
    book = await AccountingBook.get_or_none(pk=cooperative_id)
    if book is None:
        raise NotFound("book")
    return book


async def month_of_sellers(actor: Actor, cooperative_id: UUID, month: date) -> TaxMonth:
    """The monthly report, for readers of the book. Raises NotFound, BooksNotOpen."""
    book = await read_book(actor, cooperative_id)
    return await _report(book, month_of(month))


async def _report(book: AccountingBook, month: date) -> TaxMonth:
    on = last_day(month)
    rule, free = rules.value_on("tax.seller_withheld", on), rules.value_on("tax.seller_exempt_yearly", on)
    terms = Terms(rule.value, free.value)
    sold = await _turnover(book, month, on)
    before = await _turnover(book, date(month.year, 1, 1), day_before(month)) if month.month > 1 else {}
    declared = {
        row.seller_id
        for row in await SellerTaxDeclaration.filter(cooperative_id=book.pk, year=month.year)
        if row.declared_on <= on and (row.ended_on is None or row.ended_on > on)
    }
    names = {row.pk: row.name for row in await Seller.filter(pk__in=list(sold)).only("id", "name")}
    lines = [
        SellerMonth(
            seller_id=id,
            name=names.get(id, str(id)),
            gross=gross,
            before=before.get(id, 0),
            is_declared=id in declared,
            tax=withheld(gross, before.get(id, 0), is_declared=id in declared, terms=terms),
        )
        for id, gross in sold.items()
        if gross
    ]
    is_withheld = await _is_withheld(book.pk, month)
    return TaxMonth(month, tuple(sorted(lines, key=lambda line: (line.name, line.seller_id))), is_withheld, rule)


async def _turnover(book: AccountingBook, first: date, last: date) -> Mapping[UUID, int]:
    """What each seller's delivered orders brought in these days, less what went back to buyers. One statement."""
    zone = ZoneInfo(book.time_zone)
    values: list[Any] = [book.pk, moment(first, zone), moment(after(last), zone)]
    marks = ["$1", "$2", "$3"]
    if not is_postgres():
        values, marks = [str(book.pk), *(value.isoformat(" ") for value in values[1:])], ["?"] * 3
    query = f"""
    SELECT seller_id, SUM(CASE WHEN refunded > goods + packing THEN 0 ELSE goods + packing - refunded END) AS gross
    FROM sub_order WHERE cooperative_id = {marks[0]} AND delivered_at >= {marks[1]} AND delivered_at < {marks[2]}
    GROUP BY seller_id
    """
    rows = await connection().execute_query_dict(query, values)
    return {UUID(str(row["seller_id"])): int(row["gross"]) for row in rows}


def _cause(cooperative_id: UUID, month: date) -> Cause:
    return Cause(WITHHELD, uuid5(cooperative_id, f"seller tax {month:%Y-%m}"))


async def _is_withheld(cooperative_id: UUID, month: date) -> bool:
    return await Transfer.exists(cause_kind=WITHHELD, cause_id=_cause(cooperative_id, month).id)


async def withhold(
    actor: Actor, *, cooperative_id: UUID, month: date, designated_since: date | None, key: str
) -> TaxMonth:
    """Withhold a month's tax from what the co-op owes its sellers: an officer, once, when the month is over.

    Raises NotFound, Forbidden, BooksNotOpen, NotDesignated, MonthGoesOn.
    """
    month = month_of(month)
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        asked = {"book": cooperative_id, "month": month}
        if await once(signed_in(actor), "withholdSellerTax", key, asked, cooperative_id) is not None:
            return await _report(book, month)
        if designated_since is None or last_day(month) < designated_since:
            raise NotDesignated
        if today_in(book) < add_months(month, 1):
            raise MonthGoesOn
        found = await _report(book, month)
        if not found.is_withheld:
            await post(await _entries(cooperative_id, found.lines), cause=_cause(cooperative_id, month))
        return await _report(book, month)


async def _entries(cooperative_id: UUID, lines: Sequence[SellerMonth]) -> list[Entry]:
    tax = (await chart_of(cooperative_id)).with_role(AccountRole.SELLER_TAX).ref(cooperative_id)
    return [
        Entry(AccountRef(cooperative_id, Purpose.SELLER_PAYABLE, line.seller_id), tax, line.tax, "tax.seller")
        for line in lines
        if 0 < line.tax <= LARGEST_RUPIAH
    ]
