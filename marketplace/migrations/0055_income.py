import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0054_protection_claims")]

    initial = False

    operations = [
        ops.CreateModel(
            name="IncomeStatement",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("first_on", fields.DateField()),
                ("last_on", fields.DateField()),
                ("code", fields.CharField(unique=True, max_length=24)),
                ("figures", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("seal", fields.CharField(default="", max_length=90)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "income_statement",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A statement as it was given out; its figures stay as they were on that day.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="PlatformIncome",
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
                ("membership_id", fields.UUIDField(db_index=True)),
                ("account_id", fields.UUIDField()),
                ("platform", fields.CharField(max_length=40)),
                ("first_on", fields.DateField()),
                ("last_on", fields.DateField()),
                ("amount", fields.BigIntField()),
                ("withdrawn_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "platform_income",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a member says that another platform paid him in these days. Nobody has proven it.",
            },
            bases=["Row"],
        ),
    ]
