from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.roster.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0014_settlement_accounts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="PartyBlock",
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
                    "driver",
                    fields.ForeignKeyField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="blocks",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("party_id", fields.UUIDField()),
                (
                    "by_side",
                    fields.CharEnumField(
                        description="DRIVER: DRIVER\nSELLER: SELLER\nBUYER: BUYER",
                        enum_type=marketplace.deliveries.roster.models.BlockSide,
                        max_length=6,
                    ),
                ),
                (
                    "toward",
                    fields.CharEnumField(
                        description="DRIVER: DRIVER\nSELLER: SELLER\nBUYER: BUYER",
                        enum_type=marketplace.deliveries.roster.models.BlockSide,
                        max_length=6,
                    ),
                ),
                ("maker_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=160)),
                ("reason", fields.CharField(null=True, max_length=300)),
                ("laid_by", fields.UUIDField()),
                ("laid_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("lifted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "party_block",
                "app": "lumbung",
                "unique_together": (("driver_id", "party_id", "by_side"),),
                "indexes": [Index(fields=["maker_id"]), Index(fields=["party_id"])],
                "pk_attr": "id",
                "table_description": "A driver and a seller, or a buyer, who shall not meet; one row a pair and side, lifted and laid anew.",
            },
            bases=["Row"],
        ),
    ]
