"""Rows of budgets: a year's plan, its lines by account and month, and what each officer is paid by it."""

from datetime import date, datetime
from uuid import UUID

from tortoise import fields

from cooperatives.budgets.kinds import BudgetState
from marketplace.database import Row
from marketplace.identity.actor import Role


class Budget(Row):
    """The work plan and budget of a book year: proposed, then as the members' meeting adopted it."""

    cooperative_id: UUID = fields.UUIDField()
    number = fields.CharField(max_length=20)  # RAPB/2027/1: a motion names it
    begins_on: date = fields.DateField()  # the book year
    ends_on: date = fields.DateField()
    state = fields.CharEnumField(BudgetState, max_length=10, default=BudgetState.PROPOSED)
    plan = fields.TextField()  # rencana kerja, in words
    income: int = fields.BigIntField()  # of the whole year, in rupiah
    expenses: int = fields.BigIntField()
    investments: int = fields.BigIntField()
    proposed_by: UUID = fields.UUIDField()
    motion_id: UUID | None = fields.UUIDField(null=True)
    adopted_by: UUID | None = fields.UUIDField(null=True)
    adopted_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "budget"
        unique_together = (("cooperative_id", "number"),)


class BudgetLine(Row):
    """What an account shall bring or take, month by month of the book year, in whole rupiah."""

    budget_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()  # of the chart
    months: list[int] = fields.JSONField()  # twelve, the book year's first month first
    note = fields.CharField(max_length=200)

    class Meta:
        table = "budget_line"
        unique_together = (("budget_id", "account_id"),)


class OfficerPay(Row):
    """The honorarium of one officer or pengawas by a budget: whole rupiah a month, twelve months."""

    budget_id: UUID = fields.UUIDField()
    membership_id: UUID = fields.UUIDField()
    account_id: UUID = fields.UUIDField()  # the member's own
    role = fields.CharEnumField(Role, max_length=30)
    monthly: int = fields.BigIntField()

    class Meta:
        table = "officer_pay"
        unique_together = (("budget_id", "membership_id", "role"),)
