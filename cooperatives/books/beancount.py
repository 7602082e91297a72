"""The book as plain text that beancount reads and proves: each cause a transaction, each balance asserted. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cooperatives.books.chart import Account
from cooperatives.books.periods import after, day_before
from cooperatives.ledger.accounts import AccountType

ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.INCOME: "Income",
    AccountType.EXPENSE: "Expenses",
}
#: Where the surplus of years before the first day stands, which no account of the book holds.
EARLIER = "Equity:SHU-tahun-tahun-lalu"
CURRENCY = "IDR"


@dataclass(frozen=True, slots=True)
class Transaction:
    """All that one cause moved: debits less credits by account of the chart, without what is zero."""

    day: date
    told: str
    number: str | None
    cause_kind: str
    cause_id: UUID
    moves: Mapping[UUID, int]


def name_of(account: Account) -> str:
    """The account's name in beancount: `Assets:1-1101-Kas`."""
    plain = unicodedata.normalize("NFKD", account.name_id).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return f"{ROOTS[account.type]}:{re.sub(r'[^0-9A-Za-z-]', '-', account.number)}-{words}".rstrip("-")


def write(
    title: str,
    accounts: Sequence[Account],
    opening: Mapping[UUID, int],
    earlier_result: int,
    transactions: Iterable[Transaction],
    first: date,
    last: date,
) -> Iterator[str]:
    """The file, line by line: options, accounts, opening balances, transactions, and the balances that must come out.

    `opening`: debits less credits as the first day begins.
    """
    yield f'option "title" "{_quoted(title)}"'
    yield f'option "operating_currency" "{CURRENCY}"'
    yield ""
    eve = day_before(first)
    names = {account.id: name_of(account) for account in accounts}
    for account in accounts:
        yield f"{eve} open {names[account.id]} {CURRENCY}"
    yield f"{eve} open {EARLIER} {CURRENCY}"
    ends = {id: amount for id, amount in opening.items() if amount}
    if ends:
        yield ""
        yield f'{eve} * "Saldo awal"'
        for id, amount in ends.items():
            yield _posting(names[id], amount)
        if earlier_result:
            yield _posting(EARLIER, -earlier_result)
    for one in transactions:
        yield ""
        number = f" ^{re.sub(r'[^A-Za-z0-9/._-]', '-', one.number)}" if one.number else ""
        yield f'{one.day} * "{_quoted(one.told)}"{number}'
        yield f'  cause: "{one.cause_kind} {one.cause_id}"'
        for id, amount in one.moves.items():
            yield _posting(names[id], amount)
            ends[id] = ends.get(id, 0) + amount
    yield ""
    for id, amount in sorted(ends.items(), key=lambda item: names[item[0]]):
        yield f"{after(last)} balance {names[id]} {amount} {CURRENCY}"


def _posting(name: str, amount: int) -> str:
    return f"  {name:<60} {amount:>18} {CURRENCY}"


def _quoted(text: str) -> str:
    return " ".join(text.replace("\\", "/").replace('"', "'").split())
