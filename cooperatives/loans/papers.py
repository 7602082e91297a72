"""Loans as papers: the contract with its card of instalments, the portfolio, and the unit's books. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cooperatives.books.papers.listings import TrialLine
from cooperatives.books.papers.paper import HEADING, TOTAL, Cell, Column, Paper, Row
from cooperatives.books.papers.registers import Words, register
from cooperatives.books.papers.statements import at_end_of, for_period, say
from cooperatives.books.periods import Period, written
from cooperatives.loans.arrears import ArrearsClass, Portfolio
from cooperatives.loans.lifecycle import LoanState
from cooperatives.loans.schedules import Method
from marketplace.money import format_rupiah, percent
from marketplace.rule_words import title_of
from marketplace.rules import RuleValue

METHODS: dict[Method, Words] = {
    Method.FLAT: ("flat (dari pokok semula)", "flat (on what was lent)"),
    Method.DECLINING: ("menurun (dari sisa pokok)", "declining (on what is still owed)"),
    Method.ANNUITY: ("anuitas (angsuran tetap)", "annuity (equal instalments)"),
}
CLASSES: dict[ArrearsClass, Words] = {
    ArrearsClass.CURRENT: ("Lancar", "Current"),
    ArrearsClass.WATCH: ("Dalam perhatian khusus", "Watch"),
    ArrearsClass.SUBSTANDARD: ("Kurang lancar", "Substandard"),
    ArrearsClass.DOUBTFUL: ("Diragukan", "Doubtful"),
    ArrearsClass.LOSS: ("Macet", "Loss"),
}
#: How a loan that runs no more ended.
ENDED: dict[LoanState, Words] = {
    LoanState.REPAID: ("Lunas", "Repaid"),
    LoanState.WRITTEN_OFF: ("Dihapusbukukan", "Written off"),
}


def _value(rule: RuleValue, language: str) -> str:
    """Its value as people write it; that of a rule which holds or does not is its name alone."""
    return "" if rule.name == "loan.members_only" else f": {rule.counted(language)}"


@dataclass(frozen=True, slots=True)
class Line:
    """An instalment of the card."""

    due_on: date
    principal: int
    interest: int
    paid: int


@dataclass(frozen=True, slots=True)
class Contract:
    """What a loan's paper says of it."""

    number: str
    borrower: str
    member_number: int | None
    product: str
    reason: str
    amount: int
    months: int
    method: Method
    rate_bp: int
    effective_bp: int
    compounded_bp: int
    guarantors: tuple[str, ...]
    approved_by: tuple[str, ...]
    disbursed_on: date | None
    rules: tuple[RuleValue, ...]


def contract(found: Contract, language: str) -> Paper:
    """Perjanjian pinjaman: who borrows what on which terms, what it truly costs, and by which rules."""
    member = f"{found.borrower} ({found.member_number})" if found.member_number else found.borrower
    told: list[tuple[Words, str]] = [
        (("Peminjam (nomor anggota)", "Borrower (member number)"), member),
        (("Produk", "Product"), found.product),
        (("Keperluan", "Purpose"), found.reason),
        (("Jumlah pinjaman", "Amount"), format_rupiah(found.amount)),
        (("Jangka waktu", "Term"), f"{found.months} {say(language, ('bulan', 'months'))}"),
        (("Cara hitung jasa", "Interest"), say(language, METHODS[found.method])),
        (("Jasa setahun menurut perjanjian", "Rate a year by contract"), percent(found.rate_bp, language)),
        (("Jasa efektif setahun", "Effective rate a year"), percent(found.effective_bp, language)),
        (("Jasa efektif majemuk", "Effective rate, compounded"), percent(found.compounded_bp, language)),
        (("Penjamin", "Guarantors"), ", ".join(found.guarantors) or "-"),
        (("Disetujui oleh", "Approved by"), ", ".join(found.approved_by) or "-"),
        (("Dicairkan", "Paid out"), "-" if found.disbursed_on is None else written(found.disbursed_on, language)),
    ]
    columns = (Column(say(language, ("Hal", "Matter")), 1), Column(say(language, ("Isi", "Terms")), 1.8))
    rows = [Row((say(language, name), text)) for name, text in told]
    notes = [
        f"{title_of(rule.name, language)}{_value(rule, language)} ({rule.place(language)})" for rule in found.rules
    ]
    used = say(language, ("Aturan yang dipakai", "Rules that it was held against"))
    title = say(language, ("Perjanjian Pinjaman", "Loan contract"))
    return Paper(title, f"{title} {found.number}", "", columns, rows, (f"{used}:", *notes))


def card(number: str, amount: int, lines: Sequence[Line], language: str) -> Paper:
    """Kartu angsuran: each instalment, what of it was paid, and what is then still owed."""
    made: list[tuple[Cell, ...]] = []
    left = sum(line.principal for line in lines)
    for n, line in enumerate(lines, start=1):
        left -= line.principal
        total = line.principal + line.interest
        made.append((n, line.due_on, line.principal, line.interest, total, line.paid, left))
    headings = (
        ("No.", "No.", 0.6, False),
        ("Jatuh tempo", "Due", 1, False),
        ("Pokok", "Principal", 1.1, True),
        ("Jasa", "Interest", 1, True),
        ("Angsuran", "Instalment", 1.1, True),
        ("Dibayar", "Paid", 1.1, True),
        ("Sisa pokok", "Still owed", 1.2, True),
    )
    title = (f"Kartu Angsuran {number}", f"Instalments {number}")
    lent = f"{say(language, ('Pinjaman', 'Loan'))} {format_rupiah(amount)}"
    paper = register(title, headings, made, language, period=lent, sums=(2, 3, 4, 5))
    return Paper(
        say(language, ("Kartu angsuran", "Instalments")), paper.title, paper.period, paper.columns, paper.rows
    )


def portfolio(found: Portfolio, on: date, language: str) -> Paper:
    """Pinjaman menurut kolektibilitas, with what is at risk."""
    shares = [(say(language, CLASSES[one]), part) for one, part in found.by_class.items()]
    rows = [
        Row((name, part.loans, part.owed, percent(part.of_all_bp, language), part.reserved)) for name, part in shares
    ]
    rows.append(Row((say(language, ("Jumlah", "Total")), found.loans, found.owed, "", found.reserved), TOTAL))
    rows.append(Row((say(language, ("Berisiko (PAR)", "Portfolio at risk")), None, None, "", None), HEADING))
    for days, part in found.at_risk.items():
        name = say(language, (f"Terlambat {days} hari atau lebih", f"{days} days late or more"))
        rows.append(Row((name, part.loans, part.owed, percent(part.of_all_bp, language), part.reserved)))
    bad = found.non_performing
    name = say(language, ("Bermasalah (NPL)", "Not performing (NPL)"))
    rows.append(Row((name, bad.loans, bad.owed, percent(bad.of_all_bp, language), bad.reserved)))
    columns = (
        Column(say(language, ("Kolektibilitas", "Class")), 2),
        Column(say(language, ("Pinjaman", "Loans")), 0.8),
        Column(say(language, ("Sisa pokok", "Outstanding")), 1.3, is_amount=True),
        Column(say(language, ("Bagian", "Share")), 0.8),
        Column(say(language, ("Penyisihan", "Set aside")), 1.2, is_amount=True),
    )
    title = say(language, ("Kolektibilitas Pinjaman", "Loan portfolio"))
    return Paper(title, title, at_end_of(on, language), columns, rows)


def loans(rows: Iterable[tuple[Cell, ...]], on: date, language: str) -> Paper:
    """Daftar pinjaman berjalan: number, borrower, lent, owed, late since, days, class, set aside."""
    headings = (
        ("Nomor", "Number", 1, False),
        ("Peminjam", "Borrower", 2, False),
        ("Dicairkan", "Paid out", 0.9, False),
        ("Pinjaman", "Lent", 1.2, True),
        ("Sisa pokok", "Owed", 1.2, True),
        ("Menunggak sejak", "Late since", 1, False),
        ("Hari", "Days", 0.5, False),
        ("Kolektibilitas", "Class", 1.4, False),
        ("Penyisihan", "Set aside", 1.1, True),
    )
    title = ("Daftar Pinjaman", "Running loans")
    return register(title, headings, list(rows), language, period=at_end_of(on, language), sums=(3, 4, 8))


def borrowings(rows: Iterable[tuple[Cell, ...]], on: date, language: str) -> Paper:
    """Pinjaman koperasi: lender, contract, received, borrowed, rates, months, still owed, interest due, paid back."""
    headings = (
        ("Pemberi pinjaman", "Lender", 2, False),
        ("Kontrak", "Contract", 1.2, False),
        ("Diterima", "Received", 0.9, False),
        ("Pinjaman", "Borrowed", 1.3, True),
        ("Jasa setahun", "Rate a year", 0.9, False),
        ("Efektif", "Effective", 0.8, False),
        ("Bulan", "Months", 0.6, False),
        ("Sisa pokok", "Owed", 1.3, True),
        ("Bunga terutang", "Interest due", 1.1, True),
        ("Lunas", "Paid back", 0.9, False),
    )
    title = ("Pinjaman Koperasi", "What the co-op borrowed")
    return register(title, headings, list(rows), language, period=at_end_of(on, language), sums=(3, 7, 8))


def on_lent(lender: str, contract: str, rows: Iterable[tuple[Cell, ...]], on: date, language: str) -> Paper:
    """Penyaluran pinjaman, for the lender: to whom what he lent was lent on, and how each loan stands."""
    headings = (
        ("Nomor anggota", "Member number", 0.8, False),
        ("Nama", "Name", 1.8, False),
        ("Pinjaman", "Loan", 1.1, False),
        ("Dicairkan", "Paid out", 0.9, False),
        ("Jumlah pinjaman", "Lent", 1.2, True),
        ("Sisa pokok", "Owed", 1.2, True),
        ("Hari tunggakan", "Days late", 0.7, False),
        ("Kolektibilitas", "Class", 1.3, False),
    )
    title = ("Penyaluran Pinjaman", "Lent on to members")
    period = f"{lender}, {contract}: {at_end_of(on, language)}"
    return register(title, headings, list(rows), language, period=period, sums=(4, 5))


def unit_books(
    lines: Sequence[TrialLine],
    crossed: Sequence[tuple[str, str, int, int]],
    opening: int,
    period: Period,
    language: str,
) -> Paper:
    """Neraca saldo unit simpan pinjam; `crossed`: what passed to and from each account outside it."""
    columns = (
        Column(say(language, ("Akun", "Account")), 0.8),
        Column(say(language, ("Nama", "Name")), 2.6),
        Column(say(language, ("Saldo awal", "Opening")), 1.2, is_amount=True),
        Column(say(language, ("Debet", "Debits")), 1.2, is_amount=True),
        Column(say(language, ("Kredit", "Credits")), 1.2, is_amount=True),
        Column(say(language, ("Saldo akhir", "Closing")), 1.2, is_amount=True),
    )
    rows = [
        Row((one.account.number, one.account.name(language), one.opening, one.debits, one.credits, one.closing))
        for one in lines
    ]
    outside = say(language, ("Rekening koran dengan koperasi", "Current account with the co-op"))
    came, went = sum(one[2] for one in crossed), sum(one[3] for one in crossed)
    rows.append(Row(("", outside, -opening, went, came, went - came - opening)))
    rows.append(Row(("", say(language, ("Jumlah", "Total")), *_totals(rows)), TOTAL))
    rows.append(Row(("", say(language, ("Isi rekening koran", "What moved it")), None, None, None, None), HEADING))
    rows += [Row((number, name, None, went, came, None)) for number, name, came, went in crossed]
    title = say(language, ("Neraca Saldo Unit Simpan Pinjam", "Trial balance of the credit unit"))
    return Paper(title[:31], title, for_period(period, language), columns, rows)


def _totals(rows: Sequence[Row]) -> list[int]:
    return [sum(cell for row in rows if isinstance(cell := row.cells[place], int)) for place in range(2, 6)]
