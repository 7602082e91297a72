"""The statements of SAK EP as papers. Pure."""

from collections.abc import Sequence
from datetime import date

from cooperatives.books.changes import EquityRow
from cooperatives.books.papers.paper import Column, Paper, Row
from cooperatives.books.periods import Period, written, year_earlier
from cooperatives.books.statements import RowKind, Statement, StatementRow

_TITLES = {
    "balance-sheet": ("Neraca", "Balance sheet"),
    "surplus-statement": ("Perhitungan Hasil Usaha", "Statement of surplus"),
    "equity-changes": ("Laporan Perubahan Ekuitas", "Statement of changes in equity"),
    "cash-flow": ("Laporan Arus Kas", "Statement of cash flows"),
}
_WRONG = (
    "Tidak seimbang: jalankan lumbung check-books.",
    "Not balanced: run lumbung check-books.",
)


def say(language: str, words: tuple[str, str]) -> str:
    """Of `(Bahasa Indonesia, English)` the one for this language."""
    return words[1] if language == "en" else words[0]


def at_end_of(day: date, language: str) -> str:
    return say(language, (f"Per {written(day, 'id')}", f"At {written(day, 'en')}"))


def for_period(period: Period, language: str) -> str:
    """`1 November 2026 sampai 30 November 2026`."""
    until = say(language, ("sampai", "to"))
    return f"{written(period.first, language)} {until} {written(period.last, language)}"


def balance_sheet(made: Statement, on: date, language: str, *, details: bool) -> Paper:
    """Neraca."""
    ends = [on, year_earlier(on)] if _is_compared(made) else [on]
    return _paper("balance-sheet", made, at_end_of(on, language), ends, language, details)


def surplus_statement(made: Statement, period: Period, language: str, *, details: bool) -> Paper:
    """Perhitungan hasil usaha."""
    return _of_period("surplus-statement", made, period, language, details)


def cash_flow(made: Statement, period: Period, language: str, *, details: bool) -> Paper:
    """Arus kas."""
    return _of_period("cash-flow", made, period, language, details)


def _of_period(name: str, made: Statement, period: Period, language: str, details: bool) -> Paper:
    ends = [period.last, period.earlier().last] if _is_compared(made) else [period.last]
    return _paper(name, made, for_period(period, language), ends, language, details)


def _is_compared(made: Statement) -> bool:
    return any(row.previous is not None for row in made.rows)


def _paper(name: str, made: Statement, period: str, ends: Sequence[date], language: str, details: bool) -> Paper:
    columns = [Column(say(language, ("Uraian", "Description")), 3.2)]
    columns += [Column(_short(end, language), 1.15, is_amount=True) for end in ends]
    rows = [row for one in made.rows for row in _rows(one, len(ends), language, details)]
    notes = () if made.is_balanced else (say(language, _WRONG),)
    title = say(language, _TITLES[name])
    return Paper(title, title, period, tuple(columns), rows, notes)


def _short(day: date, language: str) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}" if language == "id" else day.isoformat()


def _rows(row: StatementRow, amounts: int, language: str, details: bool) -> list[Row]:
    label = row.label(language)
    if row.kind is RowKind.HEADING:
        return [Row((label, *[None] * amounts), row.kind, row.level)]
    cells = (row.amount, row.previous)[:amounts]
    made = [Row((label, *cells), row.kind, row.level)]
    if details:
        made += [
            Row(
                (f"{part.account.number}  {part.account.name(language)}", *(part.amount, part.previous)[:amounts]),
                RowKind.LINE,
                row.level + 1,
            )
            for part in row.parts
        ]
    return made


def equity_changes(rows: Sequence[EquityRow], period: Period, language: str) -> Paper:
    """Perubahan ekuitas."""
    titles = [
        ("Saldo awal", "Opening"),
        ("Penambahan", "Additions"),
        ("Pengurangan", "Deductions"),
        ("SHU periode", "Surplus"),
        ("Saldo akhir", "Closing"),
    ]
    columns = [Column(say(language, ("Komponen ekuitas", "Component of equity")), 1.9)]
    columns += [Column(say(language, title), 1, is_amount=True) for title in titles]
    printed = [
        Row(
            (row.label(language), row.opening, row.additions, -row.deductions, row.surplus, row.closing),
            RowKind.TOTAL if row is rows[-1] else RowKind.LINE,
        )
        for row in rows
    ]
    title = say(language, _TITLES["equity-changes"])
    name = say(language, ("Perubahan Ekuitas", "Changes in equity"))
    return Paper(name, title, for_period(period, language), tuple(columns), printed)
