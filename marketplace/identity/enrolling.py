"""Many people at once, as when a co-op moves in: their accounts and their membership, a statement for all."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from marketplace.batches import rows_by
from marketplace.database import new_id
from marketplace.identity.actor import Role
from marketplace.identity.models import Account, AuditEntry, RoleGrant
from marketplace.identity.service import is_held


async def accounts_by_phone(phones: Sequence[str]) -> Mapping[str, Account]:
    """The accounts that have one of these phones, E.164. One statement."""
    return {row.phone: row for row in await rows_by(Account, "phone", set(phones))}


async def enrol(names: Mapping[str, str]) -> Mapping[str, Account]:
    """The account of each phone, made now with its name where there is none. Caller's transaction."""
    known = await accounts_by_phone(list(names))
    fresh = [Account(phone=phone, name=name[:120]) for phone, name in names.items() if phone not in known]
    await Account.bulk_create(fresh, ignore_conflicts=True)
    return await accounts_by_phone(list(names))


async def grant_all(account_ids: Sequence[UUID], role: Role, *, cooperative_id: UUID, by: UUID | None) -> None:
    """Give them all a role in the co-op, each with its audit entry; who holds it keeps it. Caller's transaction."""
    rows = await rows_by(RoleGrant, "account_id", set(account_ids), role=role.value)
    held = {row.account_id for row in rows if row.cooperative_id == cooperative_id and is_held(row)}
    fresh = [id for id in dict.fromkeys(account_ids) if id not in held]
    await RoleGrant.bulk_create(
        [
            RoleGrant(id=new_id(), account_id=id, role=role, cooperative_id=cooperative_id, granted_by=by)
            for id in fresh
        ]
    )
    await AuditEntry.bulk_create(
        [
            AuditEntry(
                action="role.granted",
                actor_id=by,
                account_id=id,
                cooperative_id=cooperative_id,
                detail={"role": role.value, "seller_id": None},
            )
            for id in fresh
        ]
    )
