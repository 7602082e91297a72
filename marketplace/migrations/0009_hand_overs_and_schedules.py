from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import cooperatives.settlements.schedule
import marketplace.clock
import marketplace.database
import marketplace.deliveries.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0008_reservations")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ClearingSchedule",
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
                    "group",
                    fields.OneToOneField(
                        "lumbung.ClearingGroup",
                        source_field="group_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="schedule",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "rhythm",
                    fields.CharEnumField(
                        description="DAY: DAY\nWEEK: WEEK\nMONTH: MONTH",
                        enum_type=cooperatives.settlements.schedule.Rhythm,
                        max_length=5,
                    ),
                ),
                ("day", fields.IntField()),
                ("minute", fields.IntField()),
                ("time_zone", fields.CharField(max_length=40)),
                ("next_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("set_by", fields.UUIDField()),
            ],
            options={
                "table": "clearing_schedule",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "When a group's windows close by themselves. Its operator may close one by hand at any time.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DriverHandOver",
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
                    "job",
                    fields.ForeignKeyField(
                        "lumbung.DeliveryJob",
                        source_field="job_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="hand_overs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("giver_id", fields.UUIDField()),
                ("taker_id", fields.UUIDField()),
                ("taker_account_id", fields.UUIDField(db_index=True)),
                ("giver_part", fields.BigIntField()),
                ("reason", fields.CharField(max_length=300)),
                ("pin", fields.CharField(max_length=6)),
                ("wrong_pins", fields.IntField(default=0)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.models.HandOverState.OFFERED,
                        description="OFFERED: OFFERED\nDONE: DONE\nWITHDRAWN: WITHDRAWN",
                        enum_type=marketplace.deliveries.models.HandOverState,
                        max_length=10,
                    ),
                ),
                ("offered_by", fields.UUIDField()),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "driver_hand_over",
                "app": "lumbung",
                "indexes": [Index(fields=["job_id", "state"])],
                "pk_attr": "id",
                "table_description": "Goods on the road are to pass from one driver to another: a fact once the taker has told the giver's PIN.",
            },
            bases=["Row"],
        ),
    ]
