"""The passbook (buku simpanan): every movement of an account with the balance after it, as the ledger has them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cooperatives.books.periods import day_at
from cooperatives.dues.paying import zone_at
from cooperatives.ledger.accounts import AccountRef
from cooperatives.membership.models import Cooperative
from cooperatives.savings.models import SavingsAccount
from marketplace.database import as_utc, connection, is_postgres
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor

#: How each kind of posting is called in a passbook; what is not here is a movement like any.
WORDS = {
    "savings.principal": ("Simpanan pokok", "Principal savings"),
    "savings.mandatory": ("Simpanan wajib", "Mandatory savings"),
    "savings.promised": ("Simpanan rutin", "Monthly saving"),
    "savings.deposit": ("Setoran", "Deposit"),
    "savings.from_earnings": ("Dari pendapatan", "From earnings"),
    "savings.refund": ("Pengembalian dana belanja", "Refund of a purchase"),
    "savings.interest": ("Jasa simpanan", "Interest"),
    "savings.tax": ("Pajak atas jasa simpanan", "Tax on interest"),
    "savings.withdrawn": ("Penarikan", "Withdrawal"),
    "savings.placed": ("Penempatan simpanan berjangka", "Placed in a term deposit"),
    "savings.matured": ("Simpanan berjangka jatuh tempo", "Term deposit ended"),
    "savings.broken": ("Simpanan berjangka dicairkan", "Term deposit broken"),
    "savings.settled": ("Penyelesaian saat keluar", "Settled on leaving"),
    "surplus.paid": ("Bagian SHU", "Share of the surplus"),
    "savings.imported": ("Saldo pindahan", "Brought forward"),
}
#: In time, and what one posting moved in the order in which it did: interest before the tax on it.
_ORDER = "created_at, cause_id, ordinal, id"
_LATEST = ", ".join(f"{column} DESC" for column in _ORDER.split(", "))
OTHER = ("Pembayaran tagihan", "Dues paid"), ("Mutasi", "Movement")


@dataclass(frozen=True, slots=True)
class PassbookLine:
    """One movement: more than zero came in, less went out; the balance is the one after it."""

    id: UUID
    day: date
    at: datetime
    cause_id: UUID
    ordinal: int
    kind: str
    amount: int
    balance: int

    def words(self, language: str) -> str:
        """What it is, for a person."""
        dues, other = OTHER
        pair = WORDS.get(self.kind, dues if self.amount < 0 else other)
        return pair[1] if language == "en" else pair[0]


def _select(ref: AccountRef, where: str, marks: tuple[str, str]) -> str:
    """All movements with their running balance, then those wanted. One account has few enough to sum them."""
    sign = -1 if ref.posts.type.grows_by_debit else 1
    return f"""
    SELECT * FROM (
      SELECT moved.*, SUM(amount) OVER (ORDER BY {_ORDER} ROWS UNBOUNDED PRECEDING) AS balance
      FROM (
        SELECT id, created_at, cause_id, ordinal, kind, {sign} * amount AS amount FROM ledger_transfer
        WHERE credit_account_id = {marks[0]} AND phase IN ('SINGLE', 'POST')
        UNION ALL
        SELECT id, created_at, cause_id, ordinal, kind, {-sign} * amount FROM ledger_transfer
        WHERE debit_account_id = {marks[1]} AND phase IN ('SINGLE', 'POST')
      ) moved
    ) lines {where}
    """


async def page(savings: SavingsAccount, *, first: int, after: str | None) -> Page[PassbookLine]:
    """The account's latest movements first. The caller has authorised. Raises StaleCursor. Two statements."""
    check_first(first)
    values: list[object] = [_value(savings.ref.id()), _value(savings.ref.id())]
    where = ""
    if after is not None:
        at, cause, ordinal, id = decode_cursor(after, 4)
        try:
            values += [_value(datetime.fromisoformat(at)), _value(UUID(cause)), int(ordinal), _value(UUID(id))]
        except ValueError as cause:
            raise StaleCursor from cause
        where = f"WHERE ({_ORDER}) < ({', '.join(_mark(number) for number in range(3, 7))})"
    query = _select(savings.ref, where, (_mark(1), _mark(2)))
    rows = await _read(savings, f"{query} ORDER BY {_LATEST} LIMIT {first + 1:d}", values)
    shown = rows[:first]
    return Page(
        shown,
        [encode_cursor(row.at.isoformat(), row.cause_id, row.ordinal, row.id) for row in shown],
        len(rows) > first,
    )


async def between(savings: SavingsAccount, since: datetime, until: datetime, *, limit: int) -> list[PassbookLine]:
    """The account's movements of a time, oldest first. The caller has authorised."""
    id = _value(savings.ref.id())
    where = f"WHERE created_at >= {_mark(3)} AND created_at < {_mark(4)}"
    query = _select(savings.ref, where, (_mark(1), _mark(2)))
    return await _read(savings, f"{query} ORDER BY {_ORDER} LIMIT {limit:d}", [id, id, _value(since), _value(until)])


async def _read(savings: SavingsAccount, query: str, values: list[object]) -> list[PassbookLine]:
    zone = zone_at(await Cooperative.get(pk=savings.cooperative_id))
    return [
        PassbookLine(
            id=UUID(str(row["id"])),
            day=day_at(at := as_utc(row["created_at"]), zone),
            at=at,
            cause_id=UUID(str(row["cause_id"])),
            ordinal=int(row["ordinal"]),
            kind=row["kind"],
            amount=int(row["amount"]),
            balance=int(row["balance"]),
        )
        for row in await connection().execute_query_dict(query, values)
    ]


def _mark(number: int) -> str:
    return f"${number}" if is_postgres() else "?"


def _value(value: UUID | datetime) -> object:
    if is_postgres():
        return value
    return value.isoformat(" ") if isinstance(value, datetime) else str(value)
