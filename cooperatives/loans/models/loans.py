"""Rows of loans: what was asked, who agreed, what is paid when, and what changed on the way."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.loans.kinds import GuaranteeState, MoneyWay, RestructuringState
from cooperatives.loans.lifecycle import RUNNING, LoanState
from cooperatives.loans.models.products import LoanProduct
from cooperatives.loans.schedules import Method
from marketplace.database import Row
from marketplace.rules import Confidence, RuleValue, Unit


class Loan(Row):
    """A member's loan from application to its end. The terms are its own: a product that changes leaves it alone."""

    cooperative_id = fields.UUIDField()
    membership_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()
    product: fields.ForeignKeyRelation[LoanProduct] = fields.ForeignKeyField(
        "lumbung.LoanProduct", related_name="loans", on_delete=fields.RESTRICT
    )
    product_id: UUID
    reason = fields.CharField(max_length=300)  # what the member needs it for
    amount: int = fields.BigIntField()
    state = fields.CharEnumField(LoanState, max_length=12, default=LoanState.APPLIED)
    is_related = fields.BooleanField(default=False)  # to an officer or pengawas
    number = fields.CharField(max_length=24, null=True)  # PJ/2026/0001, given with the money
    # the terms in force; what restructuring or an early payment made of them
    months = fields.SmallIntField()
    rate_bp = fields.IntField()
    method = fields.CharEnumField(Method, max_length=10)
    multiple = fields.IntField()
    lent = fields.BigIntField()  # what the instalments in force add up to: the base of flat interest
    version = fields.SmallIntField(default=1)
    effective_bp = fields.IntField()  # 12 x the monthly rate of return
    compounded_bp = fields.IntField()
    rules: list[dict[str, Any]] = fields.JSONField()  # what it was held against
    decided_at: datetime | None = fields.DatetimeField(null=True)
    decided_by: UUID | None = fields.UUIDField(null=True)  # who rejected it, or gave the last approval
    refusal = fields.CharField(max_length=300, null=True)
    disbursed_at: datetime | None = fields.DatetimeField(null=True)
    disbursed_on: date | None = fields.DateField(null=True)
    disbursed_by: UUID | None = fields.UUIDField(null=True)
    way = fields.CharEnumField(MoneyWay, max_length=10, null=True)
    reference = fields.CharField(max_length=60, null=True)  # of the receipt or the transfer
    late_since: date | None = fields.DateField(null=True)  # the day of the oldest instalment due and not wholly paid
    reminded_after = fields.SmallIntField(
        default=0
    )  # the last stage of lateness that the member was told of, in days
    next_on: date | None = fields.DateField(null=True)  # when the daily run looks at it again
    reserved = fields.BigIntField(default=0)  # set aside for its loss
    reserved_in: date | None = fields.DateField(null=True)  # the month for which that was reckoned
    written_off = fields.BigIntField(default=0)  # principal and interest
    motion_id: UUID | None = fields.UUIDField(null=True)  # by which the meeting wrote it off
    ended_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "loan"
        unique_together = (("cooperative_id", "number"),)
        indexes = (
            ("cooperative_id", "state"),
            ("cooperative_id", "late_since"),
            ("state", "next_on"),
        )

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def rules_cited(self) -> list[RuleValue]:
        """What it was held against."""
        return [
            RuleValue(
                name=rule["name"],
                value=rule["value"],
                unit=Unit(rule["unit"]),
                instrument=rule["instrument"],
                article=rule["article"],
                confidence=Confidence(rule["confidence"]),
                since=date.fromisoformat(rule["since"]),
            )
            for rule in self.rules
        ]


def kept(rule: RuleValue) -> dict[str, Any]:
    """A rule as a loan keeps it."""
    return asdict(rule) | {"since": rule.since.isoformat()}


class LoanInstalment(Row):
    """One instalment. `paid` follows what its due was paid, interest before principal. Superseded, it keeps both."""

    loan: fields.ForeignKeyRelation[Loan] = fields.ForeignKeyField(
        "lumbung.Loan", related_name="instalments", on_delete=fields.RESTRICT
    )
    loan_id: UUID
    version = fields.SmallIntField()
    ordinal = fields.SmallIntField()
    began_on: date = fields.DateField()  # its interest is for the days from here
    due_on: date = fields.DateField()  # to here
    principal: int = fields.BigIntField()
    interest: int = fields.BigIntField()
    paid: int = fields.BigIntField(default=0)
    accrued: int = fields.BigIntField(default=0)  # interest already booked as earned
    is_charged = fields.BooleanField(default=False)  # stands among the member's dues
    superseded_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "loan_instalment"
        unique_together = (("loan_id", "version", "ordinal"),)

    @property
    def total(self) -> int:
        return self.principal + self.interest

    @property
    def interest_paid(self) -> int:
        return min(self.paid, self.interest)

    @property
    def principal_paid(self) -> int:
        return self.paid - self.interest_paid

    @property
    def owed(self) -> int:
        return self.total - self.paid


class LoanApproval(Row):
    """An officer's word for a loan."""

    loan: fields.ForeignKeyRelation[Loan] = fields.ForeignKeyField(
        "lumbung.Loan", related_name="approvals", on_delete=fields.RESTRICT
    )
    loan_id: UUID
    account_id = fields.UUIDField()

    class Meta:
        table = "loan_approval"
        unique_together = (("loan_id", "account_id"),)


class LoanGuarantee(Row):
    """A member asked to stand behind another's loan, and what he answered."""

    loan: fields.ForeignKeyRelation[Loan] = fields.ForeignKeyField(
        "lumbung.Loan", related_name="guarantees", on_delete=fields.RESTRICT
    )
    loan_id: UUID
    account_id = fields.UUIDField(db_index=True)
    state = fields.CharEnumField(GuaranteeState, max_length=10, default=GuaranteeState.ASKED)
    answered_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "loan_guarantee"
        unique_together = (("loan_id", "account_id"),)


class LoanPledge(Row):
    """Voluntary savings that stay where they are while the loan runs; the ledger's account keeps them."""

    loan: fields.ForeignKeyRelation[Loan] = fields.ForeignKeyField(
        "lumbung.Loan", related_name="pledges", on_delete=fields.RESTRICT
    )
    loan_id: UUID
    savings_id: UUID = fields.UUIDField(db_index=True)
    amount: int = fields.BigIntField()
    released_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "loan_pledge"


class LoanPayment(Row):
    """What was paid before it fell due: principal, and the interest of the month under way. Instalments are dues."""

    loan: fields.ForeignKeyRelation[Loan] = fields.ForeignKeyField(
        "lumbung.Loan", related_name="payments", on_delete=fields.RESTRICT
    )
    loan_id: UUID
    principal: int = fields.BigIntField()
    interest: int = fields.BigIntField()
    way = fields.CharEnumField(MoneyWay, max_length=10)
    reference = fields.CharField(max_length=60, null=True)
    paid_on: date = fields.DateField()
    taken_by = fields.UUIDField()

    class Meta:
        table = "loan_payment"


class LoanRestructuring(Row):
    """New terms for a running loan: proposed by an officer, agreed to by another."""

    loan: fields.ForeignKeyRelation[Loan] = fields.ForeignKeyField(
        "lumbung.Loan", related_name="restructurings", on_delete=fields.RESTRICT
    )
    loan_id: UUID
    months = fields.SmallIntField()
    rate_bp = fields.IntField()
    reason = fields.CharField(max_length=300)
    state = fields.CharEnumField(RestructuringState, max_length=10, default=RestructuringState.PROPOSED)
    proposed_by = fields.UUIDField()
    decided_by: UUID | None = fields.UUIDField(null=True)
    decided_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        table = "loan_restructuring"
