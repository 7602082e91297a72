"""Rows of payments: what a buyer paid through which gateway, and what went back."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row
from marketplace.orders.models import PaymentMethod


class PaymentState(StrEnum):
    """Where a payment stands."""

    AGREED = "AGREED"  # cash: will be paid on delivery
    PROCESSING = "PROCESSING"  # the gateway was or will be asked
    SUCCEEDED = "SUCCEEDED"
    FAILED = "FAILED"


class RefundState(StrEnum):
    """Where a refund stands."""

    PROCESSING = "PROCESSING"
    SUCCEEDED = "SUCCEEDED"


class Payment(Row):
    """One attempt to pay an order. The intent is committed before a gateway is asked."""

    order_id = fields.UUIDField(db_index=True)
    payer_id = fields.UUIDField()
    method = fields.CharEnumField(PaymentMethod, max_length=8)
    amount = fields.BigIntField()
    state = fields.CharEnumField(PaymentState, max_length=10)
    covers: list[str] = fields.JSONField(default=list)  # ids of the sub-orders that it pays
    gateway = fields.CharField(max_length=30, default="")
    gateway_reference = fields.CharField(max_length=120, default="")
    failure = fields.CharField(max_length=60, default="")
    attempts = fields.IntField(default=0)
    tried_at = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "payment"
        indexes = (Index(fields=("state", "created_at")),)


class Refund(Row):
    """Money that goes back to a buyer for one sub-order."""

    payment: fields.ForeignKeyRelation[Payment] = fields.ForeignKeyField(
        "lumbung.Payment", related_name="refunds", on_delete=fields.RESTRICT
    )
    payment_id: UUID
    order_id = fields.UUIDField(db_index=True)
    sub_order_id = fields.UUIDField(db_index=True)
    cooperative_id = fields.UUIDField()
    amount = fields.BigIntField()
    reason = fields.CharField(max_length=40)
    state = fields.CharEnumField(RefundState, max_length=10, default=RefundState.PROCESSING)
    gateway_reference = fields.CharField(max_length=120, default="")
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refund"
