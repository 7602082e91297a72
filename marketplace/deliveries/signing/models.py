"""Rows: the public keys of people's devices, and what these signed."""

from datetime import datetime
from uuid import UUID

from tortoise import fields

from marketplace.database import Row
from marketplace.deliveries.signing.attesting import Side


class CustodyKey(Row):
    """The public half of a key that a person's device made and keeps. Revoked, it stays for what it has signed."""

    account_id: UUID = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=60)
    public_key = fields.CharField(max_length=64, unique=True)
    revoked_at: datetime | None = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, default="")

    class Meta:
        table = "custody_key"


class CustodySignature(Row):
    """One side of a hand-over, signed on a device; `created_at` is when the node had it."""

    receipt_id: UUID = fields.UUIDField()
    side = fields.CharEnumField(Side, max_length=5)
    account_id: UUID = fields.UUIDField()
    key_id: UUID = fields.UUIDField()
    signed_at: datetime = fields.DatetimeField()  # by the device's clock
    signature = fields.CharField(max_length=128)

    class Meta:
        table = "custody_signature"
        unique_together = (("receipt_id", "side"),)
        indexes = (("key_id",),)
