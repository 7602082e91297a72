"""How an expulsion becomes final: by the meeting's word, or because nobody appealed in time."""

from uuid import UUID
from zoneinfo import ZoneInfo

import structlog

from cooperatives.books.periods import day_at
from cooperatives.departures.leaving import depart
from cooperatives.departures.lifecycle import ExpulsionEvent, ExpulsionState, after_event
from cooperatives.departures.models import Expulsion
from cooperatives.dues.paying import today_of
from cooperatives.membership.categories import EndCause
from cooperatives.membership.joining import hold_member, lock_cooperative
from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import MarketplaceError
from marketplace.identity.actor import SYSTEM

BATCH = 50
log = structlog.get_logger()


async def finish(row: Expulsion, event: ExpulsionEvent, by: UUID | None) -> None:
    """His membership ends, unless it ended otherwise meanwhile. Caller's transaction, the expulsion locked."""
    row.state, row.ended_at = after_event(row.state, event), clock.now()
    await row.save()
    try:
        member = await hold_member(SYSTEM, row.membership_id)
    except MarketplaceError as refused:
        log.info("expelled after leaving", id=str(row.pk), why=refused.message("en"))
        return
    await depart(member, by, EndCause.EXPELLED, (row.decision or row.grounds)[:300])


async def tell(row: Expulsion) -> None:
    """Record where it stands now, for those whom it concerns."""
    await outbox.record(
        f"expulsion.{row.state.value.lower()}",
        row.pk,
        {"cooperative_id": str(row.cooperative_id), "account_id": str(row.account_id)},
    )


async def sweep(_: object) -> int:
    """End the memberships of those who did not appeal in time; answers how many. A bounded batch, each alone."""
    latest = day_at(clock.now(), ZoneInfo("Asia/Jayapura"))
    found = Expulsion.filter(state=ExpulsionState.DECIDED, appeal_until__lt=latest).order_by("appeal_until", "id")
    done = 0
    for seen in await found.limit(BATCH):
        async with transaction():
            await lock_cooperative(seen.cooperative_id)
            row = await locked_one(Expulsion, seen.pk)
            assert row is not None  # never removed
            is_over = row.appeal_until is not None and await today_of(row.cooperative_id) > row.appeal_until
            if row.state is ExpulsionState.DECIDED and is_over:
                await finish(row, ExpulsionEvent.PASS, None)
                done += 1
    return done
