"""A budget as papers: budget against actual with its picture, and what officers are paid. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cooperatives.books.chart import Account
from cooperatives.books.papers.charts import Bar, bars
from cooperatives.books.papers.paper import HEADING, SUBTOTAL, TOTAL, Cell, Column, Paper, Passage, Row
from cooperatives.books.papers.registers import Words, register
from cooperatives.books.papers.statements import say
from cooperatives.budgets.planning import Totals, Use
from cooperatives.ledger.accounts import AccountType
from marketplace.identity.actor import Role

_PARTS: Mapping[AccountType, tuple[Words, Words]] = {
    AccountType.INCOME: (("Pendapatan", "Income"), ("Jumlah pendapatan", "Total income")),
    AccountType.EXPENSE: (("Belanja", "Expenses"), ("Jumlah belanja", "Total expenses")),
    AccountType.ASSET: (("Investasi", "Investments"), ("Jumlah investasi", "Total investments")),
}
OFFICES: Mapping[Role, Words] = {
    Role.CHAIR: ("Ketua", "Chair"),
    Role.SECRETARY: ("Sekretaris", "Secretary"),
    Role.TREASURER: ("Bendahara", "Treasurer"),
    Role.SUPERVISOR: ("Pengawas", "Supervisor"),
}
#: So many accounts of each side stand in the picture, the largest first.
MOST_DRAWN = 7


def use(title: Words, period: str, rows: Sequence[Use], language: str, *, notes: tuple[str, ...] = ()) -> Paper:
    """RAPB dan realisasi: the year's budget, its part until now, what happened, and how much that is."""
    columns = (
        Column(say(language, ("Akun", "Account")), 3.1),
        Column(say(language, ("Anggaran\nsetahun", "Budget of\nthe year")), 1.2, is_amount=True),
        Column(say(language, ("Anggaran\ns.d. bulan ini", "Budget\nuntil now")), 1.2, is_amount=True),
        Column(say(language, ("Realisasi", "Actual")), 1.2, is_amount=True),
        Column(say(language, ("Capaian", "Share")), 0.7, is_amount=True),
    )
    made: list[Row] = []
    for type, (heading, total) in _PARTS.items():
        found = [row for row in rows if row.account.type is type]
        if not found:
            continue
        made.append(Row((say(language, heading), None, None, None, None), HEADING))
        made += [Row(_cells(row, language), level=1) for row in found]
        made.append(Row((say(language, total), *_sums(found)), SUBTOTAL))
    income, expenses = ([row for row in rows if row.account.type is type] for type in list(_PARTS)[:2])
    gained = [sum(getattr(row, of) for row in income) - sum(getattr(row, of) for row in expenses) for of in _AMOUNTS]
    planned = say(language, ("SISA HASIL USAHA", "SURPLUS"))
    made.append(Row((planned, *gained, share(gained[2], gained[0])), TOTAL))
    drawing = bars(
        say(language, ("Anggaran dan realisasi, akun terbesar", "Budget and actual, the largest accounts")),
        (say(language, ("Anggaran setahun", "Budget of the year")), say(language, ("Realisasi", "Actual"))),
        [Bar(row.account.name(language), (row.year, row.actual)) for row in _largest(income) + _largest(expenses)],
        language,
    )
    return Paper("RAPB", say(language, title), period, columns, made, notes, drawing=drawing if rows else None)


_AMOUNTS = ("year", "until", "actual")


def _cells(row: Use, language: str) -> tuple[Cell, ...]:
    name = f"{row.account.number}  {row.account.name(language)}"
    return (name, row.year, row.until, row.actual, share(row.actual, row.year))


def _sums(rows: Iterable[Use]) -> tuple[Cell, ...]:
    year, until, actual = (sum(getattr(row, of) for row in rows) for of in _AMOUNTS)
    return (year, until, actual, share(actual, year))


def share(actual: int, planned: int) -> str:
    """How much of what was planned happened, in per cent; nothing was planned: a dash."""
    return f"{actual * 100 / planned:.0f} %" if planned > 0 else "-"


def _largest(rows: Sequence[Use]) -> list[Use]:
    return sorted(rows, key=lambda row: max(row.year, row.actual), reverse=True)[:MOST_DRAWN]


def plan(title: Words, period: str, text: str, months: Sequence[tuple[str, Totals]], language: str) -> Paper:
    """The plan in words, and the budget by month: income, expenses, surplus, investments, with the year's sums."""
    headings = (
        ("Bulan", "Month", 1.6, False),
        ("Pendapatan", "Income", 1.2, True),
        ("Belanja", "Expenses", 1.2, True),
        ("SHU", "Surplus", 1.2, True),
        ("Investasi", "Investments", 1.2, True),
    )
    cells: list[tuple[Cell, ...]] = [
        (name, sums.income, sums.expenses, sums.surplus, sums.investments) for name, sums in months
    ]
    prose = tuple(Passage(part.strip()) for part in text.split("\n") if part.strip())
    return replace(register(title, headings, cells, language, period=period, sums=(1, 2, 3, 4)), prose=prose)


def by_account(period: str, rows: Sequence[tuple[Account, int, str]], language: str) -> Paper:
    """A budget by account: the year's amount of each, and what it is for."""
    title = say(language, ("Rencana Anggaran menurut Akun", "Budget by account"))
    columns = (
        Column(say(language, ("Akun", "Account")), 2.6),
        Column(say(language, ("Setahun", "The year")), 1.2, is_amount=True),
        Column(say(language, ("  Keterangan", "  For")), 2.2),
    )
    made: list[Row] = []
    for type, (heading, total) in _PARTS.items():
        found = [row for row in rows if row[0].type is type]
        if found:
            made.append(Row((say(language, heading), None, None), HEADING))
            made += [
                Row((f"{account.number}  {account.name(language)}", amount, f"  {note}"), level=1)
                for account, amount, note in found
            ]
            made.append(Row((say(language, total), sum(amount for _, amount, _ in found), None), SUBTOTAL))
    return Paper(title[:31], title, period, columns, made)


def pay(rows: Iterable[tuple[str, Role, int]], period: str, language: str) -> Paper:
    """Honorarium: who, for which office, a month and a year."""
    headings = (
        ("Nama", "Name", 2.2, False),
        ("Jabatan", "Office", 1.4, False),
        ("Sebulan", "A month", 1.2, True),
        ("Setahun", "A year", 1.2, True),
    )
    cells: list[tuple[Cell, ...]] = [
        (name, say(language, OFFICES[role]), monthly, monthly * 12) for name, role, monthly in rows
    ]
    title = ("Honorarium Pengurus dan Pengawas", "Pay of officers and supervisors")
    return register(title, headings, cells, language, period=period, sums=(2, 3))
