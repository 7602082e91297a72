"""Events of the outbox that were given up: the node's operator sees them, and gives them a fresh start."""

from collections.abc import Collection

from marketplace import clock
from marketplace.database import for_update, transaction
from marketplace.errors import Code, Invalid, MarketplaceError, NotFound
from marketplace.identity import audit
from marketplace.identity.actor import Actor, Role, require, signed_in
from marketplace.outbox import OutboxEvent
from marketplace.paging import Page, StaleCursor, check_first, decode_cursor, encode_cursor


class NotDead(MarketplaceError):
    """This event is not given up: it is carried out by itself."""

    code = Code.WRONG_STATE
    pesan = "Kejadian ini tidak macet: ia dijalankan dengan sendirinya."


async def listed(actor: Actor, *, first: int, after: str | None) -> Page[OutboxEvent]:
    """Dead letters, oldest first. Raises Unauthenticated, Forbidden."""
    require(actor, Role.NODE_OPERATOR)
    check_first(first)
    found = OutboxEvent.filter(done_at=None, dead_at__isnull=False)
    if after is not None:
        (last,) = decode_cursor(after, 1)
        if not last.isdigit():
            raise StaleCursor
        found = found.filter(id__gt=int(last))
    rows = await found.order_by("id").limit(first + 1)
    shown = rows[:first]
    return Page(shown, [encode_cursor(row.id) for row in shown], len(rows) > first)


async def replay(actor: Actor, *, number: str) -> OutboxEvent:
    """Give one a fresh start; a worker takes it within a second. Raises Forbidden, NotFound, Invalid, NotDead."""
    require(actor, Role.NODE_OPERATOR)
    by = signed_in(actor)
    if not number.isdigit() or len(number) > 18:
        raise Invalid.field("id", Code.INVALID, "a dead letter's number", "nomor kejadian yang macet")
    async with transaction():
        row = await for_update(OutboxEvent.filter(id=int(number))).first()
        if row is None:
            raise NotFound("event")
        if row.dead_at is None or row.done_at is not None:
            raise NotDead
        await retry([row.id])
        await row.refresh_from_db()
        await audit.note("dead_letter.replayed", account_id=by, by=by, event=row.event, handler=row.handler)
    return row


async def retry(ids: Collection[int]) -> int:
    """Give dead or waiting events a fresh start, now; answers how many."""
    return await OutboxEvent.filter(id__in=list(ids), done_at=None).update(
        dead_at=None, attempts=0, available_at=clock.now(), error=None
    )
