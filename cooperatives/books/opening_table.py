"""A table of opening balances: its lines read and checked, its totals proved. Pure.

Columns by their names in Bahasa Indonesia or English: nomor, nama, debet, kredit, and where a line brings an
account that the chart lacks, baris (a StatementLine). A line that says JUMLAH or TOTAL holds control totals.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cooperatives.books import amounts
from cooperatives.books.chart import NUMBER, Account, Chart
from cooperatives.books.lines import LINES
from cooperatives.books.lines import Line as On
from cooperatives.books.texts import fits

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("nomor", "nomor akun", "no akun", "kode", "kode akun", "akun", "number", "account"),
    "name": ("nama", "nama akun", "uraian", "name"),
    "debit": ("debet", "debit"),
    "credit": ("kredit", "credit"),
    "line": ("baris", "baris laporan", "line"),
}
NEEDED = ("number", "debit", "credit")
TOTALS = frozenset({"jumlah", "total"})
MOST_LINES = 1_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong in a line (0: the whole file), in which column, and why, in both languages."""

    line: int
    column: str
    message: str
    pesan: str


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that the table brings into the chart."""

    number: str
    name: str
    line: On


@dataclass(frozen=True, slots=True)
class Balance:
    """An account's opening balance: one of the two is zero."""

    number: str
    debit: int
    credit: int


@dataclass(slots=True)
class Opening:
    """What the table says: balances, new accounts, sums, control totals, and all that is wrong."""

    balances: list[Balance] = field(default_factory=list)
    new_accounts: list[NewAccount] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    control_debits: int | None = None
    control_credits: int | None = None

    @property
    def debits(self) -> int:
        return sum(balance.debit for balance in self.balances)

    @property
    def credits(self) -> int:
        return sum(balance.credit for balance in self.balances)


def columns_of(header: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """Which of the file's columns is which of ours, and which needed ones are missing."""
    found = {}
    for theirs in header:
        for ours, names in COLUMNS.items():
            if theirs.strip().lower() in names and ours not in found:
                found[ours] = theirs
    return found, [name for name in NEEDED if name not in found]


def read(lines: Iterable[tuple[int, Mapping[str, str]]], chart: Chart) -> Opening:
    """Read the table's lines (number in the file, cells by column)."""
    made = Opening()
    seen: dict[str, int] = {}
    columns: dict[str, str] = {}
    for number, cells in lines:
        if not columns:
            columns, missing = columns_of(cells)
            if missing:
                names = ", ".join(COLUMNS[name][0] for name in missing)
                made.refusals.append(Refusal(1, names, f"no column {names}", f"kolom {names} tidak ada"))
                return made
        if len(seen) >= MOST_LINES:
            made.refusals.append(
                Refusal(number, "", f"more than {MOST_LINES} lines", f"lebih dari {MOST_LINES} baris")
            )
            return made
        _read_line(
            made, number, {ours: cells.get(theirs, "").strip() for ours, theirs in columns.items()}, seen, chart
        )
    if not columns:
        made.refusals.append(Refusal(0, "", "the table holds no line", "tabel tidak berisi baris"))
    return made


def _read_line(made: Opening, number: int, cells: Mapping[str, str], seen: dict[str, int], chart: Chart) -> None:
    amounts_found = {}
    for side in ("debit", "credit"):
        try:
            amounts_found[side] = amounts.read(cells[side])
        except amounts.NotAnAmount:
            made.refusals.append(
                Refusal(
                    number,
                    COLUMNS[side][0],
                    f"not whole rupiah: {cells[side][:30]}",
                    f"bukan rupiah bulat: {cells[side][:30]}",
                )
            )
    if len(amounts_found) < 2:
        return
    debit, credit = amounts_found["debit"], amounts_found["credit"]
    if cells["number"].lower() in TOTALS or (not cells["number"] and cells.get("name", "").lower() in TOTALS):
        made.control_debits, made.control_credits = debit, credit
        return
    if debit < 0 or credit < 0:  # a balance below zero stands on the other side
        debit, credit = max(debit, 0) + max(-credit, 0), max(credit, 0) + max(-debit, 0)
    net = debit - credit
    refusal = _account_refusal(made, number, cells, seen, chart)
    if refusal is not None:
        made.refusals.append(refusal)
        return
    seen[cells["number"]] = number
    if net:
        made.balances.append(Balance(cells["number"], max(net, 0), max(-net, 0)))


def _account_refusal(
    made: Opening, number: int, cells: Mapping[str, str], seen: Mapping[str, int], chart: Chart
) -> Refusal | None:
    """What is wrong with the line's account; one that the table brings is noted."""
    code, column = cells["number"], COLUMNS["number"][0]
    if code in seen:
        line = seen[code]
        return Refusal(number, column, f"{code} stands in line {line} already", f"{code} sudah ada di baris {line}")
    account = chart.by_number.get(code)
    if account is not None:
        return _not_taken(number, account)
    if not NUMBER.fullmatch(code):
        return Refusal(number, column, f"no account number: {code[:20]}", f"bukan nomor akun: {code[:20]}")
    wanted = cells.get("line", "").upper()
    if not wanted:
        return Refusal(
            number,
            column,
            f"the chart has no {code}: add it, or name its statement line in a column baris",
            f"bagan akun tidak punya {code}: tambahkan dulu, atau isi kolom baris",
        )
    if wanted not in On.__members__:
        return Refusal(
            number, COLUMNS["line"][0], f"no statement line {wanted[:30]}", f"tidak ada baris {wanted[:30]}"
        )
    name = cells.get("name", "")
    if not fits(name, 1, 120):
        return Refusal(number, COLUMNS["name"][0], "a new account has a name", "akun baru perlu nama")
    made.new_accounts.append(NewAccount(code, name, On[wanted]))
    return None


def _not_taken(number: int, account: Account) -> Refusal | None:
    if account.takes_vouchers:
        return None
    kept = LINES[account.line].title_id
    return Refusal(
        number,
        COLUMNS["number"][0],
        f"{account.number} is kept by the marketplace itself: book what is owed from before in another account",
        f"{account.number} ({kept}) dibukukan lokapasar sendiri: pakai akun lain untuk saldo lama",
    )


def prove(made: Opening, control_debits: int | None, control_credits: int | None) -> None:
    """Hold the sums against each other and against the control totals; what differs is refused."""
    if made.refusals:
        return
    for side, found, controls in (
        ("debit", made.debits, (made.control_debits, control_debits)),
        ("credit", made.credits, (made.control_credits, control_credits)),
    ):
        for control in controls:
            if control is not None and control != found:
                made.refusals.append(
                    Refusal(
                        0,
                        COLUMNS[side][0],
                        f"the lines sum to {found}, the control total is {control}: {found - control:+d}",
                        f"jumlah baris {found}, total kontrol {control}: selisih {found - control:+d}",
                    )
                )
    if made.debits != made.credits:
        made.refusals.append(
            Refusal(
                0,
                "",
                f"debits {made.debits} and credits {made.credits} differ by {made.debits - made.credits:+d}",
                f"debet {made.debits} dan kredit {made.credits} berselisih {made.debits - made.credits:+d}",
            )
        )
    elif not made.balances:
        made.refusals.append(Refusal(0, "", "no line has a balance", "tidak ada baris yang bersaldo"))
