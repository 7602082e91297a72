from tortoise import fields, migrations
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0049_protection")]

    initial = False

    operations = [
        ops.CreateModel(
            name="OrderWaiting",
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
                ("sub_order_id", fields.UUIDField(unique=True)),
                ("cooperative_id", fields.UUIDField(db_index=True)),
                ("seller_id", fields.UUIDField()),
                ("carrier_id", fields.UUIDField()),
                ("driver_id", fields.UUIDField()),
                ("receipt_id", fields.UUIDField()),
                ("tariff_id", fields.UUIDField()),
                ("tariff_since", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("arrived_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("promised_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("picked_up_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("minutes", fields.IntField()),
                ("free_minutes", fields.IntField()),
                ("most_minutes", fields.IntField()),
                ("per_minute", fields.BigIntField()),
                ("amount", fields.BigIntField()),
                ("hosting", fields.BigIntField()),
                ("carrier_share", fields.BigIntField()),
                ("driver_share", fields.BigIntField()),
            ],
            options={
                "table": "order_waiting",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "That a driver stood at the seller's beyond what is free; bears the job's id. Written once, at the pickup.",
            },
            bases=["Row"],
        ),
    ]
