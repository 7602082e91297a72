"""The monthly report of tax withheld from sellers: as the orders say by now, and as the books hold it.

The turnover is what was delivered in the month where the co-op is: goods and packing, less what went back to buyers
at the seller's cost, whenever it did. So a month that was withheld may differ from its books later: by the difference
it is corrected.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from catalog.models import Seller
from cooperatives.books.books import read_book
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import after, day_before, last_day, moment, month_of
from cooperatives.ledger.models import LedgerAccount, Transfer
from cooperatives.ledger.service import Cause, Purpose
from marketplace import rules
from marketplace.database import connection, is_postgres
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor
from marketplace.orders.models import SubOrder
from marketplace.orders.refunds import LiableParty
from marketplace.payments.models import Refund
from marketplace.taxes.due import Spell, Stretch, Terms, in_force_on, stretches_of, withheld_over
from marketplace.taxes.models import SellerTaxDeclaration, SellerTaxpayer, TaxpayerKind
from marketplace.taxes.taxpayers import certified

WITHHELD, CORRECTED = "seller_tax.withheld", "seller_tax.corrected"
#: PMK 37/2025 is in force since then.
FIRST_DAY = date(2025, 7, 14)
#: So often a month may be corrected.
MOST_CORRECTIONS = 50


@dataclass(frozen=True, slots=True)
class SellerMonth:
    """A seller's turnover of a month, that of the year before it, what is withheld, and what the books hold."""

    seller_id: UUID
    name: str
    gross: int
    before: int
    is_declared: bool  # on some day of the month
    tax: int
    withheld: int = 0
    is_certified: bool = False  # on some day of the month


@dataclass(frozen=True, slots=True)
class TaxMonth:
    """The monthly report: its sellers by name, how often it was posted (withheld, then corrected), by which rule."""

    month: date
    lines: tuple[SellerMonth, ...]
    postings: int
    rule: rules.RuleValue

    @property
    def is_withheld(self) -> bool:
        return self.postings > 0

    @property
    def gross(self) -> int:
        return sum(line.gross for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def withheld(self) -> int:
        return sum(line.withheld for line in self.lines)

    @property
    def to_correct(self) -> int:
        """What the books hold too little (below zero: too much) of a month that was withheld."""
        return self.tax - self.withheld if self.is_withheld else 0


async def month_of_sellers(
    actor: Actor, cooperative_id: UUID, month: date, designated_on: date | None = None
) -> TaxMonth:
    """The monthly report, for readers of the book; without a designation what it would withhold from all days.

    Raises NotFound, BooksNotOpen, Invalid for a month before the rule.
    """
    return await report(await read_book(actor, cooperative_id), month_of(month), designated_on)


def withholds_since(designated_on: date | None) -> date | None:
    """The first day of a node designated on that one from which it withholds; None where it was not designated."""
    if designated_on is None:
        return None
    rule = rules.value_on("tax.designation_in_force", max(designated_on, FIRST_DAY))
    return in_force_on(designated_on, rule.value)


async def report(book: AccountingBook, month: date, designated_on: date | None) -> TaxMonth:
    """The same of a book that the caller may see. Eight statements, and one for each day on which something turns."""
    on = last_day(month)
    try:
        rule = rules.value_on("tax.seller_withheld", on)
        terms = Terms(rule.value, rules.value_on("tax.seller_exempt_yearly", on).value)
    except rules.NoSuchRule as cause:
        raise Invalid.field(
            "month", Code.OUT_OF_RANGE, "no such tax yet then", "pajak ini belum ada saat itu"
        ) from cause
    rows = await SellerTaxDeclaration.filter(cooperative_id=book.pk, year=month.year)
    known = {row.id: row for row in await SellerTaxpayer.filter(cooperative_id=book.pk)}
    bodies = {id for id, row in known.items() if row.kind is TaxpayerKind.BODY}
    spells = {row.seller_id: spells_of(row) for row in rows if row.seller_id not in bodies}
    free = {id: [held] for id, row in known.items() if (held := certified(row)) is not None}
    both = [one for spell in (spells, free) for held in spell.values() for one in held]
    turns = [day for one in both for day in (one.since, one.until) if day is not None]
    cut, since = stretches_of(month, on, turns), withholds_since(designated_on)
    sold = [await _turnover(book, first, last) for first, last in cut]
    before = await _turnover(book, date(month.year, 1, 1), day_before(month)) if month.month > 1 else {}
    posted, postings = await _posted(book.pk, month)
    sellers = {id for part in sold for id in part} | set(posted)
    names = {row.pk: row.name for row in await Seller.filter(pk__in=list(sellers)).only("id", "name")}
    lines = []
    for id in sellers:
        stretches = [
            Stretch(
                part.get(id, 0),
                is_declared=any(one.holds(first) for one in spells.get(id, ())),
                is_due=since is None or first >= since,
                is_certified=any(one.holds(first) for one in free.get(id, ())),
            )
            for (first, _), part in zip(cut, sold, strict=True)
        ]
        lines.append(
            SellerMonth(
                seller_id=id,
                name=names.get(id, str(id)),
                gross=sum(one.gross for one in stretches),
                before=before.get(id, 0),
                is_declared=any(one.is_declared for one in stretches),
                is_certified=any(one.is_certified for one in stretches),
                tax=withheld_over(stretches, before.get(id, 0), terms),
                withheld=posted.get(id, 0),
            )
        )
    shown = [line for line in lines if line.gross or line.withheld]
    return TaxMonth(month, tuple(sorted(shown, key=lambda line: (line.name, line.seller_id))), postings, rule)


def spells_of(row: SellerTaxDeclaration) -> list[Spell]:
    """When the year's declaration held."""
    earlier = [Spell(date.fromisoformat(since), date.fromisoformat(until)) for since, until in row.earlier or ()]
    return [*earlier, Spell(row.declared_on, row.ended_on)]


async def _turnover(book: AccountingBook, first: date, last: date) -> Mapping[UUID, int]:
    """What each seller's orders delivered in these days brought in, less what went back. One statement.

    After the delivery only a dispute gives back; it lessens the turnover of a seller who bears it. The shop of a unit
    is the co-op itself, which withholds nothing from its own sales.
    """
    zone = ZoneInfo(book.time_zone)
    values: list[Any] = [book.pk, moment(first, zone), moment(after(last), zone)]
    marks = ["$1", "$2", "$3"]
    if not is_postgres():
        values, marks = [str(book.pk), *(value.isoformat(" ") for value in values[1:])], ["?"] * 3
    query = f"""
    SELECT seller_id, SUM(CASE WHEN back > sold THEN 0 ELSE sold - back END) AS gross FROM (
      SELECT s.seller_id, s.goods + s.packing AS sold, s.refunded + CASE WHEN s.liable = 'SELLER' THEN COALESCE((
          SELECT SUM(r.amount) FROM refund r WHERE r.sub_order_id = s.id AND r.reason = 'DISPUTED'), 0)
        ELSE 0 END AS back
      FROM sub_order s
      WHERE s.cooperative_id = {marks[0]} AND s.delivered_at >= {marks[1]} AND s.delivered_at < {marks[2]}
        AND s.seller_id NOT IN (SELECT seller_id FROM business_unit)
    ) delivered GROUP BY seller_id
    """
    rows = await connection().execute_query_dict(query, values)
    return {UUID(str(row["seller_id"])): int(row["gross"]) for row in rows}


def given_back(order: SubOrder, refunds: Sequence[Refund]) -> int:
    """What of a delivered order's goods and packing went back at its seller's cost: as `_turnover` reckons. Pure."""
    disputed = sum(row.amount for row in refunds if row.reason == "DISPUTED")
    back: int = order.refunded + (disputed if order.liable is LiableParty.SELLER else 0)
    return min(back, int(order.goods + order.packing))


def causes(cooperative_id: UUID, month: date) -> list[Cause]:
    """What a month's postings name as their cause: the withholding, and each correction after it."""
    said = f"seller tax {month:%Y-%m}"
    return [
        Cause(WITHHELD, uuid5(cooperative_id, said)),
        *(Cause(CORRECTED, uuid5(cooperative_id, f"{said} {number}")) for number in range(1, MOST_CORRECTIONS + 1)),
    ]


async def _posted(cooperative_id: UUID, month: date) -> tuple[Mapping[UUID, int], int]:
    """What the books hold as withheld from each seller for the month, and in how many postings. Two statements."""
    found = await Transfer.filter(cause_id__in=[cause.id for cause in causes(cooperative_id, month)])
    ids = {id for row in found for id in (row.debit_account_id, row.credit_account_id)}
    accounts = await LedgerAccount.filter(id__in=list(ids), purpose=Purpose.SELLER_PAYABLE) if ids else []
    seller_of = {row.id: row.subject_id for row in accounts}
    sums: dict[UUID, int] = defaultdict(int)
    for row in found:
        for id, sign in ((row.debit_account_id, 1), (row.credit_account_id, -1)):
            seller_id = seller_of.get(id)
            if seller_id is not None:
                sums[seller_id] += sign * row.amount
    return sums, len({row.cause_id for row in found})
