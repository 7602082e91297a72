"""Sellers' declarations, and the posting of what a month withholds from them.

It is withheld once the month is over, where the tax office has designated the node: what the co-op owes the seller
goes to the tax payable, from which an ordinary voucher pays it in. Withheld again it is corrected by what has changed
since.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from catalog.models import Seller
from cooperatives.books.books import chart_of, hold_book, today_in
from cooperatives.books.chart import AccountRole
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import add_months, month_of
from cooperatives.books.texts import fits
from cooperatives.ledger.service import AccountRef, Entry, Purpose, post
from marketplace.database import transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.idempotency import once
from marketplace.identity.actor import OFFICERS, Actor, Role, require, signed_in
from marketplace.money import LARGEST_RUPIAH
from marketplace.taxes.models import SellerTaxDeclaration
from marketplace.taxes.months import (
    FIRST_DAY,
    MOST_CORRECTIONS,
    SellerMonth,
    TaxMonth,
    causes,
    month_of_sellers,
    report,
    withholds_since,
)
from marketplace.taxes.taxpayers import require_individual

__all__ = [
    "MonthGoesOn",
    "NotDesignated",
    "TaxMonth",
    "TooManyCorrections",
    "declare_turnover",
    "end_declaration",
    "month_of_sellers",
    "withhold",
]

LETTER_LENGTH = 60
FIRST_YEAR = FIRST_DAY.year
#: So often a year's declaration may be given and taken back.
MOST_SPELLS = 24


class NotDesignated(MarketplaceError):
    """This node does not withhold in that month: it does from the month after LUMBUNG_TAX_DESIGNATED_SINCE."""

    code = Code.WRONG_STATE
    pesan = "Node ini belum memungut pajak pada bulan itu: mulai bulan sesudah LUMBUNG_TAX_DESIGNATED_SINCE."


class TooManyCorrections(MarketplaceError):
    """This month was corrected {most} times already: record a voucher instead."""

    code = Code.TOO_MANY
    pesan = "Bulan ini sudah dibetulkan {most} kali: catat dengan memorial."


class MonthGoesOn(MarketplaceError):
    """This month is not over yet: its tax is withheld afterwards."""

    code = Code.WRONG_STATE
    pesan = "Bulan ini belum berakhir: pajaknya dipungut sesudahnya."


async def declare_turnover(
    actor: Actor, *, cooperative_id: UUID, seller_id: UUID, year: int, letter: str | None = None
) -> SellerTaxDeclaration:
    """A seller's word that his turnover of a year stays within what is free: his own, or by an officer.

    It frees what is sold from today on. Said again it is the same; said after it ended, it holds anew. Raises
    NotFound, Forbidden, Invalid, OnlyIndividualsDeclare.
    """
    signed_in(actor)
    letter = (letter or "").strip() or None
    if letter is not None and not fits(letter, 1, LETTER_LENGTH):
        raise Invalid.field("letter", Code.TOO_LONG, "at most 60 characters", "paling banyak 60 karakter")
    async with transaction():
        book = await _book_for(actor, cooperative_id, seller_id)
        await require_individual(seller_id)
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
            spells = [*(row.earlier or []), [row.declared_on.isoformat(), row.ended_on.isoformat()]]
            if len(spells) > MOST_SPELLS:
                raise Invalid.field("year", Code.TOO_MANY, "declared too often", "terlalu sering dinyatakan")
            row.earlier, row.declared_on, row.ended_on, row.letter = spells, today, None, letter
            await row.save()
        return row


async def end_declaration(actor: Actor, *, cooperative_id: UUID, seller_id: UUID, year: int) -> SellerTaxDeclaration:
    """The declaration holds no more: what is sold from today on is taxed. Raises NotFound, Forbidden."""
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


async def withhold(
    actor: Actor, *, cooperative_id: UUID, month: date, designated_on: date | None, key: str
) -> TaxMonth:
    """Withhold a month's tax from what the co-op owes its sellers: an officer, once, when the month is over.

    Of a month that was withheld it posts the difference to what the orders say by now, either way: its correction.
    Raises NotFound, Forbidden, BooksNotOpen, NotDesignated, MonthGoesOn, TooManyCorrections.
    """
    month = month_of(month)
    async with transaction():
        book = await hold_book(actor, cooperative_id)
        asked = {"book": cooperative_id, "month": month}
        if await once(signed_in(actor), "withholdSellerTax", key, asked, cooperative_id) is not None:
            return await report(book, month, designated_on)
        since = withholds_since(designated_on)
        if since is None or month < since:
            raise NotDesignated
        if today_in(book) < add_months(month, 1):
            raise MonthGoesOn
        found = await report(book, month, designated_on)
        entries = await _entries(cooperative_id, found.lines)
        if entries:
            if found.postings > MOST_CORRECTIONS:
                raise TooManyCorrections(most=MOST_CORRECTIONS)
            await post(entries, cause=causes(cooperative_id, month)[found.postings])
        return await report(book, month, designated_on)


async def _entries(cooperative_id: UUID, lines: Sequence[SellerMonth]) -> list[Entry]:
    """What brings the books to the report: more from a seller, or back to him."""
    tax = (await chart_of(cooperative_id)).with_role(AccountRole.SELLER_TAX).ref(cooperative_id)
    entries = []
    for line in lines:
        seller = AccountRef(cooperative_id, Purpose.SELLER_PAYABLE, line.seller_id)
        missing = line.tax - line.withheld
        if missing > 0:
            entries.append(Entry(seller, tax, min(missing, LARGEST_RUPIAH), "tax.seller"))
        elif missing < 0:
            entries.append(Entry(tax, seller, -missing, "tax.seller_returned"))
    return entries
