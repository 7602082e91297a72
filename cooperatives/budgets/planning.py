"""A year's budget by account and month, and how what happened stands to it. Pure; whole rupiah.

Amounts stand as people speak of them: income that came, expenses and investments that went out, both above zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from cooperatives.books.chart import Account, Chart
from cooperatives.books.lines import LINES, Section
from cooperatives.budgets.kinds import PAID_FROM
from cooperatives.ledger.accounts import AccountType
from marketplace.errors import Code, Invalid, MarketplaceError
from marketplace.identity.actor import Role
from marketplace.money import LARGEST_RUPIAH

MONTHS = 12
MOST_LINES, MOST_PAID, NOTE_LENGTH = 300, 60, 200
#: What a co-op buys to keep: of assets these alone are planned.
_INVESTED = frozenset({Section.FIXED_ASSETS, Section.OTHER_ASSETS})


class NoAccountForPay(MarketplaceError):
    """The chart has no account {number} for officers' pay: add it, on the statement's line COOPERATIVE_EXPENSES."""

    code = Code.WRONG_STATE
    pesan = "Bagan akun tidak punya akun {number} untuk honorarium: tambahkan, pada pos COOPERATIVE_EXPENSES."


@dataclass(frozen=True, slots=True)
class Planned:
    """A line: an account and its twelve months, the book year's first one first."""

    account_id: UUID
    months: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """What a member is paid a month for an office."""

    membership_id: UUID
    role: Role
    monthly: int


def is_planned(account: Account) -> bool:
    """Whether a budget can have this account: income, expenses, and what is bought to keep."""
    if account.type in (AccountType.INCOME, AccountType.EXPENSE):
        return True
    return account.type is AccountType.ASSET and LINES[account.line].section in _INVESTED


def check_lines(lines: Sequence[Planned], chart: Chart) -> None:
    """Go on when these can be planned: known accounts, each once, twelve months of zero or more. Raises Invalid."""
    if not 1 <= len(lines) <= MOST_LINES:
        raise Invalid.field("lines", Code.OUT_OF_RANGE, f"1 to {MOST_LINES} lines", f"1 sampai {MOST_LINES} baris")
    seen: set[UUID] = set()
    for number, line in enumerate(lines):
        account, at = chart.by_id.get(line.account_id), f"lines.{number}"
        if account is None or account.is_retired or not (account.is_written and is_planned(account)):
            raise Invalid.field(
                f"{at}.accountId",
                Code.INVALID,
                "an account of income, expenses or fixed and other assets",
                "akun pendapatan, beban, atau aset tetap dan aset lain",
            )
        if account.id in seen:
            raise Invalid.field(f"{at}.accountId", Code.DUPLICATE, "each account once", "tiap akun sekali saja")
        seen.add(account.id)
        if account.number in PAID_FROM.values():
            raise Invalid.field(
                f"{at}.accountId",
                Code.INVALID,
                f"{account.number} is the sum of `pay`: name what each officer is paid",
                f"{account.number} adalah jumlah `pay`: sebutkan honorarium tiap pengurus",
            )
        if len(line.months) != MONTHS or not all(0 <= amount <= LARGEST_RUPIAH for amount in line.months):
            raise Invalid.field(
                f"{at}.months", Code.OUT_OF_RANGE, "12 amounts of zero or more", "12 jumlah, nol atau lebih"
            )
        if len(line.note) > NOTE_LENGTH:
            raise Invalid.field(
                f"{at}.note", Code.OUT_OF_RANGE, f"up to {NOTE_LENGTH} characters", f"sampai {NOTE_LENGTH} huruf"
            )


def check_pay(pay: Sequence[Paid]) -> None:
    """Go on when these may be paid: officers and pengawas, each office of a member once. Raises Invalid."""
    if len(pay) > MOST_PAID:
        raise Invalid.field("pay", Code.TOO_MANY, f"at most {MOST_PAID}", f"paling banyak {MOST_PAID}")
    for number, one in enumerate(pay):
        if one.role not in PAID_FROM:
            raise Invalid.field(
                f"pay.{number}.role", Code.INVALID, "an officer or pengawas", "jabatan pengurus atau pengawas"
            )
        if not 0 < one.monthly <= LARGEST_RUPIAH:
            raise Invalid.field(f"pay.{number}.monthly", Code.OUT_OF_RANGE, "above zero", "di atas nol")
    if len({(one.membership_id, one.role) for one in pay}) < len(pay):
        raise Invalid.field("pay", Code.DUPLICATE, "each office of a member once", "tiap jabatan anggota sekali saja")


def with_pay(lines: Sequence[Planned], pay: Sequence[Paid], chart: Chart) -> list[Planned]:
    """The lines, and for pengurus and pengawas one each, the sum of their pay. Raises NoAccountForPay."""
    monthly: dict[str, int] = {}
    for one in pay:
        monthly[PAID_FROM[one.role]] = monthly.get(PAID_FROM[one.role], 0) + one.monthly
    made = list(lines)
    for number, amount in sorted(monthly.items()):
        account = chart.by_number.get(number)
        if account is None or account.type is not AccountType.EXPENSE:
            raise NoAccountForPay(number=number)
        made.append(Planned(account.id, (amount,) * MONTHS))
    return made


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a budget, or of what happened: rupiah."""

    income: int
    expenses: int
    investments: int

    @property
    def surplus(self) -> int:
        return self.income - self.expenses


def totals(amounts: Mapping[UUID, int], chart: Chart) -> Totals:
    """What these accounts make together, each amount as people speak of it."""
    by_type = dict.fromkeys(AccountType, 0)
    for id, amount in amounts.items():
        by_type[chart.by_id[id].type] += amount
    return Totals(by_type[AccountType.INCOME], by_type[AccountType.EXPENSE], by_type[AccountType.ASSET])


@dataclass(frozen=True, slots=True)
class Use:
    """An account in a budget: for the year, up to a month's end, and what happened until then."""

    account: Account
    year: int
    until: int
    actual: int
    note: str = ""

    @property
    def left(self) -> int:
        """What of the year's budget is left; below zero: more came or went than was planned."""
        return self.year - self.actual


def used(lines: Iterable[Planned], nets: Mapping[UUID, int], months: int, chart: Chart) -> list[Use]:
    """Budget against actual after so many whole months of the year, by account number.

    `nets`: debits less credits since the year began. Income and expenses that nobody planned are there too.
    """
    planned = {line.account_id: line for line in lines}
    rows = []
    for account in chart.accounts:
        line, net = planned.get(account.id), nets.get(account.id, 0)
        is_result = account.type in (AccountType.INCOME, AccountType.EXPENSE)
        if line is None and not (is_result and net):
            continue
        told = line or Planned(account.id, (0,) * MONTHS)
        actual = -net if account.type is AccountType.INCOME else net
        rows.append(Use(account, sum(told.months), sum(told.months[:months]), actual, told.note))
    return rows
