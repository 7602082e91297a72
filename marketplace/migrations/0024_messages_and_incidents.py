from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops

import marketplace.clock
import marketplace.database
import marketplace.deliveries.courier.day
import marketplace.deliveries.courier.models


class Migration(migrations.Migration):
    dependencies = [("lumbung", "0023_courier_events")]

    initial = False

    operations = [
        ops.CreateModel(
            name="ContactAttempt",
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
                ("by_id", fields.UUIDField()),
                (
                    "side",
                    fields.CharEnumField(
                        description="DRIVER: DRIVER\nRECEIVER: RECEIVER\nSHOP: SHOP\nDISPATCHER: DISPATCHER",
                        enum_type=marketplace.deliveries.courier.models.MessageSide,
                        max_length=10,
                    ),
                ),
                (
                    "way",
                    fields.CharEnumField(
                        description="BRIDGED: BRIDGED\nOWN_PHONE: OWN_PHONE",
                        enum_type=marketplace.deliveries.courier.models.AttemptWay,
                        max_length=10,
                    ),
                ),
                ("number", fields.CharField(default="", max_length=16)),
                ("is_simulated", fields.BooleanField(default=False)),
                ("failure", fields.CharField(null=True, max_length=120)),
                ("bridged_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("tried_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "contact_attempt",
                "app": "lumbung",
                "indexes": [Index(fields=["job_id", "id"])],
                "pk_attr": "id",
                "table_description": "A try to reach a party to a job by phone: evidence when nobody answers. The intent is committed first.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="DriverTip",
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
                ("job_id", fields.UUIDField(db_index=True)),
                ("sub_order_id", fields.UUIDField()),
                ("giver_id", fields.UUIDField()),
                ("driver_id", fields.UUIDField()),
                ("amount", fields.BigIntField()),
                ("is_cash", fields.BooleanField()),
                (
                    "state",
                    fields.CharEnumField(
                        description="WAITING: WAITING\nGIVEN: GIVEN\nFAILED: FAILED",
                        enum_type=marketplace.deliveries.courier.models.TipState,
                        max_length=8,
                    ),
                ),
                ("payment_id", fields.UUIDField(null=True, unique=True)),
                ("given_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "driver_tip",
                "app": "lumbung",
                "pk_attr": "id",
                "table_description": "What a receiver gives his driver afterwards, all of it his.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="Incident",
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
                ("job_id", fields.UUIDField(db_index=True)),
                ("driver_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="FLAT_TYRE: FLAT_TYRE\nBREAKDOWN: BREAKDOWN\nACCIDENT: ACCIDENT\nSHOP_CLOSED: SHOP_CLOSED\nGOODS_NOT_READY: GOODS_NOT_READY\nGOODS_DAMAGED: GOODS_DAMAGED\nUNSAFE_PLACE: UNSAFE_PLACE\nROAD_BLOCKED: ROAD_BLOCKED\nILLNESS: ILLNESS\nOTHER: OTHER",
                        enum_type=marketplace.deliveries.courier.models.IncidentKind,
                        max_length=16,
                    ),
                ),
                ("text", fields.CharField(default="", max_length=300)),
                ("lat", fields.FloatField(null=True)),
                ("lon", fields.FloatField(null=True)),
                ("happened_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                (
                    "remedy",
                    fields.CharEnumField(
                        null=True,
                        description="WAIT: WAIT\nREASSIGN: REASSIGN\nHAND_OVER: HAND_OVER\nTURN_BACK: TURN_BACK\nCANCEL: CANCEL",
                        enum_type=marketplace.deliveries.courier.models.Remedy,
                        max_length=10,
                    ),
                ),
                ("decided_by", fields.UUIDField(null=True)),
                ("decided_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "delivery_incident",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "id"])],
                "pk_attr": "id",
                "table_description": "Something that went wrong on a job, and what was done about it.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="JobMessage",
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
                ("by_id", fields.UUIDField()),
                (
                    "side",
                    fields.CharEnumField(
                        description="DRIVER: DRIVER\nRECEIVER: RECEIVER\nSHOP: SHOP\nDISPATCHER: DISPATCHER",
                        enum_type=marketplace.deliveries.courier.models.MessageSide,
                        max_length=10,
                    ),
                ),
                ("phrase", fields.CharField(null=True, max_length=40)),
                ("text", fields.CharField(default="", max_length=300)),
                ("said_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "job_message",
                "app": "lumbung",
                "indexes": [Index(fields=["job_id", "id"])],
                "pk_attr": "id",
                "table_description": "Something said about a job: with its shop (no drop), or with the receiver at one drop.",
            },
            bases=["Row"],
        ),
        ops.CreateModel(
            name="SosAlert",
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
                ("driver_id", fields.UUIDField()),
                ("account_id", fields.UUIDField()),
                ("cooperative_id", fields.UUIDField()),
                ("job_id", fields.UUIDField(null=True)),
                (
                    "state",
                    fields.CharEnumField(
                        default=marketplace.deliveries.courier.models.SosState.RAISED,
                        description="RAISED: RAISED\nACKNOWLEDGED: ACKNOWLEDGED\nCLOSED: CLOSED",
                        enum_type=marketplace.deliveries.courier.models.SosState,
                        max_length=12,
                    ),
                ),
                ("text", fields.CharField(default="", max_length=300)),
                ("lat", fields.FloatField()),
                ("lon", fields.FloatField()),
                ("placed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("acknowledged_by", fields.UUIDField(null=True)),
                ("acknowledged_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("closed_by", fields.UUIDField(null=True)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("reason", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "sos_alert",
                "app": "lumbung",
                "indexes": [Index(fields=["cooperative_id", "id"]), Index(fields=["driver_id", "state"])],
                "pk_attr": "id",
                "table_description": "A driver calls for help. His place is kept fine while it lasts, and coarse afterwards.",
            },
            bases=["Row"],
        ),
    ]
