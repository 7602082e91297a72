"""Rows of a book itself: that it is kept, and its chart of accounts."""

from tortoise import fields
from tortoise.models import Model

from cooperatives.books.chart import Account, AccountRole
from cooperatives.books.lines import CashFlow, Line
from cooperatives.ledger.accounts import Purpose
from cooperatives.membership.models import CooperativeKind
from marketplace import clock
from marketplace.database import Row

#: Above this a voucher takes two officers, until a co-op sets its own threshold.
TWO_OFFICERS_ABOVE = 5_000_000


class AccountingBook(Model):
    """That a co-op keeps its books here. Its id is the co-op's; its row is the lock of all that is posted by hand."""

    id = fields.UUIDField(primary_key=True)
    created_at = fields.DatetimeField(default=clock.now)
    template = fields.CharEnumField(CooperativeKind, max_length=12)
    time_zone = fields.CharField(max_length=40)
    opened_on = fields.DateField()  # the first day booked here; opening balances are of the day before
    opened_by = fields.UUIDField(null=True)
    year_starts_month = fields.SmallIntField(default=1)
    two_officers_above = fields.BigIntField(default=TWO_OFFICERS_ABOVE)
    proposed_threshold = fields.BigIntField(null=True)
    threshold_proposed_by = fields.UUIDField(null=True)
    locked_through = fields.DateField(null=True)  # the last day of the last locked month

    class Meta:
        table = "accounting_book"


class ChartAccount(Row):
    """An account of a co-op's chart. Never removed: retired."""

    cooperative_id = fields.UUIDField()
    number = fields.CharField(max_length=12)
    name_id = fields.CharField(max_length=120)
    name_en = fields.CharField(max_length=120)
    line = fields.CharEnumField(Line, max_length=30)
    cash_flow = fields.CharEnumField(CashFlow, max_length=10)
    purpose = fields.CharEnumField(Purpose, max_length=30, null=True)
    role = fields.CharEnumField(AccountRole, max_length=20, null=True)
    retired_at = fields.DatetimeField(null=True)

    class Meta:
        table = "chart_account"
        unique_together = (("cooperative_id", "number"), ("cooperative_id", "purpose"), ("cooperative_id", "role"))

    def as_account(self) -> Account:
        return Account(
            id=self.pk,
            number=self.number,
            name_id=self.name_id,
            name_en=self.name_en,
            line=self.line,
            cash_flow=self.cash_flow,
            purpose=self.purpose,
            role=self.role,
            is_retired=self.retired_at is not None,
        )
