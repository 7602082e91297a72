"""Rows of identity: accounts, sessions, API keys, role grants, and what throttles a log-in."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.identity.actor import Role


class Account(Row):
    """A person (or an app's owner), known by a phone number."""

    phone = fields.CharField(max_length=16, unique=True)  # E.164
    name = fields.CharField(max_length=120, default="")
    language = fields.CharField(max_length=2, default="id")
    password_hash = fields.CharField(max_length=200, null=True)
    suspended_at = fields.DatetimeField(null=True)
    suspension_reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "account"


class RoleGrant(Row):
    """A role held by an account, in a co-op, in a shop or on the node, from its making until `until`.

    Grants are never deleted: a role taken back gets its `until`, and `revoked_by` says by whom.
    """

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "lumbung.Account", related_name="grants", on_delete=fields.RESTRICT
    )
    account_id: UUID
    role = fields.CharEnumField(Role, max_length=30)
    cooperative_id = fields.UUIDField(null=True, db_index=True)
    seller_id = fields.UUIDField(null=True, db_index=True)
    granted_by = fields.UUIDField(null=True)
    until = fields.DatetimeField(null=True)
    revoked_by = fields.UUIDField(null=True)

    class Meta:
        table = "role_grant"


class SignInMethod(StrEnum):
    CODE = "CODE"
    PASSWORD = "PASSWORD"


class Session(Row):
    """One sign-in on one device: a family of refresh tokens that lives and dies as one."""

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "lumbung.Account", related_name="sessions", on_delete=fields.RESTRICT
    )
    account_id: UUID
    method = fields.CharEnumField(SignInMethod, max_length=10)
    user_agent = fields.CharField(max_length=200, default="")
    address = fields.CharField(max_length=45, default="")
    expires_at: datetime = fields.DatetimeField(db_index=True)
    ended_at = fields.DatetimeField(null=True)
    end_reason = fields.CharField(max_length=30, null=True)

    class Meta:
        table = "session"


class RefreshToken(Row):
    """One refresh token of a session; it is good once. Only its hash is kept."""

    session: fields.ForeignKeyRelation[Session] = fields.ForeignKeyField(
        "lumbung.Session", related_name="refresh_tokens", on_delete=fields.RESTRICT
    )
    session_id: UUID
    token_hash = fields.CharField(max_length=64, unique=True)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refresh_token"


class ApiKey(Row):
    """What an app shows instead of a person's token. Only its hash is kept; `hint` is its beginning."""

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "lumbung.Account", related_name="api_keys", on_delete=fields.RESTRICT
    )
    account_id: UUID
    name = fields.CharField(max_length=80)
    hint = fields.CharField(max_length=16)
    token_hash = fields.CharField(max_length=64, unique=True)
    scopes: list[str] = fields.JSONField()
    origins: list[str] = fields.JSONField()
    expires_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_key"


class LoginCode(Row):
    """A one-time code sent to a phone. Only its keyed hash is kept."""

    phone = fields.CharField(max_length=16, db_index=True)
    code_hash = fields.CharField(max_length=64)
    address = fields.CharField(max_length=45, default="", db_index=True)
    expires_at: datetime = fields.DatetimeField(db_index=True)
    tries = fields.IntField(default=0)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "login_code"


class SignInAttempt(Row):
    """A try to sign in that has not succeeded: too many of them close the door for a while."""

    phone = fields.CharField(max_length=16, db_index=True)
    address = fields.CharField(max_length=45, default="", db_index=True)

    class Meta:
        table = "sign_in_attempt"


class NumberChangeState(StrEnum):
    REQUESTED = "REQUESTED"
    COOLING_OFF = "COOLING_OFF"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class NumberChange(Row):
    """Someone who lost a phone asks for the account under a new number, which he has proved to hold.

    Two officers of a co-op where the account is a member approve; then the old number has time to object.
    """

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "lumbung.Account", related_name="number_changes", on_delete=fields.RESTRICT
    )
    account_id: UUID
    cooperative_id = fields.UUIDField(db_index=True)
    old_phone = fields.CharField(max_length=16)
    new_phone = fields.CharField(max_length=16)
    state = fields.CharEnumField(NumberChangeState, max_length=12, default=NumberChangeState.REQUESTED, db_index=True)
    first_approved_by = fields.UUIDField(null=True)
    second_approved_by = fields.UUIDField(null=True)
    effective_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "number_change"


class AuditEntry(Row):
    """Who did what to whose rights. Written once, never changed; `actor_id` is null for the system."""

    action = fields.CharField(max_length=40)
    actor_id = fields.UUIDField(null=True)
    account_id = fields.UUIDField(db_index=True)
    cooperative_id = fields.UUIDField(null=True, db_index=True)
    detail: dict[str, Any] = fields.JSONField()

    class Meta:
        table = "audit_entry"
