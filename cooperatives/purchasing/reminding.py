"""What time does to rounds: officers are told that joining is over, who took part that his payment is due."""

from datetime import timedelta
from uuid import UUID

from tortoise.expressions import F

from cooperatives.dues.paying import today_of
from cooperatives.purchasing.models import Commitment, PurchaseRound, RoundState
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction

CLOSED, DUE = "purchase_round.closed", "purchase_part.due"
#: So many rounds and parts are looked at in one sweep; the next takes the others.
BATCH = 200
AGAIN_AFTER = timedelta(days=7)


async def sweep(_: object) -> int:
    """Tell of what has closed or come due; answers of how many. Each in a transaction of its own."""
    closed = PurchaseRound.filter(state=RoundState.OPEN, closes_at__lte=clock.now(), closing_told_at=None)
    told = sum([await _tell_closed(row.pk) for row in await closed.order_by("id").limit(BATCH)])
    # The easternmost zone is half a day ahead of UTC at most; each co-op's own day is asked for below.
    latest = (clock.now() + timedelta(days=1)).date()
    owed = Commitment.filter(due_on__lte=latest, paid__lt=F("goods") + F("carriage"), reminded_on=None)
    late = Commitment.filter(reminded_on__lte=latest - AGAIN_AFTER, paid__lt=F("goods") + F("carriage"))
    for parts in (owed, late):
        rows = await parts.order_by("due_on", "id").limit(BATCH)
        told += sum([await _tell_due(row) for row in rows])
    return told


async def _tell_closed(id: UUID) -> bool:
    async with transaction():
        row = await locked_one(PurchaseRound, id)
        if row is None or row.state is not RoundState.OPEN or row.closing_told_at is not None:
            return False
        row.closing_told_at = clock.now()
        await row.save(update_fields=["closing_told_at"])
        await outbox.record(CLOSED, id)
        return True


async def _tell_due(seen: Commitment) -> bool:
    async with transaction():
        row = await locked_one(Commitment, seen.pk)
        today = await today_of(seen.cooperative_id)
        if row is None or row.due_on is None or row.outstanding <= 0 or row.due_on > today:
            return False
        if row.reminded_on is not None and row.reminded_on > today - AGAIN_AFTER:
            return False
        row.reminded_on = today
        await row.save(update_fields=["reminded_on"])
        await outbox.record(DUE, row.pk)
        return True
