"""What units keep, on paper: stock, its cards, and the counts held against them."""

from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.registers import whole
from cooperatives.units.models import StockCount, StockMove, UnitItem
from cooperatives.units.wanted import DAY, ITEM, UNIT, Wanted


async def stock(wanted: Wanted) -> list[Paper]:
    """Daftar persediaan: what there is, what it is worth, and what is to be bought again."""
    rows = await whole(UnitItem.filter(unit_id__in=list(wanted.units)).order_by("unit_id", "code"))
    made = [
        (
            wanted.units[row.unit_id],
            row.code,
            row.name,
            row.quantity,
            row.held.average,
            row.value,
            row.reorder_level,
        )
        for row in rows
    ]
    headings = (
        UNIT,
        ("Kode", "Code", 1, False),
        ITEM,
        ("Banyaknya", "Quantity", 0.8, False),
        ("Rata-rata", "Average", 1, True),
        ("Nilai", "Value", 1.2, True),
        ("Batas pesan", "Reorder at", 0.8, False),
    )
    return [register(("Daftar persediaan", "Stock"), headings, made, wanted.language, sums=(5,))]


async def moves(wanted: Wanted) -> list[Paper]:
    """Kartu persediaan: every move, with what there was after it."""
    found = StockMove.filter(unit_id__in=list(wanted.units), **wanted.between("moved_on"))
    rows = await whole(found.select_related("item").order_by("item_id", "id"))
    made = [
        (
            row.item.code,
            row.item.name,
            row.moved_on,
            read(f"STOCK_{row.kind.value}", wanted.language),
            row.quantity,
            row.value,
            row.quantity_after,
            row.value_after,
        )
        for row in rows
    ]
    headings = (
        ("Kode", "Code", 1, False),
        ITEM,
        DAY,
        ("Jenis", "Kind", 1, False),
        ("Banyaknya", "Quantity", 0.8, False),
        ("Nilai", "Value", 1.1, True),
        ("Sisa", "Left", 0.8, False),
        ("Nilai sisa", "Value left", 1.1, True),
    )
    title = ("Kartu persediaan", "Stock card")
    return [register(title, headings, made, wanted.language, period=wanted.period)]


async def counts(wanted: Wanted) -> list[Paper]:
    """Berita acara opname: item by item."""
    found = StockCount.filter(unit_id__in=list(wanted.units), **wanted.between("counted_on"))
    rows = await whole(found.order_by("counted_on", "id"))
    made = [
        (
            row.counted_on,
            wanted.units[row.unit_id],
            line["name"],
            line["expected"],
            line["counted"],
            line["value"],
            row.explanation,
        )
        for row in rows
        for line in row.lines
    ]
    if len(made) > MOST_ENTRIES:
        raise TooLong(most=MOST_ENTRIES)
    headings = (
        DAY,
        UNIT,
        ITEM,
        ("Menurut buku", "By the books", 0.8, False),
        ("Dihitung", "Counted", 0.8, False),
        ("Selisih", "Difference", 1.1, True),
        ("Keterangan", "Explanation", 2, False),
    )
    title = ("Berita acara opname", "Stock counts")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(5,))]
