"""Rows of what the co-op itself borrowed, from LPDB, a bank or another co-op."""

from datetime import date, datetime
from uuid import UUID

from tortoise import fields

from cooperatives.loans.kinds import BorrowingState, Lender
from cooperatives.loans.schedules import Method
from marketplace.database import Row

__all__ = ["Borrowing", "BorrowingAccrual", "BorrowingDraw", "BorrowingInstalment", "BorrowingState", "Lender"]


class Borrowing(Row):
    """Money that the co-op borrowed: recorded by one officer, agreed to by another, who thereby books it."""

    cooperative_id = fields.UUIDField(db_index=True)
    lender = fields.CharEnumField(Lender, max_length=12)
    lender_name = fields.CharField(max_length=120)
    reference = fields.CharField(max_length=60)  # of the contract
    amount: int = fields.BigIntField()  # what was agreed
    first_drawn: int | None = fields.BigIntField(null=True)  # what of it came in at first; null: all
    months = fields.SmallIntField()
    rate_bp = fields.IntField()
    method = fields.CharEnumField(Method, max_length=10)
    multiple = fields.IntField(default=1)
    effective_bp = fields.IntField()
    received_on: date = fields.DateField()
    state = fields.CharEnumField(BorrowingState, max_length=10, default=BorrowingState.PROPOSED)
    proposed_by = fields.UUIDField()
    agreed_by: UUID | None = fields.UUIDField(null=True)
    agreed_at: datetime | None = fields.DatetimeField(null=True)
    ended_at: datetime | None = fields.DatetimeField(null=True)
    next_on: date | None = fields.DateField(null=True)  # when its interest is looked at; null: at once

    class Meta:
        table = "borrowing"

    @property
    def came_first(self) -> int:
        """What came in on `received_on`."""
        return self.amount if self.first_drawn is None else self.first_drawn


class BorrowingDraw(Row):
    """A later part of it: PROPOSED by one officer, RUNNING once another agreed and it was booked, or WITHDRAWN."""

    borrowing: fields.ForeignKeyRelation[Borrowing] = fields.ForeignKeyField(
        "lumbung.Borrowing", related_name="draws", on_delete=fields.RESTRICT
    )
    borrowing_id: UUID
    amount: int = fields.BigIntField()
    received_on: date = fields.DateField()
    bank_reference = fields.CharField(max_length=60)
    state = fields.CharEnumField(BorrowingState, max_length=10, default=BorrowingState.PROPOSED)
    first_ordinal: int | None = fields.SmallIntField(null=True)  # of the instalments that pay it back, once agreed to
    proposed_by: UUID = fields.UUIDField()
    agreed_by: UUID | None = fields.UUIDField(null=True)
    agreed_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "borrowing_draw"
        indexes = (("borrowing_id",),)


class BorrowingInstalment(Row):
    """What the co-op pays back, and when it did."""

    borrowing: fields.ForeignKeyRelation[Borrowing] = fields.ForeignKeyField(
        "lumbung.Borrowing", related_name="instalments", on_delete=fields.RESTRICT
    )
    borrowing_id: UUID
    ordinal = fields.SmallIntField()
    due_on: date = fields.DateField()
    principal: int = fields.BigIntField()
    interest: int = fields.BigIntField()
    paid_on: date | None = fields.DateField(null=True)
    paid_by: UUID | None = fields.UUIDField(null=True)
    bank_reference = fields.CharField(max_length=60, null=True)

    class Meta:
        table = "borrowing_instalment"
        unique_together = (("borrowing_id", "ordinal"),)


class BorrowingAccrual(Row):
    """That so much of an instalment's interest, in rupiah, was posted as owed on this day."""

    instalment: fields.ForeignKeyRelation[BorrowingInstalment] = fields.ForeignKeyField(
        "lumbung.BorrowingInstalment", related_name="accruals", on_delete=fields.RESTRICT
    )
    instalment_id: UUID
    until: date = fields.DateField()
    amount: int = fields.BigIntField()

    class Meta:
        table = "borrowing_accrual"
        indexes = (("instalment_id",),)
