from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0011_payouts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SellerTaxDeclaration",
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
                ("seller_id", fields.UUIDField()),
                ("year", fields.IntField()),
                ("declared_on", fields.DateField()),
                ("letter", fields.CharField(null=True, max_length=60)),
                ("recorded_by", fields.UUIDField()),
                ("ended_on", fields.DateField(null=True)),
            ],
            options={
                "table": "seller_tax_declaration",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "seller_id", "year"),),
                "pk_attr": "id",
                "table_description": "A seller's word that his turnover of a year stays within what is free of withholding, with his papers.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="FixedAsset",
            name="disposal_voucher_id",
            field=fields.UUIDField(null=True),
        ),
    ]
