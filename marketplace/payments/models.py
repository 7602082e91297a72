"""Rows of payments: what a buyer paid through which gateway, what went back, and a co-op's own credentials."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields
from tortoise.indexes import Index

from marketplace.database import Row
from marketplace.orders.models import PaymentMethod
from marketplace.payments.lifecycle import PaymentState, RefundState

__all__ = [
    "CashShortage",
    "CashStanding",
    "CollectingConsent",
    "DuesCharge",
    "Payment",
    "PaymentState",
    "RailAccount",
    "RailKind",
    "RailState",
    "Refund",
    "RefundState",
    "SellerQris",
    "ShortageState",
    "StrayMoney",
    "StrayState",
]


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
    account_id = fields.UUIDField(null=True)  # the co-op's credentials that it was begun with
    channel = fields.CharField(max_length=20, null=True)  # a PaymentChannel
    institution = fields.CharField(max_length=20, null=True)
    instructions: Any = fields.JSONField(null=True)  # what the buyer needs to pay
    expires_at = fields.DatetimeField(null=True)
    fee = fields.BigIntField(null=True)  # what the provider keeps of it, once known

    class Meta:
        table = "payment"
        indexes = (Index(fields=("state", "created_at")),)

    def pays(self, sub_order_id: UUID) -> bool:
        """Whether it is for this sub-order of its order; one that names none is for all."""
        return not self.covers or str(sub_order_id) in self.covers


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
    way = fields.CharField(max_length=10, null=True)  # a RefundWay; None: as it came
    failure = fields.CharField(max_length=60, null=True)  # why the gateway couldn't
    tried_at = fields.DatetimeField(null=True)

    class Meta:
        table = "refund"


class DuesCharge(Row):
    """What a member was asked to pay of his dues through a provider. The intent is committed before it is asked."""

    cooperative_id = fields.UUIDField()
    membership_id = fields.UUIDField(db_index=True)
    payer_id = fields.UUIDField()
    amount = fields.BigIntField()
    state = fields.CharEnumField(PaymentState, max_length=10, default=PaymentState.PROCESSING)
    gateway = fields.CharField(max_length=30)
    rail_id = fields.UUIDField(null=True)  # the co-op's credentials that it was begun with
    channel = fields.CharField(max_length=20)  # a PaymentChannel
    institution = fields.CharField(max_length=20, default="")
    gateway_reference = fields.CharField(max_length=120, default="")
    instructions: Any = fields.JSONField(null=True)  # what the member needs to pay
    failure = fields.CharField(max_length=60, default="")
    expires_at = fields.DatetimeField()
    tried_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)
    fee = fields.BigIntField(null=True)  # what the provider keeps of it, once known
    payment_id = fields.UUIDField(null=True)  # of the dues, once it is paid

    class Meta:
        table = "dues_charge"
        indexes = (Index(fields=("state", "tried_at")),)


class RailKind(StrEnum):
    """The real rails there are."""

    STRIPE = "STRIPE"
    MIDTRANS = "MIDTRANS"


class RailState(StrEnum):
    """Where a co-op's account with a provider stands."""

    PROPOSED = "PROPOSED"  # an officer has set it, a second one has not agreed yet
    ACTIVE = "ACTIVE"
    RETIRED = "RETIRED"  # takes no new payments; those begun with it are still looked after


class RailAccount(Row):
    """One co-op's account with a payment provider. Its secrets are sealed, and never leave the node."""

    cooperative_id = fields.UUIDField(db_index=True)
    rail = fields.CharEnumField(RailKind, max_length=10)
    state = fields.CharEnumField(RailState, max_length=8, default=RailState.PROPOSED)
    options: dict[str, Any] = fields.JSONField(default=dict)
    sealed = fields.TextField(default="")
    version = fields.IntField(default=1)
    former_sealed: Any = fields.TextField(null=True)  # still believed in callbacks until `former_until`
    former_until = fields.DatetimeField(null=True)
    proposed_sealed: Any = fields.TextField(null=True)
    proposed_options: Any = fields.JSONField(null=True)
    proposed_by = fields.UUIDField(null=True)
    set_by = fields.UUIDField(null=True)
    set_at = fields.DatetimeField(null=True)

    class Meta:
        table = "rail_account"
        indexes = (("cooperative_id", "rail", "state"),)


class CollectingConsent(Row):
    """Whether a co-op lets others collect its part of a payment. `id` is the co-op's; no row: it does not."""

    is_given = fields.BooleanField(default=False)
    proposed_by = fields.UUIDField(null=True)  # the officer who would give it, until a second one agrees
    set_by = fields.UUIDField(null=True)
    set_at = fields.DatetimeField(null=True)

    class Meta:
        table = "collecting_consent"


class SellerQris(Row):
    """A seller's own static QRIS. `id` is the seller's."""

    payload = fields.CharField(max_length=512)
    merchant_name = fields.CharField(max_length=25)
    city = fields.CharField(max_length=15)
    nmid = fields.CharField(max_length=20, default="")
    is_direct = fields.BooleanField(default=False)  # whether buyers may pay orders to it
    set_by = fields.UUIDField()
    set_at = fields.DatetimeField()

    class Meta:
        table = "seller_qris"


class CashStanding(Row):
    """How a buyer stands with cash. `id` is his account's; who never failed to take an order has no row."""

    no_shows = fields.IntField(default=0)
    must_prepay = fields.BooleanField(default=False)
    last_no_show_at = fields.DatetimeField(null=True)

    class Meta:
        table = "cash_standing"


class ShortageState(StrEnum):
    """What became of cash that a driver should hold and does not."""

    OPEN = "OPEN"
    DEDUCTED = "DEDUCTED"
    PAID = "PAID"
    BORNE = "BORNE"


class CashShortage(Row):
    """A case: an officer counted less than the books say that a driver holds."""

    cooperative_id = fields.UUIDField(db_index=True)
    driver_account_id = fields.UUIDField(db_index=True)
    amount = fields.BigIntField()
    note = fields.CharField(max_length=300)
    state = fields.CharEnumField(ShortageState, max_length=8, default=ShortageState.OPEN)
    opened_by = fields.UUIDField()
    ended_by = fields.UUIDField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "cash_shortage"


class StrayState(StrEnum):
    """What became of money that no payment of ours explains."""

    OPEN = "OPEN"
    RETURNED = "RETURNED"
    KEPT = "KEPT"


class StrayMoney(Row):
    """Money at the provider that no payment of ours explains, or of another amount: an officer must look."""

    cooperative_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    reference = fields.CharField(max_length=120)
    payment_id = fields.UUIDField(null=True)
    amount = fields.BigIntField()
    why = fields.CharField(max_length=20)
    state = fields.CharEnumField(StrayState, max_length=8, default=StrayState.OPEN)
    resolved_by = fields.UUIDField(null=True)
    resolved_at = fields.DatetimeField(null=True)
    note = fields.CharField(max_length=200, default="")

    class Meta:
        table = "stray_money"
        unique_together = (("account_id", "reference"),)
