"""What is done to people's rights, written down in the transaction that does it."""

from typing import Any
from uuid import UUID

from marketplace.identity.actor import Actor, Role, require
from marketplace.identity.models import AuditEntry
from marketplace.paging import Page, page_by_id


async def note(
    action: str,
    *,
    account_id: UUID,
    by: UUID | None,
    cooperative_id: UUID | None = None,
    **detail: Any,
) -> None:
    """Write an entry, in the caller's transaction. `detail` is JSON and holds no secret."""
    await AuditEntry.create(
        action=action, actor_id=by, account_id=account_id, cooperative_id=cooperative_id, detail=detail
    )


async def listed(actor: Actor, *, first: int, after: str | None) -> Page[AuditEntry]:
    """What was done on this node, newest first, for its operator. Raises Unauthenticated, Forbidden."""
    require(actor, Role.NODE_OPERATOR)
    return await page_by_id(AuditEntry.all(), first=first, after=after)
