from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0030_hubs_and_legs")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ByLawValue",
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
                ("name", fields.CharField(max_length=40)),
                ("value", fields.BigIntField()),
                ("since", fields.DateField()),
                ("motion_id", fields.UUIDField(null=True)),
                ("decision", fields.CharField(max_length=300)),
                ("set_by", fields.UUIDField(null=True)),
            ],
            options={
                "table": "by_law_value",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "name", "since"])],
                "pk_attr": "id",
                "table_description": "What a by-law says from `since` on, until a later value. Never changed, only followed.",
            },
            bases=["Row"],
        ),
    ]
