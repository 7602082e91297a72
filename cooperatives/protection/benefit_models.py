"""Rows of benefits that pass through the co-op: what a provider paid it, and to whom it paid that on."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from tortoise import fields

from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.protection.kinds import RemittanceWay
from marketplace.database import Row


class BenefitState(StrEnum):
    """Where a payment to a member or heir stands."""

    ASKED = "ASKED"  # above the threshold: a second officer is awaited
    PAID = "PAID"
    WITHDRAWN = "WITHDRAWN"


class ProtectionBenefit(Row):
    """What a provider paid the co-op for a claim. `id` is the claim's."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    membership_id: UUID = fields.UUIDField()
    amount: int = fields.BigIntField()
    way = fields.CharEnumField(RemittanceWay, max_length=10)
    reference = fields.CharField(max_length=60)
    received_on: date = fields.DateField()
    received_by: UUID = fields.UUIDField()

    class Meta:
        table = "protection_benefit"

    @property
    def ref(self) -> AccountRef:
        """What of it the co-op still holds."""
        return AccountRef(self.cooperative_id, Purpose.PROTECTION_BENEFIT, self.pk)


class ProtectionBenefitPayment(Row):
    """What a member or one of his heirs is paid of it."""

    benefit_id: UUID = fields.UUIDField(db_index=True)
    cooperative_id: UUID = fields.UUIDField(db_index=True)
    payee: str = fields.TextField()  # sealed: name, relation, national id, document
    is_named = fields.BooleanField()  # among the heirs whom the member named
    amount: int = fields.BigIntField()
    way = fields.CharEnumField(RemittanceWay, max_length=10)
    reference = fields.CharField(max_length=60)
    state = fields.CharEnumField(BenefitState, max_length=10)
    asked_by: UUID = fields.UUIDField()
    ended_by: UUID | None = fields.UUIDField(null=True)
    ended_on: date | None = fields.DateField(null=True)

    class Meta:
        table = "protection_benefit_payment"
