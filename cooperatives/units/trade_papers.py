"""What units bought, sold and did, on paper: purchases, sales, job cards, and each unit's profit and loss."""

from cooperatives.books.books import read_book, today_in
from cooperatives.books.papers.paper import Cell, Paper
from cooperatives.books.papers.registers import read, register
from cooperatives.books.papers.statements import for_period
from cooperatives.books.periods import Period, after, moment
from cooperatives.books.registers import whole
from cooperatives.dues.paying import zone_at
from cooperatives.ledger.accounts import AccountType
from cooperatives.membership.models import Cooperative
from cooperatives.savings.papers import names_of
from cooperatives.units.models import Supplier, UnitPurchase, UnitSale
from cooperatives.units.reading import returned_of
from cooperatives.units.result import unit_result
from cooperatives.units.wanted import DAY, TOTAL, UNIT, WAY, Wanted
from cooperatives.units.workshop.models import JobCard


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
        DAY,
        UNIT,
        ("Pemasok", "Supplier", 1.6, False),
        ("Faktur", "Invoice", 1.2, False),
        WAY,
        ("Jatuh tempo", "Due on", 0.9, False),
        TOTAL,
        ("Dibayar", "Paid", 1.1, True),
        ("Sisa", "Outstanding", 1.1, True),
    )
    title = ("Pembelian unit", "Units' purchases")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(6, 7, 8))]


async def sales(wanted: Wanted) -> list[Paper]:
    """Penjualan: every sale, to whom, how it is paid, what it had cost; without what was taken back."""
    found = UnitSale.filter(unit_id__in=list(wanted.units), **wanted.between("sold_on"))
    rows = await whole(found.order_by("sold_on", "id"))
    names = await names_of([row.membership_id for row in rows if row.membership_id is not None])
    came_back = await returned_of([row.pk for row in rows])
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        is_back = row.returned_at is not None
        came, worth = came_back[row.pk]
        made.append(
            (
                row.sold_on,
                wanted.units[row.unit_id],
                row.number,
                "" if row.membership_id is None else names[row.membership_id],
                read("RETURNED" if is_back else "TEMPO" if row.due_on else row.way.value, wanted.language),
                row.due_on,
                0 if is_back else row.total - came,
                0 if is_back else row.cost - worth,
                0 if is_back else row.total - came - row.cost + worth,
            )
        )
    headings = (
        DAY,
        UNIT,
        ("Nomor", "Number", 1.2, False),
        ("Anggota", "Member", 1.6, False),
        WAY,
        ("Jatuh tempo", "Due on", 0.9, False),
        TOTAL,
        ("Harga pokok", "Cost", 1.1, True),
        ("Laba kotor", "Margin", 1.1, True),
    )
    title = ("Penjualan unit", "Units' sales")
    return [register(title, headings, made, wanted.language, period=wanted.period, sums=(6, 7, 8))]


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
        DAY,
        UNIT,
        ("Nomor", "Number", 1.1, False),
        ("Pelanggan", "Customer", 1.6, False),
        ("Kendaraan", "Vehicle", 1.4, False),
        ("Keadaan", "State", 1, False),
        ("Disetujui", "Agreed", 1.1, True),
        TOTAL,
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
