import orjson
from tortoise import fields, migrations
from tortoise.fields.data import JSON_DUMPS
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.times.estimating
import marketplace.deliveries.times.learning
import marketplace.deliveries.times.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0019_offers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="JobDelay",
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
                (
                    "kind",
                    fields.CharEnumField(
                        description="READY: READY\nRIDER: RIDER",
                        enum_type=marketplace.deliveries.times.models.DelayKind,
                        max_length=5,
                    ),
                ),
                ("step", fields.IntField()),
                ("minutes", fields.IntField()),
                ("promised_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expected_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("told_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job_delay",
                "app": "lumbung",
                "unique_together": (("job_id", "kind"),),
                "pk_attr": "id",
                "table_description": "A job that will miss what was promised: each worsening is told once.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobEstimate",
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
                (
                    "stage",
                    fields.CharEnumField(
                        description="PLACED: PLACED\nASSIGNED: ASSIGNED\nPICKED_UP: PICKED_UP",
                        enum_type=marketplace.deliveries.times.estimating.Stage,
                        max_length=10,
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ready_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("pickup_low", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("pickup_middle", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("pickup_high", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("drop_off_low", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("drop_off_middle", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("drop_off_high", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("measured_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job_estimate",
                "app": "lumbung",
                "unique_together": (("job_id", "stage"),),
                "indexes": [Index(fields=["measured_at", "id"])],
                "pk_attr": "id",
                "table_description": "What was said of a job at a stage, kept to be measured; of a job that changed hands, what was said last.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="TimeCell",
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
                ("scope_id", fields.UUIDField()),
                (
                    "leg",
                    fields.CharEnumField(
                        description="ACCEPT: ACCEPT\nTO_PICKUP: TO_PICKUP\nHANDOVER: HANDOVER\nPACE: PACE\nDOOR: DOOR",
                        enum_type=marketplace.deliveries.times.learning.Leg,
                        max_length=10,
                    ),
                ),
                ("hour_band", fields.IntField()),
                ("distance_band", fields.IntField()),
                ("counts", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("learnt_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "time_cell",
                "app": "lumbung",
                "unique_together": (("scope_id", "leg", "hour_band", "distance_band"),),
                "pk_attr": "id",
                "table_description": "How often a leg took how long; `scope_id` is a co-op's id, or the node's own (`service.NODE`).",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="TimeRecord",
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
                (
                    "stage",
                    fields.CharEnumField(
                        description="PLACED: PLACED\nASSIGNED: ASSIGNED\nPICKED_UP: PICKED_UP",
                        enum_type=marketplace.deliveries.times.estimating.Stage,
                        max_length=10,
                    ),
                ),
                (
                    "target",
                    fields.CharEnumField(
                        description="PICKUP: PICKUP\nDROP_OFF: DROP_OFF",
                        enum_type=marketplace.deliveries.times.estimating.Target,
                        max_length=8,
                    ),
                ),
                ("width", fields.FloatField(default=1.0)),
                ("measured", fields.FloatField(default=0.0)),
                ("held", fields.FloatField(default=0.0)),
                ("errors", fields.JSONField(encoder=JSON_DUMPS, decoder=orjson.loads)),
                ("learnt_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "time_record",
                "app": "lumbung",
                "unique_together": (("cooperative_id", "stage", "target"),),
                "pk_attr": "id",
                "table_description": "How a co-op's ranges of one kind held: sums of past jobs that fade, and how wide the next is drawn.",
            },
            bases=["Row"],
        ),
    ]
