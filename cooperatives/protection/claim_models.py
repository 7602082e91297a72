"""Rows of claims: what happened to who is insured, and what proves it."""

from datetime import date
from uuid import UUID

from tortoise import fields

from cooperatives.protection.claim_states import ClaimState
from cooperatives.protection.kinds import ClaimDocument, ClaimKind
from marketplace.database import Row

__all__ = ["ClaimDocument", "ClaimFile", "ClaimKind", "ClaimState", "ProtectionClaim"]


class ProtectionClaim(Row):
    """A claim on a programme for the member or a dependant. The provider pays him or his heirs, or the co-op for
    them (`benefit_models`)."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    programme_id: UUID = fields.UUIDField()
    enrolment_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField(db_index=True)
    account_id: UUID = fields.UUIDField()
    dependant_id: UUID | None = fields.UUIDField(null=True)  # none: the member himself
    kind = fields.CharEnumField(ClaimKind, max_length=10)
    happened_on: date = fields.DateField()
    story = fields.CharField(max_length=1000)
    was_covered = fields.BooleanField()  # that month was paid when it was reported
    state = fields.CharEnumField(ClaimState, max_length=10, default=ClaimState.REPORTED)
    reported_by: UUID = fields.UUIDField()
    provider_number = fields.CharField(max_length=60, default="")
    submitted_on: date | None = fields.DateField(null=True)
    paid: int = fields.BigIntField(default=0)  # as the provider told
    ended_on: date | None = fields.DateField(null=True)
    ended_by: UUID | None = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=300, default="")

    class Meta:
        table = "protection_claim"


class ClaimFile(Row):
    """A document behind a claim, kept in the node's folder under its hash."""

    claim_id: UUID = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(ClaimDocument, max_length=20)
    name = fields.CharField(max_length=120)
    media_type = fields.CharField(max_length=40)
    size = fields.IntField()
    hash = fields.CharField(max_length=64)
    added_by: UUID = fields.UUIDField()

    class Meta:
        table = "protection_claim_file"
