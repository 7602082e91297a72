"""What moved, by the day to which it belongs: the ledger's facts read for accounting.

A voucher belongs to its `booked_on`; what the marketplace posts, to the day on which it was posted, in the
co-op's zone. Each question is one statement of two branches, so that each uses its index.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.chart import OWN, Account
from cooperatives.books.models import AccountingBook
from cooperatives.books.periods import after, day_at, moment
from cooperatives.books.voucher_posting import POSTED
from cooperatives.ledger.accounts import Purpose
from marketplace.database import as_utc, connection, is_postgres

#: Before every book.
BEGINNING = date(2000, 1, 1)
_FACTS = "t.phase IN ('SINGLE', 'POST')"


@dataclass(frozen=True, slots=True)
class Moved:
    """What one account of the ledger was debited and credited."""

    purpose: Purpose
    subject_id: UUID | None
    debits: int
    credits: int


@dataclass(frozen=True, slots=True)
class CashMoved:
    """What came into cash and went out of it against one other account; `is_opening`: by opening balances."""

    purpose: Purpose
    subject_id: UUID | None
    is_opening: bool
    came_in: int
    went_out: int


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """All that one cause moved on an account on one day, with the balance after it (debits less credits)."""

    day: date
    posted_at: datetime
    cause_kind: str
    cause_id: UUID
    voucher_number: str | None
    description: str | None
    debit: int
    credit: int
    balance: int


class _Values:
    """Values of a statement and their marks on this database."""

    def __init__(self) -> None:
        self.given: list[Any] = []

    def __call__(self, value: Any) -> str:
        if is_postgres():
            self.given.append(value)
            return f"${len(self.given)}"
        if isinstance(value, datetime):
            value = value.isoformat(" ")
        self.given.append(str(value) if isinstance(value, UUID | date) else value)
        return "?"


def _transfers(book: AccountingBook, first: date, last: date, values: _Values) -> str:
    """The facts of these days: `id, debit_account_id, credit_account_id, amount, cause_kind, cause_id, at, …`."""
    zone = ZoneInfo(book.time_zone)
    columns = "t.debit_account_id, t.credit_account_id, t.amount, t.cause_kind, t.cause_id, t.created_at"
    return f"""
    SELECT {columns}, v.booked_on, v.number, v.description, v.source FROM voucher v
    JOIN ledger_transfer t ON t.cause_id = v.id AND t.cause_kind = '{POSTED}' AND {_FACTS}
    WHERE v.cooperative_id = {values(book.pk)} AND v.booked_on >= {values(first)} AND v.booked_on <= {values(last)}
    UNION ALL
    SELECT {columns}, NULL, NULL, NULL, NULL FROM ledger_transfer t
    WHERE t.cooperative_id = {values(book.pk)} AND t.created_at >= {values(moment(first, zone))}
      AND t.created_at < {values(moment(after(last), zone))} AND t.cause_kind <> '{POSTED}' AND {_FACTS}
    """


async def _select(query: str, values: _Values) -> list[dict[str, Any]]:
    return list(await connection().execute_query_dict(query, values.given))


def _uuid(value: Any) -> UUID | None:
    return None if value is None else UUID(str(value))


async def totals(book: AccountingBook, first: date, last: date) -> list[Moved]:
    """What each account of the ledger moved in these days. One statement.

    Subjects of the marketplace's accounts (which seller, which order) are added up.
    """
    values = _Values()
    own = ", ".join(f"'{purpose}'" for purpose in OWN.values())
    facts = _transfers(book, first, last, values)
    # Summed by account before the accounts are looked up: so the join is small whatever the planner knows.
    query = f"""
    WITH facts AS ({facts}), sums AS (
      SELECT account_id, SUM(debit) AS debit, SUM(credit) AS credit FROM (
        SELECT debit_account_id AS account_id, amount AS debit, 0 AS credit FROM facts
        UNION ALL SELECT credit_account_id, 0, amount FROM facts
      ) sides GROUP BY account_id
    )
    SELECT a.purpose, CASE WHEN a.purpose IN ({own}) THEN a.subject_id END AS subject_id,
      SUM(s.debit) AS debits, SUM(s.credit) AS credits
    FROM sums s JOIN ledger_account a ON a.id = s.account_id
    GROUP BY 1, 2
    """
    return [
        Moved(Purpose(row["purpose"]), _uuid(row["subject_id"]), int(row["debits"]), int(row["credits"]))
        for row in await _select(query, values)
    ]


async def cash_totals(book: AccountingBook, first: date, last: date, cash: list[Account]) -> list[CashMoved]:
    """What came into the cash accounts and left them in these days, by the other account. One statement."""
    values = _Values()
    own = ", ".join(f"'{purpose}'" for purpose in OWN.values())
    facts = _transfers(book, first, last, values)
    debit, credit = (_is_one_of(alias, cash, values) for alias in ("d", "c"))
    query = f"""
    WITH facts AS ({facts}), sums AS (
      SELECT debit_account_id, credit_account_id, COALESCE(source, '') = 'OPENING' AS is_opening,
        SUM(amount) AS amount FROM facts GROUP BY 1, 2, 3
    ), sides AS (
      SELECT f.amount, f.is_opening,
        d.purpose AS d_purpose, d.subject_id AS d_subject, {debit} AS is_in,
        c.purpose AS c_purpose, c.subject_id AS c_subject, {credit} AS is_out
      FROM sums f JOIN ledger_account d ON d.id = f.debit_account_id
        JOIN ledger_account c ON c.id = f.credit_account_id
    ), others AS (
      SELECT c_purpose AS purpose, c_subject AS subject_id, is_opening, amount AS came_in, 0 AS went_out
      FROM sides WHERE is_in AND NOT is_out
      UNION ALL
      SELECT d_purpose, d_subject, is_opening, 0, amount FROM sides WHERE is_out AND NOT is_in
    )
    SELECT purpose, CASE WHEN purpose IN ({own}) THEN subject_id END AS subject_id, is_opening,
      SUM(came_in) AS came_in, SUM(went_out) AS went_out
    FROM others GROUP BY 1, 2, 3
    """
    return [
        CashMoved(
            Purpose(row["purpose"]),
            _uuid(row["subject_id"]),
            bool(row["is_opening"]),
            int(row["came_in"]),
            int(row["went_out"]),
        )
        for row in await _select(query, values)
    ]


@dataclass(frozen=True, slots=True)
class CauseMoved:
    """What one cause moved on one account of the ledger: debits less credits."""

    day: date
    cause_kind: str
    cause_id: UUID
    voucher_number: str | None
    description: str | None
    purpose: Purpose
    subject_id: UUID | None
    net: int


async def by_cause(book: AccountingBook, first: date, last: date, *, limit: int) -> list[CauseMoved]:
    """What each cause moved in these days, by account, in the order of day and posting. One statement."""
    values = _Values()
    own = ", ".join(f"'{purpose}'" for purpose in OWN.values())
    facts = _transfers(book, first, last, values)
    query = f"""
    WITH facts AS ({facts}), sides AS (
      SELECT account_id, SUM(net) AS net, booked_on, created_at, cause_kind, cause_id, number, description FROM (
        SELECT debit_account_id AS account_id, amount AS net, booked_on, created_at, cause_kind, cause_id, number,
          description FROM facts
        UNION ALL
        SELECT credit_account_id, -amount, booked_on, created_at, cause_kind, cause_id, number, description FROM facts
      ) d GROUP BY account_id, booked_on, created_at, cause_kind, cause_id, number, description
    )
    SELECT {_day(book.time_zone, "s.")} AS day, s.created_at, s.cause_kind, s.cause_id, s.number, s.description,
      a.purpose, CASE WHEN a.purpose IN ({own}) THEN a.subject_id END AS subject_id, SUM(s.net) AS net
    FROM sides s JOIN ledger_account a ON a.id = s.account_id
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 4, 7, 8 LIMIT {limit:d}
    """
    return [
        CauseMoved(
            day=row["day"] if isinstance(row["day"], date) else date.fromisoformat(row["day"]),
            cause_kind=row["cause_kind"],
            cause_id=UUID(str(row["cause_id"])),
            voucher_number=row["number"],
            description=row["description"],
            purpose=Purpose(row["purpose"]),
            subject_id=_uuid(row["subject_id"]),
            net=int(row["net"]),
        )
        for row in await _select(query, values)
    ]


def _day(zone: str, prefix: str = "") -> str:
    """The day to which a fact belongs, in SQL."""
    if is_postgres():
        return f"COALESCE({prefix}booked_on, ({prefix}created_at AT TIME ZONE '{zone}')::date)"
    return f"COALESCE({prefix}booked_on, date({prefix}created_at, '{_hours_east(zone):+d} hours'))"


def _is_one_of(alias: str, accounts: list[Account], values: _Values) -> str:
    """Whether the ledger account `alias` belongs to one of these accounts of the chart; false, never null, where it
    has no subject."""
    tests = []
    for account in accounts:
        if account.purpose is not None:
            tests.append(f"{alias}.purpose = {values(account.purpose.value)}")
        else:
            tests.append(f"{alias}.subject_id = {values(account.id)}")
    return f"COALESCE({' OR '.join(tests)}, FALSE)" if tests else "FALSE"


async def entries(
    book: AccountingBook,
    account: Account,
    first: date,
    last: date,
    *,
    opening: int,
    limit: int,
    after_entry: tuple[date, datetime, UUID] | None = None,
    cause_ids: list[UUID] | None = None,
    is_unmatched: bool = False,
) -> list[LedgerEntry]:
    """The account's entries in these days, oldest first, one a cause, behind `after_entry`. One statement.

    `opening` is the balance with which the first day begins. `cause_ids`: only these; `is_unmatched`: only what
    no bank statement is matched with and opening balances did not bring.
    """
    values = _Values()
    facts = _transfers(book, first, last, values)
    mine = f"a.cooperative_id = {values(book.pk)} AND {_is_one_of('a', [account], values)}"
    day = _day(book.time_zone)
    query = f"""
    WITH facts AS ({facts}), mine AS (SELECT a.id FROM ledger_account a WHERE {mine}), sides AS (
      SELECT f.*, CASE WHEN f.debit_account_id IN (SELECT id FROM mine) THEN f.amount ELSE 0 END AS debit,
        CASE WHEN f.credit_account_id IN (SELECT id FROM mine) THEN f.amount ELSE 0 END AS credit
      FROM facts f
    ), causes AS (
      SELECT {day} AS day, created_at, cause_kind, cause_id, number, description, source,
        SUM(debit) AS debit, SUM(credit) AS credit
      FROM sides WHERE debit > 0 OR credit > 0
      GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), running AS (
      SELECT causes.*, {values(opening)} + SUM(debit - credit) OVER (
        ORDER BY day, created_at, cause_id ROWS UNBOUNDED PRECEDING) AS balance FROM causes
    )
    SELECT * FROM running{_wanted(after_entry, cause_ids, account if is_unmatched else None, values)}
    ORDER BY day, created_at, cause_id LIMIT {limit:d}
    """
    return [_entry(row) for row in await _select(query, values)]


def _wanted(
    entry: tuple[date, datetime, UUID] | None,
    cause_ids: list[UUID] | None,
    unmatched_on: Account | None,
    values: _Values,
) -> str:
    wanted = []
    if entry is not None:
        day, at, id = entry
        wanted.append(f"(day, created_at, cause_id) > ({values(day)}, {values(at)}, {values(id)})")
    if cause_ids is not None:
        marks = ", ".join(values(id) for id in cause_ids) or "NULL"
        wanted.append(f"cause_id IN ({marks})")
    if unmatched_on is not None:
        wanted.append(
            "COALESCE(source, '') <> 'OPENING' AND debit <> credit AND NOT EXISTS (SELECT 1 FROM matched_entry m"
            f" WHERE m.account_id = {values(unmatched_on.id)} AND m.cause_kind = running.cause_kind"
            " AND m.cause_id = running.cause_id)"
        )
    return f" WHERE {' AND '.join(wanted)}" if wanted else ""


def _hours_east(zone: str) -> int:
    """How far Indonesia's zone is from UTC: whole hours, the same all year."""
    offset = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset()
    assert offset is not None  # a zone of the table has one
    return int(offset.total_seconds()) // 3600


def _entry(row: dict[str, Any]) -> LedgerEntry:
    day = row["day"]
    return LedgerEntry(
        day=day if isinstance(day, date) else date.fromisoformat(day),
        posted_at=as_utc(row["created_at"]),
        cause_kind=row["cause_kind"],
        cause_id=UUID(str(row["cause_id"])),
        voucher_number=row["number"],
        description=row["description"],
        debit=int(row["debit"]),
        credit=int(row["credit"]),
        balance=int(row["balance"]),
    )


def day_of(book: AccountingBook, at: datetime) -> date:
    """The day to which what was posted then belongs."""
    return day_at(at, ZoneInfo(book.time_zone))
