"""Rows of identity: accounts, sessions, role grants."""

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

    class Meta:
        table = "account"


class RoleGrant(Row):
    """A role held by an account, in a co-op, in a shop or on the node, from `since` until `until`."""

    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "lumbung.Account", related_name="grants", on_delete=fields.RESTRICT
    )
    account_id: UUID
    role = fields.CharEnumField(Role, max_length=30)
    cooperative_id = fields.UUIDField(null=True, db_index=True)
    seller_id = fields.UUIDField(null=True, db_index=True)
    granted_by = fields.UUIDField(null=True)
    until = fields.DatetimeField(null=True)

    class Meta:
        table = "role_grant"
