"""How a period changed things: the statements of equity and of cash. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cooperatives.books.chart import Account, Chart
from cooperatives.books.lines import LINES, CashFlow, Line, Section
from cooperatives.books.statements import (
    Nets,
    Part,
    RowKind,
    Statement,
    StatementRow,
    heading,
    of_section,
    result_of,
    summed,
)


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
    for line in of_section(Section.EQUITY):
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
            rows += [heading(*title), *found]
        every += found
        rows.append(summed(flow.value, RowKind.SUBTOTAL, _NET[flow], found))
    rows.append(
        summed("CHANGE", RowKind.SUBTOTAL, ("Kenaikan (penurunan) kas", "Increase (decrease) in cash"), every)
    )
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
