"""The proof of a set: what its sheets sum to is what the books say of the same. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cooperatives.books.chart import Account, Chart
from cooperatives.books.lines import Line
from cooperatives.books.opening_table import Opening
from cooperatives.ledger.accounts import Purpose
from cooperatives.moving.records import Reading, StockRow, Told
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
#: The column of the stock's sheet whose sum is held against each account that the rows name.
STOCK_VALUE, STOCK_COUNT = "nilai", "jumlah"


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


@dataclass(slots=True)
class _Part:
    """An account that a sheet tells apart, and what the sheet's rows sum to by product (of stock: by unit)."""

    account: Account
    sheet: SheetKind
    column: str
    rows: int
    by_product: Counter[str]


def stock_account(chart: Chart, row: StockRow) -> Account | None:
    """In whose sum an item's value stands; None where it names no account of stock. The units' own account is the
    marketplace's: old books can't bring a sum in it."""
    found = [
        one for one in chart.accounts if one.line is Line.INVENTORY and one.purpose is None and not one.is_retired
    ]
    return next((one for one in found if row.account in ("", one.number)), None)


def accounts(found: Reading, chart: Chart) -> list[Account]:
    """Every account that the sheets may tell apart."""
    return [part.account for part in _parts(found, chart)]


def prove(
    found: Reading, given: Iterable[SheetKind], opening: Opening | None, kept: Mapping[str, int], chart: Chart
) -> list[ProofLine]:
    """Hold every account that a given sheet tells apart against the books; what differs is refused.

    The books: the opening balances of the set, and of what was booked before (`kept`, by the account's number) what
    no member's or unit's account holds.
    """
    brought = _by_number(opening, chart)
    sheets = set(given)
    made = []
    for part in _parts(found, chart):
        number = part.account.number
        books = brought.get(number, 0) + kept.get(number, 0)
        title = f"{number} {part.account.name_id}"
        if part.sheet not in sheets:
            if books:
                _note(
                    found,
                    part.sheet,
                    f"no sheet {part.sheet}: {books} of {title} stays whole",
                    f"lembar {part.sheet} tidak ada: {books} pada {title} belum dirinci",
                )
            continue
        total = sum(part.by_product.values())
        by_product = tuple(sorted(part.by_product.items()))
        made.append(ProofLine(title, part.sheet.value, part.column, part.rows, total, books, by_product))
        if total != books:
            found.refusals.append(
                Told(
                    part.sheet.value,
                    0,
                    part.column,
                    f"the rows sum to {total}, {title} in the books is {books}: {total - books:+d}",
                    f"jumlah baris {total}, {title} di neraca {books}: selisih {total - books:+d}",
                )
            )
    _hold_against_controls(found, made)
    if brought.get(chart.in_ledger(Purpose.LOAN_LOSS_RESERVE, None).number):
        _note(
            found,
            SheetKind.BALANCES,
            "reserves for losses are reckoned anew each month: take the old one back by a voucher then",
            "penyisihan kerugian pinjaman dihitung ulang tiap bulan: setelah itu jurnal balik yang lama",
        )
    return made


def _hold_against_controls(found: Reading, made: Iterable[ProofLine]) -> None:
    """What a row of totals says must be what the rows sum to."""
    sums = Counter({(SheetKind.STOCK.value, STOCK_COUNT): sum(row.quantity for row in found.stock.values())})
    for line in made:
        sums[line.sheet, line.column] += line.total
    for (sheet, column), (row, control) in found.controls.items():
        total = sums[sheet, column]
        if control != total:
            found.refusals.append(
                Told(
                    sheet,
                    row,
                    column,
                    f"the rows sum to {total}, the total says {control}: {total - control:+d}",
                    f"jumlah baris {total}, baris jumlah menyebut {control}: selisih {total - control:+d}",
                )
            )


def _note(found: Reading, sheet: SheetKind, message: str, pesan: str) -> None:
    found.notes.append(Told(sheet.value, 0, "", message, pesan))


def _by_number(opening: Opening | None, chart: Chart) -> dict[str, int]:
    """What the opening balances say of each account, as it grows."""
    found: dict[str, int] = {}
    for row in opening.balances if opening else ():
        account = chart.by_number.get(row.number)
        if account is not None:
            net = row.debit - row.credit
            found[account.number] = net if account.type.grows_by_debit else -net
    return found


def _parts(found: Reading, chart: Chart) -> list[_Part]:
    """Each account that a sheet tells apart, with the rows' sums; pokok and wajib have no product."""
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
    rows = {
        SheetKind.SAVINGS: len(found.savings),
        SheetKind.DEPOSITS: len(found.deposits),
        SheetKind.LOANS: len(found.loans),
    }
    by_member = [
        _Part(chart.in_ledger(purpose, None), sheet, column, rows[sheet], sums[purpose])
        for purpose, (sheet, column) in TOLD_APART.items()
    ]
    return [*by_member, *_stock_parts(found, chart)]


def _stock_parts(found: Reading, chart: Chart) -> list[_Part]:
    """Each account of stock that a row names."""
    parts: dict[str, _Part] = {}
    for row in found.stock.values():
        account = stock_account(chart, row)
        if account is not None:
            empty = _Part(account, SheetKind.STOCK, STOCK_VALUE, 0, Counter())
            part = parts.setdefault(account.number, empty)
            part.rows += 1
            part.by_product[row.unit] += row.value
    return list(parts.values())
