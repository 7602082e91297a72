from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0028_vehicles_and_papers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="HomeDirection",
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
                    fields.OneToOneField(
                        "lumbung.Driver",
                        source_field="driver_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="home_direction",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("until", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "home_direction",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "Towards which place a driver goes home, and until when that counts. Coarse, and gone with its time.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="ShiftSlot",
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
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("wanted", fields.IntField()),
                ("booked", fields.IntField(default=0)),
                ("note", fields.CharField(default="", max_length=200)),
                ("posted_by", fields.UUIDField()),
                ("cancelled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "shift_slot",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "starts_at", "id"])],
                "pk_attr": "id",
                "table_description": "A stretch of time for which a co-op wants so many drivers on shift.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SlotBooking",
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
                    "slot",
                    fields.ForeignKeyField(
                        "lumbung.ShiftSlot",
                        source_field="slot_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="bookings",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("driver_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=120)),
                ("starts_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ends_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("offered_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("cancelled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("started_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "slot_booking",
                "app": "lumbung",
                "unique_together": (("slot_id", "driver_id"),),
                "indexes": [Index(fields=["driver_id", "starts_at"])],
                "pk_attr": "id",
                "table_description": "A driver's place in a slot; one row a driver and slot, given back and taken anew.",
            },
            bases=["Row"],
        ),
    ]
