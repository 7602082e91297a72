"""The proof of a set: what its sheets sum to is what the books say of the same. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cooperatives.books.chart import Chart
from cooperatives.books.opening_table import Opening
from cooperatives.ledger.accounts import CHART, Purpose
from cooperatives.moving.records import Reading, Told
from cooperatives.moving.sheets import SheetKind

#: Which sheet tells each account apart by member, and the column whose sum it is.
TOLD_APART: Mapping[Purpose, tuple[SheetKind, str]] = {
    Purpose.PRINCIPAL_SAVINGS: (SheetKind.SAVINGS, "pokok"),
    Purpose.MANDATORY_SAVINGS: (SheetKind.SAVINGS, "wajib"),
    Purpose.VOLUNTARY_SAVINGS: (SheetKind.SAVINGS, "sukarela"),
    Purpose.TERM_SAVINGS: (SheetKind.DEPOSITS, "saldo"),
    Purpose.LOAN_PRINCIPAL: (SheetKind.LOANS, "sisa_pokok"),
    Purpose.LOAN_INTEREST_DUE: (SheetKind.LOANS, "tunggakan_jasa"),
}


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One account: what its sheet sums to, of how many rows and by product, and what the books say. Rupiah."""

    account: str  # `3-1101 Simpanan pokok`
    sheet: str
    column: str
    rows: int
    total: int
    books: int
    by_product: tuple[tuple[str, int], ...]

    @property
    def difference(self) -> int:
        return self.total - self.books


def prove(
    found: Reading, given: Iterable[SheetKind], opening: Opening | None, kept: Mapping[Purpose, int], chart: Chart
) -> list[ProofLine]:
    """Hold every account that a given sheet tells apart against the books; what differs is refused.

    The books: the opening balances of the set, and of what was booked before (`kept`) what no member's account holds.
    """
    sums = _sums(found)
    brought = _by_purpose(opening, chart)
    sheets = set(given)
    made = []
    for purpose, (sheet, column) in TOLD_APART.items():
        account = next(one for one in chart.accounts if one.purpose is purpose)
        books = brought.get(purpose, 0) + kept.get(purpose, 0)
        title = f"{account.number} {account.name_id}"
        if sheet not in sheets:
            if books:
                _note(
                    found,
                    sheet,
                    f"no sheet {sheet}: {books} of {title} stays whole",
                    f"lembar {sheet} tidak ada: {books} pada {title} belum dirinci per anggota",
                )
            continue
        by_product = sums[purpose]
        line = ProofLine(
            title,
            sheet.value,
            column,
            _rows(found, purpose),
            sum(by_product.values()),
            books,
            tuple(sorted(by_product.items())),
        )
        made.append(line)
        _hold_against_control(found, line)
        if line.difference:
            found.refusals.append(
                Told(
                    sheet.value,
                    0,
                    column,
                    f"the rows sum to {line.total}, {title} in the books is {books}: {line.difference:+d}",
                    f"jumlah baris {line.total}, {title} di neraca {books}: selisih {line.difference:+d}",
                )
            )
    reserve = brought.get(Purpose.LOAN_LOSS_RESERVE, 0)
    if reserve:
        _note(
            found,
            SheetKind.BALANCES,
            "reserves for losses are reckoned anew each month: take the old one back by a voucher then",
            "penyisihan kerugian pinjaman dihitung ulang tiap bulan: setelah itu jurnal balik yang lama",
        )
    return made


def _hold_against_control(found: Reading, line: ProofLine) -> None:
    """What a row of totals says must be what the rows sum to."""
    row, control = found.controls.get((line.sheet, line.column), (0, line.total))
    if control != line.total:
        found.refusals.append(
            Told(
                line.sheet,
                row,
                line.column,
                f"the rows sum to {line.total}, the total says {control}: {line.total - control:+d}",
                f"jumlah baris {line.total}, baris jumlah menyebut {control}: selisih {line.total - control:+d}",
            )
        )


def _note(found: Reading, sheet: SheetKind, message: str, pesan: str) -> None:
    found.notes.append(Told(sheet.value, 0, "", message, pesan))


def _by_purpose(opening: Opening | None, chart: Chart) -> dict[Purpose, int]:
    """What the opening balances say of the marketplace's own accounts, as each grows."""
    found: dict[Purpose, int] = {}
    for row in opening.balances if opening else ():
        account = chart.by_number.get(row.number)
        if account is not None and account.purpose is not None:
            net = row.debit - row.credit
            found[account.purpose] = net if CHART[account.purpose].type.grows_by_debit else -net
    return found


def _sums(found: Reading) -> Mapping[Purpose, Counter[str]]:
    """Each account's sum by product; pokok and wajib have none."""
    sums: dict[Purpose, Counter[str]] = {purpose: Counter() for purpose in TOLD_APART}
    for row in found.savings.values():
        sums[Purpose.PRINCIPAL_SAVINGS][""] += row.principal
        sums[Purpose.MANDATORY_SAVINGS][""] += row.mandatory
        sums[Purpose.VOLUNTARY_SAVINGS][row.product] += row.voluntary
    for deposit in found.deposits:
        sums[Purpose.TERM_SAVINGS][deposit.product] += deposit.amount
    for loan in found.loans:
        sums[Purpose.LOAN_PRINCIPAL][loan.product] += loan.plan.owed
        sums[Purpose.LOAN_INTEREST_DUE][loan.product] += loan.plan.interest_owed
    return sums


def _rows(found: Reading, purpose: Purpose) -> int:
    kind = TOLD_APART[purpose][0]
    return len(
        {SheetKind.SAVINGS: found.savings, SheetKind.DEPOSITS: found.deposits, SheetKind.LOANS: found.loans}[kind]
    )
