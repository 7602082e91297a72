"""The node's operator closes an account, with a reason, and opens it again."""

from uuid import UUID

from marketplace import clock, outbox
from marketplace.database import locked_one, transaction
from marketplace.errors import Code, Invalid, NotFound
from marketplace.identity import audit
from marketplace.identity.actor import Actor, Role, require
from marketplace.identity.models import Account
from marketplace.identity.signing_in import end_sessions


async def suspend_account(actor: Actor, *, account_id: UUID, reason: str) -> Account:
    """Close an account: its tokens and keys stop at once. Raises Forbidden, NotFound, Invalid."""
    require(actor, Role.NODE_OPERATOR)
    reason = reason.strip()
    if not 1 <= len(reason) <= 300:
        raise Invalid.field("reason", Code.REQUIRED, "1 to 300 characters", "1 sampai 300 karakter")
    if account_id == actor.account_id:
        raise Invalid.field("id", Code.INVALID, "not your own account", "bukan akun sendiri")
    async with transaction():
        account = await _locked(account_id)
        if account.suspended_at is None:
            account.suspended_at, account.suspension_reason = clock.now(), reason
            await account.save(update_fields=["suspended_at", "suspension_reason"])
            await end_sessions(account.pk, "suspended")
            await audit.note("account.suspended", account_id=account.pk, by=actor.account_id, reason=reason)
            await outbox.record("account.suspended", account.pk)
    return account


async def reinstate_account(actor: Actor, *, account_id: UUID) -> Account:
    """Open a suspended account again; its owner signs in anew. Raises Forbidden, NotFound."""
    require(actor, Role.NODE_OPERATOR)
    async with transaction():
        account = await _locked(account_id)
        if account.suspended_at is not None:
            account.suspended_at = account.suspension_reason = None
            await account.save(update_fields=["suspended_at", "suspension_reason"])
            await audit.note("account.reinstated", account_id=account.pk, by=actor.account_id)
            await outbox.record("account.reinstated", account.pk)
    return account


async def _locked(account_id: UUID) -> Account:
    account = await locked_one(Account, account_id)
    if account is None:
        raise NotFound("account")
    return account
