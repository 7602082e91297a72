"""What is done to people's rights, written down in the transaction that does it."""

from typing import Any
from uuid import UUID

from marketplace.identity.models import AuditEntry


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
