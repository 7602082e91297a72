"""Rows of what a co-op lends for, and within which bounds."""

from uuid import UUID

from tortoise import fields

from cooperatives.loans.kinds import LoanPurpose
from cooperatives.loans.schedules import Method
from marketplace.database import Row


class LoanProduct(Row):
    """What a member may borrow for, how much, how long and at what rate. Never changed: retired, and offered anew."""

    cooperative_id = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=80)
    purpose = fields.CharEnumField(LoanPurpose, max_length=12)
    method = fields.CharEnumField(Method, max_length=10)
    rate_bp = fields.IntField()  # nominal, a year
    highest_effective_bp = fields.IntField()  # of its largest loan, over the term at which that is most
    least_amount = fields.BigIntField()
    most_amount = fields.BigIntField()
    least_months = fields.SmallIntField()
    most_months = fields.SmallIntField()
    multiple = fields.IntField(default=1)  # rupiah to which an instalment is rounded
    guarantors = fields.SmallIntField(default=0)  # so many members must stand behind it
    pledged_bp: int | None = fields.IntField(null=True)  # of the loan, kept in the borrower's voluntary savings
    finances_purchases = fields.BooleanField(null=True)  # it pays units of the co-op alone; null: no
    borrowing_id: UUID | None = fields.UUIDField(null=True)  # the co-op lends on what it borrowed
    offered_by = fields.UUIDField()
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "loan_product"
