"""Balances as they stood at a past moment. No snapshots are kept, so nothing can disagree with the transfers."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from cooperatives.ledger import posting
from cooperatives.ledger.accounts import AccountType, Balance
from cooperatives.ledger.models import LedgerAccount
from marketplace import clock
from marketplace.database import connection, is_postgres

#: Up to so many (sub-)accounts are read by their own transfers, more by all of their books'.
FEW_ACCOUNTS = 200


async def moved_until(
    cooperative_ids: Iterable[UUID], at: datetime, account_ids: Sequence[UUID] | None = None
) -> dict[UUID, Balance]:
    """Every account's accumulators in these books as they stood at the moment `at`: all transfers made until then.

    Of `account_ids` alone, where they are given. One statement, hence one moment. For a late moment what came after
    is taken from what stands, for an early one what came before is summed up: whichever half of the books' life is
    the shorter.
    """
    books = sorted(set(cooperative_ids))
    oldest = await LedgerAccount.filter(cooperative_id__in=books).order_by("created_at").first()
    if oldest is None:
        return {}
    is_early = at - oldest.created_at < clock.now() - at
    mark = "$1" if is_postgres() else "?"
    when = f"t.created_at {'<=' if is_early else '>'} {mark}"
    if account_ids is None:
        debits = credits = f"WHERE t.cooperative_id IN ({_listed(books)}) AND {when}"
        those = f"a.cooperative_id IN ({_listed(books)})"
    else:
        listed = _listed(account_ids)
        debits = f"WHERE t.debit_account_id IN ({listed}) AND {when}"
        credits = f"WHERE t.credit_account_id IN ({listed}) AND {when}"
        those = f"a.id IN ({listed})"
    moved = posting.RECOMPUTE.format(debits=debits, credits=credits)
    query = moved if is_early else posting.TAKEN_BACK.format(moved=moved, those=those)
    values: list[Any] = [at] if is_postgres() else [at.isoformat(" ")] * 2
    return {
        UUID(str(row["account_id"])): Balance(
            AccountType(row["type"]),
            *(int(row[name]) for name in ("debits", "credits", "debits_waiting", "credits_waiting")),
        )
        for row in await connection().execute_query_dict(query, values)
    }


def _listed(ids: Sequence[UUID]) -> str:
    return ",".join(f"'{id}'" for id in ids)
