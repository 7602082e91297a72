"""The books of the savings-and-loan unit apart from the co-op's others (Permenkop UKM 8/2023 art. 23 and 24).

The unit's accounts are purposes of the co-op's one ledger. What crosses between them and all others is the unit's
current account with its co-op (rekening koran), told by the account on the other side; with it the unit's trial
balance closes, of entries that were counted once by account and once by what they crossed. What it paid units for
members stands in an account of its own, whose other side is in their books.
"""

from dataclasses import dataclass
from uuid import UUID

from cooperatives.books import movements
from cooperatives.books.balances import Opened, moved_in, opened
from cooperatives.books.books import today_in
from cooperatives.books.chart import Account
from cooperatives.books.movements import BEGINNING
from cooperatives.books.periods import Period, day_before, year_start
from cooperatives.books.reports import TrialLine
from cooperatives.ledger.accounts import AccountType, Purpose
from marketplace.errors import Code, Invalid
from marketplace.identity.actor import Actor

#: What the unit keeps: loans to members, the savings and borrowings that they are lent out of, and what these bring
#: and cost. Pokok and wajib are the whole co-op's capital.
UNIT = (
    Purpose.VOLUNTARY_SAVINGS,
    Purpose.TERM_SAVINGS,
    Purpose.SAVINGS_INTEREST,
    Purpose.FINAL_TAX_PAYABLE,
    Purpose.LOAN_PRINCIPAL,
    Purpose.LOAN_INTEREST_DUE,
    Purpose.LOAN_LOSS_RESERVE,
    Purpose.BORROWED,
    Purpose.BORROWING_INTEREST_DUE,
    Purpose.CREDIT_CURRENT,
    Purpose.LOAN_INTEREST,
    Purpose.LOAN_LOSS_EXPENSE,
    Purpose.BORROWING_INTEREST,
)


@dataclass(frozen=True, slots=True)
class Crossed:
    """What the unit got from the co-op's other accounts, and gave them, against one of these."""

    account: Account
    came_in: int
    went_out: int


@dataclass(frozen=True, slots=True)
class UnitBooks:
    """The unit's trial balance and result of a period. `opening` is that of its current account with the co-op."""

    period: Period
    lines: tuple[TrialLine, ...]
    opening: int
    crossed: tuple[Crossed, ...]

    @property
    def came_in(self) -> int:
        """What the unit's accounts were debited against others."""
        return sum(one.came_in for one in self.crossed)

    @property
    def went_out(self) -> int:
        return sum(one.went_out for one in self.crossed)

    @property
    def current_account(self) -> int:
        """What the unit owes the rest of the co-op at the end; below zero what it is owed."""
        return self.opening + self.came_in - self.went_out

    @property
    def is_balanced(self) -> bool:
        """Whether the unit's accounts come to just what crossed."""
        return sum(line.closing for line in self.lines) == self.current_account

    def _sum(self, *types: AccountType) -> int:
        return sum(line.debits - line.credits for line in self.lines if line.account.type in types)

    @property
    def income(self) -> int:
        return -self._sum(AccountType.INCOME)

    @property
    def expenses(self) -> int:
        return self._sum(AccountType.EXPENSE)

    @property
    def result(self) -> int:
        """Income less expenses of the period."""
        return self.income - self.expenses


async def unit_books(actor: Actor, cooperative_id: UUID, period: Period | None) -> UnitBooks:
    """The unit's books of a period (the book year until today when left out), for those who may read the books.

    Raises NotFound, BooksNotOpen, Invalid.
    """
    at = await opened(actor, cooperative_id)
    today = today_in(at.book)
    wanted = period or Period(year_start(today, at.book.year_starts_month), today)
    if not BEGINNING < wanted.first <= wanted.last <= today:
        raise Invalid.field("from", Code.OUT_OF_RANGE, "days until today", "tanggal sampai hari ini")
    accounts = [account for account in at.chart.accounts if account.purpose in UNIT]
    evening = day_before(wanted.first)
    before = (await moved_in(at, BEGINNING, evening)).nets
    moved = await moved_in(at, wanted.first, wanted.last)
    lines = [
        TrialLine(
            account, before.get(account.id, 0), moved.debits.get(account.id, 0), moved.credits.get(account.id, 0)
        )
        for account in accounts
    ]
    earlier = await _crossed(at, accounts, Period(BEGINNING, evening))
    return UnitBooks(
        wanted,
        tuple(lines),
        sum(one.came_in - one.went_out for one in earlier),
        tuple(await _crossed(at, accounts, wanted)),
    )


async def _crossed(at: Opened, accounts: list[Account], period: Period) -> list[Crossed]:
    rows = await movements.cash_totals(at.book, period.first, period.last, accounts)
    sums: dict[UUID, Crossed] = {}
    for row in rows:
        account = at.chart.in_ledger(row.purpose, row.subject_id)
        known = sums.get(account.id, Crossed(account, 0, 0))
        sums[account.id] = Crossed(account, known.came_in + row.came_in, known.went_out + row.went_out)
    return sorted(sums.values(), key=lambda one: one.account.number)
