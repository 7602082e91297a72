"""The tax of a month on paper: the report for the tax office, and each seller's invoice."""

from collections import defaultdict
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.books import read_book
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Column, Paper, Row
from cooperatives.books.papers.statements import say
from cooperatives.books.periods import after, day_at, last_day, moment, month_of, month_written
from cooperatives.books.statements import RowKind
from marketplace.errors import NotFound
from marketplace.identity.actor import Actor
from marketplace.money import percent
from marketplace.orders.models import SubOrder
from marketplace.payments import reading
from marketplace.taxes.months import TaxMonth, given_back


def report(found: TaxMonth, language: str) -> Paper:
    """Every seller's turnover and tax of the month."""
    withheld = Column(say(language, ("Sudah\ndibukukan", "Withheld\nso far")), 1.1, is_amount=True)
    columns = (
        Column(say(language, ("Penjual", "Seller")), 2.6),
        Column(say(language, ("Peredaran\nbulan ini", "Turnover\nof the month")), 1.2, is_amount=True),
        Column(say(language, ("Peredaran\nsebelumnya", "Turnover of the\nyear before it")), 1.2, is_amount=True),
        Column(say(language, ("Surat\npernyataan", "Declared")), 0.8),
        *((withheld,) if found.is_withheld else ()),
        Column(say(language, ("PPh 22\ndipungut", "Tax\nwithheld")), 1.1, is_amount=True),
    )

    def cells(*told: str | int | None, withheld: int, tax: int) -> tuple[str | int | None, ...]:
        return (*told, withheld, tax) if found.is_withheld else (*told, tax)

    yes, no = say(language, ("ada", "yes")), say(language, ("tidak", "no"))
    free = say(language, ("SKB", "exempt"))
    rows = []
    for one in found.lines:
        declared = free if one.is_certified else yes if one.is_declared else no
        told = cells(one.name, one.gross, one.before, declared, withheld=one.withheld, tax=one.tax)
        rows.append(Row(told))
    total = say(language, ("Jumlah", "Total"))
    sums = total, found.gross, sum(one.before for one in found.lines), ""
    rows.append(Row(cells(*sums, withheld=found.withheld, tax=found.tax), RowKind.TOTAL))
    state = ("Sudah dibukukan.", "Withheld.") if found.is_withheld else ("Belum dibukukan.", "Not withheld yet.")
    if any(one.tax != one.withheld for one in found.lines) and found.is_withheld:
        state = (
            "Berubah sejak dibukukan: bukukan pembetulannya.",
            "Changed since withheld: post the correction.",
        )
    elif found.postings > 1:
        state = (f"Pembetulan ke-{found.postings - 1}.", f"Correction {found.postings - 1}.")
    law = f"{found.rule.instrument}: {percent(found.rule.value, language)}. {say(language, state)}"
    title = say(language, ("Pemungutan PPh 22 atas Penjual", "Tax withheld from sellers"))
    name = say(language, ("PPh 22 Penjual", "Seller tax"))
    return Paper(name, title, month_written(found.month, language), columns, rows, (law,))


async def invoices(actor: Actor, found: TaxMonth, cooperative_id: UUID, language: str) -> list[Paper]:
    """Each seller's invoice of the month, order by order: the slip of what was withheld. Raises NotFound, TooLong."""
    book = await read_book(actor, cooperative_id)
    zone = ZoneInfo(book.time_zone)
    first, ends = moment(found.month, zone), moment(after(last_day(month_of(found.month))), zone)
    orders = await (
        SubOrder.filter(cooperative_id=cooperative_id, delivered_at__gte=first, delivered_at__lt=ends)
        .order_by("delivered_at", "id")
        .limit(MOST_ENTRIES + 1)
    )
    if len(orders) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    if not found.lines:
        raise NotFound("sale")
    columns = (
        Column(say(language, ("Tanggal", "Date")), 0.9),
        Column(say(language, ("Pesanan", "Order")), 1.6),
        Column(say(language, ("Barang dan kemasan", "Goods and packing")), 1.2, is_amount=True),
        Column(say(language, ("Dikembalikan", "Given back")), 1.2, is_amount=True),
        Column(say(language, ("Peredaran", "Turnover")), 1.2, is_amount=True),
    )
    refunds = await reading.refunds_by_sub_order([order.id for order in orders])
    sales: dict[UUID, list[Row]] = defaultdict(list)
    for order in orders:
        assert order.delivered_at is not None  # by it they were found
        sold = order.goods + order.packing
        back = given_back(order, refunds[order.id])
        row = Row((day_at(order.delivered_at, zone), order.number, sold, -back, sold - back))
        sales[order.seller_id].append(row)
    papers = []
    for number, seller in enumerate(found.lines, start=1):
        rows = sales[seller.seller_id]
        total = say(language, ("Jumlah peredaran", "Turnover"))
        rows.append(Row((None, total, None, None, seller.gross), RowKind.SUBTOTAL))
        tax = say(language, ("PPh 22 dipungut", "Tax withheld"))
        rows.append(Row((None, tax, None, None, seller.tax), RowKind.TOTAL))
        title = f"{say(language, ('Dokumen Tagihan', 'Invoice'))} {found.month:%Y-%m}/{number:04}"
        if found.postings > 1:
            title += say(language, (f", pembetulan ke-{found.postings - 1}", f", correction {found.postings - 1}"))
        period = f"{seller.name}, {month_written(found.month, language)}"
        papers.append(Paper(f"{number:04} {seller.name}", title, period, columns, rows))
    return papers
