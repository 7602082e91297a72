"""Rows of waiting: what a driver was kept waiting for an order, and what its seller paid for that."""

from datetime import datetime
from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class OrderWaiting(Row):
    """That a driver stood at the seller's beyond what is free; bears the job's id. Written once, at the pickup."""

    sub_order_id: UUID = fields.UUIDField(unique=True)
    cooperative_id: UUID = fields.UUIDField(db_index=True)  # the seller's
    seller_id: UUID = fields.UUIDField()
    carrier_id: UUID = fields.UUIDField()
    driver_id: UUID = fields.UUIDField()
    receipt_id: UUID = fields.UUIDField()  # the hand-over that ended it
    tariff_id: UUID = fields.UUIDField()  # whose rule it is
    tariff_since: datetime = fields.DatetimeField()
    arrived_at: datetime = fields.DatetimeField()
    promised_at: datetime | None = fields.DatetimeField(null=True)  # for when the seller promised the goods
    picked_up_at: datetime = fields.DatetimeField()
    minutes = fields.IntField()  # whole ones since the later of the two
    free_minutes = fields.IntField()
    most_minutes = fields.IntField()
    per_minute = fields.BigIntField()
    amount = fields.BigIntField()
    hosting = fields.BigIntField()  # how it was shared out
    carrier_share = fields.BigIntField()
    driver_share = fields.BigIntField()

    class Meta:
        table = "order_waiting"

    @property
    def since(self) -> datetime:
        """From when on he was kept waiting."""
        return self.arrived_at if self.promised_at is None else max(self.arrived_at, self.promised_at)
