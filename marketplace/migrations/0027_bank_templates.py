import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0026_collecting_and_findings")]

    initial = False

    operations = [
        ops.CreateModel(
            name="BankTemplate",
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
                ("name", fields.CharField(max_length=20)),
                ("form", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("set_by", fields.UUIDField()),
                ("set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "bank_template",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "name"),),
                "pk_attr": "id",
                "table_description": "How a bank writes its statements, as a co-op's treasurer has laid it down.",
            },
            bases=["Row"],
        ),
    ]
