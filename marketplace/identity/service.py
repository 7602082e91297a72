"""Who a token belongs to, accounts by id, and who holds which role."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from tortoise.expressions import Subquery

from marketplace import clock
from marketplace.batches import rows_by
from marketplace.database import as_utc, connection, is_postgres
from marketplace.errors import Code, MarketplaceError
from marketplace.identity import audit, tokens
from marketplace.identity.actor import Actor, Grant, Role, Unauthenticated
from marketplace.identity.models import Account, RefreshToken, RoleGrant, Session, SignInMethod
from marketplace.identity.phones import normalised

#: A session that is not refreshed for this long ends.
SESSION_LIFE = timedelta(days=60)


class AccountSuspended(MarketplaceError):
    """This account is suspended: ask the node's operator."""

    code = Code.SUSPENDED
    pesan = "Akun ini dibekukan: hubungi pengelola."


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client holds after signing in. The refresh token is shown only here."""

    session: Session
    account: Account
    access_token: str
    access_expires_at: datetime
    refresh_token: str
    refresh_expires_at: datetime


_GRANTS = """
    a."id" AS "account_id", a."suspended_at", g."role", g."cooperative_id", g."seller_id", g."until"
"""
_JOINS = """
    JOIN "account" a ON a."id" = s."account_id" LEFT JOIN "role_grant" g ON g."account_id" = a."id"
"""
_BY_SESSION = f"""
    SELECT s."expires_at", s."ended_at", {_GRANTS} FROM "session" s {_JOINS} WHERE s."id" = """
_BY_KEY = f"""
    SELECT s."id", s."expires_at", s."revoked_at" AS "ended_at", s."scopes", {_GRANTS}
    FROM "api_key" s {_JOINS} WHERE s."token_hash" = """


async def authenticate(token: str) -> Actor:
    """Who shows this access token or API key. One SQL statement.

    Raises TokenExpired, Unauthenticated (unknown, revoked or signed out) or AccountSuspended.
    """
    if token.startswith(tokens.API_KEY_PREFIX):
        rows = await _select(_BY_KEY, tokens.token_hash(token))
        _check(rows)
        expires_at = rows[0]["expires_at"]
        return Actor(
            account_id=_uuid(rows[0]["account_id"]),
            grants=_grants(rows),
            scopes=frozenset(_strings(rows[0]["scopes"])),
            expires_at=as_utc(expires_at) if expires_at else None,
        )
    proof = tokens.read_access(token)
    rows = await _select(_BY_SESSION, str(proof.session_id))
    _check(rows)
    if _uuid(rows[0]["account_id"]) != proof.account_id:
        raise Unauthenticated
    return Actor(
        account_id=proof.account_id,
        session_id=proof.session_id,
        grants=_grants(rows),
        expires_at=proof.expires_at,
    )


async def _select(query: str, value: str) -> list[dict[str, Any]]:
    mark = "$1" if is_postgres() else "?"
    return list(await connection().execute_query_dict(query + mark, [value]))


def _check(rows: list[dict[str, Any]]) -> None:
    if not rows or rows[0]["ended_at"] is not None:
        raise Unauthenticated
    if rows[0]["suspended_at"] is not None:
        raise AccountSuspended
    expires_at = rows[0]["expires_at"]
    if expires_at is not None and as_utc(expires_at) <= clock.now():
        raise tokens.TokenExpired


def _grants(rows: list[dict[str, Any]]) -> frozenset[Grant]:
    now = clock.now()
    return frozenset(
        Grant(Role(row["role"]), _uuid_or_none(row["cooperative_id"]), _uuid_or_none(row["seller_id"]))
        for row in rows
        if row["role"] is not None and (row["until"] is None or as_utc(row["until"]) > now)
    )


def _uuid(value: Any) -> UUID:
    return UUID(str(value))


def _uuid_or_none(value: Any) -> UUID | None:
    return None if value is None else _uuid(value)


def _strings(value: Any) -> list[str]:
    """A JSON list as raw SQL gives it: text on both databases."""
    found: list[str] = orjson.loads(value) if isinstance(value, str | bytes) else value
    return found


async def issue_tokens(
    account: Account,
    *,
    method: SignInMethod = SignInMethod.CODE,
    user_agent: str = "",
    address: str = "",
) -> Tokens:
    """Begin a session for this account. In the caller's transaction, if there is one."""
    session = await Session.create(
        account_id=account.pk,
        method=method,
        user_agent=user_agent[:200],
        address=address[:45],
        expires_at=clock.now() + SESSION_LIFE,
    )
    return await renew(session, account)


async def renew(session: Session, account: Account) -> Tokens:
    """Fresh tokens for a living session, in the caller's transaction."""
    refresh = tokens.new_secret_token()
    await RefreshToken.create(session_id=session.pk, token_hash=tokens.token_hash(refresh))
    access, access_expires_at = tokens.sign_access(session.pk, account.pk)
    return Tokens(session, account, access, access_expires_at, refresh, session.expires_at)


async def accounts_by_id(ids: Sequence[UUID]) -> Mapping[UUID, Account]:
    """The accounts with these ids. One statement."""
    return {row.pk: row for row in await rows_by(Account, "id", ids)}


def accounts_named(words: Iterable[str]) -> Subquery:
    """The ids of those whose names hold all these words, to be used within another question."""
    found = Account.all()
    for word in words:
        found = found.filter(name__icontains=word)
    return Subquery(found.values("id"))


async def find_or_create_account(phone: str, name: str = "") -> Account:
    """The account of this phone, made now when there is none. In the caller's transaction, if any."""
    phone = normalised(phone)
    found = await Account.get_or_none(phone=phone)
    if found is not None:
        return found
    await Account.bulk_create([Account(phone=phone, name=name[:120])], ignore_conflicts=True)
    return await Account.get(phone=phone)


async def grant_role(
    account_id: UUID,
    role: Role,
    *,
    cooperative_id: UUID | None = None,
    seller_id: UUID | None = None,
    granted_by: UUID | None = None,
) -> RoleGrant:
    """Give a role, in the caller's transaction; a role already held is left as it stands."""
    held = await _held(account_id, role, cooperative_id, seller_id)
    if held:
        return held[0]
    grant = await RoleGrant.create(
        account_id=account_id,
        role=role,
        cooperative_id=cooperative_id,
        seller_id=seller_id,
        granted_by=granted_by,
    )
    await _note("role.granted", grant, granted_by)
    return grant


async def revoke_role(
    account_id: UUID,
    role: Role,
    *,
    cooperative_id: UUID | None = None,
    seller_id: UUID | None = None,
    revoked_by: UUID | None = None,
) -> bool:
    """Take a role back, in the caller's transaction. False when it was not held."""
    held = await _held(account_id, role, cooperative_id, seller_id)
    for grant in held:
        await _end(grant, revoked_by)
    return bool(held)


async def _held(account_id: UUID, role: Role, cooperative_id: UUID | None, seller_id: UUID | None) -> list[RoleGrant]:
    found = await RoleGrant.filter(
        account_id=account_id, role=role, cooperative_id=cooperative_id, seller_id=seller_id
    )
    return [grant for grant in found if is_held(grant)]


async def holds_any(account_id: UUID, roles: Iterable[Role], *, cooperative_id: UUID) -> bool:
    """Whether the account now holds one of these roles in the co-op."""
    found = await RoleGrant.filter(account_id=account_id, cooperative_id=cooperative_id, role__in=list(roles))
    return any(is_held(grant) for grant in found)


async def holders(role: Role, *, cooperative_id: UUID) -> list[UUID]:
    """The accounts that now hold this role in the co-op."""
    found = await RoleGrant.filter(role=role, cooperative_id=cooperative_id)
    return sorted({grant.account_id for grant in found if is_held(grant)})


async def cooperatives_chaired(account_ids: Sequence[UUID]) -> set[UUID]:
    """The co-ops that one of these accounts chairs now."""
    found = await RoleGrant.filter(account_id__in=list(account_ids), role=Role.CHAIR)
    return {grant.cooperative_id for grant in found if grant.cooperative_id is not None and is_held(grant)}


async def revoke_all(account_id: UUID, *, cooperative_id: UUID, by: UUID | None) -> None:
    """Take back every role that the account holds in the co-op itself, in the caller's transaction."""
    for grant in await RoleGrant.filter(account_id=account_id, cooperative_id=cooperative_id, seller_id__isnull=True):
        if is_held(grant):
            await _end(grant, by)


def is_held(grant: RoleGrant) -> bool:
    """Whether the role is held now."""
    return grant.until is None or grant.until > clock.now()


async def _note(action: str, grant: RoleGrant, by: UUID | None) -> None:
    await audit.note(
        action,
        account_id=grant.account_id,
        by=by,
        cooperative_id=grant.cooperative_id,
        role=grant.role.value,
        seller_id=str(grant.seller_id) if grant.seller_id else None,
    )


async def _end(grant: RoleGrant, by: UUID | None) -> None:
    grant.until, grant.revoked_by = clock.now(), by
    await grant.save(update_fields=["until", "revoked_by"])
    await _note("role.revoked", grant, by)
