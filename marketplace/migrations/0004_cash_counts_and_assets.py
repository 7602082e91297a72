import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0003_bank_statements")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CashCount",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField()),
                (
                    "account",
                    fields.ForeignKeyField(
                        "lumbung.ChartAccount",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="counts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("counted_on", fields.DateField()),
                ("pieces", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("counted", fields.BigIntField()),
                ("expected", fields.BigIntField()),
                ("explanation", fields.CharField(null=True, max_length=300)),
                ("voucher_id", fields.UUIDField(null=True)),
                ("counted_by", fields.UUIDField()),
            ],
            options={
                "table": "cash_count",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "counted_on"])],
                "pk_attr": "id",
                "table_description": "Cash counted in a box, and how it differed from the book.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="FixedAsset",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("name", fields.CharField(max_length=120)),
                ("asset_account_id", fields.UUIDField()),
                ("accumulated_account_id", fields.UUIDField()),
                ("expense_account_id", fields.UUIDField()),
                ("cost", fields.BigIntField()),
                ("residual", fields.BigIntField(default=0)),
                ("life_months", fields.IntField()),
                ("in_use_on", fields.DateField()),
                ("written_off_before", fields.BigIntField(default=0)),
                ("disposed_on", fields.DateField(null=True)),
                ("registered_by", fields.UUIDField()),
            ],
            options={
                "table": "fixed_asset",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A thing that wears out: written off in equal monthly parts over its life.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Depreciation",
            fields=[
                (
                    "id",
                    fields.UUIDField(
                        primary_key=True, default=marketplace.database.new_id, unique=True, db_index=True
                    ),
                ),
                (
                    "created_at",
                    fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False),
                ),
                (
                    "asset",
                    fields.ForeignKeyField(
                        "lumbung.FixedAsset",
                        source_field="asset_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="depreciations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("month", fields.DateField()),
                ("amount", fields.BigIntField()),
                ("voucher_id", fields.UUIDField()),
            ],
            options={
                "table": "depreciation",
                "app": "lumbung",
                "unique_together": (("asset_id", "month"),),
                "pk_attr": "id",
                "table_description": "What one month took off an asset.",
            },
            bases=["Row"],
        ),
    ]
