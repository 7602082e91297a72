"""Rows of things that wear out, and of what each month took off them."""

from uuid import UUID

from tortoise import fields

from marketplace.database import Row


class FixedAsset(Row):
    """A thing that wears out: written off in equal monthly parts over its life."""

    cooperative_id = fields.UUIDField(db_index=True)
    name = fields.CharField(max_length=120)
    asset_account_id = fields.UUIDField()
    accumulated_account_id = fields.UUIDField()
    expense_account_id = fields.UUIDField()
    cost = fields.BigIntField()
    residual = fields.BigIntField(default=0)
    life_months = fields.IntField()
    in_use_on = fields.DateField()
    written_off_before = fields.BigIntField(default=0)  # before the books were opened here
    disposed_on = fields.DateField(null=True)
    disposal_voucher_id = fields.UUIDField(null=True)
    registered_by = fields.UUIDField()

    class Meta:
        table = "fixed_asset"


class Depreciation(Row):
    """What one month took off an asset."""

    asset: fields.ForeignKeyRelation[FixedAsset] = fields.ForeignKeyField(
        "lumbung.FixedAsset", related_name="depreciations", on_delete=fields.RESTRICT
    )
    asset_id: UUID
    month = fields.DateField()
    amount = fields.BigIntField()
    voucher_id = fields.UUIDField()

    class Meta:
        table = "depreciation"
        unique_together = (("asset_id", "month"),)
