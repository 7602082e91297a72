"""Rows of months that were closed."""

from tortoise import fields

from marketplace.database import Row


class LockedMonth(Row):
    """A month in which nothing is booked any more."""

    cooperative_id = fields.UUIDField()
    month = fields.DateField()
    locked_by = fields.UUIDField()
    chain_seq = fields.BigIntField(null=True)  # the book's last seal at that moment
    chain_hash = fields.CharField(max_length=64, null=True)

    class Meta:
        table = "locked_month"
        unique_together = (("cooperative_id", "month"),)


class MonthTotal(Row):
    """What an account moved in a locked month: kept, so that it is seen should it ever change."""

    cooperative_id = fields.UUIDField()
    month = fields.DateField()
    account_id = fields.UUIDField()  # of the chart
    debits = fields.BigIntField()
    credits = fields.BigIntField()

    class Meta:
        table = "month_total"
        unique_together = (("cooperative_id", "month", "account_id"),)
