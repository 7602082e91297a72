"""Rows of income statements: what members say that they earned elsewhere, and statements given out."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields

from marketplace.database import Row

__all__ = ["IncomeStatement", "PlatformIncome"]


class PlatformIncome(Row):
    """What a member says that another platform paid him in these days. Nobody has proven it."""

    cooperative_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField(db_index=True)
    account_id: UUID = fields.UUIDField()
    platform = fields.CharField(max_length=40)
    first_on: date = fields.DateField()
    last_on: date = fields.DateField()
    amount: int = fields.BigIntField()
    withdrawn_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "platform_income"


class IncomeStatement(Row):
    """A statement as it was given out; its figures stay as they were on that day."""

    cooperative_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField(db_index=True)
    account_id: UUID = fields.UUIDField()
    first_on: date = fields.DateField()
    last_on: date = fields.DateField()
    code = fields.CharField(max_length=24, unique=True)  # who has it may check the statement
    figures: dict[str, Any] = fields.JSONField()  # as `adding.kept` keeps them
    seal = fields.CharField(max_length=90, default="")  # the last one of the co-op's book then
    expires_at: datetime = fields.DatetimeField()
    revoked_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "income_statement"
