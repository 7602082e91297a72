"""Rows of dues: what members owe, what they paid of it and how, and what they agreed to have deducted."""

from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.dues.kinds import DueKind, DueState, PaymentWay
from marketplace.database import Row

__all__ = [
    "DeductionConsent",
    "DeductionRun",
    "Due",
    "DueKind",
    "DuePayment",
    "DuePaymentLine",
    "DueState",
    "PaymentWay",
    "ReceiptSeries",
]


class Due(Row):
    """Something that a member owes by a day. What it pays is one of a kind: (cause_kind, cause_id)."""

    cooperative_id = fields.UUIDField()
    membership_id = fields.UUIDField()
    account_id = fields.UUIDField()  # the member's own
    kind = fields.CharEnumField(DueKind, max_length=20)
    cause_kind = fields.CharField(max_length=60)
    cause_id = fields.UUIDField()
    about = fields.CharField(max_length=120, default="")
    amount = fields.BigIntField()
    paid = fields.BigIntField(default=0)
    parts: list[list[Any]] = fields.JSONField()  # [purpose, subject or null, rupiah, kind of posting], in their order
    opens_on = fields.DateField()  # from this day on it is deducted
    due_on = fields.DateField()
    state = fields.CharEnumField(DueState, max_length=10, default=DueState.OPEN)
    reminded_on = fields.DateField(null=True)
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "due"
        unique_together = (("cause_kind", "cause_id"),)
        indexes = (("membership_id", "state"), ("cooperative_id", "state", "due_on"))

    @property
    def outstanding(self) -> int:
        """What is still owed of it, in rupiah."""
        return self.amount - self.paid if self.state is DueState.OPEN else 0


class DuePayment(Row):
    """Money that reached the co-op for a member's dues; `credited` of it no due took, it is held for him."""

    cooperative_id = fields.UUIDField(db_index=True)
    membership_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    way = fields.CharEnumField(PaymentWay, max_length=16)
    source_id = fields.UUIDField()  # what it came by: the bank's line, the charge, the day's deduction
    amount = fields.BigIntField()
    credited = fields.BigIntField(default=0)
    received_on = fields.DateField()
    number = fields.CharField(max_length=20, null=True)  # of the receipt
    reference = fields.CharField(max_length=80, default="")
    taken_by = fields.UUIDField(null=True)
    earned = fields.BigIntField(null=True)  # of a deduction: what the member earned that day

    class Meta:
        table = "due_payment"
        unique_together = (("way", "source_id"), ("cooperative_id", "number"))


class DuePaymentLine(Row):
    """What of a payment went to which due."""

    payment: fields.ForeignKeyRelation[DuePayment] = fields.ForeignKeyField(
        "lumbung.DuePayment", related_name="lines", on_delete=fields.RESTRICT
    )
    payment_id: UUID
    due: fields.ForeignKeyRelation[Due] = fields.ForeignKeyField(
        "lumbung.Due", related_name="payments", on_delete=fields.RESTRICT
    )
    due_id: UUID
    ordinal = fields.SmallIntField()
    amount = fields.BigIntField()

    class Meta:
        table = "due_payment_line"


class DeductionConsent(Row):
    """What share of his earnings a member lets his co-op keep, and for which dues; one that has not ended holds."""

    cooperative_id = fields.UUIDField(db_index=True)
    membership_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    share_bp = fields.IntField()
    kinds: list[str] = fields.JSONField(default=list)  # empty: dues of every kind
    given_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        table = "deduction_consent"


class DeductionRun(Row):
    """One day's deductions of one co-op, carried out in batches: `through` is the last member done."""

    cooperative_id = fields.UUIDField()
    day = fields.DateField()
    through: UUID | None = fields.UUIDField(null=True)
    payments = fields.IntField(default=0)
    deducted = fields.BigIntField(default=0)
    refused = fields.IntField(default=0)  # payments that the ledger would not take
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "deduction_run"
        unique_together = (("cooperative_id", "day"),)


class ReceiptSeries(Row):
    """The last receipt number of a co-op in a year. `id` is the co-op's."""

    year = fields.IntField()
    issued = fields.IntField(default=0)

    class Meta:
        table = "receipt_series"
