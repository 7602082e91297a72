"""Units as files, PDF and XLSX: what they keep with its stock cards, what they bought and sold, counts, results."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from cooperatives.books import folders
from cooperatives.books.books import read_book, today_in
from cooperatives.books.folders import MOST_ENTRIES, TooLong
from cooperatives.books.papers.paper import Cell, Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import for_period
from cooperatives.books.periods import Period, after, moment
from cooperatives.books.registers import whole
from cooperatives.dues.paying import zone_at
from cooperatives.ledger.accounts import AccountType
from cooperatives.membership.models import Cooperative
from cooperatives.savings.papers import names_of
from cooperatives.units.access import require_reader
from cooperatives.units.models import BusinessUnit, StockCount, StockMove, Supplier, UnitItem, UnitPurchase, UnitSale
from cooperatives.units.result import unit_result
from cooperatives.units.workshop.models import JobCard
from marketplace.errors import NotFound
from marketplace.identity.actor import SYSTEM, Actor

_UNIT = ("Unit", "Unit", 1.4, False)
_DAY = ("Tanggal", "Day", 0.9, False)
_ITEM = ("Barang", "Item", 2, False)
_TOTAL = ("Jumlah", "Total", 1.1, True)
_WAY = ("Cara", "Way", 0.9, False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose units a file is of, for which days (None: all), in which language."""

    actor: Actor
    cooperative_id: UUID
    units: Mapping[UUID, str]
    days: Period | None
    language: str

    @property
    def period(self) -> str:
        return for_period(self.days, self.language) if self.days else ""

    def between(self, field: str) -> dict[str, object]:
        """The days, as a filter of rows by this field."""
        return {f"{field}__gte": self.days.first, f"{field}__lte": self.days.last} if self.days else {}


async def export(
    actor: Actor,
    name: str,
    form: str,
    cooperative_id: UUID,
    days: Period | None,
    language: str,
    *,
    unit_id: UUID | None = None,
) -> bytes:
    """A register of a co-op's units, or of one of them. Raises NotFound, TooLong."""
    require_reader(actor, cooperative_id)
    make = REGISTERS.get(name)
    found = BusinessUnit.filter(cooperative_id=cooperative_id).order_by("id")
    rows = await (found if unit_id is None else found.filter(pk=unit_id))
    if make is None or (unit_id is not None and not rows):
        raise NotFound("register")
    wanted = Wanted(actor, cooperative_id, {row.pk: row.name for row in rows}, days, language)
    return await folders.bind(SYSTEM, cooperative_id, await make(wanted), form, language)


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
        _UNIT,
        ("Kode", "Code", 1, False),
        _ITEM,
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
        _ITEM,
        _DAY,
        ("Jenis", "Kind", 1, False),
        ("Banyaknya", "Quantity", 0.8, False),
        ("Nilai", "Value", 1.1, True),
        ("Sisa", "Left", 0.8, False),
        ("Nilai sisa", "Value left", 1.1, True),
    )
    title = ("Kartu persediaan", "Stock card")
    return [register(title, headings, made, wanted.language, period=wanted.period)]


async def purchases(wanted: Wanted) -> list[Paper]:
    """Pembelian: every invoice, with what is owed of it until when."""
    found = UnitPurchase.filter(unit_id__in=list(wanted.units), **wanted.between("received_on"))
    rows = await whole(found.order_by("received_on", "id"))
    suppliers = {row.pk: row.name for row in await Supplier.filter(pk__in=list({row.supplier_id for row in rows}))}
    made = [
        (
            row.received_on,
            wanted.units[row.unit_id],
            suppliers[row.supplier_id],
            row.reference,
            read(row.way.value if row.due_on is None else "TEMPO", wanted.language),
            row.due_on,
            row.total,
            row.paid,
            row.outstanding,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        _UNIT,
        ("Pemasok", "Supplier", 1.6, False),
        ("Faktur", "Invoice", 1.2, False),
        _WAY,
        ("Jatuh tempo", "Due on", 0.9, False),
        _TOTAL,
        ("Dibayar", "Paid", 1.1, True),
        ("Sisa", "Outstanding", 1.1, True),
    )
    title = ("Pembelian unit", "Units' purchases")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(6, 7, 8))]


async def sales(wanted: Wanted) -> list[Paper]:
    """Penjualan: every sale, to whom, how it is paid, what it had cost; one that was taken back stands at zero."""
    found = UnitSale.filter(unit_id__in=list(wanted.units), **wanted.between("sold_on"))
    rows = await whole(found.order_by("sold_on", "id"))
    names = await names_of([row.membership_id for row in rows if row.membership_id is not None])
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        is_back = row.returned_at is not None
        made.append(
            (
                row.sold_on,
                wanted.units[row.unit_id],
                row.number,
                "" if row.membership_id is None else names[row.membership_id],
                read("RETURNED" if is_back else "TEMPO" if row.due_on else row.way.value, wanted.language),
                row.due_on,
                0 if is_back else row.total,
                0 if is_back else row.cost,
                0 if is_back else row.total - row.cost,
            )
        )
    headings = (
        _DAY,
        _UNIT,
        ("Nomor", "Number", 1.2, False),
        ("Anggota", "Member", 1.6, False),
        _WAY,
        ("Jatuh tempo", "Due on", 0.9, False),
        _TOTAL,
        ("Harga pokok", "Cost", 1.1, True),
        ("Laba kotor", "Margin", 1.1, True),
    )
    title = ("Penjualan unit", "Units' sales")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(6, 7, 8))]


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
        _DAY,
        _UNIT,
        _ITEM,
        ("Menurut buku", "By the books", 0.8, False),
        ("Dihitung", "Counted", 0.8, False),
        ("Selisih", "Difference", 1.1, True),
        ("Keterangan", "Explanation", 2, False),
    )
    title = ("Berita acara opname", "Stock counts")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(5,))]


async def jobs(wanted: Wanted) -> list[Paper]:
    """Surat perintah kerja: every job card, with what was agreed to and what it comes to."""
    found = JobCard.filter(unit_id__in=list(wanted.units))
    if wanted.days is not None:
        zone = zone_at(await Cooperative.get(pk=wanted.cooperative_id))
        begins, ends = moment(wanted.days.first, zone), moment(after(wanted.days.last), zone)
        found = found.filter(booked_for__gte=begins, booked_for__lt=ends)
    rows = await whole(found.order_by("booked_for", "id"))
    made = [
        (
            row.booked_for.date(),
            wanted.units[row.unit_id],
            row.number,
            row.customer,
            row.vehicle,
            read(f"JOB_{row.state.value}", wanted.language),
            row.agreed,
            row.total,
        )
        for row in rows
    ]
    headings = (
        _DAY,
        _UNIT,
        ("Nomor", "Number", 1.1, False),
        ("Pelanggan", "Customer", 1.6, False),
        ("Kendaraan", "Vehicle", 1.4, False),
        ("Keadaan", "State", 1, False),
        ("Disetujui", "Agreed", 1.1, True),
        _TOTAL,
    )
    title = ("Pekerjaan bengkel", "Job cards")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(7,))]


async def results(wanted: Wanted) -> list[Paper]:
    """Laba rugi: each unit's own profit and loss, a sheet a unit."""
    if not wanted.units:
        return [register(("Laba rugi unit", "Units' results"), _RESULT, [], wanted.language)]
    made, days = [], wanted.days
    if days is not None:
        today = today_in(await read_book(wanted.actor, wanted.cooperative_id))
        days = Period(days.first, max(days.first, min(days.last, today)))
    for id, name in wanted.units.items():
        found = await unit_result(wanted.actor, id, days)
        rows: list[tuple[Cell, ...]] = [
            (
                line.account.number,
                line.account.name(wanted.language),
                line.amount if line.account.type is AccountType.INCOME else None,
                line.amount if line.account.type is AccountType.EXPENSE else None,
            )
            for line in found.lines
        ]
        word = "Result" if wanted.language == "en" else "Hasil usaha"
        rows.append(("", word, found.result, None))
        title = (f"Laba rugi {name}", f"Result of {name}")
        made.append(register(title, _RESULT, rows, wanted.language, period=for_period(found.period, wanted.language)))
    return made


_RESULT = (
    ("Akun", "Account", 1, False),
    ("Nama", "Name", 2.6, False),
    ("Pendapatan", "Income", 1.2, True),
    ("Beban", "Expense", 1.2, True),
)
REGISTERS: dict[str, Callable[[Wanted], Awaitable[list[Paper]]]] = {
    "stock": stock,
    "moves": moves,
    "purchases": purchases,
    "sales": sales,
    "counts": counts,
    "jobs": jobs,
    "results": results,
}
