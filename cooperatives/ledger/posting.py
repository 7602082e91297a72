"""The posting call itself, one for each database, with one meaning.

PostgreSQL does it in one statement (`ledger_post` in guards_postgres.sql); SQLite, whose single writer holds
everything already, in a few. Both answer for each compound: posted, repeated, mismatch, limit:<account>.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from cooperatives.ledger.accounts import CHART, AccountRef, Balance, Compound, Entry, Phase, Purpose
from cooperatives.ledger.models import LedgerAccount, Transfer
from marketplace.database import connection

Shards = Mapping[AccountRef, int]

POST = (
    "SELECT ledger_post($1::uuid[],$2::uuid[],$3::text[],$4::text[],$5::uuid[],$6::int[],$7::bigint[],$8::int[],"
    "$9::uuid[],$10::uuid[],$11::uuid[],$12::uuid[],$13::bigint[],$14::text[],$15::text[],$16::uuid[],"
    "$17::timestamptz[],$18::text[],$19::uuid[],$20) AS outcomes"
)

#: Every account's accumulators, computed afresh from the transfers.
RECOMPUTE = """
SELECT s.account_id, a.type, a.cooperative_id, SUM(s.debit * s.posted) AS debits,
  SUM(s.credit * s.posted) AS credits, SUM(s.debit * s.waiting) AS debits_waiting,
  SUM(s.credit * s.waiting) AS credits_waiting
FROM (
  SELECT t.debit_account_id AS account_id, 1 AS debit, 0 AS credit,
    CASE WHEN t.phase IN ('SINGLE', 'POST') THEN t.amount ELSE 0 END AS posted,
    CASE WHEN t.phase = 'PENDING' THEN t.amount WHEN t.pending_id IS NULL THEN 0 ELSE -p.amount END AS waiting
  FROM ledger_transfer t LEFT JOIN ledger_transfer p ON p.id = t.pending_id {where}
  UNION ALL
  SELECT t.credit_account_id, 0, 1,
    CASE WHEN t.phase IN ('SINGLE', 'POST') THEN t.amount ELSE 0 END,
    CASE WHEN t.phase = 'PENDING' THEN t.amount WHEN t.pending_id IS NULL THEN 0 ELSE -p.amount END
  FROM ledger_transfer t LEFT JOIN ledger_transfer p ON p.id = t.pending_id {where}
) s JOIN ledger_account a ON a.id = s.account_id
GROUP BY s.account_id, a.type, a.cooperative_id
"""


def title(purpose: Purpose) -> str:
    """What bookkeepers call the account."""
    return CHART[purpose].title


def account_row(ref: AccountRef, shard: int, moment: datetime) -> LedgerAccount:
    """The row of an account not yet used."""
    return LedgerAccount(
        id=ref.id(shard),
        created_at=moment,
        cooperative_id=ref.cooperative_id,
        purpose=ref.purpose,
        type=ref.posts.type,
        subject_id=ref.subject_id,
        shard=shard,
        floor=ref.posts.floor,
    )


def _shard(ref: AccountRef, compound: Compound, fixed: Shards) -> int:
    return fixed[ref] if ref in fixed else ref.shard_for(compound.cause.id)


def _accounts(compounds: Sequence[Compound], fixed: Shards) -> dict[UUID, tuple[AccountRef, int]]:
    found: dict[UUID, tuple[AccountRef, int]] = {}
    for compound in compounds:
        for entry in compound.entries:
            for ref in (entry.debit, entry.credit):
                shard = _shard(ref, compound, fixed)
                found[ref.id(shard)] = (ref, shard)
    return dict(sorted(found.items()))


async def on_postgres(compounds: Sequence[Compound], moment: datetime, fixed: Shards | None = None) -> list[str]:
    """One statement."""
    fixed = fixed or {}
    accounts = _accounts(compounds, fixed)
    refs = list(accounts.values())
    lines = [
        (number, compound, ordinal, entry)
        for number, compound in enumerate(compounds)
        for ordinal, entry in enumerate(compound.entries)
    ]
    values: list[Any] = [
        list(accounts),
        [ref.cooperative_id for ref, _ in refs],
        [ref.purpose.value for ref, _ in refs],
        [ref.posts.type.value for ref, _ in refs],
        [ref.subject_id for ref, _ in refs],
        [shard for _, shard in refs],
        [ref.posts.floor for ref, _ in refs],
        [number for number, *_ in lines],
        [compound.cause.transfer_id(ordinal) for _, compound, ordinal, _ in lines],
        [entry.debit.cooperative_id for *_, entry in lines],
        [entry.debit.id(_shard(entry.debit, compound, fixed)) for _, compound, _, entry in lines],
        [entry.credit.id(_shard(entry.credit, compound, fixed)) for _, compound, _, entry in lines],
        [entry.amount for *_, entry in lines],
        [entry.kind for *_, entry in lines],
        [entry.phase.value for *_, entry in lines],
        [entry.pending_id for *_, entry in lines],
        [entry.expires_at for *_, entry in lines],
        [compound.cause.kind for _, compound, *_ in lines],
        [compound.cause.id for _, compound, *_ in lines],
        moment,
    ]
    (row,) = await connection().execute_query_dict(POST, values)
    return list(row["outcomes"])


async def on_sqlite(compounds: Sequence[Compound], moment: datetime, fixed: Shards | None = None) -> list[str]:
    """The same in a few statements, under SQLite's one write lock."""
    fixed = fixed or {}
    wanted = _accounts(compounds, fixed)
    known = await LedgerAccount.in_bulk(list(wanted), "id")
    missing = [account_row(ref, shard, moment) for id, (ref, shard) in wanted.items() if id not in known]
    if missing:
        await LedgerAccount.bulk_create(missing)
        known |= {row.id: row for row in missing}
    outcomes = []
    for compound in compounds:
        rows = _transfer_rows(compound, moment, fixed)
        stored = await Transfer.filter(cause_id=compound.cause.id, cause_kind=compound.cause.kind)
        if stored:
            alike = {_essence(row) for row in stored} == {_essence(row) for row in rows}
            outcomes.append("repeated" if alike else "mismatch")
            continue
        pendings = await _pending_amounts(compound.entries)
        broken = _below_floor(rows, known, pendings)
        if broken is not None:
            outcomes.append(f"limit:{broken}")
            continue
        await Transfer.bulk_create(rows)
        for row in rows:
            _apply(row, known, pendings)
        outcomes.append("posted")
    return outcomes


def _transfer_rows(compound: Compound, moment: datetime, fixed: Shards) -> list[Transfer]:
    return [
        Transfer(
            id=compound.cause.transfer_id(ordinal),
            created_at=moment,
            cooperative_id=entry.debit.cooperative_id,
            debit_account_id=entry.debit.id(_shard(entry.debit, compound, fixed)),
            credit_account_id=entry.credit.id(_shard(entry.credit, compound, fixed)),
            amount=entry.amount,
            kind=entry.kind,
            cause_kind=compound.cause.kind,
            cause_id=compound.cause.id,
            ordinal=ordinal,
            phase=entry.phase,
            pending_id=entry.pending_id,
            expires_at=entry.expires_at,
        )
        for ordinal, entry in enumerate(compound.entries)
    ]


def _essence(row: Transfer) -> tuple[object, ...]:
    return (row.id, row.debit_account_id, row.credit_account_id, row.amount, row.kind)


async def _pending_amounts(entries: Sequence[Entry]) -> dict[UUID, int]:
    ids = [entry.pending_id for entry in entries if entry.pending_id is not None]
    return {row.id: row.amount for row in await Transfer.filter(id__in=ids)} if ids else {}


def _apply(row: Transfer, accounts: Mapping[UUID, LedgerAccount], pendings: Mapping[UUID, int]) -> None:
    """Move the accumulators of the rows in memory as the trigger moves those in the database."""
    posted = row.amount if row.phase in (Phase.SINGLE, Phase.POST) else 0
    waiting = row.amount if row.phase is Phase.PENDING else 0
    if row.pending_id is not None:
        waiting -= pendings[row.pending_id]
    debit, credit = accounts[row.debit_account_id], accounts[row.credit_account_id]
    debit.debits_posted += posted
    debit.debits_pending += waiting
    credit.credits_posted += posted
    credit.credits_pending += waiting


def _below_floor(
    rows: Sequence[Transfer], accounts: Mapping[UUID, LedgerAccount], pendings: Mapping[UUID, int]
) -> UUID | None:
    """The first account with a floor that these transfers would take below it."""
    touched = sorted({id for row in rows for id in (row.debit_account_id, row.credit_account_id)})
    tried = {id: accounts[id].clone(pk=id) for id in touched}
    for row in rows:
        _apply(row, tried, pendings)
    for id in touched:
        floor = accounts[id].floor
        after, before = _available(tried[id]), _available(accounts[id])
        if floor is not None and after < floor and after < before:
            return id
    return None


def _available(row: LedgerAccount) -> int:
    return Balance(row.type, row.debits_posted, row.credits_posted, row.debits_pending, row.credits_pending).available
