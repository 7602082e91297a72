"""The chart of accounts: its template by kind of co-op (data/chart.csv), and what an account is. Pure.

A treasurer adds to it. Accounts with a `purpose` are those that the marketplace itself posts to; all others
live in the ledger under the chart's own purposes, named by the account's id.
"""

import csv
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from uuid import UUID, uuid5

from cooperatives.books.lines import LINES, CashFlow, Line
from cooperatives.ledger.accounts import CHART as LEDGER
from cooperatives.ledger.accounts import AccountRef, AccountType, Purpose

NUMBER = re.compile(r"\d-\d{4}(\d{0,4}|\.\d{1,4})")

#: Where the chart's own accounts stand in the ledger.
OWN: dict[AccountType, Purpose] = {
    AccountType.ASSET: Purpose.CHART_ASSET,
    AccountType.LIABILITY: Purpose.CHART_LIABILITY,
    AccountType.EQUITY: Purpose.CHART_EQUITY,
    AccountType.INCOME: Purpose.CHART_INCOME,
    AccountType.EXPENSE: Purpose.CHART_EXPENSE,
}

#: Of the marketplace's accounts, those that a voucher may move too. The others keep a subject each (whose
#: money, which order): a line without one would break what the marketplace promises of them.
BY_HAND = frozenset(
    {
        Purpose.BANK,
        Purpose.CASH,
        Purpose.GATEWAY_CLEARING,
        Purpose.COMMISSION_INCOME,
        Purpose.DELIVERY_INCOME,
        Purpose.OTHER_INCOME,
        Purpose.GATEWAY_FEE_EXPENSE,
        Purpose.REFUND_EXPENSE,
        Purpose.DELIVERY_EXPENSE,
        Purpose.GOODS_LOSS_EXPENSE,
        Purpose.OTHER_EXPENSE,
        Purpose.MEMBER_CAPITAL,
        Purpose.OPENING_BALANCE,
        # Of members' savings the sum that no member's account holds yet: an opening balance before it is told apart.
        Purpose.PRINCIPAL_SAVINGS,
        Purpose.MANDATORY_SAVINGS,
        Purpose.VOLUNTARY_SAVINGS,
        Purpose.TERM_SAVINGS,
        Purpose.MEMBER_CREDIT,
        Purpose.SAVINGS_INTEREST,
        Purpose.FINAL_TAX_PAYABLE,
        # Of loans the sum that no member's loan holds yet, as of savings; interest that came by another way.
        Purpose.LOAN_PRINCIPAL,
        Purpose.LOAN_INTEREST_DUE,
        Purpose.LOAN_LOSS_RESERVE,
        Purpose.LOAN_INTEREST,
        Purpose.LOAN_LOSS_EXPENSE,
        Purpose.BORROWED,
        Purpose.BORROWING_INTEREST,
        Purpose.SURPLUS_PAYABLE,
        # What a meeting gives to the solidarity fund, of dana sosial or otherwise.
        Purpose.SOLIDARITY_FUND,
    }
)


class AccountRole(StrEnum):
    """What the books themselves look an account up for."""

    RETAINED = "RETAINED"
    CASH_OVER = "CASH_OVER"
    CASH_SHORT = "CASH_SHORT"
    BANK_FEE = "BANK_FEE"
    BANK_INTEREST = "BANK_INTEREST"
    DEPRECIATION = "DEPRECIATION"
    DISPOSAL_GAIN = "DISPOSAL_GAIN"
    DISPOSAL_LOSS = "DISPOSAL_LOSS"
    SELLER_TAX = "SELLER_TAX"


@dataclass(frozen=True, slots=True)
class TemplateAccount:
    """An account of the template; `kinds` empty: for every kind of co-op."""

    number: str
    name_id: str
    name_en: str
    line: Line
    purpose: Purpose | None
    role: AccountRole | None
    kinds: frozenset[str]


@cache
def template() -> tuple[TemplateAccount, ...]:
    """Every account of the template, in the order of its number."""
    text = files("cooperatives.books").joinpath("data/chart.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        TemplateAccount(
            number=row["number"],
            name_id=row["name_id"],
            name_en=row["name_en"],
            line=Line(row["line"]),
            purpose=Purpose(row["purpose"]) if row["purpose"] else None,
            role=AccountRole(row["role"]) if row["role"] else None,
            kinds=frozenset() if row["kinds"] == "ALL" else frozenset(row["kinds"].split()),
        )
        for row in rows
    )


def template_for(kind: str) -> list[TemplateAccount]:
    """The accounts with which a co-op of this kind begins."""
    return [account for account in template() if not account.kinds or kind in account.kinds]


@dataclass(frozen=True, slots=True)
class Account:
    """An account of one co-op's chart."""

    id: UUID
    number: str
    name_id: str
    name_en: str
    line: Line
    cash_flow: CashFlow
    purpose: Purpose | None = None
    role: AccountRole | None = None
    is_retired: bool = False
    is_written: bool = True  # no: the chart does not name it; the marketplace alone posts to it

    @property
    def type(self) -> AccountType:
        return LINES[self.line].type

    @property
    def is_cash(self) -> bool:
        """Whether it is money at hand or in a bank."""
        return self.line is Line.CASH

    @property
    def takes_vouchers(self) -> bool:
        """Whether a voucher may move it."""
        return self.is_written and not self.is_retired and (self.purpose is None or self.purpose in BY_HAND)

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_id

    def ref(self, cooperative_id: UUID) -> AccountRef:
        """Where it stands in the co-op's ledger; one of the marketplace's without its subject."""
        if self.purpose is not None:
            return AccountRef(cooperative_id, self.purpose)
        return AccountRef(cooperative_id, OWN[self.type], self.id)


_FALLBACK = {
    AccountType.ASSET: Line.OTHER_CURRENT_ASSETS,
    AccountType.LIABILITY: Line.OTHER_CURRENT_LIABILITIES,
    AccountType.EQUITY: Line.PARTICIPATION_CAPITAL,
    AccountType.INCOME: Line.OTHER_INCOME,
    AccountType.EXPENSE: Line.OTHER_EXPENSES,
}
_DIGIT = {kind: digit for digit, kind in enumerate(AccountType, start=1)}


def of_purpose(cooperative_id: UUID, purpose: Purpose, taken: Container[str] = ()) -> Account:
    """How an account that the marketplace posts to stands in a chart that doesn't name it (nor `taken` numbers)."""
    known = next((account for account in template() if account.purpose is purpose), None)
    posts = LEDGER[purpose]
    line = known.line if known else _FALLBACK[posts.type]
    return Account(
        id=uuid5(cooperative_id, f"chart:{purpose}"),
        number=known.number
        if known and known.number not in taken
        else f"{_DIGIT[posts.type]}-98{list(Purpose).index(purpose):02}",
        name_id=known.name_id if known else posts.title,
        name_en=known.name_en if known else purpose.value.replace("_", " ").capitalize(),
        line=line,
        cash_flow=LINES[line].cash_flow,
        purpose=purpose,
        is_written=False,
    )


class Chart:
    """The accounts of one co-op, found by id, number, role, or place in the ledger."""

    def __init__(self, cooperative_id: UUID, accounts: Iterable[Account]) -> None:
        own = list(accounts)
        named = {account.purpose for account in own}
        numbers = {account.number for account in own}
        missing = [p for p in Purpose if p not in named and p not in OWN.values()]
        own += [of_purpose(cooperative_id, purpose, numbers) for purpose in missing]
        self.cooperative_id = cooperative_id
        self.accounts: tuple[Account, ...] = tuple(sorted(own, key=lambda account: account.number))
        self.by_id: Mapping[UUID, Account] = {account.id: account for account in self.accounts}
        self.by_number: Mapping[str, Account] = {account.number: account for account in self.accounts}
        self._by_purpose = {account.purpose: account for account in self.accounts if account.purpose}
        self._by_role = {account.role: account for account in self.accounts if account.role}

    def in_ledger(self, purpose: Purpose, subject_id: UUID | None) -> Account:
        """The account to which a ledger account belongs."""
        if purpose in OWN.values():
            assert subject_id is not None  # the ledger names the chart's own accounts by their id
            return self.by_id[subject_id]
        return self._by_purpose[purpose]

    def with_role(self, role: AccountRole) -> Account:
        """The account that the books look up so: every template has one, and it can't be retired."""
        return self._by_role[role]
