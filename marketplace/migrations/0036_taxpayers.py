import uuid

import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.taxes.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0035_loan_lives")]

    initial = False

    operations = [
        ops.CreateModel(
            name="SellerTaxpayer",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid.uuid4, unique=True, db_index=True)),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="INDIVIDUAL: INDIVIDUAL\nBODY: BODY",
                        enum_type=marketplace.taxes.models.TaxpayerKind,
                        max_length=10,
                    ),
                ),
                ("certificate", fields.CharField(null=True, max_length=60)),
                ("valid_from", fields.DateField(null=True)),
                ("valid_until", fields.DateField(null=True)),
                ("set_by", fields.UUIDField()),
                ("set_at", fields.DatetimeField(default=marketplace.clock.now, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "seller_taxpayer",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What an officer has seen of a seller's papers; a seller of whom there is no row is an individual.",
            },
            bases=["Model"],
        ),
        ops.AddField(
            model_name="SellerTaxDeclaration",
            name="earlier",
            field=fields.JSONField(
                null=True,
                description="Earlier spells of the year, each with the days it began and ended on: months withheld by them stay explained.",
                encoder=JSON_DUMPS,
                decoder=orjson.loads,
            ),
        ),
    ]
