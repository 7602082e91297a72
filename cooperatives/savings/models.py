"""Rows of savings. What an account holds stands in the ledger alone, under the account's id."""

from datetime import date
from typing import Any
from uuid import UUID

from tortoise import fields

from cooperatives.ledger.accounts import AccountRef
from cooperatives.savings.kinds import Rollover, SavingsKind, WithdrawalState, WithdrawalWay
from marketplace.database import Row

__all__ = [
    "DepositTerm",
    "InterestCredit",
    "ProductRate",
    "Rollover",
    "SavingsAccount",
    "SavingsKind",
    "SavingsMonth",
    "SavingsProduct",
    "SavingsStart",
    "SavingsWithdrawal",
    "WithdrawalState",
    "WithdrawalWay",
]


class SavingsStart(Row):
    """That a co-op keeps its members' savings here. `id` is the co-op's."""

    first_month = fields.DateField()  # of mandatory savings and interest
    started_by = fields.UUIDField(null=True)

    class Meta:
        table = "savings_start"


class SavingsProduct(Row):
    """A kind of voluntary savings or deposit that a co-op offers."""

    cooperative_id = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(SavingsKind, max_length=10)
    name = fields.CharField(max_length=60)
    months: int | None = fields.IntField(null=True)  # of a deposit
    least = fields.BigIntField(default=0)  # of a deposit its amount; else what stays in an open account
    opened_by = fields.UUIDField(null=True)
    retired_at = fields.DatetimeField(null=True)  # takes no new accounts

    class Meta:
        table = "savings_product"
        unique_together = (("cooperative_id", "name"),)


class ProductRate(Row):
    """What a product earns a year from a day on."""

    product_id = fields.UUIDField()
    since = fields.DateField()
    rate_bp = fields.IntField()
    set_by = fields.UUIDField(null=True)

    class Meta:
        table = "savings_product_rate"
        unique_together = (("product_id", "since"),)


class SavingsAccount(Row):
    """One member's account of one kind; of voluntary savings with what he promised himself, of a deposit its end."""

    cooperative_id = fields.UUIDField()
    membership_id = fields.UUIDField(db_index=True)
    account_id = fields.UUIDField()  # the member's own
    kind = fields.CharEnumField(SavingsKind, max_length=10)
    product_id: UUID | None = fields.UUIDField(null=True)
    number = fields.CharField(max_length=30)
    monthly_promise = fields.BigIntField(default=0)
    opened_on = fields.DateField()
    matures_on: date | None = fields.DateField(null=True)
    rollover = fields.CharEnumField(Rollover, max_length=10, null=True)
    pays_into_id: UUID | None = fields.UUIDField(null=True)  # voluntary savings that take a deposit's interest
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        table = "savings_account"
        unique_together = (("cooperative_id", "number"),)
        indexes = (("cooperative_id", "kind", "matures_on"),)

    @property
    def ref(self) -> AccountRef:
        """Where it stands in the ledger."""
        return AccountRef(self.cooperative_id, self.kind.purpose, self.pk)


class DepositTerm(Row):
    """One term of a deposit: what it earns a year from its first day on."""

    savings_id = fields.UUIDField()
    since = fields.DateField()
    rate_bp = fields.IntField()

    class Meta:
        table = "savings_deposit_term"
        unique_together = (("savings_id", "since"),)


class SavingsWithdrawal(Row):
    """A member wants some of his voluntary savings; from a threshold on two officers agree."""

    cooperative_id = fields.UUIDField(db_index=True)
    savings_id = fields.UUIDField(db_index=True)
    membership_id = fields.UUIDField()
    account_id = fields.UUIDField()
    amount = fields.BigIntField()
    way = fields.CharEnumField(WithdrawalWay, max_length=10)
    state = fields.CharEnumField(WithdrawalState, max_length=10, default=WithdrawalState.REQUESTED)
    payable_from = fields.DateField()  # after the notice that the by-laws ask for
    needs_two = fields.BooleanField(default=False)
    requested_by = fields.UUIDField()
    approved_by = fields.UUIDField(null=True)
    ended_by = fields.UUIDField(null=True)
    ended_at = fields.DatetimeField(null=True)
    reason = fields.CharField(max_length=300, default="")

    class Meta:
        table = "savings_withdrawal"


class SavingsMonth(Row):
    """A month's work on a co-op's savings, in batches of members: `…_through` is the last one done."""

    cooperative_id = fields.UUIDField()
    month = fields.DateField()
    charged_through: UUID | None = fields.UUIDField(null=True)
    charged_at = fields.DatetimeField(null=True)
    credited_through: UUID | None = fields.UUIDField(null=True)
    credited_at = fields.DatetimeField(null=True)

    class Meta:
        table = "savings_month"
        unique_together = (("cooperative_id", "month"),)


class InterestCredit(Row):
    """What one account earned in a month, the tax on it, the account it was credited to, and the rules used."""

    cooperative_id = fields.UUIDField()
    membership_id = fields.UUIDField()
    savings_id = fields.UUIDField()
    paid_into_id = fields.UUIDField(db_index=True)
    month = fields.DateField()
    cause_id = fields.UUIDField(db_index=True)  # of the member's posting of that month
    gross = fields.BigIntField()
    tax = fields.BigIntField()
    rules: list[Any] = fields.JSONField()  # as `terms.cited` keeps each

    class Meta:
        table = "savings_interest"
        unique_together = (("savings_id", "month"),)
