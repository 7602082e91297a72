from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.models
import marketplace.deliveries.roster.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0027_bank_templates")]

    initial = False

    operations = [
        ops.CreateModel(
            name="DriverPaper",
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
                        related_name="papers",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("account_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="SIM: SIM\nSTNK: STNK\nINSURANCE: INSURANCE\nHEALTH: HEALTH",
                        enum_type=marketplace.deliveries.roster.models.PaperKind,
                        max_length=9,
                    ),
                ),
                ("vehicle_id", fields.UUIDField(null=True)),
                ("masked_number", fields.CharField(max_length=40)),
                ("expires_on", fields.DateField()),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.roster.models.PaperState.INCOMPLETE,
                        description="INCOMPLETE: INCOMPLETE\nSUBMITTED: SUBMITTED\nAPPROVED: APPROVED\nREFUSED: REFUSED",
                        enum_type=marketplace.deliveries.roster.models.PaperState,
                        max_length=10,
                    ),
                ),
                ("photo_hash", fields.CharField(null=True, max_length=64)),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
                ("replaced_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reminders", fields.IntField(default=0)),
            ],
            options={
                "table": "driver_paper",
                "app": "lumbung",
                "indexes": [
                    Index(fields=["driver_id"]),
                    Index(fields=["cooperative_id", "state", "id"]),
                    Index(fields=["state", "expires_on"]),
                ],
                "pk_attr": "id",
                "table_description": "A paper that a driver showed. Of its number only the last signs are kept: the photo shows the rest.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DriverVehicle",
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
                        related_name="vehicles",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="BICYCLE: BICYCLE\nMOTORCYCLE: MOTORCYCLE\nTRICYCLE: TRICYCLE\nCAR: CAR\nVAN: VAN\nTRUCK: TRUCK",
                        enum_type=marketplace.deliveries.models.VehicleKind,
                        max_length=12,
                    ),
                ),
                ("plate", fields.CharField(default="", max_length=16)),
                ("capacity_g", fields.IntField()),
                ("size_l", fields.IntField(default=0)),
                ("ridden_since", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("retired_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "driver_vehicle",
                "app": "lumbung",
                "indexes": [Index(fields=["driver_id"])],
                "pk_attr": "id",
                "table_description": "One of the vehicles that a driver may ride; the driver's own row says what he rides now.",
            },
            bases=["Row"],
        ),
    ]
