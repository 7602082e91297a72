"""A book of many sealed transfers for the ledger's bench, written past the triggers: minutes instead of hours.

The accumulators are summed up from the transfers and the seals are the sealer's own, so the state is the one that
posting would have left. Of the indexes, those that nothing here reads are made afterwards.

Ten million transfers take a quarter of an hour: `LUMBUNG_BENCH_LEDGER_KEPT=bench` keeps the book of each size in a
database bench_<size>, where the next run finds it; `python -m tests.benchmarks fill` only makes them.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from cooperatives import ledger
from cooperatives.ledger.accounts import AccountRef
from marketplace import database
from marketplace.settings import Settings
from tests.benchmarks.ledger_client import BOOK, payees, payers
from tests.conftest import _lay_tables
from tests.postgres import database_url, drop_database, make_database, rename_database, scratch_postgres

KEPT = os.environ.get("LUMBUNG_BENCH_LEDGER_KEPT", "")

_ACCOUNTS = """
INSERT INTO ledger_account (id, created_at, cooperative_id, purpose, type, subject_id, shard, floor,
                            debits_posted, credits_posted, debits_pending, credits_pending)
SELECT id, '2025-01-01Z', $2, $3, $4, subject, 0, $5, 0, 0, 0, 0 FROM unnest($1::uuid[], $6::uuid[]) AS a(id, subject)
"""
#: Transfer n is made in millisecond n * year / size. The first fund each payer; the others take one rupiah each.
_TRANSFERS = """
WITH made AS (
INSERT INTO ledger_transfer (id, created_at, cooperative_id, debit_account_id, credit_account_id, amount, kind,
                             cause_kind, cause_id, ordinal, phase)
SELECT (lpad(to_hex(ms), 12, '0') || substr(md5('id' || n), 13))::uuid, to_timestamp(ms / 1000.0), {book},
  CASE WHEN n < {payers} THEN from_id ELSE to_id END, CASE WHEN n < {payers} THEN to_id ELSE from_id END,
  CASE WHEN n < {payers} THEN 1000000000 ELSE 1 END, 'bench', 'bench',
  (lpad(to_hex(ms), 12, '0') || substr(md5('cause' || n), 13))::uuid, 0, 'SINGLE'
FROM (
  SELECT n, 1735689600000 + n::bigint * 31536000 / {size} * 1000 AS ms, p.id AS from_id, q.id AS to_id
  FROM generate_series($1::int, $2::int) n
  JOIN bench_payer p ON p.place = n % {payers} JOIN bench_payee q ON q.place = (n * 7919::bigint) % {payers}
) rows ORDER BY n RETURNING id, cooperative_id, created_at
)
INSERT INTO ledger_unsealed (transfer_id, cooperative_id, created_at) SELECT id, cooperative_id, created_at FROM made
"""
_SEAL = "SELECT ledger_seal({book}, 0, {slice}, now())"
#: Transfers written and sealed at a time.
_SLICE = 100_000
_SUMS = """
UPDATE ledger_account a SET debits_posted = s.debits, credits_posted = s.credits FROM (
  SELECT id, sum(debit)::bigint AS debits, sum(credit)::bigint AS credits FROM (
    SELECT debit_account_id AS id, amount AS debit, 0 AS credit FROM ledger_transfer
    UNION ALL SELECT credit_account_id, 0, amount FROM ledger_transfer) x GROUP BY id
) s WHERE s.id = a.id
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'ledger_transfer'
  AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


@asynccontextmanager
async def filled(size: int) -> AsyncIterator[str]:
    """The URL of a database with a book of `size` transfers: a kept one, or a new one, kept if wished."""
    if not KEPT:
        async with scratch_postgres() as url:
            await _lay_tables(Settings(database_url=url))
            await fill(url, size)
            yield url
        return
    url = database_url(f"{KEPT}_{size}")
    if await _is_there(url):
        await database.connect(Settings(database_url=url))
        await ledger.install()  # today's functions; other tables may be those of its day, for nothing here reads them
        await database.disconnect()
    else:
        half = f"{KEPT}_{size}_filling"  # so that a run which was stopped leaves none that looks whole
        await drop_database(half)
        await make_database(half)
        await _lay_tables(Settings(database_url=database_url(half)))
        await fill(database_url(half), size)
        await rename_database(half, f"{KEPT}_{size}")
    yield url


async def _is_there(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url)
    except asyncpg.InvalidCatalogNameError:
        return False
    await connection.close()
    return True


async def standing(url: str) -> tuple[int, str]:
    """How many transfers the database holds, and its server's shared_buffers: what of them can stay in memory."""
    connection = await asyncpg.connect(url)
    try:
        count = await connection.fetchval("SELECT count(*) FROM ledger_transfer", timeout=3600)
        return count, await connection.fetchval("SHOW shared_buffers")
    finally:
        await connection.close()


async def fill(url: str, size: int) -> None:
    """Write a book of `size` transfers, at least one for each payer."""
    connection = await asyncpg.connect(url.replace("postgres://", "postgresql://", 1))
    try:
        await connection.execute("SET session_replication_role = replica; SET maintenance_work_mem = '512MB'")
        for name, refs in (("bench_payer", payers()), ("bench_payee", payees())):
            await _accounts(connection, name, refs)
        indexes = await connection.fetch(_INDEXES)
        for row in indexes:
            await connection.execute(f'DROP INDEX "{row["indexname"]}"')
        size = max(size, len(payers()))
        about = {"book": f"'{BOOK}'::uuid", "size": size, "payers": len(payers()), "slice": _SLICE}
        for first in range(0, size, _SLICE):
            last = min(first + _SLICE, size) - 1
            await connection.execute(_TRANSFERS.format(**about), first, last, timeout=3600)
            assert await connection.fetchval(_SEAL.format(**about), timeout=3600) == last - first + 1
            await connection.execute("TRUNCATE ledger_unsealed")  # else each slice would go by the dead rows of all
        await connection.execute(_SUMS, timeout=3600)
        for row in indexes:
            await connection.execute(row["indexdef"], timeout=3600)
        await connection.execute("VACUUM ANALYZE", timeout=3600)
        await connection.execute("CHECKPOINT", timeout=3600)
    finally:
        await connection.close()


async def _accounts(connection: asyncpg.Connection, table: str, refs: list[AccountRef]) -> None:
    posts = refs[0].posts
    ids = [ref.id() for ref in refs]
    about = BOOK, refs[0].purpose.value, posts.type.value, posts.floor, [ref.subject_id for ref in refs]
    await connection.execute(_ACCOUNTS, ids, *about)
    await connection.execute(f"CREATE TEMP TABLE {table} (place int PRIMARY KEY, id uuid)")
    await connection.copy_records_to_table(table, records=list(enumerate(ids)))
