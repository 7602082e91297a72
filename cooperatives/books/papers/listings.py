"""The other tables of the books as papers: trial balance, general ledger, vouchers, chart. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from cooperatives.books.chart import Account, Chart
from cooperatives.books.lines import LINES, CashFlow
from cooperatives.books.lining import Line
from cooperatives.books.papers.paper import Column, Paper, Row
from cooperatives.books.papers.statements import at_end_of, for_period, say
from cooperatives.books.periods import Period
from cooperatives.books.statements import RowKind


class TrialLine(Protocol):
    """An account of the trial balance."""

    @property
    def account(self) -> Account: ...
    @property
    def opening(self) -> int: ...
    @property
    def debits(self) -> int: ...
    @property
    def credits(self) -> int: ...
    @property
    def closing(self) -> int: ...


class Entry(Protocol):
    """An entry of the general ledger."""

    @property
    def day(self) -> date: ...
    @property
    def voucher_number(self) -> str | None: ...
    @property
    def description(self) -> str | None: ...
    @property
    def cause_kind(self) -> str: ...
    @property
    def debit(self) -> int: ...
    @property
    def credit(self) -> int: ...
    @property
    def balance(self) -> int: ...


class VoucherHead(Protocol):
    """A voucher without its lines."""

    booked_on: date
    number: str | None
    description: str
    party: str | None
    reference: str | None


def _columns(language: str, *titles: tuple[str, str, float, bool]) -> tuple[Column, ...]:
    return tuple(Column(say(language, (one, other)), share, is_amount) for one, other, share, is_amount in titles)


def trial_balance(lines: Sequence[TrialLine], earlier_result: int, period: Period, language: str) -> Paper:
    """Neraca saldo: opening, what moved, closing, each on its side."""
    columns = _columns(
        language,
        ("Akun", "Account", 0.8, False),
        ("Nama", "Name", 2.6, False),
        ("Awal debet", "Opening debit", 1.15, True),
        ("Awal kredit", "Opening credit", 1.15, True),
        ("Mutasi debet", "Debits", 1.15, True),
        ("Mutasi kredit", "Credits", 1.15, True),
        ("Akhir debet", "Closing debit", 1.15, True),
        ("Akhir kredit", "Closing credit", 1.15, True),
    )
    made = [
        (line.account.number, line.account.name(language), line.opening, line.debits, line.credits, line.closing)
        for line in lines
    ]
    if earlier_result:
        name = say(language, ("SHU tahun-tahun lalu", "Surplus of earlier years"))
        made.append(("", name, -earlier_result, 0, 0, -earlier_result))
    rows = [
        Row((number, name, *_sides(opening), debits, credits, *_sides(closing)))
        for number, name, opening, debits, credits, closing in made
    ]
    sums = [sum(cell for row in rows if isinstance(cell := row.cells[place], int)) for place in range(2, 8)]
    rows.append(Row(("", say(language, ("Jumlah", "Total")), *sums), RowKind.TOTAL))
    title = say(language, ("Neraca Saldo", "Trial balance"))
    return Paper(title, title, for_period(period, language), columns, rows, is_wide=True)


def _sides(balance: int) -> tuple[int, int]:
    return max(balance, 0), max(-balance, 0)


def general_ledger(account: Account, opening: int, entries: Sequence[Entry], period: Period, language: str) -> Paper:
    """Buku besar of one account."""
    columns = _columns(
        language,
        ("Tanggal", "Date", 0.8, False),
        ("Bukti", "Voucher", 1.2, False),
        ("Uraian", "Description", 3, False),
        ("Debet", "Debit", 1.1, True),
        ("Kredit", "Credit", 1.1, True),
        ("Saldo", "Balance", 1.2, True),
    )
    start = Row((None, "", say(language, ("Saldo awal", "Opening balance")), None, None, opening), RowKind.SUBTOTAL)
    rows = [start]
    rows += [
        Row(
            (
                entry.day,
                entry.voucher_number or "",
                entry.description or entry.cause_kind,
                entry.debit or None,
                entry.credit or None,
                entry.balance,
            )
        )
        for entry in entries
    ]
    debits, credits = sum(entry.debit for entry in entries), sum(entry.credit for entry in entries)
    end = opening + debits - credits
    rows.append(
        Row((None, "", say(language, ("Saldo akhir", "Closing balance")), debits, credits, end), RowKind.TOTAL)
    )
    title = f"{say(language, ('Buku Besar', 'General ledger'))} {account.number} {account.name(language)}"
    name = f"{say(language, ('Buku Besar', 'Ledger'))} {account.number}"
    return Paper(name, title, for_period(period, language), columns, rows, is_wide=True)


def vouchers(
    heads: Sequence[tuple[VoucherHead, Sequence[Line]]],
    accounts: Mapping[UUID, Account],
    period: Period,
    language: str,
) -> Paper:
    """Jurnal: the posted vouchers in their order, line by line."""
    columns = _columns(
        language,
        ("Tanggal", "Date", 0.8, False),
        ("Bukti", "Voucher", 1.2, False),
        ("Akun", "Account", 0.7, False),
        ("Nama akun / uraian", "Account / description", 3.4, False),
        ("Debet", "Debit", 1.1, True),
        ("Kredit", "Credit", 1.1, True),
    )
    rows = []
    for head, lines in heads:
        told = " - ".join(filter(None, (head.description, head.party, head.reference)))
        rows.append(Row((head.booked_on, head.number or "", "", told, None, None), RowKind.HEADING))
        for line in lines:
            account = accounts[line.account_id]
            name = account.name(language) + (f": {line.memo}" if line.memo else "")
            rows.append(Row((None, "", account.number, name, line.debit or None, line.credit or None)))
    debits = sum(line.debit for _, lines in heads for line in lines)
    credits = sum(line.credit for _, lines in heads for line in lines)
    rows.append(Row((None, "", "", say(language, ("Jumlah", "Total")), debits, credits), RowKind.TOTAL))
    title = say(language, ("Jurnal", "Journal"))
    return Paper(title, title, for_period(period, language), columns, rows, is_wide=True)


class BankRow(Protocol):
    """A line of a bank statement."""

    booked_on: date
    amount: int
    description: str
    reference: str


def reconciliation(
    account: Account,
    on: date,
    balances: tuple[int, int | None, int | None],
    lines: Sequence[BankRow],
    entries: Sequence[Entry],
    language: str,
) -> Paper:
    """Rekonsiliasi bank; `balances`: the book's, the bank's, and what of their difference nothing explains."""
    columns = _columns(
        language,
        ("Tanggal", "Date", 0.8, False),
        ("Bukti / referensi", "Voucher / reference", 1.3, False),
        ("Uraian", "Description", 3.4, False),
        ("Jumlah", "Amount", 1.2, True),
    )
    book, bank, unexplained = balances

    def told(label: tuple[str, str], amount: int | None, kind: RowKind) -> Row:
        return Row((None, "", say(language, label), amount), kind)

    rows = [told(("Saldo menurut buku", "Balance of the book"), book, RowKind.SUBTOTAL)]
    rows.append(told(("Di bank, belum di buku", "At the bank, not in the book"), None, RowKind.HEADING))
    rows += [Row((one.booked_on, one.reference, one.description, one.amount)) for one in lines]
    rows.append(told(("Di buku, belum di bank", "In the book, not at the bank"), None, RowKind.HEADING))
    rows += [
        Row((one.day, one.voucher_number or "", one.description or one.cause_kind, one.credit - one.debit))
        for one in entries
    ]
    if unexplained:
        rows.append(told(("Selisih tidak terjelaskan", "Unexplained difference"), unexplained, RowKind.SUBTOTAL))
    rows.append(told(("Saldo menurut bank", "Balance of the bank"), bank, RowKind.TOTAL))
    name = say(language, ("Rekonsiliasi Bank", "Bank reconciliation"))
    return Paper(name, f"{name} {account.number} {account.name(language)}", at_end_of(on, language), columns, rows)


_FLOWS = {
    CashFlow.OPERATING: ("Operasi", "Operating"),
    CashFlow.INVESTING: ("Investasi", "Investing"),
    CashFlow.FINANCING: ("Pendanaan", "Financing"),
}


def chart(found: Chart, language: str) -> Paper:
    """Bagan akun."""
    columns = _columns(
        language,
        ("Nomor", "Number", 0.8, False),
        ("Nama", "Name", 2.6, False),
        ("Baris laporan", "Statement line", 2.2, False),
        ("Arus kas", "Cash flow", 1, False),
    )
    rows = []
    for account in found.accounts:
        if not account.is_retired:
            stands = LINES[account.line]
            line = say(language, (stands.title_id, stands.title_en))
            flow = say(language, _FLOWS[account.cash_flow])
            rows.append(Row((account.number, account.name(language), line, flow)))
    title = say(language, ("Bagan Akun", "Chart of accounts"))
    return Paper(title, title, "", columns, rows)
