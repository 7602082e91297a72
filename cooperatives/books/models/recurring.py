"""Rows of vouchers that come again."""

from typing import Any

from tortoise import fields

from cooperatives.books.lining import VoucherKind
from marketplace.database import Row


class RecurringVoucher(Row):
    """A voucher that comes again every so many months."""

    cooperative_id = fields.UUIDField(db_index=True)
    kind = fields.CharEnumField(VoucherKind, max_length=10)
    description = fields.CharField(max_length=300)
    party = fields.CharField(max_length=120, null=True)
    lines: list[dict[str, Any]] = fields.JSONField()
    total = fields.BigIntField()
    every_months = fields.SmallIntField(default=1)
    day = fields.SmallIntField()  # of the month; a shorter month's last
    next_on = fields.DateField(db_index=True)
    until = fields.DateField(null=True)
    set_by = fields.UUIDField()
    stopped_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recurring_voucher"
