"""Rows of protection: programmes, who is enrolled, each month's bills, and what was remitted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.ledger.accounts import AccountRef, Purpose
from cooperatives.protection.kinds import BatchState, BillState, ProgrammeKind, Relation, RemittanceWay, Sector
from cooperatives.protection.pricing import Insured
from marketplace.database import Row

__all__ = [
    "BatchState",
    "BillState",
    "ProgrammeKind",
    "ProtectionBatch",
    "ProtectionBill",
    "ProtectionDependant",
    "ProtectionEnrolment",
    "ProtectionMonth",
    "ProtectionProgramme",
    "Relation",
    "RemittanceWay",
    "Sector",
]


class ProtectionProgramme(Row):
    """What a co-op offers its members through one provider."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(ProgrammeKind, max_length=12)
    name = fields.CharField(max_length=60)
    provider = fields.CharField(max_length=80)
    number = fields.CharField(max_length=40, default="")  # of the policy, or of the co-op with the provider
    premium: int | None = fields.BigIntField(null=True)  # of insurance: a person a month
    alone_monthly: int | None = fields.BigIntField(null=True)  # see pricing.alone
    alone_source = fields.CharField(max_length=120, default="")  # who says so, and when
    pay_by = fields.SmallIntField()  # the day of the month by which members pay
    opened_by = fields.UUIDField(null=True)
    retired_at: datetime | None = fields.DatetimeField(null=True)  # takes no new members

    class Meta:
        table = "protection_programme"
        unique_together = (("cooperative_id", "name"),)

    @property
    def ref(self) -> AccountRef:
        """What was collected for it and has not reached the provider."""
        return AccountRef(self.cooperative_id, Purpose.PROTECTION_PAYABLE, self.pk)


class ProtectionEnrolment(Row):
    """A member in a programme, from the month `since` through the month `until`. What is open has no end."""

    cooperative_id: UUID = fields.UUIDField()
    programme_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField(db_index=True)
    account_id: UUID = fields.UUIDField()
    since: date = fields.DateField()
    until: date | None = fields.DateField(null=True)
    sector = fields.CharEnumField(Sector, max_length=10)
    income: int = fields.BigIntField(default=0)
    has_old_age = fields.BooleanField(default=False)
    health_class = fields.SmallIntField(default=3)
    contribution: int = fields.BigIntField(default=0)
    masked = fields.CharField(max_length=12, default="")  # the participant's number as people see it
    sealed = fields.TextField(default="")
    enrolled_by: UUID | None = fields.UUIDField(null=True)

    class Meta:
        table = "protection_enrolment"
        unique_together = (("programme_id", "membership_id", "since"),)
        indexes = (("cooperative_id", "programme_id"),)

    def insured(self, persons: int, premium: int | None) -> Insured:
        """What its price goes by."""
        return Insured(
            persons=persons,
            sector=self.sector,
            income=self.income,
            has_old_age=self.has_old_age,
            health_class=self.health_class,
            contribution=self.contribution,
            premium=premium or 0,
        )


class ProtectionDependant(Row):
    """One of a member's family who is covered with him."""

    enrolment_id: UUID = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=80)
    relation = fields.CharEnumField(Relation, max_length=10)
    born_on: date = fields.DateField()
    since: date = fields.DateField()
    until: date | None = fields.DateField(null=True)
    masked = fields.CharField(max_length=12, default="")
    sealed = fields.TextField(default="")

    class Meta:
        table = "protection_dependant"


class ProtectionMonth(Row):
    """A month's work on a programme, in batches of enrolments: `billed_through` is the last one done."""

    cooperative_id: UUID = fields.UUIDField()
    programme_id: UUID = fields.UUIDField()
    month: date = fields.DateField()
    billed_through: UUID | None = fields.UUIDField(null=True)
    billed_at: datetime | None = fields.DatetimeField(null=True)
    closed_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "protection_month"
        unique_together = (("programme_id", "month"),)


class ProtectionBill(Row):
    """What one enrolment costs in one month. What is paid of it stands in its due."""

    cooperative_id: UUID = fields.UUIDField()
    programme_id: UUID = fields.UUIDField()
    enrolment_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField(db_index=True)
    month: date = fields.DateField()
    persons = fields.SmallIntField()
    full: int = fields.BigIntField()  # without discounts
    amount: int = fields.BigIntField()
    alone: int | None = fields.BigIntField(null=True)  # what it would cost him by himself
    lines: list[list[Any]] = fields.JSONField()  # [component, full, amount, [rules as `terms.cited` keeps each]]
    state = fields.CharEnumField(BillState, max_length=10, default=BillState.OPEN)
    carried: int = fields.BigIntField(default=0)  # what the fund paid
    returned: int = fields.BigIntField(default=0)  # what was given back of it, to the member or the fund
    batch_id: UUID | None = fields.UUIDField(null=True, db_index=True)
    warned_on: date | None = fields.DateField(null=True)
    reason = fields.CharField(max_length=200, default="")  # why the provider refused it

    class Meta:
        table = "protection_bill"
        unique_together = (("enrolment_id", "month"),)
        indexes = (("programme_id", "month", "state"), ("cooperative_id", "state"))


class ProtectionBatch(Row):
    """A remittance: the covered bills of a programme's month, and what became of the money."""

    cooperative_id: UUID = fields.UUIDField(db_index=True)
    programme_id: UUID = fields.UUIDField(db_index=True)
    month: date = fields.DateField()
    number = fields.CharField(max_length=30)  # PB/2026/06/1
    state = fields.CharEnumField(BatchState, max_length=10, default=BatchState.DRAFT)
    bills = fields.IntField()
    amount: int = fields.BigIntField()
    needs_two = fields.BooleanField()
    approved_by: UUID | None = fields.UUIDField(null=True)
    way = fields.CharEnumField(RemittanceWay, max_length=10, null=True)
    reference = fields.CharField(max_length=80, default="")
    sent_by: UUID | None = fields.UUIDField(null=True)
    sent_on: date | None = fields.DateField(null=True)
    receipt_number = fields.CharField(max_length=60, default="")
    confirmed: int = fields.BigIntField(default=0)  # what the provider says that it took
    confirmed_by: UUID | None = fields.UUIDField(null=True)
    confirmed_on: date | None = fields.DateField(null=True)
    returned: int = fields.BigIntField(default=0)  # what came back of the difference

    class Meta:
        table = "protection_batch"
        unique_together = (("cooperative_id", "number"),)

    @property
    def difference(self) -> int:
        """What the provider did not take and has not given back yet."""
        return self.amount - self.confirmed - self.returned if self.state is BatchState.CONFIRMED else 0

    @property
    def ref(self) -> AccountRef:
        """What went out with it and is not confirmed."""
        return AccountRef(self.cooperative_id, Purpose.PROTECTION_SENT, self.pk)
