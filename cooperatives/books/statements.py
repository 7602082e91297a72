"""The statements of SAK EP, made of what each account moved. Pure.

Amounts stand on their line's own side: an asset's debits less credits, a liability's reverse; an expense is
shown as what it takes away (negative) in the perhitungan hasil usaha. Nothing is closed at a year's end: the
surplus of earlier years is computed, and stands in the equity until the members' meeting has it allocated.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cooperatives.books.chart import Account, Chart
from cooperatives.books.lines import LINES, Line, Section
from cooperatives.ledger.accounts import AccountType

#: Debits less credits, by account of the chart.
Nets = Mapping[UUID, int]

_RESULT = (AccountType.INCOME, AccountType.EXPENSE)


class RowKind(StrEnum):
    """What a row of a statement is."""

    HEADING = "HEADING"
    LINE = "LINE"
    SUBTOTAL = "SUBTOTAL"
    TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True)
class Part:
    """What one account gives to a row."""

    account: Account
    amount: int
    previous: int | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A row: its label in both languages, this period's amount, the compared one's, and what it is made of."""

    kind: RowKind
    label_id: str
    label_en: str
    amount: int | None = None
    previous: int | None = None
    level: int = 0
    parts: tuple[Part, ...] = ()
    key: str = ""

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_id


@dataclass(frozen=True, slots=True)
class Balances:
    """What is needed at a statement's end: balances since the beginning, and the results of years.

    `nets` holds every account's debits less credits until the day; `year_result` is the surplus of the book
    year until the day, `earlier_result` that of all years before.
    """

    nets: Nets
    year_result: int
    earlier_result: int


def result_of(chart: Chart, nets: Nets) -> int:
    """The surplus that these movements make: income less expenses."""
    return -sum(net for id, net in nets.items() if chart.by_id[id].type in _RESULT)


def heading(label_id: str, label_en: str) -> StatementRow:
    """A title."""
    return StatementRow(RowKind.HEADING, label_id, label_en)


def summed(
    key: str, kind: RowKind, labels: tuple[str, str], rows: Iterable[StatementRow], level: int = 0
) -> StatementRow:
    """A row that sums the lines among `rows`."""
    counted = [row for row in rows if row.kind is RowKind.LINE]
    has_previous = any(row.previous is not None for row in counted)
    return StatementRow(
        kind,
        *labels,
        amount=sum(row.amount or 0 for row in counted),
        previous=sum(row.previous or 0 for row in counted) if has_previous else None,
        level=level,
        key=key,
    )


def _line_rows(
    chart: Chart, lines: Iterable[Line], now: Nets, then: Nets | None, *, sign: int | None = None
) -> list[StatementRow]:
    """A row for each line that has an amount in either period. `sign` None: the line's own side."""
    rows = []
    for line in lines:
        stands = LINES[line]
        side = sign if sign is not None else (1 if stands.type.grows_by_debit else -1)
        parts = tuple(
            Part(account, side * now.get(account.id, 0), None if then is None else side * then.get(account.id, 0))
            for account in chart.accounts
            if account.line is line and (now.get(account.id) or (then or {}).get(account.id))
        )
        if parts:
            rows.append(
                StatementRow(
                    RowKind.LINE,
                    stands.title_id,
                    stands.title_en,
                    sum(part.amount for part in parts),
                    None if then is None else sum(part.previous or 0 for part in parts),
                    level=1,
                    parts=parts,
                    key=line.value,
                )
            )
    return rows


def of_section(*sections: Section) -> list[Line]:
    """The lines of these sections, in the order of the statement."""
    return [line for line, stands in LINES.items() if stands.section in sections]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement's rows, top to bottom, and whether it proves right."""

    rows: tuple[StatementRow, ...]
    is_balanced: bool = True

    def amount(self, key: str) -> int:
        """The amount of the row with this key, zero when nothing stood there."""
        return next((row.amount or 0 for row in self.rows if row.key == key), 0)


_ASSET_SECTIONS = (
    (Section.CURRENT_ASSETS, ("Aset lancar", "Current assets"), ("Jumlah aset lancar", "Total current assets")),
    (Section.FIXED_ASSETS, ("Aset tetap", "Fixed assets"), ("Jumlah aset tetap", "Total fixed assets")),
    (Section.OTHER_ASSETS, ("Aset lain", "Other assets"), ("Jumlah aset lain", "Total other assets")),
)
_DEBT_SECTIONS = (
    (
        Section.CURRENT_LIABILITIES,
        ("Liabilitas jangka pendek", "Current liabilities"),
        ("Jumlah liabilitas jangka pendek", "Total current liabilities"),
    ),
    (
        Section.LONG_TERM_LIABILITIES,
        ("Liabilitas jangka panjang", "Long-term liabilities"),
        ("Jumlah liabilitas jangka panjang", "Total long-term liabilities"),
    ),
)


def balance_sheet(chart: Chart, now: Balances, then: Balances | None) -> Statement:
    """Neraca: assets, liabilities, equity with the surplus of this year and of years before."""
    before = then.nets if then else None
    assets: list[StatementRow] = []
    rows: list[StatementRow] = [heading("ASET", "ASSETS")]
    for section, title, subtotal in _ASSET_SECTIONS:
        found = _line_rows(chart, of_section(section), now.nets, before)
        if found:
            assets += found
            rows += [heading(*title), *found, summed(section.value, RowKind.SUBTOTAL, subtotal, found, 1)]
    rows.append(summed("ASSETS", RowKind.TOTAL, ("JUMLAH ASET", "TOTAL ASSETS"), assets))
    rows.append(heading("LIABILITAS DAN EKUITAS", "LIABILITIES AND EQUITY"))
    debts: list[StatementRow] = []
    for section, title, subtotal in _DEBT_SECTIONS:
        found = _line_rows(chart, of_section(section), now.nets, before)
        if found:
            debts += found
            rows += [heading(*title), *found, summed(section.value, RowKind.SUBTOTAL, subtotal, found, 1)]
    rows.append(summed("LIABILITIES", RowKind.SUBTOTAL, ("Jumlah liabilitas", "Total liabilities"), debts))
    equity = _equity_rows(chart, now, then)
    rows += [heading("Ekuitas", "Equity"), *equity]
    rows.append(summed("EQUITY", RowKind.SUBTOTAL, ("Jumlah ekuitas", "Total equity"), equity))
    rows.append(
        summed(
            "LIABILITIES_AND_EQUITY",
            RowKind.TOTAL,
            ("JUMLAH LIABILITAS DAN EKUITAS", "TOTAL LIABILITIES AND EQUITY"),
            [*debts, *equity],
        )
    )
    made = Statement(tuple(rows))
    return Statement(made.rows, made.amount("ASSETS") == made.amount("LIABILITIES_AND_EQUITY"))


def _equity_rows(chart: Chart, now: Balances, then: Balances | None) -> list[StatementRow]:
    """The components of equity. What earlier years left and the meeting has not yet allocated is one row."""
    own = _line_rows(chart, of_section(Section.EQUITY), now.nets, then.nets if then else None)
    kept = next((row for row in own if row.key == Line.RETAINED_SURPLUS), None)
    rows = [row for row in own if row is not kept]
    amount = (kept.amount or 0 if kept else 0) + now.earlier_result
    previous = ((kept.previous or 0 if kept else 0) + then.earlier_result) if then else None
    if kept or amount or previous:
        labels = ("SHU tahun-tahun lalu belum dibagi", "Undistributed surplus of earlier years")
        parts = kept.parts if kept else ()
        key = Line.RETAINED_SURPLUS.value
        rows.append(StatementRow(RowKind.LINE, *labels, amount, previous, level=1, parts=parts, key=key))
    labels = ("SHU tahun berjalan", "Surplus of the year")
    earlier = then.year_result if then else None
    rows.append(StatementRow(RowKind.LINE, *labels, now.year_result, earlier, level=1, key="YEAR_RESULT"))
    return rows


def surplus_statement(chart: Chart, now: Nets, then: Nets | None) -> Statement:
    """Perhitungan hasil usaha: income less expenses in steps; what expenses take away is negative."""

    def section(*sections: Section) -> list[StatementRow]:
        return _line_rows(chart, of_section(*sections), now, then, sign=-1)

    counted: list[StatementRow] = []
    rows: list[StatementRow] = []

    def step(title: tuple[str, str], found: list[StatementRow], key: str, label: tuple[str, str]) -> None:
        counted.extend(found)
        if found:
            rows.extend([heading(*title), *found])
        rows.append(summed(key, RowKind.SUBTOTAL, label, counted))

    step(("Pendapatan", "Income"), section(Section.SERVICE_INCOME), "INCOME", ("Jumlah pendapatan", "Total income"))
    step(
        ("Beban pokok", "Cost of services"),
        section(Section.COST_OF_SERVICE),
        "GROSS_RESULT",
        ("Hasil usaha kotor", "Gross surplus"),
    )
    step(
        ("Beban operasional", "Operating expenses"),
        section(Section.OPERATING_EXPENSES),
        "OPERATING_RESULT",
        ("Hasil usaha operasional", "Operating surplus"),
    )
    step(
        ("Pendapatan dan beban lain", "Other income and expenses"),
        section(Section.OTHER_RESULT),
        "RESULT_BEFORE_TAX",
        ("SHU sebelum pajak", "Surplus before tax"),
    )
    tax = section(Section.INCOME_TAX)
    counted += tax
    rows += tax
    rows.append(summed("RESULT", RowKind.TOTAL, ("SISA HASIL USAHA", "SURPLUS"), counted))
    made = Statement(tuple(rows))
    return Statement(made.rows, made.amount("RESULT") == result_of(chart, now))
