"""What members buy at units with loans, and what of a sale came back."""

import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0059_borrowing_interest")]

    initial = False

    operations = [
        ops.CreateModel(
            name="FinancedPurchase",
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
                    "unit",
                    fields.ForeignKeyField(
                        "lumbung.BusinessUnit",
                        source_field="unit_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="financed",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("membership_id", fields.UUIDField(db_index=True)),
                ("job_id", fields.UUIDField(null=True)),
                ("total", fields.BigIntField()),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("sale_id", fields.UUIDField(null=True, unique=True)),
            ],
            options={
                "table": "unit_financed_purchase",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a loan is to pay at a unit, as it was quoted to the member. `id` is the loan's, whose amount is `total`.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="UnitSaleReturn",
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
                    "sale",
                    fields.ForeignKeyField(
                        "lumbung.UnitSale",
                        source_field="sale_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="returns",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("total", fields.BigIntField()),
                ("cost", fields.BigIntField()),
                ("lines", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("reason", fields.CharField(max_length=200)),
                ("returned_on", fields.DateField()),
                ("returned_by", fields.UUIDField()),
            ],
            options={
                "table": "unit_sale_return",
                "app": "lumbung",
                "indexes": [Index(fields=["sale_id"])],
                "pk_attr": "id",
                "table_description": "What of a sale came back at once, `lines` as a sale has them. Sales taken back before it was kept have none.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="LoanProduct",
            name="finances_purchases",
            field=fields.BooleanField(null=True),
        ),
    ]
