"""Rows of vouchers: what is booked by hand, and the papers behind it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from cooperatives.books.lining import VoucherKind
from cooperatives.books.models.books import ChartAccount
from marketplace.database import Row


class VoucherState(StrEnum):
    PROPOSED = "PROPOSED"
    POSTED = "POSTED"
    REFUSED = "REFUSED"


class VoucherSource(StrEnum):
    """What a voucher came of."""

    HAND = "HAND"
    OPENING = "OPENING"
    RECURRING = "RECURRING"
    DEPRECIATION = "DEPRECIATION"
    ACCRUAL_REVERSAL = "ACCRUAL_REVERSAL"
    REVERSAL = "REVERSAL"
    CASH_COUNT = "CASH_COUNT"
    BANK_STATEMENT = "BANK_STATEMENT"
    ASSET_DISPOSAL = "ASSET_DISPOSAL"


class Voucher(Row):
    """A bukti kas masuk, kas keluar or memorial. Numbered and posted to the ledger as one compound, then kept."""

    cooperative_id = fields.UUIDField()
    kind = fields.CharEnumField(VoucherKind, max_length=10)
    source = fields.CharEnumField(VoucherSource, max_length=20, default=VoucherSource.HAND)
    state = fields.CharEnumField(VoucherState, max_length=10, default=VoucherState.PROPOSED)
    booked_on = fields.DateField()  # the day to which it belongs, in the co-op's zone
    number = fields.CharField(max_length=20, null=True)  # BKK/2026/11/0001
    sequence = fields.IntField(null=True)
    description = fields.CharField(max_length=300)
    party = fields.CharField(max_length=120, null=True)  # from whom it came, to whom it went
    reference = fields.CharField(max_length=60, null=True)  # the receipt's or the bank's
    total = fields.BigIntField()
    is_reversed_next_month = fields.BooleanField(default=False)
    reverses_id = fields.UUIDField(null=True, unique=True)
    proposed_by = fields.UUIDField(null=True)  # null: the books themselves
    approved_by = fields.UUIDField(null=True)
    second_approved_by = fields.UUIDField(null=True)
    posted_at = fields.DatetimeField(null=True)
    refused_by = fields.UUIDField(null=True)
    reason = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "voucher"
        unique_together = (("cooperative_id", "number"),)
        indexes = (("cooperative_id", "booked_on"), ("cooperative_id", "state"))


class VoucherLine(Row):
    """One side of one account in a voucher."""

    voucher: fields.ForeignKeyRelation[Voucher] = fields.ForeignKeyField(
        "lumbung.Voucher", related_name="lines", on_delete=fields.RESTRICT
    )
    voucher_id: UUID
    ordinal = fields.SmallIntField()
    account: fields.ForeignKeyRelation[ChartAccount] = fields.ForeignKeyField(
        "lumbung.ChartAccount", related_name="voucher_lines", on_delete=fields.RESTRICT
    )
    account_id: UUID
    debit = fields.BigIntField(default=0)
    credit = fields.BigIntField(default=0)
    memo = fields.CharField(max_length=200, default="")

    class Meta:
        table = "voucher_line"
        unique_together = (("voucher_id", "ordinal"),)


class VoucherAttachment(Row):
    """A receipt or letter behind a voucher; its content lies in the node's folder under its hash."""

    voucher: fields.ForeignKeyRelation[Voucher] = fields.ForeignKeyField(
        "lumbung.Voucher", related_name="attachments", on_delete=fields.RESTRICT
    )
    voucher_id: UUID
    name = fields.CharField(max_length=120)
    media_type = fields.CharField(max_length=40)
    size = fields.IntField()
    hash = fields.CharField(max_length=64)
    added_by = fields.UUIDField()

    class Meta:
        table = "voucher_attachment"
        unique_together = (("voucher_id", "hash"),)
