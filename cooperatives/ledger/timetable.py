"""What the ledger does by itself: seal what was posted, let overdue pending transfers go."""

from typing import Any
from uuid import UUID, uuid5

from cooperatives.ledger import chain
from cooperatives.ledger.accounts import Cause, Phase
from cooperatives.ledger.service import AlreadyResolved, PendingExpired, void_pending
from marketplace import clock
from marketplace.database import connection, is_postgres, transaction

#: At most so many rounds of sealing in one run, so that a stop is not kept waiting.
ROUNDS = 20
BATCH = 100


async def seal(_: object) -> int:
    """Seal every book's new transfers. Every second: the lag stays under two."""
    sealed = 0
    for _round in range(ROUNDS):
        count = await chain.seal_books()
        sealed += count
        if not count:
            break
    return sealed


async def expire_pending(_: object) -> int:
    """Let go of pending transfers whose time ran out, each in its own transaction."""
    now: Any = clock.now()
    query = f"""
    SELECT t.id FROM ledger_transfer t
    WHERE t.phase = 'PENDING' AND t.expires_at <= {"$1" if is_postgres() else "?"}
      AND NOT EXISTS (SELECT 1 FROM ledger_transfer r WHERE r.pending_id = t.id)
    ORDER BY t.expires_at LIMIT {BATCH}"""
    rows = await connection().execute_query_dict(query, [now if is_postgres() else now.isoformat(" ")])
    expired = 0
    for id in [UUID(str(row["id"])) for row in rows]:
        try:
            async with transaction():
                await void_pending(id, cause=Cause("pending.expired", uuid5(id, "expired")), phase=Phase.EXPIRE)
        except (AlreadyResolved, PendingExpired):  # someone was faster
            continue
        expired += 1
    return expired
