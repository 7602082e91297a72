"""The statements of SAK EP, made of what each account moved. Pure.

Amounts stand on their line's own side: an asset's debits less credits, a liability's reverse; an expense is
shown as what it takes away (negative) in the perhitungan hasil usaha. Nothing is closed at a year's end: the
surplus of earlier years is computed, and stands in the equity until the members' meeting has it allocated.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from cooperatives.books.chart import Account, Chart
from cooperatives.books.lines import LINES, CashFlow, Line, Section
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


def _heading(label_id: str, label_en: str) -> StatementRow:
    return StatementRow(RowKind.HEADING, label_id, label_en)


def _sum(
    key: str, kind: RowKind, labels: tuple[str, str], rows: Iterable[StatementRow], level: int = 0
) -> StatementRow:
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


def _of_section(*sections: Section) -> list[Line]:
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
    rows: list[StatementRow] = [_heading("ASET", "ASSETS")]
    for section, title, subtotal in _ASSET_SECTIONS:
        found = _line_rows(chart, _of_section(section), now.nets, before)
        if found:
            assets += found
            rows += [_heading(*title), *found, _sum(section.value, RowKind.SUBTOTAL, subtotal, found, 1)]
    rows.append(_sum("ASSETS", RowKind.TOTAL, ("JUMLAH ASET", "TOTAL ASSETS"), assets))
    rows.append(_heading("LIABILITAS DAN EKUITAS", "LIABILITIES AND EQUITY"))
    debts: list[StatementRow] = []
    for section, title, subtotal in _DEBT_SECTIONS:
        found = _line_rows(chart, _of_section(section), now.nets, before)
        if found:
            debts += found
            rows += [_heading(*title), *found, _sum(section.value, RowKind.SUBTOTAL, subtotal, found, 1)]
    rows.append(_sum("LIABILITIES", RowKind.SUBTOTAL, ("Jumlah liabilitas", "Total liabilities"), debts))
    equity = _equity_rows(chart, now, then)
    rows += [_heading("Ekuitas", "Equity"), *equity]
    rows.append(_sum("EQUITY", RowKind.SUBTOTAL, ("Jumlah ekuitas", "Total equity"), equity))
    rows.append(
        _sum(
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
    own = _line_rows(chart, _of_section(Section.EQUITY), now.nets, then.nets if then else None)
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
        return _line_rows(chart, _of_section(*sections), now, then, sign=-1)

    counted: list[StatementRow] = []
    rows: list[StatementRow] = []

    def step(title: tuple[str, str], found: list[StatementRow], key: str, label: tuple[str, str]) -> None:
        counted.extend(found)
        if found:
            rows.extend([_heading(*title), *found])
        rows.append(_sum(key, RowKind.SUBTOTAL, label, counted))

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
    rows.append(_sum("RESULT", RowKind.TOTAL, ("SISA HASIL USAHA", "SURPLUS"), counted))
    made = Statement(tuple(rows))
    return Statement(made.rows, made.amount("RESULT") == result_of(chart, now))


@dataclass(frozen=True, slots=True)
class EquityRow:
    """How one component of equity changed: credits and debits of the period, its surplus, and the ends."""

    label_id: str
    label_en: str
    opening: int
    additions: int
    deductions: int
    surplus: int
    closing: int
    parts: tuple[Part, ...] = ()
    key: str = ""

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_id


@dataclass(frozen=True, slots=True)
class Sides:
    """Debits and credits of accounts in a period."""

    debits: Mapping[UUID, int] = field(default_factory=dict)
    credits: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def nets(self) -> dict[UUID, int]:
        ids = {*self.debits, *self.credits}
        return {id: self.debits.get(id, 0) - self.credits.get(id, 0) for id in ids}


def equity_changes(chart: Chart, opening: Nets, moved: Sides) -> list[EquityRow]:
    """Perubahan ekuitas: each component from its opening to its closing, and the sum last.

    `opening` holds the balances at the period's beginning, results of the years until then included.
    """
    rows = []
    for line in _of_section(Section.EQUITY):
        accounts = [account for account in chart.accounts if account.line is line]
        starts = -sum(opening.get(account.id, 0) for account in accounts)
        added = sum(moved.credits.get(account.id, 0) for account in accounts)
        taken = sum(moved.debits.get(account.id, 0) for account in accounts)
        surplus = 0
        if line is Line.RETAINED_SURPLUS:
            starts += result_of(chart, opening)
            surplus = result_of(chart, moved.nets)
        if starts or added or taken or surplus:
            stands = LINES[line]
            parts = tuple(
                Part(account, -opening.get(account.id, 0) - moved.nets.get(account.id, 0), None)
                for account in accounts
                if opening.get(account.id) or moved.nets.get(account.id)
            )
            rows.append(
                EquityRow(
                    stands.title_id,
                    stands.title_en,
                    starts,
                    added,
                    taken,
                    surplus,
                    starts + added - taken + surplus,
                    parts,
                    line.value,
                )
            )
    whole = EquityRow(
        "Jumlah ekuitas",
        "Total equity",
        opening=sum(row.opening for row in rows),
        additions=sum(row.additions for row in rows),
        deductions=sum(row.deductions for row in rows),
        surplus=sum(row.surplus for row in rows),
        closing=sum(row.closing for row in rows),
        key="EQUITY",
    )
    return [*rows, whole]


@dataclass(frozen=True, slots=True)
class CashSide:
    """What came into cash and went out of it against one account."""

    account: Account
    came_in: int
    went_out: int


@dataclass(frozen=True, slots=True)
class CashPeriod:
    """Cash of a period: what it began with, what opening balances brought, what moved, what it ended with."""

    opening: int
    brought: int
    sides: Sequence[CashSide]
    closing: int


_FLOWS = (
    (CashFlow.OPERATING, ("Arus kas dari aktivitas operasi", "Cash flows from operating activities")),
    (CashFlow.INVESTING, ("Arus kas dari aktivitas investasi", "Cash flows from investing activities")),
    (CashFlow.FINANCING, ("Arus kas dari aktivitas pendanaan", "Cash flows from financing activities")),
)
_NET = {
    CashFlow.OPERATING: ("Arus kas bersih operasi", "Net operating cash flow"),
    CashFlow.INVESTING: ("Arus kas bersih investasi", "Net investing cash flow"),
    CashFlow.FINANCING: ("Arus kas bersih pendanaan", "Net financing cash flow"),
}


def cash_flow(now: CashPeriod, then: CashPeriod | None) -> Statement:
    """Arus kas by the direct method: each rupiah by the account that it met."""
    rows: list[StatementRow] = []
    every: list[StatementRow] = []
    for flow, title in _FLOWS:
        found = _flow_rows(flow, now, then)
        if found:
            rows += [_heading(*title), *found]
        every += found
        rows.append(_sum(flow.value, RowKind.SUBTOTAL, _NET[flow], found))
    rows.append(_sum("CHANGE", RowKind.SUBTOTAL, ("Kenaikan (penurunan) kas", "Increase (decrease) in cash"), every))
    ends = [("OPENING_CASH", ("Kas awal periode", "Cash at the beginning"), "opening")]
    if now.brought or (then and then.brought):
        ends.append(("BROUGHT_CASH", ("Kas dari saldo awal pembukuan", "Cash from opening balances"), "brought"))
    for key, label, name in ends:
        previous = getattr(then, name) if then else None
        rows.append(StatementRow(RowKind.LINE, *label, getattr(now, name), previous, level=0, key=key))
    rows.append(
        StatementRow(
            RowKind.TOTAL,
            "KAS AKHIR PERIODE",
            "CASH AT THE END",
            now.closing,
            then.closing if then else None,
            key="CLOSING_CASH",
        )
    )
    made = Statement(tuple(rows))
    return Statement(made.rows, now.opening + now.brought + made.amount("CHANGE") == now.closing)


def _flow_rows(flow: CashFlow, now: CashPeriod, then: CashPeriod | None) -> list[StatementRow]:
    """Receipts and payments of one activity, a row for each line of the statements that they met."""
    rows = []
    for is_in in (True, False):
        ours, theirs = _by_account(flow, now, is_in), _by_account(flow, then, is_in) if then else None
        ids = {**ours, **(theirs or {})}
        for line in LINES:
            parts = tuple(
                Part(account, ours.get(account, 0), None if theirs is None else theirs.get(account, 0))
                for account in sorted(ids, key=lambda account: account.number)
                if account.line is line
            )
            if not parts:
                continue
            stands = LINES[line]
            before = ("Penerimaan: ", "Received: ") if is_in else ("Pembayaran: ", "Paid: ")
            rows.append(
                StatementRow(
                    RowKind.LINE,
                    before[0] + stands.title_id[0].lower() + stands.title_id[1:],
                    before[1] + stands.title_en[0].lower() + stands.title_en[1:],
                    sum(part.amount for part in parts),
                    None if theirs is None else sum(part.previous or 0 for part in parts),
                    level=1,
                    parts=parts,
                    key=f"{flow}.{'IN' if is_in else 'OUT'}.{line}",
                )
            )
    return rows


def _by_account(flow: CashFlow, period: CashPeriod, is_in: bool) -> dict[Account, int]:
    sums: dict[Account, int] = {}
    for side in period.sides:
        amount = side.came_in if is_in else -side.went_out
        if amount and side.account.cash_flow is flow:
            sums[side.account] = sums.get(side.account, 0) + amount
    return sums
