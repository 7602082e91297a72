"""An income statement as papers: what is proven, month by month, and apart what the member reports. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cooperatives.books.papers.drawing import Drawing, Polygon, Shape, Words
from cooperatives.books.papers.paper import HEADING, LINE, SUBTOTAL, TOTAL, Column, Paper, Row
from cooperatives.books.papers.statements import for_period, say
from cooperatives.books.periods import MONTHS_EN, MONTHS_ID, Period, written
from cooperatives.income.adding import Income, Item, Section

Pair = tuple[str, str]
TITLE: Pair = ("Laporan Penghasilan Anggota", "Member's income statement")
SECTIONS: dict[Section, Pair] = {
    Section.EARNED: (
        "A. Penghasilan lewat koperasi, menurut buku besar",
        "A. Earned through the co-op, by its ledger",
    ),
    Section.DEDUCTED: ("B. Dipotong dari penghasilan untuk kewajiban", "B. Deducted from earnings for dues"),
    Section.SAVINGS: ("C. Simpanan di koperasi", "C. Savings with the co-op"),
    Section.LOANS: ("D. Pinjaman dari koperasi", "D. Loans from the co-op"),
    Section.PROTECTION: ("E. Perlindungan sosial", "E. Social protection"),
    Section.SURPLUS: ("F. Sisa hasil usaha (SHU)", "F. Share of the co-op's surplus"),
}
ITEMS: dict[Item, Pair] = {
    Item.DELIVERIES: ("Pengantaran", "Deliveries"),
    Item.TIPS: ("Tip", "Tips"),
    Item.SALES: ("Penjualan toko, setelah komisi", "Sales of his shop, after commission"),
    Item.DEDUCTED_PROTECTION: ("Perlindungan", "Protection"),
    Item.DEDUCTED_LOAN: ("Angsuran pinjaman", "Instalments of loans"),
    Item.DEDUCTED_SAVINGS: ("Simpanan", "Savings"),
    Item.DEDUCTED_PURCHASE: ("Belanja di unit koperasi", "Purchases at the co-op's units"),
    Item.DEDUCTED_OPERATING: ("Iuran", "Operating dues"),
    Item.SAVED_BEFORE: ("Saldo awal", "At the beginning"),
    Item.SAVED_IN: ("Masuk", "Put in"),
    Item.SAVED_OUT: ("Keluar", "Taken out"),
    Item.SAVED_AFTER: ("Saldo akhir", "At the end"),
    Item.LOAN_RECEIVED: ("Diterima", "Received"),
    Item.LOAN_REPAID: ("Pokok dibayar", "Principal repaid"),
    Item.LOAN_INTEREST: ("Jasa dibayar", "Interest paid"),
    Item.LOAN_LEFT: ("Sisa pokok pada akhir periode", "Principal left at the end"),
    Item.PROTECTION_PAID: ("Iuran dibayar anggota", "Contributions paid by the member"),
    Item.PROTECTION_CARRIED: ("Ditalangi dana solidaritas", "Carried by the solidarity fund"),
    Item.SURPLUS_PAID: ("SHU diterima", "Surplus received"),
}
#: What takes away is shown in brackets.
_TAKES = frozenset({Item.SAVED_OUT})
_ENDS = frozenset({Item.SAVED_AFTER, Item.LOAN_LEFT})
_INK = (20, 20, 20)
#: The drawing's box: the code with its quiet zone at the left, words beside it.
_BOX, _CODE, _WIDE = 132.0, 124.0, 560.0


@dataclass(frozen=True, slots=True)
class Proof:
    """By what a statement is checked: the code as people read it, where, until when, the QR code's squares."""

    code: str
    url: str
    until: date
    modules: Sequence[Sequence[bool]] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Whose income it is."""

    name: str
    number: int | None
    cooperative: str


def papers(income: Income, who: Person, proof: Proof | None, language: str) -> list[Paper]:
    """The statement, its months, and what is reported, where something is."""
    period = for_period(Period(income.first_on, income.last_on), language)
    named = f"{who.name} ({_number(who)}), {period}"
    made = [_statement(income, who, proof, period, language), _months(income, named, language)]
    if income.reported:
        made.append(_reported(income, named, language))
    return made


def _number(who: Person) -> str:
    return f"{who.number:06}" if who.number is not None else "-"


def _statement(income: Income, who: Person, proof: Proof | None, period: str, language: str) -> Paper:
    columns = (
        Column(say(language, ("Uraian", "What")), 3.4),
        Column(say(language, ("Jumlah", "Amount")), 1.4, is_amount=True),
    )
    rows = [
        Row((say(language, ("Nama anggota", "Name of the member")), who.name), HEADING),
        Row((say(language, ("Nomor anggota", "Number in the register")), _number(who))),
    ]
    for section in Section:
        rows += _section(income, section, language)
    title = say(language, TITLE)
    drawing = None if proof is None else _checked_by(proof, language)
    return Paper(title[:31], title, period, columns, rows, _notes(income, who, language), drawing=drawing)


def _section(income: Income, section: Section, language: str) -> list[Row]:
    """A section with what is in it; one with nothing says so in its heading's place."""
    items = [item for item in Item if item.section is section and income.items.get(item)]
    heading = say(language, SECTIONS[section])
    if not items and section is not Section.EARNED:
        return [Row((heading, None), HEADING), Row((say(language, ("Tidak ada", "None")), None), LINE, 1)]
    rows = [Row((heading, None), HEADING)]
    for item in items:
        amount = income.items[item]
        kind = SUBTOTAL if item in _ENDS else LINE
        rows.append(Row((say(language, ITEMS[item]), -amount if item in _TAKES else amount), kind, 1))
    if section is Section.EARNED:
        rows.append(Row((say(language, ("Jumlah penghasilan terbukti", "Proven earnings")), income.earned), TOTAL))
        number = len(income.months)
        mean = f"Rata-rata sebulan, dari {number} bulan", f"In an average month, of {number}"
        rows.append(Row((say(language, mean), income.monthly), LINE, 1))
    if section is Section.DEDUCTED:
        left = say(language, ("Penghasilan setelah potongan", "Earnings after deductions"))
        rows.append(Row((left, income.earned - income.deducted), SUBTOTAL))
    return rows


def _notes(income: Income, who: Person, language: str) -> tuple[str, ...]:
    proven = (
        f"Angka A sampai F disusun dari buku besar {who.cooperative}, yang tersegel dan tidak dapat diubah.",
        f"The figures A to F are drawn from the ledger of {who.cooperative}, which is sealed and can't be changed.",
    )
    apart = (
        "Pendapatan dari platform lain dilaporkan anggota sendiri, di halaman tersendiri, di luar angka di atas.",
        "Income from other platforms is the member's own report, on a page of its own, and no part of these figures.",
    )
    return tuple(say(language, pair) for pair in ((proven, apart) if income.reported else (proven,)))


def _months(income: Income, named: str, language: str) -> Paper:
    amounts = (
        ("Pengantaran", "Deliveries"),
        ("Tip", "Tips"),
        ("Penjualan", "Sales"),
        ("Jumlah", "Total"),
    )
    columns = (
        Column(say(language, ("Bulan", "Month")), 1.6),
        *(Column(say(language, title), 1.2, is_amount=True) for title in amounts),
    )
    names = MONTHS_EN if language == "en" else MONTHS_ID
    rows = [
        Row(
            (
                f"{names[month.first_on.month - 1]} {month.first_on.year}",
                month.deliveries,
                month.tips,
                month.sales,
                month.total,
            )
        )
        for month in income.months
    ]
    sums = [sum(column) for column in zip(*(_amounts(income)), strict=True)]
    rows.append(Row((say(language, ("Jumlah", "Total")), *sums), TOTAL))
    title = say(language, ("Penghasilan Terbukti per Bulan", "Proven earnings by month"))
    return Paper(title[:31], title, named, columns, rows)


def _amounts(income: Income) -> Iterable[tuple[int, int, int, int]]:
    return [(month.deliveries, month.tips, month.sales, month.total) for month in income.months]


def _reported(income: Income, named: str, language: str) -> Paper:
    columns = (
        Column(say(language, ("Platform", "Platform")), 1.6),
        Column(say(language, ("Dari", "From")), 1),
        Column(say(language, ("Sampai", "To")), 1),
        Column(say(language, ("Menurut anggota", "As the member says")), 1.4, is_amount=True),
    )
    rows = [Row((one.platform, one.first_on, one.last_on, one.amount)) for one in income.reported]
    rows.append(Row((say(language, ("Jumlah dilaporkan", "Reported")), None, None, income.reported_total), TOTAL))
    title = say(language, ("Pendapatan Platform Lain: Laporan Sendiri", "Other platforms: his own report"))
    note = (
        "TIDAK DIBUKTIKAN koperasi: dilaporkan anggota sendiri. Mintalah buktinya kepada anggota atau platformnya.",
        "NOT PROVEN by the co-op: reported by the member himself. Ask him or the platform for proof.",
    )
    return Paper(title[:31], title, named, columns, rows, (say(language, note),))


def _checked_by(proof: Proof, language: str) -> Drawing:
    """The QR code, and beside it how a bank checks the statement."""
    lines: list[tuple[str, float, bool]] = [
        (say(language, ("Periksa keaslian laporan ini", "Check that this statement is genuine")), 17, True),
        (
            say(
                language,
                (
                    "Pindai kode, atau buka alamat di bawah, dan bandingkan angkanya.",
                    "Scan the code or open the address below, and compare the figures.",
                ),
            ),
            12,
            False,
        ),
        (proof.url, 11, False),
        (f"{say(language, ('Kode', 'Code'))}: {proof.code}", 14, True),
        (
            f"{say(language, ('Dapat diperiksa sampai', 'Can be checked until'))} {written(proof.until, language)}",
            12,
            False,
        ),
    ]
    left = _BOX + 12 if proof.modules else 0.0
    words = [
        Words((left, 22 + 23 * place), text, size, _INK, is_bold=is_bold, is_start=True)
        for place, (text, size, is_bold) in enumerate(lines)
    ]
    title = say(language, ("Kode pemeriksaan", "Code to check it by"))
    return Drawing(title, _WIDE, _BOX, (*_squares(proof.modules), *words))


def _squares(modules: Sequence[Sequence[bool]]) -> Iterable[Shape]:
    """The dark squares, those side by side as one."""
    if not modules:
        return []
    side = _CODE / len(modules)
    made: list[Shape] = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                corner = (4 + x * side, 4 + y * side)
                right, below = corner[0] + run * side, corner[1] + side
                points = (corner, (right, corner[1]), (right, below), (corner[0], below))
                made.append(Polygon(points, _INK))
            x += max(run, 1)
    return made
