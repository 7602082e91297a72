"""What savings held at the end of each day of a month, read from the ledger."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cooperatives.books.periods import day_at
from cooperatives.ledger.accounts import AccountRef, Phase
from cooperatives.ledger.models import Transfer
from cooperatives.ledger.moments import FEW_ACCOUNTS, moved_until
from cooperatives.ledger.service import Balance
from cooperatives.savings.interest import ends

#: A moment before a day begins.
_BEFORE = timedelta(microseconds=1)


async def daily(
    refs: Sequence[AccountRef], first: date, last: date, zone: ZoneInfo
) -> Mapping[AccountRef, dict[date, int]]:
    """Each account's balance at the end of every day from first to last. Three statements for up to 200 accounts.

    Of one book's accounts, none of them a hub.
    """
    if len(refs) > FEW_ACCOUNTS:
        raise ValueError(f"at most {FEW_ACCOUNTS} accounts at once")
    by_id = {ref.id(): ref for ref in refs}
    begins = datetime.combine(first, time(), zone)
    until = datetime.combine(last + timedelta(days=1), time(), zone)
    books = {ref.cooperative_id for ref in refs}
    opening = await moved_until(books, begins - _BEFORE, list(by_id)) if by_id else {}
    moves: dict[UUID, list[tuple[date, int]]] = {id: [] for id in by_id}
    for side, sign in (("credit_account_id", 1), ("debit_account_id", -1)):
        rows = await _moved(side, by_id, begins, until)
        for id, at, amount in rows:
            sides = 1 if not by_id[id].posts.type.grows_by_debit else -1
            moves[id].append((day_at(at, zone), sign * sides * amount))
    return {
        ref: ends(opening.get(id, Balance(ref.posts.type)).amount, moves[id], first, last)
        for id, ref in by_id.items()
    }


async def _moved(
    side: str, ids: Iterable[UUID], begins: datetime, until: datetime
) -> list[tuple[UUID, datetime, int]]:
    found = Transfer.filter(created_at__gte=begins, created_at__lt=until, phase__in=[Phase.SINGLE, Phase.POST])
    rows = await found.filter(**{f"{side}__in": list(ids)}).values_list(side, "created_at", "amount")
    return [(UUID(str(id)), at, int(amount)) for id, at, amount in rows]
