"""Rows of cash that was counted."""

from uuid import UUID

from tortoise import fields

from cooperatives.books.models.books import ChartAccount
from marketplace.database import Row


class CashCount(Row):
    """Cash counted in a box, and how it differed from the book."""

    cooperative_id = fields.UUIDField()
    account: fields.ForeignKeyRelation[ChartAccount] = fields.ForeignKeyField(
        "lumbung.ChartAccount", related_name="counts", on_delete=fields.RESTRICT
    )
    account_id: UUID
    counted_on = fields.DateField()
    pieces: dict[str, int] = fields.JSONField()  # how many of which note or coin, by its rupiah
    counted = fields.BigIntField()
    expected = fields.BigIntField()
    explanation = fields.CharField(max_length=300, null=True)
    voucher_id = fields.UUIDField(null=True)
    counted_by = fields.UUIDField()

    class Meta:
        table = "cash_count"
        indexes = (("cooperative_id", "counted_on"),)
