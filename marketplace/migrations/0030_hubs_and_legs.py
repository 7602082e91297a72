import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0029_planned_shifts")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Hub",
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
                ("name", fields.CharField(max_length=160)),
                ("address", fields.CharField(max_length=700)),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("opening_hours", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("zone", fields.CharField(max_length=40)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "hub",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "A place of a co-op where goods stand between two legs; the co-op answers for them there.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="HubKeeper",
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
                ("hub_id", fields.UUIDField()),
                ("account_id", fields.UUIDField(db_index=True)),
            ],
            options={
                "table": "hub_keeper",
                "app": "lumbung",
                "unique_together": (("hub_id", "account_id"),),
                "pk_attr": "id",
                "table_description": "Someone who takes in and gives out at a hub, and signs for it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="RelayLeg",
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
                ("job_id", fields.UUIDField()),
                ("position", fields.IntField()),
                ("weight", fields.IntField()),
                ("hub_id", fields.UUIDField(null=True, db_index=True)),
                ("opens_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("closes_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("in_pin", fields.CharField(max_length=6)),
                ("ready_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("put_out_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("carrier_id", fields.UUIDField(null=True)),
                ("driver_id", fields.UUIDField(null=True)),
                ("driver_account_id", fields.UUIDField(null=True)),
                ("receipt_id", fields.UUIDField(null=True)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "relay_leg",
                "app": "lumbung",
                "unique_together": (("job_id", "position"),),
                "pk_attr": "id",
                "table_description": "One part of a job's way, from the pickup or a hub to the next hub or the drops.",
            },
            bases=["Row"],
        ),
        ops.AddField(
            model_name="DeliveryJob",
            name="hub_id",
            field=fields.UUIDField(null=True),
        ),
        ops.AddField(
            model_name="DeliveryJob",
            name="legs_left",
            field=fields.IntField(null=True),
        ),
        ops.AddIndex(
            model_name="DeliveryJob",
            index=Index(fields=["hub_id"]),
        ),
    ]
