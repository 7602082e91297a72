from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0007_reports_decided")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Reservation",
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
                ("group_id", fields.UUIDField()),
                ("debtor_id", fields.UUIDField()),
                ("creditor_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                ("cause_kind", fields.CharField(max_length=60)),
                ("cause_id", fields.UUIDField()),
            ],
            options={
                "table": "settlement_reservation",
                "app": "lumbung",
                "indexes": [Index(fields=["group_id", "debtor_id"])],
                "pk_attr": "id",
                "table_description": "What a co-op will owe another if all goes well; counts against its net debit cap until then.",
            },
            bases=["Row"],
        ),
    ]
