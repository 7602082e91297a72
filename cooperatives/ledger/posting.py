"""The posting call on PostgreSQL, and what it shares with SQLite's (`posting_on_sqlite`): one meaning for both.

PostgreSQL does it in one statement (`ledger_post` in guards_postgres.sql). Both answer for each compound with an
Outcome, and behind a colon the account or pending transfer that it is about.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from tortoise.backends.base.client import BaseDBAsyncClient

from cooperatives.ledger.accounts import CHART, AccountRef, Entry, Purpose
from cooperatives.ledger.compounds import Compound
from cooperatives.ledger.models import LedgerAccount

#: The types of `ledger_post`'s columns, accounts first.
_COLUMNS = (
    *("uuid", "text", "int", "uuid", "uuid", "uuid", "uuid", "bigint", "text", "text", "uuid", "timestamptz"),
    *("text", "uuid"),
)
#: Each column goes over as one text: the driver takes longer to encode so many arrays than the database to post them.
POST = (
    f"SELECT ledger_post({','.join(f'${n}::text::{type}[]' for n, type in enumerate(_COLUMNS, 1))},"
    f"${len(_COLUMNS) + 1}) AS outcomes"
)

#: Every account's accumulators, computed afresh from the transfers; `debits` and `credits` may say of which.
RECOMPUTE = """
SELECT s.account_id, a.type, a.cooperative_id, SUM(s.debit * s.posted) AS debits,
  SUM(s.credit * s.posted) AS credits, SUM(s.debit * s.waiting) AS debits_waiting,
  SUM(s.credit * s.waiting) AS credits_waiting
FROM (
  SELECT t.debit_account_id AS account_id, 1 AS debit, 0 AS credit,
    CASE WHEN t.phase IN ('SINGLE', 'POST') THEN t.amount ELSE 0 END AS posted,
    CASE WHEN t.phase = 'PENDING' THEN t.amount WHEN t.pending_id IS NULL THEN 0 ELSE -p.amount END AS waiting
  FROM ledger_transfer t LEFT JOIN ledger_transfer p ON p.id = t.pending_id {debits}
  UNION ALL
  SELECT t.credit_account_id, 0, 1,
    CASE WHEN t.phase IN ('SINGLE', 'POST') THEN t.amount ELSE 0 END,
    CASE WHEN t.phase = 'PENDING' THEN t.amount WHEN t.pending_id IS NULL THEN 0 ELSE -p.amount END
  FROM ledger_transfer t LEFT JOIN ledger_transfer p ON p.id = t.pending_id {credits}
) s JOIN ledger_account a ON a.id = s.account_id
GROUP BY s.account_id, a.type, a.cooperative_id
"""

#: What stands now less what `moved` says that came since.
TAKEN_BACK = """
SELECT a.id AS account_id, a.type, a.cooperative_id, a.debits_posted - COALESCE(m.debits, 0) AS debits,
  a.credits_posted - COALESCE(m.credits, 0) AS credits,
  a.debits_pending - COALESCE(m.debits_waiting, 0) AS debits_waiting,
  a.credits_pending - COALESCE(m.credits_waiting, 0) AS credits_waiting
FROM ledger_account a LEFT JOIN ({moved}) m ON m.account_id = a.id WHERE {those}
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


async def on_postgres(compounds: Sequence[Compound], moment: datetime, within: BaseDBAsyncClient) -> list[str]:
    """One statement."""
    _, (row,) = await within.execute_query(POST, [*arguments(compounds), moment])
    outcomes: list[str] = row["outcomes"]
    return outcomes


def arguments(compounds: Sequence[Compound]) -> list[str]:
    """The columns of `ledger_post`, each as PostgreSQL writes an array: `{1,NULL,"a \\"text\\""}`."""
    accounts: dict[str, str] = {}
    rows = []
    for number, compound in enumerate(compounds):
        cause = compound.cause
        why = _quoted(cause.kind), cause.id.hex
        for ordinal, entry in enumerate(compound.entries):
            if isinstance(entry, Entry):
                debit, credit = _account(entry.debit, cause.id, accounts), _account(entry.credit, cause.id, accounts)
                expires = entry.expires_at.isoformat() if entry.expires_at else "NULL"
                about = entry.debit.cooperative_id.hex, debit, credit, str(entry.amount), _quoted(entry.kind)
                ends = entry.phase.value, "NULL", expires
            else:
                amount = "NULL" if entry.amount is None else str(entry.amount)
                about = "NULL", "NULL", "NULL", amount, "NULL"
                ends = entry.phase.value, entry.pending_id.hex, "NULL"
            rows.append((str(number), cause.transfer_hex(ordinal), *about, *ends, *why))
    ids = sorted(accounts)
    columns = [ids, [accounts[id] for id in ids], *zip(*rows, strict=True)]
    return ["{" + ",".join(column) + "}" for column in columns]


def _account(ref: AccountRef, cause_id: UUID, known: dict[str, str]) -> str:
    """The id of the (sub-)account that this cause moves. `known` holds what each would be made as."""
    shard = ref.shard_for(cause_id)
    id = ref.hex(shard)
    if id not in known:
        posts = ref.posts
        subject = ref.subject_id.hex if ref.subject_id else ""
        floor = "" if posts.floor is None else posts.floor
        known[id] = f'"{ref.cooperative_id.hex} {ref.purpose} {posts.type} {shard} {subject} {floor}"'
    return id


@lru_cache(maxsize=1024)
def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
