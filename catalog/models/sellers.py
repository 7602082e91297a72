"""Rows of shops: who sells, under which co-op, where and when."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.membership.models import SLUG_LENGTH, Cooperative
from marketplace.database import Row


class SellerState(StrEnum):
    APPLIED = "APPLIED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    SUSPENDED = "SUSPENDED"  # by its co-op
    BLOCKED = "BLOCKED"  # by the node's operator, who alone can lift it


class Seller(Row):
    """An UMKM that sells, in the book of its host co-op.

    `opening_hours` is `[[weekday, opens_minute, closes_minute], …]`, Monday 0, minutes since midnight, closing
    after 1,440 when it is past midnight; None: always open. `holidays` is `{"2026-12-25": [[opens, closes]]}`,
    an empty list: closed that day. Times are in `time_zone`.
    """

    cooperative: fields.ForeignKeyRelation[Cooperative] = fields.ForeignKeyField(
        "lumbung.Cooperative", related_name="sellers", on_delete=fields.RESTRICT
    )
    cooperative_id: UUID
    owner_id = fields.UUIDField(null=True, db_index=True)  # an account; None while imported and unclaimed
    is_member = fields.BooleanField(default=False)  # of the co-op; else hosted by it
    external_id = fields.CharField(max_length=80, null=True)  # in the file that it was imported from
    slug = fields.CharField(max_length=SLUG_LENGTH, unique=True)  # the short menu link
    name = fields.CharField(max_length=160)
    description = fields.CharField(max_length=2000, default="")
    phone = fields.CharField(max_length=16, null=True)  # E.164, shown to buyers
    nib = fields.CharField(max_length=13, null=True)
    npwp_sealed = fields.CharField(max_length=200, null=True)  # encrypted
    npwp_tail = fields.CharField(max_length=4, null=True)  # what is shown of it
    state = fields.CharEnumField(SellerState, max_length=10, default=SellerState.APPLIED)
    state_reason = fields.CharField(max_length=300, null=True)
    address = fields.CharField(max_length=300, default="")
    region_code = fields.CharField(max_length=13, db_index=True)  # Kemendagri
    lat = fields.FloatField()
    lon = fields.FloatField()
    time_zone = fields.CharField(max_length=40, default="Asia/Jakarta")
    service_radius_m = fields.IntField(default=7_000)
    opening_hours: Any = fields.JSONField(null=True)
    holidays: dict[str, Any] = fields.JSONField(default=dict)
    paused_until = fields.DatetimeField(null=True)
    takes_cash = fields.BooleanField(default=True)
    takes_online = fields.BooleanField(default=True)
    allows_pickup = fields.BooleanField(default=True)
    auto_accept = fields.BooleanField(default=False)
    packing_fee = fields.BigIntField(default=0)  # rupiah an order
    minimum_order = fields.BigIntField(default=0)  # rupiah of goods

    class Meta:
        table = "seller"
        unique_together = (("cooperative_id", "external_id"),)

    @property
    def is_cooperatives_own(self) -> bool:
        """Whether the co-op itself sells here, as a unit of it does: nobody owns the shop, nor came it by a file."""
        return self.owner_id is None and self.external_id is None
