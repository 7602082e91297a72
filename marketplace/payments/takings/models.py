"""Rows of what co-ops took of payments."""

from enum import StrEnum

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row


class TakingSource(StrEnum):
    """What money was paid for."""

    ORDER = "ORDER"
    TIP = "TIP"  # for the driver, after the delivery
    DUES = "DUES"  # by a member, through a provider


class TakingWay(StrEnum):
    """How money was paid: over a channel of a provider, or past every provider."""

    CARD = "CARD"
    QRIS = "QRIS"
    VIRTUAL_ACCOUNT = "VIRTUAL_ACCOUNT"
    EWALLET = "EWALLET"
    SIMULATED = "SIMULATED"
    CASH = "CASH"
    DIRECT = "DIRECT"  # to the seller's own QRIS


class TakingState(StrEnum):
    """What of a taking has gone back."""

    TAKEN = "TAKEN"
    PARTLY_RETURNED = "PARTLY_RETURNED"
    RETURNED = "RETURNED"


class Taking(Row):
    """A co-op's part of a payment that was made, with its part of what the provider kept. Made when it is booked.

    Only `refunded` ever changes: what of it has gone back to the buyer.
    """

    cooperative_id = fields.UUIDField()
    source = fields.CharEnumField(TakingSource, max_length=8)
    source_id = fields.UUIDField()  # the Payment, or the DuesCharge
    order_id = fields.UUIDField(null=True)
    collector_id = fields.UUIDField(null=True)  # another co-op, whose account took it
    way = fields.CharEnumField(TakingWay, max_length=16)
    gateway = fields.CharField(max_length=30, default="")
    reference = fields.CharField(max_length=120, default="")
    amount = fields.BigIntField()
    fee = fields.BigIntField(default=0)
    refunded = fields.BigIntField(default=0)

    class Meta:
        table = "payment_taking"
        unique_together = (("source_id", "cooperative_id"),)
        indexes = (Index(fields=("cooperative_id", "id")), Index(fields=("cooperative_id", "created_at")))

    @property
    def net(self) -> int:
        """What the co-op has of it."""
        return int(self.amount) - int(self.fee) - int(self.refunded)

    @property
    def state(self) -> TakingState:
        if not self.refunded:
            return TakingState.TAKEN
        return TakingState.RETURNED if self.refunded >= self.amount else TakingState.PARTLY_RETURNED
