import orjson
from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.courier.day
import marketplace.deliveries.courier.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0022_tariffs")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CarryingRules",
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
                    "proof",
                    fields.CharEnumField(
                        description="NOTHING: NOTHING\nPHOTO: PHOTO\nSIGNATURE: SIGNATURE\nPHOTO_AND_SIGNATURE: PHOTO_AND_SIGNATURE\nPARCEL_CODE_AND_PHOTO: PARCEL_CODE_AND_PHOTO",
                        enum_type=marketplace.deliveries.courier.models.SufficientProof,
                        max_length=24,
                    ),
                ),
                ("is_for_all", fields.BooleanField()),
                ("attempts", fields.IntField()),
                ("retry_share_bp", fields.IntField()),
                ("calls", fields.IntField()),
                ("set_by", fields.UUIDField()),
                ("set_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "carrying_rules",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "How a co-op's own jobs are carried. `id` is the co-op's; one without a row has the defaults.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CourierDevice",
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
                        related_name="devices",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=64)),
                ("awaited", fields.IntField(default=1)),
                ("skew_s", fields.IntField(default=0)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "courier_device",
                "app": "lumbung",
                "unique_together": (("driver_id", "name"),),
                "pk_attr": "id",
                "table_description": "A device of a driver that sends events, each with the next number; its row's lock puts them in a queue.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="CourierEvent",
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
                    "device",
                    fields.ForeignKeyField(
                        "lumbung.CourierDevice",
                        source_field="device_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sequence", fields.IntField()),
                ("name", fields.CharField(max_length=64)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="ARRIVE_AT_PICKUP: ARRIVE_AT_PICKUP\nPICK_UP: PICK_UP\nARRIVE_AT_DROP_OFF: ARRIVE_AT_DROP_OFF\nDROP_OFF: DROP_OFF\nFAIL: FAIL\nRETRY: RETRY\nRETURN: RETURN\nGIVE_UP: GIVE_UP\nPOSITION: POSITION\nPAUSE: PAUSE\nRESUME: RESUME\nMESSAGE: MESSAGE\nCALL: CALL\nINCIDENT: INCIDENT\nSOS: SOS\nSKIPPED: SKIPPED",
                        enum_type=marketplace.deliveries.courier.day.EventKind,
                        max_length=20,
                    ),
                ),
                ("job_id", fields.UUIDField(null=True, db_index=True)),
                ("content", fields.JSONField(default=dict, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("digest", fields.CharField(max_length=64)),
                ("device_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("is_time_doubted", fields.BooleanField(default=False)),
                (
                    "outcome",
                    fields.CharEnumField(
                        default=marketplace.deliveries.courier.day.EventOutcome.WAITING,
                        description="APPLIED: APPLIED\nCONFLICT: CONFLICT\nWAITING: WAITING\nNOT_KEPT: NOT_KEPT",
                        enum_type=marketplace.deliveries.courier.day.EventOutcome,
                        max_length=10,
                    ),
                ),
                ("code", fields.CharField(null=True, max_length=40)),
                ("reasons", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("tries", fields.IntField(default=0)),
                ("applied_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "courier_event",
                "app": "lumbung",
                "unique_together": (("device_id", "sequence"), ("device_id", "name")),
                "pk_attr": "id",
                "table_description": "What a device says that its driver did: kept as it came, carried out once, in its sequence.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Proof",
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
                ("drop_id", fields.UUIDField(null=True)),
                (
                    "kind",
                    fields.CharEnumField(
                        description="PHOTO: PHOTO\nSIGNATURE: SIGNATURE\nPARCEL_CODE: PARCEL_CODE",
                        enum_type=marketplace.deliveries.courier.models.ProofKind,
                        max_length=12,
                    ),
                ),
                (
                    "moment",
                    fields.CharEnumField(
                        description="PICKUP: PICKUP\nDROP_OFF: DROP_OFF\nFAILURE: FAILURE\nRETURN: RETURN",
                        enum_type=marketplace.deliveries.courier.models.ProofMoment,
                        max_length=10,
                    ),
                ),
                ("by_id", fields.UUIDField()),
                ("name", fields.CharField(max_length=64)),
                ("hash", fields.CharField(default="", max_length=64)),
                ("width", fields.IntField(default=0)),
                ("height", fields.IntField(default=0)),
                ("text", fields.TextField(default="", unique=False)),
                ("taken_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("lat", fields.FloatField(null=True)),
                ("lon", fields.FloatField(null=True)),
                ("erased_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "delivery_proof",
                "app": "lumbung",
                "unique_together": (("job_id", "name"),),
                "pk_attr": "id",
                "table_description": "A photo, a signature, or a code read from a parcel. A photo's file stands in the node's folder by its hash.",
            },
            bases=["Row"],
        ),
    ]
